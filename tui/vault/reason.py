"""What the system says went wrong."""

from __future__ import annotations


def reason(error: BaseException) -> str:
    """The system's own words, without numbers and paths."""
    return (getattr(error, "strerror", None) or str(error)).lower()
