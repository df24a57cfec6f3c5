"""Comparer: finds a source's likely duplicates, and merges two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tui.desk import Desk
from tui.display import counted
from tui.errors import ValueRefused
from tui.session.flow.calls import unless_stopped
from tui.session.flow.decider import Decider
from tui.session.flow.finder import FEW
from tui.session.keys.keymap import Keymap
from tui.session.last_body import LastBody
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.ports import Ask, IsStopped, OpenBox, Panes, Tell, Threads
from tui.session.questions import Candidate, Candidates, Compare, Pair
from tui.session.work.hints import may_interrupt
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema
from tui.vault.source import Source

_COMPARED = 40_000
"""Characters compared of two texts, from their beginning."""


@dataclass(eq=False)
class Comparer:
    """Shows the duplicates of sources; slow work runs in a thread.

    The next keys wait for an answer that comes at once: they are for the box.

    Among at most ``few`` sources, duplicates are found at once.
    """

    _desk: Desk
    _board: Board
    _reading: ReadingState
    _decider: Decider
    _keymap: Keymap
    _panes: Panes
    _threads: Threads
    _ask: Ask
    _tell: Tell
    _few: int = FEW

    def __post_init__(self) -> None:
        self._box: OpenBox | None = None

    def start(self, source: Source) -> None:
        """Look for duplicates of a source."""
        desk = self._desk
        if not desk.duplicates.is_ready:
            self._tell.say("Looking for duplicates…")
        self._box = None
        is_quick = desk.duplicates.is_ready or desk.vault.count <= self._few
        answered = self._threads.hold_keys() if is_quick else lambda: None

        def work(is_stopped: IsStopped) -> None:
            try:
                self._find(source, answered, is_stopped)
            finally:
                answered()

        self._threads.run(work, "duplicates", exclusive=True)

    # In the thread

    def _find(self, source: Source, answered: Callable[[], None], is_stopped: IsStopped) -> None:
        from tui.checks.same_body import same_body  # noqa: PLC0415 - when it is wanted

        vault, duplicates = self._desk.vault, self._desk.duplicates
        is_part, count = self._reading.busy, vault.count
        duplicates.prepare()
        found: list[Candidate] = []
        for duplicate in duplicates.of(source):
            other = vault.find(duplicate.name)
            if other is not None:
                found.append(Candidate(other, _reasons(source, other, duplicate.why == "url")))
        back = unless_stopped(self._threads, is_stopped)
        if found:
            back(self._show, source, found)
        if vault.count > self._few:
            # Their texts take longer than anybody waits with the next key.
            answered()
        known = {candidate.source.name for candidate in found}
        for other in same_body(source, vault.sources, vault.read_body, lambda: not is_stopped()):
            if other.name not in known:
                found.append(Candidate(other, ("same body",)))
                back(self._show, source, found[-1:])
        if not found:
            back(self._say_none, count if is_part else None)

    def _read(self, one: Source, other: Source, take: Callable[[Pair], object]) -> None:
        """Read and compare two texts in a thread; ``take`` gets the result."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - when it is wanted

        def work(is_stopped: IsStopped) -> None:
            left, right = (LastBody(self._desk).of(source).strip() for source in (one, other))
            alike = fuzz.ratio(left[:_COMPARED], right[:_COMPARED])
            # Only identical texts are 100 % alike.
            same = left == right and not (one.is_cut or other.is_cut)
            percent = 100 if same else min(99, round(alike))
            if not is_stopped():
                self._threads.back(take, Pair(left, right, percent))

        self._threads.run(work, "bodies of duplicates", exclusive=True)

    # Where keys are answered

    def _say_none(self, read: int | None) -> None:
        """Say that there are none: among all, or among those that were ``read`` so far."""
        alike = "URL, title or text" if self._desk.schema.roles.url else "title or text"
        if read is None:
            self._tell.say(f"No duplicates: no other source has this {alike}.")
            return
        again = self._keymap.sequel("go.duplicates", "looks again once all are read")
        self._tell.say(f"No duplicates among the {counted(read)} read so far.{again}", "warning")

    def _show(self, source: Source, found: Sequence[Candidate]) -> None:
        """Show what was found, unless the person moved on meanwhile."""
        if self._box is not None:
            if self._box.is_on_top:
                self._box.show(Candidates(found))
            return
        if not may_interrupt(self._panes) or self._board.here != source.name:
            return
        # "Looking for duplicates" is no longer true.
        self._tell.drop()
        self._box = self._ask.ask(
            Compare(self._desk.schema, source, found, read=self._read, keep=self._keep)
        )

    def _keep(self, kept: Source, other: Source) -> None:
        """Keep one, add what only the other has, and archive the other: one change."""
        from tui.triage.merge import merge  # noqa: PLC0415 - when it is wanted

        pair = {kept.name: kept, other.name: other}

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            names = {source.name for source in sources}
            if not names <= pair.keys():
                press = self._keymap.press("go.duplicates")
                raise ValueRefused(
                    f"This choice cannot be repeated; {press} to compare this source."
                )
            # Merge both in any case, so that both are changed or neither is.
            whole = merge(schema, pair[kept.name], pair[other.name], date.today())
            edits = tuple(edit for edit in whole.edits if edit.source.name in names)
            return whole._replace(edits=edits)

        self._decider.decide(make, about=[kept, other], whole=True)


def _reasons(source: Source, other: Source, same_url: bool) -> tuple[str, ...]:
    """Why the two are likely duplicates."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - when it is wanted

    reasons = ("same URL",) if same_url else ()
    titles = [source.title.casefold(), other.title.casefold()]
    alike = round(fuzz.ratio(*titles))
    return (*reasons, f"title {alike} %") if alike >= 80 or not same_url else reasons
