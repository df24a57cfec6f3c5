"""The matches of a query in a body: exact words, else the most similar ones."""

from __future__ import annotations

import re
import sys

from rapidfuzz.distance import OSA

from tui.search.fold import fold, hangs_together, words
from tui.search.likeness import BEGINS, BEGINS_MISTYPED, INFLECTED, MISTYPED, likeness
from tui.search.query import PART, is_odd_name, name_of, values_of

_MOST_TERMS = 12
"""Maximum number of query words: a pasted page would highlight everything."""
_LOOKED_THROUGH = 200_000
"""Characters of a body to search for a word before similar words are used."""
CHUNK = 16_000
"""Characters of a body to compare at once, which takes a few milliseconds."""
_FURTHEST = 60
"""Maximum number of chunks to compare for one step to the next match."""
_LONGEST = 100
"""Longest match across the end of the compared part, in characters."""
_RAW_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = (BEGINS, INFLECTED, MISTYPED, BEGINS_MISTYPED)
"""The kinds of matches to accept in running text; similar sound is too vague."""

Nearness = tuple[int, int]
"""The kind of match, and the negated number of different letters; higher is more similar."""
_NOT_MET: Nearness = (0, 0)


class BodyHits:
    """The matches of a query in a source's text.

    Words that are not in the text exactly are compared with its words, but only as far as it
    is viewed.
    """

    def __init__(self, query: str, head: str, body: str) -> None:
        self._body = body
        literal, missing = _terms(query, body[:_LOOKED_THROUGH].lower())
        self._literal = literal
        self._bars: dict[str, Nearness] = dict.fromkeys(missing, _NOT_MET)
        """By missing word: the similarity of the best match; weaker ones do not count."""
        self._judged: set[str] = set()
        self._near: dict[str, None] = {}
        self._read_to = 0
        self.pattern = self._compiled()
        """The pattern for the matches found so far; None when there are none."""
        self._judge(head, body[:CHUNK])
        self._read_to = CHUNK

    def read_to(self, end: int) -> bool:
        """Compare the body's words up to ``end``; return whether there are new matches."""
        start, self._read_to = self._read_to, max(end, self._read_to)
        # After a jump to the end of a huge body, at least the visible part is highlighted.
        return end > start and self._judge(self._body[max(start, end - CHUNK) : end])

    def find_from(self, start: int, end: int = sys.maxsize) -> int | None:
        """The position of the next match from ``start`` and before ``end``."""
        at = start
        for _ in range(_FURTHEST):
            if not self._bars or self._read_to >= min(end, len(self._body)):
                break
            found = self.pattern.search(self._body, at, self._read_to) if self.pattern else None
            if found is not None:
                return found.start()
            at = max(start, self._read_to - _LONGEST)
            self.read_to(max(self._read_to, start) + CHUNK)
        found = self.pattern.search(self._body, at, end) if self.pattern else None
        return found.start() if found is not None else None

    def find_before(self, end: int, start: int = 0) -> int | None:
        """The position of the last match that starts before ``end`` and not before ``start``."""
        compared = _FURTHEST
        while end > start:
            at = max(start, end - CHUNK)
            if compared > 0:
                self._judge(self._body[at:end])
                compared -= 1
            found = self.pattern.finditer(self._body, at, end + _LONGEST) if self.pattern else ()
            if begins := [match.start() for match in found if match.start() < end]:
                return begins[-1]
            end = at
        return None

    def _judge(self, *texts: str) -> bool:
        """Compare the words of texts with the missing ones; return whether any matches."""
        if not self._bars:
            return False
        fresh = {word for text in texts for word in _RAW_WORD.findall(text)} - self._judged
        self._judged |= fresh
        folded = {word: fold(word) for word in fresh}
        before = len(self._near)
        for token, bar in self._bars.items():
            near = {word: key for word, key in _nearness(token, folded).items() if key >= bar}
            if not near:
                continue
            least = max(near.values()) if bar == _NOT_MET else bar
            self._bars[token] = least
            self._near |= dict.fromkeys(word for word, key in near.items() if key >= least)
        if len(self._near) == before:
            return False
        self.pattern = self._compiled()
        return True

    def _compiled(self) -> re.Pattern[str] | None:
        near = [_begun(word) + r"(?!\w)" for word in self._near]
        parts = sorted((*self._literal, *near), key=len, reverse=True)
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _nearness(token: str, folded: dict[str, str]) -> dict[str, Nearness]:
    found: dict[str, Nearness] = {}
    for word, plain in folded.items():
        kind, letters = likeness(token, plain)
        if letters and kind in _NEAR:
            found[word] = kind, -OSA.distance(token, plain) if kind == MISTYPED else 0
    return found


def _terms(query: str, lowered: str) -> tuple[list[str], list[str]]:
    """Patterns for words that are in the text exactly, and the folded missing words."""
    literal: dict[str, None] = {}
    missing: dict[str, None] = {}
    for text, at_start, whole in _typed(query)[:_MOST_TERMS]:
        pattern = _pattern(text, at_start, whole)
        if pattern.search(lowered):
            literal[pattern.pattern] = None
            continue
        for token in words(text):
            if not at_start and len(token) > 1 and token in lowered:
                literal[re.escape(token)] = None
            elif len(token) > 2:
                missing[token] = None
    return list(literal), list(missing)


def _pattern(text: str, at_start: bool, whole: bool) -> re.Pattern[str]:
    first, *others = text.lower().split()
    parts = [_begun(first) if at_start else re.escape(first), *map(re.escape, others)]
    return re.compile(r"\s+".join(parts) + (r"(?!\w)" if whole else ""))


def _begun(word: str) -> str:
    """A pattern for a prefix; it starts with letters, which makes the search fast."""
    return rf"{re.escape(word)}(?<!\w{re.escape(word)})"


def _typed(query: str) -> list[tuple[str, bool, bool]]:
    """The words and phrases to find: text, whether at a word's start, whether at its end."""
    found: list[tuple[str, bool, bool]] = []
    for part in PART.finditer(query):
        name, value = part["name"], part["value"]
        if part["minus"] or part["not_phrase"]:
            continue
        if name is None:
            text = part["phrase"] or part["word"] or ""
            if part["word"] is None or not re.match(r"-[^\W\d_]", text):
                whole = bool(part["end"]) and not hangs_together(text)
                found.append((text, whole, whole))
        elif name == "body":
            found += [(wanted.text, True, False) for wanted in values_of(value)]
        elif name.startswith('"'):
            # A phrase before a colon, unless it is a filter's name.
            phrase = name_of(part)
            whole = not hangs_together(phrase)
            found += [] if value else [(phrase, whole, whole)]
        elif not value or value[0] in "/:\\" or name != name.lower() or is_odd_name(name):
            # A colon in a title, an address, a time of day.
            found.append((part[0], False, False))
    return [term for term in found if len(term[0].strip()) > 1]
