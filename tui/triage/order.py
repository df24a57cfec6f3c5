"""Sort orders of sources, for the app and ``sluice list --sort``."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import QueryError
from tui.numbers import written_number
from tui.triage.field import Field
from tui.triage.meant import meant_field
from tui.triage.schema import SNOOZED, Schema
from tui.triage.status import status_in
from tui.vault.header.typed import meaning, text_of
from tui.vault.source import Source

NAME, DATE, WAITING = "name", "date", "waiting"
Value = Any
"""A sort value; None for a source without one."""
Values = Callable[[Sequence[Source]], Sequence[Value]]


class SortKey(NamedTuple):
    """One sort key."""

    name: str
    label: str
    first: str
    """What comes first, in words."""
    last: str
    """What comes first in reverse order."""
    values: Values
    falls: bool = False
    """Whether the highest value comes first, as for dates."""
    takes_long: bool = False
    """Whether computing its values may take longer than a frame."""
    days: tuple[str, ...] = ()
    """The date fields it sorts by: the first one that a source has counts."""
    speaks: bool = False
    """Whether the words for what comes first also say what is sorted by."""


class Order(NamedTuple):
    """A sort key and its direction; sources without a value always come last."""

    key: SortKey
    reverse: bool = False

    @property
    def text(self) -> str:
        """The order as written in a view or config file."""
        return f"-{self.key.name}" if self.reverse else self.key.name

    @property
    def words(self) -> str:
        """What comes first."""
        return self.key.last if self.reverse else self.key.first

    @property
    def heading(self) -> str:
        """What it sorts by, and what comes first."""
        return self.words if self.key.speaks else f"{self.key.label}, {self.words}"

    @property
    def falls(self) -> bool:
        """Whether values fall from the first source to the last."""
        return self.key.falls != self.reverse

    @property
    def arrow(self) -> str:
        """The direction as an arrow."""
        return "↓" if self.falls else "↑"

    def turned(self) -> Order:
        """The reverse order."""
        return self._replace(reverse=not self.reverse)

    def sort(self, sources: Sequence[Source]) -> list[Source]:
        """Sort the sources; equal ones keep their order."""
        filled: list[tuple[Value, Source]] = []
        empty: list[Source] = []
        for value, source in zip(self.key.values(sources), sources, strict=True):
            if value is None:
                empty.append(source)
            else:
                filled.append((value, source))
        filled.sort(key=_first, reverse=self.falls)
        return [source for _, source in filled] + empty

    def place(self, source: Source, count: int, at: Callable[[int], Source | None]) -> int:
        """The index of a source among ``count`` sorted others; equal ones go by name."""
        (value,) = self.key.values((source,))
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            other = at(middle)
            if other is not None and self._comes_before(other, value, source.name):
                low = middle + 1
            else:
                high = middle
        return low

    def _comes_before(self, other: Source, value: Value, name: str) -> bool:
        (held,) = self.key.values((other,))
        if held is None or value is None:
            return other.name < name if held is value else held is not None
        if held == value:
            return other.name < name
        return bool((held < value) != self.falls)


def _first(pair: tuple[Value, Source]) -> Value:
    return pair[0]


class Orders:
    """The sort keys of a vault."""

    def __init__(self, schema: Schema, held: Callable[[], Iterable[Source]] = lambda: ()) -> None:
        self._schema = schema
        self._held = held
        keys = [
            *_role_key(schema, "tier"),
            *_date_key(schema),
            *_field_keys(schema, (schema.roles.author,)),
            *_role_key(schema, "category"),
            _text_key("title", "title", lambda source: source.title),
            *_role_key(schema, "status"),
            SortKey(NAME, "file name", "A to Z", "Z to A", _names),
        ]
        self._offered = {key.name: key for key in keys}
        self._quiet: dict[str, SortKey] = {}
        if schema.roles.snoozed:
            soonest = _days_key(SNOOZED, (schema.roles.snoozed,))
            soonest = soonest._replace(first="soonest first", last="latest first", falls=False)
            self.add(soonest, offered=False)

    @property
    def offered(self) -> list[SortKey]:
        """The keys to choose from, in order."""
        return list(self._offered.values())

    @property
    def days(self) -> tuple[str, ...]:
        """The fields for the date of a source; none in a schema without dates."""
        return self._offered[DATE].days if DATE in self._offered else ()

    def add(self, key: SortKey, *, offered: bool = True) -> None:
        """Add or replace a key; when ``offered``, a new one comes last in the list."""
        (self._offered if offered else self._quiet)[key.name] = key

    def read(self, text: str, sources: Iterable[Source] | None = None) -> Order:
        """Parse a sort order.

        When ``sources`` are given, a field outside the schema must be in one of them. Raises
        QueryError.
        """
        name, reverse = text.removeprefix("-").strip(), text.startswith("-")
        # A key that the app offers wins over a field of the same name.
        if (sources is not None or name not in self._offered) and self._is_held(name, sources):
            return Order(_short_key(name, self._schema.fields[self._schema.shorts[name]]), reverse)
        known = self._offered.get(name) or self._quiet.get(name)
        if known is not None:
            return Order(known, reverse)
        full = meant_field(self._schema, sources or (), self._schema.full_name(name))
        for role in ("tier", "category", "status"):
            if role in self._offered and full == getattr(self._schema.roles, role):
                return Order(self._offered[role], reverse)
        field = self._schema.fields.get(full)
        if field is None:
            if sources is not None and not any(source.has(full) for source in sources):
                other = next(key for key in self._offered if key not in (NAME, "title"))
                raise QueryError(f"Unknown sort field {short(name)}; try name, title or {other}.")
            return Order(_value_key(name, full), reverse)
        return Order(_field_key(name, field), reverse)

    def _is_held(self, name: str, sources: Iterable[Source] | None) -> bool:
        """Whether a short name is also a field of some source."""
        held = self._held() if sources is None else sources
        return name in self._schema.shorts and any(name in source.fields for source in held)


def sort_names(schema: Schema) -> list[str]:
    """The names of all sort keys."""
    offered = [key.name for key in Orders(schema).offered]
    return list(dict.fromkeys([*offered, WAITING, *schema.fields]))


def waiting_key(since: Values) -> SortKey:
    """Sort by how long sources have been waiting; ``since`` gives the days, None if unknown."""
    words = "waiting longest first", "waiting shortest first"
    return SortKey(WAITING, "time waiting", *words, since, takes_long=True, speaks=True)


def _role_key(schema: Schema, role: str) -> list[SortKey]:
    field = schema.fields.get(getattr(schema.roles, role))
    if field is None:
        return []
    if role == "status":
        return [_choice_key(role, field, partial(status_in, schema))]
    return [_field_key(role, field)]


def _field_keys(schema: Schema, names: Iterable[str]) -> list[SortKey]:
    return [_field_key(name, schema.fields[name]) for name in names if name in schema.fields]


def _field_key(name: str, field: Field) -> SortKey:
    """The sort key for a field, by its kind."""
    if field.kind == "date":
        return _days_key(name, (field.name,))
    if field.kind == "duration":
        return _lengths_key(name, field.name)
    if field.kind in ("choice", "tag") and field.choices and not field.open:
        return _choice_key(name, field, field.known_in)
    if field.kind == "list":
        return _text_key(name, name, lambda source: "; ".join(source.listed(field.name)))
    if field.kind in ("number", "bool"):
        return _value_key(name, field.name)
    return _text_key(name, name, lambda source: _shown_text(source, field.name))


def _shown_text(source: Source, field: str) -> str:
    """A field as text; the title as it is shown."""
    return source.title if field == source.rule.names.title else source.text(field)


_BEHIND_NUMBERS = float("inf")


def _value_key(name: str, field: str) -> SortKey:
    """Sort by any value: numbers before text, and no before yes."""

    def value_of(source: Source) -> tuple[float, str] | None:
        held = meaning(source.value(field))
        text = text_of(held) if isinstance(held, bool) else source.text(field)
        number = written_number(text)
        if number is not None:
            return number, ""
        return (_BEHIND_NUMBERS, _folded(text)) if text else None

    def values(sources: Sequence[Source]) -> list[Value]:
        return list(map(value_of, sources))

    return SortKey(name, name, "lowest first", "highest first", values)


def _short_key(name: str, field: Field) -> SortKey:
    """The key for a short name of ``field``; a source's own field of that name comes first."""
    own, other = _field_key(name, field._replace(name=name)), _field_key(name, field)

    def values(sources: Sequence[Source]) -> list[Value]:
        return [
            (own if name in source.fields else other).values((source,))[0] for source in sources
        ]

    return own._replace(values=values)


def _text_key(name: str, label: str, read: Callable[[Source], str]) -> SortKey:
    def values(sources: Sequence[Source]) -> list[Value]:
        return [_folded(read(source)) or None for source in sources]

    return SortKey(name, label, "A to Z", "Z to A", values)


def _choice_key(name: str, field: Field, meant: Callable[[Any], str]) -> SortKey:
    """Sort by the schema's order of values; unknown values come last.

    ``meant`` gives the field's value for a header's value.
    """
    ranks = {value: (rank, "") for rank, value in enumerate(field.values)}

    def rank_of(source: Source) -> Value:
        value = source.value(field.name)
        known = ranks.get(value) if isinstance(value, str) else None
        if known is not None:
            return known
        text = meant(value)
        return ranks.get(text) or _unknown(text, len(ranks))

    def values(sources: Sequence[Source]) -> list[Value]:
        return list(map(rank_of, sources))

    first, last = field.values[0], field.values[-1]
    return SortKey(name, name, f"{first} first", f"{last} first", values)


def _unknown(text: str, rank: int) -> tuple[int, str] | None:
    return (rank, _folded(text)) if text else None


def _date_key(schema: Schema) -> list[SortKey]:
    """Sort by the date of a source, else by another one; not in a vault that has no such role."""
    if not schema.dates:
        return []
    stamps = {*schema.flow.stamps.values(), *schema.written_later}
    others = (field.name for field in schema.fields.values() if field.kind == "date")
    days = (*schema.dates, *(name for name in others if name not in stamps))
    return [_days_key(DATE, tuple(dict.fromkeys(days)))._replace(speaks=True)]


def _days_key(name: str, fields: tuple[str, ...]) -> SortKey:
    def values(sources: Sequence[Source]) -> list[Value]:
        from tui.days import written_day  # noqa: PLC0415 - who sorts by days only

        def day(source: Source) -> date | None:
            for field in fields:
                value = source.value(field)
                if value is not None and (found := written_day(value)) is not None:
                    return found
            return None

        return [day(source) for source in sources]

    return SortKey(name, name, "newest first", "oldest first", values, falls=True, days=fields)


def _lengths_key(name: str, field: str) -> SortKey:
    def values(sources: Sequence[Source]) -> list[Value]:
        from tui.lengths import written_length  # noqa: PLC0415 - as above

        lengths = (written_length(source.value(field)) for source in sources)
        return [length and length.seconds for length in lengths]

    return SortKey(name, name, "shortest first", "longest first", values)


def _names(sources: Sequence[Source]) -> list[Value]:
    return [source.name for source in sources]


def _folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.casefold().strip()
    decomposed = unicodedata.normalize("NFKD", text[:_LOOKED_AT]).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).strip()


_LOOKED_AT = 400
"""Characters of a text that count for sorting."""


def ranked_key(
    name: str,
    label: str,
    words: tuple[str, str],
    ranks: Callable[[Sequence[str]], Mapping[str, float]],
) -> SortKey:
    """A key whose values ``ranks`` computes, slowly, from the sources' names; lowest first.

    ``words`` say what comes first, and what comes first in reverse.
    """

    def values(sources: Sequence[Source]) -> list[Value]:
        known = ranks([source.name for source in sources])
        return [known.get(source.name) for source in sources]

    return SortKey(name, label, words[0], words[1], values, takes_long=True, speaks=True)
