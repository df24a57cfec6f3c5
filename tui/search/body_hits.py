"""What of a body answers to a query: the words themselves, else the words nearest to them."""

from __future__ import annotations

import re
import sys

from rapidfuzz.distance import OSA

from tui.search.fold import fold, hangs_together, words
from tui.search.likeness import BEGINS, BEGINS_MISTYPED, INFLECTED, MISTYPED, likeness
from tui.search.query import PART, is_odd_name, name_of, values_of

_MOST_TERMS = 12
"""Words of a query that are looked for: a pasted page would light everything."""
_LOOKED_THROUGH = 200_000
"""Letters of a body in which a word is looked for before the nearest ones are taken."""
CHUNK = 16_000
"""Letters of a body whose words are compared at once: some milliseconds."""
_FURTHEST = 60
"""Chunks that are compared ahead for one step to the next hit."""
_LONGEST = 100
"""Letters of a hit that may lie across the end of what was read."""
_RAW_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = (BEGINS, INFLECTED, MISTYPED, BEGINS_MISTYPED)
"""What is near enough in running text; a sound is not."""

Nearness = tuple[int, int]
"""The kind of match, and how few letters differ; more is nearer."""
_NOT_MET: Nearness = (0, 0)


class BodyHits:
    """The hits of one query in one source's text.

    Words that the text does not hold as they were typed are compared with the words of the
    text only as far as it is looked at.
    """

    def __init__(self, query: str, head: str, body: str) -> None:
        self._body = body
        literal, missing = _terms(query, body[:_LOOKED_THROUGH].lower())
        self._literal = literal
        self._bars: dict[str, Nearness] = dict.fromkeys(missing, _NOT_MET)
        """By missing word: how near the nearest word is; what is further off is no hit."""
        self._judged: set[str] = set()
        self._near: dict[str, None] = {}
        self._read_to = 0
        self.pattern = self._compiled()
        """Finds the hits in what was read so far; None when there can be none."""
        self._judge(head, body[:CHUNK])
        self._read_to = CHUNK

    def read_to(self, end: int) -> bool:
        """Compare the body's words up to there; whether new ones are hits."""
        start, self._read_to = self._read_to, max(end, self._read_to)
        # Whoever jumps to the end of a huge body sees what is lit there.
        return end > start and self._judge(self._body[max(start, end - CHUNK) : end])

    def find_from(self, start: int, end: int = sys.maxsize) -> int | None:
        """Where the next hit in the body is, from there on and before an end."""
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
        """Where the last hit in the body is that begins before there, and from a start on."""
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
        """Compare the words of texts with the missing ones; whether any is a hit."""
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
    """Patterns for what the text holds as it was typed, and the folded words it does not."""
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
    """A pattern for a word's beginning; it has letters first, which is what is found fast."""
    return rf"{re.escape(word)}(?<!\w{re.escape(word)})"


def _typed(query: str) -> list[tuple[str, bool, bool]]:
    """The words and phrases to look for, with whether a word must begin so, and end so."""
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
            # A phrase with a colon behind it, unless it is a filter's name.
            phrase = name_of(part)
            whole = not hangs_together(phrase)
            found += [] if value else [(phrase, whole, whole)]
        elif not value or value[0] in "/:\\" or name != name.lower() or is_odd_name(name):
            # A colon in a title, an address, a time of day.
            found.append((part[0], False, False))
    return [term for term in found if len(term[0].strip()) > 1]
