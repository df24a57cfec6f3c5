"""The folders and tags of a folder of notes, to say which notes are sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.guess.columns import columns_of
from tui.guess.sources import notes_by_tag
from tui.guess.words import load_words

if TYPE_CHECKING:
    from tui.guess.survey import Note


class Place(NamedTuple):
    """A folder, as ``Inbox/``, or a tag, as ``#inbox``."""

    name: str
    files: int


def places_of(notes: Sequence[Note]) -> list[Place]:
    """The folders of the notes and then their tags, those with the most notes first."""
    folders = Counter[str]()
    for note in notes:
        parts = note.folder.split("/") if note.folder else []
        folders.update("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))
    tagged = notes_by_tag(load_words(), columns_of(notes))
    # A tag of one note says nothing about which ones wait.
    tags = Counter({f"#{tag}": len(mine) for tag, mine in tagged.items() if len(mine) > 1})
    return [Place(*one) for found in (folders, tags) for one in found.most_common()]
