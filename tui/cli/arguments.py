"""The command line's arguments turned into a request."""

from __future__ import annotations

import argparse
import re
import sys
from argparse import ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from tui import __version__
from tui.cli.assignments import Assignment, read_assignment, read_name, read_pair, split_arguments
from tui.cli.catalogue import COMMANDS, FAMILIES, WRONG, Subcommand
from tui.cli.options import add_looks, add_vault, offer_values
from tui.cli.output import say, write_text
from tui.cli.root import leading_options, vault_root
from tui.display import clean, listed, short

# Looking for argparse's own words in other languages takes a millisecond, and ours are English.
argparse._ = lambda text: text  # type: ignore[attr-defined]

_HELP = ("-h", "--help")
_VERSION = ("-V", "--version")
_NEGATED = re.compile(r"-(?!-|[A-Za-z]$).+", re.DOTALL)
"""A word or a filter to leave out; one dash and one letter is an option."""
_LONG = {"-q": "--query"}
_TAKING_DASHES = ("-q", "--query", "--sort")
_CHANGING = (
    "set",
    "snooze",
    "confirm",
    "proposals",
    "rename-value",
    "rename-field",
    "notebook add",
    "notebook remove",
    "notebook sent",
)
"""The commands that change what a query matches."""
_MOST_WORDS = 6
"""The most words of a day: ``the day after tomorrow``, ``Mon, 7 December 2026``."""
_PLAINLY = (
    (r"unrecognized arguments: (?P<option>-\S*).*", "Unknown option {option}"),
    (r"unrecognized arguments: (?P<what>.+)", "Unexpected argument {what}"),
    (r"the following arguments are required: (?P<what>.+)", "It needs {what}"),
    (r"argument (?:\S+/)?(?P<what>.+?): expected one argument", "{what} needs a value"),
    (r"argument (?:\S+/)?(?P<what>.+?): ignored explicit argument .*", "{what} takes no value"),
    (
        r"argument (?:\S+/)?(?P<what>.+?): invalid choice: '?(?P<value>.+?)'? "
        r"\(choose from (?P<known>.+)\)",
        "{what}: {value} is not one of {known}",
    ),
    (r"argument (?:\S+/)?(?P<what>.+?): (?P<reason>.+)", "{what}: {reason}"),
)
"""What argparse says, and how we say it."""


def parse(arguments: Sequence[str]) -> Namespace:
    """The command the arguments ask for.

    Exits with 0 where they ask for help or the version, and with 2 and the reason when they
    are wrong.
    """
    before, given = leading_options(arguments)
    _answer(given)
    if not given:
        fail(f"{before[-1].replace('=', ' ')} needs a command after it")
    first, *given = given
    if first.startswith("-"):
        fail(_no_option(first))
    if first in FAMILIES:
        first, given = _of_family(first, given)
    if first not in COMMANDS:
        fail(_no_command(first))
    parser = parser_of(COMMANDS[first])
    request = Namespace(command=first, vault=None, color="auto", plain=False)
    # Options may come between sources and fields.
    parser.parse_intermixed_args([*before, *_with_queries(parser, first, given)], request)
    if wrong := _settle(request):
        parser.error(wrong)
    return request


def _of_family(first: str, given: list[str]) -> tuple[str, list[str]]:
    """A command of two words, and the arguments after it."""
    name = " ".join([first, *given[:1]])
    if name not in COMMANDS:
        known = [each.partition(" ")[2] for each in COMMANDS if each.startswith(f"{first} ")]
        fail(
            _no_second(first, given[0], known) if given else f"It needs one of {listed(known)}",
            first,
        )
    return name, given[1:]


def _no_second(first: str, given: str, known: Sequence[str]) -> str:
    """Why the second word of a command is wrong."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

    near = get_close_matches(given, known, n=1)
    hint = f"; did you mean `sluice {first} {near[0]}`?" if near else ""
    return f"`sluice {first}` has {listed(known)}, not {short(given)}{hint}"


def _answer(arguments: Sequence[str]) -> None:
    """If the arguments ask for help or the version, anywhere, print it and exit."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    names = [argument for argument in options if not argument.startswith("-")]
    if names[:1] == ["help"]:
        del names[0]
        if names[:1] == ["scripts"]:
            from tui.cli.scripts import scripts_page  # noqa: PLC0415 - for this page only

            write_text(scripts_page())
            raise SystemExit(0)
    elif any(argument in _VERSION for argument in options):
        write_text(f"sluice {__version__}\n")
        raise SystemExit(0)
    elif not any(argument in _HELP for argument in options):
        return
    from tui.cli.help import command_help, main_help  # noqa: PLC0415 - the work does without

    name = names[0] if names else ""
    if name in FAMILIES:
        name = next((each for each in [" ".join(names[:2])] if each in COMMANDS), name)
    if name in FAMILIES:
        from tui.cli.help import family_help  # noqa: PLC0415 - the work does without

        write_text(family_help(name))
    elif name in COMMANDS:
        write_text(command_help(COMMANDS[name], parser_of(COMMANDS[name])))
    elif not name or name == "help" or vault_root(name).exists():
        write_text(main_help())
    else:
        fail(_no_command(name))
    raise SystemExit(0)


def _settle(request: Namespace) -> str:
    """Take apart what argparse could not; what is wrong with it, or an empty text."""
    return _settle_own(request) or (_settle_conditions(request) if "conditions" in request else "")


def _settle_own(request: Namespace) -> str:
    """The same for what only one command has."""
    query = getattr(request, "query", None)
    if query is not None and not query.strip() and request.command in _CHANGING:
        return "An empty QUERY would match every source"
    settle = _OWN.get(request.command)
    return settle(request) if settle is not None else ""


def _values(texts: Sequence[str]) -> list[Assignment] | None:
    """The texts as FIELD=VALUE; None if one is not."""
    read = [read_assignment(text) for text in texts]
    found = [each for each in read if each and each.operator == "="]
    return found if len(found) == len(read) else None


def _settle_conditions(request: Namespace) -> str:
    values = _values(request.conditions)
    if values is None:
        return "--if needs FIELD=VALUE"
    request.conditions = [(each.field, each.value) for each in values]
    return ""


def _settle_query(request: Namespace) -> str:
    words = [request.query, *(word.strip() for word in request.words)]
    request.query = " ".join(filter(None, words))
    if request.command == "find":
        request.from_stdin = request.words == ["-"]
        if request.from_stdin and words[0]:
            return "Give - or -q QUERY, not both"
        return "" if request.words or words[0] else "It needs a QUERY"
    return ""


def _settle_set(request: Namespace) -> str:
    folders = Path.cwd(), vault_root(request.vault)
    split = split_arguments(request.arguments, folders)
    request.references, request.assignments = split
    if request.query is not None and request.references:
        return f"Give REFs or -q QUERY, not both; {short(request.references[0])} is a REF"
    if not request.assignments or (request.query is None and not request.references):
        return "It needs a REF, or -q QUERY, and a FIELD=VALUE"
    return ""


def _settle_renaming(request: Namespace) -> str:
    pair = read_pair(request.pair)
    if pair is None:
        return "Expected OLD=NEW, with a side that contains = in quotes: '\"a=b\"=c'"
    request.old, request.new = pair
    if request.command == "rename-value":
        request.field = read_name(request.field)
    return "OLD and NEW are the same" if request.old == request.new else ""


def _settle_propose(request: Namespace) -> str:
    request.from_stdin = request.arguments == ["-"]
    if request.from_stdin:
        with_conditions = request.conditions or request.hashes
        return "--if and --if-hash do not go with -" if with_conditions else ""
    folders = Path.cwd(), vault_root(request.vault)
    request.references, request.assignments = split_arguments(request.arguments, folders)
    if not request.assignments or not request.references:
        return "It needs a REF and a FIELD=VALUE, or - for stdin"
    return "" if request.by else "It needs --by NAME, to say who proposes"


def _settle_proposals(request: Namespace) -> str:
    if request.query is not None and request.references:
        return f"Give REFs or -q QUERY, not both; {short(request.references[0])} is a REF"
    if request.field is not None:
        request.field = read_name(request.field)
    if request.answer is None:
        if request.conditions or request.hashes:
            return "--if and --if-hash need --take or --refuse"
        given = request.by or request.why or request.yes or request.dry_run
        return "--by, --why, --yes and --dry-run need --take or --refuse" if given else ""
    if request.limit:
        return "--limit does not go with --take or --refuse"
    if request.query is None and not request.references and not request.proposer:
        return "It needs REFs, -q QUERY or --from NAME; -q has:proposal means all"
    return ""


def _settle_snooze(request: Namespace) -> str:
    """Tell the day, which may be several words, from the references before it."""
    from datetime import date  # noqa: PLC0415 - for this command only

    from tui.days import coming_day  # noqa: PLC0415 - as above

    words, least = request.arguments, 0 if request.query is not None else 1
    at = len(words)
    if not request.end:
        # The longest end that is a day; else the last word, which is refused with the reason.
        days = range(max(least, at - _MOST_WORDS), at)
        is_day = (n for n in days if coming_day(" ".join(words[n:]), date.today()))
        at = next(is_day, at - 1)
    request.references, request.day = words[: max(at, 0)], " ".join(words[max(at, 0) :])
    if request.end and request.query is not None and words:
        return "Give REFs or -q QUERY, not both"
    if request.query is not None and request.references:
        return f"Give REFs or -q QUERY, not both; {short(request.references[0])} is a REF"
    if request.query is None and not request.references:
        return "It needs a REF, or -q QUERY" + ("" if request.end else ", and a DAY")
    return "" if request.end or request.day else "It needs a DAY, or --end"


def _settle_confirm(request: Namespace) -> str:
    if request.query is not None:
        return "" if request.arguments else "It needs a FIELD"
    return "" if len(request.arguments) > 1 else "It needs a REF, or -q QUERY, and a FIELD"


def _settle_members(request: Namespace) -> str:
    if request.query is not None and request.references:
        return f"Give REFs or -q QUERY, not both; {short(request.references[0])} is a REF"
    if request.command == "notebook sent":
        return "--on does not go with --not" if request.never and request.on is not None else ""
    needs = request.query is None and not request.references
    if request.command == "notebook suggest":
        return "It needs a REF, or -q QUERY" if needs else ""
    return "It needs a NAME, and a REF or -q QUERY" if needs else ""


def _settle_export(request: Namespace) -> str:
    if (request.view is None) == (request.query is None):
        return (
            "Give a VIEW or -q QUERY, not both" if request.view else "It needs a VIEW or -q QUERY"
        )
    return "" if request.form == "md" or request.by is None else "--by needs --as md"


def _settle_add(request: Namespace) -> str:
    request.assignments = _values(request.fields)
    return "--set needs FIELD=VALUE" if request.assignments is None else ""


def _settle_log(request: Namespace) -> str:
    both = request.reference is not None and request.query.strip()
    return "Give a REF or -q QUERY, not both" if both else ""


def _settle_check(request: Namespace) -> str:
    if not request.fix and (request.dry_run or request.keep):
        return "--dry-run and --keep need --fix"
    if not request.fix and (request.by or request.why):
        return "--by and --why need --fix"
    if not request.fix and (request.conditions or request.hashes):
        return "--if and --if-hash need --fix"
    if request.fix and request.limit:
        return "--limit does not go with --fix; name sources, or use -q QUERY"
    return "Give REFs or -q QUERY, not both" if request.references and request.query else ""


def _settle_folder(request: Namespace) -> str:
    return "" if request.to.strip() else "--to needs a folder; . is the current one"


_OWN: Mapping[str, Callable[[Namespace], str]] = {
    "list": _settle_query,
    "urls": _settle_query,
    "find": _settle_query,
    "set": _settle_set,
    "propose": _settle_propose,
    "proposals": _settle_proposals,
    "rename-value": _settle_renaming,
    "rename-field": _settle_renaming,
    "snooze": _settle_snooze,
    "confirm": _settle_confirm,
    "notebook add": _settle_members,
    "notebook remove": _settle_members,
    "notebook sent": _settle_members,
    "notebook suggest": _settle_members,
    "notebook export": _settle_folder,
    "add": _settle_add,
    "check": _settle_check,
    "log": _settle_log,
    "export": _settle_export,
}
"""What takes apart the arguments that only one command has."""


def fail(sentence: str, command: str = "") -> NoReturn:
    """Say what is wrong with the arguments, and exit with 2."""
    name = f"sluice {command}".rstrip()
    # What says already how to go on needs no more.
    hint = "" if sentence.endswith("?") or "; " in sentence else f"; `{name} --help` shows how"
    say(f"sluice: {clean(sentence, 500)}{hint}")
    raise SystemExit(WRONG)


def _no_option(given: str) -> str:
    """Why an option before any command is wrong."""
    option = short(given)
    if given in ("-v", "-version"):
        return f"Unknown option {option}; -V prints the version"
    if given in ("--vault", "--color"):
        return f"{option} needs a value"
    return f"Unknown option {option}; a command's options go after the command"


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


class _Parser(ArgumentParser):
    """A parser of one command, whose complaints are sentences."""

    def __init__(self, prog: str, **words: Any) -> None:
        # To ask for the terminal's width argparse would import `shutil`, for each argument.
        layout = partial(HelpFormatter, width=80)
        super().__init__(
            prog=prog, allow_abbrev=False, add_help=False, formatter_class=layout, **words
        )
        # Python 3.14 would colour the help.
        self.color = False

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse itself ignores what cannot be written.
        if file is sys.stdout:
            write_text(message)
        else:
            super()._print_message(message, file)

    @property
    def flags(self) -> list[str]:
        """Every option it knows."""
        return list(self._option_string_actions)

    def error(self, message: str) -> NoReturn:
        """Say it in our own words, and exit with 2."""
        for pattern, words in _PLAINLY:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                parts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
                message = words.format(**parts)
                if "option" in parts:
                    message += self._near(parts["option"])
                break
        fail(message, self.prog.partition(" ")[2])

    def _near(self, option: str) -> str:
        if option == "-v":
            return "; -V prints the version"
        from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

        name = f"-{option}" if f"-{option}" in self.flags else option
        near = get_close_matches(name.partition("=")[0], self.flags, n=1)
        return f"; did you mean {near[0]}?" if near else ""


def parser_of(command: Subcommand) -> _Parser:
    """The parser of one command."""
    parser = _Parser(f"sluice {command.name}")
    _fill(parser, command)
    return parser


def build_parser() -> ArgumentParser:
    """The parser of the whole command line, for completion."""
    parser = _Parser(prog="sluice")
    parser.set_defaults(vault=None)
    add_vault(parser)
    add_looks(parser)
    _add_questions(parser)
    added = parser.add_subparsers(prog="sluice", dest="command", required=True)
    offer_values(added, "folders")
    families = {
        name: added.add_parser(name).add_subparsers(prog=f"sluice {name}", required=True)
        for name in FAMILIES
    }
    for name, command in COMMANDS.items():
        first, _, second = name.partition(" ")
        _fill(families[first].add_parser(second) if second else added.add_parser(name), command)
    about = added.add_parser("help")
    about.add_argument("about", choices=[*COMMANDS, "scripts"], nargs="?")
    return parser


def _fill(parser: ArgumentParser, command: Subcommand) -> None:
    parser.set_defaults(module=command.module)
    command.add_arguments(parser)
    if command.has_vault:
        add_vault(parser)
        add_looks(parser)
    _add_questions(parser)


def _add_questions(parser: ArgumentParser) -> None:
    # Both are answered before anything is parsed; here they are listed and completed.
    parser.add_argument(*_HELP, action="help", help="show this help")
    parser.add_argument(
        *_VERSION, action="version", version=f"sluice {__version__}", help="print the version"
    )


def _with_queries(parser: _Parser, command: str, arguments: Sequence[str]) -> list[str]:
    """The arguments such that argparse takes ``-tier:noise`` for a query, not for options."""
    kept: list[str] = []
    takes_words = command in ("list", "find", "urls")
    for at, argument in enumerate(arguments):
        if argument == "--" and takes_words:
            # All that follows are words.
            return [*kept, *(f" {word}" for word in arguments[at + 1 :])]
        if kept and kept[-1] in _TAKING_DASHES:
            kept[-1] = f"{_LONG.get(kept[-1], kept[-1])}={argument}"
        elif takes_words and _NEGATED.fullmatch(argument) and not argument.startswith("-q="):
            if f"-{argument}" in parser.flags:
                parser.error(f"unrecognized arguments: {argument}")
            if argument.startswith("-q"):
                parser.error(
                    f"{short(argument)} is ambiguous; write `-q {short(argument[2:])}` to search "
                    f"for that, or `-q {short(argument)}` to leave it out"
                )
            # argparse takes nothing with a space in it for an option, and a query may have one.
            kept.append(f" {argument}")
        else:
            kept.append(argument)
    return kept
