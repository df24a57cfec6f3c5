"""KeyOrderApp: an app that finishes one key before it starts the next."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from time import monotonic, sleep

from textual import events
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.app.layouts import LETTERS, KeyboardLayout
from tui.app.textual_private import OpenApp, is_closing, is_stopped

APART = 0.015
"""Seconds after which a key may be finished, if nothing waits."""
ANSWERED = 0.04
"""Seconds in which a key is answered, if nothing else uses the interpreter."""
HELD_UP = 0.1
"""The most seconds that background work waits, however fast keys come."""
PATIENCE = 0.2
"""Seconds after which to check whether a silent message pump is gone."""
DISK_PATIENCE = 5.0
"""Seconds that keys wait for a disk that does not answer."""
MOST_ROUNDS = 6
"""Rounds in which any key is finished; a limit, in case something never rests."""
STEADY = frozenset({"j", "k", "J", "K", "space", "pagedown", "pageup", "ctrl+d", "ctrl+u"})
"""Keys that do not move the focus: held down, they need not wait for each other."""
STEADY_ABROAD = frozenset(letter for letter, sign in LETTERS.items() if sign in STEADY)
"""The same keys on other layouts."""


class KeyOrderApp(OpenApp):
    """Holds each key back until the one before it is finished.

    Textual sends every key at once to the widget that has the focus at that moment. When keys
    arrive together, over a slow line or from a fast typist, letters typed for a search would
    become commands of the queue: `/pa` would promote and archive.
    """

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._held: deque[tuple[events.Key | events.Paste, float]] = deque()
        """The keys that wait for their turn, each with the moment it was pressed."""
        self._dealing: asyncio.Task[None] | None = None
        self._last: events.Event | None = None
        """The key sent last, until it is known to be finished."""
        self._sent = 0.0
        self._came = 0.0
        self._before_key: Callable[[float], object] = lambda _: None
        self._may_begin = asyncio.Event()
        self._awaited: dict[asyncio.Event, None] = {}
        """For all work that the next key waits for: set when it has ended."""
        self._keyboard = KeyboardLayout()
        self.steady = STEADY | STEADY_ABROAD
        """Keys that need not wait for each other when they are held down."""

    def before_keys(self, call: Callable[[float], object]) -> None:
        """Have a function called before each key or paste is processed, and no other.

        It gets the moment when the key was pressed.
        """
        self._before_key = call

    def deal_with_keys(self) -> None:
        """Start to process keys, the ones already held included."""
        self._may_begin.set()

    def hold_keys(self) -> Callable[[], None]:
        """Hold the next keys until the returned function is called, or patience ends.

        A key whose work in a thread opens or closes a box holds them: those typed after it
        are meant for what is on the screen then. Any thread may call the function. Work of
        several kinds may hold them at once: they wait for all of it.
        """
        ended = asyncio.Event()
        # Without a key nobody else forgets those that have ended.
        going_on = [each for each in self._awaited if not each.is_set()]
        self._awaited = dict.fromkeys([*going_on, ended])
        loop = asyncio.get_running_loop()

        def release() -> None:
            # The app may have ended meanwhile.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(ended.set)

        return release

    @property
    def keys_waiting(self) -> bool:
        """Whether a key is unfinished or held back."""
        return bool(self._held) or (self._dealing is not None and not self._dealing.done())

    def give_way(self) -> None:
        """In a worker thread: wait while a key that has just come is answered.

        Threads share one interpreter; a key that competes for it takes twice as long.
        """
        end = monotonic() + HELD_UP
        while (now := monotonic()) - self._came < ANSWERED and now < end:
            sleep(ANSWERED / 5)

    async def on_event(self, event: events.Event) -> None:
        """Hold keys in their order; pass everything else on."""
        # Only ctrl+c need not wait for the vault or for a save, whose disk may be gone.
        awaited = (self._may_begin, *self._awaited)
        waits = not all(each.is_set() for each in awaited)
        quits = waits and getattr(event, "key", "") == "ctrl+c"
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and not quits:
            self._came = monotonic()
            self._held.append((event, self._came))
            if self._dealing is None or self._dealing.done():
                self._dealing = asyncio.create_task(self._deal())
            return
        await super().on_event(event)
        if event is self._last:
            self._last = None

    async def _deal(self) -> None:
        """Process the keys in their order until none is left."""
        before = ""
        await self._may_begin.wait()
        while self._held and self.is_running:
            event, came = self._held.popleft()
            key = event.key if isinstance(event, events.Key) else ""
            if not (key == before and key in self.steady) and not self._at_rest():
                await self._rest()
            await self._work_ended()
            if isinstance(event, events.Key):
                event = self._as_meant(event)
            self._last, self._sent, before = event, monotonic(), key
            self._before_key(came)
            try:
                await super().on_event(event)
            except Exception as error:
                self.end_for(error)
                return

    async def _work_ended(self) -> None:
        """Until nothing holds the keys, and what the work posted has been dealt with."""
        # Work may end by beginning other work, whose end the keys await too.
        while awaited := [*self._awaited]:
            with suppress(TimeoutError):
                async with asyncio.timeout(DISK_PATIENCE):
                    for each in awaited:
                        await each.wait()
            await self._rest()
            for each in awaited:
                self._awaited.pop(each, None)

    def _as_meant(self, event: events.Key) -> events.Key:
        """The key as on the keyboard that commands are named after, unless it types text.

        Keys in a screen's ``own_keys`` were bound by the user and stay as they are.
        """
        layout, character = self._keyboard, event.character
        layout.see(character)
        if not self.screen_stack or self.takes_text() or event.key in self._own_keys():
            return event
        key = layout.key_of(event.key)
        if key is None:
            return event
        return events.Key(key, layout.sign_of(character) if character else None)

    def takes_text(self) -> bool:
        """Whether the focus is in a field, where keys type letters."""
        focused = self.focused
        if isinstance(focused, TextArea):
            return not focused.read_only
        return isinstance(focused, Input)

    def _own_keys(self) -> Collection[str]:
        own: Collection[str] = getattr(self.screen, "own_keys", ())
        return own

    def _at_rest(self) -> bool:
        """Whether the last key is certainly finished, without waiting for it."""
        last = self._last
        ended = last is None or is_stopped(last)
        return (
            ended
            and monotonic() - self._sent > APART
            and all(_is_idle(node) for node in self._way_up())
        )

    async def _rest(self) -> None:
        """Wait until the last key and the messages it caused are processed."""
        before: list[DOMNode] = []
        for _ in range(MOST_ROUNDS):
            way = self._way_up()
            for node in way:
                await _answered(node)
            if way == before and all(node.message_queue_size == 0 for node in way):
                return
            before = way

    def _way_up(self) -> list[DOMNode]:
        """The nodes that a key bubbles through: the focused widget, its ancestors, the app."""
        if not self.screen_stack:
            return [self]
        return (self.screen.focused or self.screen).ancestors_with_self


def _is_idle(node: DOMNode) -> bool:
    """Whether a node is mounted and has no message to process; the app always is mounted."""
    mounted = not isinstance(node, Widget) or node.is_mounted
    return mounted and node.message_queue_size == 0


async def _answered(pump: MessagePump) -> None:
    """Wait until a message pump has processed its messages so far."""
    answer = asyncio.get_running_loop().create_future()
    if not pump.call_later(answer.set_result, None):
        return
    while not answer.done() and pump.is_running and not is_closing(pump):
        await asyncio.wait([answer], timeout=PATIENCE)
