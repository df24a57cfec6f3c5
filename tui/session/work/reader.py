"""Reader: a source on the whole screen, where every command works as beside the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial

from tui.session.keys.command import Actions, CountedActions, Refusals
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.rows import DividerRow
from tui.session.ports import Panes, Tell, TextView
from tui.vault.source import Source


@dataclass(eq=False)
class Reader:
    """Opens and closes the reader, and knows which commands mean something else in it.

    ``unmark`` unmarks the sources of the queue.
    """

    _board: Board
    _panes: Panes
    _text: TextView
    _keymap: Keymap
    _tell: Tell
    _: KW_ONLY
    unmark: Callable[[], object]

    @property
    def is_open(self) -> bool:
        """Whether a source is read."""
        return self._board.reader.is_open

    @property
    def actions(self) -> Actions:
        """What the commands of the reader do, by their ids; the first one opens it."""
        return {
            "go.read": self.open,
            "read.next_source": partial(self._step, 1),
            "read.previous_source": partial(self._step, -1),
        }

    @property
    def refusals(self) -> Refusals:
        """Why they cannot run."""

        def closed() -> str | None:
            if self.is_open:
                return None
            opens = self._keymap.hint("go.read", "opens it")
            return f"This key is for the reader{'; ' if opens else ''}{opens}."

        return {"read.next_source": closed, "read.previous_source": closed}

    def meaning(self, id: str) -> Callable[[], object] | None:
        """What a command does in the reader, where that is not what it does in the queue."""
        return self._meanings.get(id) if self.is_open and self._panes.focused == "preview" else None

    @property
    def _meanings(self) -> Actions:
        text = self._text
        return {
            "go.read": self.close,
            "app.back": self.close,
            "find.search": text.ask,
            "find.next_hit": partial(self._go_to_match, 1),
            "find.previous_hit": partial(self._go_to_match, -1),
            "move.down": partial(text.move, 1),
            "move.up": partial(text.move, -1),
            "select.mark": self._mark,
            "select.down": partial(self._stretch, 1),
            "select.up": partial(self._stretch, -1),
            "select.all": self._refuse_all,
            "select.clear": lambda: text.drop() or self.unmark(),
        }

    def counted(self, id: str) -> Callable[[int], object] | None:
        """The same with a count, for the commands that take one."""
        is_here = self.is_open and self._panes.focused == "preview"
        return self._counted.get(id) if is_here else None

    @property
    def _counted(self) -> CountedActions:
        return {
            "move.down": self._text.move,
            "move.up": lambda count: self._text.move(-count),
            "read.next_source": self._step,
            "read.previous_source": lambda count: self._step(-count),
            "select.mark": self._mark_lines,
            "select.down": self._stretch,
            "select.up": lambda count: self._stretch(-count),
            "select.all": lambda _: self._refuse_all(),
        }

    # Opening and closing

    def open(self) -> None:
        """Show the source under the cursor on the whole screen, where it was read to."""
        self._board.reader.open()
        self._text.fill_screen()
        self._board.outdate("source", "figures")

    def close(self) -> None:
        """Return to the queue, with the cursor on the source that was read."""
        if self.is_open:
            self._board.reader.close()
            self._text.drop_all()
            self._text.leave_screen()
            self._board.outdate("source", "figures")

    def escape(self) -> None:
        """Drop the marked lines, else the cursor on the lines, else the search; else leave."""
        if not self.drop():
            self.close()

    def drop(self) -> bool:
        """Drop the marked lines, else the cursor on the lines, else the search, if any."""
        return self._text.drop() or self._text.forget()

    def came(self, source: Source | None) -> None:
        """Another source is under the cursor; without one there is nothing to read."""
        if source is None and not self._board.in_pass.is_running:
            self.close()

    def take_rows(self) -> None:
        """There are other rows in the queue: which source is read, of how many, may differ."""
        if self.is_open:
            self._board.outdate("source")

    @property
    def has_quote(self) -> bool:
        """Whether there is something to quote."""
        return self._text.has_quote

    @property
    def position(self) -> tuple[int, int] | None:
        """Which source of queue or notebook is read, and of how many; None without the reader."""
        rows, cards = self._board.rows, self._board.cards
        if self.is_open and cards.is_open:
            return cards.position
        if not self.is_open or rows.cursor is None:
            return None
        above = (isinstance(row, DividerRow) for row in rows.all[: rows.cursor])
        return rows.cursor + 1 - sum(above), rows.source_count

    # What keys do

    def _step(self, by: int) -> None:
        rows, cards = self._board.rows, self._board.cards
        before = rows.cursor
        if cards.is_open:
            moved = cards.step(by)
        else:
            rows.move(by)
            moved = rows.cursor != before
        if not moved:
            self._tell.say("This is the last source." if by > 0 else "This is the first source.")

    def _go_to_match(self, direction: int) -> None:
        if self._text.is_searched or self._board.worklist.looking_up:
            if not self._panes.find_next(direction):
                self._tell.say("No match in this text.")
        else:
            press = self._keymap.press("find.search")
            self._tell.say(f"Nothing is searched for in this text; {press} to search.")

    def _mark(self) -> None:
        if not self._text.has_cursor:
            self._point()
        else:
            self._text.mark()

    def _mark_lines(self, count: int) -> None:
        """Mark so many lines, from the one under the cursor on, if there is one."""
        if self._text.has_cursor or self._point():
            self._text.stretch(count - 1)

    def _stretch(self, by: int) -> None:
        if self._text.has_cursor or self._point():
            self._text.stretch(by)

    def _point(self) -> bool:
        """Show the cursor on the lines."""
        if self._text.point():
            return True
        self._tell.say("This text has no lines to mark.")
        return False

    def _refuse_all(self) -> None:
        one = self._keymap.hint("select.mark", "marks lines here")
        self._tell.say(f"All sources can be marked in the queue{'; ' if one else ''}{one}.")
