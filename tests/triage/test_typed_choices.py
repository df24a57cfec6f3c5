"""Fields of numbers, and values that a header holds as a number or as yes or no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.triage.test_kept_kinds import put, source_of, written
from tui.checks.report import problem_of
from tui.errors import MoveRefused, SchemaError, ValueRefused
from tui.triage import changes
from tui.triage.schema import Schema, load_schema
from tui.triage.status import status_of

NUMBERS = """
fields:
  rating: {kind: choice, values: [5, 4, 3]}
  stars: {kind: choice, values: ["5", "4"]}
  marks: {kind: choice, values: {5: {glyph: "★"}, 4: {}}}
  price: {kind: number}
  level: {kind: number, values: [1, 2.5]}
  seen: {kind: choice, values: [true, false, later]}
  open: {kind: choice, values: {yes: {}, no: {}, perhaps: {}}}
  worth: {kind: choice, values: {great: {is: 3}, fair: {is: 2}}}
"""
DRAFTS = """
roles: {status: draft}
fields:
  draft: {kind: bool, values: {draft: {is: WORD}, published: {is: OTHER}}, absent: published}
flow: {main: [draft, published], archive: published, moves: {}, stamps: {}, wants: {}}
passes: {first: {meaning: m, find: "", seconds: 5, ask: signal_tier}}
"""


def schema_of(folder: Path, text: str) -> Schema:
    (folder / "sluice.yaml").write_text(text)
    return load_schema(folder)


@pytest.mark.parametrize(
    ("header", "text", "after"),
    [
        ("rating: 4", "5", "rating: 5"),
        ("rating: 4.0", "5", "rating: 5.0"),
        ('rating: "4"', "5", 'rating: "5"'),
        ("rating:", "5", "rating: 5"),
        ("rating: good", "5", "rating: 5"),
        ("rating: 4", "5.0", "rating: 5"),
        ('stars: "4"', "5", 'stars: "5"'),
        ("stars:", "5", 'stars: "5"'),
        ("stars: 4", "5", "stars: 5"),
        ("marks: 4", "5", "marks: 5"),
        ("marks:", "5", "marks: 5"),
        ("price: 4", "3.5", "price: 3.5"),
        ("price:", "0.5", "price: 0.5"),
        ("price: cheap", "7", "price: 7"),
        ('price: "4"', "7", 'price: "7"'),
        ("level: 1", "2.5", "level: 2.5"),
        ("seen: true", "no", "seen: false"),
        ("seen: yes", "false", "seen: no"),
        ("seen:", "yes", "seen: true"),
        ("seen: true", "later", "seen: later"),
        ("open:", "yes", "open: yes"),
        ("open: On", "no", "open: Off"),
        ("open: perhaps", "true", "open: yes"),
        ('open: "no"', "yes", 'open: "yes"'),
        ("worth: 2", "great", "worth: 3"),
        ("worth: 2", "3", "worth: 3"),
    ],
)
def test_a_known_value_is_written_as_the_kind_that_is_there(
    tmp_path: Path, header: str, text: str, after: str
) -> None:
    schema = schema_of(tmp_path, NUMBERS)
    assert put(header, text, header.partition(":")[0], schema) == after


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("price", "cheap", "price: “cheap” is not a number; write one such as 4 or 3.5"),
        ("price", "3,5", "is not a number; write one"),
        ("price", "2026-01-01", "is not a number; write one"),
        ("rating", "6", "“6” is not a value of rating; use 5, 4, 3"),
        ("level", "2", "“2” is not a value of level"),
    ],
)
def test_what_is_no_number_or_none_of_the_values_is_refused(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    with pytest.raises(ValueRefused, match=reason):
        put("a: b", text, name, schema_of(tmp_path, NUMBERS))


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("price: cheap", "price is 'cheap', not a number; write one such as 4 or 3.5"),
        ("price: yes", "price is 'yes', not a number; write one such as 4 or 3.5"),
        ("price: [1]", "price is a list, not a number; write one such as 4 or 3.5"),
        ("price: 4", None),
        ("price: .5", None),
        ('price: "4"', None),
        ("price:", None),
        ("rating: 4", None),
        ("rating: 4.0", None),
        ('rating: "4"', None),
        ("rating: 6", "rating is '6'; use 5, 4, 3"),
        ("stars: 4", None),
        ("seen: no", None),
        ("seen: Off", None),
        ("open: true", None),
        ("worth: 3", None),
        ("worth: 4", "worth is '4'; use great, fair"),
        ("seen: never", "seen is 'never'; use true, false, later"),
    ],
)
def test_a_value_of_another_kind_is_a_problem(
    tmp_path: Path, header: str, problem: str | None
) -> None:
    schema = schema_of(tmp_path, NUMBERS)
    assert problem_of(schema)(source_of(f"id: a\n{header}")) == problem


@pytest.mark.parametrize(
    ("held", "word", "status", "after"),
    [
        ("draft: true", "yes", "draft", "draft: false"),
        ("draft: yes", "true", "draft", "draft: no"),
        ("draft: On", "yes", "draft", "draft: Off"),
        ('draft: "true"', "yes", "draft", 'draft: "false"'),
        ("draft: false", "yes", "published", None),
        ("a: b", "yes", "published", None),
        ("draft:", "yes", "published", None),
    ],
)
def test_a_status_of_yes_and_no_is_moved_in_its_words(
    tmp_path: Path, held: str, word: str, status: str, after: str | None
) -> None:
    other = {"yes": "no", "true": "false"}[word]
    schema = schema_of(tmp_path, DRAFTS.replace("WORD", word).replace("OTHER", other))
    source = source_of(held)
    assert status_of(schema, source) == status
    if after is None:
        with pytest.raises(MoveRefused, match="is published and has no next status"):
            changes.promote(schema, [source], date.today())
        return
    assert written(held, changes.promote(schema, [source], date.today())) == after
    for text in ("no", "false", "published"):
        assert put(held, text, "draft", schema) == after
    assert put(after, "draft", "draft", schema) == held


def test_a_status_of_yes_and_no_is_written_where_there_was_none(tmp_path: Path) -> None:
    schema = schema_of(tmp_path, DRAFTS.replace("WORD", "true").replace("OTHER", "false"))
    assert put("a: b", "yes", "draft", schema) == "a: b\ndraft: true"


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("{kind: number, values: [a, 4]}", "the value a of the field mine must be a number"),
        ("{kind: bool, values: {a: {is: 5}}}", "value a of the field mine must be a yes or no"),
        ("{kind: bool, values: {draft: {}}}", "must be a yes or no; set it with `is`"),
        ("{kind: bool, values: {'a: b': {}}}", "must be a yes or no"),
        ("{values: {a: {is: b}}}", "must be a number or a yes or no"),
        ("{values: [4, 4]}", "must be single values without duplicates"),
        ("{values: [a, [b]]}", "must be single values"),
        ("{values: [a, null]}", "must be single values"),
        ("{values: [a], absent: b}", "absent of the field mine is b, which is not one"),
    ],
)
def test_values_that_make_no_sense_are_reported(tmp_path: Path, field: str, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        schema_of(tmp_path, f"fields: {{mine: {field}}}")
