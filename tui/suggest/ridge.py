"""Score labels for a text: ridge regression with one column per label.

Fitted in the dual, one example at a time (Gauss-Seidel; "dual coordinate descent" in Hsieh et
al., 2008): each example has a multiplier per label, and the words' rows are sums of them. So
learning an example, or forgetting it completely, takes less than a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from types import MappingProxyType
from zlib import crc32

from tui.suggest.lexicon import Vector

SMOOTHING = 0.4
"""The regularization: how far an example of weight one may be missed."""

_WHOLE = 1.3
"""The squared length of a vector: its words plus the common feature."""

Label = tuple[str, str]
"""A field and one of its values."""
_PROBE: Label = ("", "")
"""A random label: how well it is fitted shows how much an example affects its own score."""


class Example:
    """A source to learn from."""

    __slots__ = (
        "cost", "labels", "less", "multipliers", "name", "own", "slot", "topics", "vector",
        "weight",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        vector: Vector,
        labels: tuple[Label, ...],
        topics: tuple[str, ...] = (),
        weight: float = 1.0,
        less: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.vector = vector
        self.labels = labels
        self.topics = topics
        self.weight = weight
        self.less = less
        """The weights of fields that teach less than the others."""
        self.cost = SMOOTHING / weight
        self.multipliers: list[float] = []
        self.own = 0.0
        """How much its multipliers affect its own score, if it was fitted exactly; else zero."""
        self.slot = -1

    def weight_of(self, field: str) -> float:
        """How much it teaches about a field."""
        return self.less.get(field, self.weight)

    def value(self, field: str) -> str:
        """The example's value of a suggested field."""
        return next((value for name, value in self.labels if name == field), "")


class Ridge:
    """Scores of labels, about one if certain and zero if not."""

    def __init__(self, shares: Mapping[Label, float]) -> None:
        self.columns: dict[Label, int] = {}
        self._usual: list[float] = []
        """By column: the label's share of all examples, the base of every score."""
        self._of_field: dict[str, list[int]] = {}
        self._own = _WHOLE
        """The part of an example's length that no other example explains."""
        self._column(_PROBE)
        for label, share in shares.items():
            self._column(label, share)

    def _column(self, label: Label, share: float = 0.0) -> int:
        column = self.columns.get(label)
        if column is None:
            column = self.columns[label] = len(self._usual)
            self._usual.append(share)
            self._of_field.setdefault(label[0], []).append(column)
        return column

    def scores(self, vector: Vector) -> list[float]:
        """By column: the score of the label for the text."""
        width = len(self._usual)
        rows: list[list[float]] = []
        weights: list[float] = []
        for word, weight in zip(vector.words, vector.weights, strict=True):
            row = word.row
            if not row:
                continue
            if len(row) != width:
                row.extend([0.0] * (width - len(row)))
            rows.append(row)
            weights.append(weight)
        if not rows:
            return self._usual[:]
        # Column by column: twice as fast as row by row.
        return [
            usual + sum(map(mul, weights, column))
            for usual, column in zip(self._usual, zip(*rows, strict=True), strict=True)
        ]

    def by_value(self, scores: Sequence[float], field: str) -> dict[str, float]:
        """The scores of a field's values."""
        return {value: scores[i] for (name, value), i in self.columns.items() if name == field}

    def weigh(self, examples: Sequence[Example]) -> None:
        """Estimate how much an example affects its own score after fitting.

        Generalised cross-validation (Golub, Heath and Wahba, 1979), with the trace estimated
        from a random label (Hutchinson, 1990).
        """
        probed = [
            (_lot(example) * example.multipliers[0], example.cost)
            for example in examples
            if example.weight == 1.0
        ]
        total = sum(part for part, _ in probed)
        if total > 0:
            cost = probed[0][1]
            self._own = min(_WHOLE, max(0.0, len(probed) / total - cost))

    def without(self, example: Example, scores: list[float]) -> list[float]:
        """The approximate scores of an example if it had not been learnt."""
        part, own = example.own or self._own, example.multipliers
        return [score - part * own[i] if i < len(own) else score for i, score in enumerate(scores)]

    def parts(
        self, vector: Vector, itself: Example | None, label: Label, rival: Label
    ) -> list[float]:
        """Each word's contribution to a label's score over a rival's, without ``itself``.

        The sum is the difference of the scores, apart from the labels' base shares.
        """
        plus, minus = self.columns[label], self.columns[rival]
        last, bent = max(plus, minus), 0.0
        if itself is not None and last < len(itself.multipliers):
            own = itself.multipliers[plus] - itself.multipliers[minus]
            bent = own * self._own / itself.vector.square
        return [
            weight * (word.row[plus] - word.row[minus] - bent * weight)
            if last < len(word.row)
            else 0.0
            for word, weight in zip(vector.words, vector.weights, strict=True)
        ]

    def missing(self, example: Example) -> list[float]:
        """By column: how far the example is missed, beyond what its cost allows."""
        wanted = self._wanted(example)
        scores = self.scores(example.vector)
        own, cost = example.multipliers, example.cost
        own.extend([0.0] * (len(scores) - len(own)))
        return [
            want - score - cost * mine
            for want, score, mine in zip(wanted, scores, own, strict=True)
        ]

    def move(self, example: Example, moves: list[float]) -> None:
        """Add to the example's multipliers, and so to the rows of its words."""
        own, width = example.multipliers, len(self._usual)
        own.extend([0.0] * (width - len(own)))
        # Labels added since the moves were worked out.
        moves = [*moves, *[0.0] * (width - len(moves))]
        example.multipliers = [mine + move for mine, move in zip(own, moves, strict=True)]
        self._add(example.vector, moves)

    def fit(self, example: Example) -> float:
        """Adjust the rows to the example; return how far it was missed."""
        missing = self.missing(example)
        own, cost, square = example.multipliers, example.cost, example.vector.square
        step = 1.0 / (square + cost)
        moves = [missed * step for missed in missing]
        for field, weight in example.less.items():
            less = SMOOTHING / weight
            for i in self._of_field[field]:
                moves[i] = (missing[i] + (cost - less) * own[i]) / (square + less)
        self.move(example, moves)
        return max(map(abs, moves), default=0.0)

    def unfit(self, example: Example) -> None:
        """Remove the example's contribution from the rows."""
        self.move(example, [-mine for mine in example.multipliers])
        example.multipliers = []

    def _wanted(self, example: Example) -> list[float]:
        """By column: one for the example's labels; fields without a value are neutral."""
        labels = [(label, self._column(label)) for label in example.labels]
        wanted = self._usual[:]
        wanted[0] = _lot(example)
        for field in {field for (field, _), _ in labels}:
            for other in self._of_field[field]:
                wanted[other] = 0.0
        for _, column in labels:
            # There may be several of one field.
            wanted[column] = 1.0
        return wanted

    def _add(self, vector: Vector, moves: list[float]) -> None:
        width = len(moves)
        for word, weight in zip(vector.words, vector.weights, strict=True):
            row = word.row
            if len(row) < width:
                row.extend([0.0] * (width - len(row)))
            word.row = [part + weight * move for part, move in zip(row, moves, strict=True)]


def _lot(example: Example) -> float:
    """Pseudo-randomly one or minus one, stable for a source."""
    return 1.0 if crc32(example.name.encode("utf-8", "surrogateescape")) & 1 else -1.0


def shares(examples: Iterable[Example]) -> dict[Label, float]:
    """The share of examples with each label, by their weights."""
    found: dict[Label, float] = {}
    of_field: dict[str, float] = {}
    for example in examples:
        for label in example.labels:
            weight = example.weight_of(label[0])
            found[label] = found.get(label, 0.0) + weight
            of_field[label[0]] = of_field.get(label[0], 0.0) + weight
    return {label: count / of_field[label[0]] for label, count in found.items()}
