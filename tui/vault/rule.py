"""Rule: which files of a vault are sources, and in which fields they have their title."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from tui.vault.globs import NEVER, Globs, is_hidden

Wants = Literal["status", "any", "none-too"]
"""What a source needs: the status field, any header, or nothing."""
Untitled = Literal["", "file", "heading"]
"""What a source without a title is called: by its summary, heading or file; by its file; or by
its heading, else by its file."""
ENDINGS = (".md", ".markdown", ".mdx")
"""The endings of Markdown files, in any case: ``NOTE.MD`` is one."""


def ending_of(file: str) -> str:
    """The ending of a Markdown file as its name has it; empty for another file."""
    lower = file.lower()
    found = next((ending for ending in ENDINGS if lower.endswith(ending)), "")
    return file[len(file) - len(found) :]


class Tagged(NamedTuple):
    """A value that is an item of a list: ``status/read`` in ``tags``, or ``read`` among others."""

    of: str
    """The list field."""
    prefix: str
    """What is before it; may be empty."""
    words: tuple[str, ...] = ()
    """The items that are one where there is nothing before it, in small letters."""

    @property
    def key(self) -> str:
        """The list and the prefix: a name for the value where fields are named."""
        return f"{self.of} {self.prefix}"

    def value_in(self, fields: Mapping[Any, Any]) -> Any:
        """The values among the items: one, a list of several, or None."""
        found = [self.bare(item) for item in items_of(fields.get(self.of)) if self.has(item)]
        return found[0] if len(found) == 1 else found or None

    def bare(self, item: str) -> str:
        """An item without the prefix."""
        return item.removeprefix("#").removeprefix(self.prefix)

    def has(self, item: str) -> bool:
        """Whether an item of the list is one of these values."""
        item = item.removeprefix("#")
        return item.startswith(self.prefix) if self.prefix else item.casefold() in self.words


def items_of(value: Any) -> list[str]:
    """The texts of a list of tags; text is split at commas and spaces."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return (
        [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []
    )


class Names(NamedTuple):
    """The fields in which every source has what sluice shows; empty where the vault has none."""

    title: str = "title"
    url: str = "url"
    topics: str = "topics"
    aliases: str = "aliases"
    author: str = "creator"
    dates: tuple[str, ...] = ("date_published", "captured_date")
    """The fields with the date of a source, in order of preference."""
    summary: str = "synopsis"
    untitled: Untitled = ""
    others: Mapping[str, tuple[str, ...]] = {}
    """Further fields for the same, by the first one: the first that has a value counts."""
    tagged: Mapping[str, Tagged] = {}
    """The fields that are items of a list."""


class _Parts(NamedTuple):
    status: tuple[str, ...] = ("status",)
    """A file with one of these fields is a source, whatever its name."""
    prefix: str = "SOURCE-"
    """A file with this prefix is a source, whatever its header contains; empty for none."""
    include: tuple[str, ...] = ("**",)
    exclude: tuple[str, ...] = ()
    header: Wants = "status"
    tagged: tuple[str, ...] = ()
    """The tags that make a file a source, wherever it is."""
    tags: str = "topics"
    """The field that has the tags."""
    endings: tuple[str, ...] = (".md",)
    names: Names = Names()


class Rule(_Parts):
    """Which files are sources. ``BUILT_IN`` is the rule of a vault without a ``sluice.yaml``."""

    # Which files are read

    def enters(self, folder: str) -> bool:
        """Whether files below a folder may be sources; ``folder`` is its path below the vault."""
        parts = folder.split("/")
        if not NEVER.isdisjoint(parts) or (self.exclude and self._exclude.swallow(folder)):
            return False
        return not any(map(is_hidden, parts)) or self._include.open(folder)

    def lists(self, name: str) -> bool:
        """Whether the file of that name may be a source, as far as its name says."""
        folder, _, file = name.rpartition("/")
        if folder and not self.enters(folder):
            return False
        return self.lists_here(f"{folder}/" if folder else "", file)

    def lists_here(self, prefix: str, file: str) -> bool:
        """The same for a file in a folder that the rule enters; ``prefix`` ends with ``/``."""
        if file.startswith("."):
            return False
        if not (file.endswith(self.endings) or file.lower().endswith(self.endings)):
            return False
        if self._names_no_file:
            return True
        name = prefix + file
        if self.exclude and self._exclude.match(name):
            return False
        if not self._include.opens_any:
            return True
        # A file below a folder that a pattern opens must be one that the pattern matches.
        return not any(map(is_hidden, prefix.split("/"))) or self._include.match(name)

    @cached_property
    def _names_no_file(self) -> bool:
        """Whether neither an excluding nor an opening pattern can decide about a file."""
        return not self.exclude and not self._include.opens_any

    # Which of them are sources

    def accepts(self, name: str, fields: Mapping[Any, Any], *, has_header: bool) -> bool:
        """Whether the file of that name with these fields is a source."""
        if self.prefix and name.rpartition("/")[2].startswith(self.prefix):
            return True
        if self.has_status(fields):
            return True
        if self.header == "status" or (self.header == "any" and not has_header):
            return False
        return self.includes(name) or (bool(self.tagged) and self._is_tagged(fields))

    def has_status(self, fields: Mapping[Any, Any]) -> bool:
        """Whether a header has a status."""
        for name in self.status:
            tagged = self.names.tagged.get(name)
            if name in fields if tagged is None else tagged.value_in(fields) is not None:
                return True
        return False

    def includes(self, name: str) -> bool:
        """Whether the patterns include the file of that name."""
        return self.include == ("**",) or self._include.match(name)

    def _is_tagged(self, fields: Mapping[Any, Any]) -> bool:
        items = {item.removeprefix("#").casefold() for item in items_of(fields.get(self.tags))}
        return not items.isdisjoint(tag.removeprefix("#").casefold() for tag in self.tagged)

    @cached_property
    def _include(self) -> Globs:
        return Globs(self.include)

    @cached_property
    def _exclude(self) -> Globs:
        return Globs(self.exclude, spares_hidden=False)

    @property
    def opens_hidden(self) -> bool:
        """Whether a pattern names a folder that is skipped elsewhere."""
        return self._include.opens_any

    @cached_property
    def is_plain(self) -> bool:
        """Whether every value lies in the field of its name, as in nearly all vaults."""
        return not (self.names.others or self.names.tagged)

    # For another process

    def dump(self) -> str:
        """The rule as text, which ``load`` reads again; equal rules have equal texts."""
        tagged = {name: each._asdict() for name, each in self.names.tagged.items()}
        names = {**self.names._asdict(), "tagged": tagged}
        return json.dumps({**self._asdict(), "names": names}, sort_keys=True)

    @classmethod
    def load(cls, text: str) -> Rule:
        """The rule of a text that ``dump`` made."""
        given = json.loads(text)
        names = given.pop("names")
        tagged = {
            name: Tagged(each["of"], each["prefix"], tuple(each["words"]))
            for name, each in names.pop("tagged").items()
        }
        others = {name: tuple(each) for name, each in names.pop("others").items()}
        dates = tuple(names.pop("dates"))
        whole = Names(**names, tagged=tagged, others=others, dates=dates)
        rest: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in given.items()
        }
        return cls(**rest, names=whole)


BUILT_IN = Rule()
"""The rule of a vault without a ``sluice.yaml``."""
