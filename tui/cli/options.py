"""Arguments that several commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Callable

_HASH = 64
"""Digits of a SHA-256."""
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
        type=positive_number,
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


def add_author(parser: ArgumentParser) -> None:
    """Who makes the change, and why."""
    by = parser.add_argument(
        "--by",
        metavar="NAME",
        type=author_name,
        help="say who makes the change, such as a script; log and undo take the name",
    )
    offer_values(by, "authors")
    parser.add_argument("--why", metavar="TEXT", type=_reason, help="say why; log prints it")


def add_whose(parser: ArgumentParser, words: str) -> None:
    """Whose changes."""
    by = parser.add_argument("--by", metavar="NAME", type=author_name, help=words)
    offer_values(by, "authors")


def add_proposer(parser: ArgumentParser) -> None:
    """Who proposes, and why."""
    by = parser.add_argument(
        "--by", metavar="NAME", type=author_name, help="who proposes it, such as a script; needed"
    )
    offer_values(by, "authors")
    parser.add_argument("--why", metavar="TEXT", type=_reason, help="say why, for whoever decides")


def add_conditions(parser: ArgumentParser) -> None:
    """What the sources must still be like."""
    condition = parser.add_argument(
        "--if",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        dest="conditions",
        help="change only sources that still have this value; may be repeated",
    )
    offer_values(condition, "assignments")
    parser.add_argument(
        "--if-hash",
        metavar="HASH",
        action="append",
        default=[],
        dest="hashes",
        type=_hash,
        help="change only files that still have this hash, as `show --json` prints it; may be "
        "repeated",
    )


def add_matching(parser: ArgumentParser, words: str) -> None:
    """Which sources to change by a query, and how sure the user is of it."""
    query = parser.add_argument("-q", "--query", metavar="QUERY", help=words)
    offer_values(query, "filters")
    parser.add_argument("--yes", action="store_true", help="change them without asking")
    add_dry_run(parser)
    add_json_of_changes(parser)


def author_name(text: str) -> str:
    """Who makes a change. Raises ArgumentTypeError, which argparse turns to words."""
    from tui.vault.history.author import read_author_name  # noqa: PLC0415 - if one is given

    return _said(read_author_name, text)


def add_reason(parser: ArgumentParser) -> None:
    """Why a person makes the change."""
    parser.add_argument("--why", metavar="TEXT", type=_reason, help="say why; log prints it")


def _reason(text: str) -> str:
    """Why a change is made. Raises as ``author_name`` does."""
    from tui.vault.history.author import read_reason  # noqa: PLC0415 - if one is given

    return _said(read_reason, text)


def _said(read: Callable[[str], str], text: str) -> str:
    from tui.errors import ValueRefused  # noqa: PLC0415 - as above

    try:
        return read(text)
    except ValueRefused as error:
        from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only

        raise ArgumentTypeError(str(error)) from error


def _hash(text: str) -> str:
    """The hash of a file. Raises as ``author_name`` does."""
    if len(text) != _HASH or not set(text.lower()) <= set("0123456789abcdef"):
        from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only

        raise ArgumentTypeError(f"“{text[:_HASH]}” is not a hash of {_HASH} hexadecimal digits")
    return text.lower()


def value_list(text: str) -> tuple[str, ...]:
    """Values between commas; one that contains a comma is in double quotes.

    Raises ArgumentTypeError, which argparse turns to words.
    """
    from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only
    from csv import reader  # noqa: PLC0415 - if one is given

    found = tuple(value.strip() for value in next(reader([text], skipinitialspace=True), []))
    if not found or "" in found or len(set(found)) < len(found):
        raise ArgumentTypeError(f"“{text[:_HASH]}” is not a list of different values such as a,b")
    return found


def positive_number(text: str) -> int:
    """A whole number above 0. Raises ArgumentTypeError, which argparse turns to words."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        from argparse import ArgumentTypeError  # noqa: PLC0415 - for a wrong one only

        raise ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return number
