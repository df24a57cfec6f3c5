"""Text made safe to paste into a shell or anywhere else."""

from __future__ import annotations

import re

from tui.address import LINE_BREAK

_TAB = "    "
"""A tab as displayed; in a shell a real one would complete words."""
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that reverse the text around them.

Characters that some scripts need are kept: joiners, variation selectors, single direction marks.
"""
_SURROGATES = re.compile("[\ud800-\udfff]")
"""Code points that are not characters and cannot be encoded."""


def as_line(text: str) -> str:
    """The text on one line: line breaks and tabs become spaces, control characters go."""
    return _plain(LINE_BREAK.sub(" ", text).replace("\t", " ")).strip()


def as_lines(text: str) -> str:
    """The text with its line breaks but no other control characters; a tab becomes four spaces."""
    return _plain(LINE_BREAK.sub("\n", text).replace("\t", _TAB))


def _plain(text: str) -> str:
    kept = "\n".join(_DROPPED.sub("", line) for line in text.split("\n"))
    return _SURROGATES.sub("\ufffd", kept)
