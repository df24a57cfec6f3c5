"""Sources whose text below the header is the same."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from tui.errors import StorageError
from tui.vault.folder import Opener
from tui.vault.source import Source

SHORTEST = 200
"""A shorter text is the same by chance, or because a script wrote it."""
_HEADERS_APART = 3_000
"""Bytes that the headers of two files with one text may differ by."""
_TAIL = 160
"""Bytes at a file's end that are compared before anything else is read."""
_SLACK = _TAIL


def same_body(
    source: Source,
    sources: Iterable[Source],
    read_body: Callable[[Source], str],
    go_on: Callable[[], bool] = lambda: True,
) -> Iterator[Source]:
    """Find the others with the same text; of most files only the size or the end is looked at."""
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
    """A file's last bytes, without the white space at its end; empty when it cannot be read."""
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
