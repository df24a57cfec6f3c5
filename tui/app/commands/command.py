"""Command: what a key does, declared once for keys, palette, help and key bar."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.app.key_characters import key_of_character

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

Run = Callable[["TriageScreen"], None]
Refusal = Callable[["TriageScreen"], str | None]

_TYPED = {key_of_character(sign): sign for sign in string.punctuation}
"""The characters that keys type, by Textual's names of the keys."""
KEY_SIGNS = {
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
    """The refusal of a command that can always run: none."""
    return None


def needs_source(screen: TriageScreen) -> str | None:
    """The refusal of a command that needs a source."""
    return None if screen.current else "There is no source under the cursor."


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the triage screen."""

    id: str
    """``group.name``, its name in a config file."""
    keys: tuple[str, ...]
    """Textual's names of its keys, the one to show first."""
    name: str
    """Its name in ``?`` and in the palette."""
    run: Run
    bar: str = ""
    """Its word in the key bar; empty keeps it out."""
    refusal: Refusal = always
    """Why it cannot run now, in a sentence; None when it can."""

    @property
    def key_label(self) -> str:
        """Its keys as people write them."""
        between = ", " if any(" " in key for key in self.keys) else " "
        return between.join(key_sign(key) for key in self.keys)


def key_sign(key: str) -> str:
    """Keys as people write them: ``ctrl+d`` stays, ``slash`` becomes ``/``."""
    return " ".join(_sign(one) for one in key.split(" "))


def _sign(key: str) -> str:
    if key in KEY_SIGNS:
        return KEY_SIGNS[key]
    head, plus, base = key.rpartition("+")
    if base not in _TYPED and "_" in base:
        with suppress(KeyError):
            return f"{head}{plus}{unicodedata.lookup(base.replace('_', ' '))}"
    return f"{head}{plus}{_TYPED.get(base, base)}"
