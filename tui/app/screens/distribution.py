"""Distribution: the vault's sources by tier, status, category and month, and the pace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.worker import get_current_worker

from tui.app.widgets.bars import KeyBar
from tui.app.widgets.line_view import FARTHEST, LineView, strip_of
from tui.errors import JournalError
from tui.triage.drawing import Line
from tui.triage.picture import picture_of
from tui.triage.stats import Stats, stats_of
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

_LOOKS = {"title": "line--headline", "quiet": "line--dim"}
"""The picture's colours that have another name on the screen."""

KEYS = (("j k", "scroll"), ("space", "page"), ("g G", "top, bottom"))


class Picture(LineView):
    """The picture, drawn for the width of the screen."""

    def __init__(self) -> None:
        super().__init__(id="picture")
        self._lines: list[Line] = []
        self.empty_text = "Counting…"

    def show(self, lines: list[Line]) -> None:
        """Show other lines, scrolled to the same place if it still exists."""
        self._lines = lines
        self.set_line_count(len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the view."""
        if not self._lines:
            return self.empty_line(y)
        width, ground = self.text_width, self.ground
        at = y + self.first_line
        if at >= len(self._lines) or not self._lines[at]:
            return Strip.blank(width, ground)
        segments = [
            Segment(text, ground + self.look(_LOOKS.get(colour, f"line--{colour}")))
            for text, colour in self._lines[at]
        ]
        return strip_of([*segments, Segment(" ", ground)], width)


class DistributionScreen(ModalScreen[None]):
    """Tiers against their targets, statuses, categories, months, and the pace."""

    DEFAULT_CSS = """
    DistributionScreen { background: $background; align: center top; }
    DistributionScreen > Container { max-width: 136; height: 1fr; padding: 1 1 0 2; }
    DistributionScreen #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,D", "dismiss(None)", "back"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
        Binding("space,pagedown", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
        Binding("ctrl+d", "page(0.5)", "half a page down"),
        Binding("ctrl+u", "page(-0.5)", "half a page up"),
        Binding("g,home", f"scroll({-FARTHEST})", "top"),
        Binding("G,end", f"scroll({FARTHEST})", "bottom"),
    ]

    def __init__(self, triage: TriageScreen) -> None:
        super().__init__()
        self._triage = triage
        self._picture = Picture()
        self._stats: Stats | None = None

    def compose(self) -> ComposeResult:
        """The picture above its keys."""
        with Container():
            yield self._picture
        keys = KeyBar("keys")
        keys.show(KEYS, ("q", "back"))
        yield keys

    def on_mount(self) -> None:
        """Count now, and again once the latest decisions are in the journal."""
        self.set_focus(self._picture)
        self.count()
        if self._triage.saver.busy:
            self._triage.saver.when_idle(self.count)

    def count(self) -> None:
        """Count the sources as they are now, in a thread."""
        if not self.is_attached:
            return
        sources = self._triage.desk.vault.sources
        self.run_worker(
            lambda: self._count(sources),
            thread=True,
            exclusive=True,
            group="stats",
            exit_on_error=False,
        )

    def _count(self, sources: Sequence[Source]) -> None:
        desk, app = self._triage.desk, self.app
        today = date.today()
        try:
            stats = stats_of(desk.schema, sources, desk.vault.log(), today)
        except JournalError as error:
            app.call_from_thread(self._triage.say, str(error), "warning")
            stats = stats_of(desk.schema, sources, (), today)
        if not get_current_worker().is_cancelled:
            app.call_from_thread(self._show, stats)

    def _show(self, stats: Stats) -> None:
        self._stats = stats
        self._draw()

    def _draw(self) -> None:
        if self._stats is not None and self.is_attached:
            schema, width = self._triage.desk.schema, self._picture.text_width
            self._picture.show(picture_of(schema, self._stats, width - 1))

    def on_resize(self, _event: events.Resize) -> None:
        """Draw again for the new size, once the layout knows it."""
        self.call_after_refresh(self._draw)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        view = self._picture
        view.scroll_to_line(view.first_line + lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        lines = max(1, int(abs(pages) * (self._picture.text_height - 1)))
        self.action_scroll(lines if pages > 0 else -lines)
