"""What a typed text means, by the kind of the field it is typed for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.triage.conftest import Make
from tui.days import written_day
from tui.errors import ValueRefused
from tui.triage.fields import list_items, read_date, read_value, web_address
from tui.triage.schema import Schema


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "a: b", "a: b"),
        ("title", "2026-01-01", "2026-01-01"),
        ("title", "no", "no"),
        ("title", " spaced ", " spaced "),
        ("synopsis", "two\nlines", "two\nlines"),
        ("creator", "", None),
        ("signal_tier", "noise", "noise"),
        ("signal_tier", "str", "strategic"),
        ("signal_tier", " P", "paradigm"),
        ("signal_tier", "", None),
        ("notebooklm_category", "claude-code", "claude-code"),
        ("notebooklm_category", "something-new", "something-new"),
        ("has_transcript", "yes", True),
        ("has_transcript", "No", False),
        ("has_transcript", "1", True),
        ("has_transcript", "", None),
        ("date_published", "2026-02-28", date(2026, 2, 28)),
        ("date_published", "20251128", date(2025, 11, 28)),
        ("date_published", "Feb 15, 2026", date(2026, 2, 15)),
        ("date_published", "February 15, 2026", date(2026, 2, 15)),
        ("date_published", "2026/2/3", date(2026, 2, 3)),
        ("date_published", "3.2.2026", date(2026, 2, 3)),
        ("date_published", "", None),
        ("url", " https://a.b/c?d=e#f ", "https://a.b/c?d=e#f"),
        ("url", "http://a", "http://a"),
        ("url", "", None),
        ("topics", "a, b c ,, d", ("a", "b c", "d")),
        ("topics", "[a, 'b, c', 2026-01-01, no]", ("a", "b, c", date(2026, 1, 1), False)),
        ("topics", "[]", ()),
        ("topics", "", ()),
        ("key_insights", "first, second: third", ("first, second: third",)),
        ("key_insights", "[one, two]", ("one", "two")),
        ("key_insights", "  ", ()),
    ],
)
def test_a_text_is_read_by_the_kind_of_its_field(
    schema: Schema, field: str, text: str, value: Any
) -> None:
    found = read_value(schema, field, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (
            "signal_tier",
            "great",
            "“great” is not a value of signal_tier; use paradigm, strategic, tactical",
        ),
        ("signal_tier", "  ", "needs a word or two"),
        ("platform", "p", "“p” is not a value"),
        ("notebooklm_category", "two\nlines", "needs a word or two"),
        ("has_transcript", "maybe", "“maybe” is neither yes nor no"),
        ("date_published", "2026-02-30", "“2026-02-30” is not a date; write one such as"),
        ("date_published", "soon", "is not a date"),
        ("date_published", "january", "“january” is several days"),
        ("duration", "soon", "is not a length of time; write one such as 44m"),
        ("date_published", "2026115", "is not a date"),
        ("date_published", "26-01-01", "is not a date"),
        ("url", "internal", "“internal” is not a web address; it does not begin"),
        ("url", "ftp://a.b", "https"),
        ("url", "https://", "https"),
        ("url", "https://a b", "https"),
        ("url", "https://a.b/\x1b]0;x\x07", "https"),
        ("url", "javascript:alert(1)", "https"),
        ("url", "https://[", "https"),
        ("topics", "[a", "is not a list"),
        ("topics", "[&a [*a]]", "is not a list"),
        ("topics", "[" * 5000, "is not a list"),
        ("topics", "[a]\nb: 1", "is not a list"),
    ],
    ids=lambda value: value[:20],
)
def test_a_text_that_does_not_fit_is_refused_with_what_would(
    schema: Schema, field: str, text: str, reason: str
) -> None:
    with pytest.raises(ValueRefused, match=reason):
        read_value(schema, field, text)


@pytest.mark.parametrize(
    ("text", "old", "value"),
    [
        ("words", None, "words"),
        ("5", None, "5"),
        ("", "old", None),
        ("", ["old"], ()),
        ("a, b", ["old"], ("a", "b")),
        ("yes", False, True),
        ("maybe", False, "maybe"),
        ("7", 5, 7),
        ("-7", 5, -7),
        ("seven", 5, "seven"),
        ("4.5", 3.5, 4.5),
        ("4", 3.5, 4.0),
        ("1e999", 3.5, "1e999"),
        ("nan", 3.5, "nan"),
        ("2026-02-28", date(2026, 1, 1), date(2026, 2, 28)),
        ("soon", date(2026, 1, 1), "soon"),
        ("2026-02-28", "text", "2026-02-28"),
        ("2026-02-28", datetime(2026, 1, 1, 5), datetime(2026, 2, 28, 5)),
    ],
)
def test_a_field_nobody_knows_keeps_the_type_it_has(
    schema: Schema, text: str, old: Any, value: Any
) -> None:
    found = read_value(schema, "rating", text, old)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "old", "value"),
    [
        ("44m 31s", None, "44m 31s"),
        ("1:02:33", 3753, "1:02:33"),
        ("2671", 1800, 2671),
        ("2671", "44m", "2671"),
        ("", "44m", None),
    ],
)
def test_a_length_of_time_keeps_its_form(schema: Schema, text: str, old: Any, value: Any) -> None:
    assert read_value(schema, "duration", text, old) == value


def test_today_is_a_date(schema: Schema) -> None:
    assert read_date("date_published", "Today") == date.today()


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2026, 1, 2, 3), date(2026, 1, 2)),
        (date(2026, 1, 2), date(2026, 1, 2)),
        (20260102, date(2026, 1, 2)),
        ("2026-01-02", date(2026, 1, 2)),
        (None, None),
        ("", None),
        (2026, None),
        ([1], None),
    ],
)
def test_the_dates_of_real_headers_are_understood(value: object, day: date | None) -> None:
    assert written_day(value) == day


def test_a_list_field_holds_its_items_as_yaml_read_them(make: Make) -> None:
    assert list_items(make(topics=["a", 1, None]), "topics") == ("a", 1, None)
    assert list_items(make(topics="one"), "topics") == ("one",)
    assert list_items(make(topics=""), "topics") == ()
    assert list_items(make(topics=None), "topics") == ()
    assert list_items(make(), "topics") == ()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.b/c", "https://a.b/c"),
        ("internal", None),
        ("file:///etc/passwd", None),
        (None, None),
        (["https://a.b"], None),
    ],
)
def test_only_web_addresses_are_opened(make: Make, url: Any, address: str | None) -> None:
    assert web_address(make(url=url)) == address
