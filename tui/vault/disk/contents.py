"""The contents of a file: its bytes, up to a limit, and the same as text."""

from __future__ import annotations

import codecs
import errno
import os
import stat

from tui.vault.source import Stamp

MOST = 16 * 1024 * 1024
"""Largest file to read whole and to change, in bytes."""
BEGINNING = 1024 * 1024
"""Bytes to read from a larger file."""
_PART = 1024 * 1024
"""Bytes to read at a time beyond a file's reported size."""
LIMIT = "16 MB, the most sluice can change"
"""``MOST`` for sentences."""


def decode(data: bytes) -> str:
    """Decode bytes, also invalid UTF-8, so that ``encode`` restores every byte."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes of a text from ``decode``."""
    return text.encode("utf-8", "surrogateescape")


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file version."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def read_whole(descriptor: int, most: int = MOST) -> tuple[bytes | None, os.stat_result]:
    """An open regular file's bytes, None for anything else, and its status. Raises OSError.

    For a file with more than ``most`` bytes, ``most + 1`` bytes are returned.
    """
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        return None, status
    return read_up_to(descriptor, most + 1, status.st_size + 1), status


def read_up_to(descriptor: int, most: int, expected: int) -> bytes:
    """Read up to ``most`` bytes; a file may be larger than ``expected``, and growing."""
    data = os.read(descriptor, min(expected, most))
    if not data or len(data) == most:
        return data
    parts, left = [data], most - len(data)
    # A read may be short.
    while left and (data := os.read(descriptor, min(_PART, left))):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def is_larger(data: bytes) -> bool:
    """Whether ``read_whole`` returned only a part of the file."""
    return len(data) > MOST


def read_start(descriptor: int) -> tuple[bytes | None, os.stat_result]:
    """The result of ``read_whole``, or ``BEGINNING`` bytes of a larger file."""
    most = BEGINNING - 1 if os.fstat(descriptor).st_size > MOST else MOST
    data, status = read_whole(descriptor, most)
    return data[:BEGINNING] if data is not None and len(data) > most else data, status


def decode_start(data: bytes) -> str:
    """Decode the result of ``read_start``, without a truncated last character."""
    if len(data) != BEGINNING:
        return decode(data)
    return codecs.utf_8_decode(data, "surrogateescape", False)[0]
