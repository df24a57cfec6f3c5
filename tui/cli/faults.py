"""An error nobody foresaw: a sentence for the person, the details in a file."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime

from tui.state.places import places


def tell_fault(error: Exception) -> str:
    """The sentence to show; what a maintainer needs is added to ``errors.log``."""
    said = f"This is a fault in sluice ({type(error).__name__}: {error})"
    log = places().state / "errors.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat()} {sys.argv}\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return f"{said}."
    return f"{said}; the details are in {log}."
