"""Author: who made a change and why, as a script, an agent or an import says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.display import counted, short
from tui.errors import ValueRefused
from tui.vault.source import one_form

LONGEST_NAME = 80
"""Most characters of a name."""
LONGEST_REASON = 1_000
"""Most characters of a reason."""
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line breaks, changes of the writing direction, invalid bytes."""


class Author(NamedTuple):
    """Who made a change, and the reason; each may be empty."""

    by: str = ""
    why: str = ""
    proposals: tuple[Mapping[str, Any], ...] = ()
    """The proposals that the change takes or refuses, as they are stored."""


NOBODY = Author()
"""The author of a change for which nobody was named."""


def read_author_name(text: str) -> str:
    """A name as given, without blanks around it. Raises ValueRefused."""
    return _read(text, "a name", LONGEST_NAME)


def read_reason(text: str) -> str:
    """A reason as given, without blanks around it. Raises ValueRefused."""
    return _read(text, "a reason", LONGEST_REASON)


def _read(text: str, what: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueRefused(f"{what} has at most {counted(longest, 'character')}, not {len(text):,}")
    if UNFIT.search(text):
        raise ValueRefused(
            f"“{short(text)}” has a line break or a control character; {what} is one line of text"
        )
    text = one_form(text.strip())
    if not short(text).strip():
        raise ValueRefused(f"{what} cannot be empty")
    return text
