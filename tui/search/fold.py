"""Normalize text for comparison: no case, accents or apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_SIGNS_OF_VOWELS = (
    "\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ece\u0f71-\u0fbc\u102b-\u109d\u17b4-\u17d3"
)
"""Vowel signs of Indian, Thai, Lao, Tibetan, Burmese and Khmer letters, which are not letters."""
WORD = re.compile(rf"[^\W_]+(?:[{_SIGNS_OF_VOWELS}]+[^\W_]*)*")
"""A run of letters and digits of any script."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts without spaces between words."""
_HANGING_TOGETHER = re.compile(rf"[{UNSPACED}\u1100-\u11ff\uac00-\ud7af]")
"""Their letters, and those of Korean, which joins words."""
_UNDIVIDED = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "œ": "oe", "æ": "ae", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d",
    "þ": "th", "ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ƒ": "f", "ȷ": "j", "ɨ": "i",
    "ʉ": "u", "ƀ": "b", "ɓ": "b", "ƈ": "c", "ȼ": "c", "ɖ": "d", "ɗ": "d", "ǥ": "g", "ɠ": "g",
    "ƙ": "k", "ɫ": "l", "ƚ": "l", "ɲ": "n", "ƞ": "n", "ƥ": "p", "ɍ": "r", "ƭ": "t", "ɏ": "y",
    "ƴ": "y", "ƶ": "z", "ɇ": "e", "ⱥ": "a", "ⱦ": "t", "ɑ": "a", "ɣ": "g", "ʋ": "v",
})  # fmt: skip
"""Letters that Unicode does not decompose, with their plain spelling."""
_ANY_UNDIVIDED = re.compile(f"[{''.join(map(chr, _UNDIVIDED))}]")
SIGNED = re.compile(
    r"(?<![\w+#*$€£¥₹.&])(?:[^\W_]+(?:(?:\+\+?|[#*%€$£¥₹])(?![^\W\d_]|[+#*%])|(?:&[^\W_]+)+)"
    r"|[.$€£¥₹][^\W_]+)"
)
"""A folded word with symbols: C++, F#, A*, $5, .NET, 100%, AT&T."""
_BETWEEN = r"(?:[^\w\n]|_)+"
_AFTER, _AFTER_SIGN = rf"(?<![^\W_])(?<![{_SIGNS_OF_VOWELS}])", r"(?<![\w+#*$€£¥₹.&])"
_NO_MORE, _NO_SIGN = rf"(?![^\W_]|[{_SIGNS_OF_VOWELS}])", r"(?![^\W\d_]|[+#*%])"
_NO_NAME = rf"(?!(?:\+\+|[#*]){_NO_SIGN})"
"""Not followed by a symbol that makes another word: C is not C++, A is not A*."""
_MARKS = re.compile(
    "['’‘ʼ`′\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u093c\u094d\u0e38-\u0e3a\u0e48-\u0e4b\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f]+"
)
"""Apostrophes, and combining accents and points."""
_PIECE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_LONGEST_JOINED = 30
"""Longest run with inner punctuation to treat as one word, in characters."""


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("´", ""))
    folded = _MARKS.sub("", decomposed).casefold()
    return folded.translate(_UNDIVIDED) if _ANY_UNDIVIDED.search(folded) else folded


def hangs_together(text: str) -> bool:
    """Whether the text has letters of a script that joins words."""
    return not text.isascii() and _HANGING_TOGETHER.search(text) is not None


def words_and_signs(folded: str, known: Container[str] | None = None) -> list[str]:
    """The words of a folded text in order; with their symbols if they are known that way."""
    found: list[str] = []
    at = 0
    for match in SIGNED.finditer(folded):
        if known is None or match[0] in known:
            found += WORD.findall(folded[at : match.start()])
            found.append(match[0])
            at = match.end()
    return found + WORD.findall(folded[at:])


def in_a_row(text: str, *, whole: bool) -> re.Pattern[str]:
    """A pattern for a sequence of words in a folded text; the last is a prefix unless ``whole``.

    A word with a symbol differs from one without, except for units: 100% also matches 100. In
    scripts that join words, there are no word boundaries. The text must have a word.
    """
    tokens = words_and_signs(fold(text))
    parts = [re.escape(token) + _other_word(token) for token in tokens[:-1]]
    last, first = tokens[-1], tokens[0]
    end = _end(last) if whole else ""
    begin = "" if hangs_together(first[0]) else _AFTER_SIGN if not first.isalnum() else _AFTER
    return re.compile(begin + _BETWEEN.join([*parts, re.escape(last) + end]))


def _end(token: str) -> str:
    if hangs_together(token[-1]):
        return ""
    return (_NO_MORE if token[-1].isalnum() else _NO_SIGN) + _other_word(token)


def _other_word(token: str) -> str:
    return _NO_NAME if token.isalpha() else ""


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def spaced(text: str) -> str:
    """The folded words separated by single spaces."""
    return " ".join(words(text))


def other_forms(text: str) -> list[str]:
    """Other spellings of words.

    Words joined across punctuation (``GPT-5.1`` gives ``gpt51``), and parts of words in camel
    case or with digits (``OpenAI4`` gives ``open``, ``ai``).
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
    """The year, month and day of a date such as ``20251128``, as people remember them."""
    if len(word) != 8 or not word.isdecimal() or word[:2] not in ("19", "20"):
        return []
    return [word[:4], word[:6], word[4:]]
