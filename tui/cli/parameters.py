"""The arguments of every command but those for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.options import (
    add_author,
    add_conditions,
    add_dry_run,
    add_json,
    add_json_of_changes,
    add_limit,
    add_matching,
    add_proposer,
    add_query,
    add_query_words,
    add_reason,
    add_references,
    add_whose,
    author_name,
    offer_values,
    positive_number,
    value_list,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser


def of_list(parser: ArgumentParser) -> None:
    """Those of ``list``."""
    add_query_words(parser, "only sources that match")
    key = parser.add_argument(
        "--sort", metavar="KEY", help="order by tier, date, title, name or any field"
    )
    offer_values(key, "sort_keys")
    parser.add_argument("--reverse", action="store_true", help="reverse the order")
    add_limit(parser, "sources")
    add_json(parser)


def of_find(parser: ArgumentParser) -> None:
    """Those of ``find``."""
    add_query_words(parser, "what to look up; - reads queries from stdin, one per line")
    add_limit(parser, "sources per query", 10)
    add_json(parser)


def of_show(parser: ArgumentParser) -> None:
    """Those of ``show``."""
    offer_values(parser.add_argument("reference", metavar="REF", help="the source"), "references")
    add_json(parser)


def of_urls(parser: ArgumentParser) -> None:
    """Those of ``urls``."""
    add_query_words(parser, "only URLs of sources that match")
    add_limit(parser, "URLs")


def of_export(parser: ArgumentParser) -> None:
    """Those of ``export``."""
    view = parser.add_argument(
        "view", metavar="VIEW", nargs="?", help="a view of the app, or a notebook"
    )
    offer_values(view, "views")
    query = parser.add_argument(
        "-q", "--query", metavar="QUERY", help="sources that match, instead of a VIEW"
    )
    offer_values(query, "filters")
    parser.add_argument(
        "--as",
        metavar="FORM",
        dest="form",
        choices=("json", "csv", "md"),
        required=True,
        help="json, csv, or md: an index with wikilinks",
    )
    parser.add_argument(
        "--by",
        metavar="WHAT",
        choices=("category", "tier", "creator"),
        help="with --as md, group by category (default), tier or creator",
    )
    key = parser.add_argument(
        "--sort", metavar="KEY", help="order by tier, date, title, name or any field"
    )
    offer_values(key, "sort_keys")


def of_stats(parser: ArgumentParser) -> None:
    """Those of ``stats``."""
    add_json(parser, "print one JSON object")


def of_set(parser: ArgumentParser) -> None:
    """Those of ``set``."""
    action = parser.add_argument(
        "arguments",
        metavar="REF|FIELD=VALUE",
        nargs="*",
        help="sources, and what to set: FIELD=VALUE sets, FIELD+=ITEM adds to a list, FIELD-=ITEM "
        "removes from it, FIELD= clears",
    )
    offer_values(action, "references_and_assignments")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "change every source that matches, instead of REFs")


def of_promote(parser: ArgumentParser) -> None:
    """Those of ``promote``."""
    add_references(parser, "+", "the sources")
    to = parser.add_argument("--to", metavar="STATUS", help="move to STATUS instead of the next")
    offer_values(to, "statuses")
    add_conditions(parser)
    add_author(parser)
    add_dry_run(parser)
    add_json_of_changes(parser)


def of_archive(parser: ArgumentParser) -> None:
    """Those of ``archive``."""
    add_references(parser, "+", "the sources")
    add_conditions(parser)
    add_author(parser)
    add_dry_run(parser)
    add_json_of_changes(parser)


def of_snooze(parser: ArgumentParser) -> None:
    """Those of ``snooze``."""
    action = parser.add_argument(
        "arguments",
        metavar="REF|DAY",
        nargs="*",
        help="sources, then the day they come back, such as monday, in 2 weeks or 2027-01-15",
    )
    offer_values(action, "references")
    parser.add_argument("--end", action="store_true", help="end it now; without a DAY")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "snooze every source that matches, instead of REFs")


def of_confirm(parser: ArgumentParser) -> None:
    """Those of ``confirm``."""
    action = parser.add_argument(
        "arguments",
        metavar="REF|FIELD",
        nargs="*",
        help="sources, then the fields whose values are right",
    )
    offer_values(action, "references_and_fields")
    add_conditions(parser)
    add_reason(parser)
    add_matching(parser, "confirm every source that matches, instead of REFs")


def of_sample(parser: ArgumentParser) -> None:
    """Those of ``sample``."""
    offer_values(
        parser.add_argument("field", metavar="FIELD", help="the field whose value was guessed"),
        "fields",
    )
    query = parser.add_argument("-q", "--query", metavar="QUERY", help="only of sources that match")
    offer_values(query, "filters")
    parser.add_argument(
        "--size",
        type=positive_number,
        metavar="N",
        help="how many to draw (default: 20, or the schema's `sample`)",
    )
    parser.add_argument("--seed", metavar="SEED", help="draw the same ones again")
    add_json(parser, "print one JSON object per line, as list does, with field, value and group")


def of_propose(parser: ArgumentParser) -> None:
    """Those of ``propose``."""
    action = parser.add_argument(
        "arguments",
        metavar="REF|FIELD=VALUE",
        nargs="*",
        help="sources, and what to propose, written as for set; - reads JSON from stdin, one "
        "object per line: ref, field, value, and if needed operator (+= or -=), by and why",
    )
    offer_values(action, "references_and_assignments")
    add_conditions(parser)
    add_proposer(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="print what taking it would change as a diff, and keep nothing",
    )
    add_json(
        parser,
        "print one JSON object per proposal: path, id, title, proposal (its id), field, before, "
        "after, by, why, time, outdated, refused (null or why); from stdin also line",
    )


def of_proposals(parser: ArgumentParser) -> None:
    """Those of ``proposals``."""
    add_references(parser, "*", "only for these sources (default: all)")
    query = parser.add_argument(
        "-q", "--query", metavar="QUERY", help="only for sources that match, instead of REFs"
    )
    offer_values(query, "filters")
    field = parser.add_argument("--field", metavar="FIELD", help="only for this field")
    offer_values(field, "fields")
    proposer = parser.add_argument(
        "--from", metavar="NAME", dest="proposer", type=author_name, help="only by this name"
    )
    offer_values(proposer, "proposers")
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument(
        "--take",
        action="store_const",
        const="taken",
        dest="answer",
        help="change the sources as proposed; needs REFs, -q QUERY or --from NAME",
    )
    answer.add_argument(
        "--refuse",
        action="store_const",
        const="refused",
        dest="answer",
        help="drop the proposals; needs REFs, -q QUERY or --from NAME",
    )
    add_conditions(parser)
    add_author(parser)
    parser.add_argument("--yes", action="store_true", help="take or refuse them without asking")
    add_dry_run(parser)
    add_limit(parser, "proposals")
    add_json(
        parser,
        "print one JSON object per proposal; with --take one per source, as set does",
    )


def of_add(parser: ArgumentParser) -> None:
    """Those of ``add``."""
    parser.add_argument("url", metavar="URL", help="the URL, with or without https://")
    parser.add_argument("--title", metavar="TITLE", help="the source's title")
    field = parser.add_argument(
        "--set",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        dest="fields",
        help="set another field; may be repeated",
    )
    offer_values(field, "assignments")
    add_author(parser)
    add_dry_run(parser)
    add_json_of_changes(parser)


def of_rename_value(parser: ArgumentParser) -> None:
    """Those of ``rename-value``."""
    field = parser.add_argument("field", metavar="FIELD", help="the field that has the value")
    offer_values(field, "fields")
    pair = parser.add_argument(
        "pair", metavar="OLD=NEW", help="the value, or the item of a list, and its replacement"
    )
    offer_values(pair, "old_values")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "only in sources that match")


def of_rename_field(parser: ArgumentParser) -> None:
    """Those of ``rename-field``."""
    pair = parser.add_argument(
        "pair", metavar="OLD=NEW", help="the field's full name, as in headers, and its new name"
    )
    offer_values(pair, "used_fields_to_rename")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "only in sources that match")


def of_check(parser: ArgumentParser) -> None:
    """Those of ``check``."""
    add_references(parser, "*", "only these sources (default: all)")
    add_query(parser, "only sources that match, instead of REFs")
    parser.add_argument(
        "--fix", action="store_true", help="repair what can be repaired safely; undo undoes it"
    )
    add_dry_run(parser)
    parser.add_argument(
        "--keep",
        metavar="WHICH",
        choices=("header", "line"),
        help="with --fix, which value to keep if a field is there twice: header (the last one) or "
        "line (the one above it); by default sluice drops a line above the header and leaves a "
        "field that is in the header twice",
    )
    add_conditions(parser)
    add_author(parser)
    add_limit(parser, "problems")
    add_json(
        parser,
        "print one JSON object per problem: path, id, title, check, line, sentence; with --fix "
        "also fixed, changed (field, before, after), change (its id in the log) and refused (null "
        "or why)",
    )


def of_log(parser: ArgumentParser) -> None:
    """Those of ``log``."""
    reference = parser.add_argument(
        "reference",
        metavar="REF",
        nargs="?",
        help="only this source, also under earlier names of its file, and with its git commits",
    )
    offer_values(reference, "references")
    add_query(parser, "only changes of sources that match")
    parser.add_argument("--today", action="store_true", help="only changes of today")
    add_whose(parser, "only changes by this name")
    parser.add_argument("--reverse", action="store_true", help="print the oldest change first")
    add_limit(parser, "changes")
    add_json(parser)


def of_undo(parser: ArgumentParser) -> None:
    """Those of ``undo``."""
    add_whose(parser, "undo the last change by this name, and nobody else's")
    parser.add_argument(
        "--skip",
        action="store_true",
        help="skip changes that cannot be undone, such as one of a deleted file",
    )
    add_json_of_changes(parser)


def of_init(parser: ArgumentParser) -> None:
    """Those of ``init``."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        help="the folder (default: --vault, $SLUICE_VAULT, else the current folder)",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="write sluice.yaml without asking")
    how.add_argument("--dry-run", action="store_true", help="print it and write nothing")
    how.add_argument(
        "--explain", action="store_true", help="print the reasons with counts, and write nothing"
    )
    parser.add_argument(
        "--main",
        metavar="A,B",
        type=value_list,
        default=(),
        help="the statuses in the order a source goes through them",
    )
    parser.add_argument(
        "--status", metavar="FIELD", help="the field that is the status, where several could be"
    )
    parser.add_argument(
        "--all", action="store_true", help="every note is a source, with a status or without"
    )


def of_completion(parser: ArgumentParser) -> None:
    """Those of ``completion``."""
    parser.add_argument(
        "shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish"
    )


def of_nothing(parser: ArgumentParser) -> None:
    """The command takes no arguments."""
