"""The error log: classes, code locations and file names, never content of sources."""

from __future__ import annotations

import errno
import logging
import platform
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui import __version__
from tui.display import clean
from tui.private import open_file
from tui.state.folders import user_folders

LOG_FILE = "sluice.log"
LONGEST = 256 * 1024
"""Size in bytes at which a new log is started."""
OLDER = 2
"""Number of old logs to keep."""
_MOST_PLACES = 30
"""Maximum number of stack frames to note for an error: a recursion has a thousand."""
_MOST_NAMES = 20


class _Handler(RotatingFileHandler):
    """A log handler that raises write errors instead of printing a traceback."""

    def _open(self) -> TextIOWrapper:
        name, errors = self.baseFilename, "backslashreplace"
        return open(name, "a", encoding="utf-8", errors=errors, opener=open_file)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's own
        """Raise the error to the caller."""
        error = sys.exception()
        if error is not None:
            raise error


def tell_fault(error: BaseException) -> str:
    """The sentence for an unexpected error, which is also logged."""
    said = f"Internal error in sluice ({clean(f'{type(error).__name__}: {error}', 200)})"
    try:
        return f"{said}; see {note_fault(user_folders().state, error)}."
    except Exception:
        # A second fault must not hide the first: platformdirs missing, a full disk.
        return f"{said}."


def note_fault(folder: Path, error: BaseException) -> Path:
    """Append the origin of an error to the log below ``folder``; return the log's path.

    The error's message is left out: it may quote a source. Raises OSError.
    """
    system = f"sluice {__version__}, Python {platform.python_version()}, {sys.platform}"
    return _write(folder, "\n".join([f"fault ({system})", *_history(error)]))


def note_refusal(folder: Path, error: Exception, names: Sequence[str]) -> None:
    """Log that a change of these files was refused; write errors are ignored."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    about = ", ".join(clean(name) for name in names[:_MOST_NAMES])
    try:
        _write(folder, f"refused {_class(error)}: {about}{more}")
    except OSError:
        # The refusal is on the screen anyway.
        return


def _write(folder: Path, text: str) -> Path:
    path = folder / LOG_FILE
    handler = _Handler(path, maxBytes=LONGEST, backupCount=OLDER)
    try:
        said = f"{datetime.now(UTC).isoformat(timespec='seconds')} {text}"
        handler.emit(logging.LogRecord("sluice", logging.ERROR, "", 0, said, None, None))
    finally:
        handler.close()
    return path


def _history(error: BaseException) -> Iterator[str]:
    """The error and its causes, each with its stack frames."""
    seen: set[int] = set()
    this: BaseException | None = error
    while this is not None and id(this) not in seen:
        seen.add(id(this))
        yield f"  {_class(this)}"
        for frame in traceback.extract_tb(this.__traceback__)[-_MOST_PLACES:]:
            yield f"    {frame.filename}:{frame.lineno} {frame.name}"
        this = this.__cause__ or this.__context__


def _class(error: BaseException) -> str:
    number = error.errno if isinstance(error, OSError) else None
    said = f" {errno.errorcode.get(number, number)}" if number is not None else ""
    return type(error).__qualname__ + said
