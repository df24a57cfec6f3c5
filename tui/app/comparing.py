"""Comparer: finds a source's likely duplicates, and merges two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app.viewing import FEW
from tui.errors import ValueRefused
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.duplicates import Candidate, DuplicatesScreen, Pair
    from tui.app.screens.triage import TriageScreen

_COMPARED = 40_000
"""Characters compared of two texts, from their beginning."""


class Comparer:
    """Shows the duplicates of one screen's sources; slow work runs in a thread.

    The next keys wait for an answer that comes at once: they are for the box.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._shown: DuplicatesScreen | None = None

    def start(self) -> None:
        """Look for duplicates of the source under the cursor."""
        source = self._screen.current
        if source is None:
            return
        desk = self._screen.desk
        if not desk.duplicates.is_ready:
            self._screen.say("Looking for duplicates…")
        self._shown = None
        is_quick = desk.duplicates.is_ready or desk.vault.count <= FEW
        answered = self._screen.sluice.hold_keys() if is_quick else lambda: None

        def work() -> None:
            try:
                self._find(source, answered)
            finally:
                answered()

        self._screen.run_worker(
            work,
            thread=True,
            exclusive=True,
            group="duplicates",
            exit_on_error=False,
        )

    # In the thread

    def _find(self, source: Source, answered: Callable[[], None]) -> None:
        from tui.app.screens.duplicates import Candidate  # noqa: PLC0415 - when it is wanted
        from tui.checks.same_body import same_body  # noqa: PLC0415 - when it is wanted

        worker, vault = get_current_worker(), self._screen.desk.vault
        duplicates = self._screen.desk.duplicates
        duplicates.prepare()
        found: list[Candidate] = []
        for duplicate in duplicates.of(source):
            other = vault.find(duplicate.name)
            if other is not None:
                found.append(Candidate(other, _reasons(source, other, duplicate.why == "url")))
        if found and not worker.is_cancelled:
            self._screen.app.call_from_thread(self._show, source, found)
        if vault.count > FEW:
            # Their texts take longer than anybody waits with the next key.
            answered()
        known = {candidate.source.name for candidate in found}
        for other in same_body(
            source, vault.sources, vault.read_body, lambda: not worker.is_cancelled
        ):
            if other.name not in known and not worker.is_cancelled:
                found.append(Candidate(other, ("same body",)))
                self._screen.app.call_from_thread(self._show, source, found[-1:])
        if not found and not worker.is_cancelled:
            self._screen.app.call_from_thread(
                self._screen.say, "No duplicates: no other source has this URL, title or text."
            )

    def _read(self, one: Source, other: Source, take: Callable[[Pair], None]) -> None:
        """Read and compare two texts in a thread; ``take`` gets the result."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - when it is wanted

        from tui.app.screens.duplicates import Pair  # noqa: PLC0415 - when it is wanted

        def work() -> None:
            left, right = (self._screen.body_of(source).strip() for source in (one, other))
            alike = fuzz.ratio(left[:_COMPARED], right[:_COMPARED])
            # Only identical texts are 100 % alike.
            same = left == right and not (one.is_cut or other.is_cut)
            percent = 100 if same else min(99, round(alike))
            if not get_current_worker().is_cancelled:
                self._screen.app.call_from_thread(take, Pair(left, right, percent))

        self._screen.run_worker(
            work, thread=True, exclusive=True, group="bodies of duplicates", exit_on_error=False
        )

    # On the screen

    def _show(self, source: Source, found: Sequence[Candidate]) -> None:
        """Show what was found, unless the user moved on meanwhile."""
        from tui.app.hints import may_interrupt  # noqa: PLC0415 - a ring
        from tui.app.screens.duplicates import DuplicatesScreen  # noqa: PLC0415 - when it is wanted

        screen = self._screen
        if self._shown is not None:
            if screen.app.screen is self._shown:
                self._shown.extend(found)
            return
        if not may_interrupt(screen):
            return
        if screen.current is None or screen.current.name != source.name:
            return
        self._shown = DuplicatesScreen(
            screen.desk.schema, source, found, read=self._read, keep=self._keep
        )
        # "Looking for duplicates" is no longer true.
        screen.sluice.drop_information()
        screen.app.push_screen(self._shown)

    def _keep(self, kept: Source, other: Source) -> None:
        """Keep one, add what only the other has, and archive the other: one change."""
        from tui.triage.merge import merge  # noqa: PLC0415 - when it is wanted

        pair = {kept.name: kept, other.name: other}

        def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
            names = {source.name for source in sources}
            if not names <= pair.keys():
                press = self._screen.keymap.press("go.duplicates")
                raise ValueRefused(
                    f"This choice cannot be repeated; {press} to compare this source."
                )
            # Merge both in any case, so that both are changed or neither is.
            whole = merge(schema, pair[kept.name], pair[other.name], date.today())
            edits = tuple(edit for edit in whole.edits if edit.source.name in names)
            return whole._replace(edits=edits)

        self._screen.decider.decide(make, about=[kept, other], whole=True)


def _reasons(source: Source, other: Source, same_url: bool) -> tuple[str, ...]:
    """Why the two are likely duplicates."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - when it is wanted

    reasons = ("same URL",) if same_url else ()
    titles = [source.text("title").casefold(), other.text("title").casefold()]
    if not all(titles):
        return reasons
    alike = round(fuzz.ratio(*titles))
    return (*reasons, f"title {alike} %") if alike >= 80 or not same_url else reasons
