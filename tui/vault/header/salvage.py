"""Read a header line by line when YAML cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple

from tui.errors import HeaderError
from tui.vault.header.characters import spaced
from tui.vault.header.lines import LINE
from tui.vault.header.misquoted import intended_text
from tui.vault.header.parse import BOM, HeaderSpan, find_header, read_fields

FIELD_LINE = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")
_WORD_LINE = re.compile(r"(\w[\w-]*):(?:[ \t]|$)")
_NAME_LINE = re.compile(r"""["']?\w[\w -]{0,40}["']?:(?:[ \t]|$)""")
HEADING_LINE = re.compile(r"#{1,6}[ \t]+\S|<!--.*-->[ \t]*$")
"""A Markdown heading or an HTML comment on one line."""
_RULE = re.compile(r"(?:---|\+\+\+)[ \t]*$")
_IN_LANGUAGE = re.compile(
    r"(?:---(js|javascript|ts|coffee|cson|json5?|toml|ini|ya?ml)|;;;)[ \t]*(?=[\r\n])"
)
"""A first line of a header in a language that it names; ``;;;`` stands for JSON."""
_LANGUAGE_END = {
    fence: re.compile(rf"^{fence}[ \t]*\r?$", re.MULTILINE) for fence in ("---", ";;;")
}
_FENCE_LINE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_MOST_LINES = 5_000
"""Lines of a header to read: nobody writes longer ones by hand."""
_MOST_TEXT = 256 * 1024
"""Characters to search for an unclosed header, instead of megabytes."""
_STRAY_LINES = 5
"""Maximum number of stray lines above a fence; more are taken for a body."""


class StrayHeader(NamedTuple):
    """A header below lines that should be inside or below it."""

    span: HeaderSpan
    stray: str
    """The lines above the opening fence, line breaks included."""
    first_line: int
    """The first line of the header's YAML in the file, counted from 1."""

    @property
    def sentence(self) -> str:
        """What is above the header."""
        above, headings = parted(self.stray)
        count = sum(bool(line.strip()) for line in above)
        if count:
            return f"{'a line' if count == 1 else f'{count} lines'} above the header"
        what = "a heading" if any(map(str.strip, headings)) else "blank lines"
        return f"{what} above the header"


def parted(stray: str) -> tuple[list[str], list[str]]:
    """Split the lines above a header into fields, and headings, which do not belong into it.

    A blank line goes with the line before it.
    """
    above: list[str] = []
    headings: list[str] = []
    lines = LINE.findall(stray)
    kinds = [_kind(lines, at) for at in range(len(lines))]
    for line, kind in zip(lines, kinds, strict=True):
        (above if kind == "field" or (not kind and "heading" not in kinds and "field" in kinds)
         else headings).append(line)  # fmt: skip
    return above, headings


def _kind(lines: Sequence[str], at: int) -> Literal["field", "heading", "", "text"]:
    """The kind of a line above a header; empty for a blank one."""
    bare = _bare(lines[at])
    if not bare.strip():
        return ""
    if FIELD_LINE.match(bare):
        return "field"
    is_line = at > 0 and bare.strip("=") == "" and _kind(lines[:at], at - 1) == "text"
    underlined = at + 1 < len(lines) and set(_bare(lines[at + 1])) == {"="}
    return "heading" if HEADING_LINE.match(bare) or is_line or underlined else "text"


def find_stray_header(text: str) -> StrayHeader | None:
    """Find a header below fields, headings or blank lines.

    A rule in a text does not count: only fields may come between it and the next rule.
    """
    begin = 1 if text.startswith(BOM) else 0
    lines = list(islice(LINE.findall(text, begin, begin + 4000), _STRAY_LINES + 1))
    number = next((at for at, line in enumerate(lines) if _FENCE_LINE.match(_bare(line))), 0)
    kinds = [_kind(lines, at) for at in range(number)]
    if not kinds or "text" in kinds:
        return None
    position = begin + sum(map(len, lines[:number]))
    below = find_header(text[position:])
    if below is None:
        return None
    start, end, body = (position + index for index in below)
    if "field" not in kinds and not _is_header(text[start:end]):
        return None
    return StrayHeader(HeaderSpan(start, end, body), text[begin:position], number + 2)


def _is_header(written: str) -> bool:
    """Whether the lines between two rules are only fields and look like a header."""
    lines = [_bare(line) for line in LINE.findall(written)]
    if not lines or not _WORD_LINE.match(lines[0]) or len(lines) > _MOST_LINES:
        return False
    names = [match[1] for line in lines if (match := _WORD_LINE.match(line))]
    # "Note: so" is a sentence, also two of them with a blank line in between.
    capitals = any(name[0].isupper() for name in names)
    if capitals and (len(names) == 1 or "" in lines):
        return False
    if "" in lines and len(names) == 1:
        return False
    return all(_NAME_LINE.match(line) or line[:1] in ("", *" \t-#") for line in lines)


def has_field_lines(text: str) -> bool:
    """Whether a text starts with fields."""
    span = find_header(text)
    return span is not None and _is_header(text[span.start : span.end])


def is_binary(text: str) -> bool:
    """Whether a file is binary or UTF-16, so that it cannot have a header."""
    return "\0" in text[:4000]


def foreign_header(text: str) -> str:
    """Why sluice cannot read or repair a header; empty when it can."""
    if _opens_json(text):
        return "the JSON header cannot be read"
    language = _language(text)
    if language:
        return f"the header is written in {language}, which sluice does not read"
    opened = text.removeprefix(BOM).startswith("---")
    return "the file is not UTF-8 text" if is_binary(text) and not opened else ""


def _opens_json(text: str) -> bool:
    """Whether a text starts with a JSON header, which may be broken."""
    if not text.startswith(("{", BOM + "{")):
        return False
    from tui.vault.header.json import opens_json  # noqa: PLC0415 - most texts start otherwise

    return opens_json(text)


def _language(text: str) -> str:
    """The language of a header that says so behind its first fence, as ``---js`` does."""
    found = _IN_LANGUAGE.match(text, 1 if text.startswith(BOM) else 0)
    if found is None or _LANGUAGE_END[found[0][:3]].search(text, found.end()) is None:
        return ""
    return "JSON" if found[1] is None else found[1]


def has_no_header(text: str) -> bool:
    """Whether the file's text starts in its first line, which may be a rule."""
    if is_binary(text):
        return False
    begin = 1 if text.startswith(BOM) else 0
    first, *below = [*islice(map(_bare, LINE.findall(text, begin, begin + _MOST_TEXT)), 2), ""]
    if not _RULE.match(first):
        if _language(text):
            return False
        return unopened_header(text) is None and not _opens_json(text)
    if first[0] == "+":
        from tui.vault.header.toml import opens_toml  # noqa: PLC0415 - for such a rule only

        return not opens_toml(text)
    # There is no second fence: `find_header` found none.
    return len(below) > 1 and not FIELD_LINE.match(below[0])


def unopened_header(text: str) -> HeaderSpan | None:
    """Fields from the first line to a fence, without an opening fence."""
    begin = 1 if text.startswith(BOM) else 0
    if not FIELD_LINE.match(_bare(next(iter(LINE.findall(text, begin, begin + 4000)), ""))):
        return None
    below = find_header(f"---\n{text[begin:]}")
    if below is None:
        return None
    start, end, body = (begin + index - len("---\n") for index in below)
    return HeaderSpan(start, end, body) if _is_header(text[start:end]) else None


def unclosed_header(text: str) -> str:
    """The lines of a header without a closing fence: up to the first blank line."""
    begin = 1 if text.startswith(BOM) else 0
    lines = []
    for line in text[begin : begin + _MOST_TEXT].split("\n")[1:]:
        if not line.strip() or line.startswith("# "):
            break
        lines.append(line)
    return "\n".join(lines)


def salvage_fields(header: str) -> dict[Any, Any]:
    """The fields of a broken header: each as YAML if possible, else as text.

    A list with faulty items is read item by item.
    """
    fields: dict[Any, Any] = {}
    for chunk in _chunks(header):
        try:
            fields.update(read_fields("\n".join(chunk)))
        except HeaderError:
            match = FIELD_LINE.match(chunk[0])
            if match:
                fields[match[1]] = _value(match[2] or "", chunk[1:])
    return fields


def _chunks(header: str) -> list[list[str]]:
    """A header's lines, grouped by field."""
    chunks: list[list[str]] = []
    current: list[str] = []
    # ``splitlines`` would also split at U+2028 and the like, which are text.
    for line in islice(map(_bare, LINE.findall(header)), _MOST_LINES):
        line = spaced(line)  # noqa: PLW2901
        if FIELD_LINE.match(line):
            current = [line]
            chunks.append(current)
        elif line[:1] in ("", " ", "\t", "-", "#"):
            current.append(line)
        else:
            # Neither a field nor part of one.
            current = []
    return chunks


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _value(written: str, below: list[str]) -> str | list[str]:
    items = [match[1] for line in below if (match := _ITEM_LINE.match(line))]
    if not written.strip() and items:
        return [intended_text(item.strip()) for item in items]
    return intended_text(" ".join([written.strip(), *(line.strip() for line in below)]).strip())
