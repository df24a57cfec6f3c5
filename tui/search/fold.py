"""Text turned into what lookup compares: no case, no accents, no apostrophes."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits of any script."""
_NO_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
_PIECE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_SPLIT_INSIDE = re.compile(r"[^\W_]+(?:[^\w\s]+[^\W_]+)+")
_MIXED = re.compile(
    r"\w*(?:[a-z](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[A-Za-z])|[A-Z](?=[A-Z][a-z]))\w*", re.ASCII
)
_LONGEST_JOINED = 30
"""Characters of a run with punctuation inside that is still one word in someone's mind."""


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_NO_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def spaced(text: str) -> str:
    """The folded words with one space between them."""
    return " ".join(words(text))


def squash(text: str) -> str:
    """The folded words with nothing between them."""
    return "".join(words(text))


def joined(folded: str) -> list[str]:
    """Words of a folded text that punctuation splits, as one: ``gpt-5.1`` gives ``gpt51``."""
    return [
        "".join(WORD.findall(chunk))
        for chunk in _SPLIT_INSIDE.findall(folded)
        if len(chunk) < _LONGEST_JOINED
    ]


def pieces(text: str) -> list[str]:
    """The parts of words written in camel case or with digits: ``OpenAI4`` gives three."""
    found = []
    for word in _MIXED.findall(text):
        found += [fold(part) for part in _PIECE.findall(word) if len(part) > 1]
    return found


def date_pieces(word: str) -> list[str]:
    """What people remember of a day written ``20251128``: its year, month and day."""
    if len(word) != 8 or not word.isdecimal() or word[:2] not in ("19", "20"):
        return []
    return [word[:4], word[:6], word[4:]]
