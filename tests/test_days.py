"""Days, as headers write them and as one says them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tui.days import (
    brief_age,
    coming_day,
    said_day,
    said_days,
    spoken_distance,
    written_day,
    written_days,
)
from tui.errors import ValueRefused
from tui.triage.fields import read_date

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", (2026, 3, 4)),
        ("Yesterday", (2026, 3, 3)),
        ("tomorrow", (2026, 3, 5)),
        ("the day after tomorrow", (2026, 3, 6)),
        ("day before yesterday", (2026, 3, 2)),
        ("-3d", (2026, 3, 1)),
        ("+1w", (2026, 3, 11)),
        ("- 2 w", (2026, 2, 18)),
        ("-1m", (2026, 2, 4)),
        ("-7 days", (2026, 2, 25)),
        ("+1y", (2027, 3, 4)),
        ("3 days ago", (2026, 3, 1)),
        ("a week ago", (2026, 2, 25)),
        ("two weeks ago", (2026, 2, 18)),
        ("1 month ago", (2026, 2, 4)),
        ("in 3 days", (2026, 3, 7)),
        ("In a month", (2026, 4, 4)),
        ("10 days from now", (2026, 3, 14)),
        ("monday", (2026, 3, 2)),
        ("wed", (2026, 3, 4)),
        ("thursday", (2026, 2, 26)),
        ("last friday", (2026, 2, 27)),
        ("last wednesday", (2026, 2, 25)),
        ("this monday", (2026, 3, 2)),
        ("this sunday", (2026, 3, 8)),
        ("next wednesday", (2026, 3, 11)),
        ("next  thu", (2026, 3, 5)),
        ("4 March 2025", (2025, 3, 4)),
        ("4th of March, 2025", (2025, 3, 4)),
        ("March 4, 2025", (2025, 3, 4)),
        ("Sept. 4 2025", (2025, 9, 4)),
        ("4-Mar-2025", (2025, 3, 4)),
        ("Tue, 4 March 2025", (2025, 3, 4)),
        ("March 4", (2026, 3, 4)),
        ("5 march", (2025, 3, 5)),
        ("29 feb", (2024, 2, 29)),
        ("28.02.2026", (2026, 2, 28)),
        ("2026/2/28", (2026, 2, 28)),
        ("20260228", (2026, 2, 28)),
        ("2026-W05-3", (2026, 1, 28)),
        ("2026-01-31T23:30+02:00", (2026, 1, 31)),
        ("2026-01-31 23:30:15.5 -0800", (2026, 1, 31)),
        ("Nov 4, 2025, 9:30 AM", (2025, 11, 4)),
        ("last week", (2026, 2, 25)),
        ("next month", (2026, 4, 4)),
        ("last quarter", (2025, 12, 4)),
        ("next year", (2027, 3, 4)),
    ],
)
def test_one_day_is_known_however_it_is_said(text, day):
    assert said_day(text, WEDNESDAY) == date(*day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2026.02", (2026, 2, 1), (2026, 2, 28)),
        ("202602", (2026, 2, 1), (2026, 2, 28)),
        ("Feb 2026", (2026, 2, 1), (2026, 2, 28)),
        ("february", (2026, 2, 1), (2026, 2, 28)),
        ("march", (2026, 3, 1), (2026, 3, 31)),
        ("april", (2025, 4, 1), (2025, 4, 30)),
        ("this april", (2026, 4, 1), (2026, 4, 30)),
        ("last march", (2025, 3, 1), (2025, 3, 31)),
        ("next march", (2027, 3, 1), (2027, 3, 31)),
        ("2026-W05", (2026, 1, 26), (2026, 2, 1)),
        ("2026w5", (2026, 1, 26), (2026, 2, 1)),
        ("week 5", (2026, 1, 26), (2026, 2, 1)),
        ("week 50", (2025, 12, 8), (2025, 12, 14)),
        ("week 5 of 2025", (2025, 1, 27), (2025, 2, 2)),
        ("2026-Q1", (2026, 1, 1), (2026, 3, 31)),
        ("Q4 2025", (2025, 10, 1), (2025, 12, 31)),
        ("q2", (2025, 4, 1), (2025, 6, 30)),
        ("last week", (2026, 2, 23), (2026, 3, 1)),
        ("this week", (2026, 3, 2), (2026, 3, 8)),
        ("next weekend", (2026, 3, 14), (2026, 3, 15)),
        ("last month", (2026, 2, 1), (2026, 2, 28)),
        ("this quarter", (2026, 1, 1), (2026, 3, 31)),
        ("last quarter", (2025, 10, 1), (2025, 12, 31)),
        ("last year", (2025, 1, 1), (2025, 12, 31)),
        ("last 7 days", (2026, 2, 26), (2026, 3, 4)),
        ("past week", (2026, 2, 26), (2026, 3, 4)),
        ("the next two weeks", (2026, 3, 5), (2026, 3, 18)),
        ("yesterday", (2026, 3, 3), (2026, 3, 3)),
    ],
)
def test_several_days_are_known_from_the_first_to_the_last(text, first, last):
    assert said_days(text, WEDNESDAY) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "t", "someday", "tomorow", "-3", "3d", "next", "last", "-9999y", "in 0 years of",
        "2026-13", "2026-02-30", "2026-00", "0000", "2026-W54", "2026-Q5", "99999", "26-01-01",
        "03/04/2026", "30 february", "february 30", "Mon, 4 March 2025", "monday march",
        "2026-01 10:00", "2026-01-31T25:00", "10:00", "2026 was good", "last 0 days", "this 3 days",
        "in 9999 years", "x" * 10_000, "2" * 10_000,
    ],
)  # fmt: skip
def test_what_names_no_days_is_none(text):
    assert said_days(text, WEDNESDAY) is None
    assert said_day(text, WEDNESDAY) is None


@pytest.mark.parametrize(("unit", "day"), [("-1m", (2026, 2, 28)), ("+11m", (2027, 2, 28))])
def test_a_month_that_is_shorter_ends_earlier(unit, day):
    assert said_day(unit, date(2026, 3, 31)) == date(*day)


@pytest.mark.parametrize("text", ["march", "this week", "2026-02", "last 7 days", "next weekend"])
def test_several_days_are_not_one(text):
    assert said_day(text, WEDNESDAY) is None


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 12, 31)])
def test_what_is_said_can_be_meant_on_the_edges_of_a_year(today):
    for text in ("last month", "next quarter", "this week", "january", "last december", "29 feb"):
        first, last = said_days(text, today)
        assert first <= last
    assert said_days("this year", today) == (date(today.year, 1, 1), date(today.year, 12, 31))


@pytest.mark.parametrize("text", ["today", "monday", "march", "march 4", "q1", "-3d", "last week"])
def test_a_header_does_not_mean_another_day_tomorrow(text):
    assert written_days(text) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2026, 1, 31, 23, 30, tzinfo=timezone(timedelta(hours=-8))), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 0, 30, tzinfo=UTC), date(2026, 1, 31)),
        (20260131, date(2026, 1, 31)),
        ("31.01.2026", date(2026, 1, 31)),
        (True, None),
        (2026.5, None),
        ([date(2026, 1, 31)], None),
        ({}, None),
    ],
)
def test_a_moment_is_of_the_day_it_is_written_with(value, day):
    assert written_day(value) == day


def test_a_field_takes_such_days_too():
    assert (date.today() - read_date("captured_date", "yesterday")).days == 1
    assert (date.today() - read_date("captured_date", "last week")).days == 7
    with pytest.raises(ValueRefused, match="is not a date; write one such as"):
        read_date("captured_date", "someday")


def test_a_field_of_one_day_says_which_days_it_was_given():
    with pytest.raises(ValueRefused, match="“2026-02” is several days, 2026-02-01 to 2026-02-28"):
        read_date("captured_date", "2026-02")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 3, 4), "today"),
        ((2026, 3, 3), "yesterday"),
        ((2026, 3, 7), "in 3 days"),
        ((2025, 3, 4), "365 days ago"),
    ],
)
def test_a_distance_is_given_in_words(day, said):
    assert spoken_distance(date(*day), WEDNESDAY) == said


NOW = datetime(2026, 11, 30, 14, 20)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 11, 30), "0d"), ("2026-11-29", "1d"), ("2026-11-17", "13d"),
        ("2026-11-16", "2w"), ("2026-09-29", "8w"), ("2026-09-28", "2mo"), ("2026-08-31", "2mo"),
        ("2026-08-30", "3mo"), ("2024-12-01", "23mo"), ("2024-11-30", "2y"), ("1026-01-01", "999y"),
        (date(1, 1, 1), "999y"), ("Feb 15, 2026", "9mo"), (20260102, "10mo"),
        (datetime(2026, 11, 30, 9, 10), "5h"), ("2026-11-30T14:19:59", "0h"),
        ("2026-11-29 20:00", "18h"), ("2026-11-29 09:00", "1d"), ("2026-11-30T23:00", "0d"),
        ("2026-12-01", "+1d"), ("2026-12-20", "+2w"), ("2027-08-30", "+9mo"),
        ("2027-10-30", "+1y"), (date(9999, 12, 31), "+99y"),
        ("2026-11", ""), ("soon", ""), ("25:61", ""), (True, ""), (None, ""), ("x" * 10**6, ""),
    ],
)  # fmt: skip
def test_an_age_is_said_in_four_cells(value, shown):
    assert brief_age(value, NOW) == shown


def test_the_hours_of_a_time_with_a_zone_are_counted_where_the_person_is():
    time = NOW.astimezone(UTC) - timedelta(hours=3)
    assert brief_age(time, NOW) == "3h"
    assert brief_age(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), NOW) == "999y"
    assert brief_age("0001-01-01T00:00:00+14:00", NOW) == "999y"


def test_no_age_needs_more_than_four_cells():
    for days in range(-40_000, 800_000, 7):
        try:
            day = NOW.date() - timedelta(days=days)
        except OverflowError:
            break
        assert 2 <= len(brief_age(day, NOW)) <= 4


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", (2026, 3, 5)),
        ("monday", (2026, 3, 9)),
        ("wednesday", (2026, 3, 11)),
        ("next fri", (2026, 3, 6)),
        ("this friday", (2026, 3, 6)),
        ("in 2 weeks", (2026, 3, 18)),
        ("two weeks", (2026, 3, 18)),
        ("3d", (2026, 3, 7)),
        ("+1m", (2026, 4, 4)),
        ("next week", (2026, 3, 11)),
        ("next weekend", (2026, 3, 14)),
        ("weekend", (2026, 3, 7)),
        ("3 dec", (2026, 12, 3)),
        ("March 4", (2027, 3, 4)),
        ("4 march 10:00", (2027, 3, 4)),
        ("january", (2027, 1, 1)),
        ("q2", (2026, 4, 1)),
        ("29 feb", (2028, 2, 29)),
        ("2027-01-15", (2027, 1, 15)),
        ("15.1.2027", (2027, 1, 15)),
        ("2027-01", (2027, 1, 1)),
        ("yesterday", (2026, 3, 3)),
        ("2020-01-01", (2020, 1, 1)),
    ],
)
def test_a_day_to_put_something_off_to_is_the_coming_one(text, day):
    assert coming_day(text, WEDNESDAY) == date(*day)


@pytest.mark.parametrize(
    "text", ["", "someday", "next 2 weeks", "30 feb", "9999 years", "3", "x" * 999]
)
def test_other_words_are_no_day_to_put_something_off_to(text):
    assert coming_day(text, WEDNESDAY) is None
