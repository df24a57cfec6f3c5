"""Panes: which one has the focus, and which one a narrow screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from tui.app.screens.layout import TriageLayout


class Panes:
    """The panes of one screen, in tab order."""

    def __init__(self, screen: TriageLayout) -> None:
        self._screen = screen
        self._ring: tuple[Widget, ...] = (
            screen.queue,
            screen.preview,
            screen.insights,
            screen.category,
            screen.status,
        )

    @property
    def focused(self) -> Widget:
        """The pane that has the focus; the queue when none has."""
        focused = self._screen.focused
        around = focused.ancestors_with_self if focused else ()
        return next((pane for pane in self._ring if pane in around), self._screen.queue)

    def step(self, by: int) -> None:
        """Focus the next pane, or the previous one."""
        at = self._ring.index(self.focused)
        self.show(self._ring[(at + by) % len(self._ring)])

    def show(self, pane: Widget) -> None:
        """Focus a pane; a narrow screen shows only that one."""
        screen = self._screen
        self.bring_into_sight(pane)
        screen.set_focus(screen.insights.list if pane is screen.insights else pane)

    def bring_into_sight(self, pane: Widget | None = None) -> None:
        """Show only one pane, by default the focused one, if the screen is narrow.

        On a wide one the classes would change nothing, and restyle every widget.
        """
        screen, pane = self._screen, pane or self.focused
        if not screen.has_class("-narrow"):
            return
        for other in self._ring:
            other.set_class(other is pane, "-in-sight")
        screen.set_class(pane is not screen.queue, "-beside-queue")
        screen.set_class(pane is screen.preview, "-preview-only")
