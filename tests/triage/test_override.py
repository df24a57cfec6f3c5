"""A vault's ``sluice.yaml`` is a regular file of the vault, of a size one can write by hand."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.errors import SchemaError
from tui.triage.override import MOST, read_text
from tui.triage.schema import load_schema

OWN = "fields: {mood: {kind: text}}\n"

Make = Callable[[Path], object]


def socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices, and not in every container")


def outside(path: Path) -> Path:
    """A file beside the vault."""
    file = path.parent.parent / "outside.yaml"
    file.write_text(OWN)
    return file


def linked_folder(path: Path) -> None:
    """A link to a file in a folder that is a link itself."""
    away = path.parent.parent / "away"
    away.mkdir()
    (away / "own.yaml").write_text(OWN)
    (path.parent / "sub").symlink_to(away)
    path.symlink_to("sub/own.yaml")


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 2 * 1024**3)


def behind_two_links(path: Path) -> None:
    (path.parent / "between").symlink_to(outside(path))
    path.symlink_to("between")


LEAVES, NOT_A_FILE = "a link that leaves the folder", "not a regular file"
REFUSED: dict[str, tuple[Make, str]] = {
    "pipe": (os.mkfifo, NOT_A_FILE),
    "device": (device, NOT_A_FILE),
    "socket": (socket, NOT_A_FILE),
    "folder": (Path.mkdir, NOT_A_FILE),
    "link out": (lambda path: path.symlink_to(outside(path)), LEAVES),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), LEAVES),
    "link behind a link": (behind_two_links, LEAVES),
    "link behind a linked folder": (linked_folder, LEAVES),
    "link to a pipe inside": (
        lambda path: (os.mkfifo(path.parent / "p"), path.symlink_to("p")),
        NOT_A_FILE,
    ),
    "link to nowhere": (lambda path: path.symlink_to("nowhere"), "a broken link"),
    "ring": (lambda path: path.symlink_to(path.name), "cannot be read"),
    "two gigabytes": (sparse, "larger than 1 MB"),
    "a byte too much": (
        lambda path: path.write_bytes(OWN.encode() + b"#" * (MOST + 1 - len(OWN))),
        "larger than 1 MB",
    ),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_file_of_the_vault_is_refused_at_once_with_the_reason(
    tmp_path: Path, kind: str
) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    make, reason = REFUSED[kind]
    make(root / "sluice.yaml")
    with pytest.raises(SchemaError, match=reason) as caught:
        load_schema(root)
    assert str(caught.value).startswith(f"{root / 'sluice.yaml'}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="Linux has such files")
def test_a_file_that_holds_more_than_its_size_says_is_refused() -> None:
    assert Path("/proc/kallsyms").stat().st_size == 0
    with pytest.raises(SchemaError, match="larger than 1 MB"):
        read_text(Path("/proc"), "kallsyms")


@pytest.mark.parametrize("kind", ["file", "link inside", "link in a folder", "as large as may be"])
def test_a_file_of_the_vault_counts_by_whatever_name_in_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sluice.yaml"
    (tmp_path / "deep").mkdir()
    own = {"link inside": tmp_path / "own.yaml", "link in a folder": tmp_path / "deep/own.yaml"}
    target = own.get(kind, path)
    target.write_text(OWN + ("#" * (MOST - len(OWN)) if kind == "as large as may be" else ""))
    if target is not path:
        path.symlink_to(target.relative_to(tmp_path))
    assert "mood" in load_schema(tmp_path).fields


def test_it_counts_in_a_vault_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "sluice.yaml").write_text(OWN)
    (tmp_path / "link").symlink_to("vault")
    assert "mood" in load_schema(tmp_path / "link").fields
