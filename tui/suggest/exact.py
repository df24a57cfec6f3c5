"""Fit a ridge exactly: all multipliers at once, instead of one example after the other.

The multipliers solve a system with a row per example: Cholesky's factors of its matrix give them,
and tell exactly how much each example affects its own score. That takes the cube of the number of
examples, so that many are solved in blocks, in turn, until they agree (block Gauss-Seidel).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from operator import mul

from tui.suggest.ridge import Example, Ridge

BLOCK = 400
"""Examples to solve at once: a third of a second of arithmetic."""
ROUNDS = 3
"""The most rounds over several blocks."""
_AGREED = 0.02
"""The largest change of a multiplier in a round after which the blocks agree."""
_PRODUCTS = 8_000
"""Numbers to multiply between two pauses: a fraction of a millisecond."""


def solve(
    ridge: Ridge,
    examples: Sequence[Example],
    is_known: Callable[[Example], bool] = lambda _: True,
    block: int = BLOCK,
) -> Iterator[None]:
    """Fit the ridge to the examples exactly, in small steps; what fits already is kept.

    Each example gets ``own``. Those that are not ``is_known`` any more when their turn comes are
    left out.
    """
    count = math.ceil(len(examples) / block)
    size = math.ceil(len(examples) / max(1, count))
    blocks = [_Block(examples[at * size : (at + 1) * size]) for at in range(count)]
    for one in blocks:
        yield from one.factor()
    for _ in range(ROUNDS if count > 1 else 1):
        most = 0.0
        for one in blocks:
            most = max(most, (yield from one.fit(ridge, is_known)))
        if most < _AGREED:
            return


class _Block:
    """Some examples, and the factors of their matrix: every product of two, and the costs."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._rows: list[list[float]] = []
        """The lower factor without its diagonal."""
        self._columns: list[list[float]] = []
        """Its columns below the diagonal, from the bottom up."""
        self._diagonal: list[float] = []

    def factor(self) -> Iterator[None]:
        yield from self._multiply()
        rows, diagonal = self._rows, self._diagonal
        done = 0
        for at, products in enumerate(rows):
            square = diagonal[at]
            row: list[float] = []
            for product, before, length in zip(products, rows, diagonal, strict=False):
                row.append((product - sum(map(mul, row, before))) / length)
            rows[at] = row
            diagonal[at] = math.sqrt(square - sum(map(mul, row, row)))
            done += at * at // 2
            if done > _PRODUCTS:
                done = 0
                yield
        yield from self._weigh()
        size = len(rows)
        for at in range(size):
            self._columns.append([rows[below][at] for below in range(size - 1, at, -1)])
            if at % 10 == 0:
                yield

    def _multiply(self) -> Iterator[None]:
        """The products of the examples' vectors, in place of the factor."""
        known: dict[int, tuple[list[int], list[float]]] = {}
        for at, example in enumerate(self._examples):
            vector = example.vector
            common = vector.weights[-1] ** 2
            # The last word is in every text.
            row = [common] * at
            for word, weight in zip(vector.words[:-1], vector.weights, strict=False):
                found = known.get(id(word))
                if found is None:
                    known[id(word)] = [at], [weight]
                    continue
                places, weights = found
                for place, other in zip(places, weights, strict=True):
                    row[place] += weight * other
                places.append(at)
                weights.append(weight)
            self._rows.append(row)
            self._diagonal.append(vector.square + example.cost)
            yield

    def _weigh(self) -> Iterator[None]:
        """How much each example affects its own score: from the diagonal of the inverse."""
        rows, diagonal, done = self._rows, self._diagonal, 0
        size = len(rows)
        for at, example in enumerate(self._examples):
            column = [1.0 / diagonal[at]]
            for below in range(at + 1, size):
                part = sum(map(mul, rows[below][at:below], column))
                column.append(-part / diagonal[below])
                done += below - at
                if done > _PRODUCTS:
                    done = 0
                    yield
            example.own = 1.0 / sum(map(mul, column, column)) - example.cost

    def fit(
        self, ridge: Ridge, is_known: Callable[[Example], bool]
    ) -> Generator[None, None, float]:
        """Fit the block to what the other examples leave; return the largest change."""
        missing: list[list[float]] = []
        for example in self._examples:
            missing.append(ridge.missing(example))
            yield
        width = max(map(len, missing), default=0)
        for part in missing:
            # Labels that came meanwhile.
            part.extend([0.0] * (width - len(part)))
        solved: list[list[float]] = []
        for column in zip(*missing, strict=True):
            solved += [(yield from self._solve(column))]
        most = 0.0
        for example, *moves in zip(self._examples, *solved, strict=True):
            if is_known(example):
                ridge.move(example, moves)
                most = max(most, *map(abs, moves))
            yield
        return most

    def _solve(self, column: Sequence[float]) -> Generator[None, None, list[float]]:
        """Solve the block's system for one label."""
        down: list[float] = []
        done = 0
        for wanted, row, length in zip(column, self._rows, self._diagonal, strict=True):
            down.append((wanted - sum(map(mul, row, down))) / length)
            done += len(row)
            if done > _PRODUCTS:
                done = 0
                yield
        up: list[float] = []
        ahead = zip(reversed(down), reversed(self._columns), reversed(self._diagonal), strict=True)
        for wanted, below, length in ahead:
            up.append((wanted - sum(map(mul, below, up))) / length)
            done += len(below)
            if done > _PRODUCTS:
                done = 0
                yield
        up.reverse()
        return up
