"""Option: one row of a picker, and how well it matches a typed text."""

from __future__ import annotations

from dataclasses import dataclass

from tui.search.highlight import match_spans

ENOUGH = 0.75
"""The share of the typed letters that a label must contain to match loosely, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a picker."""

    value: str
    """What the picker returns for it."""
    label: str
    note: str = ""
    """Dim text after the label."""
    slot: str = ""
    """The key that chooses it at once."""
    lead: str = ""
    """Text before the label, in place of the slot's key."""
    is_new: bool = False
    """Whether it is a new value, made of the typed text."""


def score(words: str, option: Option) -> float:
    """How well an option matches the typed text; 0 for no match."""
    if not words:
        return 1.0
    label, typed = option.label.casefold(), words.casefold()
    if typed in label:
        return 3.0 - label.index(typed) / 1000
    lit = sum(end - start for start, end in match_spans(words, option.label))
    share = lit / max(1, len(typed.replace(" ", "")))
    return min(share, 2.0) if share >= ENOUGH else 0.0
