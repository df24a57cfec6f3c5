"""The screen never waits for the disk: it shows a change at once, and what came of it."""

from __future__ import annotations

import sys

import pytest

from tests.app.conftest import NARROW, WIDE
from tui.app.main import ProgressLine
from tui.state.drafts import Drafts
from tui.state.folders import user_folders

NAME, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"


def stuck(app, disk):
    """From now on nothing gets to the disk, and no key waits for it."""
    disk.free.clear()
    app.waits_for_disk = False


async def freed(app, disk):
    """The disk works again, and has done all that was asked of it."""
    disk.free.set()
    app.waits_for_disk = True
    await app.settled()


def drafts(app):
    return Drafts(user_folders().vault_state(app.vault) / "drafts").names()


def changed(files):
    """The sources that are not as they were; the new file of one may wait beside it."""
    return {name for name in files.changes if not name.startswith(".")}


async def test_a_slow_disk_holds_no_key_up(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
        assert "paradigm" in app.picture
        await app.press("p")
        assert app.dimmed(NAME)
        assert app.here == SECOND
        assert "1 today" in app.picture
        await app.press("2", "j")
        assert app.here == THIRD
        assert changed(files) == set()
        await freed(app, disk)
        assert app.here == THIRD
        assert app.dimmed(NAME)
    assert "+ signal_tier: paradigm # guessed" in files.changes[NAME]
    assert "+ status: triaged" in files.changes[NAME]
    assert "+ signal_tier: strategic # guessed" in files.changes[SECOND]


async def test_of_many_decisions_on_one_source_the_last_is_in_the_file(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1", "2", "4", "2")
        await freed(app, disk)
        assert app.toast == "▲ strategic, was · noise · u undoes"
        assert [change.label for change in app.session.desk.vault.log()] == [
            "signal_tier = paradigm",
            "signal_tier = strategic",
            "signal_tier = noise",
            "signal_tier = strategic",
        ]
    assert files.lines(NAME)[1] == "+ signal_tier: strategic # guessed"


async def test_a_failed_save_brings_the_row_back_and_says_why(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.press("p", "j", "2")
        assert app.dimmed(NAME)
        assert app.here == THIRD
        await freed(app, disk)
        assert "no space left" in app.toast
        assert app.toast.startswith("“Apples in autumn”: ")
        assert app.here == THIRD, "the cursor stays where the person went"
        assert not app.dimmed(NAME)
        assert " today" not in app.picture
        assert "4 left" in app.picture
    assert files.lines(THIRD)[1] == "+ signal_tier: strategic # guessed"


async def test_why_a_decision_was_lost_is_still_told_after_the_next_keys(sluice, disk):
    async with sluice() as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.burst("1")
        await freed(app, disk)
        await app.press("j", "2", "j", "4")
        assert app.said == "· noise, was ■ tactical · u undoes"
        assert ["no space left" in toast for toast in app.toasts] == [True]
        assert "no space left" in app.picture and "· noise, was" in app.picture


async def test_a_warning_does_not_take_away_why_a_decision_was_lost(sluice, disk):
    async with sluice(size=NARROW) as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.burst("1")
        await freed(app, disk)
        await app.press("r", "u")
        assert ["no space left" in toast for toast in app.toasts] == [True]
        assert "first source" in app.said and "first source" in app.picture


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_many_lost_decisions_are_reported_one_after_the_other(sluice, disk, size):
    async with sluice(size=size) as app:
        stuck(app, disk)
        disk.refusals = 8
        await app.press("1", "j", "1", "j", "1", "j", "1")
        await freed(app, disk)
        assert ["no space left" in toast for toast in app.toasts] == [True] * 4
        assert app.toasts[0].startswith("“Apples in autumn”: ")
        first, *others = app.picture.splitlines()
        assert "“Apples in autumn”: " in first
        assert not any("no space left" in line for line in others), "one at a time, in one row"
        while app.toasts[0].startswith("“Apples in autumn”: "):
            app.app.remove_toast(app.app.toasts[0])
            app.app._look()
        await app.until(lambda: "“Bridges over water”: " in app.picture.splitlines()[0])


async def test_what_builds_on_a_failed_change_fails_with_it(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.press("1", "2", "j", "4")
        await freed(app, disk)
        assert "no space left" in app.toast
        await app.press("k")
        assert "tactical" in app.picture
        await app.press("2")
        assert app.toast == "▲ strategic, was ■ tactical · u undoes"
    assert set(files.changes) == {NAME, SECOND}
    assert "+ signal_tier: strategic # guessed" in files.changes[NAME]


async def test_a_foreign_change_is_not_hidden_by_our_own_on_their_way(sluice, vault, disk):
    path = vault / NAME
    async with sluice() as app:
        stuck(app, disk)
        await app.press("j", "1", "k", "1", "2")
        path.write_text(path.read_text().replace("tactical", "noise"))
        theirs = path.read_bytes()
        await freed(app, disk)
        assert "noise" in app.toast
        await app.until(lambda: "noise" in app.picture)
    assert path.read_bytes() == theirs
    assert "paradigm" in (vault / SECOND).read_text()


async def test_what_others_wrote_beside_ours_shows_both(sluice, vault, disk):
    path = vault / NAME
    async with sluice() as app:
        stuck(app, disk)
        await app.press("j", "1", "k", "1")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Nobody"))
        await app.until(lambda: "Nobody" in app.picture)
        assert "paradigm" in app.picture, "ours does not flicker back"
        await freed(app, disk)
        assert "Nobody" in app.picture and "paradigm" in app.picture
    assert "creator: Nobody" in path.read_text() and "paradigm" in path.read_text()


async def test_a_vault_gone_with_a_change_on_its_way_is_shown_as_it_was(
    sluice, vault, disk, tmp_path
):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("j", "1", "k", "1", "2")
        vault.rename(tmp_path / "elsewhere")
        await freed(app, disk)
        assert "File not found" in app.toast
        assert "tactical" in app.picture
        assert "paradigm" not in app.picture and "strategic" not in app.picture
        await app.until(lambda: "folder is gone" in app.picture)
        (tmp_path / "elsewhere").rename(vault)


async def test_undo_undoes_what_was_still_on_its_way(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1", "p", "u", "u")
        await freed(app, disk)
        assert app.toast.startswith("Undid: ◆ paradigm, was ■ tactical")
        assert not app.dimmed(NAME)
        assert " today" not in app.picture
    assert files.changes == {}


def decided_elsewhere(path):
    """Another program gives the source another tier."""
    path.write_text(path.read_text().replace("tactical", "noise"))


async def test_u_right_after_a_decision_that_fails_takes_no_other_back(sluice, files, vault, disk):
    async with sluice() as app:
        await app.press("1", "j")
        stuck(app, disk)
        decided_elsewhere(vault / SECOND)
        await app.burst("2", "u")
        await freed(app, disk)
        assert "Nothing was undone, because the change failed" in app.toast
        assert "another program changed signal_tier to “noise”" in app.toast
        assert "+ signal_tier: paradigm # guessed" in files.changes[NAME]
        await app.press("u")
        assert app.toast == "Undid: ◆ paradigm, was ■ tactical · Apples in autumn · U redoes"
    assert set(files.changes) == {SECOND}


async def test_u_twice_right_after_a_decision_that_fails_is_about_the_one_before_it_too(
    sluice, files, vault, disk
):
    async with sluice() as app:
        await app.press("4")
        stuck(app, disk)
        decided_elsewhere(vault / SECOND)
        await app.press("1", "j", "2", "u", "u")
        await freed(app, disk)
        assert app.toast == "Undid: ◆ paradigm, was · noise · Apples in autumn · U redoes"
    assert "+ signal_tier: noise # guessed" in files.changes[NAME]


async def test_u_after_a_decision_that_was_made_already_is_about_the_one_before(
    sluice, files, disk
):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1", "1", "u")
        await freed(app, disk)
        assert app.toast == "Undid: ◆ paradigm, was ■ tactical · Apples in autumn · U redoes"
    assert files.changes == {}


async def test_u_right_after_an_answer_of_a_pass_that_fails_leaves_the_one_before(
    sluice, vault, files, disk
):
    async with sluice() as app:
        await app.press("r", "1")
        stuck(app, disk)
        decided_elsewhere(vault / SECOND)
        await app.burst("2", "u")
        await freed(app, disk)
        assert "because the change failed" in app.toast and "noise" in app.toast
        await app.read_reports()
        assert "Bridges over water" in app.picture and "2 of 4" in app.picture
        assert "+ status: triaged" in files.changes[NAME]
        await app.press("u")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
    assert set(files.changes) == {SECOND}


async def test_an_answer_after_going_back_is_undone_by_going_back(sluice, files, disk):
    async with sluice() as app:
        await app.press("r")
        stuck(app, disk)
        await app.burst("1", "u", "2")
        await freed(app, disk)
        assert "2 of 4" in app.picture
        assert "+ signal_tier: strategic # guessed" in files.lines(NAME)
        await app.press("u")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
    assert files.changes == {}


async def test_an_answer_after_going_back_stays_when_the_one_before_it_fails(sluice, files, disk):
    async with sluice() as app:
        await app.press("r")
        stuck(app, disk)
        disk.refusals = 2
        await app.burst("1", "u", "2")
        await freed(app, disk)
        await app.read_reports()
        assert "Bridges over water" in app.picture and "2 of 4" in app.picture
    assert "+ signal_tier: strategic # guessed" in files.lines(NAME)


async def test_a_decision_after_an_undo_is_made_after_it(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1", "u", "2", "U")
        await freed(app, disk)
        assert "nothing left to redo" in app.toast
        assert "strategic" in app.picture
    assert files.lines(NAME)[1] == "+ signal_tier: strategic # guessed"


async def test_an_insight_saved_and_promoted_at_once_arrives_and_only_then_drops_its_draft(
    sluice, files, disk
):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("i")
        await app.type("mind this")
        await app.press("enter")
        assert "mind this" in app.picture
        assert "draft" not in app.picture
        await app.press("p")
        assert drafts(app) == {NAME}
        await freed(app, disk)
        assert drafts(app) == set()
    lines = files.lines(NAME)
    assert "+ status: triaged" in lines
    assert any("mind this" in line for line in lines)


async def test_an_insight_typed_while_another_fails_loses_neither(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.press("i")
        await app.type("first")
        await app.press("enter", "i")
        await app.type("second")
        await freed(app, disk)
        assert app.screen.insights.editor.text == "first\nsecond"
    assert files.changes == {}
    assert Drafts(user_folders().vault_state(app.vault) / "drafts").get(NAME) == "first\nsecond"


async def test_an_undo_that_lands_does_not_close_the_field_that_is_written_in(sluice, files, disk):
    async with sluice() as app:
        await app.press("1", "j")
        stuck(app, disk)
        await app.press("u", "i", "w")
        await freed(app, disk)
        assert app.toast.startswith("Undid")
        assert app.here == SECOND
        await app.press("p", "a")
        assert app.screen.insights.editor.text == "wpa"
    assert files.changes == {}


async def test_a_promotion_made_late_leaves_the_cursor_where_an_insight_is_written(
    sluice, files, disk
):
    async with sluice() as app:
        await app.press("1")
        stuck(app, disk)
        await app.press("u", "p", "i", "w")
        await freed(app, disk)
        assert app.dimmed(NAME)
        assert app.here == NAME
        await app.press("p", "a", "enter")
        assert app.here == NAME
    assert "+ status: triaged" in files.lines(NAME)
    assert any("wpa" in line for line in files.lines(NAME))


async def test_rescan_waits_until_the_files_hold_what_is_shown(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("1", "R")
        assert "paradigm" in app.picture
        assert not app.session.reading.busy
        await freed(app, disk)
        assert "paradigm" in app.picture
    assert files.lines(NAME)[1] == "+ signal_tier: paradigm # guessed"


async def test_quitting_ends_when_all_is_on_disk(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        await app.press("i")
        await app.type("kept")
        await app.press("enter", "1", "j", "2", "q")
        assert changed(files) == set()
    disk.free.set()
    assert app.app.saving_ends() == []
    assert set(files.changes) == {NAME, SECOND}
    assert drafts(app) == set()


class _Interrupted:
    """A terminal where ctrl+c comes as soon as a sentence is seen."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        if "Saving" in self.written and not self.written.endswith("\x1b[2K"):
            raise KeyboardInterrupt


def test_ctrl_c_at_the_first_sight_of_how_far_a_change_is_still_clears_the_line(monkeypatch):
    terminal = _Interrupted()
    monkeypatch.setattr(sys, "stderr", terminal)
    line = ProgressLine()
    with pytest.raises(KeyboardInterrupt):
        line.tell("Saving: 5 of 400 sources… ctrl+c stops.")
    line.tell("")
    assert terminal.written.endswith("\r\x1b[2K")


async def test_what_cannot_be_saved_while_quitting_is_said_and_its_draft_kept(sluice, files, disk):
    async with sluice() as app:
        stuck(app, disk)
        disk.refusals = 2
        await app.press("i")
        await app.type("kept")
        await app.press("enter", "j", "2", "q")
    disk.free.set()
    [sentence] = app.app.saving_ends()
    assert "no space left" in sentence
    assert "Apples in autumn" in sentence
    assert drafts(app) == {NAME}
    assert set(files.changes) == {SECOND}


async def test_what_a_change_leaves_out_while_quitting_is_said(sluice, vault, files, disk):
    async with sluice() as app:
        await app.press("x", "x", "x")
        stuck(app, disk)
        decided_elsewhere(vault / SECOND)
        await app.press("1", "q")
    disk.free.set()
    [sentence] = app.app.saving_ends()
    assert sentence.startswith("1 of 3 sources were skipped: ")
    assert "“Bridges over water”" in sentence and "“noise”" in sentence
    assert "+ signal_tier: paradigm # guessed" in files.changes[THIRD]


async def test_what_is_refused_of_a_change_after_an_undo_while_quitting_is_said(
    sluice, write, files, disk
):
    write(0, "Aardvark", creator='""Quoted" badly')
    async with sluice() as app:
        await app.press("j", "1", "g", "x", "x", "x")
        stuck(app, disk)
        await app.press("u", "4", "q")
    disk.free.set()
    [sentence] = app.app.saving_ends()
    assert sentence.startswith("1 refused: ") and "broken" in sentence
    assert "+ signal_tier: noise # guessed" in files.changes[SECOND]


async def test_an_insight_on_its_way_while_its_file_is_renamed_is_a_draft_of_the_new_name(
    sluice, vault, disk
):
    moved = "SOURCE-001-moved.md"
    async with sluice() as app:
        stuck(app, disk)
        await app.press("j", "1", "k", "i")
        await app.type("whole text")
        await app.press("enter")
        (vault / NAME).rename(vault / moved)
        await app.until(lambda: app.here == moved)
        await freed(app, disk)
        assert drafts(app) == {moved}
    assert "whole text" not in (vault / moved).read_text()
