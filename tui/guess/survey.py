"""Read the header of every Markdown file below a folder, for `init` to guess from."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.vault.disk.folder import Opener
from tui.vault.globs import NEVER
from tui.vault.header.parse import BOM, find_header
from tui.vault.header.quick import quick_fields
from tui.vault.header.toml import find_toml
from tui.vault.progress import Progress
from tui.vault.reading.in_text import inline_names
from tui.vault.reading.one_file import HEAD_SIZE, read_head, read_header
from tui.vault.rule import ending_of

_FOREIGN = "node_modules"
"""A folder of other people's files."""
_OWN = NEVER - {_FOREIGN}
"""Folders that programs keep for themselves."""
BACKUPS = "logseq/bak"
"""Where Logseq keeps earlier versions of its pages."""

Form = Literal["yaml", "toml", "json", "none"]

_MARKS = (("{{", "}}"), ("<%", "%>"))
"""Around what a program that fills in templates replaces."""
_FIRST_LINE = re.compile(r"\s*+(?:(?><!--.*?-->)\s*+)*+#[ \t]+([^\r\n]+)", re.DOTALL)
"""A heading of the first level before any text. Nothing is tried twice: that could take hours."""
_STEP = 100
"""Files between two reports of progress."""
_LONGEST = 200
"""The most letters of a field's name; nobody types a longer one."""


class Note(NamedTuple):
    """What `init` knows of a file."""

    name: str
    """Its path below the folder, with ``/``."""
    form: Form
    """What its header is written in."""
    fields: Mapping[str, Any]
    heading: str
    """A first-level heading above all text; else empty."""
    is_template: bool
    """Whether its header has places for a program to fill in."""
    has_marks: bool
    """Whether its text has such places, near its beginning."""
    inline: frozenset[str] = frozenset()
    """Names with values in its text, written as ``name::``; the header gets no such field."""

    @property
    def has_header(self) -> bool:
        """Whether sluice finds fields in it."""
        return self.form in ("yaml", "toml")

    @property
    def folder(self) -> str:
        """The path of its folder; empty for the vault itself."""
        return self.name.rpartition("/")[0]

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.name.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The name of its file without the ending."""
        return self.file.rpartition(".")[0]

    @property
    def ending(self) -> str:
        """The ending of its name, with the dot, in small letters as in a glob."""
        return ending_of(self.file).lower()


class Survey(NamedTuple):
    """The Markdown files of a folder."""

    notes: tuple[Note, ...]
    """Sorted by name."""
    hidden: Mapping[str, int]
    """Hidden folders that have Markdown files, and how many."""
    never: Mapping[str, int]
    """Folders such as ``node_modules``, by their paths, and how many Markdown files they have."""
    unreadable: int = 0
    """How many files could not be opened."""


def survey(root: Path, progress: Progress | None = None, opened: Collection[str] = ()) -> Survey:
    """Read the headers of all Markdown files below ``root``, also in the hidden folders ``opened``.

    Raises OSError when ``root`` itself cannot be read, and Stopped as ``progress`` does.
    """
    names: list[str] = []
    hidden: Counter[str] = Counter()
    never: Counter[str] = Counter()
    for name, apart in _files(root, opened):
        if not apart:
            names.append(name)
        elif apart.rpartition("/")[2].startswith("."):
            hidden[apart] += 1
        else:
            never[apart] += 1
    notes, unreadable = [], 0
    with Opener(str(root)) as opener:
        for done, name in enumerate(sorted(names)):
            if progress is not None and done % _STEP == 0:
                progress.step(done, len(names))
            try:
                notes.append(note_of(name, _head(opener, name)))
            except OSError:
                unreadable += 1
    return Survey(tuple(notes), hidden, never, unreadable)


def _files(root: Path, opened: Collection[str]) -> Iterator[tuple[str, str]]:
    """The Markdown files below ``root``, each with the folder that sets it apart, if any."""
    waiting = [("", "")]
    while waiting:
        folder, apart = waiting.pop()
        # Only the vault's own folder must be readable.
        with contextlib.suppress(*[OSError] * bool(folder)), os.scandir(root / folder) as entries:
            for entry in entries:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if not entry.is_dir(follow_symlinks=False):
                    if ending_of(entry.name) and not entry.name.startswith("."):
                        yield name, apart
                elif entry.name not in _OWN:
                    is_apart = _is_apart(name) and name not in opened
                    waiting.append((name, apart or (name if is_apart else "")))


def _is_apart(folder: str) -> bool:
    """Whether the files of a folder are only counted."""
    name = folder.rpartition("/")[2]
    return name.startswith(".") or name == _FOREIGN or f"/{folder}".endswith(f"/{BACKUPS}")


def _head(opener: Opener, name: str) -> str:
    """The text of a file, at least to the end of its header. Raises OSError."""
    descriptor = opener.open(name)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(name)
        return read_head(descriptor, status.st_size)[0]
    finally:
        os.close(descriptor)


def note_of(name: str, text: str) -> Note:
    """What the beginning of a file says."""
    span = find_header(text)
    if span is not None:
        header = text[span.start : span.end]
        quick = quick_fields(header)
        fields = read_header(text)[0] if quick is None else quick
        form, body = "yaml", span.body
    elif text.startswith(("+++", f"{BOM}+++")):
        toml = find_toml(text)
        header = text[toml[0] : toml[1]] if toml is not None else ""
        fields, _, body = read_header(text) if toml is not None else ({}, None, 0)
        form = "toml" if toml is not None else "none"
    elif text.lstrip(BOM).startswith("{\n") or text.lstrip(BOM).startswith("{\r"):
        header, fields, form, body = "", {}, "json", 0
    else:
        # Also a header with lines above it, or without its first line.
        fields, problem, body = read_header(text)
        header, form = text[:body], "yaml" if fields and problem is not None else "none"
    heading = _FIRST_LINE.match(text, body, body + HEAD_SIZE)
    return Note(
        name=name,
        form=form,  # type: ignore[arg-type]
        fields={str(key): value for key, value in fields.items() if _is_name(str(key))},
        heading=heading[1].rstrip(" \t#") if heading else "",
        is_template=_has_marks(header),
        has_marks=_has_marks(text),
        inline=inline_names(text, body),
    )


def _is_name(key: str) -> bool:
    """Whether a schema can name a field: not without its bytes, nor at any length."""
    return 0 < len(key) <= _LONGEST and is_text(key)


def is_text(text: str) -> bool:
    """Whether all of a text is text, and not bytes that are not UTF-8."""
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def _has_marks(text: str) -> bool:
    return any(-1 < text.find(start) < text.rfind(end) for start, end in _MARKS)
