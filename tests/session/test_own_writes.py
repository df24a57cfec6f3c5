"""What sluice wrote itself is never taken for what another program wrote."""

from __future__ import annotations

import time

import pytest

from tests.samples import insights, replace, value_of
from tui.session.flow.watcher import Watcher

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
TIER = "signal_tier"


def written(path, text):
    """Wait until the saver's thread has written this, while nothing takes it in."""
    end = time.monotonic() + 20
    while text not in path.read_text():
        assert time.monotonic() < end, f"{text} is not written"
        time.sleep(0.001)


def noted(app):
    """Wait until the saver's thread has told of its last write."""
    vault = app.session.desk.vault
    end = time.monotonic() + 20
    while not vault.is_own(NAME, vault.stamp_of(NAME)):
        assert time.monotonic() < end, "the write is not told"
        time.sleep(0.001)


def hold(app, disk):
    """From now on nothing gets to the disk, and no key waits for it."""
    disk.free.clear()
    app.waits_for_disk = False


def free(app, disk):
    """The disk works again, and has done all that was asked of it."""
    disk.free.set()
    app.waits_for_disk = True
    app.settled()


def labels(app):
    """The changes that were made, oldest first."""
    return [change.label for change in app.session.desk.vault.log()]


def tier(app):
    """The tier that the row under the cursor shows."""
    return app.rows.current.text(TIER)


def test_a_key_during_our_own_saves_builds_on_what_is_shown_and_not_on_what_is_written(
    sluice, vault, disk
):
    with sluice() as app:
        app.hasten("1", "2")
        written(vault / NAME, "strategic")
        hold(app, disk)
        app.hasten("4")
        app.settled()
        assert tier(app).startswith("noise"), "the row goes back to no earlier decision"
        app.hasten("1")
        free(app, disk)
        assert app.reported == []
        tiers = ["paradigm", "strategic", "noise", "paradigm"]
        assert labels(app) == [f"{TIER} = {to}" for to in tiers]
    assert value_of(vault, NAME, TIER).startswith("paradigm")


def test_insights_typed_one_after_the_other_are_all_there(sluice, vault, disk):
    with sluice() as app:
        for number in "12":
            app.hasten("i", *f"thought{number}", "enter")
        written(vault / NAME, "thought2")
        hold(app, disk)
        app.hasten("i", *"thought3", "enter")
        app.settled()
        app.hasten("i", *"thought4", "enter")
        free(app, disk)
        assert app.reported == []
        assert not app.session.noter.has_draft(NAME)
    assert insights(vault / NAME) == [f"thought{number}" for number in "1234"]


def test_what_another_program_writes_between_two_of_our_saves_is_told_and_stays(sluice, vault):
    with sluice() as app:
        app.hasten("1")
        written(vault / NAME, "paradigm")
        replace(vault / NAME, "paradigm", "noise")
        theirs = (vault / NAME).read_bytes()
        app.hasten("2")
        app.settled()
        assert "another program changed signal_tier to “noise”" in app.toast
        assert "did not write “strategic”" in app.toast
        assert (vault / NAME).read_bytes() == theirs
        assert tier(app) == "noise", "what others wrote is shown now"


def test_what_another_program_writes_between_two_of_our_saves_beside_them_is_shown(
    sluice, vault, disk
):
    with sluice() as app:
        app.hasten("1")
        written(vault / NAME, "paradigm")
        replace(vault / NAME, "creator: Someone", "creator: An Editor")
        app.hasten("2")
        app.settled()
        assert app.reported == []
        assert app.rows.current.text("creator") == "An Editor"
        assert tier(app) == "strategic"
    text = (vault / NAME).read_text()
    assert "creator: An Editor" in text and "strategic" in text


def test_what_another_program_writes_over_our_save_before_it_is_taken_in_is_shown(sluice, vault):
    with sluice() as app:
        app.hasten("1")
        written(vault / NAME, "paradigm")
        noted(app)
        replace(vault / NAME, "paradigm", "noise")
        app.settled()
        assert tier(app) == "noise"
        app.press("2")
        assert "was · noise" in app.toast
    assert value_of(vault, NAME, TIER).startswith("strategic")


def test_our_own_save_is_no_news_before_it_is_taken_in(sluice, vault, monkeypatch):
    with sluice() as app:
        known = app.session.desk.vault
        watcher = Watcher(known, print, print, checked=0.5, polled=2.0, swept=10.0)
        read, look = [], known.look
        monkeypatch.setattr(known, "look", lambda name: (read.append(name), look(name))[1])
        app.hasten("1", "2")
        written(vault / NAME, "strategic")
        noted(app)
        assert not watcher._is_news(NAME)
        app.noticed(NAME)
        assert read == [], "nothing is read again that was written here"
        replace(vault / NAME, "strategic", "noise")
        assert watcher._is_news(NAME)
        app.noticed(NAME)
        assert tier(app) == "noise"


def test_a_decision_on_a_source_that_is_being_reread_is_not_shown_as_it_was_before(
    limits, sluice, vault, monkeypatch
):
    limits["slice"] = 0.0
    with sluice() as app:
        decided = []

        async def pause(_seconds):
            if not decided:
                decided.append("1")
                app.hasten("1")

        monkeypatch.setattr(app, "pause", pause)
        for name in (NAME, SECOND):
            replace(vault / name, "creator: Someone", "creator: An Editor")
        app.noticed(NAME, SECOND)
        assert decided
        assert tier(app) == "paradigm"
        app.press("2")
        assert app.reported == []
    assert value_of(vault, NAME, TIER).startswith("strategic")


def test_a_value_that_our_decision_has_not_replaced_yet_was_not_set_by_hand(sluice, vault, disk):
    with sluice() as app:
        hold(app, disk)
        app.hasten("j", "4", "k", "1")
        replace(vault / NAME, "creator: Someone", "creator: An Editor")
        app.noticed(NAME)
        free(app, disk)
        app.press("u")
        assert tier(app) == "tactical"
        assert not app.session.desk.by_hand.holds(app.rows.current, TIER)


def test_undoing_a_new_source_does_not_report_its_file_as_gone(sluice, vault):
    with sluice() as app:
        app.press("+")
        app.type("example.org/a-page")
        app.press("enter")
        assert len(list(vault.iterdir())) == 5
        app.press("u")
        assert len(list(vault.iterdir())) == 4
        assert app.reported == []
        assert app.toast.startswith("Undid")


@pytest.mark.parametrize("turn", ["u", "u U"])
def test_an_undo_between_two_decisions_is_no_conflict(sluice, vault, disk, turn):
    with sluice() as app:
        app.hasten("1", "2", *turn.split())
        app.hasten("4", "1")
        app.settled()
        assert app.reported == []
    assert value_of(vault, NAME, TIER).startswith("paradigm")


def test_a_change_of_many_between_decisions_on_one_of_them_is_no_conflict(sluice, vault, disk):
    with sluice() as app:
        app.hasten("1", "2")
        written(vault / NAME, "strategic")
        hold(app, disk)
        app.hasten("4", "x", "j", "x", "1")
        app.settled()
        app.hasten("g", "2", "3")
        free(app, disk)
        assert app.reported == []
        assert len(labels(app)) == 6
    assert value_of(vault, NAME, TIER).startswith("tactical")
