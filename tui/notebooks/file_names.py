"""Names for exported files: such that every system takes them, and people know them again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category, normalize

MOST = 200
"""Most bytes of a name in UTF-8 with its ending.

File systems allow 255; some of them store letters with accents in twice the space.
"""
ENDING = ".md"
_BETWEEN = re.compile(r"\s*[:|/\\]+\s*")
"""Characters that separate parts of a title, and that no file name on Windows has."""
_WORDS = re.compile(r"(?<=[^\W_])[|/\\](?=[^\W_])|(?<=\d):(?=\d)")
"""The same inside a word, as in AC/DC and 10:30."""
_GONE = re.compile(r'["<>*?`@“”„«»‹›]+')
_APOSTROPHE = re.compile(r"['‘‛′]")
_NO_CHARACTERS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories of characters that nobody sees: controls, directions, halves of a pair."""
_AT_THE_ENDS = " .-~$_,;"
"""What no name begins or ends with: systems drop it, or programs read it as something else."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))",
    re.IGNORECASE,
)
"""Names of devices on Windows, whatever ending they have."""
_UNTITLED = "untitled"


def file_name(title: str, more: str = "", ending: str = ENDING, most: int = MOST) -> str:
    """The name of a file for a title, with ``more`` at its end if the title alone is taken."""
    plain = _plain(title) or _UNTITLED
    room = most - len(ending.encode())
    # At least half of the name is the title.
    after = f" ({_cut(_plain(more), room // 2 - 3)})" if more else ""
    name = _cut(plain, room - len(after.encode())) + after
    if device := _RESERVED.match(name):
        name = f"{device[0]}_{name[device.end() :]}"
    return name + ending


def taken_as(name: str) -> str:
    """A name as systems compare it that know no case, or no two forms of an accent."""
    return normalize("NFC", normalize("NFC", name).casefold())


class Names:
    """Gives every key a file name of its own.

    ``before`` has the names that keys had earlier; they keep them while they fit their titles.
    """

    def __init__(self, before: Mapping[str, str] | None = None) -> None:
        self._before = before or {}
        self._taken = {taken_as(name): key for key, name in self._before.items()}

    def take(self, key: str, title: str, more: str, ending: str = ENDING) -> str:
        """The name for a key with a title; ``more`` tells equal titles apart."""
        usual, longer = file_name(title, ending=ending), file_name(title, more, ending)
        if (old := self._before.get(key, "")) in (usual, longer):
            return old
        name, count = usual, 1
        while self._taken.get(taken_as(name), key) != key:
            name = longer if count == 1 else file_name(title, f"{count} {more}", ending)
            count += 1
        self._taken[taken_as(name)] = key
        return name


def _plain(text: str) -> str:
    """A text with only what every system takes in a name."""
    text = normalize("NFC", text)
    if not text.isascii() or not text.isprintable():
        shown = (
            " " if char.isspace() else char
            for char in text
            if char.isspace() or category(char) not in _NO_CHARACTERS
        )
        text = "".join(shown)
    text = _GONE.sub("", _APOSTROPHE.sub("’", text))
    text = _BETWEEN.sub(" - ", _WORDS.sub("-", text))
    return _trimmed(" ".join(text.split()))


def _trimmed(text: str) -> str:
    return text.strip(_AT_THE_ENDS)


def _cut(text: str, most: int) -> str:
    """The text in at most ``most`` bytes, cut after a word where there is one near."""
    data = text.encode()
    if len(data) <= most:
        return text
    cut = data[:most].decode("utf-8", "ignore")
    if not text[len(cut)].isspace():
        words = cut.rpartition(" ")[0]
        cut = words if len(words) > len(cut) // 2 else cut
    # A letter loses no accent that follows it, unless it has more than fit.
    whole = cut
    while whole and category(text[len(whole)]).startswith("M"):
        whole = whole[:-1]
    return _trimmed(whole) or cut
