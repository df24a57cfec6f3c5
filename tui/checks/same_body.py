"""Sources with the same text below the header."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from tui.errors import StorageError
from tui.vault.disk.folder import Opener
from tui.vault.source import Source

SHORTEST = 200
"""Shorter texts may be equal by chance or come from a script."""
_HEADERS_APART = 3_000
"""Maximum size difference, in bytes, between the headers of files with the same text."""
_TAIL = 160
"""Bytes at the end of files to compare first."""
_SLACK = _TAIL


def same_body(
    source: Source,
    sources: Iterable[Source],
    read_body: Callable[[Source], str],
    go_on: Callable[[], bool] = lambda: True,
) -> Iterator[Source]:
    """Find the others with the same text; for most files the size or the end is enough."""
    body = _text(source, read_body)
    if len(body) < SHORTEST or source.is_cut:
        return
    tail = _tail(source)
    for other in sources:
        if abs(other.stamp.size - source.stamp.size) > _HEADERS_APART or other.name == source.name:
            continue
        if not go_on():
            return
        if not other.is_cut and _tail(other) == tail and _text(other, read_body) == body:
            yield other


def _text(source: Source, read_body: Callable[[Source], str]) -> str:
    try:
        return read_body(source).replace("\r\n", "\n").strip()
    except StorageError:
        return ""


def _tail(source: Source) -> bytes:
    """A file's last bytes without trailing white space; empty when it cannot be read."""
    try:
        with Opener(str(source.root)) as opener:
            number = opener.open(source.name)
    except OSError:
        return b""
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            return b""
        os.lseek(number, max(0, status.st_size - _TAIL - _SLACK), os.SEEK_SET)
        return os.read(number, _TAIL + _SLACK).replace(b"\r\n", b"\n").rstrip()[-_TAIL:]
    except OSError:
        return b""
    finally:
        os.close(number)
