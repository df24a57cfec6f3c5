"""Web addresses: one line that a browser can open."""

from __future__ import annotations

import re

from tui.display import clean
from tui.errors import ValueRefused

SHOWN = 60
"""Characters of an invalid address to quote in a sentence."""
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""All kinds of line breaks."""


def read_web_address(text: str) -> str:
    """Read the address in a text, without outer spaces.

    Raises ValueRefused; its ``reason`` completes a sentence such as "it has a space".
    """
    word = text.strip()
    if reason := _fault(word):
        shown = clean(word, SHOWN)
        raise ValueRefused(f"“{shown}” {reason}", reason=reason)
    return word


def _fault(word: str) -> str:
    """Why a text is not an address; empty when it is one."""
    from urllib.parse import urlsplit  # noqa: PLC0415 - for an address only

    if LINE_BREAK.search(word):
        return "has a line break"
    if clean(word) != word:
        # The address would differ from what is visible; browsers use %-codes for these.
        return "has a control character or an invisible one"
    if re.search(r"\s", word):
        return "has a space"
    try:
        parts = urlsplit(word)
        # Reading an invalid port also raises.
        named = parts.hostname and parts.port != 0
    except ValueError:
        return "has an invalid host or port"
    if parts.scheme not in ("http", "https"):
        return "does not begin with https:// or http://"
    return "" if named else "has no host"
