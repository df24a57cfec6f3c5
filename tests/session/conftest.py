"""A session on a small vault, driven by keys, with the files to look at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.samples import Files, write_learnt
from tests.session.stage import Stage
from tui.cli.main import main
from tui.desk import Desk
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
def learnt(vault: Path) -> Path:
    """Decided sources about gardens and engines, and a raw one about each."""
    write_learnt(vault)
    return vault


@pytest.fixture
def watch(vault: Path) -> Callable[[Path], Files]:
    """Remember the files of another folder, or of the vault after more was written."""
    return Files


@pytest.fixture
def names(vault: Path) -> list[str]:
    """The names of the sources, in their order."""
    return sorted(path.name for path in vault.glob("*.md"))


@pytest.fixture
def command(vault: Path) -> Callable[..., None]:
    """Run a command on the vault of the test, as another process does."""

    def run(*arguments: str) -> None:
        assert main([*arguments, "--vault", str(vault)]) == 0

    return run


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
