"""The names that Textual gives to the keys that type a character.

What reads and shows keys needs no Textual for them.
"""

from __future__ import annotations

import unicodedata

_COMMON = {
    "\t": "tab",
    "/": "slash",
    "\\": "backslash",
    "@": "at",
    "-": "minus",
    "+": "plus",
    "_": "underscore",
}
"""Characters whose name in Unicode nobody uses."""


def key_of_character(character: str) -> str:
    """The key that types a character: ``a`` for a, ``full_stop`` for a full stop.

    A character without a name in Unicode is its own key.
    """
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _COMMON.get(character) or name or character
