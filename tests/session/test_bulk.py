"""Many marked sources: a box says first what a change would do; the change is made in one go."""

import os

import pytest

from tests.samples import statuses, write_source
from tui.session.questions import ConfirmBulk
from tui.state.drafts import Drafts
from tui.state.folders import user_folders


@pytest.fixture
def six(vault, write):
    """Six raw sources."""
    write(5, "Eagles above")
    write(6, "Forests below")
    return vault


@pytest.fixture
def many(tmp_path):
    """400 raw sources: more than are shown changed at once."""
    root = tmp_path / "many"
    root.mkdir()
    for number in range(400):
        write_source(root, number, f"title{number:03} of a source")
    return root


def log(app):
    return [(change.label, len(change.names)) for change in app.session.desk.vault.log()]


def asking(app):
    return bool(app.boxes) and isinstance(app.box.question, ConfirmBulk)


def test_four_marked_are_changed_at_once_and_five_are_asked_about(sluice, six, files):
    with sluice() as app:
        app.press("x", "x", "x", "x", "4")
        assert not asking(app)
        assert app.toast == "· noise, was ■ tactical · 4 sources · u undoes"
        app.press("*", "1")
        assert asking(app)
        assert app.box.plan.labels == {"signal_tier = paradigm": 6}
        assert log(app) == [("signal_tier = noise", 4)]
        app.press("enter")
        assert not asking(app)
        assert app.toast == "◆ paradigm, was 2 values · 6 sources · u undoes"
        assert log(app)[1:] == [("signal_tier = paradigm", 6)]
        app.press("u", "u")
    assert files.changes == {}


def test_escape_changes_none_and_keeps_the_marks(sluice, six, files):
    with sluice() as app:
        app.press("*", "p", "escape")
        assert not asking(app)
        assert app.session.marker.count == 6
        assert log(app) == []
        app.press("p", "enter")
        assert app.session.marker.count == 0
        assert app.toast == "◔ triaged, was ○ raw · 6 sources · u undoes"
        assert app.session.board.worklist.left == 0
    assert len(files.changes) == 6


def test_an_insight_for_many_that_is_not_wanted_after_all_is_kept(sluice, six, files, vault):
    with sluice() as app:
        app.press("*", "i")
        app.type("shared thought")
        app.press("enter")
        assert asking(app)
        app.press("escape")
        assert app.focus == "field"
        assert app.written[0] == "shared thought"
        assert Drafts(user_folders().vault_state(vault) / "drafts").names()
        app.press("enter", "enter")
        assert app.toast == "new insight · 6 sources · u undoes"
        assert not Drafts(user_folders().vault_state(vault) / "drafts").names()
    assert len(files.changes) == 6


def test_a_source_that_others_changed_meanwhile_is_left_out_and_said(sluice, six, vault):
    path = vault / "SOURCE-002-bridges.md"
    with sluice() as app:
        app.press("*", "1")
        # Nothing tells the session of it before the change does.
        path.write_text(path.read_text().replace("tactical", "strategic"))
        app.press("enter")
        assert "1 of 6 sources were skipped" in app.toast
        assert "strategic" in app.toast
        assert log(app) == [("signal_tier = paradigm", 5)]
        assert app.session.marker.names == [path.name]
        assert app.session.desk.vault.get(path.name).text("signal_tier") == "strategic"
    assert "signal_tier: strategic" in path.read_text()


def test_a_bulk_change_that_fails_brings_all_rows_and_marks_back(sluice, six, files, monkeypatch):
    sync = os.fsync
    with sluice() as app:
        app.press("*", "p")

        def full(_descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        app.press("enter")
        monkeypatch.setattr("os.fsync", sync)
        assert "no space left" in app.toast
        assert app.session.board.worklist.done == set()
        assert (app.figures.done, app.figures.words) == (0, ["6 left"])
        assert app.session.marker.count == 6
        assert all(s.text("status") == "raw" for s in app.session.desk.vault.sources)
    assert files.changes == {}


def test_hundreds_are_changed_in_one_go_with_one_undo(sluice, many):
    with sluice(many) as app:
        app.press("*", "p", "enter")
        assert app.toast == "◔ triaged, was ○ raw · 400 sources · u undoes"
        assert log(app) == [("raw → triaged", 400)]
        assert app.session.board.worklist.left == 0
        assert app.figures.today == "400 today"
        assert app.figures.words == ["0 left"], "a change of many says nothing of the pace"
        assert len(app.session.board.rows.all) == 400
        assert set(statuses(many)) == {"triaged"}
        app.press("u")
        assert app.toast == "Undid: ◔ triaged, was ○ raw · 400 sources · U redoes"
        assert app.session.board.worklist.left == 400
        assert set(statuses(many)) == {"raw"}
        app.press("U")
        assert set(statuses(many)) == {"triaged"}
        assert app.session.board.worklist.left == 0
