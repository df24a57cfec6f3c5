"""A change that a dry run shows, as unified diffs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import zip_longest

from tui.cli.output import has_colours, is_terminal, paint, write_bytes, write_text
from tui.desk import Desk
from tui.display import clean
from tui.vault.writing.plan import FileDiff

_CONTEXT = 3


def write_diffs(desk: Desk, request: Namespace, diffs: Sequence[FileDiff]) -> None:
    """Show what a dry run would write: as diffs, or as JSON if asked for."""
    if request.json:
        from tui.cli.outcome import write_preview  # noqa: PLC0415 - for JSON only

        write_preview(desk, diffs)
        return
    for diff in diffs:
        write_diff(*diff)


def write_diff(name: str, before: str, after: str) -> None:
    """Show what would change in a file, as ``git diff`` and ``patch`` know it.

    A pipe gets every byte as it would be written; a person gets them made visible.
    """
    for line in _diff(name, before, after):
        if is_terminal() or has_colours():
            write_text(_coloured(line) + "\n")
        else:
            _write_exactly(line)


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    old, new = _lines(before), _lines(after)
    # The body, maybe megabytes, is the same on both sides: keep it out of the comparison.
    same = _common_tail(old, new)
    cut = max(same - _CONTEXT, 0)
    lines = unified_diff(
        old[: len(old) - cut],
        new[: len(new) - cut],
        _named("a", name),
        _named("b", name),
        n=_CONTEXT,
    )
    for line in lines:
        if line.endswith("\n"):
            yield line
        else:
            yield line + "\n"
            yield "\\ No newline at end of file\n"


def _named(side: str, name: str) -> str:
    """The file's name in the diff; in quotes, as in git's, if it has odd characters."""
    path = f"{side}/{name}"
    if path.isprintable() and not set(path) & {'"', "\\"}:
        return path
    data = path.encode("utf-8", "surrogateescape")
    return '"' + "".join(_octal(byte) for byte in data) + '"'


def _octal(byte: int) -> str:
    if byte in b'"\\':
        return f"\\{chr(byte)}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _lines(text: str) -> list[str]:
    """Lines as diff counts them: only a line feed ends one."""
    *ended, tail = text.split("\n")
    return [line + "\n" for line in ended] + ([tail] if tail else [])


def _common_tail(old: list[str], new: list[str]) -> int:
    count = 0
    for one, other in zip_longest(reversed(old), reversed(new)):
        if one != other:
            break
        count += 1
    return count


def _coloured(line: str) -> str:
    text = clean(line.rstrip("\n"))
    if line.startswith(("---", "+++")):
        return paint(text, "title")
    colours = {"@": "place", "+": "added", "-": "removed"}
    return paint(text, colours.get(line[:1], ""))


def _write_exactly(line: str) -> None:
    write_bytes(line.encode("utf-8", "surrogateescape"))
