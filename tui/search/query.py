"""What was typed into the search bar, taken apart into words and conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from tui.display import short
from tui.errors import QueryError
from tui.search.dates import read_span

SPECIAL = ("has", "body")
"""Filter names that are no fields."""
STATES = ("problem", "duplicate", "doubt")
"""What ``has:`` asks of a source as a whole and not of a field."""

PART = re.compile(
    r"""
      (?P<minus>-)? (?P<name>[^\W\d][\w-]*) : (?P<value>(?:"[^"]*(?:"|$)|[^\s"])*)
    | (?P<not_phrase>-)? "(?P<phrase>[^"]*)(?:"|$)
    | (?P<word>\S+)
    """,
    re.VERBOSE,
)
"""One part of a query: a filter, a phrase or a word."""
_NOT_WORD = re.compile(r"-[^\W\d_]+(?:[-'’][^\W\d_]+)*")
"""A word to do without; an id that happens to begin with a dash is none."""
_OPERATOR = re.compile(r"(?:>=|<=|>|<)")
_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')


_NAMED = 6
"""Short names that are named when none is like the one typed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value a filter accepts."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a source must be, or must not be."""

    kind: Literal["field", "has", "body", "phrase"]
    field: str = ""
    operator: str = ""
    """``>``, ``<``, ``>=`` or ``<=``; empty for a value that must match."""
    values: tuple[Wanted, ...] = ()
    """Any of them will do; none at all means the field must be empty."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query's words, which are fuzzy, and its conditions, which are not."""

    words: str
    conditions: tuple[Condition, ...]


def parse_query(text: str, shorts: Mapping[str, str], fields: Collection[str]) -> Query:
    """The query ``text`` means; ``fields`` are the full names that may be filtered by.

    Raises QueryError when a filter's name or value cannot be meant.
    """
    plain: list[str] = []
    conditions: list[Condition] = []
    for part in PART.finditer(text):
        if part["name"] in SPECIAL and part.end() == len(text) and not values_of(part["value"]):
            # Still being typed: it says nothing yet.
            continue
        if part["name"] is not None:
            condition = _filter(part, shorts, fields)
            if condition is None:
                plain.append(part[0])
            else:
                conditions.append(condition)
        elif part["phrase"] is not None:
            if part["phrase"].strip():
                conditions.append(_phrase(part["phrase"], negated=bool(part["not_phrase"])))
        elif _NOT_WORD.fullmatch(part["word"]):
            conditions.append(_phrase(part["word"][1:], negated=True))
        else:
            plain.append(part["word"])
    return Query(" ".join(plain), tuple(conditions))


def _phrase(text: str, negated: bool) -> Condition:
    return Condition("phrase", values=(Wanted(text),), negated=negated)


def _filter(
    part: re.Match[str], shorts: Mapping[str, str], fields: Collection[str]
) -> Condition | None:
    """The condition of one ``name:value``, or None when it is only words with a colon."""
    name, value = part["name"], part["value"]
    negated = bool(part["minus"])
    field = _field_of(name, shorts, fields)
    if field is None and value:
        field = _field_of(name.lower(), shorts, fields)
    if field is None:
        if _looks_like_words(name, value):
            return None
        raise QueryError(_unknown(name, shorts, fields))
    operator = _OPERATOR.match(value)
    rest = value[operator.end() :] if operator else value
    values = values_of(rest)
    if operator:
        return _comparison(name, field, operator[0], values, negated)
    if field in SPECIAL and not values:
        return None
    if field == "has":
        return _has(values, shorts, fields, negated)
    return Condition("body" if field == "body" else "field", field, "", values, negated)


def values_of(text: str) -> tuple[Wanted, ...]:
    """The values of a filter, which commas part and quotes hold together."""
    return tuple(Wanted(q or w, bool(q)) for q, w in _VALUE.findall(text) if q or w)


def _field_of(name: str, shorts: Mapping[str, str], fields: Collection[str]) -> str | None:
    if name in shorts:
        return shorts[name]
    return name if name in fields or name in SPECIAL else None


def _looks_like_words(name: str, value: str) -> bool:
    """Whether ``name:value`` is a URL, a path, a title's colon: no filter was meant."""
    return not value or value[0] in "/:\\" or len(name) < 2 or name != name.lower()


def _comparison(
    name: str, field: str, operator: str, values: tuple[Wanted, ...], negated: bool
) -> Condition | None:
    if not values and field not in SPECIAL:
        # Still being typed: it asks for a date as yet.
        return Condition("has", values=(Wanted(field),), negated=negated)
    if field in SPECIAL or len(values) > 1 or read_span(values[0].text) is None:
        raise QueryError(
            f'"{name}:{operator}" wants one date, such as {name}:{operator}2026-01 '
            f"or {name}:{operator}2026-01-31."
        )
    return Condition("field", field, operator, values, negated)


def _has(
    values: tuple[Wanted, ...], shorts: Mapping[str, str], fields: Collection[str], negated: bool
) -> Condition:
    resolved = []
    for value in values:
        if value.text in STATES:
            resolved.append(value)
            continue
        field = _field_of(value.text, shorts, fields)
        if field is None or field in SPECIAL:
            meant = near(value.text, {*shorts, *fields, *STATES})
            raise QueryError(
                f'"has:{short(value.text)}": {short(value.text)} is not a field'
                + (f"; did you mean {' or '.join(f'has:{n}' for n in meant)} ?" if meant else ".")
            )
        resolved.append(Wanted(field))
    return Condition("has", values=tuple(resolved), negated=negated)


def _unknown(name: str, shorts: Mapping[str, str], fields: Collection[str]) -> str:
    meant = near(name, {*shorts, *fields, *SPECIAL})
    if meant:
        return (
            f'"{short(name)}:" is not a field; did you mean {" or ".join(f"{n}:" for n in meant)} ?'
        )
    some = [brief for brief, field in shorts.items() if brief != field][:_NAMED]
    known = ", ".join(f"{name}:" for name in (*some, *SPECIAL))
    return f'"{short(name)}:" is not a field; some that are: {known}.'


def near(name: str, known: Collection[str]) -> list[str]:
    """Up to three known names a typed one may have been meant as, nearest first."""
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
