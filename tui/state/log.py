"""The log of what went wrong: classes, places and file names, never a word of the sources."""

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
from tui.state.places import places

LOG_FILE = "sluice.log"
LONGEST = 256 * 1024
"""Bytes after which the log is put aside and a new one begun."""
OLDER = 2
"""How many logs put aside are kept."""
_MOST_PLACES = 30
"""Places in the code that are noted of one error: a recursion has a thousand."""
_MOST_NAMES = 20


class _Handler(RotatingFileHandler):
    """A log file that says when it cannot be written, instead of printing a traceback."""

    def _open(self) -> TextIOWrapper:
        name, errors = self.baseFilename, "backslashreplace"
        return open(name, "a", encoding="utf-8", errors=errors, opener=open_file)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's own
        """Hand the error on to whoever logs."""
        error = sys.exception()
        if error is not None:
            raise error


def tell_fault(error: BaseException) -> str:
    """The sentence about an error nobody foresaw, which is noted for a maintainer."""
    said = f"Internal error in sluice ({clean(f'{type(error).__name__}: {error}', 200)})"
    try:
        return f"{said}; see {note_fault(places().state, error)}."
    except Exception:
        # A second fault must not hide the first: platformdirs missing, a full disk.
        return f"{said}."


def note_fault(folder: Path, error: BaseException) -> Path:
    """The log below ``folder``, which now ends with where the error came from.

    Without the error's own words: they may quote a source. Raises OSError.
    """
    system = f"sluice {__version__}, Python {platform.python_version()}, {sys.platform}"
    return _write(folder, "\n".join([f"fault ({system})", *_history(error)]))


def note_refusal(folder: Path, error: Exception, names: Sequence[str]) -> None:
    """Note that a change of these files was refused; passed over when that cannot be."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    about = ", ".join(clean(name) for name in names[:_MOST_NAMES])
    try:
        _write(folder, f"refused {_class(error)}: {about}{more}")
    except OSError:
        # The refusal itself is on the screen; a log that cannot be kept changes nothing.
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
    """The error and those it came from, each with the places it went through."""
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
