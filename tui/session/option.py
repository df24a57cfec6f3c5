"""Option: one row of a picker, and how well it matches a typed text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.numbers import DIGITS
from tui.search.highlight import match_spans

SLOTS = f"{DIGITS}-="
"""The keys that choose the first options of a list at once."""
ENOUGH = 0.75
"""The share of the typed letters that a label must contain to match loosely, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a picker."""

    value: str
    """What the picker returns for it."""
    label: str
    note: str = ""
    """Dim words at the end."""
    slot: str = ""
    """The key that chooses it at once."""
    lead: str = ""
    """Keys to show in place of the slot's."""
    sign: str = ""
    """A symbol before the key: ``≈`` for a suggestion, ``✓`` for what is chosen."""
    number: str = ""
    """A count or a percentage."""
    after: str = ""
    """A dim word right behind the label: ``now``."""
    colour: str = ""
    """The theme's colour of the label's first character."""
    id: str = ""
    """What the edge of the box says while the cursor is on it."""
    is_chosen: bool = False
    """Whether it is part of what is chosen."""
    is_dim: bool = False
    """Whether all of it is dim, as what no longer counts."""
    is_new: bool = False
    """Whether it is a new value, made of the typed text."""
    is_prose: bool = False
    """Whether it is words between the rows, which the cursor skips."""
    is_heading: bool = False
    """Whether such words are a heading."""

    @property
    def key(self) -> str:
        """The keys that are shown."""
        return self.lead or self.slot


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


def matching(options: Sequence[Option], typed: str, new: str = "") -> list[Option]:
    """The options that match the typed text, best first; and a new one, if there may be one.

    ``new`` is what a text without such an option becomes ("new category"); empty if it cannot.
    """
    words = typed.strip()
    if not words:
        return list(options)
    scored = [(score(words, option), option) for option in options if not option.is_prose]
    found = [pair for pair in scored if pair[0] > 0]
    found.sort(key=lambda pair: -pair[0])
    shown = [option for _, option in found]
    if new and words not in {option.value for option in options}:
        label = f"{new} “{words}”"
        shown.append(Option(words, label, "enter adds it", sign="+", is_new=True))
    return shown
