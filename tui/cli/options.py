"""Arguments that several commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser

_CHANGES_AS_JSON = (
    "print one JSON object per source: path, id, title, changed (field, before, after), refused "
    "(null or why), change (its id in the log, null if nothing was written)"
)


def offer_values(action: Action, completer: str) -> None:
    """Name the function of ``tui.cli.completion`` that offers values for an argument."""

    def offer(**known: object) -> list[str]:
        from tui.cli import completion  # noqa: PLC0415 - only a press of tab needs it

        offered: list[str] = getattr(completion, completer)(**known)
        return offered

    action.completer = offer  # type: ignore[attr-defined]


def add_vault(parser: ArgumentParser) -> None:
    """The folder to work in; left unset if not given here, as it may be before the command."""
    from argparse import SUPPRESS  # noqa: PLC0415 - the app does without argparse

    parser.add_argument(
        "--vault",
        metavar="DIR",
        default=SUPPRESS,
        help="the folder of sources (default: $SLUICE_VAULT, else the current folder)",
    )


def add_looks(parser: ArgumentParser) -> None:
    """How the output looks."""
    parser.add_argument(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
        help="use colours: auto (in a terminal), always or never",
    )
    parser.add_argument(
        "--plain", action="store_true", help="print what a pipe would get: tabs, no colours"
    )


def add_json(parser: ArgumentParser, words: str = "print JSON, one object per line") -> None:
    """Whether programs read the output."""
    parser.add_argument("--json", action="store_true", help=words)


def add_json_of_changes(parser: ArgumentParser) -> None:
    """Whether programs read what changed."""
    add_json(parser, _CHANGES_AS_JSON)


def add_query(parser: ArgumentParser, words: str) -> None:
    """Which sources to show; all of them without a query."""
    query = parser.add_argument("-q", "--query", metavar="QUERY", default="", help=words)
    offer_values(query, "filters")


def add_query_words(parser: ArgumentParser, words: str) -> None:
    """A query as words of its own, with or without -q."""
    given = parser.add_argument("words", metavar="QUERY", nargs="*", help=words)
    offer_values(given, "filters")
    add_query(parser, "the same as QUERY; with both, only sources that match both")


def add_limit(parser: ArgumentParser, what: str, default: int | None = None) -> None:
    """How many at most to print; all of them by default."""
    known = "" if default is None else f" (default: {default})"
    parser.add_argument(
        "--limit",
        type=_positive_number,
        default=default,
        metavar="N",
        help=f"print at most N {what}{known}",
    )


def add_references(parser: ArgumentParser, nargs: str, words: str) -> None:
    """Which sources, each by its name."""
    action = parser.add_argument("references", metavar="REF", nargs=nargs, help=words)
    offer_values(action, "references")


def add_dry_run(parser: ArgumentParser) -> None:
    """Whether to show the change only."""
    parser.add_argument(
        "--dry-run", action="store_true", help="print the change as a diff and write nothing"
    )


def add_matching(parser: ArgumentParser, words: str) -> None:
    """Which sources to change by a query, and how sure the user is of it."""
    query = parser.add_argument("-q", "--query", metavar="QUERY", help=words)
    offer_values(query, "filters")
    parser.add_argument("--yes", action="store_true", help="change them without asking")
    add_dry_run(parser)
    add_json_of_changes(parser)


def _positive_number(text: str) -> int:
    """A whole number above 0. Raises ArgumentTypeError, which argparse turns to words."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only

        raise ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return number
