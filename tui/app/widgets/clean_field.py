"""Text fields that hold any text as it is, and draw it made safe."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.app.letting_go import stop_watching
from tui.display import clean


def clean_strip(strip: Strip) -> Strip:
    """The strip at its width, without anything that a terminal acts on."""
    if strip.text.isprintable():
        return strip
    segments = [Segment(clean(text), style) for text, style, _ in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)


class CleanInput(Input):
    """A field of one line."""

    def render_line(self, y: int) -> Strip:
        """Draw the line; what was pasted may hold anything."""
        return clean_strip(super().render_line(y))

    def _on_paste(self, event: events.Paste) -> None:
        # Pasted lines become one, where Textual would keep the first alone. It calls the
        # base class's handler after this one by itself.
        event.text = " ".join(event.text.split())


class CleanArea(TextArea):
    """A field of several lines, which may hold anything."""

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        return clean_strip(super().render_line(y))

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        stop_watching(self)
