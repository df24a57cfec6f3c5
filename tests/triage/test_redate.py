"""A day written in the form of another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from tui.triage.redate import day_of, moment_of, redated

MARCH = date(2026, 3, 5)
NOON = datetime(2026, 11, 30, 12, 7, 5, 123456, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-01-31", "2026-03-05"),
        ("2026-1-5", "2026-3-5"),
        ("2026/01/31", "2026/03/05"),
        ("2026.1.31", "2026.3.5"),
        ("20251128", "20260305"),
        ("31.01.2026", "05.03.2026"),
        ("1.2.2026", "5.3.2026"),
        ("31/01/2026", "05/03/2026"),
        ("01/31/2026", "03/05/2026"),
        ("31-01-2026", "05-03-2026"),
        ("Feb 15, 2026", "Mar 5, 2026"),
        ("Feb 15 2026", "Mar 5 2026"),
        ("FEB 05, 2026", "MAR 05, 2026"),
        ("Sept. 9, 2025", "Mar. 5, 2026"),
        ("February 15, 2026", "March 5, 2026"),
        ("May 1, 2026", "March 5, 2026"),
        ("February 1st, 2026", "March 5th, 2026"),
        ("15 Feb 2026", "5 Mar 2026"),
        ("15-feb-2026", "5-mar-2026"),
        ("15. February 2026", "5. March 2026"),
        ("Sun, 15 Feb 2026", "Thu, 5 Mar 2026"),
        ("Sunday, February 15, 2026", "Thursday, March 5, 2026"),
    ],
)
def test_a_day_takes_the_form_of_the_one_before(old: str, new: str) -> None:
    assert redated(old, MARCH) == new
    assert redated(old, datetime(2026, 3, 5, 1)) == new
    assert day_of(old) is not None
    assert moment_of(old) is None


@pytest.mark.parametrize(
    ("old", "day", "moment"),
    [
        ("2026-01-01T10:00:00+02:00", "2026-03-05T10:00:00+02:00", "2026-11-30T12:07:05+02:00"),
        ("2026-01-01T10:00:00.000Z", "2026-03-05T10:00:00.000Z", "2026-11-30T10:07:05.123Z"),
        ("2026-01-01 10:00:00 +0530", "2026-03-05 10:00:00 +0530", "2026-11-30 15:37:05 +0530"),
        ("2026-01-01 7:00 GMT", "2026-03-05 7:00 GMT", "2026-11-30 10:07 GMT"),
        ("20260101T100000Z", "20260305T100000Z", "20261130T100705Z"),
        ("Jan 1, 2026, 3:05 pm +02:00", "Mar 5, 2026, 3:05 pm +02:00", None),
        ("Thu, 1 Jan 2026 10:00:00 +0000", "Thu, 5 Mar 2026 10:00:00 +0000", None),
    ],
)
def test_a_day_keeps_the_time_and_a_moment_is_given_in_the_zone(
    old: str, day: str, moment: str | None
) -> None:
    assert redated(old, MARCH) == day
    written = redated(old, NOON)
    assert written is not None
    assert moment is None or written == moment
    told = moment_of(written)
    assert told is not None
    assert abs(told - NOON) < timedelta(minutes=1)


def test_a_moment_without_a_zone_is_given_in_the_local_one() -> None:
    here = NOON.astimezone()
    assert redated("2026-01-01 10:00", NOON) == f"{here:%Y-%m-%d %H:%M}"
    assert redated("2026-01-01 10:00 AM", datetime(2026, 1, 2, 0, 5)) == "2026-01-02 12:05 AM"


@pytest.mark.parametrize(
    "old",
    [
        "03/04/2026", "05-05-2026", "2026", "2026-01", "2026-02-30", "2026-13-01", "n.d.", "",
        "31.31.2026", "Foo 15, 2026", "2026-01-01 (about)", "1000010112", "165", "3.10",
        "12:30", "99999999", "x" * 100, "२०२६-०१-०१",
    ],
)  # fmt: skip
def test_what_is_no_day_for_sure_has_no_form(old: str) -> None:
    assert redated(old, MARCH) is None
    assert day_of(old) is None
    assert moment_of(old) is None
