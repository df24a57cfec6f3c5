"""Where a person puts the statuses: in the line, beside it, or as the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.guess.order import Group, Order, Value, own_words, plain_order
from tui.guess.words import AWAY, BESIDE, Words


class Placed(NamedTuple):
    """The place of each status."""

    main: tuple[str, ...]
    """The line, the earliest first; never empty."""
    beside: tuple[str, ...]
    archive: str
    """Empty for none."""

    @property
    def names(self) -> tuple[str, ...]:
        """All statuses, the line first."""
        return (*self.main, *self.beside, *([self.archive] if self.archive else []))

    def moved(self, name: str, by: int) -> Placed:
        """With a status one place up or down; below the line come those beside it."""
        if name == self.archive:
            return self.turned(name)
        rows: list[str | None] = [*self.main, None, *self.beside]
        at = rows.index(name)
        if not 0 <= at + by < len(rows):
            return self
        rows[at], rows[at + by] = rows[at + by], name
        end = rows.index(None)
        found = [[text for text in part if text] for part in (rows[:end], rows[end:])]
        return Placed(tuple(found[0]), tuple(found[1]), self.archive) if end else self

    def archived(self, name: str) -> Placed:
        """With a status as the archive; with none, if it was that."""
        if name == self.archive:
            return self.turned(name)
        main, beside, _ = self._without(name)
        return Placed(main, (*beside, *self._old), name) if main else self

    def turned(self, name: str) -> Placed:
        """With a status beside the line, or back at its end."""
        main, beside, archive = self._without(name)
        if name in self.beside:
            return Placed((*main, name), beside, archive)
        return Placed(main, (*beside, name), archive) if main else self

    @property
    def _old(self) -> tuple[str, ...]:
        return (self.archive,) if self.archive else ()

    def _without(self, name: str) -> Placed:
        return Placed(
            tuple(one for one in self.main if one != name),
            tuple(one for one in self.beside if one != name),
            "" if name == self.archive else self.archive,
        )


def placed_in(order: Order) -> Placed:
    """Where an order has the statuses."""
    main = tuple(name for name in order.main if name != order.archive) or order.main
    archive = "" if order.archive in main else order.archive
    named = {*main, archive}
    beside = tuple(value.name for value in order.values if value.name not in named)
    return Placed(main, beside, archive)


def with_places(order: Order, placed: Placed) -> Order:
    """The same statuses in other places."""
    values = {value.name: value for value in order.values}
    main = placed.main
    moves = {
        name: tuple(to for to in order.moves.get(name, ()) if to in main) or main[:1]
        for name in placed.beside
    }
    line = (*main, *([placed.archive] if placed.archive else []), *placed.beside)
    return Order(tuple(values[name] for name in line), main, placed.archive, moves)


def in_question(words: Words, groups: Sequence[Group], first: str, archive: str = "") -> Order:
    """The order as far as a person has said it: the first status, and the archive.

    The rest follows as it is most frequent, and must be ordered if it is more than one status;
    without a rest, sources are done. Words for waiting and for leaving are beside the line.
    ``first`` may be a status that no note has.
    """
    values = {value.name: value for value in plain_order(groups).values}
    beside = [group.spelt for group in groups if group.place in (BESIDE, AWAY)]
    beside = [name for name in beside if name not in (first, archive)]
    rest = [name for name in values if name not in (first, archive, *beside)]
    last = [] if rest else [own_words(words, groups)["done"]]
    for name in (first, *last):
        values.setdefault(name, Value(name, 0))
    order = Order(tuple(values.values()), (), archive, {})
    found = with_places(order, Placed((first, *rest, *last), tuple(beside), archive))
    return found._replace(is_known=len(rest) < 2)
