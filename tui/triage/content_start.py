"""Where a text begins to say what its header does not."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Any

from tui.days import written_days
from tui.lengths import written_length
from tui.vault.source import Source

_MOST_LINES = 40
"""Lines at the beginning of a text that may repeat the header."""
_LONGEST = 500
"""Characters of a line that may repeat the header; a longer one is content."""

_LABELS = frozenset({
    "author", "authors", "by", "channel", "creator", "date", "duration", "episode", "format",
    "from", "guest", "host", "length", "link", "original", "platform", "podcast", "posted",
    "publication date", "published", "published on", "publisher", "runtime", "show", "source",
    "speaker", "title", "topic", "topics", "type", "uploaded", "url", "video", "website",
})  # fmt: skip
"""What writers of such lines call the fields of a header."""
_SECTIONS = frozenset({
    "article", "body", "content", "description", "post", "summary", "text", "transcript",
    "video description",
})  # fmt: skip
"""Headings that say only what kind of text follows, as every text is one."""
_NAMES = ("author", "channel", "creator", "guest", "host", "speaker")
"""Fields whose value alone on a line repeats the header."""

_RULE = re.compile(r"[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$")
_LEAD = re.compile(r"^(?:[ \t]*>)*[ \t]*(?:#{1,6}(?=[ \t]|$)|[-*+](?=[ \t]))?[ \t]*")
_HEADING = re.compile(r"^[ \t>]*#{1,6}(?:[ \t]|$)")
_LABEL = re.compile(
    r"^(?:\*\*|__)?([A-Za-z][A-Za-z _-]{0,24}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]+(\S.*)$"
)
_BY = re.compile(r"^[*_]{0,2}by[ \t]+(\S.*)$", re.IGNORECASE)
_NOTE = re.compile(
    r"[ \t]*\((?:no |auto-?generated |full )?(?:transcript|captions)\b[^()]*\)[ \t]*:?$"
)
_LINK = re.compile(r"^\[[^\]]*\]\((\S+)\)$")
_BETWEEN = re.compile(r"[ \t]+[·|•—–][ \t]+")
_WORD = re.compile(r"\w+")


def content_start(body: str, source: Source) -> int:
    """The offset of the first line that says something new; the body's length without one.

    What comes before it is the title, facts of the header (as ``**Channel**: name`` or alone),
    rules, empty headings, and a heading such as "Description" that only names the kind of text.
    """
    header, at = _Header(source), 0
    for _ in range(_MOST_LINES):
        if at >= len(body):
            break
        end = body.find("\n", at, at + _LONGEST) + 1
        if not end and len(body) - at > _LONGEST:
            break
        end = end or len(body)
        if not header.says(body[at:end].strip()):
            break
        at = end
    # A long text of blanks only has no content either.
    return at if body[at : at + _LONGEST].strip() or body[at:].strip() else len(body)


class _Header:
    """What a header says, to be compared with lines."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._titles = {_words(source.own_title), _words(source.title)} - {()}
        self._names = {_words(source.text(name)) for name in _NAMES} - {()}

    @cached_property
    def _values(self) -> list[Any]:
        """The values that a line can repeat."""
        return [value for value in self._source.fields.values() if _is_plain(value)]

    @cached_property
    def _texts(self) -> set[tuple[str, ...]]:
        """The words of these values."""
        return {_words(str(value)) for value in self._values} - {()}

    def says(self, line: str) -> bool:
        """Whether a line says nothing that the header does not."""
        if not line or _RULE.match(line):
            return True
        text = _LEAD.sub("", line).strip()
        if _HEADING.match(line):
            if not text or _section(text) in _SECTIONS or self._is_title(text):
                return True
            # Without a title the queue shows the synopsis, which often begins with the heading.
            words = _words(text)
            return len(words) > 2 and any(title[: len(words)] == words for title in self._titles)
        return self._is_title(text) or self._is_fact(text) or self._are_facts(text)

    def _is_title(self, text: str) -> bool:
        """Whether a text is the title, maybe with a name of the header below or above it."""
        words = _words(text)
        return bool(words) and any(
            words in (title, (*title, *name), (*name, *title), title[: -len(name) or None])
            for title in self._titles
            for name in (*self._names, ())
        )

    def _are_facts(self, text: str) -> bool:
        """Whether a line is several facts with dots or bars between them."""
        parts = _BETWEEN.split(text)
        return len(parts) > 1 and all(self._is_fact(part) or self._is_value(part) for part in parts)

    def _is_fact(self, text: str) -> bool:
        """Whether a text is one fact: a value of the header with its label, or a clear one."""
        if match := _LABEL.match(text):
            label, value = match[1].strip().lower(), match[2]
            if label in _LABELS:
                return self._is_value(value)
            name = label.replace(" ", "_")
            return name in self._source.fields and self._is_value(value)
        if match := _BY.match(text):
            return _words(match[1]) in self._names
        words = _words(text)
        return words in self._names or (
            ("://" in text or any(char.isdigit() for char in text)) and self._is_value(text)
        )

    def _is_value(self, text: str) -> bool:
        """Whether a text is a value of the header, however it is written."""
        text = text.strip().strip("*_`").strip()
        text = _LINK.sub(r"\1", text).strip("<>")
        if _words(text) in self._texts:
            return True
        if (days := written_days(text)) is not None:
            return any(written_days(value) == days for value in self._values)
        if (length := written_length(text)) is not None:
            return any(written_length(value) == length for value in self._values)
        return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text[:_LONGEST].casefold()))


def _section(text: str) -> str:
    return " ".join(_words(_NOTE.sub("", text)))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)
