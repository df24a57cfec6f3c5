"""A guess as the text of a ``sluice.yaml``, with what was counted as comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui.display import counted
from tui.guess.guess import Guess
from tui.guess.order import Value
from tui.guess.roles import ROLES, Role
from tui.guess.status import Candidate
from tui.guess.words import fold
from tui.numbers import written_number
from tui.vault.header.scalar import double_quoted, is_plain


def write_schema(found: Guess, by: str = "`sluice init`") -> str:
    """The text of a ``sluice.yaml``; ``by`` says who wrote it."""
    lines = [
        f"# Written by {by}; no note was changed. `sluice init --explain` says what was counted.",
        "base: none",
        *_sources(found),
        *_roles(found),
        f"untitled: {found.untitled}   # what a note without a title is called",
        "fields:",
        *_status(found),
        *_fields(found),
        *_flow(found),
    ]
    return "\n".join(lines) + "\n"


def _sources(found: Guess) -> Iterable[str]:
    sources = found.sources
    yield "sources:"
    if sources.include:
        yield f"  include: {_flow_list(sources.include, quoted=True)}"
    else:
        yield "  include: []"
    if sources.tagged:
        yield f"  tagged: {_flow_list(sources.tagged)}   # or with such a tag"
    if sources.exclude:
        count = len(found.out.names)
        said = f"   # {count:,} {'file' if count == 1 else 'files'}" if count else ""
        yield f"  exclude: {_flow_list(sources.exclude, quoted=True)}{said}"
    more = " (none-too takes them in)" if sources.has_more else ""
    yield f"  header: {sources.header}   # {sources.note}{more}"


def _roles(found: Guess) -> Iterable[str]:
    yield "roles:"
    names = [found.field]
    if found.status.kind != "tag":
        names += found.status.spellings
    written = _flow_list(names) if len(names) > 1 else _scalar(found.field)
    yield f"  status: {written}   # {found.certainty}: {_said(found)}"
    for name in ROLES:
        role = found.roles[name]
        if not role.name:
            continue
        fields = [role.name, *role.also]
        written = _flow_list(fields) if role.also else _scalar(role.name)
        yield f"  {name}: {written}{_doubt(role)}"
    missing = [name for name in ROLES if not found.roles[name].name]
    if missing:
        yield f"  # none here: {', '.join(missing)}"


def _said(found: Guess) -> str:
    """In how many files the status is."""
    if found.status.kind == "new":
        return "new, no file has one"
    count = len(found.status.holders)
    return f"in {count:,} {'file' if count == 1 else 'files'}"


def _doubt(role: Role) -> str:
    if role.is_new:
        return "   # new, no file has one"
    return "" if role.certainty == "sure" else f"   # {role.certainty}"


def _status(found: Guess) -> Iterable[str]:
    status = found.status
    yield f"  {_key(found.field)}:"
    names = [value.name for value in found.order.values]
    numbers = status.is_number and all(written_number(name) is not None for name in names)
    kind = "choice" if status.kind == "new" else "number" if numbers else status.kind
    yield f"    kind: {kind}"
    if status.kind == "tag":
        yield f"    of: {_scalar(status.name)}"
        yield f"    prefix: {_scalar(status.prefix)}"
    elif status.kind == "choice" and (form := _form(status)):
        yield f"    form: {form}"
    if numbers:
        # A number in quotes is written as text.
        written = _flow_list(names) if status.is_quoted else f"[{', '.join(names)}]"
        yield f"    values: {written}"
        return
    yield "    values:"
    for value in found.order.values:
        yield f"      {_key(value.name)}: {_details(value)}"
    if found.absent:
        yield f"    absent: {_scalar(found.absent)}   # what a note without the field is"


def _details(value: Value) -> str:
    if value.written is not None:
        return f"{{is: {'yes' if value.written else 'no'}}}"
    count = f"{value.files:,}" if value.files else "new"
    if value.read_as:
        return f"{{read_as: {_flow_list(value.read_as)}}}   # {count}"
    return f"{{}}   # {count}"


def _fields(found: Guess) -> Iterable[str]:
    done = {fold(found.status.name)} if found.status.kind != "tag" else set()
    for name in ROLES:
        role = found.roles[name]
        for field in (role.name, *role.also) if role.name else ():
            written = _field(name, role, as_text=field in role.texts)
            if written and fold(field) not in done:
                done.add(fold(field))
                yield f"  {_key(field)}: {written}"
    for field in found.dates:
        if fold(field) not in done:
            done.add(fold(field))
            yield f"  {_key(field)}: {{kind: date}}"
    for field, is_list in found.namesakes.items():
        if fold(field) not in done:
            kind = "list" if is_list else "text"
            yield f"  {_key(field)}: {{kind: {kind}}}   # not the role of that name"


def _field(name: str, role: Role, *, as_text: bool) -> str:
    """The kind of a role's field, ``as_text`` if notes have lists as text there; empty for text."""
    if name == "tier":
        numbers = all(isinstance(value, int | float) for value in role.values)
        kind = "number" if numbers else "choice"
        values = ", ".join(_scalar(value, in_flow=True) for value in role.values)
        return f"{{kind: {kind}, values: [{values}]}}   # best first: key 1"
    if name == "category":
        form = f", form: {form}" if (form := _form(role)) else ""
        values = counted(role.distinct, "value")
        return f"{{kind: choice{form}, open: true}}   # {values}, taken from the notes"
    if name == "url":
        return "{kind: url}"
    if name == "date":
        return ""
    if name in ("insights", "topics", "aliases", "notebooks") or role.is_list:
        form = ", form: links" * role.is_linked or ", form: text" * as_text
        return f"{{kind: list{form}}}"
    return ""


def _form(field: Role | Candidate) -> str:
    """How a new value is written."""
    if field.is_linked:
        return "links" if field.is_list else "link"
    return "list" if field.is_list else ""


def _flow(found: Guess) -> Iterable[str]:
    order = found.order
    yield "flow:"
    yield f"  main: {_flow_list(order.main)}"
    if order.archive:
        yield f"  archive: {_scalar(order.archive)}"
    else:
        yield "  archive: null   # no word of yours means archived: name one to get the key a"
    if order.moves:
        moves = ", ".join(
            f"{_scalar(name, in_flow=True)}: {_flow_list(to)}" for name, to in order.moves.items()
        )
        yield f"  moves: {{{moves}}}   # beside the line: where p takes them"
    if order.unplaced:
        yield f"  # not in the line yet: {_flow_list(order.unplaced)}"


def _flow_list(texts: Sequence[Any], *, quoted: bool = False) -> str:
    items = (double_quoted(str(text)) if quoted else _scalar(text, in_flow=True) for text in texts)
    return f"[{', '.join(items)}]"


def _key(name: str) -> str:
    return _scalar(name)


def _scalar(value: str | int | float, *, in_flow: bool = False) -> str:
    """A name or value; in quotes wherever a reader could take it for something else."""
    if not isinstance(value, str):
        return str(value)
    odd = any(sign in value for sign in "'\":#") or not is_plain(value, in_flow)
    return double_quoted(value) if odd else value
