"""Every command once: its words, its arguments, its examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.options import (
    add_dry_run,
    add_json,
    add_matching,
    add_query,
    add_references,
    add_vault,
    offer_values,
    positive_number,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(NamedTuple):
    """One subcommand. ``run_<name>`` in ``tui.cli.commands.<module>`` does its work."""

    name: str
    module: str
    summary: str
    examples: str
    add_arguments: Callable[[ArgumentParser], object]


def _list(parser: ArgumentParser) -> None:
    add_query(parser)
    key = parser.add_argument(
        "--sort", metavar="KEY", help="order by tier, date, title, name or any field"
    )
    offer_values(key, "sort_keys")
    parser.add_argument("--reverse", action="store_true", help="the other way round")
    add_json(parser)
    add_vault(parser)


def _find(parser: ArgumentParser) -> None:
    words = parser.add_argument(
        "words", metavar="QUERY", nargs="+", help="what to look up; - reads stdin, a query a line"
    )
    offer_values(words, "filters")
    parser.add_argument(
        "--limit", type=positive_number, default=10, metavar="N", help="at most N hits (10)"
    )
    add_json(parser)
    add_vault(parser)


def _show(parser: ArgumentParser) -> None:
    offer_values(parser.add_argument("reference", metavar="REF", help="the source"), "references")
    add_json(parser)
    add_vault(parser)


def _set(parser: ArgumentParser) -> None:
    action = parser.add_argument(
        "arguments",
        metavar="REF|FIELD=VALUE",
        nargs="+",
        help="sources and what to set; += appends to a list, -= removes, FIELD= clears. A FIELD "
        "with = or a quote in its name, or + or - at its end, stands in quotes: '\"a=b\"=VALUE'. "
        "An argument with = in it is a REF only where a file has that path",
    )
    offer_values(action, "references_and_assignments")
    add_matching(parser, "every source that matches, instead of REFs")


def _rename_value(parser: ArgumentParser) -> None:
    field = parser.add_argument("field", metavar="FIELD", help="the field that has the value")
    offer_values(field, "fields")
    pair = parser.add_argument(
        "pair",
        metavar="OLD=NEW",
        help="the value, or the item of a list, and what it is to be; a side with = in it stands "
        "in quotes: '\"a=b\"=c'",
    )
    offer_values(pair, "old_values")
    add_matching(parser, "only sources that match")


def _rename_field(parser: ArgumentParser) -> None:
    pair = parser.add_argument(
        "pair",
        metavar="OLD=NEW",
        help="the field's name, as it is in headers, and what it is to be; a side with = in it "
        "stands in quotes: '\"a=b\"=c'",
    )
    offer_values(pair, "used_fields_to_rename")
    add_matching(parser, "only sources that match")


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address; https:// may be left out")
    parser.add_argument("--title", metavar="TITLE", help="what the source is called")
    field = parser.add_argument(
        "--set",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        dest="fields",
        help="a further field, as for `sluice set`; may be given several times",
    )
    offer_values(field, "assignments")
    add_dry_run(parser)
    add_vault(parser)


def _promote(parser: ArgumentParser) -> None:
    add_references(parser, "+", "the sources")
    to = parser.add_argument("--to", metavar="STATUS", help="this status instead of the next")
    offer_values(to, "statuses")
    add_dry_run(parser)
    add_vault(parser)


def _undo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--skip",
        action="store_true",
        help="pass over changes that cannot be undone, such as those of a file that is gone",
    )
    add_vault(parser)


def _archive(parser: ArgumentParser) -> None:
    add_references(parser, "+", "the sources")
    add_dry_run(parser)
    add_vault(parser)


def _urls(parser: ArgumentParser) -> None:
    add_query(parser)
    add_vault(parser)


def _check(parser: ArgumentParser) -> None:
    add_references(parser, "*", "only these sources (default: all)")
    parser.add_argument(
        "--fix", action="store_true", help="repair broken headers, and values that are certain"
    )
    add_dry_run(parser)
    parser.add_argument(
        "--keep",
        choices=("header", "line"),
        help="with --fix: which value stays of a field that stands twice: the header's, "
        "which is the last one, or that of the line above it (a line above a header gives way, "
        "a field twice in one is left alone)",
    )
    add_json(parser)
    add_vault(parser)


def _log(parser: ArgumentParser) -> None:
    add_json(parser)
    add_vault(parser)


def _stats(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    add_vault(parser)


def _nothing(parser: ArgumentParser) -> None:
    """The command takes no arguments."""


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell to print it for")


_ALL = (
    Command(
        "demo",
        "screen",
        "open the app on a throw-away copy of the sample sources",
        "  sluice demo",
        _nothing,
    ),
    Command(
        "list",
        "browse",
        "list sources",
        '  sluice list -q "status:raw tier:paradigm,strategic"\n'
        "  sluice list -q has:problem\n"
        "  sluice list --sort date\n"
        "  sluice list -q -has:insight --json",
        _list,
    ),
    Command(
        "find",
        "browse",
        "look sources up, best first; typos and half words do",
        "  sluice find ope bui 800\n"
        '  sluice find "st:raw agents" --limit 3\n'
        "  sluice find - --json < queries.txt",
        _find,
    ),
    Command(
        "show",
        "browse",
        "print one source: its fields and its body",
        "  sluice show SOURCE-20251128-973\n  sluice show inbox/SOURCE-20251128-973.md --json",
        _show,
    ),
    Command(
        "set",
        "change",
        "set fields of sources, as one change",
        "  sluice set SOURCE-20251128-973 tier=strategic cat=ai-engineering\n"
        '  sluice set SOURCE-20251128-973 key_insights+="Ship weekly: it is safer"\n'
        "  sluice set *.md topics-=misc --dry-run\n"
        '  sluice set SOURCE-20251128-973 "read by"=Ada 分类=小说\n'
        '  sluice set -q "status:raw by:night" tier=noise\n'
        "  sluice set SOURCE-20251128-973 guest=",
        _set,
    ),
    Command(
        "rename-value",
        "matching",
        "put another value in the place of one, in every source that has it, as one change",
        "  sluice rename-value topics misc=general\n"
        "  sluice rename-value cat ai-agents=agents-orchestration -q status:raw --dry-run",
        _rename_value,
    ),
    Command(
        "rename-field",
        "matching",
        "give a field another name in every source, as one change; all else stays as it is",
        "  sluice rename-field guest=interviewee --dry-run\n"
        "  sluice rename-field '\"a=b\"=c' -q status:raw",
        _rename_field,
    ),
    Command(
        "add",
        "add",
        "write a new raw source for an address, unless it is there already",
        '  sluice add https://example.com/page --title "A page"\n'
        "  sluice add youtu.be/3x0jhpEj_6o --set by=a16z --dry-run",
        _add,
    ),
    Command(
        "promote",
        "change",
        "move sources to the next status",
        "  sluice promote SOURCE-20251128-973\n  sluice promote SOURCE-20251128-973 --to raw",
        _promote,
    ),
    Command(
        "archive",
        "change",
        "put sources away",
        "  sluice archive SOURCE-20251128-973 --dry-run",
        _archive,
    ),
    Command(
        "urls",
        "browse",
        "print URLs, one a line, each once",
        "  sluice urls -q cat:claude-code | xclip -selection clipboard",
        _urls,
    ),
    Command(
        "check",
        "check",
        "print what is wrong with sources, or repair it; exit 1 when something is left",
        "  sluice check\n  sluice check SOURCE-20251128-973 --json\n"
        "  sluice check --fix --dry-run\n  sluice check --fix",
        _check,
    ),
    Command(
        "stats",
        "stats",
        "show tiers against their targets, progress, categories and your pace",
        "  sluice stats\n  sluice stats --json",
        _stats,
    ),
    Command(
        "undo",
        "history",
        "take the last change back",
        "  sluice undo\n  sluice undo --skip",
        _undo,
    ),
    Command("redo", "history", "make the change undone last again", "  sluice redo", add_vault),
    Command("log", "history", "list the changes, oldest first", "  sluice log --json", _log),
    Command(
        "schema",
        "text",
        "print the built-in schema, to start a sluice.yaml from",
        "  sluice schema > sluice.yaml",
        _nothing,
    ),
    Command(
        "completion",
        "text",
        "print what makes a shell complete sluice's arguments",
        '  eval "$(sluice completion bash)"                   in ~/.bashrc\n'
        '  eval "$(sluice completion zsh)"                    in ~/.zshrc\n'
        "  sluice completion fish > ~/.config/fish/completions/sluice.fish",
        _completion,
    ),
)
COMMANDS = {command.name: command for command in _ALL}
"""The commands by name, in the order `sluice --help` lists them."""
