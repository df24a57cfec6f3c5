"""Source: one file as it was read, frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.display import short
from tui.vault.typed import Typed, text_of

SUFFIX = ".md"
"""How the name of a Markdown file ends."""
TEMPLATE_SYNOPSIS = re.compile(r" by .+\. An? [\w ]+ covering .*\.$")
"""The sentence a capture script writes when it knows no better."""
LONGEST_TEMPLATE = 1_000
"""A longer text is no such sentence; it could be made to keep the pattern busy for hours."""


ProblemKind = Literal["yaml", "stray", "unclosed", "foreign", "large"]
"""YAML refuses it; lines stand above it; one of its fences is missing; it is TOML, or the
file is no text; the file is too large to be changed."""


class Problem(NamedTuple):
    """What stops a header from being read."""

    sentence: str
    line: int
    """The file's line, counted from 1."""
    kind: ProblemKind = "yaml"


FlawKind = Literal["doubled", "comment", "invisible"]
"""A name stands twice; a text is taken for a comment; signs that nobody sees change a value."""


class Flaw(NamedTuple):
    """What hides data in a header that can be read."""

    kind: FlawKind
    field: str
    sentence: str
    line: int
    """The file's line, counted from 1."""
    text: str = ""
    """The whole value, where a part of it is taken for a comment."""


class Stamp(NamedTuple):
    """What tells one version of a file from the next without reading it."""

    size: int
    mtime_ns: int
    inode: int


def one_form(text: str) -> str:
    """The text as Unicode composes it: an accent may be typed with its letter or behind it."""
    if text.isascii():
        return text
    from unicodedata import normalize  # noqa: PLC0415 - most names are plain

    return normalize("NFC", text)


def forms(text: str) -> tuple[str, ...]:
    """The text as it is, with its accents composed, and with all of them behind their letters."""
    if text.isascii():
        return (text,)
    from unicodedata import normalize  # noqa: PLC0415 - as above

    return tuple(dict.fromkeys((text, normalize("NFC", text), normalize("NFD", text))))


def key_in(fields: Mapping[Any, Any], field: str) -> str:
    """A field's name as it is spelt among ``fields``, maybe in another Unicode form."""
    if field.isascii() or field in fields:
        return field
    wanted = one_form(field)
    names = (name for name in fields if isinstance(name, str))
    return next((name for name in names if one_form(name) == wanted), field)


_ITEM = re.compile(r'\s*"[^"]*"\s*(?=,|\Z)|(?:\[\[[^\[\]]*\]\]|[^,])+')
"""What stands between two commas; one in a link, or in a text in quotes, parts nothing."""


def comma_items(text: str) -> tuple[str, ...]:
    """The items of a text where a list is meant, such as ``a, b`` or ``[[A]], [[B]]``."""
    if "," not in text or (isinstance(text, Typed) and text.is_link):
        return (text,) if text.strip() else ()
    return tuple(part for item in _ITEM.findall(text) if (part := item.strip()))


class Source(NamedTuple):
    """One Markdown file: its header's fields and what stopped them from being read.

    ``fields`` holds the values as PyYAML's safe loader reads them. When ``problem`` is
    set they are what could still be read line by line: text, or a list of texts.
    """

    root: Path
    """The vault's folder."""
    name: str
    """The path below the vault, with ``/`` between its parts."""
    fields: Mapping[Any, Any]
    heading: str
    """The body's first Markdown heading, or an empty text."""
    problem: Problem | None
    stamp: Stamp
    flaws: tuple[Flaw, ...] = ()

    def key(self, field: str) -> str:
        """The field's name as this header spells it, maybe in another Unicode form."""
        return key_in(self.fields, field)

    def text(self, field: str) -> str:
        """The field as text, a list as its items; empty when it is missing, null or a map."""
        value = self.fields.get(field)
        if isinstance(value, str):
            return value
        if isinstance(value, list | tuple):
            return ", ".join(map(text_of, value))
        return "" if value is None or isinstance(value, dict | set) else text_of(value)

    def items(self, field: str) -> tuple[str, ...]:
        """The field as a list of texts: a bare text is a list of one, nothing is empty."""
        value = self.fields.get(field)
        if value is None or value == "":
            return ()
        if isinstance(value, list | tuple):
            return tuple(map(text_of, value))
        return (self.text(field),)

    def listed(self, field: str) -> tuple[str, ...]:
        """The items of a list of words or names, also where they are a text with commas."""
        value = self.fields.get(field)
        return comma_items(value) if isinstance(value, str) else self.items(field)

    @property
    def is_cut(self) -> bool:
        """Whether only the file's beginning was read, since it is too large."""
        return self.problem is not None and self.problem.kind == "large"

    @property
    def path(self) -> Path:
        """The file's path."""
        return self.root / self.name

    @property
    def id(self) -> str:
        """The header's ``id``, or the file's stem when it has none."""
        return self.text("id") or self.stem

    @property
    def stem(self) -> str:
        """The file's name without its folder and ending."""
        return self.name.rpartition("/")[2].removesuffix(SUFFIX)

    @property
    def title(self) -> str:
        """The title, else the synopsis, else the first heading, else the file's stem."""
        return self.text("title") or self.text("synopsis") or self.heading or self.stem

    @property
    def quoted_title(self) -> str:
        """The title as a sentence names the source: in quotes, safe and shortened."""
        return f"“{short(self.title)}”"

    @property
    def synopsis_is_template(self) -> bool:
        """Whether the synopsis only repeats the title and the topics."""
        synopsis = self.text("synopsis")
        return len(synopsis) <= LONGEST_TEMPLATE and bool(TEMPLATE_SYNOPSIS.search(synopsis))


class Entry(NamedTuple):
    """What was read of one Markdown file."""

    name: str
    stamp: Stamp
    source: Source | None
    """None when the file is no source."""
