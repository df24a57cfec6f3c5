"""Long use: what was shown and closed leaves nothing that a later key has to carry.

SLUICE_SWEEPS=1 opens more boxes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import weakref
from collections import Counter

import pytest
from textual._styles_cache import StylesCache
from textual.message_pump import MessagePump
from textual.notifications import Notification
from textual.timer import Timer
from textual.worker import Worker

from tests.app.conftest import Open, Sluice
from tui.app.telling import SECONDS
from tui.app.world.machine import Machine
from tui.session.flow.saver import Save
from tui.session.flow.watcher import Watcher
from tui.vault.vault import Vault

SMALL = (45, 12)
DECISIONS, TIMES = 500, 50
BOXES = {
    "status": ("P", "escape"),
    "topics": ("t", "escape"),
    "a text": ("f", *"syn", "enter", "escape"),
    "a list": ("f", *"ali", "enter", "escape"),
    "views": ("v", "escape"),
    "what could not be copied": ("y", "escape"),
    "reading": ("enter", "escape"),
    "distribution": ("D", "escape"),
    "rapid pass": ("r", "escape", "escape"),
    "capture": ("+", "escape"),
}
"""A box of each kind."""
OTHERS = {
    "category": ("c", "escape"),
    "any field": ("f", "escape"),
    "a line": ("f", *"tit", "enter", "escape"),
    "a date": ("f", *"date_pub", "enter", "escape"),
    "insight": ("i", "escape"),
    "insights": ("I", "escape"),
    "order": ("s", "escape"),
    "what to copy": ("Y", "escape"),
    "saved view": ("/", *"app", "enter", "V", "escape", "escape"),
    "search": ("/", *"app", "escape"),
    "help": ("?", "escape"),
    "palette": ("ctrl+p", "escape"),
    "many": ("*", "p", "escape", "X"),
}
"""Further ones, mostly of these kinds."""
if os.environ.get("SLUICE_SWEEPS"):
    BOXES |= OTHERS
KINDS = (MessagePump, StylesCache, Notification, Timer, Worker)
BLINK = 0.5
"""Seconds between two blinks of a text cursor."""
FEW = 20
"""Objects of the last box, which may still be on their way out."""


@pytest.fixture
def sluice(sluice: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the app with toasts that go as soon as they do for users: their timers hold boxes."""
    monkeypatch.setattr("tui.app.telling.SECONDS", SECONDS)
    return sluice


def tree(app: Sluice) -> list[str]:
    """The widgets of the screen, toasts and what holds them included."""
    return sorted(type(widget).__name__ for widget in app.app.screen.walk_children())


def alive() -> Counter[str]:
    """By kind, the objects that somebody holds."""
    gc.collect()
    found = (type(thing) for thing in gc.get_objects() if isinstance(thing, KINDS))
    return Counter(kind.__name__ for kind in found)


async def open_and_close(app: Sluice, keys: tuple[str, ...], times: int) -> None:
    """Open a box and close it, so many times."""
    for _ in range(times):
        await app.burst(*keys[:-1])
        # Some boxes come late.
        await app.burst(keys[-1])


async def no_toasts(app: Sluice) -> None:
    """Show no message any more, and let go of timers that are over."""
    app.app.clear_notifications()
    await app.settled()
    await app.until(lambda: not app.app.screen.query("ToastRack > *"))
    # asyncio keeps a cancelled timer, and so its box, until the timer would have fired.
    await asyncio.sleep(1.2 * BLINK)


@pytest.mark.timeout(300)
async def test_500_decisions_leave_as_many_widgets_as_there_were_at_first(sluice):
    async with sluice(size=SMALL) as app:
        await app.burst(*"1234")
        await no_toasts(app)
        widgets, objects = tree(app), alive()
        await app.burst(*"1234" * (DECISIONS // 4))
        await app.until(lambda: len(app.app.screen.query("ToastRack > *")) <= 1)
        await no_toasts(app)
        assert tree(app) == widgets
        more = alive() - objects
        assert max(more.values(), default=0) < FEW, more


@pytest.mark.timeout(300)
@pytest.mark.parametrize("keys", BOXES.values(), ids=list(BOXES))
async def test_a_box_opened_50_times_leaves_nothing_of_itself(sluice, monkeypatch, keys):
    monkeypatch.setattr("tui.app.world.machine.copy_to_system", lambda _text: False)
    monkeypatch.setattr("tui.app.world.machine.copy_to_tmux", lambda _text: False)
    async with sluice(size=SMALL) as app:
        await open_and_close(app, keys, 3)
        await no_toasts(app)
        widgets, objects = tree(app), alive()
        await open_and_close(app, keys, TIMES)
        assert app.app.screen is app.screen
        await no_toasts(app)
        assert tree(app) == widgets
        more = alive() - objects
        assert max(more.values(), default=0) < FEW, more


async def test_boxes_that_waited_for_the_clipboard_at_once_all_go(sluice, monkeypatch):
    come = threading.Event()

    def slow(_machine: Machine) -> str:
        come.wait(20)
        return ""

    monkeypatch.setattr(Machine, "copied", slow)
    async with sluice(size=SMALL) as app:
        for _ in range(3):
            await app.burst_key("+")
            await app.burst_key("escape")
        come.set()
        await no_toasts(app)
        assert alive()["CaptureBox"] == 0


class Ring:
    """What only a look for garbage finds, as a box that was closed."""

    def __init__(self) -> None:
        self.me = self


async def test_what_is_garbage_when_a_large_vault_is_read_again_goes(limits, sluice, monkeypatch):
    limits["large"] = 0
    async with sluice(size=SMALL) as app:
        gc.disable()
        ring = weakref.ref(Ring())
        await app.press("R")
        gc.collect()
        gc.enable()
        assert ring() is None


async def test_reading_the_vault_again_and_again_puts_nothing_out_of_reach(sluice):
    async with sluice(size=SMALL) as app:
        await app.press("R")
        before = gc.get_freeze_count()
        for _ in range(5):
            await app.press("?", "escape", "R")
        assert gc.get_freeze_count() <= before


async def test_changes_that_fail_for_hours_are_let_go(limits, sluice, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    limits["noticed"] = 0.0
    async with sluice(size=SMALL) as app:
        monkeypatch.setattr("os.fsync", full)
        await app.burst(*"12" * 30)
        assert "no space left" in app.toast
        gc.collect()
        kept = [thing for thing in gc.get_objects() if isinstance(thing, Save)]
        assert len(kept) <= 2, "the last one is there to be undone"


def test_files_that_came_and_went_are_not_remembered(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    vault = Vault(root, tmp_path / "state")
    vault.load()
    watcher = Watcher(vault, print, print, checked=0.5, polled=2.0, swept=10.0)
    for number in range(30):
        note = root / f"note-{number}.md"
        note.write_text("no source yet")
        assert watcher._is_news(note.name)
        note.unlink()
        assert not watcher._is_news(note.name)
    assert watcher._seen == {}
