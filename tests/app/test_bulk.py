"""Many marked sources: a box says first what a change would do; the change is made in one go."""

from __future__ import annotations

import os
from threading import Event

import pytest

from tests.samples import statuses, write_source
from tui.app.boxes.bulk import BulkBox
from tui.session.model.rows import SourceRow


@pytest.fixture
def six(vault, write):
    """Six raw sources."""
    write(5, "Eagles above")
    write(6, "Forests below")
    return vault


@pytest.fixture
def mixed(six, write):
    """Six raw sources, two whose header is broken, and one at the end of its way."""
    write(7, "Gardens", creator='"an" unclosed "quote"')
    write(8, "Harbours", creator='"an" unclosed "quote"')
    write(9, "Islands", status="integrated")
    return six


@pytest.fixture
def many(tmp_path):
    """400 raw sources: more than are shown changed at once."""
    root = tmp_path / "many"
    root.mkdir()
    for number in range(400):
        write_source(root, number, f"title{number:03} of a source")
    return root


def asking(app):
    return isinstance(app.app.screen, BulkBox)


def log(app):
    return [(change.label, len(change.names)) for change in app.session.desk.vault.log()]


async def open_all(app):
    await app.press("v")
    await app.type("all")
    await app.press("enter")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 20)])
async def test_the_box_says_who_is_refused_and_why_and_changes_the_others(
    sluice, mixed, vault, size
):
    async with sluice(size=size) as app:
        await open_all(app)
        await app.press("*", "p")
        assert "change 9 marked sources" in app.picture
        assert "8 raw → triaged" in app.picture
        assert "2 with a broken header, repaired" in app.picture
        assert "1 refused" in app.picture
        assert "enter repairs 2, changes 8" in app.picture or "enter changes 8" in app.picture
        await app.press("s")
        assert "6 raw → triaged" in app.picture
        assert "3 refused" in app.picture
        assert "2 · broken header" in app.picture
        assert "1 · integrated: has no next" in app.picture
        assert all(name in app.picture for name in ("! Gardens", "! Harbours", "! Islands"))
        assert "enter changes 6" in app.picture
        await app.press("enter")
        assert app.toast == (
            "◔ triaged, was ○ raw · 6 sources · 3 refused: broken header (2), "
            "integrated: has no next status (1) · u undoes"
        )
        assert log(app) == [("raw → triaged", 6)]
    assert statuses(vault) == ["triaged"] * 6 + ["raw", "raw", "integrated"]


async def test_refused_sources_can_be_scrolled_through(sluice, six, write):
    for number in range(10, 50):
        write(number, f"Broken{number}", creator='"an" unclosed "quote"')
    async with sluice() as app:
        await open_all(app)
        await app.press("*", "p", "s")
        assert "! Broken10  " in app.picture and "! Broken49  " not in app.picture
        await app.press("G")
        assert "! Broken49  " in app.picture and "! Broken10  " not in app.picture
        await app.press("g", "j")
        assert "! Broken11  " in app.picture and "! Broken10  " not in app.picture


async def test_what_all_have_is_confirmed_and_then_nothing_would_change(sluice, six, files):
    async with sluice() as app:
        # They have it, and nobody has confirmed that.
        await app.press("*", "3")
        assert "■ tactical confirmed" in app.picture
        await app.press("enter")
        assert log(app) == [("signal_tier = tactical", 6)]
        await app.press("*", "3")
        assert "6 already set" in app.picture
        assert "Nothing would change" in app.picture
        await app.press("enter")
        assert not asking(app)
        assert len(log(app)) == 1
        await app.press("u")
        assert [change.undone for change in app.session.desk.vault.log()] == [True]
    assert files.changes == {}


async def test_warnings_are_counted_before_the_change(sluice, six):
    async with sluice() as app:
        await app.press("*", "a")
        assert "raw → triaged → archived" in app.picture
        await app.press("escape", "1", "enter", "*", "a")
        assert (
            "6 with a warning: signal_tier is paradigm; archived expects noise or tactical"
            in " ".join(app.picture.split())
        )


class Gate:
    """A disk that holds after so many files until it is let go."""

    def __init__(self, count):
        self.left, self.free, self.reached = count, Event(), Event()
        self._sync = os.fsync

    def __call__(self, descriptor):
        self.left -= 1
        if self.left == 0:
            self.reached.set()
            self.free.wait()
        self._sync(descriptor)


@pytest.fixture
def gate(monkeypatch):
    held = Gate(200)

    def hold():
        monkeypatch.setattr("os.fsync", held)
        return held

    yield hold
    held.free.set()


async def test_a_long_change_tells_how_far_it_is_and_escape_stops_it(sluice, many, gate):
    async with sluice(many) as app:
        await app.press("*", "p")
        held = gate()
        app.waits_for_disk = False
        await app.press("enter")
        await app.until(lambda: "of 400 · esc stops it" in app.picture)
        await app.until(held.reached.is_set)
        # Keys are answered meanwhile, and a source it is not about is decided at once.
        await app.press("G")
        assert app.here.startswith("SOURCE-399")
        await app.press("escape")
        held.free.set()
        app.waits_for_disk = True
        await app.settled()
        [(label, count)] = log(app)
        assert label == "raw → triaged"
        assert 0 < count < 400
        assert app.toast == f"Stopped after {count} of 400 sources. u undoes them."
        assert "esc stops it" not in app.picture
        assert statuses(many).count("triaged") == count
        assert len(app.session.board.worklist.done) == count
        assert app.session.marker.count == 400 - count
        await app.press("u")
        assert set(statuses(many)) == {"raw"}
        assert app.session.board.worklist.left == 400


async def test_u_after_a_long_change_that_is_stopped_undoes_what_was_written(sluice, many, gate):
    async with sluice(many) as app:
        await app.press("1", "*", "p")
        held = gate()
        app.waits_for_disk = False
        await app.press("enter")
        await app.until(held.reached.is_set)
        await app.press("u", "escape")
        held.free.set()
        app.waits_for_disk = True
        await app.settled()
        assert app.toast.startswith("Undid: ◔ triaged, was ○ raw · ")
        assert set(statuses(many)) == {"raw"}
        assert [change.undone for change in app.session.desk.vault.log()] == [False, True]


async def test_a_stopped_undo_is_finished_by_the_next(sluice, many, gate):
    async with sluice(many) as app:
        await app.press("*", "p", "enter")
        held = gate()
        app.waits_for_disk = False
        await app.press("u")
        await app.until(held.reached.is_set)
        await app.until(lambda: "esc stops it · undo" in app.picture)
        await app.press("escape")
        held.free.set()
        app.waits_for_disk = True
        await app.settled()
        assert "Stopped after" in app.toast and "u continues" in app.toast
        assert set(statuses(many)) == {"raw", "triaged"}
        await app.press("u")
        assert app.toast == "Undid: ◔ triaged, was ○ raw · 400 sources · U redoes"
        assert set(statuses(many)) == {"raw"}


async def test_a_decision_beside_a_long_change_shows_at_once(sluice, many, gate):
    write_source(many, 500, "zebra apart", status="triaged")
    async with sluice(many) as app:
        await app.press("*", "p")
        held = gate()
        app.waits_for_disk = False
        await app.press("enter")
        await app.until(held.reached.is_set)
        await app.press("/")
        await app.type("zebra")
        await app.press("enter", "1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
        row = app.session.board.rows.all[app.session.board.rows.cursor]
        assert isinstance(row, SourceRow) and row.source.text("signal_tier") == "paradigm"
        held.free.set()
        app.waits_for_disk = True
        await app.settled()
        assert log(app) == [("raw → triaged", 400), ("signal_tier = paradigm", 1)]


async def test_very_many_are_looked_at_beside_the_keys(sluice, tmp_path):
    root = tmp_path / "very-many"
    root.mkdir()
    for number in range(600):
        write_source(root, number, f"title{number:03} of a source")
    async with sluice(root) as app:
        await app.press("*", "p")
        assert "raw → triaged" in app.picture
        await app.press("escape")
        assert log(app) == []
