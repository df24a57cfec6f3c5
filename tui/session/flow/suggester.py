"""Suggester: learns in a thread, and shows what is suggested for the source under the cursor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import chain
from typing import TypeVar

from tui.desk import Desk
from tui.errors import QueryError
from tui.notebooks.model import Ranked
from tui.session.flow import garbage
from tui.session.flow.slices import PAUSE, SLICE
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.ports import IsStopped, Panes, Threads, Timer
from tui.session.update import Suggested
from tui.state.log import tell_fault
from tui.suggest.suggestions import Suggestions
from tui.suggest.taking import news
from tui.vault.history.change import Change
from tui.vault.source import Source
from tui.vault.writing.revert import is_note

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_SETTLED = 0.3
"""Seconds between two exclusions of what was learnt from garbage collection."""


@dataclass(eq=False)
class Suggester:
    """Suggests values for the source under the cursor, and for any other.

    ``on_learnt`` is called when more is known. All is learnt again after ``quiet`` seconds
    without a change, and no sooner than ``rest`` times the seconds that learning took.
    """

    _desk: Desk
    _board: Board
    _reading: ReadingState
    _panes: Panes
    _threads: Threads
    _: KW_ONLY
    on_learnt: Callable[[], object]
    quiet: float
    rest: int

    def __post_init__(self) -> None:
        self._learner = self._desk.learner
        self._learner.learn_in_background(lambda: self._threads.later(self._go_on))
        self._notebooks = self._desk.notebook_learner
        self._notebooks.in_background = True
        self.suggested = Suggested(None, None)
        """What is suggested for the source under the cursor, as far as known."""
        self._working = False
        self._longest = 0.0
        """The longest time that learning took, in seconds."""
        self._quiet: Timer | None = None
        """Runs until everything is learnt from scratch again."""
        self._shown: Source | None = None
        self._coming = False
        """Whether an answer for the panes is pending."""
        self._fault = ""
        """The error after which nothing is learnt or suggested."""

    # Learning

    def start(self) -> None:
        """Learn from the vault, which has just been read."""
        self._desk.lookup.tell(self._note)
        self._learner.begin_anew()
        self._notebooks.begin_anew()
        self._go_on()

    def _note(self, name: str) -> None:
        self._learner.note(name)
        self._notebooks.note(name)
        self._go_on()

    def _go_on(self) -> None:
        has_work = self._learner.has_work or self._notebooks.has_work
        if self._working or self._reading.busy or not has_work or self._fault:
            return
        self._working = True
        self._threads.run(self._learn, "suggest")

    def _learn(self, is_stopped: IsStopped) -> None:
        began = settled = time.monotonic()
        try:
            end = settled + SLICE
            for _ in chain(self._learner.steps(), self._notebooks.steps()):
                if time.monotonic() < end:
                    continue
                if is_stopped():
                    return
                if end > settled + _SETTLED:
                    garbage.let_go()
                    garbage.keep()
                    settled = end
                time.sleep(PAUSE)
                self._threads.give_way()
                end = time.monotonic() + SLICE
        except Exception as error:
            self._give_up(error)
            return
        finally:
            self._working = False
            self._longest = max(self._longest, time.monotonic() - began)
        self._threads.back(self._show_learnt)

    def _show_learnt(self) -> None:
        """Show what was learnt."""
        self.show(self._board.current)
        self.on_learnt()
        if self._learner.judge.take_unanswered():
            self._renew()
        self._go_on()
        self._learn_anew_later()

    def _learn_anew_later(self) -> None:
        """Learn from scratch once nothing changes for a while, as the next start would."""
        if self._quiet is not None:
            self._quiet.stop()
        if self._learner.is_stale or self._notebooks.is_stale:
            wait = max(self.quiet, self.rest * self._longest)
            self._quiet = self._threads.after(wait, self._learn_anew)

    def _learn_anew(self) -> None:
        if self._working:
            return
        if self._learner.is_stale:
            self._learner.begin_anew()
        if self._notebooks.is_stale:
            self._notebooks.fit_again()
        self._go_on()

    def _renew(self) -> None:
        """Renew a queue of doubtful categories, now that more sources are judged."""
        board = self._board
        if self._reading.busy or not self._is_asked_for():
            return
        if not board.worklist.looking_up:
            board.worklist.renew()
        board.refresh(board.rows.here, board.rows.cursor or 0, self._panes.first_row)

    def _is_asked_for(self) -> bool:
        """Whether the queue shows sources with doubtful categories."""
        worklist, lookup = self._board.worklist, self._desk.lookup
        try:
            conditions = lookup.parse(worklist.words or worklist.view_query).conditions
        except QueryError:
            return False
        return any(
            condition.kind == "has" and any(value.text == "doubt" for value in condition.values)
            for condition in conditions
        )

    # Answers

    @property
    def refusal(self) -> str:
        """Why there are no suggestions; empty when there may be some."""
        return self._fault or self._learner.refusal

    @property
    def version(self) -> int:
        """A number that rises with all that is learnt; 0 before anything is."""
        return self._learner.version

    @property
    def is_learning(self) -> bool:
        """Whether it still learns the vault, so that nothing is known yet."""
        return not self._fault and self._learner.is_learning

    @property
    def has_work(self) -> bool:
        """Whether it learns or judges now, so that more will be known in a moment."""
        return not self._fault and self._learner.has_work

    @property
    def decisions(self) -> int:
        """The decisions it has learnt from."""
        return self._learner.decisions

    def saved(self, change: Change) -> None:
        """Learn from values that a change confirmed, or no longer does: it wrote no file."""
        names = [record.name for record in change.files if record.fields and is_note(record)]
        for name in names:
            self._learner.note(name)
        if names:
            self.show(self._board.current)
            self._go_on()

    def of(self, source: Source) -> Suggestions | None:
        """The suggestions for a source; None until something is learnt."""
        return self._ask(self._learner.of, source)

    def glance(self, source: Source) -> Suggestions | None:
        """What is learnt by now about a source: see ``Learner.glance``."""
        return self._ask(self._learner.glance, source)

    def notebooks(self, sources: Sequence[Source]) -> Ranked | None:
        """The notebooks for some sources, best first; None until something is learnt."""
        return self._ask(self._notebooks.of_all, sources)

    def glance_notebooks(self, source: Source) -> Ranked | None:
        """The same for one source by what is learnt by now; any thread may ask."""
        return self._ask(self._notebooks.glance, source)

    @property
    def notebooks_version(self) -> int:
        """A number that rises with all that is learnt about notebooks; 0 before anything is."""
        return self._notebooks.version

    def _ask(self, of: Callable[[Asked], Answer | None], asked: Asked) -> Answer | None:
        if self._fault:
            return None
        try:
            return of(asked)
        except Exception as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """Turn suggestions off: an error in them must not end the app."""
        self._fault = f"Suggestions are off. {tell_fault(error)}"

    def sureness(self, names: Iterable[str]) -> dict[str, float]:
        """How probable each source's category is, as far as known."""
        return self._learner.sureness(names)

    # In the panes

    def show(self, source: Source | None) -> None:
        """Show the suggestions for the source, after everything else."""
        before, self._shown = self._shown, source
        if before is None or source is None or before.name != source.name:
            self._suggest(Suggested(None, None))
        if source is not None and not self._coming:
            self._coming = True
            self._threads.next_frame(self._answer)

    def _answer(self) -> None:
        self._coming = False
        source, schema = self._shown, self._desk.schema
        found = self.of(source) if source is not None else None
        if source is not None:
            category = news(source, schema.category, found.category) if found else None
            tier = news(source, schema.tier, found.tier) if found else None
            self._suggest(Suggested(category, tier))

    def _suggest(self, suggested: Suggested) -> None:
        if suggested != self.suggested:
            self.suggested = suggested
            self._board.outdate("suggested")
