"""Known: the schema's fields, for the checks of hidden data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tui.vault.source import Flaw


class Known(NamedTuple):
    """The fields of a schema."""

    names: Mapping[str, str]
    """Field names by their ``folded`` form."""
    fits: Callable[[str, Any], bool]
    """Whether a value fits a field; an unknown field takes any value."""
    spellings: frozenset[str] = frozenset()
    """Names that a header may have instead of one of these."""


def is_comment(flaw: Flaw, held: Any, fits: Callable[[str, Any], bool]) -> bool:
    """Whether text after a value is really a comment: the value alone fits its field."""
    whole = flaw.text
    return held not in (None, "") and fits(flaw.field, held) and not fits(flaw.field, whole)
