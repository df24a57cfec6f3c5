"""An error nobody foresaw: a sentence for the person, the details in a file."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path


def tell_fault(error: Exception) -> str:
    """The sentence to show; what a maintainer needs is added to ``errors.log``."""
    said = f"This is a fault in sluice ({type(error).__name__}: {error})"
    try:
        return f"{said}; the details are in {_log(error)}."
    except Exception:
        # A second fault must not hide the first: platformdirs missing, a full disk.
        return f"{said}."


def _log(error: Exception) -> Path:
    """The file that now ends with the error's details."""
    from tui.state.places import places  # noqa: PLC0415 - it may be what is broken

    log = places().state / "errors.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{datetime.now(UTC).isoformat()} {sys.argv}\n")
        file.writelines(traceback.format_exception(error))
    return log
