"""Parse a query into words and conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rapidfuzz.distance import OSA

from tui.display import short
from tui.errors import QueryError
from tui.search.ranges import CHANGED, KINDS, TO, Kind, Measure, Range, kind_of
from tui.vault.source import one_form

CONFIRMED = "confirmed"
"""The filter for the fields whose values a person confirmed, unless it is another field's name.
As the kind of a field, that it is the list of these."""
PROPOSAL = "proposal"
"""The filter for the fields for which somebody proposes a value, unless it is a field's name."""
SPECIAL = ("has", "body", CHANGED, CONFIRMED, PROPOSAL)
"""Filter names that are not fields."""
FILE_NAMES = ("stem", "path")
"""Filter names that work like fields but are not in headers."""
STATES = ("problem", "duplicate", "doubt", "snoozed", CONFIRMED, PROPOSAL)
"""Values of ``has:`` that are about a source as a whole, not a field."""

PART = re.compile(
    r"""
      (?P<minus>-)? (?P<name>[^\W\d][\w-]*|"(?:[^"]|"")+"|[^\s":]+) :
      (?P<value>(?:"[^"]*(?:"|$)|[^\s"])*)
    | (?P<not_phrase>-)? "(?P<phrase>[^"]*)(?P<end>"|$)
    | (?P<word>\S+)
    """,
    re.VERBOSE,
)
"""One part of a query: a filter, a phrase or a word. A name that is not a plain word can be in
quotes; without them it is a filter only if such a field exists."""
_PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")
_NOT_WORD = re.compile(r"-[^\W\d_]+(?:[-'’][^\W\d_]+)*")
"""An excluded word; not an id that happens to start with a dash."""
_OPERATOR = re.compile(r"(?:>=|<=|>|<)")
_MORE = re.compile(r'\s+[^\s"]+')
_MOST_MORE = 6
"""Maximum number of words after a filter that may belong to it: ``published:>a week ago``."""
_VALUE = re.compile(r'"((?:[^"]|"")*)("?)|([^,"]+)')
"""A value of a filter: in quotes, with a quote inside doubled; or up to a comma."""


_NAMED = 6
"""Number of short names to list when none is similar."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value a filter accepts."""

    text: str
    quoted: bool = False
    """Whether it is in quotes, including the closing one; without that it may be incomplete."""
    range: Range | None = None
    """The days, seconds or number, for filters with ranges."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement, or exclusion."""

    kind: Literal["field", "has", "body", "phrase", "changed", "confirmed", "proposal"]
    field: str = ""
    operator: str = ""
    """``>``, ``<``, ``>=`` or ``<=``; empty for a value that must match."""
    values: tuple[Wanted, ...] = ()
    """Accepted values; if there are none, the field must be empty."""
    negated: bool = False
    measure: Kind | None = None
    """How to read the field's values; None for text."""
    loose: bool = False
    """Whether equal text also matches, for undeclared fields."""
    counted: bool = False
    """Whether numbers are compared as numbers, for undeclared fields."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query's fuzzy words and its exact conditions."""

    words: str
    conditions: tuple[Condition, ...]
    lit: str = ""
    """The typed text without multi-word days and lengths, for highlighting."""


def parse_query(
    text: str,
    shorts: Mapping[str, str],
    fields: Collection[str],
    kinds: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Query:
    """Parse a query; ``fields`` are the full names of fields for filters.

    ``kinds`` are the schema's. A short name that is also a field's name is kept, because its
    meaning differs between sources. Raises QueryError when a filter's name or value is invalid.
    """
    known = _Known(shorts, fields, kinds or {}, today or date.today())
    plain: list[str] = []
    conditions: list[Condition] = []
    lit: list[str] = []
    for part, value, end in _parts(text, known):
        if end == part.end():
            lit.append(part[0])
        is_begun = end == len(text) and part["name"] is not None
        if is_begun and known.is_special(part["name"]) and not values_of(value.lstrip("<>=")):
            # Still being typed.
            continue
        if part["name"] is not None:
            condition = _filter(part, value, known)
            if condition is None and part["name"].startswith('"'):
                wanted = Wanted(name_of(part), quoted=True)
                conditions.append(_phrase(wanted, negated=bool(part["minus"])))
                plain += [part["value"]] if part["value"] else []
            elif condition is None:
                plain.append(part[0])
            else:
                conditions.append(condition)
        elif part["phrase"] is not None:
            if part["phrase"].strip():
                wanted = Wanted(part["phrase"], bool(part["end"]))
                conditions.append(_phrase(wanted, negated=bool(part["not_phrase"])))
        elif _NOT_WORD.fullmatch(part["word"]):
            conditions.append(_phrase(Wanted(part["word"][1:]), negated=True))
        else:
            plain.append(part["word"])
    return Query(" ".join(plain), tuple(conditions), " ".join(lit))


@dataclass(frozen=True, slots=True)
class _Known:
    """The fields that a query can name, and today's date."""

    shorts: Mapping[str, str]
    fields: Collection[str]
    kinds: Mapping[str, str]
    today: date

    def field(self, name: str, value: str) -> str | None:
        """The full name of a field; before a value, case is ignored."""
        field = _field_of(name, self.shorts, self.fields)
        return field or (_field_of(name.lower(), self.shorts, self.fields) if value else None)

    def is_special(self, field: str) -> bool:
        """Whether a name is a built-in filter and not a field of the schema."""
        kind = self.kinds.get(field)
        if field == CONFIRMED:
            return kind == CONFIRMED or (kind is None and field not in self.fields)
        if field == PROPOSAL:
            return kind is None and field not in self.fields
        return field in SPECIAL and kind is None

    def measure(self, field: str | None) -> Measure | None:
        """How to measure a field's values; None for text."""
        kind = kind_of(field or "", self.kinds)
        return Measure(kind, self.today) if kind else None

    def measures(self, field: str | None) -> list[Measure]:
        """The possible measures; all of them for an undeclared field."""
        if field is None or field in self.kinds or field in (*SPECIAL, *FILE_NAMES):
            return list(filter(None, [self.measure(field)]))
        return [Measure(kind, self.today) for kind in KINDS]


def _parts(text: str, known: _Known) -> Iterator[tuple[re.Match[str], str, int]]:
    """The parts of a query, each with its value and end.

    Words after a filter belong to it if together they make a day or length of time.
    """
    end = 0
    while part := PART.search(text, end):
        value, end = part["value"], part.end()
        if value and (measures := known.measures(known.field(name_of(part), value))):
            begin = part.start("value")
            end = max(_end_of_range(text, begin, end, measure) for measure in measures)
            value = text[begin:end]
        yield part, value, end


def _end_of_range(text: str, begin: int, end: int, measure: Measure) -> int:
    ends = [end]
    while len(ends) <= _MOST_MORE and (more := _MORE.match(text, ends[-1])):
        ends.append(more.end())
    for longer in reversed(ends):
        operator, values = _taken_apart(text[begin:longer], measure)
        if values and all(measure.read(value.text, operator) for value in values):
            return longer
    return end


def _taken_apart(value: str, measure: Measure | None) -> tuple[str, tuple[Wanted, ...]]:
    """A filter's operator and values."""
    operator = match[0] if (match := _OPERATOR.match(value)) else ""
    rest = value[len(operator) :]
    if measure and ", " in rest and measure.read(rest, operator):
        # The comma in March 4, 2026.
        return operator, (Wanted(rest),)
    return operator, values_of(rest)


def _phrase(wanted: Wanted, negated: bool) -> Condition:
    return Condition("phrase", values=(wanted,), negated=negated)


def _filter(part: re.Match[str], value: str, known: _Known) -> Condition | None:
    """The condition for ``name:value``, or None when it is only text with a colon."""
    name, negated = name_of(part), bool(part["minus"])
    field = known.field(name, value)
    if field is None:
        if _looks_like_words(name, value) or is_odd_name(part["name"]):
            return None
        raise QueryError(_unknown(name, known.shorts, known.fields))
    measure = known.measure(field)
    operator, values = _taken_apart(value, measure)
    counted = known.kinds.get(field, "choice") in ("choice", "list")
    condition = Condition("field", field, operator, values, negated, counted=counted)
    if values and measure:
        return _measured(condition, name, measure, known.kinds)
    if operator:
        return _compared(condition, name, known)
    if known.is_special(field) and not values:
        return None
    if field == CONFIRMED and known.is_special(field):
        fields = _named_fields(f"{CONFIRMED}:", values, known.shorts, known.fields)
        return replace(condition, kind="confirmed", values=fields)
    if field == PROPOSAL and known.is_special(field):
        fields = _named_fields(f"{PROPOSAL}:", values, known.shorts, known.fields)
        return replace(condition, kind="proposal", values=fields)
    if field == "has":
        return _has(values, known.shorts, known.fields, negated)
    return replace(condition, kind="body") if field == "body" else _loosely(condition, known)


def name_of(part: re.Match[str]) -> str:
    """The filter name of a part, without quotes."""
    name = part["name"]
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def is_odd_name(written: str) -> bool:
    """Whether a name counts as a filter only if such a field exists."""
    return not written.startswith('"') and not _PLAIN_NAME.fullmatch(written)


def written_name(name: str) -> str:
    """A field's name as written before the colon of a query."""
    if _PLAIN_NAME.fullmatch(name) or not re.search(r'[\s":]', name):
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def values_of(text: str) -> tuple[Wanted, ...]:
    """The values of a filter, separated by commas outside quotes."""
    return tuple(
        Wanted(q.replace('""', '"') or w, bool(q and end))
        for q, end, w in _VALUE.findall(text)
        if q or w
    )


def quoted_value(text: str) -> str:
    """A value of a filter in quotes."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _field_of(name: str, shorts: Mapping[str, str], fields: Collection[str]) -> str | None:
    if name in shorts and name not in fields:
        return shorts[name]
    if name.isascii() or name in fields:
        return name if name in fields or name in SPECIAL else None
    wanted = one_form(name)
    return next((field for field in fields if one_form(field) == wanted), None)


def _looks_like_words(name: str, value: str) -> bool:
    """Whether ``name:value`` is a URL, a path or part of a title, and not a filter."""
    return not value or value[0] in "/:\\" or len(name) < 2 or name != name.lower()


def _measured(
    condition: Condition, name: str, measure: Measure, kinds: Mapping[str, str]
) -> Condition:
    """The condition of a filter for days, lengths of time or numbers."""
    condition = _ranged(condition, measure)
    unread = [value.text for value in condition.values if value.range is None]
    if unread or (condition.operator and len(condition.values) > 1):
        raise QueryError(measure.refusal(name, condition.operator, *unread[:1]))
    is_field = condition.field != CHANGED or CHANGED in kinds
    return condition if is_field else replace(condition, kind="changed")


def _ranged(condition: Condition, measure: Measure) -> Condition:
    values = condition.values
    ranges = (measure.read(value.text, condition.operator) for value in values)
    ranged = tuple(replace(value, range=found) for value, found in zip(values, ranges, strict=True))
    return replace(condition, values=ranged, measure=measure.kind)


def _compared(condition: Condition, name: str, known: _Known) -> Condition:
    """The condition of an operator on an undeclared field."""
    field, values = condition.field, condition.values
    if not values and field not in SPECIAL:
        # Still being typed.
        return Condition("has", values=(Wanted(field),), negated=condition.negated)
    measures = [Measure(kind, known.today) for kind in KINDS]
    for measure in measures if field not in SPECIAL and len(values) == 1 else ():
        if measure.read(values[0].text, condition.operator):
            return _ranged(condition, measure)
    raise QueryError(measures[0].refusal(name, condition.operator))


def _loosely(condition: Condition, known: _Known) -> Condition:
    """The condition; in undeclared fields, a day matches any form of it."""
    if condition.field in FILE_NAMES:
        return condition
    for kind in KINDS if condition.field not in known.kinds else ():
        ranged = _ranged(condition, Measure(kind, known.today))
        is_meant = kind == "date" or any(TO in value.text for value in condition.values)
        if is_meant and any(value.range for value in ranged.values):
            return replace(ranged, loose=True)
    return condition


def _has(
    values: tuple[Wanted, ...], shorts: Mapping[str, str], fields: Collection[str], negated: bool
) -> Condition:
    return Condition(
        "has", values=_named_fields("has:", values, shorts, fields, STATES), negated=negated
    )


def _named_fields(
    filter: str,
    values: Iterable[Wanted],
    shorts: Mapping[str, str],
    fields: Collection[str],
    others: Collection[str] = (),
) -> tuple[Wanted, ...]:
    """The fields, or ``others``, that the values of a filter name. Raises QueryError."""
    resolved = []
    for value in values:
        if value.text in others:
            resolved.append(value)
            continue
        field = _field_of(value.text, shorts, fields)
        if field is None or (field in SPECIAL and field not in fields):
            meant = near(value.text, {*shorts, *fields, *others})
            raise QueryError(
                f'"{filter}{short(value.text)}": {short(value.text)} is not a field'
                + (f"; did you mean {' or '.join(filter + n for n in meant)} ?" if meant else ".")
            )
        resolved.append(Wanted(field))
    return tuple(resolved)


def _unknown(name: str, shorts: Mapping[str, str], fields: Collection[str]) -> str:
    meant = near(name, {*shorts, *fields, *SPECIAL})
    if meant:
        return (
            f'"{short(name)}:" is not a field; did you mean '
            f"{' or '.join(f'{written_name(n)}:' for n in meant)} ?"
        )
    some = [brief for brief, field in shorts.items() if brief != field][:_NAMED]
    known = ", ".join(f"{name}:" for name in (*some, *SPECIAL))
    return f'"{short(name)}:" is not a field; try {known}.'


def near(name: str, known: Collection[str]) -> list[str]:
    """Up to three known names similar to a typed one, most similar first."""
    wanted = name.lower()
    ranked = []
    for candidate in known:
        distance = OSA.distance(wanted, candidate)
        if candidate.startswith(wanted) or wanted in candidate.split("_"):
            distance = min(distance, 1)
        if distance <= max(1, min(len(wanted), len(candidate)) // 2):
            ranked.append((distance, candidate))
    best = min(ranked, default=(0, ""))[0]
    return [candidate for distance, candidate in sorted(ranked) if distance <= best + 1][:3]
