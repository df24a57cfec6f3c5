"""Learner of notebooks: keeps their model up to date with the vault, and answers from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import nsmallest
from threading import RLock
from zlib import crc32

from tui.notebooks.members import names_of, planned_names
from tui.notebooks.model import Lesson, NotebookModel, Ranked
from tui.notebooks.source_words import SourceWords
from tui.triage.schema import Schema
from tui.vault.source import Source

COUNTED = 2_000
"""Sources in no notebook whose words are counted, drawn by lot."""
_PART = 4
"""All is fitted again when one in this many members has changed."""
_FITTED_AGAIN = 2
"""Members to fit again for each learnt change."""
_LEARNT_BEFORE_ANSWER = 3
"""Changes to learn before answering a question."""
_GATHERED = 200
"""Sources to look at between two pauses."""
_ASKED = 8
"""Sources to ask about when notebooks for many of them are wanted."""


class NotebookLearner:
    """Learns which sources a person put into which notebook.

    Unless ``in_background`` is set, the first question waits for all learning. Otherwise a
    thread runs ``steps``, and before that there are no answers. A vault without notebooks costs
    nothing.
    """

    def __init__(
        self,
        schema: Schema,
        read_body: Callable[[Source], str],
        sources: Callable[[], Iterable[Source]],
        find: Callable[[str], Source | None],
        of: Callable[[Source], tuple[str, ...]] | None = None,
    ) -> None:
        """``of`` gives the notebooks of a source, if they are known already."""
        self._schema = schema
        self._sources = sources
        self._find = find
        self._names_of = of or partial(names_of, schema)
        self._words = SourceWords(schema, read_body)
        self._lock = RLock()
        self._model: NotebookModel | None = None
        self._version = 0
        self._asked, self._built = 1, 0
        """How often learning from scratch was asked for, and for which of these it was done."""
        self._changed: dict[str, None] = {}
        self._taken_in = 0
        """Number of changes learnt since all was fitted."""
        self._owed = 0
        """Number of members still to fit again because of them."""
        self._wants_fit = False
        self.in_background = False

    # What happens in the vault

    def note(self, name: str) -> None:
        """Note a new, changed or removed source; it is learnt later."""
        self._changed[name] = None

    def begin_anew(self) -> None:
        """Start over: the vault was read again."""
        self._asked += 1

    def fit_again(self) -> None:
        """Fit all members exactly in the next steps."""
        self._wants_fit = True

    # Learning

    @property
    def _begun(self) -> bool:
        """Whether it has learnt the vault, so that changes can be learnt one by one."""
        return self._built == self._asked

    @property
    def has_work(self) -> bool:
        """Whether ``steps`` would do anything."""
        if not self._schema.roles.notebooks:
            return False
        return not self._begun or bool(self._changed or self._owed or self._wants_fit)

    @property
    def is_stale(self) -> bool:
        """Whether fitting all members again could give different results."""
        return self._begun and self._taken_in > 0

    def steps(self) -> Iterator[None]:
        """Learn in steps of about a millisecond."""
        while self.has_work:
            if not self._begun:
                yield from self._build()
                continue
            with self._lock:
                if self._changed:
                    self._take_in(1)
                elif self._owed:
                    self._owed -= 1
                    if self._model is not None:
                        self._model.fit_next()
            if self._begun and (self._is_outgrown() or not (self._changed or self._owed)):
                yield from self._fit()
            yield

    def settle(self) -> None:
        """Learn everything now."""
        for _ in self.steps():
            pass

    def _is_outgrown(self) -> bool:
        model = self._model
        return model is not None and self._taken_in * _PART > model.size

    def _fit(self) -> Iterator[None]:
        """Fit all members exactly if that is wanted, and answer meanwhile."""
        model, outgrown = self._model, self._is_outgrown()
        if model is None or not (self._wants_fit or outgrown):
            self._wants_fit = False
            return
        with self._lock:
            self._wants_fit, self._taken_in, self._owed = False, 0, 0
        steps = model.settle()
        while True:
            with self._lock:
                if self._model is not model or next(steps, self) is self:
                    break
            yield
        with self._lock:
            self._version += 1

    def _build(self) -> Iterator[None]:
        with self._lock:
            # An answer may be taking in changes: the first notebook of all asks for this.
            asked = self._asked
            self._changed.clear()
            self._taken_in = self._owed = 0
        planned = {
            name: self._schema.notebooks.purpose_of(name) for name in planned_names(self._schema)
        }
        lessons: list[Lesson] = []
        others: list[tuple[int, str, Source]] = []
        for number, source in enumerate(tuple(self._sources())):
            names = self._names_of(source)
            if names:
                lessons.append(Lesson(source, names))
            else:
                others.append((crc32(os.fsencode(source.name)), source.name, source))
                if len(others) > 2 * COUNTED:
                    others = nsmallest(COUNTED, others)
            if number % _GATHERED == 0:
                yield
        model: NotebookModel | None = None
        if lessons or planned:
            counted = (source for *_, source in nsmallest(COUNTED, others))
            model = NotebookModel()
            yield from model.build(lessons, planned, counted, self._words.of)
        with self._lock:
            self._model, self._built = model, asked
            self._version += 1
        yield

    def _take_in(self, most: int) -> None:
        """Learn changed sources."""
        for _ in range(min(most, len(self._changed))):
            # Others may note a change meanwhile: an iterator would break.
            name, _ = self._changed.popitem()
            source = self._find(name)
            names = self._names_of(source) if source is not None else ()
            model = self._model
            if model is None:
                if names:
                    # The first notebook of all.
                    self.begin_anew()
                continue
            if source is not None and names:
                known = model.learn(Lesson(source, names), self._words.of(source))
            else:
                known = model.forget(name)
            self._taken_in += known
            self._owed += known * _FITTED_AGAIN
            self._version += known

    # Answers

    @property
    def is_learning(self) -> bool:
        """Whether it has not learnt the vault yet."""
        return bool(self._schema.roles.notebooks) and not self._version

    @property
    def version(self) -> int:
        """A number that rises with all that is learnt; 0 before anything is."""
        return self._version

    def of(self, source: Source) -> Ranked | None:
        """The notebooks for a source, best first; None before anything is learnt."""
        self._catch_up()
        return self.glance(source)

    def _catch_up(self) -> None:
        """Learn what an answer should know."""
        with self._lock:
            if not self.in_background:
                self.settle()
            elif self._begun:
                self._take_in(_LEARNT_BEFORE_ANSWER)

    def glance(self, source: Source) -> Ranked | None:
        """The same by what is learnt by now; any thread may ask."""
        if self._model is None:
            return None
        features = self._words.of(source)
        with self._lock:
            return self._model.ranked(source, features) if self._model is not None else None

    def ranked(self, source: Source) -> Sequence[tuple[str, float]]:
        """Each notebook and how sure it is, best first; none before anything is learnt."""
        found = self.of(source)
        return found.notebooks if found is not None else ()

    def of_all(self, sources: Sequence[Source]) -> Ranked | None:
        """The notebooks for several sources: how sure each is on the average of some of them.

        That none fits, or one surely does, is said only where it is so of each.
        """
        self._catch_up()
        step = max(1, len(sources) // _ASKED)
        answers = [found for one in sources[::step][:_ASKED] if (found := self.glance(one))]
        if len(answers) < 2:
            return answers[0] if answers else None
        total: dict[str, float] = {}
        for answer in answers:
            for name, sure in answer.notebooks:
                total[name] = total.get(name, 0.0) + sure / len(answers)
        ranked = tuple(sorted(total.items(), key=lambda pair: -pair[1]))
        firsts = {answer.notebooks[0][0] for answer in answers if answer.notebooks}
        return Ranked(
            ranked,
            fits=any(answer.fits for answer in answers),
            sure=len(firsts) == 1 and all(answer.sure for answer in answers),
        )
