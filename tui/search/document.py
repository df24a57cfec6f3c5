"""A source for lookup: its weighted words and its names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tui.search.fold import SIGNED, WORD, date_pieces, fold, other_forms
from tui.vault.source import Source

_MOST = 2_000
"""Characters of a field to read, in case of runaway titles."""
_ADDRESS = re.compile(r"^\w+://(?:www\.)?")
_VALUE = re.compile(r"=[^&#]*")
"""The value of a URL parameter."""
_SOURCE = re.compile(r"^source-", re.IGNORECASE)
_SIGN = re.compile(r"[^\w\s!\"'(),./:;?\[\]’“”–—…|-]")
"""Other symbols in a title: an emoji, a plus, a currency."""
SMALL = frozenset(
    WORD.findall(
        "a an the and or nor but of in on at to by for from with without as into onto about "
        "over under is are was were be been am do does did has have had can could will would "
        "shall should may might must i you he she it we they me him her us them my your his "
        "its our their this that these those what which who whom whose when where why how if "
        "then than so not no just very too there here s t re ve ll d m vs via per up out off"
    )
)
"""Words that most people leave out of initials."""
_PART = 0.9
"""The weight of a part of a word, relative to the word."""


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a source for the index."""

    words: Mapping[str, float]
    """The highest weight of each word."""
    names: tuple[str, ...]
    """Its names, title first, as folded words separated by single spaces."""
    raw: tuple[str, ...]
    """Id, URL and file name in lower case, and the symbols of the title."""
    initials: tuple[str, ...]


def read_document(source: Source, weights: Mapping[str, float]) -> Document:
    """Read a source's words with the weights of their fields."""
    names_of = source.rule.names
    title = source.own_title[:_MOST]
    found: dict[str, float] = {}
    for field, weight in weights.items():
        if field == names_of.url:
            _add_words(found, _speaking(source.text(field)[:_MOST]), weight)
        elif field in ("stem", "id"):
            # All ids start with the same word, which does not distinguish them.
            text = _SOURCE.sub("", source.stem if field == "stem" else source.id)
            _add_words(found, WORD.findall(fold(text[:_MOST])), weight)
        else:
            for text in source.items(field):
                _add(found, text[:_MOST], weight)
    heaviest = weights.get(names_of.title, 1.0)
    names = [title or source.heading[:_MOST], *source.items(names_of.aliases)]
    if source.heading and source.heading != title:
        _add(found, source.heading[:_MOST], heaviest * 0.95)
    if not title:
        # People remember what the queue shows instead of a title.
        names.append(source.title[:_MOST])
        _add(found, names[-1], heaviest * 0.9)
    names.append(source.author)
    split = [WORD.findall(fold(name[:_MOST])) for name in dict.fromkeys(names) if name]
    return Document(
        words=found,
        names=tuple(dict.fromkeys(" ".join(line) for line in split if line)),
        raw=_raw(source, title),
        initials=tuple(
            dict.fromkeys(
                "".join(word[0] for word in words)
                for line in split
                for words in (line, [word for word in line if word not in SMALL])
                if len(words) > 1
            )
        ),
    )


def _speaking(url: str) -> list[str]:
    """The words of an address, without ids, which are found in the raw texts."""
    words = WORD.findall(_VALUE.sub("", _ADDRESS.sub("", url)))
    return [fold(w) for w in words if len(w) > 2 and w.isalpha() and (w.islower() or w.istitle())]


def _raw(source: Source, title: str) -> tuple[str, ...]:
    url = _ADDRESS.sub("", source.url[:_MOST])
    texts = [source.id, url, source.stem]
    if _SIGN.search(title):
        texts.append(title)
    return tuple(dict.fromkeys(fold(" ".join(text.split())) for text in texts if text))


def _add(found: dict[str, float], text: str, weight: float) -> None:
    """Add a text's words; parts of words weigh a little less."""
    folded = fold(text)
    _add_words(found, WORD.findall(folded), weight)
    _add_words(found, SIGNED.findall(folded), weight)
    _add_words(found, other_forms(text), weight * _PART)


def _add_words(found: dict[str, float], words: list[str], weight: float) -> None:
    for word in words:
        if found.get(word, 0.0) < weight:
            found[word] = weight
            if len(word) == 8 and word.isdecimal():
                _add_words(found, date_pieces(word), weight * _PART)
