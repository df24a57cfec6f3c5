"""The pace: what was done today and how fast, counted as it comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.triage.pace import Move, Moves

NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


class Looked(datetime):
    """A time that counts how often somebody asked for its day."""

    times = 0

    def astimezone(self, tz=None):
        Looked.times += 1
        return super().astimezone(tz)


def moves(count: int, apart: float = 10.0, until: datetime = NOON) -> list[Move]:
    """Moves of so many sources, the last one at a time."""
    first = until.astimezone(UTC) - timedelta(seconds=apart * (count - 1))
    return [(first + timedelta(seconds=apart * n), f"{n}.md") for n in range(count)]


def test_the_sources_of_today_are_counted_each_once():
    known = Moves([*moves(3, until=NOON - timedelta(days=1)), *moves(4), *moves(2, 7.0)])
    assert known.pace(NOON).done_today == 4


def test_the_pace_is_the_median_of_the_last_sources_without_breaks():
    known = Moves([*moves(10, 60.0, NOON - timedelta(hours=2)), *moves(60, 8.0)])
    assert known.pace(NOON).seconds_each == 8.0


def test_what_is_undone_counts_no_more_and_what_is_made_again_does():
    known, (first, *rest) = Moves(moves(3)), moves(3)
    known.pace(NOON)
    known.drop([first, first, (NOON, "never there.md")])
    assert known.pace(NOON).done_today == 2
    known.add([first, *rest])
    assert known.pace(NOON).done_today == 3


def test_what_is_made_again_of_yesterday_is_not_of_today():
    known = Moves(moves(2))
    known.pace(NOON)
    known.add(moves(1, until=NOON - timedelta(days=1)))
    assert known.pace(NOON).done_today == 2


def test_at_midnight_the_count_begins_again():
    known = Moves(moves(5))
    assert known.pace(NOON).done_today == 5
    tomorrow = NOON + timedelta(days=1)
    known.add([(tomorrow, "early.md")])
    assert known.pace(tomorrow).done_today == 1


def test_a_day_of_5000_moves_is_not_gone_through_again_for_each_key():
    known = Moves((Looked.fromtimestamp(time.timestamp(), UTC), n) for time, n in moves(5_000, 1.0))
    assert known.pace(NOON).done_today == 5_000
    Looked.times = 0
    known.add([(NOON, "one more.md")])
    assert known.pace(NOON).done_today == 5_001
    assert Looked.times == 0
