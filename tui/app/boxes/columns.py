"""Columns: how wide the parts of a picker's rows are, so that all rows align."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from tui.display import clean
from tui.search.highlight import match_spans
from tui.session.option import Option

LONGEST = 300
"""Characters of a name or of words that are read; the rest is cut."""
SHORTEST_WORDS = 9
"""Cells below which words are left out, if names would be cut for them."""
LEGIBLE = 24
"""Cells of a name that is cut for a number, at least."""
KEYS = 13
"""The most cells of a column of keys."""
GAP = 2
"""Cells between a name and what follows it."""
_BAR = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths in cells of a picker's columns; 0 for one that no row uses.

    From the left: the cursor's bar, a symbol, the key, the name, a number at the right end of its
    column, and words.
    """

    sign: int = 0
    key: int = 0
    name: int = 0
    number: int = 0
    words: int = 0
    gap: int = GAP

    @classmethod
    def of(cls, options: Sequence[Option], *, key: int = 0) -> Columns:
        """The columns that show these options whole; ``key`` is the least width of the keys."""
        rows = [option for option in options if not option.is_prose]
        key = max(key, *(cell_len(clean(row.key)) for row in rows), 0) if rows else key
        return cls(
            int(any(row.sign for row in rows)),
            min(key, KEYS),
            max((_name(row) for row in rows), default=0),
            max((cell_len(clean(row.number)) for row in rows), default=0),
            max((cell_len(clean(row.note, LONGEST)) for row in rows), default=0),
        )

    @property
    def before(self) -> int:
        """The cells before the name."""
        return _BAR + 2 * self.sign + (self.key + 1 if self.key else 0)

    @property
    def whole(self) -> int:
        """The cells that show rows without words whole."""
        number = self.gap + max(5, self.number) if self.number else 0
        return self.before + self.name + number + 1

    def within(self, width: int) -> Columns:
        """The same in so many cells: the words are cut first, then the numbers, then the names.

        A long name is cut before a number.
        """
        room = max(0, width - self.before)
        number = max(5, self.number) if self.number else 0
        name = min(self.name, room)
        if name + self.gap + number > room:
            left = room - self.gap - number
            number, name = (number, left) if number and left >= LEGIBLE else (0, name)
        words = room - name - self.gap - number
        gap = GAP if number else 0
        if self.words + gap > words and words < SHORTEST_WORDS + gap:
            # A word of a sentence says less than the name alone.
            words = 0
        if not self.words:
            words = 0
        if not (words or number):
            return replace(self, name=max(0, room - 1), number=0, words=0, gap=min(1, room))
        return replace(self, name=name, number=number, words=words)


def _name(option: Option) -> int:
    after = cell_len(option.after) + 2 if option.after else 0
    return cell_len(clean(option.label, LONGEST)) + after


def spans_of(words: str, label: str) -> list[tuple[int, int]]:
    """The letters of a label that match the typed words, as start and end."""
    return match_spans(words, label) if words else []
