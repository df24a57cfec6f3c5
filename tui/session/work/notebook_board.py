"""NotebookBoard: the notebooks side by side, and which commands mean something else there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial

from tui.desk import Desk
from tui.display import counted, short
from tui.session.flow.marker import Marker
from tui.session.keys.command import Actions, CountedActions, Refusals
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import HEAD
from tui.session.ports import FARTHEST, Ask, OpenBox, Tell
from tui.session.questions import BoardNow, FindCards, ShowNotebooks
from tui.session.work import board_keys
from tui.session.work.card_keys import CardKeys
from tui.session.work.card_looker import CardLooker
from tui.session.work.counting import Counting
from tui.session.work.reader import Reader


@dataclass(eq=False)
class NotebookBoard:
    """Opens and closes the board, and knows which commands mean something else on it.

    ``run`` runs a command.
    """

    _desk: Desk
    _board: Board
    _facts: CardFacts
    _marker: Marker
    _reader: Reader
    _card_keys: CardKeys
    _looker: CardLooker
    _counting: Counting
    _keymap: Keymap
    _ask: Ask
    _tell: Tell
    _: KW_ONLY
    run: Callable[[str], object]

    def __post_init__(self) -> None:
        self._cards = self._board.cards
        self._box: OpenBox | None = None
        self._finding = False
        self._drawn: tuple[object, ...] = ()
        """What the screen knows."""

    # Opening and closing

    @property
    def is_open(self) -> bool:
        """Whether the board is shown, and not a source of it in the reader."""
        return self._cards.is_open and not self._board.reader.is_open

    @property
    def actions(self) -> Actions:
        """What the commands of the board do, by their ids; the first one opens it."""
        return {"board.notebooks": self.open, **self._own}

    @property
    def refusals(self) -> Refusals:
        """Why they cannot run."""

        def closed() -> str | None:
            if self.is_open:
                return None
            opens = self._keymap.hint("board.notebooks", "opens it")
            return f"This key is for the notebooks' board{'; ' if opens else ''}{opens}."

        return dict.fromkeys(self._own, closed)

    def open(self) -> None:
        """Show the board, with the cursor on the source in hand if it has a card."""
        if self._board.reader.is_open:
            self._reader.close()
        here = self._board.here
        if self._cards.is_open:
            return
        self._cards.open()
        if here:
            self._cards.go_to(here)
        self._looker.look_for_changes()

    def look_again(self) -> None:
        """Look again which sources changed since their delivery, if the board is open."""
        if self._cards.is_open:
            self._looker.look_for_changes()

    def leave(self) -> None:
        """Show the queue again, with the cursor on the source of the card if it has a row."""
        if not self._cards.is_open:
            return
        here = self._cards.here
        self._cards.leave()
        if here:
            self._board.go_to(here)
        self._board.outdate("source", "figures")
        self._close_box()

    def come(self) -> None:
        """Keep the board in step, once an event: it is there unless a source of it is read."""
        cards = self._cards
        if cards.is_open:
            cards.renew()
        if self.is_open and not self._board.in_pass.is_running:
            if self._box is None or not self._box.is_open:
                self._show()
            self._looker.judge()
            self._draw()
        else:
            self._close_box()

    def _close_box(self) -> None:
        """Close the box; if another lies over it, the next event tries again."""
        box = self._box
        if box is not None:
            self._finding = False
            box.close()
            if not box.is_open:
                self._box = None

    def _show(self) -> None:
        self._drawn, self._finding = (), False
        self._box = self._ask.ask(
            ShowNotebooks(
                self._cards,
                self._facts,
                self._desk.schema,
                self._board.rows.marked,
                [*self._keymap.bindings],
                board_keys.empty(self._keymap),
                run=self.run,
                back=self._escape,
                filter=self._filter,
                leave_field=self._leave_field,
                pick=self._pick,
                paste=self._card_keys.paste,
            ),
            self._closed,
        )

    def _closed(self, _: None) -> None:
        """The box was closed; if nothing here asked for that, the board is closed too."""
        if self.is_open:
            self.leave()

    def _draw(self) -> None:
        cards, box = self._cards, self._box
        if box is None:
            return
        keys = self._keys()
        now = (cards.version, cards.cursor, self._marker.count, tuple(keys), cards.words)
        if now != self._drawn:
            self._drawn = now
            back = self._keymap.sign("app.back")
            box.show(
                BoardNow(self._headings, self._asides, keys, (back, "back", "") if back else None)
            )

    @property
    def _headings(self) -> Sequence[str]:
        count, cap = self._cards.notebooks, self._desk.schema.notebooks.cap
        if self._cards.words:
            return (f"cards with “{short(self._cards.words)}”",)
        return (f"{counted(count, 'notebook')} · cap {cap:,}", counted(count, "notebook"))

    @property
    def _asides(self) -> Sequence[str]:
        if marked := self._marker.count:
            return (f"{marked:,} marked",)
        count = self._cards.without.count
        if not count:
            return ("",)
        return (f"{count:,} judged, in no notebook", f"{count:,} in none", "")

    # Keys

    @property
    def lack(self) -> str:
        """Why a key has no card to act on; empty while the board is not shown."""
        return self._card_keys.lack if self.is_open else ""

    def _keys(self) -> list[tuple[str, ...]]:
        """The keys for the bar."""
        if self._finding:
            return [("enter", "to the cards", "enter"), ("esc", "all cards", "escape")]
        cards, count = self._cards, self._marker.count
        rows = board_keys.bar(
            self._keymap,
            on_head=cards.cursor.row == HEAD,
            in_none=not cards.column.name,
            is_alone=not cards.notebooks,
            marked=bool(count),
        )
        first: list[tuple[str, ...]] = []
        if typed := self._counting.shown:
            first.append((typed, "", ""))
        if count:
            first.append((f"{count:,}", "marked", ""))
        return [*first, *rows]

    def meaning(self, id: str) -> Callable[[], object] | None:
        """What a command does on the board, where that is not what it does in the queue."""
        return self._meanings.get(id) if self.is_open else None

    def counted(self, id: str) -> Callable[[int], object] | None:
        """The same with a count, for the commands that take one."""
        return self._counted.get(id) if self.is_open else None

    @property
    def _meanings(self) -> Actions:
        cards = self._cards
        leaving = {id: partial(self._leave_for, id) for id in board_keys.ELSEWHERE}
        reading = {id: partial(self._read_for, id) for id in board_keys.IN_READER}
        return {
            **leaving,
            **reading,
            "board.notebooks": self.leave,
            "app.back": self._back,
            "go.read": self._enter,
            "move.down": partial(cards.move, 1),
            "move.up": partial(cards.move, -1),
            "move.first": partial(cards.move_to, HEAD),
            "move.last": partial(cards.move_to, FARTHEST),
            "move.half_down": partial(self._page, 0.5),
            "move.half_up": partial(self._page, -0.5),
            "move.page_down": partial(self._page, 1),
            "move.page_up": partial(self._page, -1),
            "move.next_pane": partial(cards.turn, 1),
            "move.previous_pane": partial(cards.turn, -1),
            "read.next_source": partial(self._turn, 1),
            "read.previous_source": partial(self._turn, -1),
            "move.preview_page": self._card_keys.stage,
            "select.mark": self._card_keys.mark,
            "select.down": partial(self._card_keys.stretch, 1),
            "select.up": partial(self._card_keys.stretch, -1),
            "select.all": self._card_keys.mark_all,
            "find.search": self._find,
            "copy.menu": self._card_keys.deliver,
        }

    @property
    def _counted(self) -> CountedActions:
        cards = self._cards
        return {
            "move.down": cards.move,
            "move.up": lambda count: cards.move(-count),
            "read.next_source": cards.turn,
            "read.previous_source": lambda count: cards.turn(-count),
            "select.mark": self._card_keys.mark_next,
            "select.all": self._card_keys.mark_next,
            "select.down": self._card_keys.stretch,
            "select.up": lambda count: self._card_keys.stretch(-count),
            "copy.menu": self._card_keys.deliver_some,
            "go.read": lambda count: (
                self._card_keys.deliver_some(count) if cards.cursor.row == HEAD else self._enter()
            ),
        }

    @property
    def _own(self) -> Actions:
        """The commands that work on the board alone."""
        return {
            "board.move_left": partial(self._card_keys.move, -1),
            "board.move_right": partial(self._card_keys.move, 1),
            "board.take_out": self._card_keys.take_out,
            "board.sent": self._card_keys.turn_sent,
            "board.compare": self._card_keys.compare,
            "board.packet": self._card_keys.write_packet,
        }

    def _escape(self) -> None:
        """Drop a count that is being typed, else go back."""
        if not self._counting.take():
            self._back()

    def _back(self) -> None:
        """Show all cards again; else close the board."""
        if self._cards.words:
            self._cards.filter("")
            self._leave_field()
        else:
            self.leave()

    def _leave_for(self, id: str) -> None:
        """Close the board for a command that is about the queue."""
        self.leave()
        self.run(id)

    def _read_for(self, id: str) -> None:
        """Open the reader for a command that is about a text."""
        if self._cards.here:
            self._reader.open()
            self._close_box()
            self.run(id)
        else:
            self._card_keys.say_no_card()

    def _enter(self) -> None:
        """Read the card's source; on a head, deliver the notebook."""
        if self._cards.here:
            self._reader.open()
        else:
            self._card_keys.deliver()

    def _page(self, pages: float) -> None:
        by = round(max(1, self._cards.page - 1) * pages)
        self._cards.move(by)

    def _turn(self, by: int) -> None:
        if not self._cards.turn(by):
            self._tell.say("This is the last column." if by > 0 else "This is the first column.")

    def _pick(self, column: int, row: int) -> None:
        self._cards.turn_to(column)
        self._cards.move_to(row)

    # Finding

    def _find(self) -> None:
        if self._box is not None:
            self._finding = True
            self._box.show(FindCards(is_open=True))

    def _filter(self, words: str) -> None:
        if self.is_open:
            self._cards.filter(words)

    def _leave_field(self) -> None:
        self._finding = False
        if self._box is not None:
            self._box.show(FindCards(is_open=False))
