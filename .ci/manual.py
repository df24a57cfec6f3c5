"""Writes the man page and the completion scripts that the wheel installs, from the catalogue.

    .venv/bin/python .ci/manual.py

Their bytes depend on the catalogue alone: no date, no terminal, no locale.
"""

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Run as a script: the checkout's own package, whatever is installed.
sys.path.insert(0, str(ROOT))

from tui import __version__  # noqa: E402
from tui.cli.catalogue import (  # noqa: E402
    ABOUT,
    ENVIRONMENT,
    EXAMPLES,
    EXIT_CODES,
    QUERY,
    REFERENCE,
)
from tui.cli.commands.text import completion_script  # noqa: E402
from tui.cli.describe import Described, command_table  # noqa: E402

DATE = "2026-11-30"
"""When this version came out; it goes up with the version."""
COMPLETIONS = {"bash": "sluice", "zsh": "_sluice", "fish": "sluice.fish"}
COMMON = (
    "These go before or after a command's name; its own options go after it. "
    "Demo, schema and completion take only --help and --version."
)
FILES = (
    ("~/.config/sluice/config.yaml", "settings and keys"),
    ("~/.config/sluice/views.yaml", "saved views"),
    ("sluice.yaml", "in the folder of sources: its own fields, values, moves and views"),
    ("~/.local/state/sluice", "the undo journal, drafts and sluice.log"),
    ("~/.cache/sluice", "caches, which may be deleted"),
)


def files() -> dict[Path, str]:
    """Every file with its text, by its path in the checkout."""
    scripts = {
        Path("docs/completions") / name: completion_script(shell)
        for shell, name in COMPLETIONS.items()
    }
    return {Path("docs/man/sluice.1"): manual(), **scripts}


def manual() -> str:
    """The man page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    commands = command_table()
    yield '.\\" Written by .ci/manual.py from tui/cli/catalogue.py; edit that instead.'
    yield f'.TH SLUICE 1 {DATE} "sluice {__version__}"'
    yield ".SH NAME"
    yield "sluice \\- work through a folder of Markdown notes, one key per decision"
    yield ".SH SYNOPSIS"
    yield ".nf"
    yield _markup("sluice [DIR]")
    yield _markup("sluice COMMAND [ARGUMENTS]")
    yield ".fi"
    yield ".SH DESCRIPTION"
    yield _text(ABOUT)
    for words in (REFERENCE, QUERY):
        yield ".PP"
        yield _text(words)
    yield from _section("EXAMPLES", ((line, words) for line, words in EXAMPLES))
    yield ".SH COMMANDS"
    group = ""
    for command in commands:
        if command.group != group:
            group = command.group
            yield f".SS {group.capitalize()}"
        yield from _command(command)
    yield from _section("OPTIONS", commands[0].common, COMMON)
    yield from _section("EXIT STATUS", ((str(code), words) for code, words in EXIT_CODES.items()))
    yield from _section("ENVIRONMENT", ENVIRONMENT.items())
    yield from _section("FILES", FILES)


def _command(command: Described) -> Iterator[str]:
    for number, line in enumerate(command.usage):
        yield ".TP" if number == 0 else ".TQ"
        yield _markup(line)
    yield _text(f"{command.summary[0].upper()}{command.summary[1:]}. {command.details}".rstrip())
    yield ".RS"
    for option in (*command.arguments, *command.options):
        yield ".TP"
        yield _markup(option.flags)
        yield _text(option.help)
    yield ".PP"
    yield ".nf"
    yield from map(_line, command.examples)
    yield ".fi"
    yield ".RE"


def _section(name: str, pairs: Iterable[tuple[str, str]], words: str = "") -> Iterator[str]:
    yield f".SH {name}"
    if words:
        yield _text(words)
    for term, meaning in pairs:
        yield ".TP"
        yield f".B {_escaped(term)}"
        yield _text(meaning)


def _markup(text: str) -> str:
    """A command line or an option: words in capitals in italics, all else bold."""
    parts = re.split(r"([A-Z]{2,}|\bN\b)", text)
    fonts = ((f"\\fI{part}\\fP" if at % 2 else f"\\fB{_escaped(part)}\\fP") for at, part
             in enumerate(parts) if part)  # fmt: skip
    return "".join(fonts)


def _text(text: str) -> str:
    """Running text: each sentence on lines of its own, as roff wants it."""
    sentences = re.split(r"(?<=[.:]) (?=[A-Z])", text)
    lines = [line for sentence in sentences for line in textwrap.wrap(sentence, 68)]
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    """A line of text, which a dot at its start does not make a command."""
    return ("\\&" if text.startswith(".") else "") + _escaped(text)


def _escaped(text: str) -> str:
    """Text in which roff finds nothing to act on."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    escaped = escaped.replace("'", "\\(aq").replace("~", "\\(ti").replace("^", "\\(ha")
    escaped = escaped.replace("|", "\\(ba")
    return re.sub(r"[^ -~]", lambda found: f"\\[u{ord(found[0]):04X}]", escaped)


def main() -> int:
    """Write every file that differs, and name it."""
    for path, text in files().items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote {path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
