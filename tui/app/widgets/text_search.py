"""TextSearch: the matches of a phrase in the text that is shown, as people expect them.

Case and accents do not matter, nor does Markdown's markup; where the phrase has a space, the text
may have a line break.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

from tui.app.widgets.text_layout import TextLayout, TextSpot

MOST_COUNTED = 500
"""Matches that are counted at once: "3 of 500+" if there may be more."""
STEP = 1 << 18
"""Characters that are read between two looks at what was found."""
LOOKED_THROUGH = 1 << 21
"""Characters that are looked through at once, below the place in sight."""
_LONGEST = 400
"""More spaces and line breaks than a match has."""
_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict(zip("øłđħŧıØŁĐĦŦ", "oldhtioldht", strict=True)),
    "\u00a0": " ",
}
"""Characters that people type as others."""
_MARKS = "\u0300-\u036f"
_ANY_MARK = re.compile(f"[{_MARKS}]")


class _Folds(dict[int, str]):
    """By the code of a character, the one that is compared: in lower case, without accents."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        known = _SAME.get(letter)
        if known is None:
            parts = unicodedata.normalize("NFD", letter)
            base, marks = parts[0], parts[1:]
            plain = base if marks and all(_ANY_MARK.match(mark) for mark in marks) else letter
            known = plain.lower() if len(plain.lower()) == 1 else plain
        self[code] = known
        return known


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The text as it is compared: as long as before."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


class ShownText:
    """The words of a body as they are shown, folded, read as far as they are needed."""

    def __init__(self, layout: TextLayout) -> None:
        self.layout = layout
        self._firsts = [0]
        """By part, from 1 on, the index of its first block in ``_starts``."""
        self._starts: list[int] = []
        self._blocks: list[tuple[int, int]] = []
        self.folded = ""
        body = layout.body
        self.has_marks = not body.isascii() and _ANY_MARK.search(body) is not None
        """Whether it has accents that are characters of their own."""

    @property
    def is_read(self) -> bool:
        """Whether it was read to its end."""
        return len(self._firsts) > self.layout.last_part

    def read(self, most: int) -> None:
        """Read on, about so many characters."""
        pieces = [self.folded]
        end = length = len(self.folded)
        while not self.is_read and length - end < most:
            part = len(self._firsts)
            for number, block in enumerate(self.layout.blocks_of(part)):
                self._starts.append(length)
                self._blocks.append((part, number))
                # A very long line may be cut between two letters.
                text = folded(block.text) + ("" if self.layout.is_cut(block.end) else "\n")
                pieces.append(text)
                length += len(text)
            self._firsts.append(len(self._starts))
        self.folded = "".join(pieces)

    def read_part(self, part: int) -> None:
        """Read so far that a part is among what was read."""
        while not self.is_read and len(self._firsts) <= part:
            self.read(STEP)

    def offset_of(self, spot: TextSpot) -> int:
        """Where in ``folded`` a character is."""
        self.read_part(spot.part)
        first = self._firsts[max(1, min(spot.part, len(self._firsts) - 1)) - 1] + spot.number
        if spot.part < 1 or first >= len(self._starts):
            return 0 if spot.part < 1 else len(self.folded)
        return self._starts[first] + spot.at

    def spot_of(self, offset: int) -> TextSpot:
        """Which character is there in ``folded``."""
        at = max(0, bisect_right(self._starts, offset) - 1)
        return TextSpot(*self._blocks[at], offset - self._starts[at])


class TextSearch:
    """The matches of a phrase, as far as the text was looked through, and the current one."""

    def __init__(self, text: ShownText, phrase: str, start: TextSpot) -> None:
        """The first match from ``start`` on is the current one, else the first of all."""
        self.phrase = phrase
        self._text = text
        self._pattern = _pattern(phrase, text.has_marks)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._looked_to = 0
        self.at: int | None = None
        """The index of the current match; None without any."""
        if self._pattern is not None:
            self._find(text.offset_of(start))

    def _find(self, begin: int) -> None:
        """Look for matches from the beginning to well below a place; then choose one."""
        while True:
            self._look()
            below = bool(self._starts) and self._starts[-1] >= begin
            enough = below and len(self._starts) >= MOST_COUNTED
            if self.is_complete or enough or self._looked_to > begin + LOOKED_THROUGH:
                break
            self._text.read(STEP)
        if self._starts:
            self.at = bisect_left(self._starts, begin) % len(self._starts)

    def _look(self) -> None:
        """Find the matches in what was read since the last look."""
        text = self._text.folded
        if self._pattern is None or self._looked_to >= len(text):
            return
        last = self._ends[-1] if self._ends else 0
        begin = max(last, self._looked_to - _LONGEST - len(self.phrase))
        for match in self._pattern.finditer(text, begin):
            self._starts.append(match.start())
            self._ends.append(match.end())
        self._looked_to = len(text)

    @property
    def is_complete(self) -> bool:
        """Whether there is no more text to look through."""
        return self._text.is_read and self._looked_to >= len(self._text.folded)

    @property
    def count(self) -> int:
        """The matches found so far."""
        return len(self._starts)

    @property
    def said(self) -> str:
        """Which match is the current one, and of how many: "3 of 7", "3 of 500+"."""
        if self.at is None:
            return "not found" if self._pattern is not None else ""
        if self.is_complete:
            return f"{self.at + 1:,} of {self.count:,}"
        return f"{self.at + 1:,} of {MOST_COUNTED if self.at < MOST_COUNTED else self.count:,}+"

    @property
    def spot(self) -> TextSpot | None:
        """Where the current match begins."""
        return None if self.at is None else self._text.spot_of(self._starts[self.at])

    def step(self, direction: int) -> bool:
        """Go to the next match, or the previous one, around the ends; whether there is one."""
        if self.at is None:
            self._look_on(until=1)
            self.at = 0 if self.count else None
            return self.at is not None
        at = self.at + direction
        if at >= self.count:
            self._look_on(until=self.count + 1)
        elif at < 0:
            self._look_on()
        self.at = at % self.count
        return True

    def _look_on(self, until: int | None = None) -> None:
        """Look through more of the text, until there are so many matches, or to its end."""
        while not self.is_complete and (until is None or self.count < until):
            self._text.read(STEP)
            self._look()

    def spans(self, part: int, number: int, length: int) -> list[tuple[int, int, bool]]:
        """The matches in a block of so many characters: start, end, whether it is the current."""
        if self._pattern is None:
            return []
        begin = self._text.offset_of(TextSpot(part, number, 0))
        self._look()
        first = bisect_right(self._ends, begin)
        found: list[tuple[int, int, bool]] = []
        for index in range(first, self.count):
            start, end = self._starts[index] - begin, self._ends[index] - begin
            if start >= length:
                break
            found.append((max(0, start), min(length, end), index == self.at))
        return found


def _pattern(phrase: str, has_marks: bool) -> re.Pattern[str] | None:
    """The pattern for a typed phrase in folded text; None when nothing is asked for."""
    words = _ANY_MARK.sub("", folded(unicodedata.normalize("NFC", phrase))).split()
    if not words:
        return None
    # Text may have accents as characters of their own; in most it would only slow the search.
    accents = f"[{_MARKS}]*" if has_marks else ""
    return re.compile(
        r"\s+".join("".join(re.escape(letter) + accents for letter in word) for word in words)
    )
