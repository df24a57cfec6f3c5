"""What a key of another keyboard layout is on the keyboard that the commands are named after.

The tables are those of xkeyboard-config 2.35, as symbols/ru (winkeys), symbols/ua and
symbols/gr have them, key by key against symbols/us. A letter that two layouts have on different
keys counts as the Russian or the Ukrainian one.
"""

from __future__ import annotations

from textual.keys import _character_to_key

_ROWS = (
    ("ёйцукенгшщзхъ", "`qwertyuiop[]"),
    ("фывапролджэ", "asdfghjkl;'"),
    ("ячсмитьбю", "zxcvbnm,."),
    ("іїєґў", "s]'\\o"),
    ("ςερτυθιοπ", "wertyuiop"),
    ("ασδφγηξκλ", "asdfghjkl"),
    ("ζχψωβνμ", "zxcvbnm"),
)
"""Letters, and what is on their keys."""
_SHIFTED = dict(zip("`[];',.\\", '~{}:"<>|', strict=True))
_MOVED = {
    "Cyrillic": {".": "/", ",": "?", '"': "@", "№": "#", ";": "$", ":": "^"},
    "Greek": {";": "q", ":": "Q"},
}
"""Signs that a layout has on other keys, by the script of its letters.

What a Russian keyboard types as ``?`` and ``/`` stays: both are signs of commands.
"""


def _letters() -> dict[str, str]:
    table: dict[str, str] = {}
    for theirs, ours in _ROWS:
        for letter, sign in zip(theirs, ours, strict=True):
            table[letter] = sign
            # The last sigma of a word has no capital of its own.
            table.setdefault(letter.upper(), _SHIFTED.get(sign, sign.upper()))
    return table | {"Σ": "S"}


LETTERS = _letters()
"""Every letter of those layouts with the sign on its key."""


class Layout:
    """The keyboard's layout, as far as the letters typed so far tell it.

    A full stop may come from any layout, and is on the key of the slash on one of them:
    the letters before it decide.
    """

    def __init__(self) -> None:
        self._script = ""

    def see(self, sign: str | None) -> None:
        """Take notice of what a key typed."""
        if sign and sign.isalpha():
            self._script = ""
            if sign in LETTERS:
                self._script = "Greek" if "Ͱ" <= sign < "Ѐ" else "Cyrillic"

    def sign_of(self, sign: str) -> str | None:
        """What is on the key that typed this; None when it is the same."""
        return LETTERS.get(sign) or _MOVED.get(self._script, {}).get(sign)

    def key_of(self, key: str) -> str | None:
        """Textual's name of a key as it would be on that keyboard; None when it is the same."""
        modifiers, plus, base = key.rpartition("+")
        sign = self.sign_of(_NAMED.get(base, base))
        return None if sign is None else f"{modifiers}{plus}{_character_to_key(sign)}"


_NAMED = {_character_to_key(sign): sign for table in _MOVED.values() for sign in table}
"""The moved signs by Textual's names of their keys."""
