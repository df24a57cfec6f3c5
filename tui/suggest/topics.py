"""Which topics of other sources a source may get.

Two signs: its nearest neighbours have the topic, or its title names it where others that name
it have it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.search.fold import words
from tui.suggest.lexicon import Lexicon
from tui.suggest.ridge import Example

NEAREST = 15
"""Neighbours that are asked for their topics."""
SURE_TOPIC = 0.45
"""From this score on a topic is sure."""
_NAMED = 0.7
"""What it counts that a title names a topic, beside that all neighbours have it."""
_MOST = 12


class Topics:
    """The topics in use, found by the words they consist of."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def add(self, topics: Sequence[str]) -> None:
        """Count the topics of one more example."""
        for topic in topics:
            if topic not in self._counts:
                parts = tuple(words(topic))
                if parts:
                    self._by_word.setdefault(parts[0], []).append((topic, parts))
            self._counts[topic] = self._counts.get(topic, 0) + 1

    def remove(self, topics: Sequence[str]) -> None:
        """Count the topics of an example no longer."""
        for topic in topics:
            self._counts[topic] = max(0, self._counts.get(topic, 0) - 1)

    def ranked(
        self,
        features: Mapping[str, float],
        lexicon: Lexicon,
        nearest: Sequence[tuple[Example, float]],
    ) -> list[tuple[str, float]]:
        """The topics that fit, each with its score, best first."""
        total = sum(cosine for _, cosine in nearest) or 1.0
        found: dict[str, float] = {}
        for example, cosine in nearest:
            for topic in example.topics:
                found[topic] = found.get(topic, 0.0) + cosine / total
        titled = {name[6:] for name in features if name.startswith("title:")}
        for word in titled:
            for topic, parts in self._by_word.get(word, ()):
                count = self._counts[topic]
                if count and titled.issuperset(parts):
                    named = min((w.count for p in parts if (w := lexicon.words.get(p))), default=0)
                    if named:
                        share = min(1.0, count / named)
                        found[topic] = found.get(topic, 0.0) + _NAMED * share
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return ranked[:_MOST]
