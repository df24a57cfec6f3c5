"""Others change the vault while it is triaged: what is noticed shows, and nothing moves."""

from pathlib import Path

import pytest

from tests.samples import TITLES as SAMPLES
from tests.samples import replace
from tui.session.flow.watcher import on_network_disk
from tui.session.questions import PickOne
from tui.state.drafts import Drafts
from tui.state.folders import user_folders

TITLES = list(SAMPLES)
FIRST, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
MOVED, RENAMED = "SOURCE-001-moved.md", "SOURCE-900-renamed.md"
AARDVARKS = "SOURCE-000-aardvarks.md"


def place(app):
    """What must not move: the cursor and its row, the keys' pane and what has the focus."""
    return app.here, app.rows.cursor, app.focused, app.focus


def drafts(vault):
    """The sources that have a draft on disk."""
    return Drafts(user_folders().vault_state(vault) / "drafts").names()


def test_an_edit_shows_in_the_panes(sluice, vault):
    with sluice() as app:
        replace(vault / FIRST, "notebooklm_category: general", "notebooklm_category: claude-code")
        replace(vault / FIRST, "key_insights: []", "key_insights: [what they saw]")
        app.noticed(FIRST)
        assert app.drawn.source.insights == ("what they saw",)
        assert app.source.text("notebooklm_category") == "claude-code"


def test_a_source_moved_on_by_others_is_dimmed_and_brought_back_when_they_undo_it(sluice, vault):
    with sluice() as app:
        before = place(app)
        replace(vault / SECOND, "\nstatus: raw", "\nstatus: triaged")
        app.noticed(SECOND)
        assert app.dimmed(SECOND)
        assert app.shown == TITLES
        assert place(app) == before
        replace(vault / SECOND, "\nstatus: triaged", "\nstatus: raw")
        app.noticed(SECOND)
        assert not app.dimmed(SECOND)
        assert place(app) == before


def test_what_we_moved_on_in_the_view_of_all_stays_dimmed_when_others_edit_it(sluice, vault):
    with sluice() as app:
        app.press("v")
        app.type("all")
        app.press("enter", "p")
        assert app.dimmed(FIRST)
        replace(vault / FIRST, "creator: Someone", "creator: An Editor")
        app.noticed(FIRST)
        assert app.rows.sources[0].text("creator") == "An Editor"
        assert app.drawn.rows.redrawn == {0}
        assert app.dimmed(FIRST)


def test_a_new_source_comes_in_at_its_place_above_the_cursor(sluice, vault, write):
    with sluice() as app:
        app.press("j", "j")
        before = app.here, app.focused
        write(0, "Aardvarks come first")
        app.noticed(AARDVARKS)
        assert app.shown == ["Aardvarks come first", *TITLES]
        assert (app.here, app.focused) == before
        assert "5 left" in app.figures.words
        assert app.drawn.rows.calmly and app.drawn.rows.kept == (2, 3), "its line stays"


def test_another_deleted_source_leaves_the_queue_and_the_cursor_stays(sluice, vault):
    with sluice() as app:
        app.press("j", "j")
        before = app.here, app.focused
        (vault / FIRST).unlink()
        app.noticed(FIRST)
        assert app.shown == TITLES[1:]
        assert (app.here, app.focused) == before
        assert app.drawn.rows.calmly and app.drawn.rows.kept == (2, 1), "its line stays"
        assert app.toast == ""


def test_the_source_under_the_cursor_deleted_keeps_its_row_until_the_next_move(sluice, vault):
    with sluice() as app:
        app.press("j")
        (vault / SECOND).unlink()
        app.noticed(SECOND)
        assert "is gone" in app.toast
        assert app.shown == TITLES
        assert app.title == "Bridges over water"
        assert app.dimmed(SECOND)
        assert "The body of number 2." in app.drawn.source.body, "it can still be read"
        app.press("1", "p", "a", ".", "u")
        assert app.title == "Bridges over water"
        app.press("j")
        assert app.shown == [TITLES[0], *TITLES[2:]]
        assert app.title == "Clocks without hands"
        app.press("k")
        assert app.title == "Apples in autumn"


def test_a_source_deleted_and_written_again_is_as_if_nothing_happened(sluice, vault):
    with sluice() as app:
        app.press("j")
        text = (vault / SECOND).read_text()
        (vault / SECOND).unlink()
        app.noticed(SECOND)
        assert "is gone" in app.toast
        (vault / SECOND).write_text(text)
        app.noticed(SECOND)
        assert not app.rows.gone
        app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
        app.press("j", "k")
        assert app.shown == TITLES
        assert app.title == "Bridges over water"


def test_the_last_source_deleted_leaves_an_empty_queue_after_a_move(sluice, vault):
    for path in vault.iterdir():
        if path.name != FIRST:
            path.unlink()
    with sluice() as app:
        (vault / FIRST).unlink()
        app.noticed(FIRST)
        assert "is gone" in app.toast
        app.press("j", "G", "1", "enter", "q")
        assert not app.ended
        app.press("R")
        assert app.shown == []


@pytest.mark.parametrize("as_git_does", [False, True])
@pytest.mark.parametrize("new_first", [False, True])
def test_the_cursor_follows_a_renamed_source(sluice, vault, as_git_does, new_first):
    with sluice() as app:
        app.press("j", "i")
        app.type("half a tho")
        old, new = vault / SECOND, vault / RENAMED
        if as_git_does:
            new.write_bytes(old.read_bytes())
            old.unlink()
        else:
            old.rename(new)
        app.noticed(*((RENAMED, SECOND) if new_first else (SECOND, RENAMED)))
        assert app.here == RENAMED
        assert app.shown == [TITLES[0], *TITLES[2:], TITLES[1]]
        app.type("ught")
        app.press("enter")
        assert "half a thought" in new.read_text()
        assert not app.session.noter.has_draft(SECOND)
        assert app.here == new.name


def test_a_kept_draft_goes_with_a_renamed_source(sluice, vault):
    with sluice() as app:
        app.press("j", "i")
        app.type("half a thought")
        app.press("escape", "k")
        (vault / SECOND).rename(vault / RENAMED)
        app.noticed(SECOND, RENAMED)
        assert app.shown[-1] == TITLES[1]
        app.press("G", "i")
        assert app.written[0] == "half a thought"


def test_half_typed_text_survives_every_change(sluice, vault, write):
    with sluice() as app:
        app.press("j", "i")
        app.type("half a ")
        replace(vault / SECOND, "Bridges over water", "Tunnels under water")
        write(0, "Aardvarks come first")
        (vault / FIRST).unlink()
        app.noticed(FIRST, SECOND, AARDVARKS)
        assert app.shown[:2] == ["Aardvarks come first", "Tunnels under water"]
        assert app.written[0] == "half a "
        assert app.focus == "field"
        app.type("thought")
        app.press("enter")
    text = (vault / SECOND).read_text()
    assert "half a thought" in text and "Tunnels under water" in text


def test_an_insight_typed_for_a_source_that_is_deleted_is_kept(sluice, vault):
    with sluice() as app:
        app.press("j", "i")
        app.type("half a thought")
        (vault / SECOND).unlink()
        app.noticed(SECOND)
        assert "is gone" in app.toast
        app.press("enter")
        assert app.written[0] == "half a thought"
        app.press("escape")
        assert app.session.noter.has_draft(SECOND)


def test_a_search_is_kept_and_finds_what_came(sluice, vault, write):
    with sluice() as app:
        app.press("slash")
        app.type("bridges")
        write(9, "Bridges of paper")
        app.noticed("SOURCE-009-bridges.md")
        assert "Bridges of paper" in app.shown
        assert app.bar == "bridges"
        assert app.focused == "queue" and app.focus == "search"
        assert app.title == "Bridges over water"
        (vault / SECOND).unlink()
        app.noticed(SECOND)
        assert "is gone" in app.toast
        assert app.title == "Bridges over water"
        app.type(" of")
        assert app.shown[0] == "Bridges of paper"


def test_a_filter_half_typed_stays_with_its_complaint(sluice, vault):
    with sluice() as app:
        app.press("slash")
        app.type("published:>so")
        complaint = app.line
        assert "published" in complaint.sentence and not complaint.is_hint
        replace(vault / FIRST, "Apples in autumn", "Apricots in spring")
        app.noticed(FIRST)
        assert "Apricots in spring" in app.shown
        assert app.line == complaint
        assert app.bar == "published:>so"


def test_an_open_picker_stays_and_its_choice_is_for_the_source_it_was_opened_for(
    sluice, vault, write
):
    with sluice() as app:
        app.press("j", "c")
        before = app.picker
        write(0, "Aardvarks come first")
        (vault / FIRST).unlink()
        app.noticed(AARDVARKS, FIRST)
        assert app.shown == ["Aardvarks come first", *TITLES[1:]]
        assert isinstance(app.box.question, PickOne)
        assert app.picker == before
        app.type("claude")
        app.press("enter")
    assert "notebooklm_category: claude-code" in (vault / SECOND).read_text()


def test_a_network_disk_is_told_from_a_local_one(tmp_path):
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "server:/notes /mnt/my\\040notes nfs4 rw 0 0\n"
        "tmpfs /mnt/my\\040notes/local tmpfs rw 0 0\n"
    )
    assert on_network_disk(Path("/mnt/my notes/vault"), table)
    assert not on_network_disk(Path("/mnt/my notes/local/vault"), table)
    assert not on_network_disk(Path("/home/me"), table)
    assert not on_network_disk(Path("/home/me"), tmp_path / "missing")


def test_a_draft_and_a_mark_follow_a_renamed_file_that_a_key_met_first(sluice, vault):
    with sluice() as app:
        app.press("i")
        app.type("half typed")
        app.press("escape", "x", "k")
        (vault / FIRST).rename(vault / MOVED)
        app.press("1")
        app.noticed(FIRST, MOVED)
        assert app.here == MOVED
        assert drafts(vault) == {MOVED}
        assert app.session.marker.names == [MOVED]
        app.press("1")
    assert "paradigm" in (vault / MOVED).read_text()


def test_an_insight_saved_into_a_file_that_was_renamed_is_a_draft_of_the_new_name(sluice, vault):
    with sluice() as app:
        app.press("i")
        app.type("whole text")
        (vault / FIRST).rename(vault / MOVED)
        app.press("enter")
        app.noticed(FIRST, MOVED)
        assert app.here == MOVED
        assert drafts(vault) == {MOVED}
        assert app.written[0] == "whole text"


def test_a_draft_of_a_deleted_file_is_not_given_to_another(sluice, vault, write):
    with sluice() as app:
        app.press("i")
        app.type("half typed")
        app.press("escape")
        (vault / FIRST).unlink()
        app.press("1")
        write(7, "Geese")
        app.noticed("SOURCE-007-geese.md")
        assert "Geese" in app.shown
        assert drafts(vault) == {FIRST}
