"""Key names: from what people write to Textual's."""

from __future__ import annotations

import string
from difflib import get_close_matches

from tui.display import short
from tui.errors import SettingsError
from tui.session.keys.characters import key_of_character

_NAMED = frozenset(
    {
        *("space", "tab", "enter", "escape", "backspace", "delete", "insert"),
        *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 25)),
        *(key_of_character(sign) for sign in string.punctuation),
    }
)
"""Textual's key names of more than one letter."""
_ALSO = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "spacebar": "space",
    "pgup": "pageup", "pgdn": "pagedown", "page_up": "pageup", "page_down": "pagedown",
    "↑": "up", "↓": "down", "←": "left", "→": "right",
}  # fmt: skip
"""Other names that people use for them."""
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "option": "alt", "shift": "shift"}
_THE_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}
"""Keys that send the same as another key."""
_SPELLINGS = (*_NAMED, *_ALSO, *(f"ctrl+{letter}" for letter in string.ascii_lowercase))


def read_key(text: str) -> str:
    """Textual's name of a key as people write it; for a sequence, the names with spaces.

    Raises SettingsError.
    """
    if text == " ":
        return "space"
    words = text.split()
    if not words:
        raise SettingsError("`` is not a key; write one like `m` or `ctrl+f`.")
    return " ".join(_read_one(word) for word in words)


def _read_one(word: str) -> str:
    if len(word) == 1 and word not in _ALSO:
        return key_of_character(word)
    head, _, base = word.replace("⇧", "shift+").rpartition("+")
    if word.endswith("+") and not base:
        head, base = head.removesuffix("+"), "+"
    modifiers = {_MODIFIERS.get(part.casefold()) for part in head.split("+") if part}
    name = _base(base)
    if name is None or None in modifiers:
        raise SettingsError(f"`{short(word)}` is not a key{_nearest(word)}")
    if "shift" in modifiers and len(name) == 1:
        if not name.isalpha():
            raise SettingsError(f"`{short(word)}` is not a key; write the character it types.")
        if modifiers == {"shift"}:
            return name.upper()
    if len(name) == 1 and modifiers:
        if name.isupper() and "alt" in modifiers:
            modifiers.add("shift")
        name = name.lower()
    key = "+".join([*sorted(filter(None, modifiers)), name])
    return _THE_SAME.get(key, key)


def _base(base: str) -> str | None:
    """Textual's name of a key without its modifiers."""
    if len(base) == 1 and base not in _ALSO:
        return key_of_character(base) if base.isprintable() else None
    name = _ALSO.get(base.casefold(), base.casefold())
    return name if name in _NAMED else None


def _nearest(word: str) -> str:
    near = get_close_matches(word.casefold(), _SPELLINGS, 1)
    return f"; did you mean `{near[0]}`?" if near else "; write one like `m` or `ctrl+f`."
