"""Command: one thing a key does, declared once for keys, palette, help and key bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

Run = Callable[["TriageScreen"], None]
Refusal = Callable[["TriageScreen"], str | None]

KEY_SIGNS = {
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "equals_sign": "=",
    "plus": "+",
    "asterisk": "*",
    "space": "space",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "shift+tab": "⇧tab",
    "shift+down": "⇧↓",
    "shift+up": "⇧↑",
    "down": "↓",
    "up": "↑",
}
"""Textual's key names as people write them, where the two differ."""


def always(_screen: TriageScreen) -> str | None:
    """Nothing stands in the way."""
    return None


def needs_source(screen: TriageScreen) -> str | None:
    """Why a command that is about a source cannot run."""
    return None if screen.current else "There is no source under the cursor."


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the triage screen."""

    id: str
    """``group.name``: what a config file calls it."""
    keys: tuple[str, ...]
    """Textual's names of its keys, the one to show first."""
    name: str
    """What it does, as ``?`` and the palette say it."""
    run: Run
    bar: str = ""
    """Its word in the key bar; none keeps it out of there."""
    refusal: Refusal = always
    """Why it cannot run now, in a sentence; None when it can."""

    @property
    def key_label(self) -> str:
        """Its keys as people write them."""
        return " ".join(key_sign(key) for key in self.keys)


def key_sign(key: str) -> str:
    """A key's name as people write it: ``ctrl+d`` stays, ``slash`` becomes ``/``."""
    return KEY_SIGNS.get(key, key)
