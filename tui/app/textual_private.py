"""What sluice needs of Textual that has no public name there, under names of our own.

No other file uses a private name of Textual. Each has a test in
`tests/app/test_textual_private.py` that fails when Textual changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.notifications import Notification
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets._toast import ToastRack

KEY_SEQUENCES = ANSI_SEQUENCES_KEYS
"""Sequences that terminals send for keys; those with a tuple are keys, the others characters."""
KEY_CODES = FUNCTIONAL_KEYS
"""The kitty protocol's codes of keys that type nothing, each with the letter that ends it."""


class OpenApp(App[None]):
    """An app that says how it ends for an error, and which toasts it shows."""

    def end_for(self, error: Exception) -> None:
        """End with the exit code 1, and no traceback on the terminal."""
        self._handle_exception(error)

    def note_end(self, error: Exception) -> None:
        """Called with the first error that ends the app."""

    def _handle_exception(self, error: Exception) -> None:
        """Textual calls this for an error in its own tasks, and would print a traceback."""
        self._return_code = 1
        if self._exception is None:
            # Textual's pilot raises it in tests.
            self._exception = error
            self._exception_event.set()
            self.note_end(error)
        self._close_messages_no_wait()

    @property
    def driver(self) -> Driver | None:
        """What reads keys and writes to the terminal; None before the app runs."""
        return self._driver

    @property
    def toasts(self) -> list[Notification]:
        """The toasts shown, oldest first."""
        return list(self._notifications)

    def add_toast(self, toast: Notification) -> None:
        """Show a toast."""
        self._notifications.add(toast)
        self._refresh_notifications()

    def remove_toast(self, toast: Notification, *, refresh: bool = True) -> None:
        """Remove a toast; without ``refresh`` it goes when the next one comes."""
        self._unnotify(toast, refresh=refresh)

    def _refresh_notifications(self) -> None:
        """Show the current toasts, and remove the widgets around others.

        Textual removes a toast, but leaves the empty widget around it.
        """
        if self.screen_stack:
            shown = {ToastRack._toast_id(toast) for toast in self._notifications}
            for holder in self.screen.query("ToastRack > *"):
                if holder.id not in shown:
                    holder.remove()
        super()._refresh_notifications()


class SequenceReader(XTermParser):
    """Textual's own reading of a whole sequence; remembers where the mouse was."""

    def keys(self, sequence: str) -> Iterable[events.Key]:
        """The keys that a sequence reports; a character is a sequence too."""
        return self._sequence_to_key_events(sequence)

    def mouse(self, sequence: str) -> Message | None:
        """What a report of the mouse says."""
        return self.parse_mouse_code(sequence)


def bind_keys(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Bind keys, replacing what Textual binds them to."""
    for binding in Binding.make_bindings(bindings):
        node._bindings.key_to_bindings[binding.key] = [binding]


def replace_screen(app: App[None], screen: Screen[None]) -> None:
    """Show a screen in place of the one on top, which may be the first one.

    Textual fails to switch from a screen that was never pushed: it has no callback to forget.
    """
    top = app.screen
    if not top._result_callbacks:
        top._push_result_callback(app, None)
    app.switch_screen(screen)


def call_after(pump: MessagePump, seconds: float, call: Callable[[], object]) -> Timer:
    """Call a function once, in so many seconds.

    Textual's own one-shot timer is never called when its moment has passed before it is waited
    for, as a short one's has on a busy machine.
    """
    timer = pump.set_timer(seconds, call)
    timer._skip = False
    return timer


def is_closing(pump: MessagePump) -> bool:
    """Whether it takes no more messages, though it may still process some."""
    return pump._closing


def is_stopped(event: events.Event) -> bool:
    """Whether a handler took the event, so that no other widget gets it."""
    return event._stop_propagation


def set_extent(view: ScrollView, extent: Size) -> None:
    """Set the size that a view scrolls over.

    Assigning ``virtual_size`` would lay out and repaint the whole screen, for a change that
    only the scrollbar shows.
    """
    view.set_reactive(Widget.virtual_size, extent)
    view._scroll_update(extent)


def suggestion(field: Input) -> str:
    """What a field shows at its cursor in addition to what was typed, with that before it."""
    return field._suggestion


def suggest(field: Input, text: str) -> None:
    """Show a suggestion at once; Textual's suggesters answer some frames later."""
    field._suggestion = text


def let_go_of_lines() -> None:
    """Free the drawn lines of a widget together with it.

    Textual caches a method that computes two backgrounds for up to 1,024 widgets, and with it the
    object that keeps each widget's lines. The result depends on two colours only, so the method
    (its first argument is called ``cls``) can be bound to the class instead.
    """
    method = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(method, classmethod):
        StylesCache.get_inner_outer = classmethod(method)  # type: ignore[assignment]


def stop_watching(widget: Widget) -> None:
    """Remove a widget that goes from the app's watchers.

    Textual does so only when the watched value changes, and the theme hardly ever does.
    """
    for watchers in getattr(widget.app, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not widget]
