"""Packet: the sources of a notebook and the questions asked of them, as one Markdown file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from tui.display import short
from tui.errors import StorageError
from tui.notebooks.documents import delivered_title, tidied
from tui.notebooks.export import Member
from tui.notebooks.file_names import ENDING, file_name
from tui.private import make_folder, put_new
from tui.reasons import failed
from tui.triage.fields import wikilink


def packet(notebook: str, purpose: str, questions: Sequence[str], members: Sequence[Member]) -> str:
    """The text of a packet."""
    lines = [f"# {_line(notebook)}", ""]
    if purpose:
        lines += [_line(purpose), ""]
    if questions:
        lines += ["## Questions", ""]
        lines += [f"{number}. {_line(one)}" for number, one in enumerate(questions, 1)]
        lines += [""]
    lines += [f"## Sources ({len(members):,})", ""]
    lines += [f"{number}. {_entry(member)}" for number, member in enumerate(members, 1)]
    return "\n".join(lines).rstrip() + "\n"


def _entry(member: Member) -> str:
    source, route, _ = member
    parts = [delivered_title(source), wikilink(source)]
    if route.address:
        parts.append(f"<{route.address}>")
    return " · ".join(map(_line, parts))


def _line(text: str) -> str:
    return " ".join(tidied(text).split())


def write_packet(folder: Path, notebook: str, text: str) -> Path:
    """Write a packet into a folder as a new file; returns its path. Raises StorageError."""
    try:
        make_folder(folder)
        for number in count(1):
            more = f" packet {number}" if number > 1 else " packet"
            path = folder / file_name(notebook, ending=more + ENDING)
            try:
                put_new(path, text.encode("utf-8", "replace"))
            except FileExistsError:
                # Somebody may have written answers into it.
                continue
            return path
    except OSError as error:
        raise StorageError(f"Cannot write to {short(folder)} {failed(error, 'write')}") from error
    raise AssertionError
