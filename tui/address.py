"""What an address of the web is: one line that a browser can open."""

from __future__ import annotations

import re

from tui.display import clean
from tui.errors import ValueRefused

SHOWN = 60
"""Letters of a text that is no address which a sentence repeats."""
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What ends a line for one program or another."""


def read_web_address(text: str) -> str:
    """The address in a text, without the blanks around it.

    Raises ValueRefused; its ``reason`` says why it is none, as the rest of a sentence.
    """
    word = text.strip()
    if reason := _fault(word):
        shown = clean(word, SHOWN)
        raise ValueRefused(f"“{shown}” {reason}", reason=reason)
    return word


def _fault(word: str) -> str:
    """Why a text is no address; empty when it is one."""
    from urllib.parse import urlsplit  # noqa: PLC0415 - for an address only

    if LINE_BREAK.search(word):
        return "has a line break"
    if clean(word) != word:
        # It would not be what one sees; a browser takes %-codes for such characters.
        return "has a control character or an invisible one"
    if re.search(r"\s", word):
        return "has a space"
    try:
        parts = urlsplit(word)
        # Reading a port that is no number raises too.
        named = parts.hostname and parts.port != 0
    except ValueError:
        return "has an invalid host or port"
    if parts.scheme not in ("http", "https"):
        return "does not begin with https:// or http://"
    return "" if named else "has no host"
