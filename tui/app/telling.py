"""Telling: shows what the session says in the status line, and what it reports as toasts."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from textual.timer import Timer

from tui.app.toasts import ToastApp
from tui.app.widgets.bars import KeyBar, StatusLine
from tui.display import cells, clean
from tui.session.ports import Kind

NEWS = 6.0
"""Seconds that news stays, if no key comes before."""
SECONDS = {"information": 3.0, "warning": 6.0, "error": 9.0}
"""Seconds that a toast stays, by its kind."""
OFFERED = 8.0
"""Seconds that a toast stays which a key answers."""
AWARE = 0.6
"""Seconds after which a key may be an answer to a toast, and not to what was there before."""
_LONG, _END = 40, 30
"""Letters of a word from which a toast shows only its end, and how many it then shows."""
_MOST = 600
"""The longest sentence in characters."""


class Teller:
    """Says things beside the queue; on a screen without a status line, in place of its keys."""

    def __init__(self, app: ToastApp, status: StatusLine) -> None:
        self._app = app
        self._status = status
        self._kind = ""
        """The kind of what is said now; empty for nothing."""
        self._outlasts_keys = False
        self._since = 0.0
        """When that was said."""
        self._covered: KeyBar | None = None
        """The keys of another screen that the sentence replaces."""
        self._ends: Timer | None = None
        self.show_work = status.show_work
        self.end_work = status.end_work
        app.before_keys(self.key_comes)

    def say(self, sentence: str, kind: Kind = "information", *shorter: str) -> None:
        """Say what a key has done, or why it did nothing, until the next key."""
        self.fall_silent()
        if not self._app.screen_stack:
            # The app is closing.
            return
        if sentence:
            self._speak(sentence, kind, shorter, NEWS if kind == "information" else None)

    def report(self, sentence: str, kind: Kind = "warning") -> None:
        """Show a toast; below a field in which somebody is typing, say it in the status line."""
        # A long path would leave no room for the reason behind it.
        said = " ".join(map(_with_end, clean(sentence, _MOST).split(" ")))
        if kind != "information":
            # News may not be true any more: what failed was shown as done.
            self.drop()
        if self._app.is_in_field and self._status.screen is self._app.screen:
            self.fall_silent()
            self._speak(said, kind, (), SECONDS[kind])
            self._outlasts_keys = True
        else:
            self._app.notify(said, severity=kind, timeout=SECONDS[kind], markup=False)

    def offer(self, sentence: str) -> None:
        """Show a toast, also after somebody has stopped typing."""
        self._app.notify(clean(sentence, _MOST), timeout=OFFERED, markup=False)

    def has_offer(self, sentence: str) -> bool:
        """Whether such a toast is in sight or waits."""
        said = clean(sentence, _MOST)
        return any(toast.message == said for toast in self._app.reports)

    @property
    def offered(self) -> str:
        """What the toast in sight says, once its end could be read."""
        return self._app.read_toast(AWARE)

    def _speak(
        self, sentence: str, kind: Kind, shorter: Sequence[str], seconds: float | None
    ) -> None:
        sign = "" if kind == "information" else "! "
        forms = [f"{sign}{clean(form, _MOST)}" for form in (sentence, *shorter)]
        self._kind, self._since = kind, monotonic()
        self._status.speak(forms, kind)
        if keys := self._keys_in_sight():
            self._covered = keys
            room = keys.content_size.width
            keys.cover(next((form for form in forms if cells(form) <= room), forms[-1]), kind)
        if seconds is not None:
            self._ends = self._app.set_timer(seconds, self.fall_silent)

    def _keys_in_sight(self) -> KeyBar | None:
        """The keys of the topmost screen that has some, unless the status line is seen below it.

        A box over that screen, also one that is about to close, has none.
        """
        for screen in reversed(self._app.screen_stack):
            if screen is self._status.screen:
                break
            keys: KeyBar
            for keys in screen.query(KeyBar):
                return keys
        return None

    def key_comes(self, pressed: float) -> None:
        """A key comes: what was said about the one before has been read.

        Not by who ``pressed`` it before: the sentence is still there where that closes a box.
        """
        if self._kind and not self._outlasts_keys and pressed >= self._since:
            self.fall_silent()

    def fall_silent(self) -> None:
        """Say nothing any more."""
        if not self._kind:
            return
        self._kind, self._outlasts_keys = "", False
        if self._ends is not None:
            self._ends.stop()
            self._ends = None
        self._status.fall_silent()
        if self._covered is not None:
            self._covered.cover("")
            self._covered = None

    def drop(self, sentence: str = "") -> None:
        """Remove a sentence that is no longer true, or all news."""
        said = clean(sentence, _MOST)
        if sentence:
            self._app.drop_toast(said)
        if self._status.said.endswith(said) if sentence else self._kind == "information":
            self.fall_silent()


def _with_end(word: str) -> str:
    return word if len(word) <= _LONG else f"…{word[-_END:]}"
