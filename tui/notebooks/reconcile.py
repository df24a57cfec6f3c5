"""Reconcile: what the service shows of a notebook, compared with its members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tui.notebooks.matching import Found, Named, NotFound, TitleMatcher
from tui.vault.source import Source


class Line(NamedTuple):
    """A line of the list."""

    number: int
    """Counted from 1."""
    text: str


class Shown(NamedTuple):
    """A member, and the lines that show it."""

    source: Source
    lines: tuple[Line, ...]


class Missing(NamedTuple):
    """A member that the list does not show, or not all of it."""

    source: Source
    why: str = ""
    """Why it is missing, although a line is about it; mostly empty."""


class Unknown(NamedTuple):
    """A line of which it is unclear what it means, and why."""

    line: Line
    why: str
    candidates: tuple[str, ...] = ()
    """The names of the sources that it could be."""


class Reconciled(NamedTuple):
    """The members and the lines of the list, told apart."""

    delivered: Sequence[Shown]
    missing: Sequence[Missing]
    double: Sequence[Shown]
    """Those of the delivered ones that the service has more than once."""
    unknown: Sequence[Unknown]


def reconcile(
    text: str,
    members: Sequence[Source],
    others: Iterable[Source] = (),
    files: Sequence[tuple[str, Sequence[str]]] = (),
    step: Callable[[], object] = lambda: None,
) -> Reconciled:
    """Compare a pasted list with the members of a notebook.

    ``others`` are the other sources of the vault: a cut title that could be one of them is
    unclear. ``files`` are the names of exported files, with the sources in them. ``step`` is
    called before each line, which takes up to a millisecond.
    """
    files_of: dict[str, list[str]] = defaultdict(list)
    for file, sources in files:
        for name in sources:
            files_of[name].append(file)
    packs = {file: sources for file, sources in files if len(sources) > 1}
    own = [
        Named(source, tuple(file for file in files_of[source.name] if file not in packs))
        for source in members
    ]
    matcher = TitleMatcher(own, others, packs)
    unknown: list[Unknown] = []
    lines_of: dict[str, list[tuple[Line, Found]]] = defaultdict(list)
    equal: dict[tuple[str, ...], list[tuple[Line, Found]]] = defaultdict(list)
    for number, shown in enumerate(text.splitlines(), 1):
        step()
        line = Line(number, " ".join(shown.split()))
        found = matcher.find(shown)
        if isinstance(found, NotFound):
            unknown.append(Unknown(line, found.why, found.candidates))
        elif found is not None and found.is_equal:
            equal[found.names].append((line, found))
        elif found is not None:
            for name in found.names:
                lines_of[name].append((line, found))
    unknown += _spread(equal, lines_of)
    return _sorted(members, lines_of, files_of, sorted(unknown, key=lambda one: one.line.number))


def _spread(
    equal: dict[tuple[str, ...], list[tuple[Line, Found]]],
    lines_of: dict[str, list[tuple[Line, Found]]],
) -> list[Unknown]:
    """Give sources with equal titles a line each, if there are enough lines for all of them."""
    unclear: list[Unknown] = []
    for names, lines in equal.items():
        left = [name for name in names if name not in lines_of]
        if len(lines) < len(left):
            why = f"could be any of {len(left):,} sources with this title"
            unclear += [Unknown(line, why, tuple(left)) for line, _ in lines]
            continue
        for at, (line, found) in enumerate(lines):
            lines_of[left[at] if at < len(left) else names[0]].append((line, found))
    return unclear


def _sorted(
    members: Sequence[Source],
    lines_of: dict[str, list[tuple[Line, Found]]],
    files_of: dict[str, list[str]],
    unknown: Sequence[Unknown],
) -> Reconciled:
    delivered: list[Shown] = []
    missing: list[Missing] = []
    double: list[Shown] = []
    for source in members:
        found = lines_of.get(source.name, [])
        if not found:
            missing.append(Missing(source))
            continue
        if why := _lacking(found, files_of[source.name]):
            missing.append(Missing(source, why))
            continue
        shown = Shown(source, tuple(line for line, _ in found))
        delivered.append(shown)
        if _times(found) > 1:
            double.append(shown)
    return Reconciled(delivered, missing, double, unknown)


def _lacking(found: Sequence[tuple[Line, Found]], files: Sequence[str]) -> str:
    """Which files of a source the list lacks, if it shows some of them only."""
    labels = {one.label for _, one in found}
    if "" in labels:
        return ""
    lacking = [file for file in files if file not in labels]
    return f"the list lacks {lacking[0]}" if lacking else ""


def _times(found: Sequence[tuple[Line, Found]]) -> int:
    """How often the service has a source: once with title and address, or in several parts."""
    addresses = sum(one.how == "address" for _, one in found)
    labels = [one.label for _, one in found if one.label]
    titles = sum(one.how == "title" for _, one in found)
    most = max((labels.count(label) for label in set(labels)), default=0)
    return max(addresses, titles + most)
