"""Judge: the probability of each source's category, given the other sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from tui.vault.source import Source

UNASKED = 3_000
"""Up to this number of sources, all categories are judged without being asked."""


class _Verdict(NamedTuple):
    """The judgement of a source."""

    source: Source
    chance: float | None
    """The probability of its category; None without a category."""
    round: int
    """The number of full trainings before it."""


class Judge:
    """Judges every category once, and again when its source changes.

    ``chance_of`` gives the probability of a source's category. Only one thread at a time uses
    it and the model, holding ``lock``.
    """

    def __init__(
        self,
        sources: Callable[[], Iterable[Source]],
        find: Callable[[str], Source | None],
        chance_of: Callable[[Source], float | None],
        lock: AbstractContextManager[object],
    ) -> None:
        self._sources = sources
        self._find = find
        self._chance_of = chance_of
        self._lock = lock
        self._verdicts: dict[str, _Verdict] = {}
        self._unjudged: dict[str, None] = {}
        self._round = 0
        self._everything = False
        """Whether all categories need judging after the last training."""
        self._wanted = False
        """Whether all categories should be judged."""
        self.unanswered = False
        """Whether a question came about a category that was not judged yet."""
        self._on_asked: Callable[[], object] = lambda: None

    def call_when_asked(self, on_asked: Callable[[], object]) -> None:
        """Have a function called on the first question that needs all categories judged."""
        self._on_asked = on_asked

    def take_unanswered(self) -> bool:
        """Whether a question since the last call was about a category that was not judged yet."""
        if not self.unanswered:
            # Another thread may be setting it.
            return False
        self.unanswered = False
        return True

    def begin_anew(self, *, can_tell: bool) -> None:
        """Start over after a full training; old judgements stay until they are replaced."""
        self._round += 1
        self._unjudged = {}
        self._everything = can_tell
        if not can_tell:
            self._verdicts = {}

    def note(self, name: str) -> None:
        """Note that a source has changed."""
        self._verdicts.pop(name, None)
        if self._find(name) is not None:
            self._unjudged[name] = None

    @property
    def has_work(self) -> bool:
        """Whether ``steps`` would judge anything."""
        return self._wanted and bool(self._unjudged or self._everything)

    @property
    def is_complete(self) -> bool:
        """Whether every category is judged."""
        return self._wanted and not self._everything and not self._unjudged

    def steps(self) -> Iterator[None]:
        """Judge all categories one at a time, if someone asked or there are few."""
        if self._everything:
            sources = tuple(self._sources())
            if len(sources) > UNASKED and not self._wanted:
                return
            self._wanted, self._everything = True, False
            for source in sources:
                if source.name not in self._unjudged:
                    with self._lock:
                        self.judge(source)
                    yield
        while self._wanted and self._unjudged:
            with self._lock:
                name = next(iter(self._unjudged))
                del self._unjudged[name]
                source_now = self._find(name)
                if source_now is not None:
                    self.judge(source_now)
            yield

    def judge(self, source: Source) -> float | None:
        """The probability of the source's category, computed if needed."""
        known = self._verdicts.get(source.name)
        if known is not None and known.source is source and known.round == self._round:
            return known.chance
        chance = self._chance_of(source)
        self._verdicts[source.name] = _Verdict(source, chance, self._round)
        return chance

    def known(self, source: Source, *, can_tell: bool) -> float | None:
        """The same, but without waiting: an unknown one is judged later."""
        known = self._verdicts.get(source.name)
        if known is None:
            if can_tell:
                self.unanswered = True
                self._ask()
            return None
        if known.source is source:
            return known.chance
        with self._lock:
            return self.judge(source)

    def _ask(self) -> None:
        """Request the judgement of all categories."""
        if not self._wanted:
            self._wanted = True
            self._on_asked()
