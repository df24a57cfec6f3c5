"""Days typed as one says them."""

from datetime import date

import pytest

from tui.errors import ValueRefused
from tui.triage.fields import read_date
from tui.triage.relative import relative_day, spoken_distance

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", (2026, 3, 4)),
        ("Yesterday", (2026, 3, 3)),
        ("tomorrow", (2026, 3, 5)),
        ("-3d", (2026, 3, 1)),
        ("+1w", (2026, 3, 11)),
        ("- 2 w", (2026, 2, 18)),
        ("-1m", (2026, 2, 4)),
        ("+1y", (2027, 3, 4)),
        ("3 days ago", (2026, 3, 1)),
        ("1 month ago", (2026, 2, 4)),
        ("monday", (2026, 3, 2)),
        ("wed", (2026, 3, 4)),
        ("thursday", (2026, 2, 26)),
        ("last friday", (2026, 2, 27)),
        ("last wednesday", (2026, 2, 25)),
        ("next wednesday", (2026, 3, 11)),
        ("next  thu", (2026, 3, 5)),
    ],
)
def test_a_day_is_known_by_how_far_away_it_is(text, day):
    assert relative_day(text, WEDNESDAY) == date(*day)


@pytest.mark.parametrize("text", ["", "t", "someday", "-3", "3d", "next", "last week", "-9999y"])
def test_what_names_no_day_is_none(text):
    assert relative_day(text, WEDNESDAY) is None


@pytest.mark.parametrize(("unit", "day"), [("-1m", (2026, 2, 28)), ("+11m", (2027, 2, 28))])
def test_a_month_that_is_shorter_ends_earlier(unit, day):
    assert relative_day(unit, date(2026, 3, 31)) == date(*day)


def test_a_field_takes_such_days_too():
    assert (date.today() - read_date("captured_date", "yesterday")).days == 1
    with pytest.raises(ValueRefused, match="wants a date such as"):
        read_date("captured_date", "someday")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 3, 4), "today"),
        ((2026, 3, 3), "yesterday"),
        ((2026, 3, 7), "in 3 days"),
        ((2025, 3, 4), "365 days ago"),
    ],
)
def test_a_distance_is_told_in_words(day, said):
    assert spoken_distance(date(*day), WEDNESDAY) == said
