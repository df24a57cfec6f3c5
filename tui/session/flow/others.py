"""Others: tells what others did to the vault, and which of it the key for undo undoes now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import NamedTuple

from tui.desk import Desk
from tui.errors import JournalError
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.ports import IsStopped, Tell, Threads, Timer
from tui.state.log import tell_fault
from tui.triage.told import Told, tell
from tui.vault.history.change import Change
from tui.vault.history.news import Fresh, News

LATE = 3.0
"""Seconds until a second look: a long undo is noted in the journal once its files are written."""


class _Offer(NamedTuple):
    """What was told together with the key that undoes it."""

    told: Told
    changes: tuple[Change, ...]


@dataclass(eq=False)
class Others:
    """Looks into the undo journal ``later`` seconds after files have changed.

    The key for undo undoes what others did only while the screen says so. Any change of the
    user's own ends that, as the key is then for this change.
    """

    _desk: Desk
    _board: Board
    _keymap: Keymap
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    later: float

    def __post_init__(self) -> None:
        self._news = News(self._desk.vault.journal)
        self._offers: dict[str, _Offer] = {}
        """By the sentences in which they were told."""
        self._due: Timer | None = None
        self._begun = self._looks = False

    # Looking

    def look_soon(self) -> None:
        """Look soon what is new; the first time, remember at once what there is."""
        if self._begun:
            self._look_in(self.later, is_last=False)
        else:
            self._begun = True
            self._look(is_last=True)

    def _look_in(self, seconds: float, *, is_last: bool) -> None:
        if self._due is not None:
            self._due.stop()
        self._due = self._threads.after(seconds, partial(self._look, is_last=is_last))

    def _look(self, *, is_last: bool) -> None:
        self._due = None
        if self._looks:
            self.look_soon()
            return
        self._looks = True
        self._threads.run(partial(self._read, is_last), "news")

    def _read(self, is_last: bool, _: IsStopped) -> None:
        """In a thread: read what is new in the journal."""
        try:
            fresh = self._news.look()
        except JournalError:
            # Undo reports it.
            fresh = Fresh()
        except Exception as error:
            self._threads.back(self._tell.report, tell_fault(error), "error")
            fresh = Fresh()
        self._threads.back(self._take_in, fresh, is_last)

    def _take_in(self, fresh: Fresh, is_last: bool) -> None:
        self._looks = False
        if fresh == Fresh():
            if not is_last and self._due is None:
                self._look_in(LATE, is_last=True)
            return
        undone = {change.id for change in fresh.undone}
        names = {change.by for change in fresh.made}
        # One sentence for all that a script did in a row.
        made = [*self._withdraw(names, undone), *fresh.made]
        for told in tell(self._desk.schema, Fresh(tuple(made), fresh.undone), self._title):
            self._say(told, made)

    def _withdraw(self, names: set[str], undone: set[str]) -> list[Change]:
        """Withdraw the offers of these names and of these changes; returns what still holds."""
        made: list[Change] = []
        for sentence, (told, changes) in list(self._offers.items()):
            if not self._tell.has_offer(sentence):
                del self._offers[sentence]
            elif told.by in names or not undone.isdisjoint(told.ids):
                del self._offers[sentence]
                self._tell.drop(sentence)
                made += (change for change in changes if change.id not in undone)
        return made

    def _title(self, name: str) -> str:
        source = self._desk.vault.find(name)
        return source.title if source is not None else name

    def _say(self, told: Told, made: Iterable[Change]) -> None:
        hint = self._keymap.hint("undo.undo", "undoes that")
        if not told.ids or not hint or self._board.in_pass.is_running:
            # In a rapid pass the key is for the last answer.
            self._tell.offer(told.sentence)
            return
        sentence = f"{told.sentence} · {hint}"
        ids = frozenset(told.ids)
        self._offers[sentence] = _Offer(told, tuple(c for c in made if c.id in ids))
        # What was said before may name the same key.
        self._tell.drop()
        self._tell.offer(sentence)

    # Undoing

    def take(self) -> Told | None:
        """What the key for undo undoes now, if the screen offers that; it is not offered again."""
        sentence = self._tell.offered
        offer = self._offers.pop(sentence, None)
        if offer is None or self._board.in_pass.is_running:
            return None
        self._tell.drop(sentence)
        return offer.told

    def lapse(self) -> None:
        """The key for undo is for something else now: go on telling, without it."""
        offers, self._offers = self._offers, {}
        for sentence, offer in offers.items():
            if self._tell.has_offer(sentence):
                self._tell.drop(sentence)
                self._tell.offer(offer.told.sentence)
