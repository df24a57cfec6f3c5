"""The model of notebooks: what their sources and names teach about the other sources.

It scores every notebook for a source with ridge regression, fitted exactly. The scores that the
members had without themselves say how sure an answer is, and which scores fit no notebook.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from tui.notebooks.name_words import NameWords
from tui.suggest.exact import solve
from tui.suggest.lexicon import Lexicon, Vector
from tui.suggest.ridge import Example, Ridge
from tui.suggest.sureness import STEEPNESSES, Calibration, Calibrator
from tui.vault.source import Source

Features = Mapping[str, float]
ReadFeatures = Callable[[Source], Features]
SURE = 0.8
"""The share of answers to members that were right, from which an answer is surely right."""
KEPT = 0.95
"""The share of members of which it is not said that no notebook fits well."""
ENOUGH, ENOUGH_SURE = 20, 10
"""Members without which nothing is said about how well notebooks fit, and answers to members, as
sure as one, without which none is surely right."""
MANY, _HEAVY = 400, 150
"""Members from which only so many words of a source count, the heaviest: many members need fewer
words, and their time."""
_MEASURED = 400
"""Members, at most, that tell what scores mean."""
_FIELD = ""
"""The ridge's name for the field of notebooks."""
_NONE = ""
"""Stands for no notebook beside their names."""
_STEEPNESSES = tuple(2.5 * steepness for steepness in STEEPNESSES)
"""The scores of many small notebooks are near each other."""
_UNKNOWN = Calibration(_STEEPNESSES[3], 0.2)
"""What scores mean before there is a member."""
_MEMBER, _NAME = 1.5, 3.0
"""The weights of a member and of a name."""


class Lesson(NamedTuple):
    """A source and the notebooks it is in."""

    source: Source
    notebooks: tuple[str, ...]


class Ranked(NamedTuple):
    """The notebooks for a source."""

    notebooks: tuple[tuple[str, float], ...]
    """Each notebook and how sure it is, best first: between 0 and 1, 1 in all."""
    fits: bool = True
    """Whether any fits well, as far as known."""
    sure: bool = False
    """Whether the first one is surely right."""


class NotebookModel:
    """Learnt notebooks: answers questions, learns and forgets single members."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._words = NameWords()
        self._ridge = Ridge({})
        self._planned: Mapping[str, str] = {}
        """The notebooks that there are also without members, and what they are for."""
        self._sizes: dict[str, int] = {}
        """The notebooks and their numbers of members."""
        self._members: dict[str, Example] = {}
        """By source's name."""
        self._states: dict[str, int] = {}
        """By source's name: a hash of the state in which it was learnt."""
        self._names: dict[str, Example] = {}
        """By notebook."""
        self._named: dict[str, Features] = {}
        """By notebook: the features of its name."""
        self._known = _Known()
        self._most: int | None = None
        """How many words of a source count."""
        self._turn: Iterator[str] = iter(())
        """The members still to fit again in this round."""

    # Learning

    def build(
        self,
        lessons: Sequence[Lesson],
        planned: Mapping[str, str],
        others: Iterable[Source],
        read: ReadFeatures,
    ) -> Iterator[None]:
        """Learn all members in small steps; their order does not matter.

        ``others`` are further sources of the vault: they tell which words are frequent.
        """
        lessons = sorted(lessons, key=lambda lesson: lesson.source.name)
        self._most = _HEAVY if len(lessons) > MANY else None
        texts: list[Features] = []
        for lesson in lessons:
            texts.append(read(lesson.source))
            self._lexicon.count(texts[-1])
            yield
        for source in others:
            self._lexicon.count(read(source))
            yield
        yield from self._lexicon.drop_rare()
        yield from self._words.read(self._lexicon)
        texts.reverse()
        for lesson in lessons:
            self._add(lesson, texts.pop())
            yield
        self._planned = planned
        for name in planned:
            self._sizes.setdefault(name, 0)
        yield from self.settle()

    def settle(self) -> Iterator[None]:
        """Fit all that is known exactly, in small steps, and find out how sure answers are."""
        yield from self._name_all()
        examples = [*self._names.values(), *self._members.values()]
        # Blocks that differ would not agree soon: the members of a notebook may be alike in name.
        examples.sort(key=_by_lot)
        yield from solve(self._ridge, examples, self._is_known)
        yield from self._measure()

    def learn(self, lesson: Lesson, features: Features) -> bool:
        """Learn a new or changed member; whether it was not learnt like this already."""
        name = lesson.source.name
        if self._states.get(name) == _state(lesson, features):
            return False
        self._drop(name)
        self._add(lesson, features)
        if any(notebook not in self._named for notebook in lesson.notebooks):
            named = self._named_features()
            for notebook in lesson.notebooks:
                self._name(notebook, named[notebook])
        self._ridge.fit(self._members[name])
        self._forget_names()
        return True

    def forget(self, name: str) -> bool:
        """Forget a member; return whether it was known."""
        if not self._drop(name):
            return False
        self._forget_names()
        return True

    def fit_next(self) -> None:
        """Fit the next member again, in turn."""
        example = self._members.get(next(self._turn, ""))
        if example is not None:
            self._ridge.fit(example)
        else:
            self._turn = iter(list(self._members))

    @property
    def size(self) -> int:
        """The number of members."""
        return len(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def _add(self, lesson: Lesson, features: Features) -> None:
        name = lesson.source.name
        labels = tuple((_FIELD, notebook) for notebook in lesson.notebooks)
        vector = self._lexicon.vector(features, self._most)
        self._members[name] = Example(name, vector, labels, weight=_MEMBER)
        self._states[name] = _state(lesson, features)
        for notebook in lesson.notebooks:
            self._sizes[notebook] = self._sizes.get(notebook, 0) + 1

    def _drop(self, name: str) -> bool:
        example = self._members.pop(name, None)
        self._states.pop(name, None)
        if example is None:
            return False
        self._ridge.unfit(example)
        for _, notebook in example.labels:
            self._sizes[notebook] -= 1
            if not self._sizes[notebook] and notebook not in self._planned:
                del self._sizes[notebook]
        return True

    def _name_all(self) -> Iterator[None]:
        """Learn the names of all notebooks, where that changes anything."""
        self._forget_names()
        for name, features in self._named_features().items():
            if name in self._sizes and features != self._named.get(name):
                self._name(name, features)
            yield

    def _named_features(self) -> Mapping[str, Features]:
        """The features of the names of all notebooks."""
        return self._words.features({name: self._planned.get(name, "") for name in self._sizes})

    def _name(self, name: str, features: Features) -> None:
        self._forget_name(name)
        vector = self._lexicon.vector(features, self._most)
        self._names[name] = Example(name, vector, ((_FIELD, name),), weight=_NAME)
        self._named[name] = features
        self._ridge.fit(self._names[name])

    def _forget_names(self) -> None:
        """Forget the names of notebooks that are gone."""
        for name in [name for name in self._named if name not in self._sizes]:
            self._forget_name(name)

    def _forget_name(self, name: str) -> None:
        example = self._names.pop(name, None)
        self._named.pop(name, None)
        if example is not None:
            self._ridge.unfit(example)

    def _is_known(self, example: Example) -> bool:
        name = example.name
        return self._members.get(name) is example or self._names.get(name) is example

    # How sure it is

    def _measure(self) -> Iterator[None]:
        """Have every member judged without itself, to know what scores mean."""
        held: list[tuple[dict[str, float], frozenset[str]]] = []
        members = list(self._members.values())
        for example in members[:: math.ceil(len(members) / _MEASURED) or 1]:
            if self._is_known(example):
                held.append((self._scores(example.vector, example), _notebooks(example)))
            yield
        if not held:
            self._known = _Known()
            return
        bests = sorted(max(scores.values(), default=0.0) for scores, _ in held)
        least = bests[int((1 - KEPT) * len(bests))]
        calibrator = Calibrator(_STEEPNESSES)
        for scores, notebooks in held:
            for notebook in notebooks & scores.keys():
                calibrator.count(scores, notebook, 1 / len(notebooks))
            yield
        known = _Known(calibrator.best(), least, len(held) >= ENOUGH)
        trials: list[tuple[float, bool]] = []
        for scores, notebooks in held:
            (first, sure), *_ = known.ranked(scores)
            trials.append((sure, first in notebooks))
            yield
        self._known = known._replace(surest=_surest(trials))

    # Answers

    def ranked(self, source: Source, features: Features) -> Ranked:
        """The notebooks for a source, given the other sources."""
        scores = self._scores(
            self._lexicon.vector(features, self._most), self._members.get(source.name)
        )
        return self._known.answer(scores)

    def _scores(self, vector: Vector, itself: Example | None) -> dict[str, float]:
        scores = self._ridge.scores(vector)
        if itself is not None:
            scores = self._ridge.without(itself, scores)
        found = self._ridge.by_value(scores, _FIELD)
        return {name: found.get(name, 0.0) for name in self._ordered()}

    def _ordered(self) -> list[str]:
        """The notebooks in the order for those that score alike: the planned ones first."""
        free = sorted(name for name in self._sizes if name not in self._planned)
        return [*self._planned, *free]


class _Known(NamedTuple):
    """What scores mean, as far as known."""

    calibration: Calibration = _UNKNOWN
    least: float = 0.0
    """The score below which no notebook fits well."""
    enough: bool = False
    """Whether enough members say so."""
    surest: float = math.inf
    """The sureness from which an answer is surely right."""

    def ranked(self, scores: Mapping[str, float]) -> list[tuple[str, float]]:
        """The notebooks with how sure they are; that none fits is one more answer."""
        chances = self.calibration.chances({**scores, _NONE: self.least})
        ranked = sorted(scores, key=lambda name: -scores[name])
        return [(name, chances[name]) for name in ranked]

    def answer(self, scores: Mapping[str, float]) -> Ranked:
        if not scores:
            return Ranked(())
        ranked = self.ranked(scores)
        first, sure = ranked[0]
        fits = not self.enough or scores[first] >= self.least
        return Ranked(tuple(ranked), fits=fits, sure=fits and sure >= self.surest)


def _surest(trials: Iterable[tuple[float, bool]]) -> float:
    """The sureness from which so many answers were right that such an answer is surely right."""
    ordered = sorted(trials, reverse=True)
    right, found = 0, math.inf
    # A threshold that is chosen with few members promises more than it keeps.
    doubt = 1 + ENOUGH / max(1, len(ordered))
    for asked, (sure, was_right) in enumerate(ordered, 1):
        right += was_right
        # As many as that may be luck.
        luck = doubt * math.sqrt(asked * SURE * (1 - SURE))
        if asked >= ENOUGH_SURE and right >= SURE * asked + luck:
            found = sure
    return found


def _by_lot(example: Example) -> tuple[int, str]:
    """A pseudo-random but stable order."""
    return crc32(os.fsencode(example.name)), example.name


def _state(lesson: Lesson, features: Features) -> int:
    return hash((frozenset(features.items()), lesson.notebooks))


def _notebooks(example: Example) -> frozenset[str]:
    return frozenset(notebook for _, notebook in example.labels)
