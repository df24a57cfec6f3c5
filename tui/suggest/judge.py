"""Judge: how probable each source's category is, beside what the others have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from tui.vault.source import Source

UNASKED = 3_000
"""Sources up to which every category is judged before anybody asks."""


class _Verdict(NamedTuple):
    """What was said of a source."""

    source: Source
    chance: float | None
    """How probable its category is; None when it has none."""
    round: int
    """After how many times that all was learnt."""


class Judge:
    """Judges every category once, and those of changed sources again.

    ``chance_of`` says how probable a source's category is; it and what it learns from are
    used by one thread at a time, which holds ``lock``.
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
        """Whether no category was judged yet by what is learnt now."""
        self._wanted = False
        """Whether every category is to be judged."""
        self.unanswered = False
        """Whether somebody asked about a category that nobody had judged yet."""
        self.on_asked: Callable[[], object] | None = None
        """Called when the first question comes that wants every category judged."""

    def begin_anew(self, *, can_tell: bool) -> None:
        """All was learnt anew; what was said before holds until it is said anew."""
        self._round += 1
        self._unjudged = {}
        self._everything = can_tell
        if not can_tell:
            self._verdicts = {}

    def note(self, name: str) -> None:
        """A source has changed."""
        self._verdicts.pop(name, None)
        if self._find(name) is not None:
            self._unjudged[name] = None

    @property
    def has_work(self) -> bool:
        """Whether ``steps`` would judge anything."""
        return self._wanted and bool(self._unjudged or self._everything)

    def steps(self) -> Iterator[None]:
        """Judge every category, when somebody asked or there are few; one at a time."""
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
        """How probable the source's category is, worked out unless that is known."""
        known = self._verdicts.get(source.name)
        if known is not None and known.source is source and known.round == self._round:
            return known.chance
        chance = self._chance_of(source)
        self._verdicts[source.name] = _Verdict(source, chance, self._round)
        return chance

    def known(self, source: Source, *, can_tell: bool) -> float | None:
        """The same without waiting for what is not known yet, which is then judged soon."""
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
        """Have every category judged from now on."""
        if not self._wanted:
            self._wanted = True
            if self.on_asked is not None:
                self.on_asked()
