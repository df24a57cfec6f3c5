"""Days and lengths of time while they are typed."""

from datetime import date

import pytest

from tests.search.made import SHORTS
from tui.errors import QueryError
from tui.search.complete import Completer, Names
from tui.search.half_typed import begun
from tui.search.query import parse_query

KINDS = {"date_published": "date", "duration": "duration", "status": "choice"}
NAMES = Names(
    SHORTS,
    {"date_published": (), "duration": (), "status": ("raw", "triaged")},
    closed=frozenset({"status"}),
    silent=frozenset({"date_published", "duration"}),
    kinds=KINDS,
)
MONDAY = date(2026, 11, 30)


def parse(text):
    return parse_query(text, SHORTS, NAMES.values, KINDS)


def is_wrong(text):
    try:
        parse(text)
    except QueryError:
        return True
    return False


@pytest.fixture
def completer():
    return Completer(NAMES, list)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "today"),
        ("to", "today"),
        ("tom", "tomorrow"),
        ("last fri", "last friday"),
        ("last ", "last week"),
        ("In 3", "In 3 days"),
        ("3 d", "3 days ago"),
        ("4 mar", "4 march"),
        ("-7", "-7d"),
        ("201", "2019"),
        ("2026-", "2026-12"),
        ("2026-W5", "2026-W50"),
        ("2026-02-2", "2026-02-20"),
        ("2026-01..la", "2026-01..last week"),
    ],
)
def test_a_day_is_offered_that_begins_as_it_is_typed(typed, first):
    assert begun("date", typed, MONDAY)[0] == first


@pytest.mark.parametrize(
    "typed", ["tomorow", "2026-13", "2026-02-3", "2026", "today", "soon", '"', "x"]
)
def test_nothing_is_offered_for_a_day_that_is_whole_or_none(typed):
    assert begun("date", typed, MONDAY) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["10m", "30m", "1h", "2h"]),
        ("4", ["4m", "4h", "4s"]),
        ("1h 3", ["1h 3m", "1h 3s"]),
        ("PT4", ["PT4M", "PT4H", "PT4S"]),
        ("1:", ["1:00"]),
        ("44m", []),
        ("long", []),
    ],
)
def test_a_length_is_offered_with_its_unit(typed, offered):
    assert begun("duration", typed, MONDAY) == offered


@pytest.mark.parametrize(
    ("typed", "ghost", "taken"),
    [
        ("published:tod", "ay", "published:today"),
        ("tides -published:<=last fri", "day", "tides -published:<=last friday"),
        ('published:"last w', 'eek"', 'published:"last week"'),
        ("published:today,yes", "terday", "published:today,yesterday"),
        ("changed:y", "esterday", "changed:yesterday"),
        ("duration:>1", "m", "duration:>1m"),
        ("published:today st", ":", "published:today st:"),
        ("published:last week trri", "", ""),
        ("changed:today", "", ""),
        ("duration:44m", "", ""),
    ],
)
def test_the_bar_shows_what_the_first_one_adds(completer, typed, ghost, taken):
    completion = completer.complete(typed)
    assert completion.ghost == ghost
    assert (completion.texts[0] if completion.texts else "") == taken
    assert not taken or not is_wrong(taken)


@pytest.mark.parametrize(
    "query",
    [
        "published:today", "published:tomorrow st:raw", "published:>-7d", "published:<=last friday",
        "published:2026-W05", "published:2026-Q1", "published:2026-01-05", "published:>=2026-01",
        "published:2026-01-01..2026-01-31", "published:january", "published:4 march",
        "published:in 3 days", "published:3 weeks ago", "published:this monday notes",
        'published:"last week"', "published:Q1 2026", "published:week 5", "published:20260105",
        "published:last 7 days", "-changed:last week", "changed:>-7d", "duration:>1h",
        "duration:1h..2h", "duration:44m 31s", "duration:1:02:33", "duration:PT44M",
        "duration:<10m",
    ],
)  # fmt: skip
def test_nobody_who_types_a_query_learns_on_the_way_that_it_is_wrong(completer, query):
    for end in range(1, len(query) + 1):
        offered = completer.complete(query[:end]).texts
        # What the completion would put right is not called wrong.
        assert not is_wrong(query[:end]) or (offered and not is_wrong(offered[0])), query[:end]
    assert not is_wrong(query)
