"""Several sluices at once on the same sources: every change arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.safety.small import BIG
from tests.safety.workers import add_items, set_field, set_field_at_once, start, undo_all
from tui.vault.vault import Vault

FIELDS = ("tier", "category", "status", "title")
SOURCES = 200 if BIG else 40
BEFORE = "---\n" + "".join(f"{field}: unset\n" for field in FIELDS) + "---\nbody\n"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    for number in range(SOURCES):
        (folder / f"{number:03}.md").write_text(BEFORE)
    return folder


def run_together(work: object, root: Path, state: Path, *arguments: object) -> None:
    """One process for each argument, all told to go at once, all ending well."""
    running = [start(work, root, state, argument) for argument in arguments]
    for talk, _ in running:
        talk.send("go")
    for _, process in running:
        process.join()
    assert [process.exitcode for _, process in running] == [0] * len(running)


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("work", [set_field, set_field_at_once])
def test_every_change_of_every_process_arrives(
    root: Path, tmp_path: Path, count: int, work: object
) -> None:
    state = tmp_path / "state"
    run_together(work, root, state, *FIELDS[:count])
    after = BEFORE
    for field in FIELDS[:count]:
        after = after.replace(f"{field}: unset", f"{field}: set")
    assert {path.read_text() for path in root.iterdir()} == {after}
    changes = Vault(root, state).log()
    assert len(changes) == count * (SOURCES if work is set_field else 1)
    run_together(undo_all, root, state, *[len(changes) // count] * count)
    assert {path.read_text() for path in root.iterdir()} == {BEFORE}
    assert all(change.undone for change in Vault(root, state).log())
    assert {path.read_bytes() for path in (state / "locks").iterdir()} == {b""}


def test_two_that_write_the_same_list_lose_nothing(tmp_path: Path) -> None:
    root, state = tmp_path / "vault", tmp_path / "state"
    root.mkdir()
    (root / "list.md").write_text("---\nstatus: raw\ntopics: []\n---\nbody\n")
    items = [[f"{who}{number}" for number in range(SOURCES)] for who in "ab"]
    running = [start(add_items, root, state, each) for each in items]
    for talk, _ in running:
        talk.send("go")
    refused = [talk.recv() for talk, _ in running]
    for _, process in running:
        process.join()
    vault = Vault(root, state)
    source = vault.reread("list.md")
    assert source is not None
    assert sorted(source.items("topics")) == sorted(items[0] + items[1])
    for mine in items:
        assert [item for item in source.items("topics") if item in mine] == mine
    assert len(vault.log()) == 2 * SOURCES
    assert all(number >= 0 for number in refused)
