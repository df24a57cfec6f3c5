"""What was learnt from one set of examples: words, rows, neighbours and topics together."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from tui.suggest.features import telling
from tui.suggest.lexicon import Lexicon, Vector
from tui.suggest.neighbours import Neighbours
from tui.suggest.ridge import Example, Ridge, shares
from tui.suggest.suggestions import SHARPNESSES, Suggestion, Suggestions, surenesses
from tui.suggest.topics import NEAREST, SURE_TOPIC, Topics
from tui.vault.source import Source

MOST = 3
"""Values suggested for a field."""
_COUNTED = 9
"""Nearest sources that are counted as evidence."""
_ROUNDS, _FEWEST_ROUNDS, _FITS = 8, 4, 8_000
"""How often each example is fitted, and how many fits there may be before it is less often."""
_WORDS_SHOWN = 2
_CALIBRATED, _LEAST_CHANCE = 250, 0.01
"""Examples by which sureness is calibrated; what one that is quite wrong counts at least."""


class Lesson(NamedTuple):
    """A source to learn from, and how much it counts."""

    source: Source
    weight: float


def _by_lot(lesson: Lesson) -> tuple[int, str]:
    """An order that nobody wrote sources in, the same for the same sources."""
    return crc32(os.fsencode(lesson.source.name)), lesson.source.name


class Fields(NamedTuple):
    """The names of the fields that are suggested, and the values they may have."""

    category: str
    tier: str
    topics: str
    allowed: Mapping[str, frozenset[str]]
    """By field: its values, where no others may be suggested."""

    def labels(self, source: Source) -> tuple[tuple[str, str], ...]:
        """The source's own category and tier, as far as they are such values."""
        return tuple(
            (name, value)
            for name in (self.category, self.tier)
            for value in [source.text(name)]
            if value and value in self.allowed.get(name, (value,)) and len(source.items(name)) == 1
        )


Features = Mapping[str, float]
ReadFeatures = Callable[[Source], Features]


class Model:
    """Learnt examples; it answers, and takes in and gives up single ones."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._lexicon = Lexicon()
        self._neighbours = Neighbours()
        self._topics = Topics()
        self._ridge = Ridge({})
        self._sharpness = dict.fromkeys((fields.category, fields.tier), SHARPNESSES[0])
        self.examples: dict[str, Example] = {}
        """By source's name."""
        self._turn: Iterator[str] = iter(())
        """Those of them that are still to be fitted once more in this round."""

    def build(self, lessons: Sequence[Lesson], read: ReadFeatures) -> Iterator[None]:
        """Learn all lessons together, a small step at a time; their order changes nothing."""
        # The rows are far from settled after so few rounds, so the lessons fitted last would win.
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
        self._ridge = Ridge(shares((example.labels, 1.0 / example.cost) for example in examples))
        rounds = max(_FEWEST_ROUNDS, min(_ROUNDS, _FITS // max(1, len(examples))))
        for _ in range(rounds):
            for example in examples:
                self._ridge.fit(example)
                yield
        self._ridge.weigh(examples)
        yield from self._calibrate(examples)
        yield from self._lexicon.drop_rare()

    def _calibrate(self, examples: Sequence[Example]) -> Iterator[None]:
        """Find how sharply scores tell sureness: as the examples left out one by one say."""
        fits = {field: [0.0] * len(SHARPNESSES) for field in self._sharpness}
        for example in examples[:: max(1, len(examples) // _CALIBRATED)]:
            scores = self._ridge.without(example, self._ridge.scores(example.vector))
            for field, value in example.labels:
                by_value = self._ridge.by_value(scores, field)
                for i, sharpness in enumerate(SHARPNESSES):
                    chance = surenesses(by_value, sharpness)[value]
                    fits[field][i] += example.weight * math.log(max(chance, _LEAST_CHANCE))
            yield
        for field, fit in fits.items():
            self._sharpness[field] = SHARPNESSES[fit.index(max(fit))]

    def _example(self, lesson: Lesson, features: Features) -> Example:
        source = lesson.source
        topics = source.listed(self._fields.topics)
        vector = self._lexicon.vector(features)
        return Example(source.name, vector, self._fields.labels(source), topics, lesson.weight)

    def _add(self, example: Example) -> None:
        self.examples[example.name] = example
        self._neighbours.add(example)
        self._topics.add(example.topics)

    def learn(self, lesson: Lesson, features: Features) -> None:
        """Learn one more source, or the same one as it is now."""
        if not self.forget(lesson.source.name):
            self._lexicon.count(features)
        example = self._example(lesson, features)
        self._add(example)
        self._ridge.fit(example)

    def fit_next(self) -> None:
        """Fit one of the examples once more, each in its turn."""
        example = self.examples.get(next(self._turn, ""))
        if example is not None:
            self._ridge.fit(example)
        else:
            self._turn = iter(list(self.examples))

    def forget(self, name: str) -> bool:
        """Have a source not learnt; returns whether it was."""
        example = self.examples.pop(name, None)
        if example is None:
            return False
        self._ridge.unfit(example)
        self._neighbours.remove(example)
        self._topics.remove(example.topics)
        return True

    def suggest(self, source: Source, features: Features) -> Suggestions:
        """What the other sources say about this one."""
        vector = self._lexicon.vector(features)
        scores = self._scores(source, vector)
        nearest = self._neighbours.nearest(vector, NEAREST, source.name)
        held = frozenset(source.listed(self._fields.topics))
        ranked = self._topics.ranked(features, self._lexicon, nearest)
        fitting = [(topic, score) for topic, score in ranked if topic not in held]
        return Suggestions(
            self._best(self._fields.category, vector, scores, nearest[:_COUNTED]),
            self._best(self._fields.tier, vector, scores, nearest[:_COUNTED]),
            tuple(topic for topic, _ in fitting),
            tuple(topic for topic, score in fitting if score >= SURE_TOPIC),
        )

    def chances(self, source: Source, features: Features, field: str) -> dict[str, float]:
        """By value of a field: how probable the other sources make it for this one."""
        scores = self._scores(source, self._lexicon.vector(features))
        return surenesses(self._ridge.by_value(scores, field), self._sharpness[field])

    def _scores(self, source: Source, vector: Vector) -> list[float]:
        scores = self._ridge.scores(vector)
        example = self.examples.get(source.name)
        return scores if example is None else self._ridge.without(example, scores)

    def _best(
        self,
        field: str,
        vector: Vector,
        scores: list[float],
        nearest: Sequence[tuple[Example, float]],
    ) -> tuple[Suggestion, ...]:
        chances = surenesses(self._ridge.by_value(scores, field), self._sharpness[field])
        ranked = sorted(chances, key=lambda value: (-chances[value], value))[:MOST]
        values = [example.value(field) for example, _ in nearest]
        return tuple(
            Suggestion(
                value,
                chances[value],
                values.count(value),
                len(values),
                self._telling(vector, self._ridge.columns[field, value]),
            )
            for value in ranked
        )

    @staticmethod
    def _telling(vector: Vector, column: int) -> tuple[str, ...]:
        """The words that speak most for a label."""
        speaking = [
            (weight * word.row[column], said)
            for word, weight in zip(vector.words, vector.weights, strict=True)
            if column < len(word.row) and word.row[column] > 0 and (said := telling(word.name))
        ]
        speaking.sort(reverse=True)
        return tuple(said for _, said in speaking[:_WORDS_SHOWN])
