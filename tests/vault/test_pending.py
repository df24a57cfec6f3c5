"""What a killed sluice was at is noted in the lock it held, until a start has looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tests.vault.test_progress import StoppedAt
from tui.errors import Stopped
from tui.vault.vault import Vault
from tui.vault.writing.plan import FieldEdit

BEFORE = "---\nstatus: raw\n---\nbody\n"


def locks_of(state: Path) -> list[Path]:
    return sorted((state / "locks").iterdir())


def change(vault: Vault, value: str, field: str = "status") -> str:
    return vault.commit(value, [FieldEdit(vault.get("a.md"), field, value)]).id


def notes(state: Path) -> bytes:
    return b"".join(path.read_bytes() for path in locks_of(state))


def never_written(write: Write, open_vault: Open, state: Path) -> str:
    """A change that is in the journal and noted, and did not reach its file."""
    path = write("a.md", BEFORE)
    id = change(open_vault(), "triaged")
    path.write_text(BEFORE)
    [lock] = locks_of(state)
    lock.write_bytes(f"change {id}\n".encode())
    return id


def test_a_change_that_never_reached_its_file_is_struck_out_by_the_next_start(
    write: Write, open_vault: Open, tmp_path: Path
) -> None:
    never_written(write, open_vault, tmp_path / "state")
    assert open_vault().log() == []
    assert notes(tmp_path / "state") == b""


def test_a_dead_sluices_note_outlives_the_changes_of_one_that_was_running(
    write: Write, open_vault: Open, tmp_path: Path
) -> None:
    write("a.md", BEFORE)
    running = open_vault()
    id = never_written(write, open_vault, tmp_path / "state")
    running.load()
    change(running, "noise", "tier")
    assert notes(tmp_path / "state") == f"change {id}\n".encode()
    assert [made.label for made in open_vault().log() if not made.undone] == ["noise"]
    assert notes(tmp_path / "state") == b""


def test_a_lock_file_that_holds_something_else_is_emptied_and_in_nobodys_way(
    write: Write, open_vault: Open, tmp_path: Path
) -> None:
    path = write("a.md", BEFORE)
    change(open_vault(), "triaged")
    for text in (b"junk", b"\xff\n\n\0\n", b"change zz\nundo 123\n"):
        locks_of(tmp_path / "state")[0].write_bytes(text)
        vault = open_vault()
        assert notes(tmp_path / "state") == b""
        vault.undo()
        assert path.read_text() == BEFORE
        vault.redo()


def test_a_stopped_change_whose_redo_was_killed_is_reported_by_its_part(
    write: Write, open_vault: Open, tmp_path: Path
) -> None:
    paths = [write(name, BEFORE) for name in ("a.md", "b.md")]
    vault = open_vault()
    with pytest.raises(Stopped):
        vault.commit(
            "many", [FieldEdit(s, "status", "triaged") for s in vault.sources], StoppedAt(1)
        )
    [part] = vault.log()
    vault.undo()
    paths[0].write_text(BEFORE.replace("raw", "triaged"))
    locks_of(tmp_path / "state")[0].write_bytes(f"redo {part.id}\n".encode())
    [again] = open_vault().log()
    assert (again.id, again.undone) == (part.id, False)
