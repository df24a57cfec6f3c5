"""Packs: many sources in few files, each source a section under a heading of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.notebooks.documents import Document, count_words, section_of
from tui.triage.notebook_settings import Limits


class Pack(NamedTuple):
    """A file with several sources."""

    number: int
    """Counted from 1."""
    keys: tuple[str, ...]
    """The sources in it; one of them may only be there in part."""
    data: bytes


def packed(documents: Iterable[tuple[str, Document]], limits: Limits) -> Iterator[Pack]:
    """Documents by key in packs within the limits, in the order given.

    A pack can also be pasted. A document that is too large for one is split.
    """
    size_of_pack = min(limits.file_bytes, limits.pasted_bytes)
    sections: list[str] = []
    keys: list[str] = []
    words = size = number = 0
    for key, document in documents:
        for part in section_of(document).parts(limits.words, size_of_pack):
            part_words, part_size = count_words(part), len(part.encode()) + 1
            if sections and (words + part_words > limits.words or size + part_size > size_of_pack):
                number += 1
                yield _pack(number, keys, sections)
                sections, keys, words, size = [], [], 0, 0
            sections.append(part)
            keys.append(key)
            words += part_words
            size += part_size
    if sections:
        yield _pack(number + 1, keys, sections)


def _pack(number: int, keys: list[str], sections: list[str]) -> Pack:
    return Pack(number, tuple(dict.fromkeys(keys)), "\n".join(sections).encode())
