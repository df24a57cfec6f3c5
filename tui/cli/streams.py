"""The process's own streams: closed ones, and output still unwritten at the end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys


class _Closed(io.TextIOBase):
    """Stands in for a stream that the process was started without, as by ``<&-``."""

    def __init__(self, *, heard: bool) -> None:
        self._heard = heard
        """Whether losing what is written is an error; not for words on a closed stderr."""
        self._lost = False

    def write(self, text: str) -> int:
        """Refuse to write. Raises OSError if somebody misses it."""
        self._lost = self._heard
        self.flush()
        return len(text)

    def flush(self) -> None:
        """Raises OSError if something was lost."""
        if self._lost:
            raise OSError(errno.EBADF, "it is closed")

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002
        """Refuse to read. Raises OSError."""
        raise OSError(errno.EBADF, "it is closed")


def open_closed_streams() -> None:
    """Give the process the streams it was started without.

    Their numbers are taken too. Otherwise the next file opened would get one of them, and a
    program started by sluice would write its output into that file.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            if os.name == "posix":
                # A folder can be neither read nor written, and this one always exists.
                os.open(os.sep, os.O_RDONLY)
            setattr(sys, name, _Closed(heard=name != "stderr"))


def drop(name: str) -> None:
    """Forget a stream's unwritten output: Python would try again at exit, and complain."""
    # /dev/null may be missing.
    setattr(sys, name, io.StringIO())


def lose_stderr(error: Exception) -> None:
    """Write no more words to stderr; ``is_heard`` is then False, unless the reader left."""
    if isinstance(error, BrokenPipeError):
        drop("stderr")
    else:
        sys.stderr = _Closed(heard=True)
        with contextlib.suppress(OSError):
            sys.stderr.write("")


def is_heard() -> bool:
    """Whether everything for stderr was written; what cannot be written is dropped."""
    try:
        sys.stderr.flush()
    except BrokenPipeError:
        drop("stderr")
    except (OSError, ValueError):
        drop("stderr")
        return False
    return True
