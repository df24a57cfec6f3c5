"""A file's bytes turned into a Source."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any

from tui.errors import HeaderError
from tui.vault.header import find_header, read_fields
from tui.vault.packed import pack
from tui.vault.source import Entry, Problem, Source, Stamp

PREFIX = "SOURCE-"
"""A file whose name starts so is a source whatever its header says."""
STATUS_FIELD = "status"
"""A file whose header has this field is a source whatever its name is."""
HEAD_SIZE = 32 * 1024
"""How many bytes of a file are read for the queue: the header and the first heading."""

MOST_AT_ONCE = 1024 * 1024
"""Bytes that are read after those a file's size promised."""
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_HEADING = re.compile(r"^#{1,6}[ \t]+([^\r\n]+)", re.MULTILINE)


def decode(data: bytes) -> str:
    """Text of which every byte can be given back by ``encode``, valid UTF-8 or not."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes that ``decode`` made ``text`` from."""
    return text.encode("utf-8", "surrogateescape")


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of the file version that ``status`` tells of."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def source_from(root: Path, name: str, text: str, stamp: Stamp) -> Source | None:
    """The source that ``text`` holds; None when the file is not a source at all."""
    fields, problem, body = read_header(text)
    if not name.rpartition("/")[2].startswith(PREFIX) and STATUS_FIELD not in fields:
        return None
    heading = _HEADING.search(text, body, body + HEAD_SIZE)
    first = heading[1].rstrip(" \t#") if heading else ""
    title = fields.get("title")
    # Mostly they are the same: then one text serves both.
    return Source(root, name, pack(fields), title if first == title else first, problem, stamp)


def read_header(text: str) -> tuple[dict[Any, Any], Problem | None, int]:
    """The fields, what stopped the header from being read, and where the body begins."""
    span = find_header(text)
    if span is not None:
        header = text[span.start : span.end]
        try:
            return read_fields(header), None, span.body
        except HeaderError as error:
            from tui.vault.salvage import salvage_fields  # noqa: PLC0415 - see _read_broken

            return salvage_fields(header), Problem(str(error), error.line), span.body
    return _read_broken(text)


def _read_broken(text: str) -> tuple[dict[Any, Any], Problem | None, int]:
    """What ``read_header`` gives for a text that has no header where it belongs."""
    from tui.vault.salvage import (  # noqa: PLC0415 - most headers are sound
        find_stray_header,
        salvage_fields,
        unclosed_header,
    )

    stray = find_stray_header(text)
    if stray is not None:
        count = stray.first_line - 2
        said = "a line stands" if count == 1 else f"{count} lines stand"
        fields = salvage_fields(text[stray.span.start : stray.span.end])
        above = salvage_fields(stray.stray)
        return above | fields, Problem(f"{said} above the header", 1, "stray"), stray.span.body
    opened = text.lstrip("\ufeff").startswith("---")
    if opened:
        header = unclosed_header(text)
        problem = Problem("the header has no closing --- line", 1, "unclosed")
        return salvage_fields(header), problem, min(len(header) + 4, len(text))
    return {}, Problem("there is no header between two --- lines", 1, "missing"), 0


def body_of(text: str) -> str:
    """The text below the header, found without reading the header's YAML."""
    span = find_header(text)
    return text[span.body if span is not None else read_header(text)[2] :]


def open_at_once(path: str, flags: int) -> int:
    """An opener that does not wait for a writer when the file became a named pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_whole(path: Path) -> tuple[bytes | None, os.stat_result]:
    """A regular file's bytes, None for anything else, and its status. Raises OSError."""
    descriptor = open_at_once(str(path), _READ)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            return None, status
        data = os.read(descriptor, status.st_size + 1)
        # A read may be short, and the file may be growing.
        while more := os.read(descriptor, MOST_AT_ONCE):
            data += more
        return data, status
    finally:
        os.close(descriptor)


def read_entry(root: Path, name: str) -> Entry:
    """What the file of that name below ``root`` holds. Raises OSError."""
    with open(root / name, "rb", opener=open_at_once) as file:
        status = os.fstat(file.fileno())
        stamp = stamp_of(status)
        if not stat.S_ISREG(status.st_mode):
            return Entry(name, stamp, None)
        data = file.read(HEAD_SIZE)
        text = _whole_characters(data) if len(data) == HEAD_SIZE else decode(data)
        if len(data) == HEAD_SIZE and find_header(text) is None:
            # The closing fence is further down; and a cut fence is no fence.
            text = decode(data + file.read())
    return Entry(name, stamp, source_from(root, name, text, stamp))


def _whole_characters(data: bytes) -> str:
    """``data`` without the character and the line that its end may have cut in two."""
    cut = data.rfind(b"\n")
    if cut < 0:
        cut = data.rfind(b"\r", 0, -1)
    return decode(data[: cut + 1] if cut > 0 else data)
