"""What every test may ask for: a home of its own, a vault to spoil, real sources."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.small_vault", "tests.disk"]
ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: no test reads or writes the user's own folders."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    names = ("SLUICE_VAULT", "NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL", "COLUMNS", "LINES")
    for name in (*names, "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def vault_copy(tmp_path: Path) -> Path:
    """A copy of the sample sources."""
    sources_only = shutil.ignore_patterns("README.md", "schemas")
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "vault", ignore=sources_only))


@pytest.fixture
def other_folder(tmp_path: Path) -> Callable[[str], Path]:
    """Copies of the samples of other folders, by their names."""
    return lambda name: Path(shutil.copytree(ROOT / "seeds" / "schemas" / name, tmp_path / name))


@pytest.fixture
def corpus() -> Path:
    """The folder of real sources, to be read only; the test is skipped where it is missing."""
    if not CORPUS.is_dir():
        pytest.skip("the real sources are not on this machine")
    return CORPUS
