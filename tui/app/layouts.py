"""Keys of other keyboard layouts, translated to the US layout that commands are named after.

The tables follow xkeyboard-config 2.35: symbols/ru (winkeys), symbols/ua and symbols/gr, key by
key against symbols/us. A letter that two layouts have on different keys counts as the Russian or
the Ukrainian one.
"""

from __future__ import annotations

from tui.session.keys.characters import key_of_character

_ROWS = (
    ("ёйцукенгшщзхъ", "`qwertyuiop[]"),
    ("фывапролджэ", "asdfghjkl;'"),
    ("ячсмитьбю", "zxcvbnm,."),
    ("іїєґў", "s]'\\o"),
    ("ςερτυθιοπ", "wertyuiop"),
    ("ασδφγηξκλ", "asdfghjkl"),
    ("ζχψωβνμ", "zxcvbnm"),
)
"""Letters, and the characters on the same keys of the US layout."""
_SHIFTED = dict(zip("`[];',.\\", '~{}:"<>|', strict=True))
_MOVED = {
    "Cyrillic": {".": "/", ",": "?", '"': "@", "№": "#", ";": "$", ":": "^"},
    "Greek": {";": "q", ":": "Q"},
}
"""Characters that a layout has on other keys, by the script of its letters.

What a Russian keyboard types as ``?`` and ``/`` is kept: both are keys of commands.
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
"""Every letter of those layouts, with the US character on its key."""


class KeyboardLayout:
    """The keyboard's layout, guessed from the letters typed so far.

    A full stop is on a different key in each layout, so the letters before it decide.
    """

    def __init__(self) -> None:
        self._script = ""

    def see(self, sign: str | None) -> None:
        """Learn from the character that a key typed."""
        if sign and sign.isalpha():
            self._script = ""
            if sign in LETTERS:
                self._script = "Greek" if "Ͱ" <= sign < "Ѐ" else "Cyrillic"

    def sign_of(self, sign: str) -> str | None:
        """The US character on the key that typed this; None when it is the same."""
        return LETTERS.get(sign) or _MOVED.get(self._script, {}).get(sign)

    def key_of(self, key: str) -> str | None:
        """Textual's name of the same key in the US layout; None when it is the same."""
        modifiers, plus, base = key.rpartition("+")
        sign = self.sign_of(_NAMED.get(base, base))
        return None if sign is None else f"{modifiers}{plus}{key_of_character(sign)}"


_NAMED = {key_of_character(sign): sign for table in _MOVED.values() for sign in table}
"""The moved characters, by Textual's names of their keys."""
