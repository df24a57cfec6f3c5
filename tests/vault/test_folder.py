"""Nothing is read or written through a link that leaves the vault, whenever it came there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vault.conftest import Open, Write
from tui.checks.same_body import same_body
from tui.errors import Conflict, SluiceError, StorageError, UnknownSource
from tui.vault.disk import folder as folders
from tui.vault.disk import presence
from tui.vault.disk.folder import Folder
from tui.vault.disk.storage import read_snapshot, replace
from tui.vault.disk.strays import sweep, sweep_folder, temporary_name
from tui.vault.history.journal import Journal
from tui.vault.reading.one_file import read_entry
from tui.vault.reading.scan import scan
from tui.vault.references import resolve
from tui.vault.vault import Vault
from tui.vault.writing.plan import FieldEdit, FileDiff, NewFile

RAW = "---\nstatus: raw\n---\nbody\n"
NAME = "sub/deep/a.md"
OPEN = Path("/proc/self/fd")

Swap = Callable[[Path, Path], None]


def moved(folder: Path, outside: Path) -> None:
    """The folder itself is taken out of the vault, and a link left in its place."""
    folder.rename(outside)
    folder.symlink_to(outside)


def copied(folder: Path, outside: Path) -> None:
    """A link to a copy outside, byte for byte, takes the folder's place."""
    outside.mkdir()
    for file in folder.rglob("*.md"):
        copy = outside / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    folder.rename(outside.with_name("away"))
    folder.symlink_to(outside)


def linked_twice(folder: Path, outside: Path) -> None:
    """As ``copied``, through a link to a link."""
    copied(folder, outside)
    second = outside.with_name("second")
    second.symlink_to(outside)
    folder.unlink()
    folder.symlink_to(second)


SWAPS = pytest.mark.parametrize("swap", [moved, copied, linked_twice])
WHICH = pytest.mark.parametrize("which", ["sub", "sub/deep"])


@pytest.fixture(params=[True, False], ids=["held", "compared"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With folders held open, and as on systems that cannot do so."""
    if not request.param:
        monkeypatch.setattr(folders, "HELD", False)


EITHER = pytest.mark.usefixtures("either_way")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Where links lead that leave the vault; not there yet."""
    return tmp_path / "outside"


def texts(outside: Path) -> set[str]:
    """What the files outside hold."""
    return {path.read_text() for path in outside.rglob("*") if path.is_file()}


def kinds(outside: Path) -> set[str]:
    return {path.suffix for path in outside.rglob("*") if path.is_file()}


# Writing


@EITHER
@SWAPS
@WHICH
def test_a_folder_swapped_for_a_link_before_the_write_is_not_written_through(
    root: Path, write: Write, outside: Path, swap: Swap, which: str
) -> None:
    write(NAME, RAW)
    snapshot = read_snapshot(root, NAME)
    swap(root / which, outside)
    with pytest.raises(Conflict, match="Another program just moved"):
        replace(snapshot, b"ours")
    assert texts(outside) == {RAW}
    assert kinds(outside) == {".md"}


@EITHER
@SWAPS
@WHICH
def test_a_folder_swapped_for_a_link_just_before_the_move_is_not_written_through(
    root: Path, write: Write, outside: Path, swap: Swap, which: str
) -> None:
    write(NAME, RAW)
    snapshot = read_snapshot(root, NAME)
    with pytest.raises(Conflict, match="Another program just moved"):
        replace(snapshot, b"ours", lambda _beside: swap(root / which, outside))
    assert texts(outside) == {RAW}
    assert kinds(outside) == {".md"}


def test_a_file_swapped_for_a_link_just_before_the_move_is_not_written_through(
    root: Path, write: Write, outside: Path
) -> None:
    path = write(NAME, RAW)
    outside.write_text(RAW)
    snapshot = read_snapshot(root, NAME)

    def swap(_beside: Any) -> None:
        path.unlink()
        path.symlink_to(outside)

    with pytest.raises(Conflict):
        replace(snapshot, b"ours", swap)
    assert outside.read_text() == RAW
    assert path.is_symlink()


def meanwhile(monkeypatch: pytest.MonkeyPatch, action: Callable[[], Any]) -> None:
    """Do something while a change of the vault is being journalled."""
    append = Journal.append

    def late(journal: Journal, *args: Any) -> None:
        append(journal, *args)
        monkeypatch.undo()
        action()

    monkeypatch.setattr(Journal, "append", late)


@SWAPS
def test_a_change_is_refused_in_a_sentence_and_was_never_made(
    root: Path,
    write: Write,
    open_vault: Open,
    outside: Path,
    monkeypatch: pytest.MonkeyPatch,
    swap: Swap,
) -> None:
    write(NAME, RAW)
    vault = open_vault()
    meanwhile(monkeypatch, lambda: swap(root / "sub", outside))
    with pytest.raises(StorageError, match=r"Not in the vault: sub/deep/a\.md, because sub"):
        vault.commit("change", [FieldEdit(vault.get(NAME), "status", "triaged")])
    assert texts(outside) == {RAW}
    assert vault.log() == []


@SWAPS
@pytest.mark.parametrize("turn", ["undo", "redo", "repair", "undo of an addition"])
def test_what_a_change_wrote_is_not_turned_through_a_link(
    root: Path, write: Write, open_vault: Open, outside: Path, swap: Swap, turn: str
) -> None:
    write(NAME, RAW)
    vault = open_vault()
    if turn == "undo of an addition":
        vault.create("add", lambda: NewFile("sub/deep/new.md", RAW))
    elif turn != "repair":
        vault.commit("change", [FieldEdit(vault.get(NAME), "status", "triaged")])
    if turn == "redo":
        vault.undo()
    swap(root / "sub", outside)
    before = texts(outside)
    count = len(list(outside.rglob("*")))
    does = {
        "redo": vault.redo,
        "repair": lambda: vault.repair("repair", [FileDiff(NAME, RAW, RAW.upper())]),
    }
    with pytest.raises(SluiceError, match="sub leads out of it"):
        does.get(turn, vault.undo)()
    assert texts(outside) == before
    assert len(list(outside.rglob("*"))) == count


@EITHER
@pytest.mark.parametrize("when", ["before", "meanwhile"])
@SWAPS
def test_a_new_file_is_not_put_after_a_link(
    root: Path, write: Write, outside: Path, swap: Swap, when: str
) -> None:
    write("sub/old.md", RAW)
    late = (lambda _beside: swap(root / "sub", outside)) if when == "meanwhile" else None
    if when == "before":
        swap(root / "sub", outside)
    with pytest.raises(Conflict, match="Another program just moved"):
        presence.create(root, "sub/new.md", b"new", late)
    assert [path.name for path in outside.iterdir()] == ["old.md"]


@pytest.mark.parametrize("name", ["../new.md", "sub/../../new.md", "/new/new.md", "sub//new.md"])
def test_a_name_with_dots_or_from_the_top_makes_nothing_outside(
    root: Path, write: Write, tmp_path: Path, name: str
) -> None:
    write("sub/old.md", RAW)
    with pytest.raises(StorageError):
        presence.create(root, name, b"new")
    assert not list(tmp_path.rglob("new*"))
    assert not Path("/new").exists()


@EITHER
@SWAPS
def test_a_file_is_not_taken_away_after_a_link(
    root: Path, write: Write, outside: Path, swap: Swap
) -> None:
    write("sub/a.md", RAW)
    snapshot = read_snapshot(root, "sub/a.md")
    swap(root / "sub", outside)
    with pytest.raises(Conflict, match="Another program just moved"):
        presence.remove(snapshot)
    assert (outside / "a.md").read_text() == RAW


@EITHER
def test_temporary_files_after_a_link_are_not_swept(root: Path, outside: Path) -> None:
    outside.mkdir()
    stray = outside / temporary_name("a.md")
    stray.write_bytes(b"somebody's")
    (root / "sub").symlink_to(outside)
    sweep(str(root), [f"sub/{stray.name}"])
    sweep_folder(str(root), "sub")
    assert stray.exists()


def test_a_start_after_a_crash_sweeps_nothing_after_a_link(
    root: Path, write: Write, open_vault: Open, outside: Path, tmp_path: Path
) -> None:
    write("sub/a.md", RAW)
    vault = open_vault()
    id = vault.commit("change", [FieldEdit(vault.get("sub/a.md"), "status", "triaged")]).id
    [lock] = (tmp_path / "state" / "locks").iterdir()
    lock.write_bytes(f"change {id}\n".encode())
    moved(root / "sub", outside)
    stray = outside / temporary_name("a.md")
    stray.write_bytes(b"somebody's")
    open_vault()
    assert stray.exists()


@EITHER
def test_a_link_to_a_folder_inside_is_written_through(
    root: Path, write: Write, open_vault: Open
) -> None:
    path = write(NAME, RAW)
    vault = open_vault()
    source = vault.get(NAME)
    (root / "sub").rename(root / "real")
    (root / "sub").symlink_to("real")
    vault.commit("change", [FieldEdit(source, "status", "triaged")])
    assert path.resolve() == root / "real/deep/a.md"
    assert "status: triaged" in path.read_text()
    vault.undo()
    assert path.read_text() == RAW


@pytest.mark.skipif(not OPEN.exists(), reason="only some systems tell what is open")
def test_no_open_folder_is_left_behind(root: Path, write: Write) -> None:
    write(NAME, RAW)
    before = len(list(OPEN.iterdir()))
    for _ in range(3):
        replace(read_snapshot(root, NAME), RAW.encode())
        for name in ("sub/gone/a.md", "sub/deep/a.md/b.md", "gone.md"):
            with pytest.raises(StorageError):
                read_snapshot(root, name)
            with pytest.raises(OSError, match=r"No such|Not a"):
                Folder(str(root), name)
    assert len(list(OPEN.iterdir())) == before


# Reading


@EITHER
@SWAPS
@WHICH
def test_a_file_after_a_link_that_leaves_is_not_read(
    root: Path, write: Write, open_vault: Open, outside: Path, swap: Swap, which: str
) -> None:
    write(NAME, RAW + "x" * 500)
    write("twin.md", RAW + "x" * 500)
    vault = open_vault()
    source, twin = vault.get(NAME), vault.get("twin.md")
    swap(root / which, outside)
    with pytest.raises(OSError, match="leads out of it"):
        read_entry(root, NAME)
    assert vault.look(NAME) is None
    for read in (vault.read_text, vault.read_body):
        with pytest.raises(StorageError, match="leads out of it"):
            read(source)
    assert list(same_body(twin, [source], lambda _source: "x" * 500)) == []


def test_a_link_that_comes_between_the_listing_and_the_reading_is_not_followed(
    root: Path, write: Write, open_vault: Open, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", RAW)
    write("sub/b.md", RAW)
    listed = list(scan(root))
    outside.mkdir()
    (outside / "b.md").write_text("---\nstatus: raw\ntitle: secret\n---\n")
    moved(root / "sub", outside.with_name("other"))
    (root / "sub").unlink()
    (root / "sub").symlink_to(outside)
    (root / "a.md").unlink()
    (root / "a.md").symlink_to(outside / "b.md")
    monkeypatch.setattr("tui.vault.vault.scan", lambda *_: iter(listed))
    assert open_vault().sources == ()


def test_a_path_after_a_link_is_refused_with_the_link(
    root: Path, write: Write, open_vault: Open, outside: Path
) -> None:
    write("a.md", RAW)
    outside.write_text(RAW)
    (root / "out.md").symlink_to(outside)
    with pytest.raises(UnknownSource, match=r"it is a link to a file outside the vault"):
        resolve(open_vault(), "out.md", root)


@EITHER
def test_links_inside_the_vault_are_read(root: Path, write: Write, open_vault: Open) -> None:
    write("sub/a.md", RAW)
    (root / "one.md").symlink_to("sub/a.md")
    (root / "two.md").symlink_to("one.md")
    names = [source.name for source in open_vault().sources]
    assert names == ["one.md", "sub/a.md", "two.md"]


def test_the_vault_itself_may_be_a_link(root: Path, write: Write, tmp_path: Path) -> None:
    write(NAME, RAW)
    (tmp_path / "link").symlink_to(root)
    vault = Vault(tmp_path / "link", tmp_path / "state")
    vault.load()
    vault.commit("change", [FieldEdit(vault.get(NAME), "status", "x")])
    assert "status: x" in (root / NAME).read_text()
