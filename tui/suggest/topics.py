"""Topic suggestions from other sources.

Two kinds of evidence: the nearest sources have the topic, or the title contains it and other
sources with it in the title have the topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.search.fold import words
from tui.suggest.lexicon import Lexicon
from tui.suggest.ridge import Example

NEAREST = 15
"""Number of neighbours whose topics count."""
SURE_TOPIC = 0.45
"""The score from which a topic is sure."""
_NAMED = 0.7
"""The weight of a topic in the title, relative to all neighbours having it."""
_MOST = 12


class Topics:
    """The topics in use, indexed by their words."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def add(self, topics: Sequence[str]) -> None:
        """Add the topics of an example."""
        for topic in topics:
            if topic not in self._counts:
                parts = tuple(words(topic))
                if parts:
                    self._by_word.setdefault(parts[0], []).append((topic, parts))
            self._counts[topic] = self._counts.get(topic, 0) + 1

    def remove(self, topics: Sequence[str]) -> None:
        """Remove the topics of an example."""
        for topic in topics:
            self._counts[topic] = max(0, self._counts.get(topic, 0) - 1)

    def ranked(
        self,
        features: Mapping[str, float],
        lexicon: Lexicon,
        nearest: Sequence[tuple[Example, float]],
    ) -> list[tuple[str, float]]:
        """Fitting topics with their scores, best first."""
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
