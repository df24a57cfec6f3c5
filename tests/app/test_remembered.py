"""The view, what it is sorted by and the place in it are there again at the next start."""

import json
from threading import Event

import pytest

from tests.samples import place_file, write_numbered, write_source
from tui.session.flow import loader


@pytest.fixture
def many(vault):
    """Thirty raw sources, and two that are triaged."""
    return write_numbered(vault)


async def test_the_view_and_the_source_under_the_cursor_are_there_again(sluice, many):
    async with sluice() as app:
        await app.press("v", "2", "j")
        assert app.title == "Other one"
    async with sluice() as app:
        assert "triaged" in app.picture.splitlines()[0]
        assert app.title == "Other one"


@pytest.fixture
def slow(limits, monkeypatch):
    """Reading stops after the first source until the event is set."""
    go_on, seen = Event(), loader.Loader._seen

    def wait(self, batch):
        if len(self._board.rows):
            go_on.wait(20)
        return seen(self, batch)

    limits["batch"] = 3
    limits["shown_every"] = 0
    monkeypatch.setattr(loader.Loader, "_seen", wait)
    yield go_on
    go_on.set()


async def leave_at(sluice, name):
    async with sluice() as app:
        await app.go_to(name)


async def test_a_view_that_is_searched_while_it_is_read_is_there_afterwards(sluice, many, slow):
    slow.set()
    write_source(many, 50, "Copy", url="https://example.com/9")
    async with sluice() as app:
        await app.press("v", "9")
        await app.press("s")
        await app.type("title")
        await app.press("enter")
    slow.clear()
    async with sluice(read=False) as app:
        for key in "/title2":
            await app.burst_key(key)
        await app.until(lambda: app.session.board.rows.all)
        slow.set()
        await app.settled()
        assert "Title20" in app.shown
        await app.press("escape")
        assert app.shown == ["Copy", "Title09"]


async def test_the_place_is_found_when_its_source_is_read(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        assert app.title == "Apples in autumn"
        slow.set()
        await app.settled()
        assert app.title == "Title20"


async def test_who_moved_meanwhile_stays_there(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        await app.burst_key("j")
        slow.set()
        await app.settled()
        assert app.title == "Bridges over water"


async def test_who_quits_before_it_is_read_loses_no_place(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        slow.set()
        app.app.exit()
    assert json.loads(place_file(many).read_text())["places"][-1][2].endswith("title20.md")
