"""What was read is not read again, and never believed of a file that has changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.vault.conftest import Write
from tui.vault.header.typed import same_value
from tui.vault.reading import all_files, helpers
from tui.vault.reading.one_file import read_entry
from tui.vault.rule import Rule
from tui.vault.source import Source
from tui.vault.vault import FieldEdit, Vault

LONG_AGO = 1_700_000_000_000_000_000
TEXT = "---\nid: {}\nstatus: raw\ndate_published: 2025-11-28\ntopics: [a, b]\n---\n# Heading\n"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


class Reopen:
    """Opens the vault anew and counts which files had to be read."""

    def __init__(self, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._root, self._cache = root, cache
        self.read: list[str] = []
        self._all: list[str] = []

        def counted(root: Path, names: list[str], rule: Rule) -> list[object]:
            self._all += names
            return read(root, names, rule)

        read = helpers.read_files
        monkeypatch.setattr(all_files, "read_files", counted)

    def __call__(self) -> list[Source]:
        self._all.clear()
        found = list(Vault(self._root, self._cache / "state", self._cache).sources)
        self.read = list(self._all)
        return found


@pytest.fixture
def reopen(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Reopen:
    return Reopen(root, cache, monkeypatch)


def settle(root: Path) -> None:
    """Make every file look as if it had been written long ago."""
    for number, path in enumerate(sorted(root.rglob("*.md"))):
        os.utime(path, ns=(LONG_AGO, LONG_AGO + number))


def fill(write: Write, root: Path, count: int = 3) -> None:
    for number in range(count):
        write(f"SOURCE-{number:04}.md", TEXT.format(number))
    settle(root)


def same(one: list[Source], other: list[Source]) -> bool:
    return [s.name for s in one] == [s.name for s in other] and all(
        same_value(dict(a.fields), dict(b.fields))
        and (a.heading, a.problem, a.stamp, a.path) == (b.heading, b.problem, b.stamp, b.path)
        for a, b in zip(one, other, strict=True)
    )


def anew(root: Path, tmp_path: Path) -> list[Source]:
    """The sources as they are read without a cache."""
    return list(Vault(root, tmp_path / "other").sources)


def test_the_second_start_reads_no_file_and_shows_the_same(
    write: Write, root: Path, reopen: Reopen, tmp_path: Path
) -> None:
    fill(write, root)
    write("note.md", "no source at all")
    write("SOURCE-broken.md", '---\ntitle: ""Q" x"\nstatus: raw\n---\n# H\n')
    write("SOURCE-\udcff.md", "---\nstatus: raw\n---\n")
    settle(root)
    first = reopen()
    assert len(reopen.read) == 6
    assert same(reopen(), first)
    assert reopen.read == []
    assert same(first, anew(root, tmp_path))


def test_real_sources_come_out_of_the_cache_as_they_were_read(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen = Reopen(corpus, tmp_path / "cache", monkeypatch)
    reopen()
    assert same(reopen(), anew(corpus, tmp_path))
    assert reopen.read == []


@pytest.mark.parametrize("how", ["longer", "same size", "replaced", "same time"])
def test_a_changed_file_is_read_again_and_no_other(
    write: Write, root: Path, reopen: Reopen, how: str
) -> None:
    fill(write, root)
    reopen()
    path = root / "SOURCE-0001.md"
    text = path.read_text()
    if how == "longer":
        path.write_text(text.replace("raw", "triaged"))
    elif how == "replaced":
        write("other", text.replace("raw", "odd")).replace(path)
        os.utime(path, ns=(LONG_AGO, LONG_AGO + 1))
    else:
        path.write_text(text.replace("raw", "odd"))
        if how == "same time":
            path.write_text(text.replace("raw", "some"))
            os.utime(path, ns=(LONG_AGO, LONG_AGO + 1))
    found = reopen()
    assert found[1].text("status") in path.read_text()
    assert found[1].text("status") != "raw"
    assert reopen.read == ["SOURCE-0001.md"]


def test_a_file_written_a_moment_before_it_was_read_is_read_again(
    write: Write, root: Path, reopen: Reopen
) -> None:
    fill(write, root)
    path = write("SOURCE-0001.md", TEXT.format(1))
    stamp = path.stat()
    reopen()
    # Within the clock's resolution, and as long as before.
    path.write_text(TEXT.format(1).replace("raw", "odd"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert reopen()[1].text("status") == "odd"


def test_files_that_come_and_go_are_taken_in(write: Write, root: Path, reopen: Reopen) -> None:
    fill(write, root)
    reopen()
    (root / "SOURCE-0000.md").unlink()
    write("SOURCE-0001b.md", TEXT.format("b"))
    write("AAA/SOURCE-x.md", TEXT.format("x"))
    settle(root)
    names = ["AAA/SOURCE-x.md", "SOURCE-0001.md", "SOURCE-0001b.md", "SOURCE-0002.md"]
    assert [source.name for source in reopen()] == names
    settle(root)
    reopen()
    assert [source.name for source in reopen()] == names
    assert reopen.read == []


def test_a_vault_of_many_pages_grows_and_shrinks(
    write: Write, root: Path, reopen: Reopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_files, "PAGE", 4)
    fill(write, root, 30)
    reopen()
    for number in range(10, 20):
        (root / f"SOURCE-{number:04}.md").unlink()
    for number in range(9):
        write(f"SOURCE-0005{number}.md", TEXT.format(number))
    settle(root)
    assert same(reopen(), anew(root, tmp_path))
    settle(root)
    assert same(reopen(), anew(root, tmp_path))
    assert reopen.read == []


def test_other_processes_read_as_this_one_does(
    write: Write, root: Path, reopen: Reopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_files, "PAGE", 10)
    monkeypatch.setattr(all_files, "ALONE", 10)
    fill(write, root, 60)
    write("SOURCE-0030x\nodd.md", '---\ntitle: ""Q" x"\n---\n# H\n')
    write("SOURCE-0030y\udcff.md", "---\nwhen: 2025-01-01 10:00:00\n---\n")
    settle(root)
    assert same(reopen(), anew(root, tmp_path))
    assert len(reopen.read) < 30


def test_processes_that_cannot_be_started_are_done_without(
    write: Write, root: Path, reopen: Reopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_files, "PAGE", 10)
    monkeypatch.setattr(all_files, "ALONE", 0)
    monkeypatch.setattr(helpers.sys, "executable", "/bin/false")
    fill(write, root, 40)
    assert same(reopen(), anew(root, tmp_path))


@pytest.mark.parametrize(
    "spoil", ["garbage", "torn", "empty", "page", "marshal", "folder", "read-only", "locked"]
)
def test_a_spoilt_cache_is_done_without_and_made_again(
    write: Write, root: Path, cache: Path, reopen: Reopen, tmp_path: Path, spoil: str
) -> None:
    fill(write, root)
    reopen()
    file = cache / "sources.sqlite"
    other = None
    if spoil == "garbage":
        file.write_bytes(b"\xff" * 10_000)
    elif spoil == "torn":
        file.write_bytes(file.read_bytes()[:5000])
    elif spoil == "empty":
        file.write_bytes(b"")
    elif spoil in ("page", "marshal"):
        other = sqlite3.connect(file)
        data = b"\x00" if spoil == "page" else b"i\x05"
        # A sum that fits is the work of another program; it must not matter either.
        with other:
            other.execute("UPDATE pages SET data = ?, sum = 0", (data,))
        other.close()
    elif spoil == "folder":
        file.unlink()
        file.mkdir()
    elif spoil == "read-only":
        file.chmod(0o400)
        cache.chmod(0o500)
    else:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
    try:
        assert same(reopen(), anew(root, tmp_path))
    finally:
        cache.chmod(0o700)
        if spoil == "locked" and other is not None:
            other.close()
        if spoil == "folder":
            shutil.rmtree(file)
    reopen()
    assert same(reopen(), anew(root, tmp_path))
    assert reopen.read == []


def test_a_cache_of_another_version_is_not_believed(
    write: Write, root: Path, cache: Path, reopen: Reopen
) -> None:
    fill(write, root)
    reopen()
    with sqlite3.connect(cache / "sources.sqlite") as database:
        database.execute("UPDATE made SET by = 'another'")
    database.close()
    reopen()
    assert len(reopen.read) == 3


def test_a_change_is_made_to_the_file_as_it_is_whatever_the_cache_says(
    write: Write, root: Path, cache: Path, reopen: Reopen
) -> None:
    fill(write, root)
    reopen()
    source = reopen()[1]
    path = root / source.name
    text = path.read_text().replace("topics: [a, b]", "topics: [a, b]  # mine")
    stamp = path.stat()
    path.write_text(text)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    Vault(root, cache / "state", cache).commit("promote", [FieldEdit(source, "status", "triaged")])
    assert path.read_text() == text.replace("raw", "triaged")
    assert read_entry(root, source.name).source is not None
