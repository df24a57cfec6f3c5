"""Searcher: from the search bar to the hits, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


class Searcher:
    """Looks up for one screen what is typed into its search bar."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._place: tuple[str, int] | None = None
        """The source under the cursor and the row at the top when the search began."""

    def start(self) -> None:
        """Put the keys into the search bar; remember the place."""
        screen = self._screen
        if not screen.worklist.looking_up and screen.current is not None:
            self._place = (screen.current.name, screen.queue.first_row)
        screen.panes.show(screen.queue, focus=False)
        screen.set_focus(screen.search)

    def look_up(self, words: str) -> None:
        """Show the hits, the best one under the cursor."""
        screen = self._screen
        if words == screen.worklist.words:
            return
        screen.worklist.words = words
        name = "" if screen.worklist.looking_up or self._place is None else self._place[0]
        screen.finder.ask(
            screen.worklist.rows,
            lambda rows: screen.show_rows(rows, name, first_row=0),
            lambda error: screen.show_complaint(str(error)),
        )

    def finish(self) -> None:
        """Leave the bar for the hits."""
        if self._screen.finder.working:
            # What is pressed next is about the hits: they must be there.
            self._screen.refresh_queue(first_row=0)
        self._screen.set_focus(self._screen.queue)

    def clear(self) -> None:
        """Leave the lookup and come back to the place where it began."""
        screen = self._screen
        here = (screen.current.name, None) if screen.current else ("", None)
        name, first_row = self._place or here
        self.forget()
        screen.refresh_queue(name, first_row=first_row)
        screen.set_focus(screen.queue)

    def forget(self) -> None:
        """Drop the lookup and the place."""
        self._place = None
        self._screen.worklist.words = ""
        self._screen.search.value = ""
