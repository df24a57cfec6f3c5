"""A small vault on disk, written file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.vault.vault import Vault

Write = Callable[..., Path]
Open = Callable[[], Vault]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty vault folder."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


@pytest.fixture
def write(root: Path) -> Write:
    """Writes a file below the vault, bytes or text, and gives its path."""

    def write_file(name: str, content: str | bytes = "---\nstatus: raw\n---\nbody\n") -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def open_vault(root: Path, tmp_path: Path) -> Open:
    """Opens the vault anew, as another run of sluice would."""

    def opened() -> Vault:
        vault = Vault(root, tmp_path / "state", tmp_path / "cache")
        vault.load()
        return vault

    return opened
