"""A guess in words: what was found, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.display import counted, listed, percent, short
from tui.guess.guess import Guess
from tui.guess.roles import ROLES, Role
from tui.guess.status import Candidate

_SHOWN = 8
"""How many values a line names."""


class Line(NamedTuple):
    """A line about one part of the schema."""

    part: str
    """``sources``, or a role."""
    text: str
    certainty: str
    """``sure``, ``likely`` or ``open``; empty where there is nothing to be certain of."""


def found_in(found: Guess, place: str) -> str:
    """What the folder has, in a sentence."""
    notes = found.survey.notes
    headers = sum(note.has_header for note in notes)
    read = sum(note.form == "json" for note in notes)
    in_json = f" and {read:,} with one in JSON, which sluice only reads" if read else ""
    files = counted(len(notes), "Markdown file")
    become = counted(len(found.sources.numbers), "source")
    return f"{place}: {files}, {headers:,} with a header{in_json}; {become} by this proposal"


def summary(found: Guess) -> Iterator[Line]:
    """A line for each part that the schema has."""
    yield Line("sources", found.sources.note, found.sources.certainty)
    yield Line("status", f"{_field(found)}: {_line(found)}", found.status_certainty)
    for name in ROLES:
        role = found.roles[name]
        if role.name:
            yield Line(name, _role(role), "new" if role.is_new else role.certainty)
    missing = [name for name in ROLES if not found.roles[name].name]
    if missing:
        yield Line("none", ", ".join(missing), "")


def reasons(found: Guess) -> Iterator[Line]:
    """Why each part is as it is, with counts."""
    out = found.out
    more = " (--all takes them in)" if found.sources.has_more else ""
    note = f"{found.sources.note}{more}; {found.sources.why}"
    yield Line("sources", note, found.sources.certainty)
    for why, count in out.why:
        yield Line("left out", f"{counted(count, 'file')} {why}", "")
    for folder, count in sorted(found.survey.hidden.items()):
        yield Line("hidden", f"{counted(count, 'Markdown file')} in {short(folder)}/, not read", "")
    for folder, count in sorted(found.survey.never.items()):
        yield Line("left out", f"{counted(count, 'Markdown file')} in {short(folder)}/", "")
    if found.survey.unreadable:
        yield Line("left out", f"{counted(found.survey.unreadable, 'file')} not readable", "")
    yield from _why_status(found)
    for name in ROLES:
        role = found.roles[name]
        what = f"{_role(role)}, {role.why}" if role.name else f"none: {role.why or 'no such field'}"
        yield Line(name, what, ("new" if role.is_new else role.certainty) if role.name else "")
    yield Line("untitled", f"{found.untitled}: {found.untitled_why}", "")


def _why_status(found: Guess) -> Iterator[Line]:
    status = found.status
    yield Line("status", f"{_field(found)}: {_line(found)}", found.status_certainty)
    if status.kind == "new":
        yield Line("", "no field or tag of the notes says how far they are", "")
        for one in found.possible:
            text = f"{one.name}, {counted(len(one.holders), 'file')}: {_counted(one)}"
            yield Line("", f"perhaps it is {text}; `--status` says so", "")
    else:
        share = f"{percent(status.coverage)} of {status.headers:,} headers"
        yield Line("", f"{_counted(status)}; {share}", "")
    if status.kind in ("choice", "tag"):
        yield Line("", f"{percent(status.known)} have a word whose place sluice knows", "")
    for one in found.choices:
        if one is not status:
            text = f"{one.name}, {counted(len(one.holders), 'file')}: {_counted(one)}"
            yield Line("", f"also possible: {text}", "")


def _field(found: Guess) -> str:
    status = found.status
    if status.kind == "tag":
        return f"tag {status.prefix}…" if status.prefix else f"one of the {status.name}"
    return f"{status.name} (new)" if status.kind == "new" else status.name


def _line(found: Guess) -> str:
    """The main line, and where the other values are."""
    order = found.order
    parts = [" → ".join(map(short, order.main))]
    if order.archive and order.archive not in order.main:
        parts.append(f"archive: {short(order.archive)}")
    if order.unplaced:
        parts.append(f"not placed: {_some(order.unplaced)}")
    others = [
        value.name
        for value in order.values
        if value.name not in (*order.main, order.archive, *order.unplaced)
    ]
    if others:
        parts.append(f"beside: {_some(others)}")
    return "; ".join(parts)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return listed([short(name) for name in names[:_SHOWN]]) + more


def _counted(one: Candidate) -> str:
    """The values with their numbers of notes."""
    groups = [f"{short(group.spelt)} {group.files:,}" for group in one.groups[:_SHOWN]]
    more = len(one.groups) - _SHOWN
    return ", ".join(groups) + (f" and {more:,} more" if more > 0 else "")


def _role(role: Role) -> str:
    text = ", else ".join((role.name, *role.also))
    if role.values:
        return f"{text}: {', '.join(map(str, role.values))}"
    return f"{text}: {counted(role.distinct, 'value')}" if role.distinct else text
