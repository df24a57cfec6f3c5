"""Test sources against a query's conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from tui.display import clean
from tui.links import name_of
from tui.numbers import is_odd, written_number
from tui.search.bodies import Bodies
from tui.search.changed import Changed, NoChanges
from tui.search.duplicate_finder import DuplicateFinder, NoDuplicates
from tui.search.fold import WORD, fold, hangs_together, in_a_row, spaced
from tui.search.query import CONFIRMED, PROPOSAL, Condition, Wanted
from tui.search.ranges import READERS, Range, lies
from tui.vault.header.typed import text_of
from tui.vault.source import Source, comma_items, one_form

Test = Callable[[Source], bool]
FieldsOf = Callable[[Source], Collection[str]]
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def _nothing(_source: Source) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Context:
    """Data for conditions beyond a source's fields."""

    problem_of: Callable[[Source], str | None]
    bodies: Bodies
    insights_field: str
    text_fields: tuple[str, ...]
    """The fields to search for exact phrases, in addition to the displayed title."""
    is_doubtful: Callable[[Source], bool] = lambda _source: False
    """Whether a source's category looks wrong compared with the others'."""
    duplicates: DuplicateFinder = field(default_factory=NoDuplicates)
    changed: Changed = field(default_factory=NoChanges)
    """The days on which sources were changed."""
    address_fields: frozenset[str] = frozenset()
    """The fields that only count as filled by a web address."""
    shorts: Mapping[str, str] = field(default_factory=dict)
    """Short names to full ones; a source's own field of that name comes first."""
    status_field: str = ""
    status_in: Callable[[Any], str] = text_of
    """The status for a header's value; an empty value also has one."""
    lists: frozenset[str] = frozenset()
    """The fields where comma-separated text is a list."""
    confirmed: Callable[[], FieldsOf] | None = lambda: _nothing
    """Gives the function for the fields of a source that a person confirmed; None where
    ``confirmed`` is another field of the schema."""
    proposed: Callable[[], FieldsOf] | None = lambda: _nothing
    """Gives the function for the fields of a source for which somebody proposes a value; None
    where ``proposal`` is a field of the schema."""
    names: Mapping[str, Callable[[Source], Iterable[str]]] = field(default_factory=dict)
    """For fields of names: gives those of a source. A name in quotes is the whole name."""
    is_snoozed: Callable[[Source], bool] | None = lambda _source: False
    """Whether a source is snoozed now; None where ``snoozed`` is a field of the schema."""


def build_test(conditions: Iterable[Condition], world: Context) -> Test:
    """A test for all conditions; those that read a file come last."""
    tests = [
        _negated(test) if condition.negated and condition.kind != "body" else test
        for condition in sorted(conditions, key=lambda c: (c.kind == "body", c.kind == "phrase"))
        for test in [_test(condition, world)]
    ]
    if len(tests) == 1:
        return tests[0]
    return lambda source: all(test(source) for test in tests)


def _remembering(test: Test) -> Test:
    """The same test, cached by source while the user types on."""
    known: dict[str, tuple[Source, bool]] = {}

    def remembered(source: Source) -> bool:
        entry = known.get(source.name)
        if entry is None or entry[0] is not source:
            entry = known[source.name] = source, test(source)
        return entry[1]

    return remembered


def _negated(test: Test) -> Test:
    return lambda source: not test(source)


def _test(condition: Condition, world: Context) -> Test:
    match condition.kind:
        case "has":
            return _has(condition.values, world)
        case "body":
            # An unread body neither contains nor lacks a word.
            texts = [value.text for value in condition.values]
            return world.bodies.test(texts, negated=condition.negated)
        case "phrase":
            return _remembering(_phrase(condition.values[0], world))
        case "changed":
            is_meant = _lies(condition)
            names = world.changed.names(lambda day: is_meant((day, day)))
            return lambda source: source.name in names
        case "confirmed":
            fields_of = world.confirmed() if world.confirmed else _nothing
            asked = {value.text for value in condition.values}
            return lambda source: not asked.isdisjoint(fields_of(source))

        case "proposal":
            proposed_of = world.proposed() if world.proposed else _nothing
            wanted = {value.text for value in condition.values}
            return lambda source: not wanted.isdisjoint(proposed_of(source))

    def of_field(field: str) -> Test:
        if not condition.values:
            return lambda source: not is_filled(source, field)
        meant = replace(condition, field=field)
        if field in world.names and any(value.quoted for value in condition.values):
            return _any_name(meant, world)
        return _any_range(meant) if condition.measure else _any_value(meant, world)

    return _by_name(condition.field, world, of_field)


def _by_name(name: str, world: Context, of_field: Callable[[str], Test]) -> Test:
    """The test for the field of a name, which may differ between sources."""
    full = world.shorts.get(name, name)
    if full == name:
        return of_field(name)
    exact, other = of_field(name), of_field(full)
    return lambda source: (exact if name in source.fields else other)(source)


def is_filled(source: Source, field: str) -> bool:
    """Whether the source's header has a value in that field."""
    return any(text.strip() for text in texts_of(source, field))


def texts_of(source: Source, field: str) -> tuple[str, ...]:
    """A field's values as text; ``stem`` and ``path`` are the file's."""
    if field == "stem":
        return (source.stem,)
    if field == "path":
        return (source.name,)
    return source.items(field if field.isascii() else source.key(field))


def held(source: Source, field: str) -> Any:
    """The source's value of a field, whatever the Unicode form of its name."""
    return source.value(field if field.isascii() else source.key(field))


def _has(values: tuple[Wanted, ...], world: Context) -> Test:
    tests = [_has_one(value.text, world) for value in values]
    if len(tests) == 1:
        return tests[0]
    return lambda source: any(test(source) for test in tests)


def _has_one(wanted: str, world: Context) -> Test:
    if wanted == "problem":
        return lambda source: world.problem_of(source) is not None
    if wanted == "doubt":
        return world.is_doubtful
    if wanted == "duplicate":
        return world.duplicates.has
    if wanted == CONFIRMED and world.confirmed is not None:
        fields_of = world.confirmed()
        return lambda source: bool(fields_of(source))
    if wanted == PROPOSAL and world.proposed is not None:
        proposed_of = world.proposed()
        return lambda source: bool(proposed_of(source))
    if wanted == "snoozed" and world.is_snoozed is not None:
        return world.is_snoozed
    return _by_name(wanted, world, lambda field: _holds(field, world))


def _holds(field: str, world: Context) -> Test:
    if field in world.address_fields:
        return lambda source: _is_address(source.value(field))
    return lambda source: is_filled(source, field)


def _is_address(value: object) -> bool:
    text = value.strip() if isinstance(value, str) else ""
    return _ADDRESS.fullmatch(text) is not None and clean(text) == text


def asks_the_journal(condition: Condition) -> bool:
    """Whether the answer depends on the undo journal."""
    return condition.kind in ("changed", "confirmed") or (
        condition.kind == "has" and any(value.text == CONFIRMED for value in condition.values)
    )


def asks_for_proposals(condition: Condition) -> bool:
    """Whether the answer depends on what is proposed."""
    return condition.kind == "proposal" or (
        condition.kind == "has" and any(value.text == PROPOSAL for value in condition.values)
    )


def asks_for_duplicates(conditions: Iterable[Condition]) -> bool:
    """Whether any condition asks for duplicates."""
    return any(
        condition.kind == "has" and any(value.text == "duplicate" for value in condition.values)
        for condition in conditions
    )


def _phrase(phrase: Wanted, world: Context) -> Test:
    raw = fold(phrase.text).strip()
    parts = WORD.findall(raw)
    stands = in_a_row(phrase.text, whole=phrase.quoted).search if parts else None
    fields = dict.fromkeys((*world.text_fields, world.insights_field))

    def test(source: Source) -> bool:
        texts = [source.title, source.heading]
        for name in fields:
            texts += texts_of(source, name)
        folded = fold("\n".join(texts))
        if not all(part in folded for part in parts or [raw]):
            return False
        return stands is None or stands(folded) is not None

    return test


def _lies(condition: Condition) -> Callable[[Range], bool]:
    ranges = [value.range for value in condition.values if value.range is not None]
    return lies(condition.operator, ranges)


def _any_range(condition: Condition) -> Test:
    """A test whether a field's day, length of time or number is in range.

    Other values are compared as text, but not with operators.
    """
    field, loose, as_text = condition.field, condition.loose, not condition.operator
    read, is_meant = READERS[condition.measure or "date"], _lies(condition)
    accepted, counts = _accepting(condition.values), _counting(condition)
    has_days = condition.measure == "date"

    def fits(value: Any) -> bool:
        if counts is not None and type(value) in (int, float):
            is_day = has_days and value >= _FIRST_MONTH and read(value) is not None
            if not is_day:
                return counts((value, value))
        held = read(value)
        if held is not None:
            if is_meant(held):
                return True
            if not loose:
                return False
        return as_text and isinstance(value, str | int | float | date) and accepted(str(value))

    def test(source: Source) -> bool:
        value = held(source, field)
        return any(map(fits, value)) if isinstance(value, list | tuple) else fits(value)

    return test


_FIRST_MONTH = 190001
"""Numbers from here may be a day or month; smaller ones that look like a year stay numbers."""


def _counting(condition: Condition) -> Callable[[Range], bool] | None:
    """The test for a number; None when it is compared as text or as a day."""
    numbers = [written_number(value.text) for value in condition.values if not value.quoted]
    meant = [(number, number) for number in numbers if number is not None]
    if not condition.counted or not meant or len(meant) < len(condition.values):
        return None
    # `3.10` matches only text typed like that, not 3.1.
    if not condition.operator and any(is_odd(value.text) for value in condition.values):
        return None
    return lies(condition.operator, meant)


def _any_value(condition: Condition, world: Context) -> Test:
    field, counts = condition.field, _counting(condition)
    is_status = field == world.status_field
    accepted = _accepting(condition.values, world.status_in if is_status else None)

    def fits(value: Any) -> bool:
        if counts is not None and type(value) in (int, float):
            return counts((value, value))
        return accepted(text_of(value))

    def accepted_item(text: str) -> bool:
        return any(map(accepted, comma_items(text)))

    accepted_text = accepted_item if field in world.lists else accepted

    def test(source: Source) -> bool:
        value = held(source, field)
        if not value and field == (source.rule.names.title or "title"):
            # What it is called instead.
            return accepted(source.title)
        if isinstance(value, str):
            return accepted_text(value)
        if is_status and accepted(world.status_in(value)):
            return True
        if isinstance(value, list):
            return any(map(fits, value))
        if counts is not None and value is not None:
            return fits(value)
        return any(accepted(text) for text in texts_of(source, field))

    return test


def _any_name(condition: Condition, world: Context) -> Test:
    """A test where values in quotes are whole names, in any case."""
    names_of = world.names[condition.field]
    whole = {_as_name(value.text) for value in condition.values if value.quoted}
    begun = tuple(value for value in condition.values if not value.quoted)
    other = _any_value(replace(condition, values=begun), world) if begun else None

    def test(source: Source) -> bool:
        if any(_as_name(name) in whole for name in names_of(source)):
            return True
        return other is not None and other(source)

    return test


@lru_cache(maxsize=4096)  # thousands of sources share a few names
def _as_name(text: str) -> str:
    return " ".join(one_form(text).casefold().split())


def _accepting(
    values: tuple[Wanted, ...], status_in: Callable[[Any], str] | None = None
) -> Callable[[str], bool]:
    """A test whether any value accepts a text, or the status it stands for."""
    tests = [_value_test(value) for value in values]
    flags = {_FLAGS.get(value.text.lower()) for value in values if not value.quoted} - {None}

    @lru_cache(maxsize=4096)  # thousands of sources share a few values
    def accepted(text: str) -> bool:
        folded = fold(status_in(text) if status_in else name_of(text)).strip()
        if any(fits(folded) for fits in tests) or _FLAGS.get(folded) in flags:
            return True
        # Also by the folder of a link, and by what it is called where it is.
        return text[:2] == "[[" and any(fits(fold(text)) for fits in tests)

    return accepted


_FLAGS = dict.fromkeys(("yes", "true", "on", "y"), True) | dict.fromkeys(
    ("no", "false", "off", "n"), False
)
"""The words for yes and no; each finds the others."""


def accepts(wanted: Wanted, text: str) -> bool:
    """Whether a filter's value accepts a field with this text."""
    return _value_test(wanted)(fold(text))


def _value_test(wanted: Wanted) -> Callable[[str], bool]:
    """A test for a folded text with one filter value.

    A single word, such as a status or platform, or one of its parts must start with it: ``x``
    does not match ``arxiv``, ``agents`` matches ``ai-agents``. Running text may contain it
    anywhere.
    """
    needle = fold(name_of(wanted.text).removeprefix("[[")).strip()
    at_start = re.compile(rf"(?<![^\W_]){re.escape(needle)}")
    if hangs_together(needle):
        return lambda text: needle in text
    whole = wanted.quoted and WORD.search(needle) is not None
    stands = in_a_row(needle, whole=True).search if whole else None
    if " " in needle and stands is None:
        several = spaced(needle)
        return lambda text: several in spaced(text)

    def fits(text: str) -> bool:
        if " " not in needle and not any(character.isspace() for character in text.strip()):
            if wanted.quoted:
                return text == needle
            return at_start.search(text) is not None
        return stands(text) is not None if stands else needle in text

    return fits
