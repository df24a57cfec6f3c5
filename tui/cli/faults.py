"""Every error as the sentence that the command line says."""

from __future__ import annotations

from tui.display import short
from tui.errors import SluiceError
from tui.reasons import advice, failed


def sentence_of(error: Exception) -> str:
    """What happened, and what helps."""
    if isinstance(error, SluiceError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"Not enough memory for this; {advice(error, 'read')}."
    if isinstance(error, OSError):
        named = f"Cannot use {short(error.filename)}" if error.filename else "That failed"
        return f"{named} {failed(error, 'write')}"
    # The user gets a sentence; a file keeps what a maintainer needs.
    from tui.state.log import tell_fault  # noqa: PLC0415 - on a fault only

    return tell_fault(error)
