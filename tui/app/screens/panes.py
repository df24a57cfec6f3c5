"""The panes: which one has the focus, which one a narrow screen shows, and what they can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from tui.app.screens.layout import TriageLayout
    from tui.session.ports import Focus, Pane


class TriagePanes:
    """The panes of one screen, in tab order."""

    def __init__(self, screen: TriageLayout, end_welcome: Callable[[], bool]) -> None:
        self._screen = screen
        self.end_welcome = end_welcome
        self._ring: Mapping[Pane, Widget] = {
            "queue": screen.queue,
            "preview": screen.preview,
            "insights": screen.insights,
            "category": screen.category,
            "status": screen.status,
        }
        self.scroll = screen.preview.scroll_by_lines
        self.page = screen.preview.page
        self.find_next = screen.preview.find_next
        self.select_insight = screen.insights.list.action_select
        self.write = screen.insights.write
        self.fill_field = screen.insights.editor.load_text
        self.stop_writing = screen.insights.close

    @property
    def focused(self) -> Pane:
        """The pane that has the focus; the queue when none has."""
        focused = self._screen.focused
        around = focused.ancestors_with_self if focused else ()
        return next((name for name, pane in self._ring.items() if pane in around), "queue")

    @property
    def focus(self) -> Focus:
        """What has the focus."""
        focused = self._screen.focused
        if isinstance(focused, SearchBar):
            return "search"
        if isinstance(focused, InsightEditor):
            return "field"
        if isinstance(focused, InsightList):
            return "list"
        if focused in (self._screen.category, self._screen.status):
            return "fact"
        if focused is self._screen.preview:
            return "preview"
        return "queue" if focused is not None else "nothing"

    @property
    def text_place(self) -> tuple[str, int]:
        """The name of the source that the preview shows, and the place in its body."""
        return self._screen.preview.place

    @property
    def is_on_top(self) -> bool:
        """Whether no box lies over the panes."""
        return self._screen.is_current

    @property
    def first_row(self) -> int:
        """The queue's row at the top of the view."""
        return self._screen.queue.first_row

    @property
    def page_rows(self) -> int:
        """The queue's rows in sight."""
        return self._screen.queue.page_rows

    @property
    def width(self) -> int:
        """The cells of a line of the screen."""
        return self._screen.size.width

    @property
    def written(self) -> tuple[str, bool]:
        """The text in the field for an insight, and whether it is as it was opened."""
        return self._screen.insights.written

    def step(self, by: int) -> None:
        """Focus the next pane, or the previous one."""
        names = list(self._ring)
        self.show(names[(names.index(self.focused) + by) % len(names)])

    def show(self, pane: Pane) -> None:
        """Focus a pane; a narrow screen shows only that one."""
        self.bring_into_sight(pane)
        shown = self._screen.insights.list if pane == "insights" else self._ring[pane]
        self._screen.set_focus(shown)

    def search(self) -> None:
        """Focus the search bar, with the queue in sight."""
        self.bring_into_sight("queue")
        self._screen.set_focus(self._screen.search)

    def fill_bar(self, words: str) -> None:
        """Put words into the search bar, in place of what is there."""
        self._screen.search.value = words

    def bring_into_sight(self, pane: Pane | None = None) -> None:
        """Show only one pane, by default the focused one, if the screen is narrow.

        On a wide one the classes would change nothing, and restyle every widget.
        """
        screen, shown = self._screen, self._ring[pane or self.focused]
        if not screen.has_class("-narrow"):
            return
        for other in self._ring.values():
            other.set_class(other is shown, "-in-sight")
        screen.set_class(shown is not screen.queue, "-beside-queue")
        screen.set_class(shown is screen.preview, "-preview-only")
