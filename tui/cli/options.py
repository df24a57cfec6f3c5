"""Arguments that several commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser


def offer_values(action: Action, completer: str) -> None:
    """Name the function of ``tui.cli.completion`` that offers values for an argument."""

    def offer(**known: object) -> list[str]:
        from tui.cli import completion  # noqa: PLC0415 - only a press of tab needs it

        offered: list[str] = getattr(completion, completer)(**known)
        return offered

    action.completer = offer  # type: ignore[attr-defined]


def add_vault(parser: ArgumentParser) -> None:
    """The folder to work in; left unset where it is not given, as it may stand before a command."""
    from argparse import SUPPRESS  # noqa: PLC0415 - the app does without argparse

    parser.add_argument(
        "--vault",
        metavar="V",
        default=SUPPRESS,
        help="the folder of sources (default: $SLUICE_VAULT, else this one)",
    )


def add_json(parser: ArgumentParser) -> None:
    """Whether programs read the output."""
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")


def add_query(parser: ArgumentParser) -> None:
    """Which sources to show; all of them without a query."""
    query = parser.add_argument(
        "-q", "--query", metavar="QUERY", default="", help="only sources that match, best first"
    )
    offer_values(query, "filters")


def add_references(parser: ArgumentParser, nargs: str, words: str) -> None:
    """Which sources, each by its name."""
    action = parser.add_argument("references", metavar="REF", nargs=nargs, help=words)
    offer_values(action, "references")


def add_dry_run(parser: ArgumentParser) -> None:
    """Whether to show the change only."""
    parser.add_argument(
        "--dry-run", action="store_true", help="print the unified diff and write nothing"
    )


def add_matching(parser: ArgumentParser, words: str) -> None:
    """Which sources to change by a query, and how sure the user is of it."""
    query = parser.add_argument("-q", "--query", metavar="QUERY", help=words)
    offer_values(query, "filters")
    parser.add_argument(
        "--yes", action="store_true", help="change what matches without a question in between"
    )
    add_dry_run(parser)
    add_vault(parser)


def positive_number(text: str) -> int:
    """A whole number above 0. Raises ArgumentTypeError, which argparse turns to words."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only

        raise ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return number
