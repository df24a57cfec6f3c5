"""One source as lookup sees it: its words with their weights, and its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tui.search.fold import date_pieces, fold, joined, pieces, words
from tui.vault.source import Source

_MOST = 2_000
"""Characters of one field that are read: the rest of a runaway title finds nothing more."""
_ADDRESS = re.compile(r"^\w+://(?:www\.)?")
_SOURCE = re.compile(r"^source-", re.IGNORECASE)


@dataclass(slots=True)
class Document:
    """What is kept of one source."""

    source: Source
    words: dict[str, float]
    """The weight of each word's best place; emptied once the index has taken it."""
    lines: tuple[str, ...]
    """The names people know it by, as folded words with one space between: title first."""
    raw: tuple[str, ...]
    """Id, URL and file name as they are, in lower case."""
    initials: tuple[str, ...]


def read_document(source: Source, weights: Mapping[str, float]) -> Document:
    """The source's words under the weights of their fields."""
    found: dict[str, float] = {}
    for field, weight in weights.items():
        for text in _texts(source, field):
            _add(found, text[:_MOST], weight)
    if source.heading:
        _add(found, source.heading[:_MOST], weights.get("title", 1.0) * 0.95)
    names = [source.text("title") or source.heading or source.title, *source.items("aliases")]
    if not source.text("title"):
        # What the queue shows in a title's place is what people remember.
        _add(found, source.title[:_MOST], weights.get("title", 1.0) * 0.9)
        names.append(source.title)
    names.append(source.text("creator"))
    split = [words(name[:_MOST]) for name in dict.fromkeys(names) if name]
    return Document(
        source,
        found,
        lines=tuple(dict.fromkeys(" ".join(line) for line in split if line)),
        raw=tuple(
            _one_line(text)
            for text in (source.id, source.text("url"), source.stem, source.text("title")[:_MOST])
            if text
        ),
        initials=tuple(
            dict.fromkeys("".join(word[0] for word in line) for line in split if len(line) > 1)
        ),
    )


def _texts(source: Source, field: str) -> tuple[str, ...]:
    if field in ("stem", "id"):
        # Every one begins so: it tells nothing apart.
        return (_SOURCE.sub("", source.stem if field == "stem" else source.id),)
    if field == "url":
        return (_ADDRESS.sub("", source.text(field)),)
    return source.items(field)


def _one_line(text: str) -> str:
    return fold(" ".join(text.split()))


def _add(found: dict[str, float], text: str, weight: float) -> None:
    """Put a text's words in; what is only part of a word weighs a little less."""
    plain = words(text)
    for word in plain:
        if found.get(word, 0.0) < weight:
            found[word] = weight
    derived = [*joined(text), *pieces(text)]
    for word in plain:
        derived += date_pieces(word)
    for word in derived:
        if found.get(word, 0.0) < weight * 0.9:
            found[word] = weight * 0.9
