"""What may be copied: text that does nothing when it is pasted, into a shell or anywhere else."""

from __future__ import annotations

import re

from tui.address import LINE_BREAK

_TAB = "    "
"""A tab as it is shown; pasted into a shell it would complete words."""
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the letters around them about.

Marks that a script needs to be written stay: joiners, variation selectors, single marks of
direction.
"""
_SURROGATES = re.compile("[\ud800-\udfff]")
"""What is no character and cannot be encoded."""


def as_line(text: str) -> str:
    """The text on one line: breaks and tabs are blanks, control characters are dropped."""
    return _plain(LINE_BREAK.sub(" ", text).replace("\t", " ")).strip()


def as_lines(text: str) -> str:
    """The text with its lines and no other control character; a tab is four blanks."""
    return _plain(LINE_BREAK.sub("\n", text).replace("\t", _TAB))


def _plain(text: str) -> str:
    kept = "\n".join(_DROPPED.sub("", line) for line in text.split("\n"))
    return _SURROGATES.sub("\ufffd", kept)
