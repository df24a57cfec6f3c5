"""What a source is recognised by: its words under the weights of their fields.

A bag of words (Salton, 1975) over the fields that are there before anybody decides, and the
beginning of the body. No field that is suggested is among them, nor what tells only when or by
which script a source was captured: dates, id and file name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.search.fold import WORD, fold
from tui.vault.source import Source

WORDS: Mapping[str, float] = {
    "title": 1.0,
    "aliases": 1.0,
    "topics": 0.8,
    "synopsis": 0.6,
    "creator": 0.5,
}
"""Fields of which every word counts, and how much."""
WHOLE: Mapping[str, float] = {
    "topics": 1.0,
    "creator": 0.9,
    "platform": 0.5,
    "format": 0.5,
}
"""Fields of which the whole value counts too."""
_IN_TITLE, _HOST, _BODY, _OTHER = 0.4, 0.5, 0.35, 0.6
"""Of a title's word once more as such, of a URL's host, of a body's word, of another field's."""
_BODY_WORDS, _BODY_LETTERS = 80, 1_000
"""How far a body is read: further down it is about everything."""
_MOST = 600
"""Characters of one field that are read."""
_HOST_OF = re.compile(r"\w+://(?:www\.)?([^/?#:]+)")
_SIGNS = {"creator": "by", "platform": "on", "format": "in", "topics": "topic"}
"""How a whole value is called, so that it is not taken for a word."""
_SPEAKING = ("title", "host")
"""Signs that people can do without."""


def features_of(
    source: Source, body: str, others: tuple[str, ...] = (), without: frozenset[str] = frozenset()
) -> dict[str, float]:
    """The source's words, each with the weight of its best place.

    ``others`` are further fields whose words count, ``without`` fields that do not.
    """
    found: dict[str, float] = {}
    for field, weight in (*WORDS.items(), *((name, _OTHER) for name in others)):
        if field in without or (field == "synopsis" and source.synopsis_is_template):
            continue
        for text in source.items(field):
            for word in _words(text):
                if found.get(word, 0.0) < weight:
                    found[word] = weight
    for word in _words(source.text("title") or source.heading):
        found[word] = 1.0
        found["title:" + word] = _IN_TITLE
    for word in WORD.findall(fold(body[:_BODY_LETTERS]))[:_BODY_WORDS]:
        if len(word) > 1:
            found.setdefault(word, _BODY)
    return found | _whole_values(source, without)


def _whole_values(source: Source, without: frozenset[str]) -> dict[str, float]:
    """What is no word: a creator, a topic, a host as a whole."""
    found: dict[str, float] = {}
    for field, weight in WHOLE.items():
        if field not in without:
            for text in source.items(field):
                value = " ".join(_words(text))
                if value:
                    found[f"{_SIGNS[field]}:{value}"] = weight
    host = _HOST_OF.match(source.text("url")[:_MOST])
    if host:
        found["host:" + host[1].lower()] = _HOST
    return found


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(fold(text[:_MOST])) if len(word) > 1]


def told(feature: str) -> str:
    """A feature as people read it; a word is one wherever it stands."""
    sign, colon, value = feature.partition(":")
    return value if sign in _SPEAKING else f"{sign} {value}" if colon else feature
