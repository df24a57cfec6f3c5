"""The fields of many headers, each with all its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from tui.days import written_days
from tui.guess.order import LONGEST
from tui.guess.survey import Note, is_text
from tui.guess.words import fold
from tui.links import is_link, name_of
from tui.numbers import written_number
from tui.vault.header.typed import Typed, meaning, text_of

SAMPLE = 1_000
"""How many values are looked at to say what kind they are."""
_COMMON = 48
_SPELLINGS = 8
"""The most spellings of a field's name; more are no accident of writing."""
_DAY = re.compile(
    r"\D*\d{4}[-./年]\s?\d|\d{1,2}[-./]\d{1,2}[-./]\d{4}|(?:19|20)\d{6}$|.*[^\W\d].*\d{4}"
)
"""What a text needs to have to be read as a date: a year alone may be any number."""
_TRUE = frozenset({"yes", "true", "on"})
_FALSE = frozenset({"no", "false", "off"})


class Column:
    """One field, in whatever case it is written, over all notes."""

    def __init__(self, place: int) -> None:
        """``place`` is the order in which fields were first met."""
        self.place = place
        self.spellings: Counter[str] = Counter()
        self.held: dict[int, Any] = {}
        """The values by the number of the note; without empty ones."""
        self.empty: set[int] = set()
        """The notes where it has no value."""
        self.empty_lists = 0

    def add(self, number: int, name: str, value: Any) -> None:
        """Take in a field of a note."""
        self.spellings[name] += 1
        if value is None or value in ("", [], {}):
            self.empty.add(number)
            self.empty_lists += value == []
        else:
            self.held[number] = value

    @property
    def name(self) -> str:
        """The name as most notes write it."""
        return self.spellings.most_common(1)[0][0]

    @property
    def others(self) -> tuple[str, ...]:
        """Its other names, the most frequent first, such as ``Status`` beside ``status``."""
        return tuple(name for name, _ in self.spellings.most_common(_SPELLINGS)[1:])

    @property
    def present(self) -> int:
        """How many notes have the field, with a value or without."""
        return len(self.held) + len(self.empty)

    @cached_property
    def sample(self) -> Sequence[Any]:
        """Some of the values, spread evenly."""
        values = list(self.held.values())
        return values[:: max(len(values) // SAMPLE, 1)]

    def share(self, test: Callable[[Any], bool]) -> float:
        """The share of values that pass a test; 0 without values."""
        return sum(map(test, self.sample)) / len(self.sample) if self.sample else 0.0

    @property
    def items(self) -> Mapping[int, tuple[str, ...]]:
        """Each note's value as texts: the items of a list, else one."""
        return {number: texts_of(value) for number, value in self.held.items()}

    @property
    def singles(self) -> Mapping[int, str]:
        """The value of each note that has exactly one."""
        found = ((number, texts_of(value)) for number, value in self.held.items())
        return {number: texts[0] for number, texts in found if len(texts) == 1}

    @property
    def is_list(self) -> bool:
        """Whether most notes write a list."""
        lists = sum(isinstance(value, list) for value in self.sample) * 2 > len(self.sample)
        return lists if self.sample else self.empty_lists > 0

    @property
    def is_text(self) -> bool:
        """Whether most notes write text."""
        return self.share(lambda value: isinstance(value, str)) > 0.5

    @property
    def is_linked(self) -> bool:
        """Whether most values, or items, are links to notes."""
        texts = [text for value in self.sample for text in texts_of(value)]
        return sum(map(is_link, texts)) * 2 > len(texts)

    @cached_property
    def is_varied(self) -> bool:
        """Whether even a few dozen values do not cover most of a sample, as with titles."""
        counts = Counter(texts_of(value) for value in self.sample)
        common = sum(count for _, count in counts.most_common(_COMMON))
        return len(counts) > _COMMON and common * 4 < len(self.sample) * 3

    @cached_property
    def is_date(self) -> bool:
        """Whether nearly all values are dates."""
        return self.share(is_day) >= 0.8

    def spelt(self, folded: str) -> str:
        """The most frequent spelling of a value."""
        counts = Counter(text for text in self.singles.values() if fold(text) == folded)
        return max(counts, key=counts.__getitem__)


def texts_of(value: Any) -> tuple[str, ...]:
    """A value as texts: each item of a list, else one; a map has none."""
    if isinstance(value, list | tuple | set):
        return tuple(text for item in value for text in texts_of(item))
    if isinstance(value, dict):
        return ()
    text = text_of(value).strip()[:LONGEST]
    return (text,) if text and is_text(text) else ()


def is_day(value: Any) -> bool:
    """Whether a value is a date; a year alone is not."""
    if isinstance(value, date):
        return True
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    if isinstance(value, Typed) and isinstance(value.value, date):
        return True
    text = name_of(str(value)).strip()
    return len(text) <= 40 and _DAY.match(text) is not None and written_days(text) is not None


def is_web(value: Any) -> bool:
    """Whether a value, or the first item of a list, is a web address."""
    return any(text.lower().startswith(("http://", "https://")) for text in texts_of(value)[:1])


def yes_no(value: Any) -> bool | None:
    """The yes or no of a value; None if it is neither."""
    value = meaning(value)
    if isinstance(value, bool):
        return value
    folded = str(value).casefold()
    return True if folded in _TRUE else False if folded in _FALSE else None


def is_number(value: Any) -> bool:
    """Whether a value is a number, also one in quotes."""
    value = meaning(value)
    return not isinstance(value, bool) and written_number(value) is not None


def columns_of(notes: Iterable[Note]) -> dict[str, Column]:
    """The fields of the notes by their folded names, in the order met."""
    found: dict[str, Column] = {}
    by_name: dict[str, Column] = {}
    for number, note in enumerate(notes):
        taken = set()
        for name, value in note.fields.items():
            column = by_name.get(name)
            if column is None:
                folded = fold(name)
                column = by_name[name] = found.setdefault(folded, Column(len(found)))
            # Of two spellings in one header the first counts.
            if id(column) not in taken:
                taken.add(id(column))
                column.add(number, name, value)
    return found


def enough(count: int, total: int) -> bool:
    """Whether so many notes of ``total`` are more than an accident."""
    return (count >= 3 and count * 50 >= total) or 0 < total <= count * 2
