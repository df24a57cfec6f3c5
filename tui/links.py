"""Links to notes as values: ``[[People/Ann Ash|Ann]]`` is called by the note's name, Ann Ash.

A value is shown, counted, sorted and found by that name. It is written as it was found.
"""

from __future__ import annotations

import re

_LINK = re.compile(r"\s*\[\[([^\[\]\r\n]+)\]\]\s*")


def is_link(value: object) -> bool:
    """Whether a value is a text that is a link, and nothing else."""
    return isinstance(value, str) and "[[" in value and _LINK.fullmatch(value) is not None


def name_of(text: str) -> str:
    """The name of the note that a text links to; the text itself when it is not a link."""
    match = _LINK.fullmatch(text) if "[[" in text else None
    if match is None:
        return text
    note = match[1].partition("|")[0].partition("#")[0]
    return note.rpartition("/")[2].strip().removesuffix(".md") or text


def link_to(name: str) -> str:
    """A link to the note of that name."""
    return f"[[{name}]]"
