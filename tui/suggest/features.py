"""The features of a source: its words, weighted by field.

A bag of words (Salton, 1975) from the fields that exist before any decision, and the start of the
body. It excludes suggested fields, and what only shows when or by which script a source was
captured: dates, id and file name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from tui.search.fold import WORD, fold, hangs_together
from tui.vault.rule import Names
from tui.vault.source import Source

_WORDS: Mapping[str, float] = {
    "title": 1.0,
    "aliases": 1.0,
    "topics": 0.8,
    "summary": 0.6,
    "author": 0.5,
}
"""Fields whose single words count, by what they are for, with weights."""
_WHOLE: Mapping[str, tuple[str, float]] = {
    "topics": ("topic", 1.0),
    "author": ("by", 0.9),
}
"""Fields whose whole value also counts, with a prefix, unlike those of words, and a weight."""
MORE_WHOLE: Mapping[str, tuple[str, float]] = {"platform": ("on", 0.5), "format": ("in", 0.5)}
"""The same by name, for a schema that has such fields."""
_IN_TITLE, _HOST, _BODY, _OTHER = 0.4, 0.5, 0.35, 0.6
"""Weights of a word in the title (additionally), a URL's host, a body word, another field."""
_BODY_WORDS, _BODY_LETTERS = 80, 1_000
"""Words and characters of a body to read: further down, topics mix."""
_LONG_WORDS, _LONG_LETTERS = 1_000, 6_000
"""The same for notebooks, whose subjects are narrow."""
_LONG, _ONCE = 0.5, 0.3
"""The weight there of the most frequent word of the body, and the share of it for any word."""
_CATEGORY, _PAIR = 1.0, 0.7
"""Weights of a category, and of two letters of a script without spaces, of their word's."""
_PREFIXES = ("topic", "cat")
"""The prefixes of features that a name may be equal to."""
_MOST = 600
"""Characters of a field to read."""
_HOST_OF = re.compile(r"\w+://(?:www\.)?([^/?#:]+)")
_SPEAKING = ("title", "host")
"""Prefixes that are not shown to people."""
_WORDLESS = frozenset(
    """a about after again all also am an and any are as at back be because been before being best
    between both but by can could did do does doing done down each even ever every few first for
    from get gets getting go goes going good got had has have he her here hers him his how i if in
    into is it its itself just know last less let like made make makes making many may me might more
    most much must my need never new next no not nothing now of off on one only or other our out
    over own part people really same say says see she should since so some something still such
    take than that the their them then there these they thing things this those three through time
    to today too two under until up us use used uses using very via want was way we well were what
    when where which while who whom whose why will with within without would year years yes yet you
    your yours ll re ve don doesn didn isn aren won
    www http https com org net html description
    der die das und ist nicht ein eine mit von zu den im auf fur sich auch wie
    le la les de des du et est une un en que qui dans pour sur avec pas
    el los las y es una con por para del se
    """.split()  # noqa: SIM905 - 250 words are read as text
)
"""Words that say nothing about a subject. They count as features, but persuade nobody."""


def own_fields(names: Names) -> frozenset[str]:
    """The fields that features come from."""
    named = (getattr(names, role) for role in (*_WORDS, "url"))
    return frozenset(filter(None, (*named, *MORE_WHOLE)))


def _words_fields(names: Names) -> dict[str, float]:
    """The fields whose words count, with weights."""
    named = {getattr(names, role): weight for role, weight in _WORDS.items()}
    return {name: weight for name, weight in named.items() if name}


def _whole_fields(names: Names, more: Iterable[str]) -> list[tuple[str, tuple[str, float]]]:
    """The fields whose whole value counts, with their prefixes and weights."""
    named = [(getattr(names, role), rest) for role, rest in _WHOLE.items()]
    return [
        (name, rest)
        for name, rest in (*named, *((name, MORE_WHOLE[name]) for name in more))
        if name
    ]


def features_of(
    source: Source,
    body: str,
    others: tuple[str, ...] = (),
    more: Collection[str] = MORE_WHOLE,
) -> dict[str, float]:
    """The source's features, each with its highest weight.

    ``others`` are fields whose words count too, ``more`` those of ``MORE_WHOLE`` that there are.
    """
    found: dict[str, float] = {}
    names = source.rule.names
    for field, weight in (*_words_fields(names).items(), *((name, _OTHER) for name in others)):
        if field == names.summary and source.synopsis_is_template:
            continue
        for text in source.items(field):
            for word in _words(text):
                if found.get(word, 0.0) < weight:
                    found[word] = weight
    for word in _words(source.own_title or source.heading or source.title):
        found[word] = 1.0
        found["title:" + word] = _IN_TITLE
    for word in WORD.findall(fold(body[:_BODY_LETTERS]))[:_BODY_WORDS]:
        if len(word) > 1:
            found.setdefault(word, _BODY)
    return found | _whole_values(source, more)


def long_features_of(
    source: Source,
    body: str,
    others: tuple[str, ...] = (),
    more: Collection[str] = MORE_WHOLE,
    category: str = "",
) -> dict[str, float]:
    """The features for notebooks: more of the body, by how often a word occurs, and the category.

    Small words are left out of the body: they cost as much time as the others.
    """
    found = features_of(source, "", others, more)
    for value in source.items(category) if category else ():
        found["cat:" + " ".join(_words(value))] = _CATEGORY
    texts = WORD.findall(fold(body[:_LONG_LETTERS]))[:_LONG_WORDS]
    counts = Counter(word for word in texts if len(word) > 1)
    most = math.log1p(max(counts.values(), default=1))
    by_count = {n: _LONG * (_ONCE + (1 - _ONCE) * math.log1p(n) / most) for n in {*counts.values()}}
    for word, count in counts.items():
        if word not in _WORDLESS:
            found.setdefault(word, by_count[count])
    return found | _pairs(found)


def name_features_of(name: str, weight: float = 1.0) -> dict[str, float]:
    """The features of the name of a notebook, as if it were the title of a source."""
    words = [word for word in _words(name) if not (word.isdecimal() or word in _WORDLESS)]
    found = dict.fromkeys(words, weight) | {"title:" + word: weight * _IN_TITLE for word in words}
    return found | _pairs(found)


def named_parts(feature: str) -> list[str]:
    """The words of a feature that the name of a notebook may contain; none for other features."""
    prefix, colon, value = feature.partition(":")
    if not colon:
        return [feature]
    return value.split() if prefix in _PREFIXES else []


def _pairs(features: Mapping[str, float]) -> dict[str, float]:
    """Each two letters of words in scripts without spaces."""
    found: dict[str, float] = {}
    for word, weight in features.items():
        if not word.isascii() and ":" not in word and hangs_together(word):
            for at in range(len(word) - 1):
                pair = word[at : at + 2]
                if found.get(pair, 0.0) < weight * _PAIR and pair not in features:
                    found[pair] = weight * _PAIR
    return found


def _whole_values(source: Source, more: Collection[str]) -> dict[str, float]:
    """Features that are whole values: creator, topics, host."""
    found: dict[str, float] = {}
    for field, (sign, weight) in _whole_fields(source.rule.names, more):
        for text in source.items(field):
            value = " ".join(_words(text))
            if value:
                found[f"{sign}:{value}"] = weight
    host = _HOST_OF.match(source.url[:_MOST])
    if host:
        found["host:" + host[1].lower()] = _HOST
    return found


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(fold(text[:_MOST])) if len(word) > 1]


def readable(feature: str) -> str:
    """A feature as shown to people."""
    sign, colon, value = feature.partition(":")
    return value if sign in _SPEAKING else f"{sign} {value}" if colon else feature


def persuades(feature: str) -> bool:
    """Whether a feature tells a person something: a number or a word like "over" does not."""
    sign, colon, value = feature.partition(":")
    word = value if colon and sign in _SPEAKING else feature
    return not (word in _WORDLESS or word.isdecimal())
