"""More happens in the vault at once than the system tells of: all of it is seen all the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.test_watching import TITLES
from tests.samples import write_source
from tui.session.flow.inotify import Inotify, Told
from tui.session.flow.watcher import Watcher
from tui.vault.vault import Vault

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how much it left out")

QUEUED = Path("/proc/sys/fs/inotify/max_queued_events")


def small(root: Path, number: int, status: str = "raw") -> None:
    text = f"---\nid: S{number}\ntitle: title{number}\nstatus: {status}\n---\n"
    (root / f"SOURCE-{number:05}-a.md").write_text(text)


class Seen:
    """A watcher and the vault it keeps up to date, as the app does it, without a screen."""

    def __init__(self, root: Path, state: Path) -> None:
        self.vault = Vault(root, state)
        self.vault.load()
        self.away: list[bool] = []
        self.watcher = Watcher(
            self.vault, self._take, self.away.append, checked=0.5, polled=2.0, swept=10.0
        )

    def _take(self, names: list[str]) -> None:
        for name in names:
            self.vault.reread(name)

    @property
    def names(self) -> list[str]:
        return sorted(self.vault.names)

    @property
    def is_right(self) -> bool:
        on_disk = {path.relative_to(self.vault.root).as_posix(): path for path in self.files()}
        return self.names == sorted(on_disk) and all(
            source.stamp.mtime_ns == on_disk[source.name].stat().st_mtime_ns
            for source in self.vault.sources
        )

    def files(self) -> list[Path]:
        return list(self.vault.root.rglob("*.md"))

    def until(self, condition: Callable[[], object]) -> None:
        """Until something is so; the test's own time limit ends it otherwise."""
        while not condition():
            threading.Event().wait(0.01)


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    root = tmp_path / "vault"
    root.mkdir()
    for number in range(300):
        small(root, number)
    found = Seen(root, tmp_path / "state")
    yield found
    found.watcher.stop()
    found.watcher.join()


@pytest.fixture
def watching(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """The vault is watched, and nothing is looked at again only because time has passed."""
    seen.watcher.swept = 3_600.0
    looks: list[float] = []
    sweep = seen.watcher._sweep
    monkeypatch.setattr(seen.watcher, "_sweep", lambda: (sweep(), looks.append(0.0), 0.0)[2])
    seen.watcher.start()
    seen.until(lambda: looks)
    return seen


def rename_all(root: Path, new: str) -> None:
    """Another program renames every source."""
    code = (
        "import os, sys\n"
        "root, new = sys.argv[1:]\n"
        "for name in os.listdir(root):\n"
        "    if name.endswith('.md'):\n"
        "        os.rename(f'{root}/{name}', f'{root}/{name[:-4]}{new}.md')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(root), new], check=True)


# What the system tells


@pytest.fixture
def events(tmp_path: Path) -> Iterator[Inotify]:
    opened = Inotify(grouped=0.4, quiet=0.02, many=100)
    opened.watch([str(tmp_path)])
    yield opened
    opened.close()


@linux
def test_what_happens_to_a_file_is_reported_with_its_path(tmp_path: Path, events: Inotify) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.md")
    path.write_text("a")
    assert events.wait(5) == Told({str(path)}, vague=False)
    path.rename(tmp_path / "b.md")
    assert events.wait(5).paths == {str(path), str(tmp_path / "b.md")}
    os.utime(tmp_path / "b.md", (1, 1))
    assert events.wait(5).paths == {str(tmp_path / "b.md")}
    (tmp_path / "b.md").unlink()
    assert events.wait(5).paths == {str(tmp_path / "b.md")}
    assert events.wait(0) == Told(set(), vague=False)


@linux
def test_more_events_than_the_system_queues_are_reported_as_such(
    tmp_path: Path, events: Inotify
) -> None:
    """Two files only: how many names were told says nothing of how much was left out."""
    events._many = 10**9
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.touch()
    events.wait(5)
    for _ in range(int(QUEUED.read_text()) // 2 + 10):
        one.rename(other)
        other.rename(one)
    told = events.wait(5)
    assert told.vague
    assert len(told.paths) == 2


@linux
def test_more_files_than_are_looked_at_one_by_one_are_reported_as_such(
    tmp_path: Path, events: Inotify
) -> None:
    for number in range(101):
        small(tmp_path, number)
    assert events.wait(5).vague


@linux
@pytest.mark.parametrize("name, vague", [("inbox", True), (".git", False), ("_templates", False)])
def test_a_folder_that_comes_or_goes_is_reported_unless_it_is_skipped(
    tmp_path: Path, events: Inotify, name: str, vague: bool
) -> None:
    (tmp_path / name).mkdir()
    assert events.wait(1) == Told(set(), vague)
    (tmp_path / name).rmdir()
    assert events.wait(1) == Told(set(), vague)


@linux
def test_a_moved_folder_is_reported_by_its_new_path_and_one_that_left_no_more(
    tmp_path: Path,
) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "a").mkdir(parents=True)
    (root / "b").mkdir()
    outside.mkdir()
    events = Inotify(grouped=0.4, quiet=0.02, many=100)
    events.watch([str(root), str(root / "a"), str(root / "b")])
    (root / "a").rename(root / "c")
    (root / "b").rename(outside / "b")
    assert events.wait(5).vague
    events.watch([str(root), str(root / "c")])
    events.wait(0.1)
    (root / "c" / "x.md").touch()
    (outside / "b" / "y.md").touch()
    assert events.wait(5) == Told({str(root / "c" / "x.md")}, vague=False)
    events.close()


@linux
def test_a_wait_ends_when_it_is_woken_even_when_all_is_closed(events: Inotify) -> None:
    events.wake()
    assert events.wait(3_600) == Told(set(), vague=False)
    other = Inotify(grouped=0.4, quiet=0.02, many=100)
    other.close()
    other.wake()


# What is made of it


@linux
def test_renames_that_overflow_the_systems_queue_are_all_seen(
    watching: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader stands still until the queue is full, as on a machine with much to do."""
    events, full = watching.watcher._events, threading.Event()
    assert isinstance(events, Inotify)
    wait = events.wait
    monkeypatch.setattr(events, "wait", lambda seconds: (full.wait(60), wait(seconds))[1])
    watching.vault.root.joinpath("SOURCE-wakes.md").touch()
    one = watching.vault.root / "note.txt"
    one.touch()
    for _ in range(int(QUEUED.read_text()) // 2 + 10):
        one = one.rename(one.with_name("other.txt" if one.name == "note.txt" else "note.txt"))
        one = one.rename(one.with_name("other.txt" if one.name == "note.txt" else "note.txt"))
    rename_all(watching.vault.root, "b")
    full.set()
    watching.until(lambda: watching.is_right)
    assert len(watching.names) == 301


@linux
def test_many_renames_again_and_again_leave_no_source_out(watching: Seen) -> None:
    for new in "bcbcb":
        rename_all(watching.vault.root, new)
    watching.until(lambda: watching.is_right)
    assert len(watching.names) == 300


@linux
def test_a_program_that_never_stops_does_not_keep_changes_from_being_seen(watching: Seen) -> None:
    root, stop = watching.vault.root, threading.Event()

    def write() -> None:
        while not stop.is_set():
            for number in range(150):
                small(root, number)

    storm = threading.Thread(target=write)
    storm.start()
    small(root, 999)
    watching.until(lambda: "SOURCE-00999-a.md" in watching.names)
    stop.set()
    storm.join()
    watching.until(lambda: watching.is_right)


@linux
def test_folders_made_faster_than_they_are_watched_are_all_looked_into(watching: Seen) -> None:
    inner = watching.vault.root
    for number in range(60):
        inner = inner / f"f{number}"
        inner.mkdir()
        small(inner, number)
    watching.until(lambda: watching.is_right)
    small(inner, 777)
    watching.until(lambda: watching.is_right)


@linux
def test_a_folder_renamed_with_its_files_is_seen_by_its_new_name(watching: Seen) -> None:
    root = watching.vault.root
    (root / "a" / "deep").mkdir(parents=True)
    small(root / "a" / "deep", 1)
    watching.until(lambda: watching.is_right)
    (root / "a").rename(root / "b")
    watching.until(lambda: watching.is_right)
    small(root / "b" / "deep", 1, status="triaged")
    watching.until(lambda: watching.is_right)
    assert "b/deep/SOURCE-00001-a.md" in watching.names


@linux
def test_more_folders_than_may_be_watched_are_looked_through(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Inotify.watch

    def limited(events: Inotify, folders: Iterator[str]) -> None:
        watch(events, list(folders)[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Inotify, "watch", limited)
    seen.watcher.polled = 0.0
    seen.watcher.start()
    (seen.vault.root / "inbox").mkdir()
    small(seen.vault.root / "inbox", 1)
    seen.until(lambda: seen.is_right)


def test_an_empty_folder_in_the_vaults_place_deletes_no_source(
    watching: Seen, tmp_path: Path
) -> None:
    """As a disk leaves behind that is taken away."""
    root = watching.vault.root
    root.rename(tmp_path / "elsewhere")
    root.mkdir()
    watching.until(lambda: watching.away)
    assert len(watching.names) == 300
    root.rmdir()
    small(tmp_path / "elsewhere", 999)
    (tmp_path / "elsewhere").rename(root)
    watching.until(lambda: watching.away == [True, False])
    watching.until(lambda: watching.is_right)
    assert len(watching.names) == 301


def test_a_vault_moved_away_and_back_in_a_blink_is_looked_at_again(
    watching: Seen, tmp_path: Path
) -> None:
    root = watching.vault.root
    root.rename(tmp_path / "elsewhere")
    rename_all(tmp_path / "elsewhere", "b")
    (tmp_path / "elsewhere").rename(root)
    watching.until(lambda: watching.is_right)


def test_a_vault_that_cannot_be_listed_is_looked_at_when_it_can_be(
    watching: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[int] = []

    def refuse(_root: Path, **_rule: object) -> list[str]:
        refused.append(1)
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr("tui.session.flow.watcher.scan", refuse)
        rename_all(watching.vault.root, "b")
        watching.until(lambda: refused)
    watching.until(lambda: watching.is_right)


def test_a_folder_moved_in_before_the_first_look_is_seen(seen: Seen, tmp_path: Path) -> None:
    """Its files are older than the vault's reading, and say nothing of when they came."""
    away = tmp_path / "away"
    away.mkdir()
    small(away, 1)
    os.utime(away / "SOURCE-00001-a.md", (1, 1))
    away.rename(seen.vault.root / "inbox")
    seen.watcher.start()
    seen.until(lambda: "inbox/SOURCE-00001-a.md" in seen.names)


def test_notes_that_are_no_sources_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    small(root, 1)
    (root / "note.md").write_text("# A note\n")
    found = Seen(root, tmp_path / "state")
    told: list[str] = []
    found.watcher = Watcher(
        found.vault, told.extend, found.away.append, checked=0.0, polled=2.0, swept=0.0
    )
    found.watcher.start()
    small(root, 2)
    found.until(lambda: "SOURCE-00002-a.md" in told)
    found.watcher.stop()
    found.watcher.join()
    assert set(told) == {"SOURCE-00002-a.md"}


# What the vault makes of it


def test_a_source_taken_in_while_another_thread_lists_all_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path, 5)
    vault = Vault(tmp_path, tmp_path / "state")
    vault.load()
    small(tmp_path, 1)
    vault.reread("SOURCE-00001-a.md")
    small(tmp_path, 2)
    other = threading.Thread(target=vault.reread, args=["SOURCE-00002-a.md"])

    def interrupted(items: object) -> list[object]:
        found: list[object] = sorted(items)  # type: ignore[call-overload]
        other.start()
        other.join(0.5)
        return found

    monkeypatch.setattr("tui.vault.vault.sorted", interrupted, raising=False)
    assert vault.sources
    other.join()
    monkeypatch.undo()
    assert [source.name for source in vault.sources] == [
        f"SOURCE-0000{number}-a.md" for number in (1, 2, 5)
    ]


# What the screen says


def _figures(app) -> list[tuple[int, int]]:
    """Every "X of Y" on the screen."""
    found = re.findall(r"([\d,]+)(?: \w+)? of ([\d,]+)", app.picture)
    return [(int(x.replace(",", "")), int(y.replace(",", ""))) for x, y in found]


@pytest.fixture
def slow(limits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file that changed is taken in by itself, with the screen drawn in between."""
    limits["slice"] = 0.0


async def test_no_figure_is_above_what_it_is_of_while_files_go(sluice, tmp_path, slow):
    root = tmp_path / "large"
    root.mkdir()
    for number in range(60):
        write_source(root, number, f"title{number:03} of a source")
    write_source(root, 900, "Another", status="triaged")
    async with sluice(root) as app:
        for number in range(1, 60, 2):
            (root / f"SOURCE-{number:03}-title{number:03}.md").unlink()
        odd = []
        while app.session.desk.vault.count > 31:
            app.session.board.outdate("figures")
            app.screen.enter(lambda: None)
            await app._quiet()
            odd += [(x, y) for x, y in _figures(app) if x > y]
        await app.settled()
        assert not odd
        await app.until(lambda: len(app.shown) == 30)
        assert (30, 31) in _figures(app)


async def test_hits_of_sources_that_went_are_not_more_than_there_are(sluice, vault, write):
    write(9, "Zebra", status="triaged")
    async with sluice() as app:
        await app.press("slash")
        await app.type("apples")
        for path in vault.iterdir():
            if "apples" not in path.name:
                path.unlink()
        (vault / "SOURCE-001-apples.md").unlink()
        await app.until(lambda: "is gone" in app.toast)
        assert all(x <= y for x, y in _figures(app))


async def test_marks_out_of_sight_are_not_more_than_the_marks(sluice, vault):
    async with sluice() as app:
        await app.press("x", "x", "slash")
        await app.type("clocks")
        await app.press("enter")
        assert "2 marked · 2 hidden" in app.picture
        (vault / "SOURCE-001-apples.md").unlink()
        await app.until(lambda: "1 marked" in app.picture)
        assert "1 marked · 1 hidden" in app.picture


async def test_a_screen_is_right_after_its_app_stood_still_in_a_storm(sluice, vault, write):
    """Nothing is read while thousands of files come and go, as when it was suspended."""
    for number in range(10, 210):
        write(number, f"title{number} of a source")
    async with sluice() as app:
        for new in "bcb":
            rename_all(vault, new)
        names = {path.name for path in vault.iterdir()}
        await app.until(lambda: {source.name for source in app.session.board.rows.sources} == names)
        await app.settled()
        assert app.session.board.worklist.left == app.session.desk.vault.count == 204
        assert TITLES[0] in app.shown


async def test_a_vault_gone_for_an_empty_folder_is_said_to_be_gone(sluice, vault, tmp_path):
    async with sluice() as app:
        vault.rename(tmp_path / "elsewhere")
        vault.mkdir()
        await app.until(lambda: "folder is gone" in app.picture)
        assert app.shown == TITLES
        shutil.rmtree(vault)
        (tmp_path / "elsewhere").rename(vault)
        await app.until(lambda: "is back" in app.toast)
        assert app.shown == TITLES
