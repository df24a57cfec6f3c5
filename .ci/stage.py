"""Runs the app on a copy of the samples, the same way on every machine and every day."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import environment
import frontmatter
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.app.app import SluiceApp
from tui.app.screens.triage import TriageScreen
from tui.session.limits import Limits
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting

CLOCKS = {
    "tui.session.commands.decide": ("date",),
    "tui.session.work.pickers": ("date",),
    "tui.session.flow.decider": ("datetime",),
    "tui.session.work.hints": ("datetime",),
    "tui.session.work.course": ("date", "monotonic"),
    "tui.session.work.pass_clock": ("monotonic",),
    "tui.session.work.statistician": ("date",),
    "tui.session.model.rows": ("datetime",),
}
"""The modules that read the time which a picture shows, and the names they use for it."""
LATE = 1e6
"""Seconds; every picture is done by then."""
PATIENCE = 60
"""Seconds to wait until the app has nothing left to do."""


class Clock:
    """A clock that stands still, in place of ``date``, ``datetime`` and ``monotonic``."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 27, 9, tzinfo=UTC)

    def now(self, _zone: object) -> datetime:
        """The moment, as from ``datetime``."""
        return self.moment

    def today(self) -> date:
        """The day, as from ``date``."""
        return self.moment.date()

    def __call__(self) -> float:
        """Seconds, as from ``monotonic``."""
        return self.moment.timestamp()

    def pass_by(self, **length: float) -> None:
        """Move the clock on; the arguments are those of ``timedelta``."""
        self.moment += timedelta(**length)


class Stage:
    """A running app: presses keys, takes pictures of the screen, reads the files."""

    def __init__(self, app: SluiceApp, pilot: Pilot[None], vault: Path, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self._pilot = pilot
        self._vault = vault

    @property
    def triage(self) -> TriageScreen:
        """The triage screen, even below other screens."""
        return next(s for s in self.app.screen_stack if isinstance(s, TriageScreen))

    @property
    def here(self) -> str:
        """The file name of the source under the cursor; empty if there is none."""
        return self.triage.session.board.here

    @property
    def shown(self) -> list[str]:
        """The file names of the sources in the queue."""
        return [source.name for source in self.triage.session.board.rows.sources]

    @property
    def is_typing(self) -> bool:
        """Whether a text field has the focus."""
        return isinstance(self.app.focused, Input | TextArea)

    def fields(self, part: str) -> dict[str, object]:
        """The frontmatter on disk of the only file with this in its name."""
        (path,) = self._vault.glob(f"*{part}*")
        return frontmatter.load(str(path)).metadata

    def shot(self) -> Sequence[Strip]:
        """The screen: one strip of styled text for each row."""
        return self.app.screen._compositor.render_strips()

    async def press(self, *keys: str) -> None:
        """Press keys, each given as its character or its name in Textual; wait for their effect."""
        for key in keys:
            if len(key) == 1:
                self.app.post_message(Key(_character_to_key(key), key))
            else:
                self.app.post_message(Key(key, None))
            await self.until(lambda: True)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds and the app has nothing left to do."""
        end, calm = time.monotonic() + PATIENCE, 0
        while calm < 3:
            if time.monotonic() > end:
                sys.exit(f"pictures: the app is still busy after {PATIENCE} s")
            await self._pilot._wait_for_screen()
            for field in self.app.screen.query("Input, TextArea"):
                field.cursor_blink = False  # type: ignore[attr-defined]
            self.app.screen._on_timer_update()
            calm = calm + 1 if condition() and not self._is_working() else 0
            await asyncio.sleep(0 if calm else 0.001)

    def _is_working(self) -> bool:
        """Whether a thread is at work or a message waits."""
        pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
        return (
            self.app.keys_waiting
            or not self.triage.is_open
            or self.triage.session.reading.busy
            or self.triage.session.saver.busy
            or self.triage.session.desk.learner.has_work
            or self.triage.session.row_suggestions.busy
            or self.triage.session.view_counts.is_busy
            or any(not worker.is_finished for worker in self.app.workers)
            or any(not pump._message_queue.empty() or pump._next_callbacks for pump in pumps)
        )


@asynccontextmanager
async def opened(size: tuple[int, int], theme: str) -> AsyncIterator[Stage]:
    """The app on a fresh copy of the samples, with an empty home, after the greeting."""
    with TemporaryDirectory(prefix="sluice-pictures-") as folder, ExitStack() as patches:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(folder) / name.lower())
        clock = Clock()
        for module, names in CLOCKS.items():
            for name in names:
                patches.enter_context(patch.object(import_module(module), name, clock))
        # Timers of the app would make a picture depend on how fast this machine is.
        patches.enter_context(patch("tui.app.telling.SECONDS", defaultdict(lambda: LATE)))
        patches.enter_context(patch("tui.app.telling.NEWS", LATE))
        vault = Path(folder) / "seeds"
        sources_only = shutil.ignore_patterns("README.md", "schemas")
        shutil.copytree(environment.ROOT / "seeds", vault, ignore=sources_only)
        Greeting(user_folders().vault_state(vault)).given()
        limits = Limits(learning_rests=LATE, rows_rest=0)
        app = SluiceApp(vault, user_folders(), Config(theme=theme), limits=limits)
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, vault, clock)
            await stage.until(lambda: True)
            yield stage
