"""One source as lookup reads it: its words with their weights, and the names it goes by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tui.search.fold import SIGNED, WORD, date_pieces, fold, other_forms
from tui.vault.source import Source

_MOST = 2_000
"""Characters of one field that are read: the rest of a runaway title finds nothing more."""
_ADDRESS = re.compile(r"^\w+://(?:www\.)?")
_VALUE = re.compile(r"=[^&#]*")
"""What a parameter of an address is set to."""
_SOURCE = re.compile(r"^source-", re.IGNORECASE)
_SIGN = re.compile(r"[^\w\s!\"'(),./:;?\[\]’“”–—…|-]")
"""What a title holds beyond words and their punctuation: an emoji, a plus, a currency."""
SMALL = frozenset(
    WORD.findall(
        "a an the and or nor but of in on at to by for from with without as into onto about "
        "over under is are was were be been am do does did has have had can could will would "
        "shall should may might must i you he she it we they me him her us them my your his "
        "its our their this that these those what which who whom whose when where why how if "
        "then than so not no just very too there here s t re ve ll d m vs via per up out off"
    )
)
"""Words that initials leave out, as most people do."""
_PART = 0.9
"""What a part of a word weighs beside the word."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the index takes from a source."""

    words: Mapping[str, float]
    """The weight of each word's best place."""
    names: tuple[str, ...]
    """What people call it, title first, as folded words with one space between."""
    raw: tuple[str, ...]
    """Id, URL and file name as they are, in lower case, and the signs of a title."""
    initials: tuple[str, ...]


def read_document(source: Source, weights: Mapping[str, float]) -> Document:
    """The source's words under the weights of their fields."""
    title = source.text("title")[:_MOST]
    found: dict[str, float] = {}
    for field, weight in weights.items():
        if field == "url":
            _add_words(found, _speaking(source.text(field)[:_MOST]), weight)
        elif field in ("stem", "id"):
            # Every one begins with the same word: it tells nothing apart.
            text = _SOURCE.sub("", source.stem if field == "stem" else source.id)
            _add_words(found, WORD.findall(fold(text[:_MOST])), weight)
        else:
            for text in source.items(field):
                _add(found, text[:_MOST], weight)
    heaviest = weights.get("title", 1.0)
    names = [title or source.heading[:_MOST], *source.items("aliases")]
    if source.heading and source.heading != title:
        _add(found, source.heading[:_MOST], heaviest * 0.95)
    if not title:
        # What the queue shows in a title's place is what people remember.
        names.append(source.title[:_MOST])
        _add(found, names[-1], heaviest * 0.9)
    names.append(source.text("creator"))
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
    """The words of an address; its ids are found in the raw texts and are no words."""
    words = WORD.findall(_VALUE.sub("", _ADDRESS.sub("", url)))
    return [fold(w) for w in words if len(w) > 2 and w.isalpha() and (w.islower() or w.istitle())]


def _raw(source: Source, title: str) -> tuple[str, ...]:
    url = _ADDRESS.sub("", source.text("url")[:_MOST])
    texts = [source.id, url, source.stem]
    if _SIGN.search(title):
        texts.append(title)
    return tuple(dict.fromkeys(fold(" ".join(text.split())) for text in texts if text))


def _add(found: dict[str, float], text: str, weight: float) -> None:
    """Put a text's words in; what is only part of a word weighs a little less."""
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
