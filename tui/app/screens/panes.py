"""The places of the screen: which one has the keyboard, and what they can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.phrase_bar import PhraseInput
from tui.app.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from tui.app.screens.layout import TriageLayout
    from tui.session.ports import Focus, Pane


class TriagePanes:
    """Queue, text and insights of one screen."""

    def __init__(self, screen: TriageLayout, end_welcome: Callable[[], bool]) -> None:
        self._screen = screen
        self.end_welcome = end_welcome
        self._ring: Mapping[Pane, Widget] = {
            "queue": screen.queue,
            "preview": screen.preview,
            "insights": screen.insights,
        }
        self._opener: Pane = "queue"
        """What had the keyboard when the insights were opened."""
        self.scroll = screen.preview.scroll_by_lines
        self.page = screen.preview.page
        self.find_next = screen.preview.find_next
        self.select_insight = screen.insights.list.action_select
        self.fill_field = screen.insights.editor.load_text
        self.stop_writing = screen.insights.stop_writing

    @property
    def focused(self) -> Pane:
        """The pane that has the focus; the queue when none has."""
        focused = self._screen.focused
        around = focused.ancestors_with_self if focused else ()
        home: Pane = "preview" if self._screen.is_reading else "queue"
        return next((name for name, pane in self._ring.items() if pane in around), home)

    @property
    def focus(self) -> Focus:
        """What has the focus."""
        focused = self._screen.focused
        if isinstance(focused, SearchBar):
            return "search"
        if isinstance(focused, InsightEditor):
            return "field"
        if isinstance(focused, PhraseInput):
            return "phrase"
        if isinstance(focused, InsightList):
            return "list"
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
        return self._screen.is_active

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

    def show(self, pane: Pane) -> None:
        """Give the keyboard to a pane; the insights open with it, and close without it."""
        screen = self._screen
        if pane == "insights":
            self._note_opener()
            screen.insights.open()
            return
        screen.insights.close()
        if screen.is_reading:
            # The queue is out of sight.
            pane = "preview"
        self.bring_into_sight(pane)
        screen.set_focus(self._ring[pane])

    def write(self, number: int, text: str, draft: str) -> None:
        """Open the field for the insight of that number."""
        self._note_opener()
        self._screen.insights.write(number, text, draft)

    def leave(self) -> None:
        """Leave the pane: the insights for what they were opened from, the text for the queue."""
        self.show(self._opener if self.focused == "insights" else "queue")

    def _note_opener(self) -> None:
        if self.focused != "insights":
            self._opener = self.focused

    def settle(self) -> None:
        """See to it that what has the keyboard is in sight, and nothing is open without it."""
        screen = self._screen
        if screen.insights.is_open and self.focused != "insights" and screen.focused is not None:
            screen.insights.close()
        self.bring_into_sight()

    def search(self) -> None:
        """Focus the search bar, its words selected, with the queue in sight."""
        self.bring_into_sight("queue")
        self._screen.set_focus(self._screen.search)
        self._screen.search.select_all()

    def press(self, key: str) -> None:
        """Send a key to what has the focus."""
        self._screen.app.simulate_key(key)

    def fill_bar(self, words: str) -> None:
        """Put words into the search bar, in place of what is there."""
        self._screen.search.value = words

    def bring_into_sight(self, pane: Pane | None = None) -> None:
        """Show queue or source, by default what has the keyboard, if the screen is narrow."""
        screen, shown = self._screen, pane or self.focused
        if shown == "insights":
            shown = self._opener
        # On wider screens both are in sight, and a class would only cost time.
        is_text = shown == "preview" and screen.is_narrow
        screen.queue.set_class(is_text, "-away")
        screen.preview.set_class(is_text, "-alone")
