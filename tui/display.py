"""Makes text safe for a terminal, and measures it in cells.

Everything shown goes through here; nothing saved does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_DROPPED = (
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"  # soft hyphen, joiners, fillers
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, bidi, line separators
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # fillers, variation selectors, BOM
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "\U0001f3fb-\U0001f3ff"  # skin tones, which terminals measure differently
    "\U000e0000-\U000e0fff"  # tags and further variation selectors
    "]+"
)
_CONTROL = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_NARROW = ("[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u038a\u038e-\u03a1"
           "\u03a3-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u2199\u2400-\u2426"
           "\u2500-\u25fc\u2800-\u28ff]*")  # fmt: skip
"""Text with one cell per character. Other text needs Rich, whose tables take 10 ms to import."""
QUOTED = 80
"""The most characters of a quoted value."""
LISTED = 20
"""The most names that a sentence lists."""
_MOST_PER_CELL = 8
"""More characters per cell than this are stacked marks, not writing."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    # Most commands show only plain ASCII and never need one.
    return re.compile(text)


@cache
def _pictures(tab: str, line_break: str) -> dict[int, str]:
    """The replacement for each control code and lone surrogate."""
    return {
        **{code: chr(0x2400 + code) for code in range(0x20)},
        0x7F: "\u2421",
        # Unicode has no pictures for C1 controls: "substitute" represents all of them.
        **dict.fromkeys(range(0x80, 0xA0), "\u2426"),
        **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
        0x09: tab,
        0x0A: line_break,
    }


def clean(text: str, limit: int | None = None) -> str:
    """The text on one line, with nothing a terminal acts on, of at most `limit` characters."""
    if limit is not None:
        text = _capped(text, limit)
    if text.isascii() and text.isprintable():
        return text
    return _visible(text, " ", " ")


def short(value: object) -> str:
    """A value as a sentence quotes it: on one line, safe, and cut to ``QUOTED`` characters."""
    try:
        text = value if isinstance(value, str) else str(value)
    except (ValueError, RecursionError):
        # Python does not convert numbers of more than 4,300 digits.
        return "a value that is too large to show"
    return clean(text, QUOTED)


def listed(names: Sequence[str], between: str = ", ") -> str:
    """Names as a sentence lists them; of many, the first ``LISTED`` and how many more."""
    told = [short(name) for name in names[:LISTED]]
    more = len(names) - len(told)
    return between.join([*told, f"{more:,} more"] if more else told)


def counted(number: int, one: str = "source") -> str:
    """A number and its noun: ``1 source``, ``1,200 sources``, ``2 addresses``."""
    many = f"{one}es" if one.endswith("s") else f"{one}s"
    return f"{number:,} {one if number == 1 else many}"


def percent(share: float) -> str:
    """A share (0 to 1) as a percentage."""
    whole = round(share * 100)
    if share > 0 and whole == 0:
        return "<1 %"
    if share < 1 and whole == 100:
        return ">99 %"
    return f"{whole} %"


def clean_lines(text: str) -> str:
    """The same as ``clean``, but with line breaks, and tabs as four spaces."""
    return _visible(text, "    ", "\n")


def cells(text: str) -> int:
    """The width of clean text in terminal cells."""
    if _is_narrow(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - only when the text needs it

    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Clean text of exactly `width` cells, cut with an ellipsis or padded with spaces."""
    if width <= 0:
        return ""
    most = width * _MOST_PER_CELL
    head = text[:most]
    filled = cells(head)
    if filled <= width and len(text) <= most:
        return text + " " * (width - filled)
    cut = _first_cells(head, width - 1).rstrip() + "…"
    return cut + " " * (width - cells(cut))


def _capped(text: str, limit: int | None) -> str:
    if limit is None or len(text) <= limit:
        return text
    return text[: max(limit - 1, 0)] + "…"


def _visible(text: str, tab: str, line_break: str) -> str:
    text = _pattern(_DROPPED).sub("", text.replace("\r\n", "\n"))
    if _pattern(_CONTROL).search(text):
        return text.translate(_pictures(tab, line_break))
    return text


def _is_narrow(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or bool(_pattern(_NARROW).fullmatch(text))


def _first_cells(text: str, width: int) -> str:
    """The part of the text that fits; half a wide character becomes a space."""
    if _is_narrow(text):
        return text[:width]
    from rich.cells import set_cell_size  # noqa: PLC0415 - only when the text needs it

    return set_cell_size(text, width)
