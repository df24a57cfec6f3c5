"""Spelling-independent keys of a word: consonants, sound and stem."""

from __future__ import annotations

import re

_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")
_SPELLINGS = (
    ("tch", "c"), ("sch", "s"), ("ph", "f"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("wh", "w"),
    ("ck", "k"), ("sh", "c"), ("ch", "c"), ("th", "t"), ("dg", "j"), ("tion", "cn"),
    ("sion", "cn"), ("qu", "kw"), ("x", "ks"), ("q", "k"), ("z", "s"), ("v", "f"), ("j", "g"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_HARD_C = re.compile(r"c(?![eiyh])")
_SUFFIXES = (
    "ization", "ational", "iness", "ations", "ation", "ments", "ment", "ingly",
    "ings", "ing", "ions", "ion", "ers", "ies", "ied", "est", "ely", "ily", "able", "ally",
    "er", "ed", "es", "ly", "al", "or", "s", "e", "y",
)  # fmt: skip


def skeleton(word: str) -> str:
    """The word's consonants: ``clawdbot`` gives ``clwdbt``."""
    return _VOWELS.sub("", word)


def sound(word: str) -> str:
    """A rough key for the sound of a word; ``klawd`` and ``claude`` have the same."""
    key = _SOFT_C.sub("s", word)
    key = _HARD_C.sub("k", key)
    for spelling, heard in _SPELLINGS:
        if spelling in key:
            key = key.replace(spelling, heard)
    first = "a" if key[:1] in "aeiouy" else ""
    key = _VOWELS.sub("", key).replace("w", "").replace("h", "")
    return first + _DOUBLED.sub(r"\1", key)


def stem(word: str) -> str:
    """The word without its inflection: ``building`` and ``builds`` give ``build``."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return _DOUBLED.sub(r"\1", word[: -len(suffix)])
    return word
