"""A file of any size is read within a bound: shown with its problem, and not changed."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.checks.same_body import same_body
from tui.errors import Conflict, EditRefused, StorageError
from tui.vault.disk import contents
from tui.vault.disk.contents import BEGINNING, MOST, read_start, read_whole
from tui.vault.disk.storage import read_snapshot, replace
from tui.vault.reading import one_file
from tui.vault.reading.one_file import TOO_LARGE, read_entry
from tui.vault.rule import Rule
from tui.vault.writing.plan import FieldEdit, FileDiff

HEADER = "---\nstatus: raw\ntitle: Far too much\n---\n"
TERABYTE = 1 << 40
NAME = "SOURCE-large.md"


def sparse(write: Write, name: str, text: str = HEADER, size: int = TERABYTE) -> Path:
    """A file with a text at its start and nothing but NUL behind, which takes no room."""
    path = write(name, text)
    os.truncate(path, size)
    return path


@contextmanager
def few_megabytes(most: int = 8) -> Iterator[None]:
    """Python never holds more than these at once."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most * 1024 * 1024


@pytest.mark.timeout(60)
def test_a_hundred_terabytes_are_listed_by_their_beginnings(write: Write, open_vault: Open) -> None:
    for number in range(50):
        sparse(write, f"SOURCE-{number:03}.md")
        sparse(write, f"SOURCE-nul-{number:03}.md", "")
    with few_megabytes():
        sources = open_vault().sources
    assert len(sources) == 100
    assert {source.problem and source.problem.sentence for source in sources} == {TOO_LARGE}
    assert [source.title for source in sources][:2] == ["Far too much"] * 2
    assert open_vault().sources == sources


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: raw\ntitle: never closed\n",
        "---\nstatus: raw\n" + "key: value\n" * 300_000,
        "---\nstatus: raw\nnote: " + "x" * 3_000_000,
        "key: value\n---\nstatus: raw\n---\n",
        "status: raw\n" * 300_000,
        "x" * 3_000_000,
        "",
    ],
    ids=["short", "keys", "line", "stray", "bare", "no line", "nul"],
)
def test_a_header_that_does_not_end_is_not_looked_for_to_the_files_end(
    write: Write, open_vault: Open, text: str
) -> None:
    sparse(write, NAME, text)
    with few_megabytes(24):
        vault = open_vault()
        source = vault.get(NAME)
        body = vault.read_body(source)
    assert source.problem and source.problem.sentence == TOO_LARGE
    assert len(body) <= BEGINNING


def test_its_beginning_is_shown_and_no_letter_of_it_is_torn(write: Write, open_vault: Open) -> None:
    for shift in range(4):
        write(NAME, HEADER + "x" * shift + "🚀" * (MOST // 4))
        vault = open_vault()
        body = vault.read_body(vault.get(NAME))
        assert set(body[shift:]) == {"🚀"}
        assert BEGINNING - 4 <= len((HEADER + body).encode()) <= BEGINNING


def test_a_file_of_just_the_most_is_whole_and_one_more_byte_is_too_much(
    write: Write, open_vault: Open
) -> None:
    path = write(NAME, HEADER + "x" * (MOST - len(HEADER)))
    vault = open_vault()
    assert vault.get(NAME).problem is None
    assert len(vault.read_body(vault.get(NAME))) == MOST - len(HEADER)
    with path.open("a") as file:
        file.write("x")
    vault.reread(NAME)
    assert vault.get(NAME).is_cut
    assert len(vault.read_body(vault.get(NAME))) == BEGINNING - len(HEADER)


def test_it_is_not_changed_repaired_or_compared(write: Write, open_vault: Open) -> None:
    path = sparse(write, NAME)
    write("SOURCE-same.md", HEADER)
    os.truncate(path.with_name("SOURCE-same.md"), TERABYTE)
    vault = open_vault()
    source = vault.get(NAME)
    for change in (
        lambda: vault.commit("change", [FieldEdit(source, "status", "triaged")]),
        lambda: vault.repair("repair", [FileDiff(NAME, HEADER, HEADER.upper())]),
        lambda: vault.read_text(source),
    ):
        with few_megabytes(40), pytest.raises(StorageError, match="larger than 16 MB"):
            change()
    assert vault.log() == []
    assert list(same_body(source, vault.sources, vault.read_body)) == []
    assert path.stat().st_size == TERABYTE


def test_a_change_that_would_make_a_file_too_large_to_undo_is_refused(
    write: Write, open_vault: Open
) -> None:
    text = HEADER + "x" * (MOST - len(HEADER) - len("t: 1\n"))
    path = write(NAME, text)
    vault = open_vault()
    source = vault.get(NAME)
    with pytest.raises(EditRefused, match="would be larger than 16 MB"):
        vault.commit("change", [FieldEdit(source, "t", 10)])
    assert path.stat().st_size == len(text)
    vault.commit("change", [FieldEdit(source, "t", 1)])
    assert path.stat().st_size == MOST
    vault.undo()
    assert path.read_text() == text


def test_what_grew_too_large_since_is_not_undone(write: Write, open_vault: Open) -> None:
    path = write(NAME, HEADER)
    vault = open_vault()
    vault.commit("change", [FieldEdit(vault.get(NAME), "status", "triaged")])
    os.truncate(path, TERABYTE)
    with pytest.raises(StorageError, match="larger than 16 MB"):
        vault.undo()
    assert path.stat().st_size == TERABYTE


def test_what_grew_too_large_just_before_the_move_is_not_replaced(root: Path, write: Write) -> None:
    path = write(NAME, HEADER)
    snapshot = read_snapshot(root, NAME)
    with few_megabytes(40), pytest.raises(Conflict):
        replace(snapshot, b"ours", lambda _beside: os.truncate(path, TERABYTE))
    assert path.stat().st_size == TERABYTE


def test_a_file_that_grows_while_it_is_read_is_read_to_the_bound(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(NAME, "---\n" + "key: value\n" * 10_000)
    once = os.read

    def grow(descriptor: int, count: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"key: value\n" * 100_000)
        return once(descriptor, count)

    monkeypatch.setattr(contents.os, "read", grow)
    for reads in (read_whole, read_start):
        descriptor = os.open(path, os.O_RDONLY)
        data, _ = reads(descriptor)
        os.close(descriptor)
        assert data is not None and len(data) <= MOST + 1
    path.write_text("---\n" + "key: value\n" * 10_000)
    source = read_entry(root, NAME).source
    assert source is not None and source.is_cut


@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="Linux has such files")
def test_a_file_that_holds_more_than_its_size_says_is_read_to_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 2 * 1024 * 1024
    for module in (contents, one_file):
        monkeypatch.setattr(module, "MOST", most)
    source = read_entry(Path("/proc"), "kallsyms", rule=Rule(prefix="kall")).source
    assert source is not None and source.stamp.size == 0
    assert source.is_cut
    descriptor = os.open("/proc/kallsyms", os.O_RDONLY)
    try:
        data, _ = read_whole(descriptor, most)
        assert data is not None and len(data) == most + 1
        os.lseek(descriptor, 0, os.SEEK_SET)
        data, _ = read_start(descriptor)
        assert data is not None and len(data) == BEGINNING
    finally:
        os.close(descriptor)
