"""Read a file as a Source."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import HeaderError
from tui.vault.disk.contents import BEGINNING, LIMIT, MOST, decode, is_larger, read_up_to, stamp_of
from tui.vault.disk.folder import Opener
from tui.vault.header.characters import has_unseen
from tui.vault.header.packed import pack
from tui.vault.header.parse import BOM, may_double
from tui.vault.header.quick import quick_fields
from tui.vault.header.syntax import TOML, YAML, header_of
from tui.vault.reading.in_text import heading_in
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Entry, Flaw, Problem, Source, Stamp

HEAD_SIZE = 32 * 1024
"""Bytes to read from a file for the queue: the header and the first heading."""

TOO_LARGE = f"only the beginning is shown: the file is larger than {LIMIT}"
_HEADING = re.compile(r"#{1,6}[ \t]+([^\r\n]+)")
"""A heading above a header, which belongs below it."""


def source_from(
    root: Path, name: str, text: str, stamp: Stamp, rule: Rule = BUILT_IN, *, whole: bool = True
) -> Source | None:
    """The source in ``text``, which may be only the start of a file.

    None when the file is not a source by the vault's rule.
    """
    read = _read(text, wants_flaws=True)
    if not rule.accepts(name, read.fields, has_header=read.has_header):
        return None
    return _source(Source(root, name, {}, "", None, stamp, (), rule), text, read, whole=whole)


def read_again(source: Source, text: str, stamp: Stamp | None = None) -> Source:
    """A source as it is with another text, whether that would make it a source or not."""
    like = source if stamp is None else source._replace(stamp=stamp)
    return _source(like, text, _read(text, wants_flaws=True), whole=True)


def _source(like: Source, text: str, read: _Read, *, whole: bool) -> Source:
    fields, problem, body, flaws = read
    if not whole:
        problem = Problem(TOO_LARGE, 1, "large")
    first = heading_in(text, body, body + HEAD_SIZE)
    if problem is not None and problem.kind == "stray":
        above = _HEADING.match(text[:HEAD_SIZE].removeprefix(BOM))
        first = above[1].rstrip(" \t#") if above else first
    title = fields.get(like.rule.names.title)
    # They are often equal: share one string then.
    heading_text = title if first == title else first
    return like._replace(fields=pack(fields), heading=heading_text, problem=problem, flaws=flaws)


def quoted_title(name: str, text: str, rule: Rule) -> str:
    """The title in ``text``, as a sentence names the source; else its file's name."""
    source = read_again(Source(Path(), name, {}, "", None, Stamp(0, 0, 0), (), rule), text)
    is_named = source.own_title or source.heading or source.fields
    return source.quoted_title if is_named else f"“{short(name)}”"


class _Read(NamedTuple):
    """The contents of a text's header, and its problems."""

    fields: dict[Any, Any]
    problem: Problem | None
    body: int
    """The start of the body."""
    flaws: tuple[Flaw, ...] = ()

    @property
    def has_header(self) -> bool:
        """Whether there is a header, sound or not."""
        if self.body > len(BOM) or self.fields:
            return True
        return self.problem is not None and self.problem.kind != "foreign"


def read_header(text: str) -> tuple[dict[Any, Any], Problem | None, int]:
    """The fields, the problem of a broken header, and the start of the body."""
    read = _read(text)
    return read.fields, read.problem, read.body


def _read(text: str, *, wants_flaws: bool = False) -> _Read:
    found = header_of(text)
    if found is not None:
        header = text[found.start : found.end]
        try:
            fields = quick_fields(header) if found.syntax is YAML else None
            is_plain = fields is not None
            if fields is None:
                fields = found.syntax.read(header)
        except HeaderError as error:
            problem = Problem(str(error), error.line)
            return _Read(found.syntax.salvage(header), problem, found.body)
        looks = wants_flaws and found.syntax.may_hide
        flaws = _flaws(header, is_plain=is_plain) if looks else ()
        return _Read(fields, None, found.body, flaws)
    return _read_broken(text)


def _flaws(header: str, *, is_plain: bool) -> tuple[Flaw, ...]:
    """The flaws of a header that was just read; a plain one has no name twice."""
    # These quick checks rule out flaws in nearly all headers.
    is_seen = header.isascii() or not has_unseen(header)
    if is_seen and "#" not in header and (is_plain or not may_double(header)):
        return ()
    from tui.vault.repair.hidden import flaws_of  # noqa: PLC0415 - see above

    return flaws_of(header)


def _read_broken(text: str) -> _Read:
    """The result of ``_read`` for a text without a header at its start."""
    from tui.vault.header.salvage import (  # noqa: PLC0415 - most headers are sound
        find_stray_header,
        foreign_header,
        has_no_header,
        salvage_fields,
        unclosed_header,
        unopened_header,
    )

    stray = find_stray_header(text)
    if stray is not None:
        fields = salvage_fields(text[stray.span.start : stray.span.end])
        above = salvage_fields(stray.stray)
        return _Read(above | fields, Problem(stray.sentence, 1, "stray"), stray.span.body)
    begin = 1 if text.startswith(BOM) else 0
    if has_no_header(text):
        return _Read({}, None, begin)
    foreign = foreign_header(text)
    if foreign:
        return _Read({}, Problem(foreign, 1, "foreign"), begin)
    open_span = unopened_header(text)
    if open_span is not None:
        fields = salvage_fields(text[open_span.start : open_span.end])
        problem = Problem("the --- line above the header is missing", 1, "unclosed")
        return _Read(fields, problem, open_span.body)
    header = unclosed_header(text)
    syntax = TOML if text.startswith("+", begin) else YAML
    problem = Problem(f"the header has no closing {syntax.fence} line", 1, "unclosed")
    start = text.find("\n", begin) + 1 or len(text)
    return _Read(syntax.salvage(header), problem, min(start + len(header), len(text)))


def body_of(text: str) -> str:
    """The text below the header, found without reading its fields."""
    found = header_of(text)
    return text[found.body if found is not None else read_header(text)[2] :]


def read_entry(
    root: Path,
    name: str,
    opened: Callable[[str], int] | None = None,
    rule: Rule = BUILT_IN,
) -> Entry:
    """Read the entry of a file below ``root``. Raises OSError.

    ``opened`` opens the file, for example with an ``Opener``.
    """
    if opened is None:
        with Opener(str(root)) as opener:
            return read_entry(root, name, opener.open, rule)
    descriptor = opened(name)
    try:
        status = os.fstat(descriptor)
        stamp = stamp_of(status)
        if not stat.S_ISREG(status.st_mode):
            return Entry(name, stamp, None)
        text, whole = read_head(descriptor, status.st_size)
    finally:
        os.close(descriptor)
    return Entry(name, stamp, source_from(root, name, text, stamp, rule, whole=whole))


def read_head(descriptor: int, size: int) -> tuple[str, bool]:
    """A file's text, at least to the end of its header, and whether its size is within limits."""
    data = os.read(descriptor, HEAD_SIZE)
    if len(data) not in (size, HEAD_SIZE):
        data += read_up_to(descriptor, HEAD_SIZE - len(data), HEAD_SIZE)
    whole = size <= MOST
    if len(data) < HEAD_SIZE:
        return decode(data), whole
    text = _whole_lines(data)
    if header_of(text) is None:
        # The closing fence is further down; a truncated fence does not count.
        most = (MOST + 1 if whole else BEGINNING) - len(data)
        data += read_up_to(descriptor, most, size + 1)
        # The reported size may be wrong, and the file endless.
        whole = whole and not is_larger(data)
        text = decode(data) if whole else _whole_lines(data[:BEGINNING])
    return text, whole


def _whole_lines(data: bytes) -> str:
    """``data`` as text, without a truncated last line."""
    cut = data.rfind(b"\n")
    if cut < 0:
        cut = data.rfind(b"\r", 0, -1)
    return decode(data[: cut + 1] if cut > 0 else data)
