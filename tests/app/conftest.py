"""The app on a small vault, driven by keys as a person would, with the files to look at after."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from pathlib import Path

import pytest
from textual.events import Event, Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.samples import Files
from tui.app.app import SluiceApp
from tui.app.boxes.picker import Picker
from tui.app.boxes.row_list import RowList
from tui.app.screens.triage import TriageScreen
from tui.app.telling import SECONDS
from tui.session.flow.loader import Loader
from tui.session.limits import Limits
from tui.session.session import Session
from tui.state.config import load_config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting
from tui.vault.source import Source

WIDE, STACKED, NARROW = (120, 36), (80, 24), (45, 20)

_WRITTEN = {"space": " ", "slash": "/", "question_mark": "?", "enter": "\r", "tab": "\t"}
"""What keys write that have a name."""


class Sluice:
    """A running app and the keys, eyes and files of the person in front of it."""

    def __init__(self, app: SluiceApp, pilot: Pilot[None], vault: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.vault = vault
        self.waits_for_disk = True
        """Whether a key has only done all it does when everything is on disk."""

    @property
    def screen(self) -> TriageScreen:
        """The triage screen, whatever lies over it."""
        return next(s for s in self.app.screen_stack if isinstance(s, TriageScreen))

    @property
    def session(self) -> Session:
        """What is done on the screen."""
        return self.screen.session

    async def press(self, *keys: str) -> None:
        """Press keys by their names, or by what they write; wait for all that they start."""
        for key in keys:
            self.send(Key(*_key(key)))
            await self._quiet()
        await self.settled()

    async def burst(self, *keys: str) -> None:
        """Press keys faster than any is dealt with."""
        for key in keys:
            self.send(Key(*_key(key)))
        await self.settled()

    async def burst_key(self, key: str) -> None:
        """Press one key and see to it that it is answered, whatever else goes on."""
        self.send(Key(*_key(key)))
        await self._quiet()

    async def type(self, text: str) -> None:
        """Press a key a letter, as fast as somebody types who does not look."""
        await self.burst(*text)

    async def paste(self, text: str) -> None:
        """Let the terminal hand over a text in one piece."""
        self.send(Paste(text))
        await self.settled()

    def send(self, event: Event) -> None:
        """Hand an event over as the terminal does."""
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settled()

    async def settled(self) -> None:
        """Until no thread works and no message waits."""
        await self._quiet()
        while self.app._running and self._is_working():
            # Gives the processor to the thread that is waited for.
            await asyncio.sleep(0.001)
            await self._quiet()

    def _is_working(self) -> bool:
        return (
            not self.screen.is_open
            or self.session.reading.busy
            or self.session.row_suggestions.busy
            or (self.waits_for_disk and self.session.saver.busy)
            or self.session.view_counts.is_busy
            or self.session.pass_finder.working
            or any(not worker.is_finished for worker in self.app.workers)
        )

    async def _quiet(self) -> None:
        """Until nothing waits for its turn, twice in a row, and the screen is drawn.

        Textual's own pause waits for an idle processor, up to a second a key on a busy machine.
        """
        rest = 0
        while rest < 2 and self.app._running:
            while self._waiting:
                await asyncio.sleep(0)
            await self.pilot._wait_for_screen()
            if not self._waiting:
                self.app.screen._on_timer_update()
                rest += 1
            if self._waiting:
                rest = 0

    @property
    def _waiting(self) -> bool:
        """Whether a key or a message has not been dealt with."""
        pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
        return self.app.keys_waiting or any(
            not pump._message_queue.empty() or pump._next_callbacks for pump in pumps
        )

    async def until(self, condition: Callable[[], object]) -> None:
        """Until something is the case; the test's own time limit ends it otherwise."""
        while not condition():
            await asyncio.sleep(0.001)
            await self._quiet()

    async def go_to(self, part: str) -> None:
        """Move the cursor with j to the source with this in its name or title."""
        await self.press("g")
        for _ in range(len(self.session.board.rows)):
            if part in self.here or part in self.title:
                return
            await self.press("j")
        raise AssertionError(f"{part} is not in the queue")

    @property
    def here(self) -> str:
        """The file name of the source under the cursor."""
        return self.session.board.here

    @property
    def title(self) -> str:
        """The title of the source under the cursor."""
        current = self.session.board.current
        return current.title if current else ""

    @property
    def shown(self) -> list[str]:
        """The titles in the queue."""
        return [source.title for source in self.session.board.rows.sources]

    @property
    def toast(self) -> str:
        """What was told last, in the status line or else as a toast; empty when nothing was."""
        return self.said or (self.toasts[-1] if self.toasts else "")

    @property
    def said(self) -> str:
        """What the status line says of the last key, without the sign of a refusal."""
        return self.screen.status_line.said.removeprefix("! ")

    @property
    def toasts(self) -> list[str]:
        """What is reported or waits for it, the newest last."""
        return [toast.message for toast in self.app.reports]

    async def read_reports(self) -> None:
        """Click away what is reported, until nothing is."""
        while self.app.reports:
            for toast in self.app.toasts:
                self.app.remove_toast(toast)
            self.app._look()
        await self.settled()

    @property
    def pane(self) -> str:
        """The id of the pane that has the keys."""
        return self.screen.panes.focused

    @property
    def picture(self) -> str:
        """Everything on the terminal now, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    @property
    def picker(self) -> list[str]:
        """The lines of the picker that is open."""
        assert isinstance(self.app.screen, Picker), f"{self.app.screen} is no picker"
        return self.rows

    @property
    def rows(self) -> list[str]:
        """The lines of the list in the box that is open, without the cells of the cursor."""
        return [text[1:] for text in self.app.screen.query_one(RowList).texts]

    @property
    def under_picker_cursor(self) -> str:
        """The line of the list that enter would take."""
        at = self.app.screen.query_one(RowList).cursor
        return self.rows[at] if at is not None else ""

    def lit(self, word: str) -> bool:
        """Whether these letters are drawn as a hit in the queue."""
        queue = self.screen.queue
        return any(
            segment.text == word and segment.style and segment.style.underline
            for y in range(queue.size.height)
            for segment in queue.render_line(y)
        )

    def dimmed(self, name: str) -> bool:
        """Whether the queue shows this source as done."""
        return self.session.board.rows.is_dimmed(name)


def _key(key: str) -> tuple[str, str | None]:
    """A key's name and what it writes, as Textual's reader of terminals gives them."""
    if len(key) == 1:
        return (key if key.isalnum() else _character_to_key(key)), key
    return key, _WRITTEN.get(key)


Open = Callable[..., AbstractAsyncContextManager[Sluice]]


@pytest.fixture
def sluice(
    vault: Path, home: Path, limits: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> Open:
    """Open the app on the test's vault, at a size, as often as wanted."""
    # A busy machine may take longer to look at a toast than a toast stays.
    monkeypatch.setattr("tui.app.telling.SECONDS", dict.fromkeys(SECONDS, 100.0))
    monkeypatch.setattr("tui.app.telling.NEWS", 100.0)
    monkeypatch.setattr("tui.app.telling.OFFERED", 100.0)

    @asynccontextmanager
    async def opened(
        root: Path = vault, size: tuple[int, int] = WIDE, read: bool = True, greeted: bool = True
    ) -> AsyncIterator[Sluice]:
        folders = user_folders()
        if greeted:
            Greeting(folders.vault_state(root)).given()
        config, own = load_config(folders.config), Limits(**{"rows_rest": 0, **limits})  # type: ignore[arg-type]
        app = SluiceApp(root, folders, config, limits=own)
        async with app.run_test(size=size, notifications=True) as pilot:
            running = Sluice(app, pilot, root)
            await running.until(lambda: bool(app.screen_stack) and running.screen.is_open)
            if read:
                await running.settled()
            desk = running.session.desk
            yield running
        # A file left open by each of a thousand apps would be too many.
        desk.close()

    return opened


@pytest.fixture
def held_vault() -> Callable[[Sluice], AbstractContextManager[None]]:
    """Have no file read while the vault is read anew, until the block ends."""

    @contextmanager
    def held(app: Sluice) -> Iterator[None]:
        vault, go_on = app.session.desk.vault, threading.Event()
        batches = vault.batches

        def wait(size: int) -> Iterator[list[Source]]:
            go_on.wait(20)
            yield from batches(size)

        vault.batches = wait  # type: ignore[method-assign]
        yield
        go_on.set()

    return held


@pytest.fixture
def half_read(
    limits: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], threading.Event]:
    """Have only two sources read, until the event is set."""

    def stop() -> threading.Event:
        go_on, seen = threading.Event(), Loader._seen

        def wait(loader: Loader, batch: list[Source]) -> list[Source]:
            if len(loader._board.rows) == 2:
                go_on.wait(20)
            return seen(loader, batch)

        limits["batch"] = 1
        limits["shown_every"] = 0
        monkeypatch.setattr(Loader, "_seen", wait)
        return go_on

    return stop


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sluice, object, str], None]:
    """Have a function that a thread calls begin only after the app could answer many keys."""

    def make_late(app: Sluice, owner: object, name: str) -> None:
        function = getattr(owner, name)

        def begin_late(*arguments: object) -> object:
            for _ in range(200):
                app.app.call_from_thread(lambda: None)
            return function(*arguments)

        monkeypatch.setattr(owner, name, begin_late)

    return make_late


@pytest.fixture
def watch(vault: Path) -> Callable[[Path], Files]:
    """Remember the files of another folder than the test's vault."""
    return Files


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A clipboard that takes everything, newest last."""
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr("tui.app.world.machine.copy_to_system", take)
    monkeypatch.setattr("tui.app.world.machine.copy_to_tmux", lambda _text: False)
    return taken
