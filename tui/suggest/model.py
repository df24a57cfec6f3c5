"""The model: everything learnt from a set of examples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

from tui.suggest.features import persuades, readable
from tui.suggest.lexicon import ANY, Lexicon, Vector
from tui.suggest.neighbours import Neighbours
from tui.suggest.ridge import Example, Ridge, shares
from tui.suggest.suggestions import Suggestion, Suggestions
from tui.suggest.sureness import Calibration, Calibrator
from tui.suggest.topics import NEAREST, SURE_TOPIC, Topics
from tui.vault.source import Source

MOST = 3
"""Maximum number of suggestions for a field."""
DECIDED = 0.5
"""The weight from which a source counts as decided, so that it is evidence."""
_COUNTED = 9
"""Number of nearest sources to count as evidence."""
_ROUNDS, _FEWEST_ROUNDS, _FITS = 8, 4, 8_000
"""Rounds of fitting, the minimum, and the total number of fits that reduces them."""
_WORDS_SHOWN = 3
_ALIKE = 0.1
"""The difference of two probabilities up to which one suggestion is as sure as another."""
_HELD_OUT, _PART = 250, 5
"""Number of held-out examples for calibration, and the number of parts they are split into."""


class Trial(NamedTuple):
    """The first suggestion for a source that was held out."""

    sureness: float
    right: bool


class Lesson(NamedTuple):
    """A source to learn from, and its weight."""

    source: Source
    weight: float
    less: Mapping[str, float] = MappingProxyType({})
    """The weights of fields that teach less; with none at all, they are left out."""


def _by_lot(lesson: Lesson) -> tuple[int, str]:
    """A pseudo-random but stable order."""
    return crc32(os.fsencode(lesson.source.name)), lesson.source.name


def _held_out(examples: Sequence[Example]) -> list[Sequence[Example]]:
    """The examples for calibration, in parts that are held out together."""
    # Prefer decisions over guesses.
    asked = sorted(examples, key=lambda example: -example.weight)[:_HELD_OUT]
    size = max(1, len(examples) // _PART)
    return [asked[start : start + size] for start in range(0, len(asked), size)]


class Fields(NamedTuple):
    """The suggested fields and their allowed values."""

    category: str
    tier: str
    topics: str
    allowed: Mapping[str, frozenset[str]]
    """By field: the allowed values, for closed fields."""

    def labels(self, source: Source) -> tuple[tuple[str, str], ...]:
        """The source's own category and tier, if they are allowed values."""
        return tuple(
            (name, value)
            for name in (self.category, self.tier)
            for value in [source.text(name)]
            if value and value in self.allowed.get(name, (value,)) and len(source.items(name)) == 1
        )


Features = Mapping[str, float]
ReadFeatures = Callable[[Source], Features]


class _Asked(NamedTuple):
    """A source to make suggestions for."""

    vector: Vector
    said: Sequence[str]
    """Its words as shown to people."""
    scores: Sequence[float]
    itself: Example | None
    """Its own example, if it was learnt."""
    nearest: Sequence[Example]
    """The nearest sources."""


class Model:
    """Learnt examples: answers questions, learns and forgets single sources."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._lexicon = Lexicon()
        self._neighbours = Neighbours()
        self._topics = Topics()
        self._ridge = Ridge({})
        self._calibrations = dict.fromkeys((fields.category, fields.tier), Calibration())
        self._trials: dict[str, list[Trial]] = {}
        """By field: the first suggestions for sources that were held out, and their outcome."""
        self.examples: dict[str, Example] = {}
        """By source's name."""
        self._states: dict[str, int] = {}
        """By source: a hash of the state in which it was learnt, for those learnt singly."""
        self._turn: Iterator[str] = iter(())
        """The examples still to fit again in this round."""

    def build(self, lessons: Sequence[Lesson], read: ReadFeatures) -> Iterator[None]:
        """Learn all lessons in small steps; their order does not matter."""
        # After so few rounds the fit has not converged, and the last lessons would dominate.
        lessons = sorted(lessons, key=_by_lot)
        texts: list[Features] = []
        for lesson in lessons:
            texts.append(read(lesson.source))
            self._lexicon.count(texts[-1])
            yield
        texts.reverse()
        for lesson in lessons:
            self._add(self._example(lesson, texts.pop()))
            yield
        examples = list(self.examples.values())
        self._ridge = Ridge(shares(examples))
        parts = _held_out(examples)
        rounds = max(_FEWEST_ROUNDS, min(_ROUNDS, _FITS // max(1, len(examples))))
        for _ in range(max(2, rounds - 3)):
            yield from self._fit_all(examples)
        yield from self._calibrate(examples, parts)
        yield from self._fit_all(examples)
        self._ridge.weigh(examples)
        yield from self._lexicon.drop_rare()

    def _fit_all(self, examples: Iterable[Example]) -> Iterator[None]:
        for example in examples:
            self._ridge.fit(example)
            yield

    def _calibrate(
        self, examples: Sequence[Example], parts: Iterable[Sequence[Example]]
    ) -> Iterator[None]:
        """Calibrate scores: predict each held-out part from all other examples."""
        calibrators = {field: Calibrator() for field in self._calibrations}
        asked: list[tuple[str, dict[str, float], str]] = []
        for part in parts:
            for example in part:
                self._ridge.unfit(example)
                yield
            yield from self._fit_all(example for example in examples if example.multipliers)
            for example in part:
                scores = self._ridge.scores(example.vector)
                for field, value in example.labels:
                    by_value = self._ridge.by_value(scores, field)
                    weight = example.weight_of(field)
                    calibrators[field].count(by_value, value, weight)
                    if weight == 1.0:
                        asked.append((field, by_value, value))
                yield
            yield from self._fit_all(part)
        self._calibrations = {field: found.best() for field, found in calibrators.items()}
        self._trials = {field: [] for field in calibrators}
        for field, by_value, value in asked:
            found = self._calibrations[field].chances(by_value)
            first = min(found, key=lambda one: (-found[one], one))
            self._trials[field].append(Trial(found[first], first == value))

    def _example(self, lesson: Lesson, features: Features) -> Example:
        source = lesson.source
        topics = source.topics
        vector = self._lexicon.vector(features)
        less = {field: weight for field, weight in lesson.less.items() if weight}
        labels = tuple(
            label for label in self._fields.labels(source) if lesson.less.get(label[0], 1.0)
        )
        return Example(source.name, vector, labels, topics, lesson.weight, less)

    def _add(self, example: Example) -> None:
        self.examples[example.name] = example
        self._neighbours.add(example)
        self._topics.add(example.topics)

    def learn(self, lesson: Lesson, features: Features) -> bool:
        """Learn a new or changed source; whether it was not learnt like this already.

        Fitting it twice would move the shares, by how often its change happened to be noticed.
        """
        source, less = lesson.source, frozenset(lesson.less.items())
        labels, topics = self._fields.labels(source), source.listed(self._fields.topics)
        state = hash((frozenset(features.items()), labels, topics, lesson.weight, less))
        if self._states.get(source.name) == state:
            return False
        if not self.forget(source.name):
            self._lexicon.count(features)
        self._states[source.name] = state
        example = self._example(lesson, features)
        self._add(example)
        self._ridge.fit(example)
        return True

    def fit_next(self) -> None:
        """Fit the next example again, in turn."""
        example = self.examples.get(next(self._turn, ""))
        if example is not None:
            self._ridge.fit(example)
        else:
            self._turn = iter(list(self.examples))

    def forget(self, name: str) -> bool:
        """Forget a source; return whether it was known."""
        example = self.examples.pop(name, None)
        self._states.pop(name, None)
        if example is None:
            return False
        self._ridge.unfit(example)
        self._neighbours.remove(example)
        self._topics.remove(example.topics)
        return True

    def suggest(self, source: Source, features: Features) -> Suggestions:
        """Suggestions for a source, from the others."""
        vector = self._lexicon.vector(features)
        nearest = self._neighbours.nearest(vector, NEAREST, source.name)
        held = frozenset(source.topics)
        ranked = self._topics.ranked(features, self._lexicon, nearest)
        fitting = [(topic, score) for topic, score in ranked if topic not in held]
        itself = self.examples.get(source.name)
        asked = _Asked(
            vector,
            [readable(word.name) for word in vector.words],
            self._scores(vector, itself),
            itself,
            [example for example, _ in nearest],
        )
        return Suggestions(
            self._best(self._fields.category, asked),
            self._best(self._fields.tier, asked),
            tuple(topic for topic, _ in fitting),
            tuple(topic for topic, score in fitting if score >= SURE_TOPIC),
        )

    def chances(self, source: Source, features: Features, field: str) -> dict[str, float]:
        """The probability of each value of a field, given the other sources."""
        vector = self._lexicon.vector(features)
        return self._chances(field, self._scores(vector, self.examples.get(source.name)))

    def _chances(self, field: str, scores: Sequence[float]) -> dict[str, float]:
        return self._calibrations[field].chances(self._ridge.by_value(scores, field))

    def _scores(self, vector: Vector, itself: Example | None) -> list[float]:
        scores = self._ridge.scores(vector)
        return scores if itself is None else self._ridge.without(itself, scores)

    def _best(self, field: str, asked: _Asked) -> tuple[Suggestion, ...]:
        chances = self._chances(field, asked.scores)
        ranked = sorted(chances, key=lambda value: (-chances[value], value))[:MOST]
        nearest = [example for example in asked.nearest if example.weight_of(field) >= DECIDED]
        values = [example.value(field) for example in nearest[:_COUNTED]]
        found = [
            Suggestion(
                value,
                chances[value],
                values.count(value),
                len(values),
                self._speaking(asked, field, value, ranked),
            )
            for value in ranked
        ]
        if found:
            found[0] = replace(found[0], record=self._record(field, found[0].sureness))
        return tuple(found)

    def _record(self, field: str, sureness: float) -> tuple[int, int]:
        """How many held-out sources had a first suggestion as sure as this; the right ones first.

        Each was suggested by a model that had not learnt its source.
        """
        trials = self._trials.get(field, ())
        alike = [trial.right for trial in trials if abs(trial.sureness - sureness) <= _ALIKE]
        return sum(alike), len(alike)

    def _speaking(
        self, asked: _Asked, field: str, value: str, ranked: Sequence[str]
    ) -> tuple[str, ...]:
        """The words that weigh most for a value and against the next best."""
        rival = next((other for other in ranked if other != value), value)
        found: dict[str, float] = {}
        parts = self._ridge.parts(asked.vector, asked.itself, (field, value), (field, rival))
        for word, said, part in zip(asked.vector.words, asked.said, parts, strict=True):
            if persuades(word.name):
                found[said] = found.get(said, 0.0) + part
        found.pop(ANY, None)
        most = nlargest(_WORDS_SHOWN, found.items(), key=itemgetter(1))
        return tuple(said for said, part in most if part > 0)
