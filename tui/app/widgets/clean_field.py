"""Text fields that keep any text unchanged, and draw it safely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.app.textual_private import stop_watching
from tui.display import clean


def clean_strip(strip: Strip) -> Strip:
    """The strip without anything that a terminal acts on, at the same width."""
    if strip.text.isprintable():
        return strip
    segments = [Segment(clean(text), style) for text, style, _ in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)


def _steady_without_motion(field: Input | TextArea) -> None:
    """Stop the cursor from blinking where Textual is asked for no animations."""
    field.cursor_blink = field.app.animation_level != "none"


class CleanInput(Input):
    """A field of one line."""

    def on_mount(self) -> None:
        """Blink only where motion is welcome."""
        _steady_without_motion(self)

    def render_line(self, y: int) -> Strip:
        """Draw the line safely: pasted text may contain anything."""
        return clean_strip(super().render_line(y))

    def on_paste(self, event: events.Paste) -> None:
        """Join pasted lines, where Textual would keep only the first.

        Textual itself calls the base class's handler after this one.
        """
        event.text = " ".join(event.text.split())


class FixedInput(CleanInput):
    """A field of one line, whose place and size no letter changes."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,  # noqa: ARG002 - asked for with every letter
        recompose: bool = False,
    ) -> Self:
        """Draw the field again, without laying out the screen: typing moves nothing around it."""
        return super().refresh(*regions, repaint=repaint, layout=False, recompose=recompose)


class LineField(CleanInput):
    """A field that calls ``on_letters`` at once with every letter."""

    def __init__(self, text: str, on_letters: Callable[[str], None], hint: str = "") -> None:
        self._on_letters = on_letters
        super().__init__(text, placeholder=hint, select_on_focus=False)

    def watch_value(self, value: str) -> None:
        """Say so at once; Textual's own watcher of the value was called before this one."""
        # Called here and not by Input.Changed: enter may come before that message.
        if self.is_mounted:
            self._on_letters(value)


class CleanArea(TextArea):
    """A field of several lines."""

    def on_mount(self) -> None:
        """Blink only where motion is welcome."""
        _steady_without_motion(self)

    def render_line(self, y: int) -> Strip:
        """Draw a line safely: pasted text may contain anything."""
        return clean_strip(super().render_line(y))

    def on_unmount(self) -> None:
        """Stop Textual from holding on to the field."""
        stop_watching(self)
