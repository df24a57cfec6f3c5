"""What is known of fields by whoever looks for what a header hides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tui.vault.source import Flaw


class Known(NamedTuple):
    """What a schema knows of fields."""

    names: Mapping[str, str]
    """Their names, by what ``folded`` makes of them."""
    fits: Callable[[str, Any], bool]
    """Whether a field may hold a value; one that is not known may hold any."""


def is_comment(flaw: Flaw, held: Any, fits: Callable[[str, Any], bool]) -> bool:
    """Whether a text behind a value is a comment: the value is one for its field without it."""
    whole = flaw.text
    return held not in (None, "") and fits(flaw.field, held) and not fits(flaw.field, whole)
