"""Short names of values, of three cells or fewer, for narrow columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tui.display import cells, clean

WIDEST = 3
"""The cells of a short name, at most."""
_KNOWN: Mapping[str, str] = {
    "youtube": "yt", "podcast": "pod", "substack": "ss", "newsletter": "nl", "arxiv": "arx",
    "paper": "pap", "book": "bk", "x": "x", "twitter": "x", "reddit": "rd", "hn": "hn",
    "hackernews": "hn", "course": "crs", "film": "flm", "other": "oth", "website": "web",
    "web": "web", "medium": "med", "aihero": "aih", "internal": "int", "unknown": "?",
    "github": "gh", "linkedin": "li", "mastodon": "mst", "bluesky": "bsk", "spotify": "spo",
    "vimeo": "vim", "wikipedia": "wp", "telegram": "tg", "discord": "dc", "instagram": "ig",
    "tiktok": "tt", "email": "@", "e-mail": "@", "mail": "@",
}  # fmt: skip
"""The usual abbreviations of platforms."""
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ADDRESS = re.compile(r"(?:www\.)?([\w.-]+)\.[a-z]{2,}$")
_LONGEST = 60
"""The characters of a name that count."""


@lru_cache(maxsize=1_000)
def short_name(name: str) -> str:
    """The usual abbreviation of a name; else its initials, or its first letters."""
    text = clean(name, _LONGEST).strip()
    known = _KNOWN.get(text.casefold())
    if known is not None:
        return known
    if address := _ADDRESS.match(text.casefold()):
        text = address[1]
        known = _KNOWN.get(text)
    words = _WORD.findall(_HUMP.sub(" ", text)) or [text]
    known = known or _KNOWN.get("".join(words).casefold())
    if known is not None:
        return known
    return _cut("".join(word[0] for word in words) if len(words) > 1 else words[0])


def _cut(text: str) -> str:
    """The first letters, as many as three cells hold."""
    text = text.casefold()
    end = next((n for n in range(len(text), 0, -1) if cells(text[:n]) <= WIDEST), 0)
    return text[:end]
