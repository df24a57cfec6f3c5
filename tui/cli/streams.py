"""The process's own streams: closed ones, and what is left in them at the end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys


class _Closed(io.TextIOBase):
    """In the place of a stream that the process was started without, as by ``<&-``."""

    def __init__(self, *, heard: bool) -> None:
        self._heard = heard
        """Whether somebody misses what is written: the words on stderr nobody asked for."""
        self._lost = False

    def write(self, text: str) -> int:
        """Refuse it. Raises OSError."""
        self._lost = self._heard
        self.flush()
        return len(text)

    def flush(self) -> None:
        """Say again what was refused. Raises OSError."""
        if self._lost:
            raise OSError(errno.EBADF, "it is closed")

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002
        """Refuse to read. Raises OSError."""
        raise OSError(errno.EBADF, "it is closed")


def open_closed_streams() -> None:
    """Give the process the streams it was started without.

    Their numbers are taken too: else the next file that is opened would have one of them, and
    what another program of ours writes to its stdout would be written into that file.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            if os.name == "posix":
                # A folder, which can be neither read nor written, and is always there.
                os.open(os.sep, os.O_RDONLY)
            setattr(sys, name, _Closed(heard=name != "stderr"))


def drop(name: str) -> None:
    """Forget what a stream has not written yet: Python would try again at exit, and complain."""
    # Not by way of /dev/null, which may be missing.
    setattr(sys, name, io.StringIO())


def lose_stderr(error: Exception) -> None:
    """Write no more words for the person; ``is_heard`` tells so, unless they heard enough."""
    if isinstance(error, BrokenPipeError):
        drop("stderr")
    else:
        sys.stderr = _Closed(heard=True)
        with contextlib.suppress(OSError):
            sys.stderr.write("")


def is_heard() -> bool:
    """Whether all words for the person are out; those that cannot be are dropped."""
    try:
        sys.stderr.flush()
    except BrokenPipeError:
        drop("stderr")
    except (OSError, ValueError):
        drop("stderr")
        return False
    return True
