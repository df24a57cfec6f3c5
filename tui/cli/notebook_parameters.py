"""The arguments of the commands for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.options import (
    add_author,
    add_conditions,
    add_dry_run,
    add_json,
    add_json_of_changes,
    add_matching,
    add_references,
    offer_values,
    positive_number,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser


def of_list(parser: ArgumentParser) -> None:
    """Those of ``notebook list``."""
    add_json(parser)


def of_suggest(parser: ArgumentParser) -> None:
    """Those of ``notebook suggest``."""
    add_references(parser, "*", "the sources")
    query = parser.add_argument(
        "-q", "--query", metavar="QUERY", help="every source that matches, instead of REFs"
    )
    offer_values(query, "filters")
    add_json(parser)


def _name(parser: ArgumentParser) -> None:
    offer_values(parser.add_argument("name", metavar="NAME", help="the notebook"), "notebooks")


def _members(parser: ArgumentParser, words: str) -> None:
    _name(parser)
    add_references(parser, "*", "the sources")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, words)


def of_add(parser: ArgumentParser) -> None:
    """Those of ``notebook add``."""
    _members(parser, "add every source that matches, instead of REFs")


def of_remove(parser: ArgumentParser) -> None:
    """Those of ``notebook remove``."""
    _members(parser, "remove every source that matches, instead of REFs")


def of_sent(parser: ArgumentParser) -> None:
    """Those of ``notebook sent``."""
    _members(parser, "mark every source that matches, instead of REFs")
    parser.add_argument("--on", metavar="DAY", help="the day of the delivery (default: today)")
    parser.add_argument(
        "--not", action="store_true", dest="never", help="mark them as not delivered"
    )


def of_rename(parser: ArgumentParser) -> None:
    """Those of ``notebook rename``."""
    _name(parser)
    parser.add_argument("new", metavar="NEW", help="its new name")
    add_conditions(parser)
    add_author(parser)
    parser.add_argument("--yes", action="store_true", help="rename it without asking")
    add_dry_run(parser)
    add_json_of_changes(parser)


def of_show(parser: ArgumentParser) -> None:
    """Those of ``notebook show``."""
    _name(parser)
    add_json(
        parser,
        "print one JSON object per member: path, id, title, route, reason, address, sent, changed "
        "(what changed since its delivery), warnings (kind, sentence)",
    )


def of_urls(parser: ArgumentParser) -> None:
    """Those of ``notebook urls``."""
    _name(parser)
    parser.add_argument(
        "--next",
        type=positive_number,
        metavar="N",
        help="print the next N that are not yet delivered",
    )
    _delivered(parser, "what was printed")


def _delivered(parser: ArgumentParser, what: str) -> None:
    parser.add_argument("--mark", action="store_true", help=f"then note {what} as delivered")
    parser.add_argument("--yes", action="store_true", help="with --mark, note it without asking")
    add_author(parser)


def of_export(parser: ArgumentParser) -> None:
    """Those of ``notebook export``."""
    _name(parser)
    parser.add_argument(
        "--to", metavar="DIR", required=True, help="the folder to write to, outside the vault"
    )
    parser.add_argument(
        "--pack",
        action="store_true",
        help="put many sources into one file, each below its own heading",
    )
    parser.add_argument(
        "--manifest",
        action="store_true",
        help="also write manifest.json and manifest.csv: source, route, file, hash",
    )
    parser.add_argument(
        "--all", action="store_true", help="also write sources that go as an address"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what it would write, and write nothing"
    )
    _delivered(parser, "what was exported")


def of_packet(parser: ArgumentParser) -> None:
    """Those of ``notebook packet``."""
    _name(parser)
    parser.add_argument(
        "--ask",
        metavar="QUESTION",
        action="append",
        default=[],
        help="a question to ask of the sources; may be repeated",
    )


def of_reconcile(parser: ArgumentParser) -> None:
    """Those of ``notebook reconcile``."""
    _name(parser)
    parser.add_argument(
        "list",
        metavar="FILE",
        nargs="?",
        default="-",
        help="the list that the service shows; - or nothing reads it from stdin",
    )
    _delivered(parser, "what is delivered")
    add_json(
        parser,
        "print one JSON object with delivered, missing, double and unknown, each a list",
    )
