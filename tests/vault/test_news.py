"""What an open app learns of the changes that others make."""

from __future__ import annotations

import pytest

from tests.vault.conftest import Open, Write
from tui.vault.history.author import Author
from tui.vault.history.news import Fresh, News
from tui.vault.vault import FieldEdit, Vault

TEXT = "---\nstatus: raw\ntier: a\n---\nbody\n"


def change(vault: Vault, value: str, name: str = "a.md", by: str = "") -> None:
    source = vault.reread(name)
    assert source is not None
    vault.commit(value, [FieldEdit(source, "tier", value)], author=Author(by))


def told(fresh: Fresh) -> tuple[list[str], list[str]]:
    return [each.label for each in fresh.made], [each.label for each in fresh.undone]


def test_the_changes_of_others_are_told_once_and_ours_never(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    app, script = open_vault(), open_vault()
    change(script, "before")
    news = News(app.journal)
    assert told(news.look()) == ([], [])
    change(script, "one", by="importer")
    change(app, "ours")
    change(script, "two", by="importer")
    fresh = news.look()
    assert told(fresh) == (["one", "two"], [])
    assert {each.by for each in fresh.made} == {"importer"}
    assert told(news.look()) == ([], [])
    app.undo()
    assert told(news.look()) == ([], [])


def test_what_others_undo_and_redo_is_told(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    app, script = open_vault(), open_vault()
    news = News(app.journal)
    news.look()
    change(app, "ours")
    script.undo()
    assert told(news.look()) == ([], ["ours"])
    script.redo()
    assert told(news.look()) == (["ours"], [])
    app.undo()
    app.redo()
    assert told(news.look()) == ([], [])


def test_what_was_trimmed_away_is_no_news(write: Write, open_vault: Open, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    write("a.md", TEXT)
    app, script = open_vault(), open_vault()
    news = News(app.journal)
    for number in range(9):
        change(script, f"t{number}")
    news.look()
    monkeypatch.setattr("tui.vault.history.journal.KEEP", 3)
    monkeypatch.setattr("tui.vault.history.journal.SHORTEST", 1)
    script.journal.trim()
    assert len(script.log()) == 3
    assert told(news.look()) == ([], [])
    change(script, "new")
    assert told(news.look()) == (["new"], [])


def test_what_we_write_while_the_journal_is_read_was_undone_by_nobody(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", TEXT)
    app, script = open_vault(), open_vault()
    news = News(app.journal)
    news.look()
    change(app, "one")
    standing = app.journal.standing

    def and_then() -> frozenset[str]:
        found = standing()
        monkeypatch.undo()
        change(app, "two")
        return found

    monkeypatch.setattr(app.journal, "standing", and_then)
    assert told(news.look()) == ([], [])
    assert told(news.look()) == ([], [])

    def after() -> frozenset[str]:
        monkeypatch.undo()
        change(app, "three")
        app.undo()
        return standing()

    monkeypatch.setattr(app.journal, "standing", after)
    change(script, "theirs")
    assert told(news.look()) == (["theirs"], [])
    assert told(news.look()) == ([], [])
    script.undo()
    assert told(news.look()) == ([], ["theirs"])
