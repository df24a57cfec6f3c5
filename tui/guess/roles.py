"""Which fields have the other roles: value, category, address, title and so on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from tui.guess.columns import Column, enough, is_day, is_number, is_web, texts_of, yes_no
from tui.guess.status import Sure
from tui.guess.survey import Note
from tui.guess.words import Words, fold
from tui.links import name_of
from tui.numbers import written_number

ROLES = (
    "tier",
    "category",
    "insights",
    "title",
    "url",
    "topics",
    "aliases",
    "author",
    "date",
    "notebooks",
)
"""The roles beside the status, as a schema lists them."""
_NEAR = 0.1
"""Of two fields with so little between them, the better name counts."""
_MOST_TIERS = 10
_MOST_CATEGORIES = 40
_NAMES = ("name", "heading")
"""Fields that are a title only where most notes have one."""
_LONG = 80
"""Letters from which a text is more than a name."""


class Role(NamedTuple):
    """The field of a role, or why there is none."""

    name: str = ""
    """Empty if the folder has no such field."""
    also: tuple[str, ...] = ()
    """Fields that other notes have instead, or other spellings of the field."""
    certainty: Sure = "sure"
    why: str = ""
    values: tuple[str | int | float, ...] = ()
    """Of a tier, the best first."""
    distinct: int = 0
    """Of a category, how many values it has."""
    is_new: bool = False
    is_list: bool = False
    is_linked: bool = False
    """Whether most values are links to notes."""
    texts: tuple[str, ...] = ()
    """Those of its fields where most notes write a list as text."""


def roles_of(
    words: Words,
    columns: Mapping[str, Column],
    total: int,
    taken: Collection[str],
    inline: Collection[str] = (),
    *,
    insights: bool,
) -> dict[str, Role]:
    """The fields of the roles among ``total`` headers; ``taken`` are folded names in use.

    Without ``insights``, none is made up, and none that texts have ``inline``.
    """
    finder = _Finder(words, columns, total, set(taken))
    found = {
        "tier": finder.tier(),
        "category": finder.category(),
        "insights": finder.insights(),
        "title": finder.title(),
        "url": finder.plain("url", _is_url),
        "topics": finder.plain("topics", _is_topics),
        "aliases": finder.plain("aliases", _is_aliases),
        "author": finder.plain("author", _is_author),
        "date": finder.plain("date", lambda column: column.is_date),
        "notebooks": finder.plain("notebooks", lambda column: column.is_list),
    }
    if insights and not found["insights"].name:
        used = {*columns, *inline}
        names = ("insights", "key_insights")
        name = next((name for name in names if fold(name) not in used), "sluice_insights")
        found["insights"] = Role(name, why="new, no note has one", is_new=True, is_list=True)
    return found


class _Finder:
    """Looks for fields, each for one role."""

    def __init__(
        self, words: Words, columns: Mapping[str, Column], total: int, taken: set[str]
    ) -> None:
        self._words = words
        self._columns = columns
        self._total = total
        self._taken = taken

    def _named(self, role: str) -> Iterator[tuple[str, Column]]:
        """The fields with a name of the role that enough notes have, the best first."""
        names = self._words.roles[role]
        known = [
            (name, self._columns[name])
            for name in dict.fromkeys(names)
            if name in self._columns and name not in self._taken
        ]
        known = [
            (name, column)
            for name, column in known
            if enough(column.present, self._total) or column.present * 5 >= self._total
        ]
        left = list(known)
        while left:
            most = max(column.present for _, column in left)
            best = next(one for one in left if one[1].present >= most - _NEAR * max(self._total, 1))
            left.remove(best)
            yield best

    def _take(self, name: str, column: Column, **said: Any) -> Role:
        self._taken.add(name)
        why = f"in {column.present:,} of {self._total:,}"
        form: dict[str, Any] = {"is_list": column.is_list, "is_linked": column.is_linked}
        texts = (column.name, *column.others) if column.is_text else ()
        return Role(column.name, column.others, why=why, texts=texts, **form, **said)

    def plain(self, role: str, fits: Callable[[Column], bool]) -> Role:
        """The best field that fits, with those that other notes have instead."""
        first: tuple[str, Column] | None = None
        also, texts = list[str](), list[str]()
        seen: set[int] = set()
        for name, column in self._named(role):
            if not fits(column):
                continue
            if first is None:
                first = name, column
            else:
                new = len(column.held.keys() - seen)
                if new < _NEAR * self._total or not enough(new, self._total):
                    continue
                also += [column.name, *column.others]
                texts += [column.name, *column.others] if column.is_text else []
                self._taken.add(name)
            seen |= column.held.keys()
        if first is None:
            return Role(why=self._missing(role))
        certainty: Sure = "sure" if first[1].present * 5 >= self._total else "likely"
        found = self._take(*first, certainty=certainty)
        return found._replace(also=(*found.also, *also), texts=(*found.texts, *texts))

    def _missing(self, role: str) -> str:
        """Why no field has the role."""
        near = [
            f"{column.name} ({column.present:,})"
            for name in self._words.roles[role]
            if (column := self._columns.get(name)) and name not in self._taken
        ]
        fits = "does not fit" if len(near) == 1 else "do not fit"
        return f"{', '.join(near[:3])} {fits}" if near else "no field has such a name"

    def title(self) -> Role:
        for name, column in self._named("title"):
            texts = list(column.singles.values())
            # A name is often that of a person or a product.
            least = self._total * (0.5 if name in _NAMES else 0.1)
            if len(texts) >= least and len(set(texts)) * 5 >= len(texts) * 4:
                certainty: Sure = "sure" if len(texts) * 2 >= self._total else "likely"
                return self._take(name, column, certainty=certainty)
        return Role(why=self._missing("title"))

    def tier(self) -> Role:
        for name, column in self._named("tier"):
            values = _scale(self._words, name, column)
            if values:
                certainty: Sure = "sure" if column.present * 5 >= self._total else "likely"
                return self._take(name, column, values=values, certainty=certainty)
        return Role(why=self._missing("tier"))

    def category(self) -> Role:
        for name, column in self._named("category"):
            if column.is_varied or column.is_date:
                continue
            items = column.items
            counts = Counter(fold(text) for texts in items.values() for text in set(texts))
            held = len(column.held)
            if not 2 <= len(counts) <= _MOST_CATEGORIES or held * 10 < self._total:
                continue
            most = counts.most_common(1)[0][1]
            if most * 10 > held * 9 or counts.total() < len(counts) * 1.5:
                continue
            if column.share(lambda v: is_number(v) or yes_no(v) is not None) > 0.5:
                continue
            if any(len(text) > _LONG for texts in items.values() for text in texts):
                continue
            certainty: Sure = "sure" if held * 2 >= self._total else "likely"
            return self._take(name, column, distinct=len(counts), certainty=certainty)
        return Role(why=self._missing("category"))

    def insights(self) -> Role:
        for name, column in self._named("insights"):
            if column.is_list or column.share(_is_long) >= 0.5:
                return self._take(name, column)
        return Role()


def _is_url(column: Column) -> bool:
    return column.share(is_web) >= 0.6


def _is_topics(column: Column) -> bool:
    return column.share(lambda v: isinstance(v, dict) or yes_no(v) is not None) < 0.1


def _is_aliases(column: Column) -> bool:
    """Whether a field has other names: not where other pages lead here, and no yes or no."""
    paths = column.share(lambda value: any("/" in text for text in texts_of(value)))
    return (
        paths <= 0.3 and column.share(lambda v: isinstance(v, dict) or yes_no(v) is not None) < 0.1
    )


def _is_author(column: Column) -> bool:
    if not column.held:
        return True
    odd = column.share(lambda v: is_number(v) or is_day(v) or is_web(v) or yes_no(v) is not None)
    return odd < 0.3 and column.share(lambda v: isinstance(v, dict)) < 0.5


def _is_long(value: object) -> bool:
    return any(len(text) >= _LONG for text in texts_of(value))


def _scale(words: Words, name: str, column: Column) -> tuple[str | int | float, ...]:
    """The values of a tier, the best first; empty if they are no scale."""
    singles = column.singles
    if not singles or len(singles) * 10 < len(column.held) * 9:
        return ()
    singles = {number: text for number, text in singles.items() if fold(text) not in words.blank}
    counts = Counter(fold(text) for text in singles.values())
    if 1 < len(counts) <= _MOST_TIERS:
        spelt = {value: name_of(column.spelt(value)) for value in counts}
        for scale in words.scales:
            places = {value: _place(scale, value, text) for value, text in spelt.items()}
            known = {value: place for value, place in places.items() if place is not None}
            if len(known) > 1 and sum(counts[value] for value in known) * 10 >= len(singles) * 9:
                return tuple(spelt[value] for value in sorted(known, key=known.__getitem__))
    plain = [name_of(text) for text in singles.values()]
    if all(set(text) <= _STARS for text in plain) and len(set(plain)) <= _MOST_TIERS:
        return tuple(sorted(set(plain), key=len, reverse=True))
    return _numbers(name in words.low_is_best, column)


def _place(scale: Sequence[str], folded: str, text: str) -> int | None:
    """The place of a value on a scale; of ``P1-High``, that of its first word."""
    if folded in scale:
        return scale.index(folded)
    parts = (fold(part) for part in re.split(r"[\W_]+", text) if part)
    return next((scale.index(part) for part in parts if len(part) > 1 and part in scale), None)


_STARS = frozenset("⭐★☆*✭✮🌟\ufe0f")


def _numbers(low_is_best: bool, column: Column) -> tuple[str | int | float, ...]:
    """The numbers of a tier, the best first: all from the lowest to the highest."""
    numbers = [written_number(text) for text in column.singles.values()]
    known = [number for number in numbers if number is not None]
    if len(known) * 10 < len(numbers) * 9 or not all(0 <= number <= 10 for number in known):
        return ()
    if any(number != int(number) for number in known):
        return _halves(known)
    low, high = int(min(known)), int(max(known))
    if len(set(known)) < 2 and len(known) < 3:
        return ()
    low, high = min(low, 1), max(high, 10 if high > 5 else 5 if high > 3 else 3)
    values: Sequence[int] = range(low, high + 1)
    ordered = values if low_is_best else values[::-1]
    as_text = sum(type(value) is str for value in column.sample) * 2 > len(column.sample)
    return tuple(str(value) for value in ordered) if as_text else tuple(ordered)


def _halves(known: Sequence[float]) -> tuple[str | int | float, ...]:
    values = sorted(set(known), reverse=True)
    if len(values) > _MOST_TIERS:
        return ()
    return tuple(int(value) if value == int(value) else value for value in values)


Untitled = Literal["file", "heading"]


def untitled_of(notes: Sequence[Note]) -> tuple[Untitled, str]:
    """How a note without a title is called, and why."""
    headings = [note.heading for note in notes if note.heading]
    stems = {note.stem for note in notes}
    share = len(set(headings)) / len(headings) if headings else 0.0
    if len(headings) * 2 >= len(notes) > 0 and share >= len(stems) / len(notes) * 0.95:
        return "heading", f"{len(headings):,} of {len(notes):,} begin with a heading of their own"
    why = f"{len(headings):,} of {len(notes):,} begin with a heading"
    return "file", why if len(headings) * 2 < len(notes) else f"{why}, but not one of their own"
