"""A journal that grew long: trimmed whoever writes to it, and never read as a whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tracemalloc
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.vault.test_journal import ids, made
from tui.cli.main import main
from tui.errors import JournalError
from tui.state.folders import user_folders
from tui.vault.history import journal as journal_module
from tui.vault.history.change import Change, dump_change
from tui.vault.history.journal import Journal

ROOT = Path(__file__).parent.parent.parent
SOME_MB = 12 << 20
Lists = tuple[list[str], list[str], list[tuple[str, bool]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


def written(folder: Path, changes: list[Change], more: bytes = b"") -> Path:
    """A journal of these changes, written by nobody who trims."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "journal.jsonl"
    with path.open("wb") as file:
        for change in changes:
            entry = {"kind": "change", **dump_change(change)}
            file.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")
        file.write(more)
    return path


def said(journal: Journal) -> Lists:
    """What can be undone and redone, and all that is in the log."""
    history = journal.history()
    log = [(change.id, change.undone) for change in journal.changes()]
    return ids(list(history.done)), ids(list(history.undone)), log


def test_a_command_trims_a_journal_that_has_twice_as_many_changes_as_are_kept(
    vault_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 20)
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    file = sorted(vault_copy.glob("*.md"))[0]
    path = user_folders().vault_state(vault_copy) / "journal.jsonl"
    ask, most = ["--vault", str(vault_copy)], 0
    for number in range(100):
        assert main(["set", str(file), f"creator=Somebody {number}", *ask]) == 0
        most = max(most, path.read_bytes().count(b"\n"))
    assert most <= 40
    for number in reversed(range(80, 99)):
        assert main(["undo", *ask]) == 0
        assert f"Somebody {number}" in file.read_text()


def test_a_change_made_while_another_thread_begins_to_trim_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 20)
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    written(folder, [made(str(number)) for number in range(40)])
    journal = Journal(folder)
    locked = journal._locked

    def late() -> AbstractContextManager[int]:
        monkeypatch.setattr(journal, "_locked", locked)
        # It has read the journal, and another thread takes the lock before it.
        journal.append(made("last"))
        return locked()

    monkeypatch.setattr(journal_module, "_changes_in", lambda _: 0)
    monkeypatch.setattr(journal, "_locked", late)
    journal.trim()
    for reader in (journal, Journal(folder)):
        assert ids(list(reader.history().done))[-1] == "last"
        assert len(reader.history().done) == 20


def test_a_command_looks_at_a_short_journal_only_to_add_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder)
    monkeypatch.setattr(journal, "_catch_up", lambda: pytest.fail("it was read"))
    for number in range(100):
        journal.append(made(str(number)))


def test_a_running_app_looks_seldom_whether_a_long_journal_is_too_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    journal, looked = Journal(folder), []
    count = journal_module._changes_in
    monkeypatch.setattr(journal_module, "_changes_in", lambda n: looked.append(0) or count(n))
    for number in range(150):
        journal.append(made(str(number)))
    assert len(looked) == 1


@pytest.mark.parametrize("seed", range(30))
def test_what_a_trimmed_journal_says_of_the_changes_it_keeps_is_what_it_said(
    folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 8)
    monkeypatch.setattr(journal_module, "SHORTEST", 10**9)
    chance, journal = random.Random(seed), Journal(folder)
    for number in range(40):
        history = journal.history()
        turn = chance.random()
        if turn < 0.25 and history.done:
            # Now and then one that is not the newest, as `sluice undo --skip` does.
            journal.mark("undo", chance.choice(list(history.done)[-3:]))
        elif turn < 0.4 and history.undone:
            journal.mark("redo", history.undone[-1])
        elif turn < 0.45 and history.done:
            journal.mark("void", history.done[-1])
        else:
            journal.append(made(str(number)))
    done, undone, log = said(journal)
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    monkeypatch.setattr(journal_module, "KEEP", len(log) // 2)
    other = Journal(folder)
    other.history()
    journal.trim()
    for reader in (journal, other, Journal(folder)):
        kept = {id for id, _ in said(reader)[2]}
        assert len(kept) == len(log) // 2
        assert said(reader) == (
            [id for id in done if id in kept],
            [id for id in undone if id in kept],
            [each for each in log if each[0] in kept],
        )
    both = (done[-1:] or [""])[0], (undone[-1:] or [""])[0]
    assert all(id in kept for id in both if id)


def test_an_old_change_that_was_made_again_just_now_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder)
    for name in "123456":
        journal.append(made(name))
    journal.mark("undo", made("1"))
    journal.mark("redo", made("1"))
    monkeypatch.setattr(journal_module, "KEEP", 3)
    journal.trim()
    assert ids(list(Journal(folder).history().done)) == ["5", "6", "1"]


def test_a_journal_that_grew_by_undo_and_redo_alone_gets_short(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 2)
    monkeypatch.setattr(journal_module, "SHORTEST", 1)
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", 10_000)
    monkeypatch.setattr(journal_module, "OFTEN", 100)
    journal, most = Journal(folder), 0
    journal.append(made("1"))
    for _ in range(500):
        journal.mark("undo", made("1"))
        journal.mark("redo", made("1"))
        most = max(most, (folder / "journal.jsonl").stat().st_size)
    assert most < 11_000
    assert ids(list(Journal(folder).history().done)) == ["1"]


# Long ones


def test_of_a_long_journal_only_the_end_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", 100_000)
    path = written(folder, [made(str(number)) for number in range(5_000)])
    with path.open("r+b") as file:
        # Nobody looks at the beginning: it may be anything.
        file.write(b"{" + b"\0" * 1_000_000)
    journal = Journal(folder)
    assert journal.is_sound()
    assert ids(list(journal.history().done))[-3:] == ["4997", "4998", "4999"]
    assert 200 < len(journal.history().done) < 500
    journal.append(made("new"))
    assert path.stat().st_size < 2_000_000
    assert next(reversed(Journal(folder).history().done)).id == "new"


def test_undo_takes_little_memory_however_long_the_journal_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", 4 << 20)
    path = written(folder, [made(str(number)) for number in range(1_000)])
    whole = path.read_bytes()
    with path.open("ab") as file:
        for _ in range(200):
            file.write(whole.replace(b'"id":"', b'"id":"%d-' % file.tell()))
    assert path.stat().st_size > 10 * journal_module.READ_AT_ONCE
    tracemalloc.start()
    try:
        newest = next(reversed(Journal(folder).history().done))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert newest.id.endswith("-999")
    assert peak < SOME_MB


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_change_that_is_long_by_itself_can_be_undone_and_gives_way_in_the_end(
    folder: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP_BYTES", 100_000)
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", 200_000)
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    journal = Journal(folder)
    for number in range(count):
        journal.append(made(str(number), "x" * 300_000, "y"))
        newest = Journal(folder).history().done[-1]
        assert (newest.id, newest.files[0].fields[0].before) == (str(number), "x" * 300_000)
    kept = min(count, journal_module.LEAST)
    assert ids(list(Journal(folder).history().done))[-kept:] == ids(
        [made(str(number)) for number in range(count - kept, count)]
    )
    assert (folder / "journal.jsonl").stat().st_size <= 2 * journal_module.LEAST * 301_000
    for number in range(journal_module.LEAST):
        Journal(folder).append(made(f"short {number}"))
    Journal(folder).append(made("last"))
    assert (folder / "journal.jsonl").stat().st_size < 600_000


def test_a_change_that_could_not_be_read_back_is_not_journalled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "LONGEST", 10_000)
    journal = Journal(folder)
    with pytest.raises(JournalError, match="too large for the undo journal, so nothing"):
        journal.append(made("1", "x" * 10_000))
    assert list(journal.history().done) == []


@pytest.mark.parametrize("size", [10**6, 1 << 29, 1 << 40])
def test_a_journal_of_nothing_is_set_aside_however_long_it_is(folder: Path, size: int) -> None:
    folder.mkdir()
    with (folder / "journal.jsonl").open("wb") as file:
        file.truncate(size)
    journal = Journal(folder)
    with pytest.raises(JournalError, match=r"bad1"):
        journal.history()
    journal.append(made("1"))
    assert ids(list(journal.history().done)) == ["1"]


def test_a_journal_that_is_trimmed_while_it_is_looked_through_is_looked_through_to_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEEP", 5)
    monkeypatch.setattr(journal_module, "SHORTEST", 0)
    names = [str(number) for number in range(9)]
    written(folder, [made(name) for name in names])
    for order in (list, reversed):
        written(folder, [made(name) for name in names])
        seen = []
        log = Journal(folder).changes()
        for change in log if order is list else reversed(log):
            seen.append(change.id)
            if len(seen) == 3:
                other = Journal(folder)
                other.append(made("9"))
                assert len(other.changes()) == 5
        assert seen == list(order(names))


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "rename", "flock", "close"])
def test_killed_while_a_journal_is_trimmed_nothing_that_undo_needs_is_lost(
    folder: Path, call: str
) -> None:
    written(folder, [made(str(number)) for number in range(40)])
    code = (
        "import os, sys; from pathlib import Path; from tui.vault.history import journal\n"
        "journal.KEEP, journal.SHORTEST = 20, 0\n"
        "journal = journal.Journal(Path(sys.argv[1]))\n"
        "journal.trim()"
    )
    ended = killed = 0
    for which in range(1, 100):
        shutil.copytree(folder, folder.parent / f"{which}")
        here = folder.parent / f"{which}"
        paths = (here, *(here / name for name in ("journal.new", "journal.jsonl", "lock")))
        only = [option for path in paths for option in ("-P", str(path))]
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={which}"]
        strace = ["strace", "-f", "-qq", "-o", os.devnull, *only, *inject]
        ended = subprocess.run(
            [*strace, sys.executable, "-c", code, str(here)],
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        ).returncode
        found = ids(list(Journal(here).history().done))
        assert found in ([str(n) for n in range(40)], [str(n) for n in range(20, 40)])
        assert all(
            line.endswith(b"]}]}") for line in (here / "journal.jsonl").read_bytes().splitlines()
        )
        Journal(here).append(made("after"))
        assert ids(list(Journal(here).history().done))[-1] == "after"
        if ended == 0:
            break
        assert ended in (-signal.SIGKILL, 128 + signal.SIGKILL)
        killed += 1
    assert ended == 0
    assert killed
    sys.stdout.write(f"{call}: killed {killed} times\n")
