"""Markdown as lines to read: light styling by regex, only for the parts that are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.display import cells, clean

LONGEST = 4_000
"""Characters of a body that are laid out at once; longer than any usual line."""
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[\\`*_{}\[\]()\#+.!~>|-])
    | (?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | !\[(?P<image>[^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)
    | \[\[(?:[^\[\]|]+\|)?(?P<wikilink>[^\[\]|]+)\]\]
    | \[(?P<link>[^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)
    | (?P<url>https?://[^\s<>\])]*[^\s<>\])"'.,;:!?])
    | \*\*(?=\S)(?P<bold>.{1,400}?)(?<=\S)\*\*
    | (?<!\w)__(?=\S)(?P<strong>.{1,400}?)(?<=\S)__(?!\w)
    | (?<![\w*])\*(?=\S)(?P<italic>[^*]+?)(?<=\S)\*(?![\w*])
    | (?<!\w)_(?=[^\s_])(?P<emphasis>[^_]+?)(?<=\S)_(?!\w)
    | ~~(?=\S)(?P<struck>.{1,400}?)(?<=\S)~~
    """,
    re.VERBOSE,
)
_MAYBE_INLINE = re.compile(r"[\\`\[*_~]|https?://")
_INLINE_LOOKS = {
    "code": "preview--code",
    "image": "line--dim",
    "wikilink": "preview--link",
    "link": "preview--link",
    "url": "line--dim",
    "bold": "preview--bold",
    "strong": "preview--bold",
    "italic": "preview--italic",
    "emphasis": "preview--italic",
    "struck": "preview--struck",
}
_NESTING = frozenset({"link", "bold", "strong", "italic", "emphasis", "struck"})
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|$)")
_CLOSING_HASHES = re.compile(r"(?<=\s)#+\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}\s*$")
_ITEM = re.compile(r"([ \t]*)([-*+•]|\d{1,4}[.)])\s+(?=\S)")
_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_INDENT = re.compile(r"[ \t]*")
_TABLE_RULE = re.compile(r"\s*\|[\s:|-]*-[\s:|-]*$")


class Span(NamedTuple):
    """A part of a text with another style."""

    start: int
    end: int
    look: str
    """A component class of the preview."""


class MarkdownBlock(NamedTuple):
    """A text that is wrapped as one, and its style."""

    text: str
    spans: tuple[Span, ...] = ()
    look: str = ""
    first: str = ""
    """The prefix of its first line."""
    rest: str = ""
    """The prefix of its other lines, as wide as ``first``."""
    edge: str = ""
    """The style of the prefix."""
    chopped: bool = False
    """Whether it breaks anywhere and its style fills whole lines, as for code."""
    rule: bool = False
    """Whether it is a horizontal rule."""
    most: int = 0
    """The most lines it may have; 0 for any number."""
    start: int = 0
    """Where it is in the body, as offsets; 0 and 0 above it."""
    end: int = 0


BLANK = MarkdownBlock("")


def inline(text: str, depth: int = 0) -> tuple[str, tuple[Span, ...]]:
    """The text without Markdown's markup, and the styles it asked for."""
    if not _MAYBE_INLINE.search(text):
        return text, ()
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for match in _INLINE.finditer(text):
        kind = match.lastgroup or ""
        kind = "code" if kind == "ticks" else kind
        inner: tuple[Span, ...] = ()
        shown = match[kind]
        if kind == "image":
            shown = f"[image: {shown}]" if shown else "[image]"
        elif kind in _NESTING and depth < 3:
            shown, inner = inline(shown, depth + 1)
        before = text[at : match.start()]
        parts += (before, shown)
        start = length + len(before)
        length, at = start + len(shown), match.end()
        if kind in _INLINE_LOOKS:
            spans.append(Span(start, length, _INLINE_LOOKS[kind]))
        spans += (Span(start + s.start, start + s.end, s.look) for s in inner)
    parts.append(text[at:])
    return "".join(parts), tuple(spans)


class Part(NamedTuple):
    """A stretch of a body that is laid out by itself: some lines, or a piece of a very long one."""

    start: int
    end: int
    fence: str
    """The marker of a code fence that is open at its start."""
    after_blank: bool
    """Whether it follows a blank line or starts the body."""


def parts(body: str, start: int) -> list[Part]:
    """The body cut into parts, from an offset on."""
    at, fence, blank = start, "", True
    found: list[Part] = []
    while at < len(body) or not found:
        end = _part_end(body, at)
        found.append(Part(at, end, fence, blank))
        fence = _fence_after(body, at, end, fence)
        last = max(at, body.rfind("\n", at, end - 1) + 1)
        blank = not body[last:end].strip()
        at = end
    return found


def blocks(body: str, part: Part) -> Iterator[MarkdownBlock]:
    """The blocks of a part; consecutive blank lines become one."""
    fence, blank = part.fence, part.after_blank
    text = body[part.start : part.end]
    if not fence and text.isspace():
        # Skip a long stretch of blank lines in one step.
        text = ""
    end = part.start - 1
    for line in text.removesuffix("\n").split("\n"):
        raw = line.rstrip("\r")
        start, end = end + 1, end + 1 + len(line)
        if marker := _fence_mark(raw, fence):
            fence = "" if fence else marker[1]
            blank = False
            if fence and marker[2]:
                named = MarkdownBlock(clean(marker[2]), look="preview--language", chopped=True)
                yield named._replace(start=start, end=end)
        elif fence:
            code = MarkdownBlock(clean(raw.expandtabs(4)), look="preview--fence", chopped=True)
            yield code._replace(start=start, end=end)
        elif raw.strip():
            yield _dress(raw)._replace(start=start, end=end)
            blank = False
        else:
            if not blank:
                yield BLANK._replace(start=start, end=end)
            blank = True


def _part_end(body: str, start: int) -> int:
    """The end of a part: after the last line break within reach, else after the last space."""
    most = start + LONGEST
    for blank in "\n", " ":
        if (end := body.rfind(blank, start, most)) >= 0:
            return end + 1
        if most >= len(body):
            return len(body)
    return most


def _fence_mark(raw: str, fence: str) -> re.Match[str] | None:
    """The match of a line that opens a fence, or closes the open one."""
    marker = _FENCE.match(raw)
    if marker and (not fence or (raw.strip().startswith(fence) and not marker[2])):
        return marker
    return None


def _fence_after(body: str, start: int, end: int, fence: str) -> str:
    """The marker of the fence that is open after a part; fast for a part without fences."""
    if body.find("```", start, end) < 0 and body.find("~~~", start, end) < 0:
        return fence
    for raw in body[start:end].split("\n"):
        if marker := _fence_mark(raw, fence):
            fence = "" if fence else marker[1]
    return fence


def _dress(raw: str) -> MarkdownBlock:
    """The block for a line outside a fence."""
    if _RULE.match(raw):
        return MarkdownBlock("", edge="line--quiet", rule=True)
    if heading := _HEADING.match(raw):
        text, spans = inline(clean(_CLOSING_HASHES.sub("", raw[heading.end() :])).strip())
        deep = len(heading[1]) > 2
        return MarkdownBlock(
            text, spans, look="preview--subheading" if deep else "preview--heading"
        )
    if quote := _QUOTE.match(raw):
        text, spans = inline(clean(raw[quote.end() :]).strip())
        bar = "▎ " * max(1, min(3, quote[0].count(">")))
        return MarkdownBlock(text, spans, "preview--quote", bar, bar, "line--quiet")
    if item := _ITEM.match(raw):
        text, spans = inline(clean(raw[item.end() :]).rstrip())
        bullet = item[2] if item[2][0].isdigit() else "•"
        first = " " * min(12, cells(item[1].expandtabs(4))) + bullet + " "
        return MarkdownBlock(text, spans, "", first, " " * len(first), "line--accent")
    if raw.lstrip().startswith("|"):
        return _table_row(raw)
    indent = " " * min(8, len(_INDENT.match(raw.expandtabs(4))[0]))  # type: ignore[index]
    text, spans = inline(clean(raw).strip())
    return MarkdownBlock(text, spans, "", indent, indent)


def _table_row(raw: str) -> MarkdownBlock:
    text = clean(raw).strip()
    if _TABLE_RULE.match(raw):
        return MarkdownBlock(
            re.sub(r"[:-]", "─", text).replace("|", "┼"), look="line--quiet", most=1
        )
    text, spans = inline(text)
    text = text.replace("|", "│")
    bars = (Span(at, at + 1, "line--quiet") for at, char in enumerate(text) if char == "│")
    return MarkdownBlock(text, (*spans, *bars))
