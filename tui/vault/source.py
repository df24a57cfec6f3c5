"""Source: one file as read, immutable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.display import short
from tui.links import name_of
from tui.vault.header.typed import Typed, named, text_of
from tui.vault.rule import BUILT_IN, Rule, ending_of

SUFFIX = ".md"
"""The suffix of new Markdown files."""
TEMPLATE_SYNOPSIS = re.compile(r" by .+\. An? [\w ]+ covering .*\.$")
"""The synopsis that a capture script writes by default."""
LONGEST_TEMPLATE = 1_000
"""Maximum length for this pattern, which could take hours on a crafted long text."""


ProblemKind = Literal["yaml", "stray", "unclosed", "foreign", "large"]
"""Invalid YAML or TOML; lines above the header; a missing fence; a file whose header cannot be read
at all; too large to change."""


class Problem(NamedTuple):
    """A reason why a header cannot be read."""

    sentence: str
    line: int
    """The line in the file, counted from 1."""
    kind: ProblemKind = "yaml"


FlawKind = Literal["doubled", "comment", "invisible"]
"""A duplicate name; text that YAML takes for a comment; invisible characters in a value."""


class Flaw(NamedTuple):
    """Hidden data in a readable header."""

    kind: FlawKind
    field: str
    sentence: str
    line: int
    """The line in the file, counted from 1."""
    text: str = ""
    """The whole value, if YAML takes a part of it for a comment."""


class Stamp(NamedTuple):
    """Identifies a version of a file without reading it."""

    size: int
    mtime_ns: int
    inode: int


def one_form(text: str) -> str:
    """The text in composed Unicode form: an accent may be part of its letter or follow it."""
    if text.isascii():
        return text
    from unicodedata import normalize  # noqa: PLC0415 - most names are plain

    return normalize("NFC", text)


def forms(text: str) -> tuple[str, ...]:
    """The text as given, in composed form, and in decomposed form."""
    if text.isascii():
        return (text,)
    from unicodedata import normalize  # noqa: PLC0415 - as above

    return tuple(dict.fromkeys((text, normalize("NFC", text), normalize("NFD", text))))


def key_in(fields: Mapping[Any, Any], field: str) -> str:
    """A field's name as spelt in ``fields``, maybe in another Unicode form."""
    if field.isascii() or field in fields:
        return field
    wanted = one_form(field)
    names = (name for name in fields if isinstance(name, str))
    return next((name for name in names if one_form(name) == wanted), field)


_ITEM = re.compile(r'\s*"[^"]*"\s*(?=,|\Z)|(?:\[\[[^\[\]]*\]\]|[^,])+')
"""The text between two commas; commas in links or quotes do not separate."""
_TAGS = re.compile(r"\s*#[^\s,#]+(?:\s+#[^\s,#]+)+\s*")
"""Several tags with nothing but blanks between them."""


def comma_items(text: str) -> tuple[str, ...]:
    """The items of a list written as text: ``a, b``, ``[[A]], [[B]]`` or ``#a #b``."""
    if _TAGS.fullmatch(text):
        return tuple(text.split())
    if "," not in text or (isinstance(text, Typed) and text.is_link):
        return (text,) if text.strip() else ()
    return tuple(part for item in _ITEM.findall(text) if (part := item.strip()))


class Source(NamedTuple):
    """One Markdown file: its header's fields, and the problem if they could not be read.

    ``fields`` has the values as PyYAML's safe loader reads them. If ``problem`` is set, it has
    what could be read line by line: text, or lists of text.
    """

    root: Path
    """The vault's folder."""
    name: str
    """The path below the vault, with ``/`` between its parts."""
    fields: Mapping[Any, Any]
    heading: str
    """The body's first Markdown heading of the first level, or empty."""
    problem: Problem | None
    stamp: Stamp
    flaws: tuple[Flaw, ...] = ()
    rule: Rule = BUILT_IN
    """The vault's rule, which says in which fields a source has what."""

    def key(self, field: str) -> str:
        """The header's field for a field's value.

        It may be spelt in another Unicode form, be another field of the same role, or be the list
        that has the value as an item.
        """
        if self.rule.is_plain:
            return key_in(self.fields, field)
        names = self.rule.names
        tagged = names.tagged.get(field)
        if tagged is not None:
            return key_in(self.fields, tagged.of)
        found = [
            key
            for name in (field, *names.others.get(field, ()))
            if (key := key_in(self.fields, name)) in self.fields
        ]
        filled = (key for key in found if self.fields[key] not in _EMPTY)
        return next(filled, found[0] if found else key_in(self.fields, field))

    def value(self, field: str) -> Any:
        """The value of a field; None when it is missing."""
        if self.rule.is_plain:
            return self.fields.get(field)
        names = self.rule.names
        tagged = names.tagged.get(field)
        if tagged is not None:
            return tagged.value_in(self.fields)
        return self.fields.get(self.key(field) if field in names.others else field)

    def has(self, field: str) -> bool:
        """Whether the header has the field."""
        if self.rule.is_plain:
            return field in self.fields
        names = self.rule.names
        return (
            self.value(field) is not None
            if field in names.tagged
            else self.key(field) in self.fields
        )

    def text(self, field: str) -> str:
        """The field as text, list items joined; empty when it is missing, null or a map.

        A link to a note is the note's name, here as in ``items`` and ``listed``.
        """
        value = self.fields.get(field) if self.rule.is_plain else self.value(field)
        if isinstance(value, str):
            return name_of(value) if value[:2] == "[[" else value
        if isinstance(value, list | tuple):
            return ", ".join(map(named, value))
        return "" if value is None or isinstance(value, dict | set) else text_of(value)

    def items(self, field: str) -> tuple[str, ...]:
        """The field as a list of texts: text is a list of one, null an empty list."""
        value = self.fields.get(field) if self.rule.is_plain else self.value(field)
        if value is None or value == "":
            return ()
        if isinstance(value, list | tuple):
            return tuple(map(named, value))
        return (self.text(field),)

    def listed(self, field: str) -> tuple[str, ...]:
        """The items of a list of words or names, which may be comma-separated text."""
        value = self.fields.get(field) if self.rule.is_plain else self.value(field)
        return (
            tuple(map(named, comma_items(value))) if isinstance(value, str) else self.items(field)
        )

    @property
    def is_cut(self) -> bool:
        """Whether only the start of the file was read, because it is too large."""
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
        """The file's name without folder and suffix."""
        file = self.name.rpartition("/")[2]
        bare = file.removesuffix(SUFFIX)
        return bare if bare != file else file.removesuffix(ending_of(file))

    @property
    def title(self) -> str:
        """The title, else what the vault's rule says: a summary, the first heading, the file."""
        names = self.rule.names
        written = names.title and self.text(names.title)
        if written or names.untitled == "file":
            return written or self._file_title
        summary = names.summary and self.text(names.summary)
        return summary or self.heading or self._file_title

    @property
    def _file_title(self) -> str:
        """The file's name, or its folder's for ``index.md`` and ``README.md``."""
        folder = self.name.rpartition("/")[0].rpartition("/")[2]
        return folder if folder and self.stem.lower() in ("index", "readme") else self.stem

    @property
    def own_title(self) -> str:
        """The title that the header has; empty without one."""
        return self.text(self.rule.names.title)

    @property
    def url(self) -> str:
        """The address as text; empty without one."""
        return self.text(self.rule.names.url)

    @property
    def author(self) -> str:
        """The author or channel; empty without one."""
        return self.text(self.rule.names.author)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics or tags, without those that are the value of another field."""
        names = self.rule.names
        found = self.listed(names.topics)
        for tagged in names.tagged.values():
            if tagged.of == names.topics:
                found = tuple(item for item in found if not tagged.has(item))
        return found

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names."""
        return self.listed(self.rule.names.aliases)

    @property
    def quoted_title(self) -> str:
        """The title as a sentence names the source: in quotes, safe and shortened."""
        return f"“{short(self.title)}”"

    @property
    def synopsis_is_template(self) -> bool:
        """Whether the synopsis only repeats the title and the topics."""
        synopsis = self.text(self.rule.names.summary)
        return len(synopsis) <= LONGEST_TEMPLATE and bool(TEMPLATE_SYNOPSIS.search(synopsis))


_EMPTY: tuple[Any, ...] = (None, "", [])


class Entry(NamedTuple):
    """The result of reading one Markdown file."""

    name: str
    stamp: Stamp
    source: Source | None
    """None when the file is not a source."""
