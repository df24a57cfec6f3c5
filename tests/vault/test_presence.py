"""Undoing an addition takes away what was added, and never what somebody wrote meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.errors import Conflict, StorageError
from tui.vault.disk import presence
from tui.vault.disk.folder import Folder
from tui.vault.disk.storage import Snapshot, read_snapshot

NAME = "SOURCE-n.md"
ADDED, THEIRS, LATER = b"added\n", b"added\nhours of notes\n", b"written anew\n"


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(1, "no links here")


@pytest.fixture
def snapshot(root: Path) -> Snapshot:
    """The added file as it was looked at; another program has written to it just then."""
    (root / NAME).write_bytes(ADDED)
    seen = read_snapshot(root, NAME)
    (root / NAME).write_bytes(THEIRS)
    return seen


def contents(root: Path) -> set[bytes]:
    return {path.read_bytes() for path in root.iterdir()}


@pytest.mark.parametrize("has_links", [True, False])
def test_what_another_program_wrote_just_then_is_put_back(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(Conflict, match="Another program just changed"):
        presence.remove(snapshot)
    assert [path.name for path in root.iterdir()] == [NAME]
    assert contents(root) == {THEIRS}


def test_what_cannot_be_put_back_is_kept_beside_and_named(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = presence._bytes_of

    def look(folder: Folder, name: str) -> bytes | None:
        # They write a file of that name anew while theirs is away.
        (root / NAME).write_bytes(LATER)
        return real(folder, name)

    monkeypatch.setattr(presence, "_bytes_of", look)
    with pytest.raises(Conflict, match=r"is in SOURCE-n\.\w{8}\.md"):
        presence.remove(snapshot)
    assert contents(root) == {THEIRS, LATER}


def test_a_file_that_cannot_be_read_any_more_is_put_back(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "bytes_in", refuse)
    with pytest.raises(Conflict):
        presence.remove(snapshot)
    assert contents(root) == {THEIRS}


def test_a_file_where_a_folder_is_meant_is_not_called_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("a file")
    with pytest.raises(StorageError, match="move away the file that is in a folder"):
        presence.create(tmp_path, "inbox/new.md", b"x")
    assert (tmp_path / "inbox").read_text() == "a file"
