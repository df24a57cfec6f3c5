"""A session on a small vault, driven by keys, with the files to look at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.samples import TITLES, Files, write_learnt, write_source
from tests.session.stage import Stage
from tui.desk import Desk
from tui.private import make_folder
from tui.session.flow.watcher import Watcher
from tui.session.limits import Limits
from tui.state.config import load_config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting

Open = Callable[..., AbstractContextManager[Stage]]


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread watches the vault: a test says when it is noticed what others wrote."""
    monkeypatch.setattr(Watcher, "start", lambda _watcher: None)
    monkeypatch.setattr(Watcher, "join", lambda _watcher: None)


@pytest.fixture
def write(vault: Path) -> Callable[..., Path]:
    """Write one more source into the vault."""

    def write_one(number: int, title: str, **fields: str) -> Path:
        return write_source(vault, number, title, **fields)

    return write_one


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Four raw sources."""
    root = tmp_path / "small"
    root.mkdir()
    for number, title in enumerate(TITLES, 1):
        write_source(root, number, title)
    return root


@pytest.fixture
def learnt(vault: Path) -> Path:
    """Decided sources about gardens and engines, and a raw one about each."""
    write_learnt(vault)
    return vault


@pytest.fixture
def files(vault: Path) -> Files:
    """The vault's files as they are when the test begins."""
    return Files(vault)


@pytest.fixture
def watch(vault: Path) -> Callable[[Path], Files]:
    """Remember the files of another folder, or of the vault after more was written."""
    return Files


@pytest.fixture
def limits() -> dict[str, float]:
    """The limits of the sessions that the test opens, where they are not the usual ones."""
    return {}


@pytest.fixture
def sluice(vault: Path, home: Path, limits: dict[str, float]) -> Open:
    """Open a session on the test's vault, as often as wanted."""

    @contextmanager
    def opened(root: Path = vault, read: bool = True) -> Iterator[Stage]:
        folders = user_folders()
        Greeting(folders.vault_state(root)).given()
        desk = Desk(root, folders)
        stage = Stage(desk, load_config(folders.config), Limits(**limits))  # type: ignore[arg-type]
        stage.enter(stage.session.start)
        if read:
            stage.settled()
        try:
            yield stage
        finally:
            stage.session.stop()
            stage.session.finish(lambda _: None)
            stage.session.close()

    return opened


@pytest.fixture
def config(home: Path) -> Callable[[str], None]:
    """Write the config file."""

    def write_config(text: str) -> None:
        folder = home / "config" / "sluice"
        make_folder(folder)
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        (folder / "config.yaml").chmod(0o600)

    return write_config
