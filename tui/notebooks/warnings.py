"""Warnings: what a person should know before a source goes into a notebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from tui.display import counted, short
from tui.notebooks.documents import Document
from tui.notebooks.routes import Route
from tui.triage.notebook_settings import Limits
from tui.vault.source import Source

SHORT = 50
"""Words below which a text has hardly anything to ask about."""

Kind = Literal[
    "raw", "title", "duplicate", "short", "broken", "delivered", "cap", "words", "paste", "file"
]


class Warned(NamedTuple):
    """One warning."""

    kind: Kind
    sentence: str


class Judge(NamedTuple):
    """What warnings need to know about a vault."""

    is_raw: Callable[[Source], bool]
    """Whether a source has the first status still."""
    duplicates_of: Callable[[Source], Iterable[str]]
    """The names of a source's duplicates."""
    title_of: Callable[[str], str]
    """The title of a source by its name."""
    limits: Limits


def delivered_pages(delivered: Iterable[tuple[Source, Route]]) -> dict[str, str]:
    """The pages of sources that were delivered to a notebook, each with a source's name."""
    pages: dict[str, str] = {}
    for source, route in delivered:
        if page := route.page:
            pages.setdefault(page, source.name)
    return pages


def warnings_of(
    source: Source,
    route: Route,
    judge: Judge,
    members: Collection[str] = (),
    pages: Mapping[str, str] | None = None,
    document: Document | None = None,
) -> list[Warned]:
    """The warnings about a member of a notebook.

    ``members`` are the names of all of its members, ``pages`` those that ``delivered_pages`` gives
    for it. Without a ``document``, nothing is said about the length of the text.
    """
    found: list[Warned] = []
    if source.problem is not None:
        found.append(Warned("broken", f"broken header: {source.problem.sentence}"))
    if judge.is_raw(source):
        found.append(Warned("raw", "not judged yet"))
    if not (source.own_title.strip() or source.heading.strip()):
        found.append(Warned("title", "no title; it goes under its file name"))
    found += _duplicates(source, judge, members)
    other = (pages or {}).get(route.page, source.name) if route.page else source.name
    if other != source.name:
        found.append(
            Warned("delivered", f"its address was delivered before, under “{_title(judge, other)}”")
        )
    if document is not None:
        found += length_warnings(document, route, judge.limits)
    return found


def _duplicates(source: Source, judge: Judge, members: Collection[str]) -> list[Warned]:
    others = list(judge.duplicates_of(source))
    if not others:
        return []
    inside = [name for name in others if name in members]
    first = _title(judge, (inside or others)[0])
    more = f" and {counted(len(others) - 1, 'other')}" if len(others) > 1 else ""
    place = ", which is in the notebook too" if inside else ""
    return [Warned("duplicate", f"duplicate of “{first}”{more}{place}")]


def length_warnings(document: Document, route: Route, limits: Limits) -> list[Warned]:
    """The warnings about a text that is too short, or too long for the service."""
    found: list[Warned] = []
    words, whole = document.text_words, document.whole()
    if words < SHORT:
        found.append(Warned("short", f"only {counted(words, 'word')} of text"))
    if route.kind == "address":
        # The service reads the page itself.
        return found
    if document.words > limits.words:
        found.append(
            Warned("words", f"{document.words:,} words, more than {limits.words:,}; it is split")
        )
    size = len(whole.encode())
    if size > limits.file_bytes:
        most = _bytes(limits.file_bytes)
        found.append(Warned("file", f"{_bytes(size)}, more than {most} of a file; it is split"))
    elif size > limits.pasted_bytes:
        most = _bytes(limits.pasted_bytes)
        found.append(Warned("paste", f"{_bytes(size)}, more than {most} to paste; upload the file"))
    return found


def cap_warning(members: int, cap: int) -> Warned | None:
    """The warning about a notebook with more members than it can have."""
    if members <= cap:
        return None
    over = members - cap
    return Warned("cap", f"{counted(members, 'member')}, {over:,} over the cap of {cap:,}")


def _title(judge: Judge, name: str) -> str:
    return short(judge.title_of(name))


def _bytes(size: int) -> str:
    if size >= 1024 * 1024 and size % (1024 * 1024) == 0:
        return f"{size // (1024 * 1024):,} MiB"
    return f"{size:,} bytes"
