"""A small vault for the tests of app and session: four raw sources, and the config file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.samples import TITLES, Files, write_source
from tui.private import make_folder


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Four raw sources."""
    root = tmp_path / "small"
    root.mkdir()
    for number, title in enumerate(TITLES, 1):
        write_source(root, number, title)
    return root


@pytest.fixture
def write(vault: Path) -> Callable[..., Path]:
    """Write one more source into the vault."""

    def write_one(number: int, title: str, **fields: str) -> Path:
        return write_source(vault, number, title, **fields)

    return write_one


@pytest.fixture
def files(vault: Path) -> Files:
    """The vault's files as they are when the test begins."""
    return Files(vault)


@pytest.fixture
def limits() -> dict[str, float]:
    """The limits of what the test opens, where they are not the usual ones."""
    return {"counted_later": 0.001, "told_later": 0}


@pytest.fixture
def config(home: Path) -> Callable[[str], None]:
    """Write the config file."""

    def write_config(text: str) -> None:
        folder = home / "config" / "sluice"
        make_folder(folder)
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        (folder / "config.yaml").chmod(0o600)

    return write_config
