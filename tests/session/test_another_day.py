"""Midnight passes while the app is open: what was snoozed until today is back."""

import time
from datetime import date, timedelta

import pytest

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


@pytest.fixture
def tomorrow(monkeypatch):
    """Let it be tomorrow where the person is: they are a day further east all at once."""

    def begin():
        monkeypatch.setenv("TZ", "THERE-12")
        time.tzset()

    monkeypatch.setenv("TZ", "HERE12")
    time.tzset()
    yield begin
    monkeypatch.undo()
    time.tzset()


def write_day(vault, name, days):
    """Snooze a source until so many days from now, as another program."""
    path = vault / name
    day = date.today() + timedelta(days=days)
    path.write_text(path.read_text().replace("status: raw", f"status: raw\nsnoozed_until: {day}"))


def figure(app, name):
    return next((view.figure for view in app.figures.views if view.name == name), "")


def test_a_source_comes_back_on_its_day_without_a_restart(sluice, vault, tomorrow):
    write_day(vault, NAME, 1)
    write_day(vault, NEXT, 2)
    with sluice() as app:
        assert len(app.shown) == 2
        assert "2 snoozed (v -)" in app.figures.words
        here = app.here
        tomorrow()
        app.press("j", "k")
        assert len(app.shown) == 3
        assert app.here == here, "the cursor stays on its source"
        assert app.toast == "1 snoozed source is back: the day has come."
        assert "1 snoozed (v -)" in app.figures.words
        app.until(lambda: (figure(app, "raw"), figure(app, "snoozed")) == ("3", "1"))
        app.press("g")
        assert app.here == NAME


def test_the_timer_notices_it_where_no_key_is_pressed(sluice, vault, tomorrow):
    write_day(vault, NAME, 1)
    with sluice() as app:
        tomorrow()
        app.enter(app.session.calendar.look)
        app.settled()
        assert len(app.shown) == 4


def test_a_row_that_was_snoozed_here_is_open_again(sluice, tomorrow):
    with sluice() as app:
        app.press("z", "1", "enter")
        assert app.dimmed(NAME)
        assert "1 snoozed (v -)" in app.figures.words
        tomorrow()
        app.press("j")
        assert not app.dimmed(NAME)


def test_the_view_of_snoozed_sources_loses_it(sluice, vault, tomorrow):
    write_day(vault, NAME, 1)
    write_day(vault, NEXT, 2)
    with sluice() as app:
        app.open_view("snoozed")
        assert len(app.shown) == 2
        tomorrow()
        app.press("j")
        assert (app.dimmed(NAME), app.dimmed(NEXT)) == (True, False)


def test_a_search_stays_while_the_day_comes(sluice, vault, tomorrow):
    write_day(vault, NAME, 1)
    with sluice() as app:
        app.press("/")
        app.type("bridges")
        app.press("enter")
        shown = app.shown
        tomorrow()
        app.press("k")
        assert app.shown == shown
        app.press("escape")
        assert len(app.shown) == 4


def test_what_is_being_written_stays(sluice, vault, tomorrow):
    write_day(vault, NAME, 1)
    with sluice() as app:
        here = app.here
        app.press("i")
        app.type("half a thou")
        tomorrow()
        app.type("ght")
        app.settled()
        assert len(app.shown) == 4
        assert app.here == here
        app.press("enter")
    assert "half a thought" in (vault / here).read_text()


def test_a_day_that_has_come_cannot_be_picked_in_a_box_that_was_open(
    sluice, vault, files, tomorrow
):
    with sluice() as app:
        app.press("z")
        tomorrow()
        app.press("1", "enter")
        assert "not a day to come" in app.toast
    assert files.changes == {}


def test_repeating_it_on_a_later_day_snoozes_nothing(sluice, vault, files, tomorrow):
    with sluice() as app:
        app.press("z", "1", "enter")
        before = files.changes
        tomorrow()
        app.press(".")
        assert any("not a day to come" in said for said, _ in app.toasts)
        assert files.changes == before


def test_an_empty_view_says_what_it_leaves_out_and_which_keys_show_it(sluice, vault):
    for path in sorted(vault.glob("*.md")):
        write_day(vault, path.name, 3)
    with sluice() as app:
        assert app.shown == []
        assert "4 snoozed sources left out; v - shows them" in app.rows.empty_text
        app.press("v", "-")
        assert len(app.shown) == 4


def test_dates_are_those_where_the_person_is(sluice, vault, tomorrow):
    tomorrow()
    write_day(vault, NAME, 0)
    write_day(vault, NEXT, 1)
    with sluice() as app:
        assert len(app.shown) == 3
        assert NEXT not in [source.name for source in app.rows.sources]
