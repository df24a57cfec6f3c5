"""Who last set what, followed change by change, is what reading the whole journal says."""

from contextlib import suppress
from random import Random

import pytest

from tui.errors import SluiceError
from tui.vault.history.author import Author
from tui.vault.history.journal import Journal
from tui.vault.history.last_set import LastSet
from tui.vault.vault import FieldEdit, Vault
from tui.vault.writing.writer import Which

NAMES = [f"{letter}.md" for letter in "abc"]
VALUES = ["one", "two", "three"]


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    for name in NAMES:
        (root / name).write_text("---\nstatus: raw\ntier: one\ncat: one\n---\nbody\n")
    vault = Vault(root, tmp_path / "state")
    vault.load()
    return vault


def known(last_set):
    """All that it knows; a source without anything counts as unknown."""
    tables = last_set.by_person(), last_set.by_others(), last_set.guesses()
    return [{name: fields for name, fields in table.items() if fields} for table in tables]


def act(vault, chance):
    """Change, confirm, rename, undo or redo something."""
    by = chance.choice(["", "", "importer"])
    names = chance.sample(NAMES, chance.randint(1, 3))
    sources = [source for source in vault.sources if source.name in names]
    field, value = chance.choice(["tier", "cat"]), chance.choice(VALUES)
    match chance.randrange(8):
        case 0 | 1 | 2:
            label = chance.choice([f"{field} = {value}", f"{field}: one → {value}"])
            edits = [FieldEdit(source, field, value) for source in sources]
            vault.commit(label, edits, author=Author(by))
        case 3:
            edits = [FieldEdit(s, field, s.fields[field], noted=True) for s in sources]
            label = chance.choice([f"confirmed {field}", f"accepted {field} by a sample"])
            vault.commit(label, edits)
        case 4 | 5:
            vault.undo(Which(by=by, own=not by))
        case 6:
            vault.undo(Which(id=chance.choice(vault.journal.changes().ids or [""])))
        case 7:
            vault.redo()


@pytest.mark.parametrize("seed", range(8))
def test_it_knows_after_each_step_what_the_whole_journal_says(tmp_path, vault, seed):
    chance, born = Random(seed), lambda _: {}
    kept = LastSet(vault.journal, tmp_path / "last_set.json", born)
    given = kept.by_person()
    for step in range(60):
        before = {name: dict(fields) for name, fields in given.items()}
        with suppress(SluiceError):
            act(vault, chance)
        whole = LastSet(Journal(tmp_path / "state"), tmp_path / f"{step}.json", born)
        assert known(kept) == known(whole), step
        # What was given out stays as it is.
        assert given == before
        given = kept.by_person()
        if step % 20 == 19:
            kept.keep()
            kept = LastSet(vault.journal, tmp_path / "last_set.json", born)
            assert known(kept) == known(whole)
    assert len(vault.journal.changes()) > 15
    # Another process changed and undid something meanwhile.
    other = Vault(vault.root, tmp_path / "state")
    other.load()
    for _ in range(10):
        with suppress(SluiceError):
            act(other, chance)
    whole = LastSet(Journal(tmp_path / "state"), tmp_path / "whole.json", born)
    assert known(kept) == known(whole)


def test_an_undo_reads_only_the_changes_of_its_files(tmp_path, vault, monkeypatch):
    for value in ("two", "three") * 5:
        for name in NAMES:
            vault.commit("x", [FieldEdit(vault.find(name), "tier", value)])
    kept = LastSet(vault.journal, tmp_path / "last_set.json", lambda _: {})
    assert kept.by_person()["c.md"]["tier"].value == "three"
    vault.undo()
    read = []
    load = vault.journal.read
    monkeypatch.setattr(vault.journal, "read", lambda ids: read.extend(ids) or load(ids))
    assert kept.by_person()["c.md"]["tier"].value == "two"
    assert kept.by_person()["b.md"]["tier"].value == "three"
    assert len(read) == 1
