"""Invisible characters: spaces that YAML takes for letters, and characters without width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

_SPACE = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WIDTHLESS = "\xad\u200b\u2060\ufeff"
"""Characters that are useless at the edge of a word; others join letters or change direction."""
_OTHERS = "\u034f\u061c\u180e\u200c-\u200f\u202a-\u202e\u2061-\u206f"
_UNSEEN = re.compile(f"[{_SPACE}{_WIDTHLESS}{_OTHERS}]")
_SPACES = re.compile(f"[{_SPACE}]")
_EDGE = re.compile(f"^[{_SPACE}{_WIDTHLESS} ]+|[{_SPACE}{_WIDTHLESS} ]+$")
_LEAD = re.compile(f"[ \t]*[{_SPACE}{_WIDTHLESS}][ \t{_SPACE}{_WIDTHLESS}]*")
_BEHIND = re.compile(
    f"((?:[\\w-]+|\"[^\"]*\"|'[^']*'):|[ \t]*-)[{_SPACE}{_WIDTHLESS}][ \t{_SPACE}{_WIDTHLESS}]*"
)
_NAMES = {"\x85": "next line", "\ufeff": "byte order mark"}
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһкмтвνοαρι", "aeopcyxijsdhkmtbvoapi")
"""Small letters of other scripts that look like Latin ones."""


_ODD = re.compile(f"[\x85\u2028\u2029{_SPACE}{_WIDTHLESS}]")


def has_unseen(header: str) -> bool:
    """Whether a header has characters that YAML may read differently from a person."""
    return _ODD.search(header) is not None


def named(sign: str) -> str:
    """A character's name with its code point: ``a no-break space (U+00A0)``."""
    name = _NAMES.get(sign) or unicodedata.name(sign, "invisible character").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(sign):04X})"


def first_unseen(text: str) -> str:
    """The name of the first invisible character of a text; empty when there is none."""
    found = _UNSEEN.search(text)
    return named(found[0]) if found else ""


def as_seen(text: str) -> str:
    """A name or word without its invisible characters."""
    return _UNSEEN.sub("", _SPACES.sub(" ", text)).strip()


def trimmed(text: str) -> str:
    """A text without invisible characters at its edges."""
    return _EDGE.sub("", text) if _UNSEEN.search(text) else text


def spaced(line: str) -> str:
    """A header's line with plain spaces for its indentation and after its colon or dash."""
    if line.isascii():
        return line
    lead = _LEAD.match(line)
    if lead is not None:
        line = as_spaces(lead[0]) + line[lead.end() :]
    return _BEHIND.sub(r"\1 ", line, count=1) if _BEHIND.match(line) else line


def as_spaces(run: str) -> str:
    """Plain spaces for characters that look like spaces; those without width are removed."""
    return _UNSEEN.sub("", _SPACES.sub(" ", run))


@lru_cache(maxsize=8192)  # a few names are in thousands of headers
def folded(name: str) -> str:
    """A form that is equal for names that look alike."""
    seen = unicodedata.normalize("NFKC", as_seen(name)).casefold()
    if not seen.isascii():
        seen = unicodedata.normalize("NFKC", seen)
        plain = seen.translate(_LOOKALIKES)
        # A word entirely in another script is not a look-alike.
        seen = plain if plain.isascii() else seen
    return seen


def same_seen(name: str, known: str) -> bool:
    """Whether two names look exactly the same."""
    return unicodedata.normalize("NFC", as_seen(name)) == unicodedata.normalize("NFC", known)


def lookalikes(
    names: Collection[Any], known: Mapping[str, str], spellings: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Names of a header that look like another name, each with that name.

    ``known`` has a schema's names by their ``folded`` form. The header may have ``spellings``
    instead of these, but not beside them.
    """
    seen: dict[str, str] = {}
    for name in names:
        if not isinstance(name, str):
            continue
        key = folded(name)
        other = known.get(key) or seen.setdefault(key, as_seen(name) or name)
        if name in spellings and other not in names:
            continue
        if other != name and name not in known.values():
            yield name, other


def looks_like(name: str, known: str) -> str:
    """Describe how a name differs from the known one it looks like."""
    unseen = first_unseen(name)
    if unseen:
        return f"{as_seen(name)} with {unseen}"
    if unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", known):
        return f"{name} in another Unicode form"
    if known.isascii() and not name.isascii():
        return f"{name} with look-alike letters"
    return name
