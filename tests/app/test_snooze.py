"""The drawer of z, and what rows, the source and the line below the queue say of a snooze."""

import time
from datetime import date, timedelta

import pytest

from tui.days import spoken_day

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
SIZES = [(120, 36), (80, 24), (45, 20), (200, 60)]


def said(days: int) -> str:
    return spoken_day(date.today() + timedelta(days=days), date.today())


@pytest.mark.parametrize("size", SIZES)
async def test_the_drawer_shows_the_day_of_each_choice_at_every_size(sluice, size):
    async with sluice(size=size) as app:
        await app.press("z")
        for days in (1, 14):
            assert said(days) in app.picture
        assert "5 in 3 months" in app.picture
        assert "digit" in app.picture
        assert "esc" in app.picture


async def test_the_line_below_says_which_day_the_typed_letters_mean(sluice, files):
    async with sluice() as app:
        await app.press("z")
        await app.type("+10d")
        assert f"→ {said(10)}" in app.picture
        assert "in 10 days" in app.picture
        await app.press("backspace", "backspace", "backspace", "backspace")
        await app.type("xyz")
        assert "“xyz”: not a day to come" in app.picture
        assert "write fri, 2 weeks" in app.picture
        await app.press("enter")
        assert files.changes == {}
        await app.press("escape")
    assert files.changes == {}


async def test_a_pasted_date_is_taken_whole(sluice, files):
    async with sluice() as app:
        await app.press("z")
        await app.paste("2099-01-15")
        await app.press("enter")
    assert files.lines(NAME) == ["+ snoozed_until: 2099-01-15"]


@pytest.mark.parametrize("size", SIZES)
async def test_row_and_source_say_until_when(sluice, size):
    async with sluice(size=size) as app:
        await app.press("z", "3", "enter", "k")
        assert f"until {said(14)}" in app.picture
        assert "1 snoozed (v -)" in app.picture
        await app.press("enter")
        assert f"until {said(14)}" in app.picture.splitlines()[0]


@pytest.mark.parametrize("size", SIZES)
async def test_rows_say_how_long_their_sources_wait_when_sorted_by_that(sluice, vault, size):
    path = vault / NEXT
    day = date.today() - timedelta(days=34)
    path.write_text(path.read_text().replace("platform:", f"captured_date: {day}\nplatform:"))
    async with sluice(size=size) as app:
        await app.press("s")
        await app.type("waiting")
        await app.press("enter")
        assert "waits 34 days" in app.picture
        if size[0] >= 100:
            assert "queue · waiting longest first" in app.picture
        # The one that is snoozed, and the one that is done, say nothing of that.
        before = app.picture.count(" waits ")
        await app.press("g", "z", "1", "enter", "p")
        assert f"until {said(1)}" in app.picture
        assert app.picture.count(" waits ") == before - 2


async def test_the_day_is_data_and_never_markup(sluice, vault):
    path = vault / NAME
    held = '"[/b] [red]soon"'
    path.write_text(path.read_text().replace("platform:", f"snoozed_until: {held}\nplatform:"))
    async with sluice() as app:
        await app.press("z")
        assert "“[/b] [red]soon” is not a date" in app.picture


async def test_a_source_comes_back_on_its_day_while_nobody_presses_a_key(
    sluice, vault, limits, monkeypatch
):
    limits["day_checked"] = 0.05
    monkeypatch.setenv("TZ", "HERE12")
    time.tzset()
    path = vault / NAME
    day = date.today() + timedelta(days=1)
    path.write_text(path.read_text().replace("platform:", f"snoozed_until: {day}\nplatform:"))
    try:
        async with sluice() as app:
            assert len(app.screen.rows) == 3
            # The person is a day further east all at once.
            monkeypatch.setenv("TZ", "THERE-12")
            time.tzset()
            await app.until(lambda: len(app.screen.rows) == 4)
            await app.until(lambda: "1 raw 4" in app.picture)
            assert "snoozed (v -)" not in app.picture
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("size", SIZES)
async def test_at_every_size_the_line_below_the_queue_says_what_z_did(sluice, size):
    async with sluice(size=size) as app:
        await app.press("z", "2", "enter")
        assert "snoozed until" in app.picture.splitlines()[-2]
