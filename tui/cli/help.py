"""The help of the whole command line, and how the arguments of a command are written."""

from __future__ import annotations

from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from textwrap import fill, wrap

from tui.cli.catalogue import (
    ABOUT,
    EXAMPLES,
    EXIT_CODES,
    FAMILIES,
    GROUPS,
    QUERY,
    REFERENCE,
    Subcommand,
)
from tui.cli.output import width

USAGE = "usage: sluice [DIR]\n       sluice COMMAND [ARGUMENTS]"
_OPTIONS = (
    ("--vault DIR", "work on DIR; before or after the command"),
    ("--color WHEN", "auto, always or never; also before or after"),
    ("--plain", "print what a pipe would get; also before or after"),
    ("-h, --help", "show this help; after a command, that command's"),
    ("-V, --version", "print the version"),
)
_WIDEST = 96
_NARROW = 68
"""In a narrower terminal an explanation goes below what it explains."""


def main_help() -> str:
    """What `sluice --help` prints."""
    room = min(width(), _WIDEST)
    parts = [USAGE, "examples:\n" + _pairs(EXAMPLES, room), _paragraph(ABOUT, room)]
    for name, commands in GROUPS.items():
        pairs = tuple(dict.fromkeys(map(_in_short, commands)))
        parts.append(f"{name}:\n" + _pairs(pairs, room, 15))
    codes = tuple((str(code), meaning) for code, meaning in EXIT_CODES.items())
    parts.append("options:\n" + _pairs(_OPTIONS, room, 15))
    parts.append("exit codes:\n" + _pairs(codes, room, 5))
    parts += [_paragraph(REFERENCE, room), _paragraph(QUERY, room)]
    topics = "`sluice help COMMAND` explains a command's options, `sluice help scripts` all that a "
    parts.append(_paragraph(f"{topics}script or an agent needs.", room))
    return "\n\n".join(parts) + "\n"


def _in_short(command: Subcommand) -> tuple[str, str]:
    """A command and its summary; of one of two words, that of all with the first one."""
    first = command.name.partition(" ")[0]
    return (first, FAMILIES[first]) if first in FAMILIES else (command.name, command.summary)


def family_help(family: str) -> str:
    """What `sluice notebook --help` prints: the commands that begin with that word."""
    room = min(width(), _WIDEST)
    some = [each for group in GROUPS.values() for each in group]
    pairs = tuple((e.name, e.summary) for e in some if e.name.startswith(f"{family} "))
    words = f"{FAMILIES[family][0].upper()}{FAMILIES[family][1:]}."
    parts = [f"usage: sluice {family} COMMAND [ARGUMENTS]", _paragraph(words, room)]
    parts.append("commands:\n" + _pairs(pairs, room))
    parts.append(_paragraph(f"`sluice {pairs[0][0]} --help` explains the options of one.", room))
    return "\n\n".join(parts) + "\n"


def usage_of(command: Subcommand) -> list[str]:
    """The ways to call a command."""
    return [f"sluice {command.name} {ways}".rstrip() for ways in command.usage]


def flags_of(action: Action) -> str:
    """An argument as help names it: ``-q, --query QUERY``."""
    flags = ", ".join(action.option_strings)
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    return " ".join(filter(None, (flags, metavar if action.nargs != 0 else "")))


def command_help(command: Subcommand, parser: ArgumentParser) -> str:
    """What `sluice COMMAND --help` prints."""
    examples = "\n".join(f"  {line}" for line in command.examples)
    words = f"{command.summary[0].upper()}{command.summary[1:]}. {command.details}".rstrip()
    parser.formatter_class = _Layout
    parser.usage = "\n       ".join(usage_of(command))
    about = _paragraph(words, min(width(), _WIDEST))
    parser.description = f"examples:\n{examples}\n\n{about}"
    return parser.format_help()


class _Layout(RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse itself would import ``shutil`` to ask for that."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(width(), _WIDEST), max_help_position=22)

    def start_section(self, heading: str | None) -> None:
        """Begin a section, under our own name for it."""
        super().start_section("arguments" if heading == "positional arguments" else heading)

    def _format_action_invocation(self, action: Action) -> str:
        return flags_of(action)


def _paragraph(text: str, room: int) -> str:
    return fill(text, room, break_long_words=False, break_on_hyphens=False)


def _pairs(pairs: tuple[tuple[str, str], ...], room: int, column: int = 0) -> str:
    """Names and explanations, side by side where there is room."""
    column = column or max(len(name) for name, _ in pairs) + 2
    below = room < _NARROW and column > 16
    lines = []
    for name, words in pairs:
        margin = 6 if below else column + 2
        first, *others = wrap(words, room - margin, break_on_hyphens=False)
        lines += [f"  {name}", f"{' ' * margin}{first}"] if below else [f"  {name:{column}}{first}"]
        lines += [f"{' ' * margin}{line}" for line in others]
    return "\n".join(lines)
