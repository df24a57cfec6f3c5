"""Documents: the text of a source as a notebook gets it, within the limits of the service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.search.fold import UNSPACED
from tui.triage.fields import wikilink
from tui.vault.source import Source

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`\n]*$)|~{3,})")
_HEADING = re.compile(r"( {0,3})(#{1,5})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_NO_PARAGRAPH = re.compile(r"\s*$|\s{4}|\t| {0,3}(?:#{1,6}(?:\s|$)|>|[-*+][ \t]|\d+[.)][ \t]|\|)")
_FIRST_HEADING = re.compile(r"\s*# ([^\n]*?)[ \t#]*(?:\n|\Z)")

_LONGEST_TITLE = 100
"""Characters of a title that is not a source's own."""


class Document(NamedTuple):
    """A source as a text for a notebook."""

    title: str
    facts: tuple[str, ...]
    """Lines about it: its address, its wikilink."""
    text: str

    @property
    def size(self) -> int:
        """Bytes of the whole document."""
        return len(self.whole().encode())

    @property
    def words(self) -> int:
        """Words of the whole document."""
        return count_words(self.whole())

    @property
    def text_words(self) -> int:
        """Words of its text alone."""
        return count_words(self.text)

    def whole(self, part: str = "") -> str:
        """The document as a text of its own, or as a section of a pack."""
        facts = "".join(f"- {fact}\n" for fact in self.facts)
        text = f"\n{self.text}\n" if self.text else ""
        return f"# {self.title}{part}\n\n{facts}{text}"

    def parts(self, words: int, size: int) -> list[str]:
        """The document in parts within the limits; one of them if all of it fits."""
        whole = self.whole()
        length = len(whole.encode())
        # A word has at least one byte.
        if length <= size and (length <= words or count_words(whole) <= words):
            return [whole]
        head = self._replace(text="").whole(_part(9_999, 9_999))
        # For a code block that is cut: it is closed, and opened again.
        room = max(size - len(head.encode()) - 100, 1)
        pieces = list(_pieces(self.text, max(words - count_words(head) - 4, 1), room))
        return [
            self._replace(text=piece).whole(_part(number, len(pieces)))
            for number, piece in enumerate(pieces, 1)
        ]


def _part(number: int, count: int) -> str:
    return f" (part {number} of {count})"


def document_of(source: Source, body: str, address: str = "") -> Document:
    """The document of a source with its body; ``address`` is the one to give for it."""
    title = delivered_title(source)
    text = tidied(body).strip("\n").rstrip()
    first = _FIRST_HEADING.match(text)
    if first and " ".join(first[1].split()) == title:
        # It would follow the same title at once.
        text = text[first.end() :].strip("\n")
    facts = [
        f"Address: {address or ' '.join(tidied(source.url).split())}",
        f"Source: {tidied(wikilink(source))}",
        f"Author: {' '.join(tidied(source.author).split())}",
    ]
    return Document(title, tuple(fact for fact in facts if not fact.endswith(": ")), text)


def delivered_title(source: Source) -> str:
    """The title under which a source is delivered: its own, its heading, or the start of another.

    What the app shows of a source without a title is often a summary of several sentences.
    """
    own = " ".join(tidied(source.own_title.strip() or source.heading).split())
    if own:
        return own
    shown = " ".join(tidied(source.title).split())
    if len(shown) <= _LONGEST_TITLE:
        return shown or source.stem
    return f"{shown[:_LONGEST_TITLE].rpartition(' ')[0] or shown[:_LONGEST_TITLE]}…"


def tidied(text: str) -> str:
    """A text without what no service reads: control characters, damaged letters."""
    if text.isascii() and not _CONTROLS.search(text):
        return text
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def count_words(text: str) -> int:
    """The words of a text; in scripts without spaces each letter counts as one."""
    count = len(text.split())
    return count if text.isascii() else count + len(_UNSPACED.findall(text))


def section_of(document: Document) -> Document:
    """The document with its own headings one level down, so that it is one heading of a pack."""
    return document._replace(text="\n".join(_demoted(document.text.split("\n"))))


def _demoted(lines: Sequence[str]) -> Iterator[str]:
    fence, paragraph = "", False
    last = ""
    for at, line in enumerate(lines):
        if at:
            under = None if fence or not paragraph else _UNDERLINE.match(line)
            if under:
                # An underlined heading: its text is the line before.
                last, paragraph = f"{'##' if under[1][0] == '=' else '###'} {last.strip()}", False
                continue
            yield last
        last = line
        if fence or (opened := _FENCE.match(line)) is None:
            if fence:
                fence = "" if _closes(line, fence) else fence
                paragraph = False
                continue
        else:
            fence, paragraph = opened[1], False
            continue
        if heading := _HEADING.match(line):
            last = f"{heading[1]}#{line[len(heading[1]) :]}"
        paragraph = _NO_PARAGRAPH.match(line) is None
    yield last
    if fence:
        # Else all that follows in the pack would be code.
        yield fence


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return bare.startswith(fence) and not bare.strip(fence[0])


def _open_fence(text: str, fence: str = "") -> str:
    """The line that opens the code block in which a text ends; empty outside of one."""
    for line in text.split("\n"):
        if fence:
            if _closes(line, _marks(fence)):
                fence = ""
        elif _FENCE.match(line):
            fence = line
    return fence


def _pieces(text: str, words: int, size: int) -> Iterator[str]:
    """The text in pieces within the limits, cut between paragraphs where possible."""
    fence = ""
    for piece in _cut(text, words, size):
        opened = f"{_again(fence)}\n{piece}" if fence else piece
        fence = _open_fence(piece, fence)
        yield f"{opened}\n{_marks(fence)}" if fence else opened


def _again(fence: str) -> str:
    """A line that opens the same code block again, in the same language."""
    marks = _marks(fence)
    language = fence.strip()[len(marks) :].split()[:1]
    return "".join([marks, *filter(str.isascii, language)])[:40]


def _marks(fence: str) -> str:
    bare = fence.strip()
    return bare[: len(bare) - len(bare.lstrip(bare[0]))]


def _cut(text: str, words: int, size: int) -> Iterator[str]:
    kept: list[str] = []
    kept_words = kept_size = 0
    for unit in _units(text, words, size, ("\n\n", "\n", " ")):
        unit_words, unit_size = count_words(unit), len(unit.encode())
        if kept and (kept_words + unit_words > words or kept_size + unit_size > size):
            yield "".join(kept).strip("\n")
            kept, kept_words, kept_size = [], 0, 0
        kept.append(unit)
        kept_words += unit_words
        kept_size += unit_size
    if kept:
        yield "".join(kept).strip("\n")


def _units(text: str, words: int, size: int, between: Sequence[str]) -> Iterator[str]:
    """The text in the largest units that are within the limits; joined they are the text."""
    if len(text.encode()) <= size and count_words(text) <= words:
        yield text
    elif between:
        parts = text.split(between[0])
        for at, part in enumerate(parts):
            unit = part + between[0] if at < len(parts) - 1 else part
            yield from _units(unit, words, size, between[1:])
    else:
        step = max(min(size // 4, words), 1)
        for start in range(0, len(text), step):
            yield text[start : start + step]
