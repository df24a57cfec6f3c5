"""The command line's arguments turned into a request."""

from __future__ import annotations

import argparse
import re
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from tui import __version__
from tui.cli.assignments import read_assignment, read_name, read_pair, split_arguments
from tui.cli.catalogue import COMMANDS, Command
from tui.cli.options import offer_values
from tui.cli.output import width, write_text
from tui.cli.root import leading_vault, vault_root
from tui.display import clean, short

_ABOUT = """\
Triage a folder of Markdown sources from the keyboard.

`sluice [VAULT]` opens the app on VAULT, else on $SLUICE_VAULT, else on the current
folder. The commands do the same work without a screen."""
_EXAMPLES = """\
examples:
  sluice demo                           try it on sample sources
  sluice ~/sources                      open the app on a folder
  sluice list -q "status:raw tier:paradigm,strategic"
  sluice find "ope bui 800"
  sluice set SOURCE-20251128-973 tier=strategic key_insights+="Ship weekly"

A REF is a path, a file's name without its ending, or an id.
Exit code: 0 done, 1 refused or failed with one line why, 2 wrong arguments."""

# Looking for argparse's own words in other languages takes a millisecond, and ours are English.
argparse._ = str  # type: ignore[attr-defined]

_NEGATED_FILTER = re.compile(r"-[A-Za-z_][\w-]*:")
_NEGATED_WORD = re.compile(r"-(?!-|h$).+", re.DOTALL)
"""A word to do without: `find` has no options of one dash but -h."""
_LONG = {"-q": "--query"}
_CHANGING = ("set", "rename-value", "rename-field")
"""The commands that change what a query means."""


def parse(arguments: Sequence[str]) -> Namespace:
    """The command the arguments ask for; exits with 2 and the reason when they are wrong."""
    vault, arguments = leading_vault(arguments)
    first = arguments[0]
    if first not in COMMANDS:
        parser = build_parser()
        if not first.startswith("-"):
            parser.error(_no_command(first))
        return parser.parse_args(arguments)
    command = COMMANDS[first]
    parser = _Parser(prog=f"sluice {first}", **_words(command))
    _fill(parser, command)
    given = _with_dashed_queries(arguments)[1:]
    before = [] if vault is None else [f"--vault={vault}"]
    # Options may stand anywhere between the sources and the fields.
    request = parser.parse_intermixed_args([*before, *given], Namespace(command=first, vault=None))
    if wrong := _settle(request):
        parser.error(f"{wrong}; see `sluice {first} --help`")
    return request


def _settle(request: Namespace) -> str:
    """Take apart what argparse could not; what is wrong with it, or an empty text."""
    query = getattr(request, "query", None)
    if query is not None and not query.strip() and request.command in _CHANGING:
        return "an empty QUERY would mean every source"
    match request.command:
        case "set":
            return _settle_set(request)
        case "rename-value" | "rename-field":
            pair = read_pair(request.pair)
            if pair is None:
                return "it wants OLD=NEW, with quotes around a side that has a = in it: '\"a=b\"=c'"
            request.old, request.new = pair
            if request.old == request.new:
                return "OLD and NEW are the same"
            if request.command == "rename-value":
                request.field = read_name(request.field)
        case "add":
            read = [read_assignment(field) for field in request.fields]
            request.assignments = [found for found in read if found and found.operator == "="]
            if len(request.assignments) < len(read):
                return "--set wants FIELD=VALUE"
        case "check" if not request.fix and (request.dry_run or request.keep):
            return "--dry-run and --keep go with --fix"
    return ""


def _settle_set(request: Namespace) -> str:
    folders = Path.cwd(), vault_root(request.vault)
    split = split_arguments(request.arguments, folders)
    request.references, request.assignments = split
    if request.query is not None and request.references:
        return f"it takes REFs or -q QUERY, and {short(request.references[0])} is no FIELD=VALUE"
    if not request.assignments or (request.query is None and not request.references):
        return "it wants at least one REF, or -q QUERY, and one FIELD=VALUE"
    return ""


def _no_command(first: str) -> str:
    """Why the first argument is wrong."""
    if vault_root(first).exists():
        return (
            f"{short(first)} is a folder: `sluice {short(first)}` opens it, "
            "and a command takes it as --vault"
        )
    from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

    near = get_close_matches(first, COMMANDS, n=1)
    hint = f"; did you mean `sluice {near[0]}`?" if near else ""
    return f"{short(first)} is neither a command nor a folder{hint}"


class _Words(RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse itself would import ``shutil`` to ask for that."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=width() - 2)


class _Parser(ArgumentParser):
    """A parser whose complaints may quote names that would act on a terminal."""

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse itself passes over what cannot be written.
        if file is sys.stdout:
            write_text(message)
        else:
            super()._print_message(message, file)

    def error(self, message: str) -> NoReturn:
        super().error(clean(message, 500))


def build_parser() -> ArgumentParser:
    """The parser of the whole command line, for its help and for completion."""
    parser = _Parser(
        prog="sluice",
        usage="sluice [VAULT]\n       sluice COMMAND ...",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=_Words,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"sluice {__version__}")
    parser.add_argument("--vault", metavar="V", help="the folder, also before a command")
    added = parser.add_subparsers(
        title="commands",
        description="",
        prog="sluice",
        dest="command",
        metavar="COMMAND ARGUMENTS",
        required=True,
    )
    offer_values(added, "folders")
    for name, command in COMMANDS.items():
        words = _words(command)
        _fill(added.add_parser(name, prog=f"sluice {name}", help=command.summary, **words), command)
    return parser


def _words(command: Command) -> dict[str, Any]:
    """What a command's help says, beside its arguments."""
    return {
        "description": f"{command.summary[0].upper()}{command.summary[1:]}.",
        "epilog": f"examples:\n{command.examples}",
        "formatter_class": _Words,
        "allow_abbrev": False,
    }


def _fill(parser: ArgumentParser, command: Command) -> None:
    parser.set_defaults(module=command.module)
    command.add_arguments(parser)


def _with_dashed_queries(arguments: Sequence[str]) -> list[str]:
    """The arguments such that argparse takes ``-tier:noise`` for a query, not for options."""
    kept: list[str] = []
    finds = arguments[:1] == ["find"]
    for argument in arguments:
        if kept and kept[-1] in ("-q", "--query", "--sort"):
            kept[-1] = f"{_LONG.get(kept[-1], kept[-1])}={argument}"
        elif _NEGATED_FILTER.match(argument) or (finds and _NEGATED_WORD.fullmatch(argument)):
            # argparse takes nothing with a space in it for an option, and a query may have one.
            kept.append(f" {argument}")
        else:
            kept.append(argument)
    return kept
