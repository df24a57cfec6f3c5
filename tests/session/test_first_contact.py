"""A folder that sluice does not recognise: what the queue says instead of sources."""

import pytest


@pytest.fixture
def folder(tmp_path):
    """A folder of no sources."""
    found = tmp_path / "found"
    found.mkdir()
    return found


def words(app):
    """What the empty queue says, on one line."""
    assert app.shown == []
    return " ".join(app.rows.empty_text.splitlines())


def test_the_key_of_all_sources_is_the_users_own(sluice, folder, config):
    config("keys:\n  find.view: f7\n  app.rescan: null\n")
    (folder / "0.md").write_text("---\nstatus: draft\n---\n# Draft 0\n")
    with sluice(folder) as app:
        app.press("n")
        assert app.shown == ["Draft 0"]
        app.press("f7", "1")
        assert "f7 then 4 shows it" in words(app)
        assert "reloads the vault" not in words(app)


def test_a_note_that_becomes_a_source_takes_the_words_away(sluice, folder):
    note = folder / "note.md"
    note.write_text("# Note\n")
    with sluice(folder) as app:
        note.write_text("---\nstatus: raw\n---\n# Note\n")
        app.press("R")
        assert app.shown == ["Note"]
        note.write_text("# Note\n")
        app.noticed(note.name)
        assert app.session.desk.vault.count == 0
        app.press("R")
        assert "No note here has a status" in words(app)
        app.press("n")
        assert "The only Markdown file in this folder" in words(app)
