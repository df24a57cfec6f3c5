"""The forms of escape sequences, after ECMA-48 and xterm's ctlseqs, and where they end."""

from __future__ import annotations

from re import compile as pattern
from typing import NamedTuple

ESC = "\x1b"
CSI = f"{ESC}["
LONGEST = 64
"""Characters of a control sequence; a longer one is damaged."""

BEGINS = pattern(r"[\x1b\x80-\x9f\udc80-\udc9f]")
"""ESC, or a C1 control, in UTF-8 or as a single byte that is not UTF-8."""
_STRINGS = frozenset("]P_^X")
"""OSC, DCS, APC, PM and SOS, which begin a string."""
STRING_ENDED = pattern(r"\x1b\\+|[\x9c\udc9c]")
"""ST."""
STRING_ENDS = pattern(r"\x1b\\+|[\x9c\udc9c\x07\x18\x1a]|\x1b(?=[^\\])")
"""ST, BEL, CAN, SUB, or the ESC of another sequence."""
PASTE_BEGINS = f"{CSI}200~"
PASTE_ENDS = pattern(r"(?:\x1b\[|[\x9b\udc9b])201~")
PASTE_MARK = 6
"""Characters of the mark that ends a paste."""

_CSI = pattern(
    r"(?:2[34]|[378])\$|\[[ -~]"  # function keys of rxvt and of the Linux console
    r"|<[^Mm\x00-\x20\x7f-\x9f\ud800-\udfff]{0,48}[Mm]"  # the mouse; some send NaN for a number
    r"|<\d+(?:;\d+){0,2}[@-~](?![!-~])"
    r"|[=>?]?[\d;:]+[ -/]*[@-~]|[=>?]?[ -/]*[@-Z\\-~]"
)
_CSI_BEGUN = pattern(r"<[^Mm\x00-\x20\x7f-\x9f\ud800-\udfff]*|\[|[=>?]?[\d;:]*[ -/]*")
_SHIFTED = {"N": pattern(r"([ -~])?"), "O": pattern(r"\d*([ -/:-~])?")}
"""What follows a single shift, SS2 or SS3."""


class End(NamedTuple):
    """Where a sequence ends in the text, and what it is."""

    at: int
    sequence: str | None = ""
    """Its text, beginning with ESC. Empty if it means nothing, None if it is damaged."""
    begins_string: bool = False


def _introducer(text: str, start: int) -> tuple[str, int]:
    """The character after ESC, empty if it has not arrived, and where the rest begins."""
    if text[start] == ESC:
        return text[start + 1 : start + 2], start + 2
    # A C1 control stands for ESC and the character 64 code points below it.
    return chr((ord(text[start]) & 0xFF) - 0x40), start + 1


def end_of(text: str, start: int) -> End | None:
    """Where the sequence that begins at ``start`` ends; None while it is incomplete.

    For a string or a paste that is the end of its introducer.
    """
    kind, body = _introducer(text, start)
    if kind == ESC:
        return End(start + 1, ESC)
    if not kind:
        return None
    if kind == "[":
        return _control_sequence(text, body)
    if kind in _SHIFTED:
        return _single_shift(text, body, kind)
    if kind in _STRINGS:
        return End(body, begins_string=True)
    return End(body, text[start:body] if text[start] == ESC else "")


def _control_sequence(text: str, body: int) -> End | None:
    if text.startswith("M", body):
        return _old_mouse_report(text, body)
    if whole := _CSI.match(text, body):
        return End(whole.end(), CSI + whole[0])
    begun = _CSI_BEGUN.match(text, body)
    end = begun.end() if begun else body
    return None if end == len(text) and end - body <= LONGEST else End(end, None)


def _old_mouse_report(text: str, body: int) -> End | None:
    """The end of a mouse report of three bytes, which may be no characters."""
    end, size = body + 1, 0
    while size < 3:
        if end == len(text):
            return None
        size += len(text[end].encode("utf-8", "surrogateescape"))
        end += 1
    return End(end, f"{CSI}M")


def _single_shift(text: str, body: int, kind: str) -> End | None:
    found = _SHIFTED[kind].match(text, body)
    end = found.end() if found else body
    if found and found[1]:
        return End(end, ESC + kind + found[0])
    return None if end == len(text) else End(end, None)
