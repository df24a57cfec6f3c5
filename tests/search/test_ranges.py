"""Filters by days and by lengths of time."""

from datetime import date, datetime, timedelta

import pytest

from tests.search.made import SHORTS, lookup, source, stems
from tui.errors import QueryError
from tui.search.duplicate_finder import NoDuplicates
from tui.search.query import parse_query

WEDNESDAY = date(2026, 3, 4)
FIELDS = ("date_published", "duration", "creator", "rating", "published")
KINDS = {
    "date_published": "date",
    "published": "date",
    "duration": "duration",
    "creator": "text",
    "status": "choice",
}


def read(text):
    return parse_query(text, SHORTS, FIELDS, KINDS, WEDNESDAY)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("query", "words", "operator", "first", "last"),
    [
        ("published:today", "", "", "2026-03-04", "2026-03-04"),
        ("published:TODAY", "", "", "2026-03-04", "2026-03-04"),
        ("published:>-7d", "", ">", "2026-02-25", "2026-02-25"),
        ("published:<=last friday", "", "<=", "2026-02-27", "2026-02-27"),
        ("published:< last friday notes", "notes", "<", "2026-02-27", "2026-02-27"),
        ('published:"last week"', "", "", "2026-02-23", "2026-03-01"),
        ("published:last week", "", "", "2026-02-23", "2026-03-01"),
        ("tides published:last week tables", "tides tables", "", "2026-02-23", "2026-03-01"),
        ("published:a week ago", "", "", "2026-02-25", "2026-02-25"),
        ("published:in 3 days", "", "", "2026-03-07", "2026-03-07"),
        ("published:4 March 2025 tides", "tides", "", "2025-03-04", "2025-03-04"),
        ("published:march 4, 2025", "", "", "2025-03-04", "2025-03-04"),
        ("published:march tides", "tides", "", "2026-03-01", "2026-03-31"),
        ("published:2026 march", "march", "", "2026-01-01", "2026-12-31"),
        ("published:today agents", "agents", "", "2026-03-04", "2026-03-04"),
        ("published:Q4 2025", "", "", "2025-10-01", "2025-12-31"),
        ("published:2026-W05", "", "", "2026-01-26", "2026-02-01"),
        ("published:2026-01-31T10:00+02:00", "", "", "2026-01-31", "2026-01-31"),
        ("published:2026-01-01..2026-01-31", "", "", "2026-01-01", "2026-01-31"),
        ("published:2026-01..2026-02", "", "", "2026-01-01", "2026-02-28"),
        ("published:2026-01..", "", "", "2026-01-01", "9999-12-31"),
        ("published:..2026-02", "", "", "0001-01-01", "2026-02-28"),
        ("published:last monday..today", "", "", "2026-03-02", "2026-03-04"),
        ("published:2026-01 .. last week tides", "tides", "", "2026-01-01", "2026-03-01"),
    ],
)
def test_a_day_is_said_in_a_query_as_in_a_field(query, words, operator, first, last):
    found = read(query)
    (condition,) = found.conditions
    assert found.words == words
    assert condition.operator == operator
    assert [value.range for value in condition.values] == [(day(first), day(last))]


def test_the_words_of_a_day_are_not_lit_and_all_others_are():
    assert read('tides published:<=last friday "a phrase" by:may').lit == 'tides "a phrase" by:may'
    assert read("tides st:raw body:x").lit == "tides st:raw body:x"


def test_a_comma_means_or_between_days_too():
    (condition,) = read("-published:last week,2026-01,today").conditions
    assert condition.negated
    firsts = [value.range[0] for value in condition.values]
    assert firsts == [day("2026-02-23"), day("2026-01-01"), WEDNESDAY]


@pytest.mark.parametrize(
    ("query", "operator", "range"),
    [
        ("duration:>1h", ">", (3600, 3600)),
        ("duration:<10m", "<", (600, 600)),
        ("duration:>=90 min", ">=", (5400, 5400)),
        ("duration:44m", "", (2640, 2699)),
        ("duration:44m 31s", "", (2671, 2671)),
        ("duration:1h", "", (3600, 7199)),
        ("duration:1:02:33", "", (3753, 3753)),
        ("duration:PT44M", "", (2640, 2699)),
        ("duration:1h..2h", "", (3600, 7200)),
        ("duration:..10m", "", (0, 600)),
        ("duration:1h..", "", (3600, float("inf"))),
        ("duration:1h..1h 30m", "", (3600, 5400)),
    ],
)
def test_a_length_of_time_is_said_in_a_query_as_in_a_field(query, operator, range):
    (condition,) = read(query).conditions
    assert condition.operator == operator
    assert [value.range for value in condition.values] == [range]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("published:tomorow", "“tomorow” is not a date; did you mean tomorrow?"),
        ("published:tody", "did you mean today?"),
        ("published:2026-13", "“2026-13” is not a date; write published:today"),
        ("-published:2026-02-30", "“2026-02-30” is not a date"),
        ("published:last", "“last” is not a date"),
        ("published:2026,soon", "“soon” is not a date"),
        ('published:"some day"', "“some day” is not a date"),
        ("published:..", "“..” is not a date"),
        ("published:2026-03..2026-01", "is in reverse order; write 2026-01..2026-03"),
        ("published:>soon", '"published:>" needs one date, such as published:>2026-01'),
        ("published:>2026,2025", "needs one date"),
        ("published:>2026..2027", "needs one date"),
        ("duration:long", "“long” is not a length of time; write duration:44m"),
        ("duration:10", "“10” has no unit; write duration:10m or duration:10h"),
        ("duration:>10", "write duration:>10m or duration:>10h"),
        ("duration:>1h,2h", "needs one length of time"),
        ("duration:2h..1h", "is in reverse order"),
        ("changed:soon", "“soon” is not a date; write changed:today"),
        ("changed:>soon", '"changed:>" needs one date'),
        ("rating:>soon", "needs one date"),
    ],
)
def test_what_cannot_be_meant_is_reported_with_what_can(query, said):
    with pytest.raises(QueryError) as caught:
        read(query)
    assert said in str(caught.value)


@pytest.mark.parametrize("query", ["changed:", "tides changed:", "changed:>", "-changed:<="])
def test_a_filter_that_is_only_begun_says_nothing_yet(query):
    assert not read(query).conditions


VAULT = [
    source("a", date_published=date(2026, 1, 15), duration="44m 31s", creator="May Tides"),
    source("b", date_published=20251128, duration="1:02:33"),
    source("c", date_published="Feb 15, 2026", duration=3753),
    source("d", date_published="2025-12", duration="90 min"),
    source("e", date_published="around May", duration="a while"),
    source("f", date_published=datetime(2026, 1, 31, 23, 30), duration=["5m", "2h"]),
    source("g", date_published=None, duration=None),
]


@pytest.fixture
def found():
    made = lookup(VAULT)
    made.know(NoDuplicates(), [], None, KINDS)
    return lambda query: "".join(stems(made, query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("published:2026-01", "af"),
        ("published:jan 2026", "af"),
        ("published:2026-Q1", "acf"),
        ("published:2025-W48", "b"),
        ("published:2025-11-01..2026-01-15", "abd"),
        ("published:2026-01-16..", "cf"),
        ("published:..2025", "bd"),
        ("published:<2026", "bd"),
        ("published:>2026-01", "c"),
        ("published:<=15 January 2026", "abd"),
        ("-published:2026", "bdeg"),
        ("published:2025-11,2026-02", "bc"),
        ("published:>-1d", ""),
        ("published:may", "e"),
        ("published:", "g"),
        ("duration:>1h", "bcdf"),
        ("duration:<10m", "f"),
        ("duration:44m", "a"),
        ("duration:1h..2h", "bcdf"),
        ("duration:>=90m", "df"),
        ("duration:1h 30m", "d"),
        ("duration:1:02:33", "bc"),
        ("-duration:>1m", "eg"),
        ("duration:", "g"),
    ],
)
def test_values_are_compared_however_they_are_written(found, query, expected):
    assert found(query) == expected


def test_words_of_a_text_field_are_no_days():
    made = lookup([source("a", creator="May Tides"), source("b", creator="2026-05-01")])
    made.know(NoDuplicates(), [], None, KINDS)
    assert stems(made, "by:may") == ["a"]
    assert stems(made, "by:2026-05") == ["b"]


def test_a_field_nobody_declared_is_compared_by_day_or_length_or_text():
    vault = [
        source("a", reviewed=date.today(), runtime="50 min"),
        source("b", reviewed=date.today() - timedelta(days=40), runtime="2h"),
        source("c", reviewed="last week"),
    ]
    made = lookup(vault)
    made.know(NoDuplicates(), [], None, KINDS)
    assert stems(made, "reviewed:today") == ["a"]
    assert stems(made, "reviewed:>-30d") == ["a"]
    assert stems(made, "reviewed:<a week ago") == ["b"]
    assert stems(made, "runtime:<1h 30m") == ["a"]
    assert stems(made, "runtime:>1h") == ["b"]
    assert stems(made, "reviewed:last week") == ["c"]
    assert stems(made, "reviewed:nothing") == []


def test_a_field_of_the_schema_that_is_called_changed_is_that_field():
    made = lookup([source("a", changed="2026-01-05"), source("b", changed="2026-02-05")])
    made.know(NoDuplicates(), [], None, KINDS | {"changed": "date"})
    assert stems(made, "changed:2026-01") == ["a"]
    assert stems(made, "changed:") == []
