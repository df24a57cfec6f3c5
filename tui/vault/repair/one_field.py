"""Repair the faulty lines of one field of a broken header, so that YAML can read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tui.errors import HeaderError
from tui.vault.header.misquoted import requoted
from tui.vault.header.parse import read_fields
from tui.vault.header.salvage import salvage_fields
from tui.vault.repair import links

_TOP = re.compile(
    r"""(?P<lead>(?:"[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s#][^:#]*):[ \t]+)(?P<value>.*)$"""
)
_ITEM = re.compile(r"(?P<lead>[ \t]*(?:-[ \t]+)+)(?P<value>.*)$")
_NESTED = re.compile(r"(?P<lead>[ \t]*(?:-[ \t]+)*[A-Za-z_][\w-]*:[ \t]+)(?P<value>.*)$")
_NESTED_KEY = re.compile(r"[ \t]+[A-Za-z_][\w-]*:(?:[ \t]|$)")
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_INDENT = re.compile(r"[ \t]*")
_LONGEST_LIST = 20_000
"""Longest list in brackets to split into items, in characters."""
_TAB_WIDTHS = (2, 4, 8, 1)

Test = Callable[[list[str]], bool]
"""Whether YAML can read some lines in their place."""


class _Slot(NamedTuple):
    """The place of a value: its first line, the text before it there, its last line."""

    first: int
    lead: str
    value: str
    last: int

    @property
    def is_item(self) -> bool:
        """Whether the value is a whole list item, which may be a field of its own."""
        return self.lead.rstrip().endswith("-")


def reads(lines: list[str], context: str = "") -> bool:
    """Whether YAML reads the lines as fields; ``context`` has the anchors of their aliases."""
    try:
        read_fields(context + "\n".join(lines) + "\n")
    except HeaderError:
        return False
    return True


def repair_field(lines: list[str], context: str = "") -> list[str] | None:
    """Repair the faulty lines of a field; the number of lines stays.

    None when no change of single values makes YAML read them as they look.
    """

    def test(some: list[str]) -> bool:
        return reads(some, context)

    for indented in _indentations(lines):
        for repaired in _candidates(indented, test):
            if test(repaired) and _reads_as_it_looks(indented, repaired, context):
                return repaired
    return None


def _indentations(lines: list[str]) -> Iterator[list[str]]:
    """The lines unchanged, then with tabs as spaces, then with the items aligned."""
    yield lines
    if any("\t" in (_INDENT.match(line) or [""])[0] for line in lines):
        for width in _TAB_WIDTHS:
            yield [_with_spaces(line, width) for line in lines]
    items = [match for line in lines[1:] if (match := _ITEM.match(line))]
    if items and len(items) == sum(bool(line.strip()) for line in lines[1:]):
        indent = " " * (len(items[0]["lead"]) - len(items[0]["lead"].lstrip()))
        yield [lines[0], *(indent + line.lstrip() if line.strip() else line for line in lines[1:])]


def _with_spaces(line: str, width: int) -> str:
    bare = line.lstrip(" \t")
    return line[: len(line) - len(bare)].replace("\t", " " * width) + bare


def _candidates(lines: list[str], test: Test) -> Iterator[list[str]]:
    """Possible repairs of the lines, most likely first."""
    yield lines
    nested = any(_NESTED_KEY.match(line) for line in lines[1:])
    if not nested:
        yield _repaired_values(lines, _ITEM, test)
    yield _repaired_values(lines, _NESTED, test)


def _repaired_values(lines: list[str], below: re.Pattern[str], test: Test) -> list[str]:
    """The lines with correct quotes around each value that is invalid by itself."""
    repaired = list(lines)
    for slot in _slots(lines, below):
        if not slot.value.strip() or _BLOCK_SCALAR.match(slot.value):
            continue
        written = [slot.value, *lines[slot.first + 1 : slot.last + 1]]
        head = ["k:", f"- {written[0]}"] if slot.is_item else [f"k: {written[0]}"]
        if test([*head, *written[1:]]):
            continue
        sound = _sound_value(written, test, slot.is_item)
        repaired[slot.first : slot.last + 1] = [slot.lead + sound[0], *sound[1:]]
    return repaired


def _slots(lines: list[str], below: re.Pattern[str]) -> Iterator[_Slot]:
    """The values of a field: its own, those of its items, or of fields inside it."""
    found: list[tuple[int, str, str]] = []
    for index, line in enumerate(lines):
        match = (_TOP if index == 0 else below).match(line)
        if match:
            found.append((index, match["lead"], match["value"]))
    ends = [first for first, _, _ in found[1:]] + [len(lines)]
    for (first, lead, value), end in zip(found, ends, strict=False):
        last = first
        while last + 1 < end and _continues(lines[last + 1]):
            last += 1
        yield _Slot(first, lead, value, last)


def _continues(line: str) -> bool:
    """Whether a line continues the value above it."""
    bare = line.strip()
    return bool(bare) and line[:1] in " \t" and bare[0] != "#" and not _NESTED_KEY.match(line)


def _sound_value(written: list[str], test: Test, is_item: bool) -> list[str]:
    """A value's lines with correct quotes; a list in brackets keeps its brackets.

    Comma-separated links become a list, except inside a list item.
    """
    listed = None if is_item else links.listed("\n".join(written))
    if listed is not None and test([f"k: {listed}"]):
        return listed.split("\n")
    for change in (_closed_list, _repaired_list):
        text = change(written[0], test) if len(written) == 1 else None
        if text is not None and test([f"k: {text}"]):
            return [text]
    text = "\n".join(written)
    return (requoted(text.rstrip()) + text[len(text.rstrip()) :]).split("\n")


def _closed_list(written: str, _test: Test) -> str | None:
    """Close a list whose bracket is open at the end of the line."""
    bare = written.rstrip()
    items = bare[1:].split(",")
    # Short items look like a list; "[Draft, and more to come: see below" is text.
    wordy = len(items) < 2 or any(len(item.split()) not in (1, 2, 3) for item in items)
    if bare[:1] != "[" or wordy or re.search(r"[]#:]", bare):
        return None
    return bare + "]"


def _repaired_list(written: str, test: Test) -> str | None:
    """A list in brackets, with quotes around each item that is invalid by itself."""
    if len(written) > _LONGEST_LIST:
        return None
    match = re.match(r"\[(.*)\]([ \t]*(?:#.*)?)$", written)
    if match is None or links.is_link(f"[{match[1]}]") or _closes_early(match[1]):
        return None
    parts = []
    for part in _split_items(match[1]):
        bare = part.strip()
        sound = not bare or test([f"k: [{part}]"])
        parts.append(part if sound else part.replace(bare, requoted(bare), 1))
    return f"[{','.join(parts)}]{match[2]}"


def _closes_early(inner: str) -> bool:
    """Whether the bracket before ``inner`` is closed inside it, as in ``[a](b) [c]``."""
    return not links.is_balanced(inner) and links.is_balanced(f"[{inner}]")


def _split_items(text: str) -> list[str]:
    """Split the text between brackets; an item that starts with a quote ends after a quote."""
    items: list[str] = []
    for part in links.commas_outside(text):
        quote = items[-1].strip()[:1] if items else ""
        is_open = quote in ('"', "'") and (
            len(items[-1].strip()) == 1 or not items[-1].rstrip().endswith(quote)
        )
        if quote and is_open:
            items[-1] += f",{part}"
        else:
            items.append(part)
    return items


def _reads_as_it_looks(before: list[str], after: list[str], context: str) -> bool:
    """Whether the repaired field has the values that were readable line by line."""
    written = "\n".join(before)
    looked = salvage_fields(written)
    found = read_fields(context + "\n".join(after) + "\n")
    own = {key: found[key] for key in looked if key in found}
    if re.search(r"[\[\]]", written) and not links.are_whole(written, _texts(own)):
        return False
    return all(key in found and _alike(found[key], value) for key, value in looked.items())


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value, including keys of maps."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from _texts(held)
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)


def _alike(found: Any, looked: Any) -> bool:
    if isinstance(found, dict) or (isinstance(found, list) and not isinstance(looked, list)):
        # Reading line by line does not handle nested fields or brackets.
        return isinstance(found, dict) or str(looked).lstrip("!'\"").startswith("[")
    if isinstance(found, list):
        return len(found) == len(looked) and all(map(_alike, found, looked))
    if isinstance(found, str) and isinstance(looked, str):
        # Reading line by line sees only the first line of an item, up to its very end.
        words, seen = found.split(), looked.split()
        shared = min(len(words), len(seen))
        return bool(shared or words == seen) and words[:shared] == seen[:shared]
    return not isinstance(looked, list)
