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
from tui.cli.assignments import split_arguments
from tui.cli.catalogue import COMMANDS, offer_values
from tui.cli.output import width, write_text
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


def parse(arguments: Sequence[str]) -> Namespace:
    """The command the arguments ask for; exits with 2 and the reason when they are wrong."""
    parser = build_parser(arguments[0])
    if not (arguments[0].startswith("-") or arguments[0] in COMMANDS):
        from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

        near = get_close_matches(arguments[0], COMMANDS, n=1)
        hint = f"; did you mean `sluice {near[0]}`?" if near else ""
        parser.error(f"{short(arguments[0])} is neither a command nor a folder{hint}")
    request = parser.parse_args(_with_dashed_queries(arguments))
    if request.command == "set":
        split = split_arguments(request.arguments, Path.cwd())
        request.references, request.assignments = split
        if not all(split):
            parser.error("set wants at least one REF and one FIELD=VALUE; see `sluice set --help`")
    if request.command == "add":
        strays, request.assignments = split_arguments(request.fields, Path())
        if strays or any(assignment.operator != "=" for assignment in request.assignments):
            parser.error("--set of add wants FIELD=VALUE; see `sluice add --help`")
    if request.command == "check" and not request.fix and (request.dry_run or request.keep):
        parser.error("--dry-run and --keep of check go with --fix")
    return request


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


def build_parser(asked: str = "") -> ArgumentParser:
    """The parser of the whole command line; of one command alone when ``asked`` names it."""
    parser = _Parser(
        prog="sluice",
        usage="sluice [VAULT]\n       sluice COMMAND ...",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=_Words,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"sluice {__version__}")
    added = parser.add_subparsers(
        title="commands", prog="sluice", dest="command", metavar="COMMAND [...]", required=True
    )
    offer_values(added, "folders")
    for command in [COMMANDS[asked]] if asked in COMMANDS else COMMANDS.values():
        subparser = added.add_parser(
            command.name,
            prog=f"sluice {command.name}",
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"examples:\n{command.examples}",
            formatter_class=_Words,
            allow_abbrev=False,
        )
        subparser.set_defaults(module=command.module)
        command.add_arguments(subparser)
    return parser


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
