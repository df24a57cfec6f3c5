"""Undo and redo on disk, also after other programs wrote to the same files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import Conflict, EditRefused, NothingToUndo, StorageError
from tui.vault.disk.storage import Snapshot
from tui.vault.source import Stamp
from tui.vault.vault import FieldEdit, Vault
from tui.vault.writing import writer as writer_module
from tui.vault.writing.writer import Which

TEXT = "---\ntitle: T # mine\nstatus: raw   # yet\nkey_insights: []\ntopics:\n- a\n---\nbody\n"


def commit(vault: Vault, name: str, field: str, value: str | tuple[str, ...] | None) -> None:
    vault.commit(f"{field} of {name}", [FieldEdit(vault.get(name), field, value)])


def foreign(path: Path, old: str, new: str) -> None:
    """Another program's change."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_undo_gives_the_bytes_back_and_redo_the_change(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    commit(vault, "a.md", "key_insights", ('say "x": 🚀',))
    changed = path.read_bytes()
    assert vault.undo().label == "key_insights of a.md"
    assert vault.undo().label == "status of a.md"
    assert path.read_bytes() == TEXT.encode()
    assert vault.get("a.md").text("status") == "raw"
    assert vault.redo().label == "status of a.md"
    assert vault.redo().label == "key_insights of a.md"
    assert path.read_bytes() == changed
    with pytest.raises(NothingToUndo, match="redo"):
        vault.redo()


def test_undo_works_in_the_next_run(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    commit(open_vault(), "a.md", "status", "triaged")
    open_vault().undo()
    assert path.read_text() == TEXT
    open_vault().redo()
    assert path.read_text() == TEXT.replace("raw", "triaged")


def test_there_is_nothing_to_undo_at_first(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    with pytest.raises(NothingToUndo):
        open_vault().undo()


def test_a_change_of_many_sources_is_one_undo(write: Write, open_vault: Open) -> None:
    paths = [write(f"{name}.md", TEXT) for name in "abc"]
    vault = open_vault()
    change = vault.commit(
        "all", [FieldEdit(source, "status", "triaged") for source in vault.sources]
    )
    assert change.names == ("a.md", "b.md", "c.md")
    assert vault.undo().id == change.id
    assert [path.read_text() for path in paths] == [TEXT] * 3
    assert [entry.undone for entry in vault.log()] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: T # mine", "title: Other"),
        ("topics:\n- a\n", "topics:\n- a\n- b\n"),
        ("topics:\n- a\n", ""),
        ("title: T # mine\n", "# new\ntitle: T\nextra: 1\n"),
        ("---\nbody", "---\nbody, longer"),
        ("body\n", ""),
    ],
)
@pytest.mark.parametrize(
    ("field", "value"), [("status", "triaged"), ("key_insights", ("i", "j")), ("url", "new")]
)
def test_another_programs_change_elsewhere_survives_undo_and_redo(
    write: Write,
    open_vault: Open,
    old: str,
    new: str,
    field: str,
    value: str | tuple[str, ...],
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", field, value)
    foreign(path, old, new)
    theirs = path.read_text()
    vault.undo()
    assert path.read_text() == TEXT.replace(old, new, 1)
    vault.redo()
    assert path.read_text() == theirs


def test_a_removed_item_comes_back_with_its_quotes_and_comment(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", "---\nstatus: raw\ntopics:\n  - 'a' # why\n\n  - b\n---\nbody\n")
    before = path.read_text()
    vault = open_vault()
    commit(vault, "a.md", "topics", ("b",))
    foreign(path, "body", "BODY")
    vault.undo()
    assert path.read_text() == before.replace("body", "BODY")


def test_an_undo_is_refused_when_the_field_was_changed_since(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    foreign(path, "triaged", "archived")
    theirs = path.read_bytes()
    with pytest.raises(Conflict, match=r"“.*”: status is now “archived”, no longer “triaged”"):
        vault.undo()
    assert path.read_bytes() == theirs
    assert [change.undone for change in vault.log()] == [False]


def test_an_undo_of_many_is_refused_whole_when_one_was_changed_since(
    write: Write, open_vault: Open
) -> None:
    paths = [write(f"{name}.md", TEXT) for name in "abc"]
    vault = open_vault()
    vault.commit("all", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    foreign(paths[2], "triaged", "archived")
    with pytest.raises(Conflict, match="“T”: status is now"):
        vault.undo()
    assert "triaged" in paths[0].read_text()
    foreign(paths[2], "archived", "triaged")
    vault.undo()
    assert [path.read_text() for path in paths] == [TEXT] * 3


def test_an_undo_in_a_header_broken_since_is_refused_by_name(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    foreign(path, "title: T", "title: T: T")
    theirs = path.read_bytes()
    with pytest.raises(EditRefused, match=r"^“.*”: Broken header"):
        vault.undo()
    assert path.read_bytes() == theirs


def test_an_undo_of_a_file_that_is_gone_says_so(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    path.unlink()
    with pytest.raises(StorageError, match=r"File not found: a\.md"):
        vault.undo()


def test_a_refused_undo_can_be_skipped_and_stays_done(write: Write, open_vault: Open) -> None:
    path, gone = write("a.md", TEXT), write("b.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "title", "First")
    commit(vault, "a.md", "status", "triaged")
    commit(vault, "b.md", "status", "triaged")
    foreign(path, "triaged", "archived")
    gone.unlink()
    with pytest.raises(StorageError, match=r"File not found: b\.md"):
        vault.undo()
    assert vault.undo(Which(skip=True)).label == "title of a.md"
    assert path.read_text() == TEXT.replace("raw", "archived")
    assert [change.undone for change in vault.log()] == [True, False, False]
    with pytest.raises(StorageError, match=r"File not found: b\.md"):
        vault.undo(Which(skip=True))
    assert vault.redo().label == "title of a.md"


def test_a_disk_that_is_full_is_no_reason_to_pass_over_a_change(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "title", "First")
    commit(vault, "a.md", "status", "triaged")

    def full(*_: object) -> None:
        raise StorageError("a.md cannot be written (no space left on device).")

    monkeypatch.setattr(writer_module, "replace", full)
    with pytest.raises(StorageError, match="no space left"):
        vault.undo(Which(skip=True))
    assert [change.undone for change in vault.log()] == [False, False]


def test_a_change_that_never_reached_the_disk_is_skipped(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "title", "First")
    kept = path.read_bytes()
    commit(vault, "a.md", "status", "triaged")
    # As after a crash between the journal's line and the file's rename.
    path.write_bytes(kept)
    vault = open_vault()
    assert vault.undo().label == "title of a.md"
    assert path.read_text() == TEXT


def test_half_of_a_change_that_reached_the_disk_is_undone(write: Write, open_vault: Open) -> None:
    first, second = write("a.md", TEXT), write("b.md", TEXT)
    vault = open_vault()
    vault.commit("both", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    second.write_text(TEXT)
    open_vault().undo()
    assert (first.read_text(), second.read_text()) == (TEXT, TEXT)


def test_an_undo_that_met_another_program_half_way_says_how_far_it_came(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(name, TEXT) for name in ("a.md", "b.md", "c.md")]
    vault = open_vault()
    commit(vault, "c.md", "title", "older")
    vault.commit("all", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    real = writer_module.replace

    def replace(snapshot: Snapshot, *rest: Any) -> Stamp:
        if snapshot.path.name == "b.md" and "status: triaged" in paths[1].read_text():
            foreign(paths[1], "triaged", "theirs")
        return real(snapshot, *rest)

    monkeypatch.setattr(writer_module, "replace", replace)
    with pytest.raises(Conflict, match=r"Changed 1 of 3 sources, then: “T”"):
        vault.undo(Which(skip=True))
    assert [path.read_text().split()[6] for path in paths] == ["raw", "theirs", "triaged"]
    assert [change.label for change in vault.log() if not change.undone] == ["title of c.md", "all"]


def test_two_programs_share_one_history(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    one, other = open_vault(), open_vault()
    commit(one, "a.md", "title", "First")
    commit(other, "a.md", "status", "triaged")
    assert one.undo().label == "status of a.md"
    assert other.undo().label == "title of a.md"
    assert path.read_text() == TEXT


def test_a_change_is_undone_by_its_id_and_later_ones_stay(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    one, other = open_vault(), open_vault()
    change = one.commit("title", [FieldEdit(one.get("a.md"), "title", "Mine")])
    commit(other, "a.md", "status", "triaged")
    assert one.undo(Which(id=change.id)).label == "title"
    assert path.read_text() == TEXT.replace("raw", "triaged")
    with pytest.raises(NothingToUndo, match="already undone"):
        one.undo(Which(id=change.id))
    assert path.read_text() == TEXT.replace("raw", "triaged")
    assert other.undo().label == "status of a.md"
    assert path.read_text() == TEXT
    assert other.redo().label == "status of a.md"
    assert one.redo().label == "title"


def test_a_change_that_a_later_one_covers_is_not_undone_by_its_id(
    write: Write, open_vault: Open
) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    change = vault.commit("status", [FieldEdit(vault.get("a.md"), "status", "triaged")])
    commit(vault, "a.md", "status", "archived")
    covered = path.read_bytes()
    with pytest.raises(Conflict, match="status is now “archived”, no longer “triaged”"):
        vault.undo(Which(id=change.id))
    assert path.read_bytes() == covered


@pytest.mark.parametrize("few", [200, 0])
def test_a_change_is_undone_apart_from_later_ones_unless_one_set_its_field(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    # With 0 the later changes are searched for by the file's name, as in a long journal.
    monkeypatch.setattr(writer_module, "FEW_LATER", few)
    path, other = write("a.md", TEXT), write("b.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "topics", ("a", "b"))
    alone = path.read_bytes()
    path.write_bytes(TEXT.encode())
    vault = open_vault()
    for value in ("triaged", "processed", "raw"):
        commit(vault, "a.md", "status", value)
    commit(vault, "a.md", "topics", ("a", "b"))
    commit(vault, "b.md", "status", "triaged")
    one, two, three, _, _ = (change.id for change in vault.log()[-5:])
    now = path.read_bytes(), other.read_bytes()
    for id in (one, two):
        with pytest.raises(Conflict, match="by a later change from “"):
            vault.undo(Which(id=id, unless_set_later=True))
    assert (path.read_bytes(), other.read_bytes()) == now
    for id in (three, two, one):
        vault.undo(Which(id=id, unless_set_later=True))
    assert path.read_bytes() == alone


def test_any_undone_change_is_redone_by_its_id(write: Write, open_vault: Open) -> None:
    path = write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    one = vault.undo().id
    commit(vault, "a.md", "topics", ("a", "b"))
    now = path.read_bytes()
    with pytest.raises(NothingToUndo, match="nothing left to redo"):
        vault.redo()
    assert vault.redo(id=one).id == one
    assert b"status: triaged   # yet" in path.read_bytes() and vault.find("a.md")
    with pytest.raises(NothingToUndo, match="not undone"):
        vault.redo(id=one)
    assert vault.undo().id == one and path.read_bytes() == now
    commit(vault, "a.md", "status", "processed")
    with pytest.raises(Conflict, match="status is now “processed”"):
        vault.redo(id=one)


def test_what_was_written_of_a_stopped_change_is_undone_by_the_id_that_is_reported(
    write: Write, open_vault: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(f"{name}.md", TEXT) for name in "abc"]
    vault = open_vault()
    real = writer_module.replace

    def fails(snapshot: Snapshot, *rest: object) -> object:
        if snapshot.path.name == "c.md":
            raise StorageError("c.md cannot be written (no space left on device).")
        return real(snapshot, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(writer_module, "replace", fails)
    with pytest.raises(StorageError, match="2 of 3") as told:
        vault.commit("all", [FieldEdit(source, "status", "triaged") for source in vault.sources])
    commit(vault, "a.md", "title", "New")
    assert vault.undo(Which(id=told.value.part_of)).names == ("a.md", "b.md")
    texts = [path.read_text() for path in paths]
    assert texts == [TEXT.replace("T # mine", "New # mine"), TEXT, TEXT]


def test_a_new_change_ends_what_could_be_redone(write: Write, open_vault: Open) -> None:
    write("a.md", TEXT)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    vault.undo()
    commit(vault, "a.md", "title", "New")
    with pytest.raises(NothingToUndo):
        vault.redo()


def test_bytes_that_are_no_text_come_back(write: Write, open_vault: Open) -> None:
    data = b"\xef\xbb\xbf---\r\nstatus: raw\r\n---\r\n\xff\xfe \xe2\x80\xa8 \x00 body"
    path = write("a.md", data)
    vault = open_vault()
    commit(vault, "a.md", "status", "triaged")
    assert path.read_bytes() == data.replace(b"raw", b"triaged")
    vault.undo()
    assert path.read_bytes() == data
