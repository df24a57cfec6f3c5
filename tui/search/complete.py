"""Completion of filters: field names and values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tui.search.filters import texts_of
from tui.search.fold import fold
from tui.search.half_typed import begun
from tui.search.query import (
    CONFIRMED,
    PART,
    PROPOSAL,
    SPECIAL,
    STATES,
    name_of,
    quoted_value,
    written_name,
)
from tui.search.ranges import kind_of
from tui.vault.source import Source

_MOST = 60
"""Maximum number of candidates, more than fit a screen's width."""
_KEPT = 2_000
"""Number of values of a field to keep, the most frequent ones."""
_LONGEST = 60
"""Longest value to offer, in characters."""
_SHORTEST = 2
"""Shortest typed name to complete: a single letter more often starts a word."""

_NAME = re.compile(r"-?(?P<name>[^\W\d][\w-]*)")
_FINISHED = re.compile(r'(?:(?:"[^"]*"|[^",])*,)*')
"""The finished values before the current one, each with its comma."""
_OPERATOR = re.compile(r"[<>]")
_MEASURED = re.compile(r'^(?:[<>]=?)?\s*(?:(?:"[^"]*"|[^",])*,)*')
"""The text before the day or length of time being typed."""


@dataclass(frozen=True, slots=True)
class Names:
    """The fields for filters of a vault, as data."""

    shorts: Mapping[str, str]
    """Short names to full ones."""
    values: Mapping[str, tuple[str, ...]]
    """All fields by full name, with the schema's known values."""
    closed: frozenset[str]
    """The fields that take only these values."""
    silent: frozenset[str]
    """The fields whose values are not offered: dates, addresses, long texts."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kinds of fields, by full name."""
    lists: frozenset[str] = frozenset()
    """The fields where comma-separated text is a list."""

    def full(self, name: str) -> str:
        """The full name of a field, or empty for an unknown name."""
        name = name if name in self.shorts or name in self.values else name.lower()
        found = self.shorts.get(name, name)
        return found if found in self.values or found in SPECIAL else ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The completions of the filter being typed."""

    shown: tuple[str, ...] = ()
    """The candidates, most likely first."""
    texts: tuple[str, ...] = ()
    """For each candidate, the whole completed query."""
    ghost: str = ""
    """The rest of the first candidate after the cursor; empty if it starts differently."""
    uncounted: str = ""
    """A field whose values in the vault are not counted yet and could add candidates."""


_NOTHING = Completion()


class Completer:
    """Completes queries of one vault. Values are counted only when needed."""

    def __init__(self, names: Names, sources: Callable[[], Iterable[Source]]) -> None:
        self._names = names
        self._sources = sources
        self._used: dict[str, list[tuple[str, str]]] = {}
        """By field: its values, folded and original."""
        self._fields = (*names.shorts, *SPECIAL, *names.values)

    @property
    def names(self) -> Names:
        """The fields to complete."""
        return self._names

    def forget(self) -> None:
        """Drop the counts, because sources may have changed."""
        self._used.clear()

    def count(self, field: str) -> None:
        """Count the values of a field in the vault; may run in a thread."""
        counts: Counter[str] = Counter()
        names = self._names
        held = [field, *(name for name, full in names.shorts.items() if full == field != name)]
        for source in self._sources():
            for name in held:
                # For a short name, also count a field of exactly that name.
                if name is field or name in source.fields:
                    texts = source.listed(name) if field in names.lists else texts_of(source, name)
                    counts.update([text for text in texts if len(text) <= _LONGEST])
        values = {fold(value): value for value in self._names.values.get(field, ())}
        for value, _ in counts.most_common(_KEPT):
            line = " ".join(value.split())
            if line:
                values.setdefault(fold(line), line)
        self._used[field] = list(values.items())

    def complete(self, text: str) -> Completion:
        """The completions of the filter at the end of ``text``."""
        part = ranged = None
        for part in PART.finditer(text):
            # Words after a day or length may belong to it.
            ranged = part if part["word"] is None else ranged
        if ranged is not None and (found := self._range(text, ranged)) is not None:
            return found
        if part is None or part.end() < len(text):
            return _NOTHING
        if part["name"] is not None:
            return self._value(text, self._names.full(name_of(part)), part["value"])
        word = _NAME.fullmatch(part["word"] or "")
        if word is None or len(word["name"]) < _SHORTEST:
            return _NOTHING
        return self._name(text, word["name"])

    def _range(self, text: str, part: re.Match[str]) -> Completion | None:
        """The completions of a day or length of time; None when there are none."""
        kind = kind_of(self._names.full(part["name"] or ""), self._names.kinds)
        if kind is None:
            return None
        value = text[part.start("value") :]
        typed = _MEASURED.sub("", value, count=1)
        quote = '"' if typed.startswith('"') else ""
        before, typed = text.removesuffix(typed) + quote, typed.removeprefix(quote)
        offered = begun(kind, typed, date.today()) if '"' not in typed else []
        if not offered:
            return None
        texts = tuple(before + one + quote for one in offered)
        return Completion(tuple(offered), texts, texts[0].removeprefix(text))

    def _name(self, text: str, typed: str) -> Completion:
        names = dict.fromkeys(name for name in self._fields if name.startswith(typed))
        # A complete short name comes before longer names.
        offered = tuple(
            f"{written_name(name)}:" for name in sorted(names, key=lambda name: name != typed)
        )
        before = text.removesuffix(typed)
        return Completion(
            shown=offered,
            texts=tuple(before + name for name in offered),
            ghost=_behind(typed, offered[0]) if offered else "",
        )

    def _value(self, text: str, field: str, value: str) -> Completion:
        finished = _FINISHED.match(value)
        typed = value[finished.end() :] if finished else value
        quote = '"' if typed.startswith('"') else ""
        inner = typed.removeprefix(quote)
        # Inside quotes, a quote is doubled.
        if quote:
            inner = inner.replace('""', "\0")
        wanted = fold(inner.replace("\0", '"'))
        if '"' in inner or field in ("", "body") or _OPERATOR.match(value):
            return _NOTHING
        before = text.removesuffix(typed)
        taken = {fold(one.strip('"')) for one in value[: len(value) - len(typed)].split(",")}
        offered = _starting(wanted, self._values(field), taken)
        first = offered[0] if offered else ""
        rest = _behind(wanted, first)
        return Completion(
            shown=tuple(offered),
            texts=tuple(before + _written(one, quote) for one in offered),
            ghost=(rest.replace('"', '""') if quote else rest) + quote if rest else "",
            uncounted=field if self._may_hold_more(field) else "",
        )

    def _values(self, field: str) -> Iterable[tuple[str, str]]:
        if field == "has":
            names = (*STATES, *self._names.shorts, *self._names.values)
            return [(name, name) for name in dict.fromkeys(names)]
        if field in (CONFIRMED, PROPOSAL) and self._names.kinds.get(field) in (None, CONFIRMED):
            return [(name, name) for name in (*self._names.shorts, *self._names.values)]
        if field in self._used:
            return self._used[field]
        return [(fold(value), value) for value in self._names.values.get(field, ())]

    def _may_hold_more(self, field: str) -> bool:
        return field not in (*SPECIAL, *self._names.silent, *self._used)


def _starting(wanted: str, values: Iterable[tuple[str, str]], taken: set[str]) -> list[str]:
    """Values that start with ``wanted``, then those where a later word does."""
    first: list[str] = []
    later: list[str] = []
    inside = re.compile(rf"(?<![^\W_]){re.escape(wanted)}").search
    for folded, value in values:
        if folded == wanted or folded in taken:
            continue
        if folded.startswith(wanted):
            first.append(value)
        elif len(later) < _MOST and wanted in folded and inside(folded):
            later.append(value)
    return (first + later)[:_MOST]


def _behind(wanted: str, value: str) -> str:
    """The rest of the value after the typed letters; empty if it starts differently."""
    if not fold(value).startswith(wanted):
        return ""
    # Folding drops some letters and doubles others, so count folded letters.
    place = 0
    while len(fold(value[:place])) < len(wanted):
        place += 1
    return value[place:]


def _must_be_quoted(value: str) -> bool:
    return any(character.isspace() or character in ',"' for character in value)


def _written(value: str, quote: str) -> str:
    """The value as written in a query."""
    return quoted_value(value) if quote or _must_be_quoted(value) else value
