"""Memory: what the next key may want again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Memory:
    """What was decided or edited last."""

    category: str = ""
    """The category decided last, by any key."""
    field: str = ""
    """The field edited last."""
