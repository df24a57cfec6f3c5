"""A file put in another's place never covers bytes that were not read."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.errors import Conflict
from tui.vault.disk import swap as swapping
from tui.vault.disk.folder import Folder

linux = pytest.mark.skipif(sys.platform != "linux", reason="leases and exchanges are Linux's")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Our finished file and the one it is to replace."""
    ours, path = tmp_path / ".ours", tmp_path / "a.md"
    ours.write_bytes(b"new")
    path.write_bytes(b"old")
    return ours, path


def swap(ours: Path, path: Path, read: bytes, written: bytes) -> None:
    """Put ours in the place of the file, in the folder that both are in."""
    with Folder(str(path.parent), "") as folder:
        swapping.swap_in(folder, ours.name, path.name, read, written)


def before_exchange(monkeypatch: pytest.MonkeyPatch, *actions: Callable[[], Any]) -> None:
    """Do something between the last look and the move, once for each move."""
    exchange, waiting = swapping._exchange, list(actions)

    def late(folder: Folder, one: str, other: str) -> bool:
        if waiting:
            waiting.pop(0)()
        return exchange(folder, one, other)

    monkeypatch.setattr(swapping, "_exchange", late)


def test_the_new_bytes_are_there_and_the_old_file_is_gone(pair: tuple[Path, Path]) -> None:
    ours, path = pair
    swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert not ours.exists()


@linux
def test_a_file_replaced_between_the_last_look_and_the_move_is_given_back(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours, path = pair
    (tmp_path / "theirs").write_bytes(b"their")
    before_exchange(monkeypatch, lambda: (tmp_path / "theirs").replace(path))
    with pytest.raises(Conflict, match="Another program just changed"):
        swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"their"
    assert ours.read_bytes() == b"new"


@linux
def test_of_two_writes_in_the_wrong_moments_the_newer_stays(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours, path = pair
    for name in ("first", "second"):
        (tmp_path / name).write_bytes(name.encode())
    before_exchange(
        monkeypatch,
        lambda: (tmp_path / "first").replace(path),
        lambda: (tmp_path / "second").replace(path),
    )
    with pytest.raises(Conflict):
        swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"second"


@linux
def test_a_writer_that_comes_in_the_last_moment_writes_to_the_file_and_not_to_its_ghost(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, path = pair
    writer = threading.Thread(target=path.write_bytes, args=(b"their",))

    def begin() -> None:
        writer.start()
        # Until the kernel holds it at the door.
        with Path("/proc/locks").open() as table:
            inode = f":{path.stat().st_ino} "
            while not any(inode in line and "BREAKING" in line for line in table):
                table.seek(0)

    before_exchange(monkeypatch, begin)
    with pytest.raises(Conflict):
        swap(ours, path, b"old", b"new")
    writer.join()
    assert path.read_bytes() == b"their"


@linux
def test_a_file_open_for_writing_is_not_replaced(pair: tuple[Path, Path]) -> None:
    ours, path = pair
    with path.open("ab"), pytest.raises(Conflict, match="Another program is writing"):
        swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"old"
    swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"new"


@linux
def test_a_deleted_file_does_not_come_back(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, path = pair
    before_exchange(monkeypatch, path.unlink)
    with pytest.raises(FileNotFoundError):
        swap(ours, path, b"old", b"new")
    assert not path.exists()


@linux
def test_a_folder_that_took_the_files_place_stays(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours, path = pair

    def folder() -> None:
        path.unlink()
        (path / "deep").mkdir(parents=True)

    before_exchange(monkeypatch, folder)
    with pytest.raises(Conflict):
        swap(ours, path, b"old", b"new")
    assert (path / "deep").is_dir()


def test_without_the_systems_help_the_file_is_still_looked_at_first(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, path = pair
    monkeypatch.setattr(swapping, "_library", lambda: None)
    monkeypatch.setattr(swapping, "_lease", lambda _descriptor, _name: False)
    with pytest.raises(Conflict):
        swap(ours, path, b"seen", b"new")
    assert path.read_bytes() == b"old"
    swap(ours, path, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.md"]


def test_a_system_without_leases_and_their_signal_can_load_it() -> None:
    program = (
        "import sys, _signal, signal; sys.platform = 'win32'; del _signal.SIGURG, signal.SIGURG\n"
        "import tui.vault.disk.swap"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
