"""A change of many sources tells how far it is, and can be stopped between two files."""

from __future__ import annotations

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import Conflict, SluiceError, Stopped
from tui.vault.progress import Progress
from tui.vault.vault import FieldEdit, Vault

NAMES = ("a.md", "b.md", "c.md", "d.md")
TEXT = "---\nstatus: raw\n---\nbody\n"


class StoppedAt(Progress):
    """Stopped by somebody when so many files are written."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.rounds = 0

    def step(self, done: int, total: int) -> None:
        # Counted twice: working out what to write, then writing it.
        self.rounds += done == 0
        if self.rounds == 2 and done == self._count:
            self.stop()
        super().step(done, total)


def edits(vault: Vault) -> list[FieldEdit]:
    return [FieldEdit(vault.get(name), "status", "triaged") for name in NAMES]


def made(write: Write, open_vault: Open) -> Vault:
    for name in NAMES:
        write(name, TEXT)
    return open_vault()


def statuses(vault: Vault) -> list[str]:
    return [(vault.root / name).read_text().split()[2] for name in NAMES]


def test_a_stopped_change_keeps_what_it_wrote_as_one_change(write: Write, open_vault: Open) -> None:
    vault = made(write, open_vault)
    with pytest.raises(Stopped, match="after 2 of 4 sources"):
        vault.commit("status", edits(vault), StoppedAt(2))
    assert statuses(vault) == ["triaged", "triaged", "raw", "raw"]
    [change] = open_vault().log()
    assert (change.label, change.names) == ("status", ("a.md", "b.md"))
    vault.undo()
    assert statuses(vault) == ["raw"] * 4


def test_a_change_stopped_before_its_first_file_never_was(write: Write, open_vault: Open) -> None:
    vault = made(write, open_vault)
    with pytest.raises(Stopped, match="nothing was changed"):
        vault.commit("status", edits(vault), StoppedAt(0))
    assert statuses(vault) == ["raw"] * 4
    assert vault.log() == []


@pytest.mark.parametrize("count", [0, 3])
def test_a_stopped_undo_is_finished_by_the_next_one(
    write: Write, open_vault: Open, count: int
) -> None:
    vault = made(write, open_vault)
    vault.commit("status", edits(vault))
    with pytest.raises(Stopped):
        vault.undo(progress=StoppedAt(count))
    assert statuses(vault) == ["raw"] * count + ["triaged"] * (4 - count)
    again = open_vault()
    assert again.undo().names == NAMES
    assert statuses(vault) == ["raw"] * 4
    again.redo()
    assert statuses(vault) == ["triaged"] * 4


def test_what_is_written_is_counted(write: Write, open_vault: Open) -> None:
    vault, progress = made(write, open_vault), Progress()
    vault.commit("status", edits(vault), progress)
    assert (progress.done, progress.total) == (3, 4)


def test_a_file_whose_edit_is_refused_can_be_left_out(write: Write, open_vault: Open) -> None:
    vault = made(write, open_vault)
    wanted = edits(vault)
    write("b.md", TEXT.replace("raw", "archived"))
    left_out: dict[str, SluiceError] = {}
    change = vault.commit("status", wanted, left_out=left_out)
    assert change.names == ("a.md", "c.md", "d.md")
    assert list(left_out) == ["b.md"]
    assert isinstance(left_out["b.md"], Conflict)
    assert statuses(vault) == ["triaged", "archived", "triaged", "triaged"]
