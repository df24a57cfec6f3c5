"""Every command once: its words and its examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.cli import notebook_parameters, parameters
from tui.cli.options import (
    add_json_of_changes,
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
            parameters.of_list,
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
            parameters.of_find,
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
            parameters.of_show,
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
            parameters.of_sample,
            "It draws from sources whose value nobody confirmed, each at most once. In the app, a "
            "sample can also accept the rest: press r, then r again.",
        ),
        Subcommand(
            "urls",
            "browse",
            "print the URLs of sources, each once",
            ("[QUERY...] [options]",),
            ("sluice urls cat:claude-code | xclip -selection clipboard",),
            parameters.of_urls,
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
            parameters.of_export,
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
            parameters.of_stats,
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
            parameters.of_set,
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
            parameters.of_promote,
            f"{_AS_ONE} {_CONDITIONS}",
        ),
        Subcommand(
            "archive",
            "change",
            "archive sources",
            ("REF... [options]",),
            ("sluice archive SOURCE-20251128-973 --dry-run",),
            parameters.of_archive,
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
            parameters.of_snooze,
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
            parameters.of_confirm,
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
            parameters.of_propose,
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
            parameters.of_proposals,
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
            parameters.of_add,
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
            parameters.of_rename_value,
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
            parameters.of_rename_field,
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
            notebook_parameters.of_list,
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
            notebook_parameters.of_suggest,
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
            notebook_parameters.of_add,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} A new NAME makes a new "
            "notebook. NAME may differ in case from the notebook's own name. Where the field has "
            "one value, the notebook replaces it.",
        ),
        Subcommand(
            "notebook remove",
            "notebook",
            "take sources out of a notebook",
            ("NAME REF... [options]", "NAME -q QUERY [options]"),
            ('sluice notebook remove "Agents at work" SOURCE-20251128-973',),
            notebook_parameters.of_remove,
            f"{_AS_ONE} {_CONDITIONS} With -q, {_LISTED_FIRST} What was delivered stays noted.",
        ),
        Subcommand(
            "notebook rename",
            "notebook",
            "rename a notebook in every source that is in it",
            ("NAME NEW [options]",),
            ('sluice notebook rename "Agents at work" Agents --dry-run',),
            notebook_parameters.of_rename,
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
            notebook_parameters.of_show,
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
            notebook_parameters.of_urls,
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
            notebook_parameters.of_export,
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
            notebook_parameters.of_packet,
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
            notebook_parameters.of_sent,
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
            notebook_parameters.of_reconcile,
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
            parameters.of_check,
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
            parameters.of_log,
            "With a REF, it also lists the commits that changed the file, if the folder is in git. "
            "Their names are those of their authors.",
        ),
        Subcommand(
            "undo",
            "history",
            "undo the last change",
            ("[options]",),
            ("sluice undo", "sluice undo --by importer", "sluice undo --skip"),
            parameters.of_undo,
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
            parameters.of_nothing,
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
            parameters.of_init,
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
            parameters.of_nothing,
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
            parameters.of_nothing,
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
            parameters.of_completion,
            has_vault=False,
        ),
    ),
}
"""The commands by what they are for, in the order that help lists them."""
COMMANDS = {command.name: command for group in GROUPS.values() for command in group}
FAMILIES = {"notebook": "list notebooks, fill them, and deliver them"}
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
