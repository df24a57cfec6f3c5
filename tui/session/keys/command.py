"""Command: what a key is for, declared once for keys, palette, help and key bar."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tui.session.keys.characters import key_of_character

_TYPED = {key_of_character(sign): sign for sign in string.punctuation}
"""The characters that keys type, by Textual's names of the keys."""
KEY_SIGNS = {
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "shift+tab": "⇧tab",
    "shift+down": "⇧↓",
    "shift+up": "⇧↑",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "down": "↓",
    "up": "↑",
    "right": "→",
    "left": "←",
}
"""Textual's key names as people write them, where the two differ."""

Actions = dict[str, Callable[[], object]]
"""What commands do, by their ids."""
CountedActions = dict[str, Callable[[int], object]]
"""What commands do with a count typed before them, by their ids."""
Refusals = dict[str, Callable[[], str | None]]
"""Why commands cannot run now, by their ids: a sentence, or None when they can."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a key can do."""

    id: str
    """``group.name``, its name in a config file."""
    keys: tuple[str, ...]
    """Textual's names of its keys, the one to show first."""
    name: str
    """Its name in ``?`` and in the palette."""
    bar: str = ""
    """Its word in the key bar; empty keeps it out."""
    needs_source: bool = False
    """Whether it needs a source under the cursor."""
    yields: bool = False
    """Whether another command may have its keys in a config file, which may be older than it."""

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
