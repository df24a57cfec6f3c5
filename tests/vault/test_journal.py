"""The undo journal: what was changed, on disk before the change itself."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tui.errors import JournalError
from tui.vault.header.edit import MISSING
from tui.vault.history import journal as journal_module
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch
from tui.vault.history.journal import Journal


def made(name: str, before: Any = "a", after: Any = "b") -> Change:
    patch = Patch(4, "k: a\n", "k: b\n", "0" * 64, "1" * 64)
    record = FileRecord("x.md", (FieldRecord("k", before, after),), patch)
    return Change(name, f"label {name}", datetime(2026, 1, 2, 3, tzinfo=UTC), (record,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


def ids(changes: list[Change]) -> list[str]:
    return [change.id for change in changes]


def opened(folder: Path, *names: str) -> Journal:
    journal = Journal(folder)
    for name in names:
        journal.append(made(name))
    return journal


def test_changes_outlive_the_program(folder: Path) -> None:
    opened(folder, "1", "2")
    assert Journal(folder).changes() == [made("1"), made("2")]
    assert ids(Journal(folder).history().done) == ["1", "2"]


def test_an_empty_journal_has_no_changes(folder: Path) -> None:
    assert Journal(folder).changes() == []
    assert Journal(folder).history().done == []


@pytest.mark.parametrize(
    "value",
    [
        MISSING,
        None,
        True,
        False,
        1,
        10**30,
        1.5,
        "",
        "é 🚀 \u2028 \x00 \udcff",
        date(2026, 2, 28),
        datetime(2026, 2, 28, 1, 2, 3, 4),
        datetime(2026, 2, 28, tzinfo=timezone(timedelta(hours=-3))),
        [],
        ["a", None, 1, date(2026, 1, 1), ["deep"], {"map": "x", 1: [True]}],
        {},
        {"missing": True},
        {"date": "2026-01-01"},
        {None: {"text": 1}},
    ],
    ids=repr,
)
def test_every_value_comes_back_as_it_was(folder: Path, value: Any) -> None:
    journal = Journal(folder)
    journal.append(made("1", value, "b"))
    [change] = Journal(folder).changes()
    back = change.files[0].fields[0].before
    assert back == value
    assert type(back) is type(value)


def test_a_value_json_cannot_hold_does_not_stop_the_journal(folder: Path) -> None:
    journal = Journal(folder)
    journal.append(made("1", b"bytes", {"a", "b"}))
    assert ids(Journal(folder).changes()) == ["1"]


def test_undo_and_redo_move_a_change_between_the_stacks(folder: Path) -> None:
    journal = opened(folder, "1", "2")
    journal.mark("undo", made("2"))
    for reader in (journal, Journal(folder)):
        assert (ids(reader.history().done), ids(reader.history().undone)) == (["1"], ["2"])
        assert [change.undone for change in reader.changes()] == [False, True]
    journal.mark("undo", made("1"))
    assert ids(Journal(folder).history().undone) == ["2", "1"]
    journal.mark("redo", made("1"))
    assert (ids(journal.history().done), ids(journal.history().undone)) == (["1"], ["2"])


def test_a_new_change_empties_what_could_be_made_again(folder: Path) -> None:
    journal = opened(folder, "1", "2")
    journal.mark("undo", made("2"))
    journal.append(made("3"))
    for reader in (journal, Journal(folder)):
        assert (ids(reader.history().done), ids(reader.history().undone)) == (["1", "3"], [])
        assert ids(reader.changes()) == ["1", "2", "3"]


def test_a_change_that_never_came_to_be_is_forgotten(folder: Path) -> None:
    journal = opened(folder, "1", "2")
    journal.mark("void", made("2"))
    for reader in (journal, Journal(folder)):
        assert ids(reader.changes()) == ["1"]
        assert ids(reader.history().done) == ["1"]


def test_a_change_that_never_came_to_be_leaves_what_can_be_made_again(folder: Path) -> None:
    journal = opened(folder, "1", "2")
    journal.mark("undo", made("2"))
    journal.append(made("3"))
    journal.mark("void", made("3"))
    for reader in (journal, Journal(folder)):
        assert (ids(reader.history().done), ids(reader.history().undone)) == (["1"], ["2"])


@pytest.mark.parametrize("torn", [b'{"kind":"change","id":"3', b"{", b"\xff\xfe", b"null", b"[1]"])
def test_a_line_torn_by_a_crash_costs_nothing_else(folder: Path, torn: bytes) -> None:
    opened(folder, "1", "2")
    with (folder / "journal.jsonl").open("ab") as file:
        file.write(torn)
    journal = Journal(folder)
    assert ids(journal.changes()) == ["1", "2"]
    journal.append(made("3"))
    for reader in (journal, Journal(folder)):
        assert ids(reader.changes()) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "7",
        '"x"',
        '{"kind":"change"}',
        '{"kind":"undo","id":"none"}',
        '{"kind":"change","id":"9","label":"","time":"soon","files":[]}',
        '{"kind":"change","id":"9","label":"","time":"2026-01-01","files":[{"name":"x"}]}',
        '{"kind":"change","id":"9","label":"","time":"2026-01-01","files":7}',
    ],
)
def test_a_line_that_makes_no_sense_is_skipped(folder: Path, line: str) -> None:
    opened(folder, "1")
    with (folder / "journal.jsonl").open("a") as file:
        file.write(line + "\n")
    opened(folder, "2")
    assert ids(Journal(folder).changes()) == ["1", "2"]


def test_two_programs_on_one_journal_see_each_others_changes(folder: Path) -> None:
    one, other = opened(folder, "1"), Journal(folder)
    assert ids(other.history().done) == ["1"]
    other.append(made("2"))
    assert ids(one.history().done) == ["1", "2"]
    one.mark("undo", made("2"))
    assert ids(other.history().undone) == ["2"]
    other.mark("redo", made("2"))
    assert ids(one.history().done) == ["1", "2"]


def test_a_line_half_written_by_another_program_is_read_when_it_is_whole(folder: Path) -> None:
    journal = opened(folder, "1")
    whole = (folder / "journal.jsonl").read_bytes().replace(b'"id":"1"', b'"id":"2"')
    with (folder / "journal.jsonl").open("ab", buffering=0) as file:
        file.write(whole[:50])
        assert ids(journal.changes()) == ["1"]
        file.write(whole[50:])
    assert ids(journal.changes()) == ["1", "2"]


def test_a_journal_that_was_deleted_begins_again(folder: Path) -> None:
    journal = opened(folder, "1")
    assert ids(journal.changes()) == ["1"]
    (folder / "journal.jsonl").unlink()
    assert journal.changes() == []
    journal.append(made("2"))
    assert ids(journal.changes()) == ["2"]


def test_a_long_journal_keeps_its_newest_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 3)
    journal, other = opened(folder, *"12345"), Journal(folder)
    journal.trim()
    assert ids(other.history().done) == list("12345")
    journal.append(made("6"))
    journal.trim()
    for reader in (journal, other, Journal(folder)):
        assert ids(reader.history().done) == ["4", "5", "6"]
    assert sorted(path.name for path in folder.iterdir()) == ["journal.jsonl", "lock"]


def test_a_journal_that_cannot_be_written_says_that_nothing_was_changed(folder: Path) -> None:
    (folder / "journal.jsonl").mkdir(parents=True)
    with pytest.raises(JournalError, match="so nothing was changed"):
        Journal(folder).append(made("1"))


def test_a_journal_that_cannot_be_written_after_an_undo_says_the_files_were(folder: Path) -> None:
    (folder / "journal.jsonl").mkdir(parents=True)
    with pytest.raises(JournalError, match="the files were changed"):
        Journal(folder).mark("undo", made("1"))


def test_a_state_folder_that_is_a_file_is_reported(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(JournalError, match="so nothing was changed"):
        Journal(folder).append(made("1"))


def test_the_journal_is_readable_by_its_owner_alone(folder: Path) -> None:
    opened(folder, "1")
    assert folder.stat().st_mode & 0o077 == 0


def test_each_change_is_one_line_of_ascii(folder: Path) -> None:
    journal = Journal(folder)
    journal.append(made("1", "\u2028\n", "é"))
    data = (folder / "journal.jsonl").read_bytes()
    assert data.count(b"\n") == 1
    assert json.loads(data.decode("ascii"))["kind"] == "change"


@pytest.mark.parametrize(
    "damage",
    [b"\x00" * 4_096, b"not\nour\njournal\n", b"{}x\n" * 3, b"\xff\xfe", b"[1]\n[2]\n"],
    ids=["zeroes", "text", "torn lines", "bytes", "lists"],
)
def test_a_damaged_journal_is_set_aside_and_told_of_once(folder: Path, damage: bytes) -> None:
    path = folder / "journal.jsonl"
    folder.mkdir()
    path.write_bytes(damage)
    assert not Journal(folder).is_sound()
    journal = Journal(folder)
    with pytest.raises(JournalError, match=r"was damaged; it is now .*journal\.jsonl\.bad1"):
        journal.changes()
    assert (folder / "journal.jsonl.bad1").read_bytes() == damage
    assert journal.changes() == []
    journal.append(made("1"))
    assert ids(Journal(folder).changes()) == ["1"]
    path.write_bytes(damage)
    with pytest.raises(JournalError, match=r"journal\.jsonl\.bad2"):
        journal.history()


def test_a_change_is_not_added_to_a_damaged_journal(folder: Path) -> None:
    folder.mkdir()
    (folder / "journal.jsonl").write_bytes(b"\x00" * 100)
    journal = Journal(folder)
    with pytest.raises(JournalError, match="so nothing was changed"):
        journal.append(made("1"))
    journal.append(made("1"))
    assert ids(Journal(folder).changes()) == ["1"]


def test_one_bad_line_among_good_ones_is_no_damage(folder: Path) -> None:
    opened(folder, "1", "2")
    path = folder / "journal.jsonl"
    path.write_bytes(b"\x00 torn\n" + path.read_bytes())
    assert Journal(folder).is_sound()
    opened(folder, "3")
    assert ids(Journal(folder).changes()) == ["1", "2", "3"]


def test_a_line_the_disk_had_no_room_for_leaves_the_journal_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = opened(folder, "1")
    before = (folder / "journal.jsonl").read_bytes()
    write, room = os.write, [10]

    def full(descriptor: int, data: bytes) -> int:
        if not room:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: room.pop()])

    monkeypatch.setattr(journal_module.os, "write", full)
    with pytest.raises(JournalError, match=r"no space left on device.*nothing was changed"):
        journal.append(made("2"))
    assert (folder / "journal.jsonl").read_bytes() == before
