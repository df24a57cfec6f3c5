"""Reading: whether the vault is being read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Reading:
    """How far the reading of the vault has come."""

    busy: bool = True
    """Whether the vault is being read."""
    count: int = 0
    """The sources read so far."""
