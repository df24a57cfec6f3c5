"""CardKeys: what keys do with the cards of the notebooks' board."""

from __future__ import annotations

from dataclasses import dataclass

from tui.desk import Desk
from tui.display import short
from tui.session.flow.decider import Decider
from tui.session.flow.marker import Marker
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import WITHOUT, Column
from tui.session.ports import Tell
from tui.session.work.deliverer import Deliverer
from tui.session.work.reconciler import Reconciler
from tui.triage.schema import VAULT_SCHEMA
from tui.vault.source import Source


@dataclass(eq=False)
class CardKeys:
    """Marks, moves, stages and delivers cards: the marked ones, else the one under the cursor."""

    _desk: Desk
    _board: Board
    _facts: CardFacts
    _marker: Marker
    _decider: Decider
    _deliverer: Deliverer
    _reconciler: Reconciler
    _keymap: Keymap
    _tell: Tell

    def __post_init__(self) -> None:
        self._cards = self._board.cards

    # Marking

    def mark(self) -> None:
        """Mark or unmark the card, and move down."""
        if self._cards.here:
            self._marker.toggle_named(self._cards.here)
            self._cards.move(1)
            self._cards.redraw()
        else:
            self.say_no_card()

    def mark_next(self, count: int) -> None:
        """Mark so many cards from the cursor on, and move behind them."""
        shown, row = self._cards.shown, max(0, self._cards.column.row)
        names = shown[row : row + count]
        if not names:
            self.say_no_card()
            return
        self._marker.mark_named(names)
        self._cards.move_to(row + len(names))
        self._cards.redraw()

    def stretch(self, by: int) -> None:
        """Move by so many cards, and mark from the cursor to where it goes."""
        shown, row = self._cards.shown, self._cards.column.row
        if not self._cards.here:
            self.say_no_card()
            return
        to = max(0, min(row + by, len(shown) - 1))
        self._marker.mark_named(shown[min(row, to) : max(row, to) + 1])
        self._cards.move_to(to)
        self._cards.redraw()

    def mark_all(self) -> None:
        """Mark all cards of the column that are shown; if they are, unmark them."""
        names = self._cards.shown
        if not names:
            self._tell.say("No card here to mark.", "warning")
        elif all(name in self._board.rows.marked for name in names):
            self._marker.mark_named(names, marked=False)
        else:
            self._marker.mark_named(names)
        self._cards.redraw()

    # Changing

    @property
    def lack(self) -> str:
        """Why a key has no card to act on, when none is under the cursor."""
        if not self._cards.shown:
            return "There is no card in this column."
        down = self._keymap.hint("move.down", "goes to the first one")
        return f"No card is under the cursor{'; ' if down else ''}{down}."

    def say_no_card(self) -> None:
        """Say why there is no card to act on."""
        lack = self.lack
        self._tell.say(lack, "warning", lack.partition(";")[0].rstrip("."))

    def _targets(self) -> list[Source]:
        """The marked sources, else that of the card; says when there is none."""
        targets = self._board.targets
        if not targets:
            self.say_no_card()
        return targets

    def move(self, by: int) -> None:
        """Move the card, or what is marked, to the column beside it."""
        if not self._targets():
            return
        start, end = self._cards.column, self._cards.beside(by)
        if end is None:
            side = "right" if by > 0 else "left"
            picks = self._keymap.hint("decide.notebooks", "picks any notebook")
            self._tell.say(
                f"There is no column to the {side}{'; ' if picks else ''}{picks}.", "warning"
            )
            return
        self._change(remove=start.name, add=end.name)

    def take_out(self) -> None:
        """Take the card, or what is marked, out of the notebook."""
        if self._cards.column.name == WITHOUT:
            self._tell.say("These sources are in no notebook.", "warning")
        elif self._targets():
            self._change(remove=self._cards.column.name, add=WITHOUT)

    def _change(self, *, remove: str, add: str) -> None:
        put = self._desk.shelf.put
        self._decider.decide(put([add] if add else [], [remove] if remove else []))

    # Delivering

    def _named(self, what: str) -> Column | None:
        """The notebook of the cursor; says so when it is in the column without one."""
        column = self._cards.column
        if column.name == WITHOUT:
            picks = self._keymap.hint("decide.notebooks", "puts them into one")
            after = f"; {picks}" if picks else ""
            brief = f"{what} needs a notebook"
            self._tell.say(f"{brief}: these are in none{after}.", "warning", f"{brief}.")
            return None
        return column

    def _members_meant(self, column: Column) -> list[Source]:
        """The marked sources that are in a notebook, else that of the card; says if none is."""
        targets, members = self._targets(), set(column.names)
        found = [source for source in targets if source.name in members]
        if targets and not found:
            self._tell.say(f"None of these is in {short(column.name)}.", "warning")
        return found

    def stage(self) -> None:
        """Stage the card, or what is marked of the notebook, for delivery; or no longer."""
        column = self._named("A delivery")
        sources = self._members_meant(column) if column is not None else []
        if column is None or not sources:
            return
        self._cards.stage(column.name, [source.name for source in sources])
        if not self._board.takes_marked:
            self._cards.move(1)
        count = len(self._cards.staged_in(column))
        if not count:
            self._tell.say("None staged: a delivery takes all that were not delivered.")
            return
        delivers = self._keymap.hint("copy.menu", "delivers" + (" them" if count > 1 else " it"))
        self._tell.say(" · ".join(filter(None, (f"{count:,} staged", delivers))))

    def deliver(self) -> None:
        """Deliver the notebook: what is staged, else what was not delivered."""
        self.deliver_some(0)

    def deliver_some(self, count: int) -> None:
        """The same, with so many addresses at most; 0 for as many as there is room for."""
        column = self._named("A delivery")
        if column is not None:
            self._deliverer.start(column, self._cards.staged_in(column), count)

    def turn_sent(self) -> None:
        """Note that the card was delivered, or what is marked; or that it was not."""
        column = self._named("A delivery")
        if column is not None and not self._desk.shelf.marks_sent:
            absent = "This folder has no field for what was delivered"
            helps = f"{VAULT_SCHEMA} can name one: roles: {{sent: FIELD}}"
            self._tell.say(f"{absent}. {helps}", "warning", "No field for what was delivered")
            return
        sources = self._members_meant(column) if column is not None else []
        if column is not None and sources:
            is_sent = all(self._facts.card(source, column.name).is_sent for source in sources)
            self._deliverer.note(column.name, sources, is_sent=not is_sent)

    def compare(self) -> None:
        """Compare what was copied with the notebook."""
        column = self._named("A list")
        if column is not None:
            self._reconciler.start(column)

    def write_packet(self) -> None:
        """Write a packet of the notebook."""
        column = self._named("A packet")
        if column is not None:
            self._deliverer.write_packet(column.name)

    def paste(self, text: str) -> None:
        """Compare a pasted list with the notebook."""
        column = self._named("A pasted list")
        if column is not None:
            self._reconciler.compare(column, text)
