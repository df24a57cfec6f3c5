"""Every command once: its words, its arguments, its examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

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


class Subcommand(NamedTuple):
    """One subcommand. ``run_<name>`` in ``tui.cli.commands.<module>`` does its work."""

    name: str
    module: str
    summary: str
    usage: tuple[str, ...]
    """Its arguments, once for each way to give them."""
    examples: tuple[str, ...]
    """Command lines."""
    add_arguments: Callable[[ArgumentParser], object]
    details: str = ""
    """What is worth knowing beyond the summary; whole sentences."""
    has_vault: bool = True
    """Whether it works on a vault that can be chosen."""


def _list(parser: ArgumentParser) -> None:
    add_query_words(parser, "only sources that match")
    key = parser.add_argument(
        "--sort", metavar="KEY", help="order by tier, date, title, name or any field"
    )
    offer_values(key, "sort_keys")
    parser.add_argument("--reverse", action="store_true", help="reverse the order")
    add_limit(parser, "sources")
    add_json(parser)


def _find(parser: ArgumentParser) -> None:
    add_query_words(parser, "what to look up; - reads queries from stdin, one per line")
    add_limit(parser, "sources per query", 10)
    add_json(parser)


def _show(parser: ArgumentParser) -> None:
    offer_values(parser.add_argument("reference", metavar="REF", help="the source"), "references")
    add_json(parser)


def _urls(parser: ArgumentParser) -> None:
    add_query_words(parser, "only URLs of sources that match")
    add_limit(parser, "URLs")


def _export(parser: ArgumentParser) -> None:
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


def _stats(parser: ArgumentParser) -> None:
    add_json(parser, "print one JSON object")


def _set(parser: ArgumentParser) -> None:
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


def _promote(parser: ArgumentParser) -> None:
    add_references(parser, "+", "the sources")
    to = parser.add_argument("--to", metavar="STATUS", help="move to STATUS instead of the next")
    offer_values(to, "statuses")
    add_conditions(parser)
    add_author(parser)
    add_dry_run(parser)
    add_json_of_changes(parser)


def _archive(parser: ArgumentParser) -> None:
    add_references(parser, "+", "the sources")
    add_conditions(parser)
    add_author(parser)
    add_dry_run(parser)
    add_json_of_changes(parser)


def _snooze(parser: ArgumentParser) -> None:
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


def _confirm(parser: ArgumentParser) -> None:
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


def _sample(parser: ArgumentParser) -> None:
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


def _propose(parser: ArgumentParser) -> None:
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


def _proposals(parser: ArgumentParser) -> None:
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


def _add(parser: ArgumentParser) -> None:
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


def _rename_value(parser: ArgumentParser) -> None:
    field = parser.add_argument("field", metavar="FIELD", help="the field that has the value")
    offer_values(field, "fields")
    pair = parser.add_argument(
        "pair", metavar="OLD=NEW", help="the value, or the item of a list, and its replacement"
    )
    offer_values(pair, "old_values")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "only in sources that match")


def _rename_field(parser: ArgumentParser) -> None:
    pair = parser.add_argument(
        "pair", metavar="OLD=NEW", help="the field's full name, as in headers, and its new name"
    )
    offer_values(pair, "used_fields_to_rename")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, "only in sources that match")


def _check(parser: ArgumentParser) -> None:
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


def _log(parser: ArgumentParser) -> None:
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


def _undo(parser: ArgumentParser) -> None:
    add_whose(parser, "undo the last change by this name, and nobody else's")
    parser.add_argument(
        "--skip",
        action="store_true",
        help="skip changes that cannot be undone, such as one of a deleted file",
    )
    add_json_of_changes(parser)


def _init(parser: ArgumentParser) -> None:
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


def _notebook_list(parser: ArgumentParser) -> None:
    add_json(parser)


def _notebook_suggest(parser: ArgumentParser) -> None:
    add_references(parser, "*", "the sources")
    query = parser.add_argument(
        "-q", "--query", metavar="QUERY", help="every source that matches, instead of REFs"
    )
    offer_values(query, "filters")
    add_json(parser)


def _notebook(parser: ArgumentParser) -> None:
    offer_values(parser.add_argument("name", metavar="NAME", help="the notebook"), "notebooks")


def _notebook_members(parser: ArgumentParser, words: str) -> None:
    _notebook(parser)
    add_references(parser, "*", "the sources")
    add_conditions(parser)
    add_author(parser)
    add_matching(parser, words)


def _notebook_add(parser: ArgumentParser) -> None:
    _notebook_members(parser, "add every source that matches, instead of REFs")


def _notebook_remove(parser: ArgumentParser) -> None:
    _notebook_members(parser, "remove every source that matches, instead of REFs")


def _notebook_sent(parser: ArgumentParser) -> None:
    _notebook_members(parser, "mark every source that matches, instead of REFs")
    parser.add_argument("--on", metavar="DAY", help="the day of the delivery (default: today)")
    parser.add_argument(
        "--not", action="store_true", dest="never", help="mark them as not delivered"
    )


def _notebook_rename(parser: ArgumentParser) -> None:
    _notebook(parser)
    parser.add_argument("new", metavar="NEW", help="its new name")
    add_conditions(parser)
    add_author(parser)
    parser.add_argument("--yes", action="store_true", help="rename it without asking")
    add_dry_run(parser)
    add_json_of_changes(parser)


def _notebook_show(parser: ArgumentParser) -> None:
    _notebook(parser)
    add_json(
        parser,
        "print one JSON object per member: path, id, title, route, reason, address, sent, changed "
        "(what changed since its delivery), warnings (kind, sentence)",
    )


def _notebook_urls(parser: ArgumentParser) -> None:
    _notebook(parser)
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


def _notebook_export(parser: ArgumentParser) -> None:
    _notebook(parser)
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


def _notebook_packet(parser: ArgumentParser) -> None:
    _notebook(parser)
    parser.add_argument(
        "--ask",
        metavar="QUESTION",
        action="append",
        default=[],
        help="a question to ask of the sources; may be repeated",
    )


def _notebook_reconcile(parser: ArgumentParser) -> None:
    _notebook(parser)
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


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument(
        "shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish"
    )


def _nothing(parser: ArgumentParser) -> None:
    """The command takes no arguments."""


_AS_ONE = "Several sources are one change: one undo undoes them all."
_CONDITIONS = (
    "With --if or --if-hash, it changes only sources that are still as they were read, and checks "
    "that while nobody else writes them. Of several sources, it changes those, lists the rest, and "
    "exits with 1."
)
_LISTED_FIRST = (
    "sluice first lists the sources it will change and, in a terminal, asks. It skips sources it "
    "cannot change, says why, and exits with 1."
)
_QUOTES = (
    "Put a side that contains = in double quotes, and those in single quotes for the shell: "
    "'\"a=b\"=c'."
)

GROUPS: dict[str, tuple[Subcommand, ...]] = {
    "look": (
        Subcommand(
            "list",
            "browse",
            "list sources",
            ("[QUERY...] [options]",),
            (
                "sluice list status:raw tier:paradigm,strategic",
                "sluice list has:problem",
                "sluice list -tier:noise --sort date --limit 20",
                'sluice list -q "st:raw agents" --json',
            ),
            _list,
        ),
        Subcommand(
            "find",
            "browse",
            "look up sources, best first; typos and partial words are fine",
            ("QUERY... [options]", "- [options]"),
            (
                "sluice find ope bui 800",
                "sluice find st:raw agents --limit 3",
                "sluice find - --json < queries.txt",
            ),
            _find,
        ),
        Subcommand(
            "show",
            "browse",
            "print the fields and the body of a source",
            ("REF [options]",),
            (
                "sluice show SOURCE-20251128-973",
                "sluice show inbox/SOURCE-20251128-973.md --json",
            ),
            _show,
        ),
        Subcommand(
            "sample",
            "confirm",
            "draw sources at random, to check guessed values",
            ("FIELD [options]",),
            (
                "sluice sample tier -q status:raw",
                "sluice sample cat --size 50 --seed 7 --json",
            ),
            _sample,
            "It draws from sources whose value nobody confirmed, each at most once. In the app, a "
            "sample can also accept the rest: press r, then r again.",
        ),
        Subcommand(
            "urls",
            "browse",
            "print the URLs of sources, each once",
            ("[QUERY...] [options]",),
            ("sluice urls cat:claude-code | xclip -selection clipboard",),
            _urls,
        ),
        Subcommand(
            "export",
            "export",
            "write a view as JSON, CSV or a Markdown index",
            ("VIEW --as FORM [options]", "-q QUERY --as FORM [options]"),
            (
                "sluice export raw --as csv > raw.csv",
                'sluice export -q "tier:paradigm" --as md --by creator > Index.md',
                "sluice export -q cat:claude-code --as json",
            ),
            _export,
            "It writes to stdout. The columns are the keys of `list --json`; JSON is one array, "
            "and also has all fields of each header. In CSV the items of a list have semicolons "
            "between them.",
        ),
        Subcommand(
            "stats",
            "stats",
            "show tiers against their targets, progress, categories and your pace",
            ("[options]",),
            ("sluice stats", "sluice stats --json"),
            _stats,
        ),
    ),
    "decide": (
        Subcommand(
            "set",
            "change",
            "set fields of sources",
            ("REF... FIELD=VALUE... [options]", "-q QUERY FIELD=VALUE... [options]"),
            (
                "sluice set SOURCE-20251128-973 tier=strategic cat=ai-engineering",
                'sluice set SOURCE-20251128-973 key_insights+="Ship weekly: it is safer"',
                "sluice set *.md topics-=misc --dry-run",
                'sluice set -q "status:raw by:night" tier=noise',
                "sluice set SOURCE-20251128-973 guest=",
                "sluice set SOURCE-20251128-973 tier=noise --if tier=tactical --by importer",
                "sluice set SOURCE-20251128-973 'read by=Ada' '\"a=b\"=x' 分类=小说",
            ),
            _set,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} Put a FIELD that contains = or a "
            "quote, or ends in + or -, in double quotes, and those in single quotes for the shell: "
            "'\"a=b\"=x'. An argument with = in it is a REF only if a file has that path.",
        ),
        Subcommand(
            "promote",
            "change",
            "move sources to the next status",
            ("REF... [options]",),
            (
                "sluice promote SOURCE-20251128-973",
                "sluice promote SOURCE-20251128-973 --to raw",
            ),
            _promote,
            f"{_AS_ONE} {_CONDITIONS}",
        ),
        Subcommand(
            "archive",
            "change",
            "archive sources",
            ("REF... [options]",),
            ("sluice archive SOURCE-20251128-973 --dry-run",),
            _archive,
            f"{_AS_ONE} {_CONDITIONS}",
        ),
        Subcommand(
            "snooze",
            "snooze",
            "keep sources out of the queue until a day",
            ("REF... DAY [options]", "-q QUERY DAY [options]", "REF... --end [options]"),
            (
                "sluice snooze SOURCE-20251128-973 monday",
                "sluice snooze SOURCE-20251128-973 in 2 weeks",
                'sluice snooze -q "status:raw tier:noise" 2027-01-15 --dry-run',
                "sluice snooze SOURCE-20251128-973 --end",
            ),
            _snooze,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} "
            "A source also comes back when its file changes. "
            "Until then, queries for open work such as status:raw leave it out; has:snoozed and "
            "find have it.",
        ),
        Subcommand(
            "confirm",
            "confirm",
            "confirm that values are right",
            ("REF... FIELD... [options]", "-q QUERY FIELD... [options]"),
            (
                "sluice confirm SOURCE-20251128-973 tier cat",
                'sluice confirm -q "status:raw by:a16z" tier --dry-run',
            ),
            _confirm,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} "
            "The undo journal notes it, and the list of "
            "confirmed fields in the header if the schema has one. Only a person confirms, so "
            "there is no --by: a script proposes.",
        ),
        Subcommand(
            "propose",
            "propose",
            "propose values, for a person to take or refuse",
            ("REF... FIELD=VALUE... --by NAME [options]", "- [options]"),
            (
                'sluice propose SOURCE-20251128-973 tier=strategic --by tagger --why "cited twice"',
                "sluice propose SOURCE-20251128-973 topics+=agents --by tagger",
                "sluice propose - --by tagger --json < proposals.jsonl",
            ),
            _propose,
            "It changes no file. A proposal replaces the one by the same name for the same field. "
            "It lasts until somebody takes or refuses it, or the source has the value. From stdin, "
            "sluice lists invalid lines by their number, takes the rest, and exits with 1.",
        ),
        Subcommand(
            "proposals",
            "propose",
            "list proposals, take them, or refuse them",
            ("[REF...] [options]", "-q QUERY [options]"),
            (
                "sluice proposals",
                "sluice proposals --from tagger --field tier --json",
                "sluice proposals SOURCE-20251128-973 --take --field tier",
                "sluice proposals -q proposal:tier --from tagger --take --dry-run",
                "sluice proposals SOURCE-20251128-973 --refuse",
            ),
            _proposals,
            f"{_AS_ONE} If several names propose for a field, --take takes what most of them "
            "propose, else the newest. It refuses if the field has had another value since. "
            f"{_CONDITIONS} With -q, {_LISTED_FIRST} Undoing --take or --refuse brings the "
            "proposals back.",
        ),
        Subcommand(
            "add",
            "add",
            "create a source for a URL",
            ("URL [options]",),
            (
                'sluice add https://example.com/page --title "A page"',
                "sluice add youtu.be/3x0jhpEj_6o --set by=a16z --dry-run",
            ),
            _add,
            "It prints the path of the new file. sluice refuses a URL that a source has already, "
            "and downloads nothing.",
        ),
        Subcommand(
            "rename-value",
            "matching",
            "replace a value in every source that has it",
            ("FIELD OLD=NEW [options]",),
            (
                "sluice rename-value topics misc=general",
                "sluice rename-value cat ai-agents=agents-orchestration -q status:raw --dry-run",
            ),
            _rename_value,
            f"{_AS_ONE} {_CONDITIONS} {_LISTED_FIRST} {_QUOTES}",
        ),
        Subcommand(
            "rename-field",
            "matching",
            "rename a field in every source that has it",
            ("OLD=NEW [options]",),
            (
                "sluice rename-field guest=interviewee --dry-run",
                "sluice rename-field '\"a=b\"=c' -q status:raw",
            ),
            _rename_field,
            f"Its value, comment and place stay. {_AS_ONE} {_CONDITIONS} {_LISTED_FIRST} {_QUOTES}",
        ),
    ),
    "notebooks": (
        Subcommand(
            "notebook list",
            "notebook",
            "list the notebooks: members, cap, delivered, routes",
            ("[options]",),
            ("sluice notebook list", "sluice notebook list --json"),
            _notebook_list,
            "With --json, each object has name, members, cap, sent and routes (address, file).",
        ),
        Subcommand(
            "notebook suggest",
            "notebook_suggest",
            "rank the notebooks for a source, best first",
            ("REF... [options]", "-q QUERY [options]"),
            (
                "sluice notebook suggest SOURCE-20251128-973",
                "sluice notebook suggest -q 'nb: st:triaged' --json",
            ),
            _notebook_suggest,
            "It learns from the sources that are in notebooks and from the notebooks' names, and "
            "changes nothing. ≈ means that the first one is almost certain. With --json, each "
            "object has path and notebooks: each with its name and how sure it is, from 0 to 1. "
            "fits is false where no notebook fits well, certain is true for ≈.",
        ),
        Subcommand(
            "notebook add",
            "notebook",
            "put sources into a notebook",
            ("NAME REF... [options]", "NAME -q QUERY [options]"),
            (
                'sluice notebook add "Agents at work" SOURCE-20251128-973',
                'sluice notebook add "Agents at work" -q "st:triaged cat:ai-agents" --dry-run',
            ),
            _notebook_add,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} A notebook with a new name comes "
            "into being. NAME may differ in case from the notebook's own name. Where the field has "
            "one value, the notebook replaces it.",
        ),
        Subcommand(
            "notebook remove",
            "notebook",
            "take sources out of a notebook",
            ("NAME REF... [options]", "NAME -q QUERY [options]"),
            ('sluice notebook remove "Agents at work" SOURCE-20251128-973',),
            _notebook_remove,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} What was delivered stays noted.",
        ),
        Subcommand(
            "notebook rename",
            "notebook",
            "rename a notebook in every source that is in it",
            ("NAME NEW [options]",),
            ('sluice notebook rename "Agents at work" Agents --dry-run',),
            _notebook_rename,
            f"It also renames it in what was delivered. If NEW is a notebook, both become one. "
            f"{_AS_ONE} {_CONDITIONS} {_LISTED_FIRST}",
        ),
        Subcommand(
            "notebook show",
            "deliver",
            "list the members of a notebook: route, delivery, warnings",
            ("NAME [options]",),
            (
                'sluice notebook show "Agents at work"',
                'sluice notebook show "Agents at work" --json',
            ),
            _notebook_show,
            "The route is address or file, with the reason. Once a source is delivered, it also "
            "says what changed since.",
        ),
        Subcommand(
            "notebook urls",
            "deliver",
            "print the addresses of a notebook, to paste them",
            ("NAME [options]",),
            (
                'sluice notebook urls "Agents at work" | xclip -selection clipboard',
                'sluice notebook urls "Agents at work" --next 20 --mark',
            ),
            _notebook_urls,
            "It prints each address once, without tracking parameters, those not yet delivered "
            "first, and says what it left out. With --mark it asks in a terminal whether they are "
            "delivered.",
        ),
        Subcommand(
            "notebook export",
            "deliver",
            "write the sources of a notebook that go as files",
            ("NAME --to DIR [options]",),
            (
                'sluice notebook export "Agents at work" --to ~/upload',
                'sluice notebook export "Agents at work" --to ~/upload --pack --manifest',
                'sluice notebook export "Agents at work" --to ~/upload --all --dry-run',
            ),
            _notebook_export,
            "It prints the paths of the files. The next export to the same folder replaces what "
            "sluice wrote there and nobody edited, and removes what is no longer part of it. "
            "It never overwrites other files: it lists them, and exits with 1. A folder has one "
            "notebook.",
        ),
        Subcommand(
            "notebook packet",
            "deliver",
            "print the sources of a notebook with questions, as Markdown",
            ("NAME [options]",),
            ('sluice notebook packet "Agents at work" --ask "What do they agree on?" > packet.md',),
            _notebook_packet,
            "It also says how to link the answer from the sources.",
        ),
        Subcommand(
            "notebook sent",
            "notebook",
            "mark sources as delivered to a notebook",
            ("NAME [REF...] [options]", "NAME -q QUERY [options]"),
            (
                'sluice notebook sent "Agents at work"',
                'sluice notebook sent "Agents at work" SOURCE-20251128-973 --on yesterday',
                'sluice notebook sent "Agents at work" SOURCE-20251128-973 --not',
            ),
            _notebook_sent,
            "Without REFs, it marks every member that is not yet marked. sluice itself sends "
            f"nothing. {_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST}",
        ),
        Subcommand(
            "notebook reconcile",
            "deliver",
            "compare what the service shows with a notebook",
            ("NAME [FILE] [options]",),
            (
                'sluice notebook reconcile "Agents at work" shown.txt',
                'xclip -o | sluice notebook reconcile "Agents at work" --json',
                'sluice notebook reconcile "Agents at work" shown.txt --mark',
            ),
            _notebook_reconcile,
            "The list has titles, addresses or names of exported files, in any order, also cut "
            "ones. A line that could be several sources is unknown. After a look, --mark notes "
            "what is delivered, as one change.",
        ),
    ),
    "repair": (
        Subcommand(
            "check",
            "check",
            "list problems, or repair them",
            ("[REF...] [options]",),
            (
                "sluice check",
                "sluice check -q status:raw --limit 10",
                "sluice check SOURCE-20251128-973 --json",
                "sluice check --fix --dry-run",
                "sluice check --fix",
            ),
            _check,
            f"The exit code is 1 while problems are left. {_CONDITIONS} In a broken header, a "
            "condition sees the values that sluice can read.",
        ),
    ),
    "history": (
        Subcommand(
            "log",
            "history",
            "list changes, newest first",
            ("[REF] [options]",),
            (
                "sluice log --limit 20",
                "sluice log SOURCE-20251128-973",
                "sluice log --today --by importer",
                "sluice log -q cat:claude-code",
                "sluice log --reverse --json",
            ),
            _log,
            "With a REF, it also lists the commits that changed the file, if the folder is in git. "
            "Their names are those of their authors.",
        ),
        Subcommand(
            "undo",
            "history",
            "undo the last change",
            ("[options]",),
            ("sluice undo", "sluice undo --by importer", "sluice undo --skip"),
            _undo,
            "With --by, it refuses if a later change set one of the same fields.",
        ),
        Subcommand(
            "redo",
            "history",
            "redo the last undone change",
            ("[options]",),
            ("sluice redo",),
            add_json_of_changes,
        ),
    ),
    "set up": (
        Subcommand(
            "demo",
            "screen",
            "open the app on a temporary copy of the sample sources",
            ("",),
            ("sluice demo",),
            _nothing,
            has_vault=False,
        ),
        Subcommand(
            "init",
            "init",
            "write a sluice.yaml that fits a folder",
            ("[DIR] [options]",),
            (
                "sluice init ~/notes",
                "sluice init ~/notes --dry-run",
                "sluice init ~/rfcs --yes --main draft,review,final",
                "sluice init --explain",
            ),
            _init,
            "It reads every header and guesses which files are sources, which field is the status, "
            "the order of its values, and the other fields. It changes no note, and never "
            "overwrites a sluice.yaml. In a terminal it shows what it found, and asks only what it "
            "cannot know; elsewhere it prints the file. With --yes it refuses to guess an order "
            "that the words do not say.",
        ),
        Subcommand(
            "mcp",
            "mcp",
            "serve the sources as tools to a program that speaks MCP",
            ("[options]",),
            ("sluice mcp --vault ~/sources",),
            _nothing,
            "It needs the extra mcp, as in `pipx install '.[mcp]'`. The program starts it, and "
            "talks to it over stdin and stdout. What the program writes is a proposal unless it "
            "says otherwise, and has its name.",
        ),
        Subcommand(
            "schema",
            "text",
            "print the built-in schema, to start a sluice.yaml with",
            ("",),
            ("sluice schema > sluice.yaml",),
            _nothing,
            has_vault=False,
        ),
        Subcommand(
            "completion",
            "text",
            "print a completion script for a shell",
            ("SHELL",),
            (
                'eval "$(sluice completion bash)"    # in ~/.bashrc',
                'eval "$(sluice completion zsh)"     # in ~/.zshrc',
                "sluice completion fish > ~/.config/fish/completions/sluice.fish",
            ),
            _completion,
            has_vault=False,
        ),
    ),
}
"""The commands by what they are for, in the order that help lists them."""
COMMANDS = {command.name: command for group in GROUPS.values() for command in group}
FAMILIES = {"notebook": "list notebooks, fill them, and note what was delivered"}
"""The first words of commands of two words, each with a summary of all."""

ABOUT = (
    "Work through a folder of Markdown sources in your terminal. `sluice [DIR]` opens the app on "
    "DIR, else on $SLUICE_VAULT, else on the current folder. The commands make the same changes "
    "without a screen."
)
EXAMPLES = (
    ("sluice demo", "try it on sample sources"),
    ("sluice ~/sources", "open the app on a folder"),
    ("sluice list status:raw tier:paradigm,strategic", "list what matches a query"),
    ("sluice find ope bui 800", "look up, typos and all"),
    ("sluice set SOURCE-20251128-973 tier=strategic", "decide"),
    ("sluice undo", "undo that"),
)
REFERENCE = "A REF is a path, a file's name without its ending, or an id."
QUERY = (
    "A QUERY is words, filters such as tier:noise or published:>2026-01, or both; -word and "
    "-tier:noise leave sources out. Commands that take REFs take it with -q only."
)
DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = {
    DONE: "done, also if nothing matched or the reader of a pipe stopped reading",
    FAILED: "refused or failed, with the reason on stderr; or check found problems",
    WRONG: "wrong arguments, or an invalid query",
    INTERRUPTED: "stopped with ctrl+c",
}
ENVIRONMENT = {
    "SLUICE_VAULT": "the folder of sources, where --vault does not name one",
    "NO_COLOR": "if not empty, no colours; --color comes first",
    "FORCE_COLOR": "if not empty and not 0, colours also into a pipe; NO_COLOR comes first",
    "TERM": "a terminal called dumb gets no colours",
    "COLUMNS": "the width to print for, instead of the terminal's",
    "TEXTUAL_DRIVER": "what the app draws on instead of a terminal; textual-serve sets it",
}
