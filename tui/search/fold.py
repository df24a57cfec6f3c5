"""Text turned into what lookup compares: no case, no accents, no apostrophes."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits of any script."""
_MARKS = re.compile(
    "['’‘ʼ`′\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u093c\u094d\u0e38-\u0e3a\u0e48-\u0e4b\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f]+"
)
"""Apostrophes, and accents and points that stand behind the letter they belong to."""
_PIECE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_LONGEST_JOINED = 30
"""Characters of a run with punctuation inside that is still one word in someone's mind."""


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("´", ""))
    return _MARKS.sub("", decomposed).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def spaced(text: str) -> str:
    """The folded words with one space between them."""
    return " ".join(words(text))


def other_forms(text: str) -> list[str]:
    """Words as someone else would write them.

    What punctuation splits as one (``GPT-5.1`` gives ``gpt51``), and the parts of what is
    written in camel case or with digits (``OpenAI4`` gives ``open``, ``ai``).
    """
    found = []
    for chunk in text.split():
        if chunk.isalpha() and (chunk.islower() or chunk[1:].islower()):
            continue
        runs = WORD.findall(chunk)
        if len(runs) > 1 and len(chunk) < _LONGEST_JOINED:
            found.append(fold("".join(runs)))
        for run in runs:
            parts = _PIECE.findall(run)
            if len(parts) > 1:
                found += [fold(part) for part in parts if len(part) > 1]
    return found


def date_pieces(word: str) -> list[str]:
    """What people remember of a day written ``20251128``: its year, month and day."""
    if len(word) != 8 or not word.isdecimal() or word[:2] not in ("19", "20"):
        return []
    return [word[:4], word[:6], word[4:]]
