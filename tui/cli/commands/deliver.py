"""Commands that get notebooks to the service: show, urls, export, packet, reconcile."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tui.cli.opening import open_desk
from tui.cli.output import (
    Column,
    ask,
    can_ask,
    flush,
    is_for_people,
    say,
    write_json,
    write_line,
    write_lines,
    write_row,
    write_table,
)
from tui.desk import Desk
from tui.display import counted, short
from tui.errors import EditRefused, StorageError
from tui.notebooks.export import Member, Outcome, Report, Wanted
from tui.private import read_given
from tui.reasons import failed
from tui.records import named
from tui.triage.confirmed import deciding
from tui.vault.source import Source

_LARGEST = 4 << 20
"""Bytes of the longest list to reconcile."""
_KINDS = {
    "raw": "not judged",
    "title": "without a title",
    "duplicate": "with a duplicate",
    "short": "with a short text",
    "broken": "with a broken header",
    "delivered": "with an address that was delivered before",
    "words": "with too many words",
    "paste": "too large to paste",
    "file": "too large for a file",
}
"""What warnings say of several sources."""


class _Opened(NamedTuple):
    """The notebook of a request."""

    desk: Desk
    name: str
    members: Sequence[Member]


def _open(request: Namespace) -> _Opened:
    """The notebook that a request names, and what it has. Raises as ``Members.meant``."""
    desk = open_desk(request)
    if not desk.shelf.exists:
        raise EditRefused(desk.shelf.absence)
    if getattr(request, "mark", False):
        # Before anything is printed or written.
        desk.shelf.refuse_without_sent()
    members = desk.shelf.members()
    name = members.meant(request.name)
    return _Opened(desk, name, desk.delivery.members(name, members.of(name)))


# What is in it


_COLUMNS = (
    Column(most=7),
    Column(),
    Column(most=28, least_width=70),
    Column(most=10),
    Column(most=40, least_width=90),
)


def run_notebook_show(request: Namespace) -> int:
    """List the members of a notebook: route, delivery, what changed since, warnings."""
    desk, name, members = _open(request)
    delivery = desk.delivery
    warned = delivery.warnings(name, members)
    changed = delivery.changed(name, [member.source for member in members])
    rows = []
    for member in members:
        source, route, sent = member
        since, said = changed.get(source.name, ()), warned.get(source.name, [])
        if request.json:
            write_json(
                {
                    **named(source.path, source),
                    "route": route.kind,
                    "reason": route.reason,
                    "address": route.address or None,
                    "sent": sent or None,
                    "changed": since,
                    "warnings": [one._asdict() for one in said],
                }
            )
            continue
        words = "; ".join([*(f"{one} changed" for one in since), *(one.sentence for one in said)])
        if is_for_people():
            rows.append(
                (
                    (route.kind, ""),
                    (source.title, "title"),
                    (route.reason, "quiet"),
                    (sent, "quiet"),
                    (words, "problem" if said else "quiet"),
                )
            )
        else:
            texts = (source.name, source.id, route.kind, route.reason, route.address, sent, words)
            write_row([*((text, "") for text in texts), (source.title, "title")])
    if rows:
        write_table(_COLUMNS, rows)
    _tell_cap(desk, name, members)
    return 0


def _tell_cap(desk: Desk, name: str, members: Sequence[Member]) -> None:
    if over := desk.delivery.over_cap(name, len(members)):
        say(f"note: {over.sentence}")


def _tell_warnings(opened: _Opened, members: Sequence[Member]) -> None:
    """How many of the sources have which warning."""
    desk, name, _ = opened
    warned = desk.delivery.warnings(name, members)
    counts = Counter(one.kind for some in warned.values() for one in some)
    if counts:
        words = ", ".join(f"{count:,} {_KINDS[kind]}" for kind, count in counts.items())
        say(f"note: {words}; `sluice notebook show {_quoted(name)}` names them")
    _tell_cap(desk, name, opened.members)


# Addresses


def run_notebook_urls(request: Namespace) -> int:
    """Print the addresses of a notebook, each once, those not yet delivered first."""
    opened = _open(request)
    found = opened.desk.delivery.addresses(opened.members)
    chosen = (
        [*found.fresh, *found.delivered] if request.next is None else found.fresh[: request.next]
    )
    for member in chosen:
        write_line(member.route.address)
    flush()
    if found.files:
        say(f"left out: {counted(len(found.files))} to export as files: {_reasons(found.files)}")
    if found.doubled:
        say(f"left out: {counted(len(found.doubled))} with the same address as another one")
    if request.next is not None and found.delivered:
        say(f"left out: {counted(len(found.delivered))} delivered already")
    elif found.delivered:
        say(f"note: {counted(len(found.delivered))} delivered already, at the end")
    if more := len(found.fresh) - len(chosen) if request.next is not None else 0:
        say(f"note: {more:,} more to come with the next --next")
    _tell_warnings(opened, chosen)
    fresh = [member.source for member in chosen if not member.sent]
    return _mark(opened, request, fresh) if request.mark else 0


def _reasons(members: Iterable[Member]) -> str:
    """Why members go as files: ``x.com cannot be fetched (3), no address``."""
    counts = Counter(member.route.reason for member in members)
    return ", ".join(
        f"{reason} ({count:,})" if count > 1 else reason for reason, count in counts.most_common()
    )


# Files


def run_notebook_export(request: Namespace) -> int:
    """Write the sources of a notebook into a folder, and print the paths of the files."""
    opened = _open(request)
    desk, name, members = opened
    wanted = Wanted(name, members, request.pack, request.manifest, request.all)
    report = desk.delivery.exporter.export(wanted, Path(request.to), dry_run=request.dry_run)
    for file in report.names("new", "replaced", "same"):
        write_line(str(report.folder / file))
    flush()
    _tell_export(report, name, members, dry_run=request.dry_run)
    names = {row.source for row in report.rows if row.file}
    chosen = [member for member in members if member.source.name in names]
    _tell_warnings(opened, chosen)
    for what, why in report.left_out.items():
        say(f"left out: {what}: {why}")
    fresh = [member.source for member in chosen if not member.sent]
    code = _mark(opened, request, fresh) if request.mark else 0
    return 1 if report.left_out else code


def _tell_export(report: Report, name: str, members: Sequence[Member], *, dry_run: bool) -> None:
    counts = Counter(report.outcomes.values())
    files = sum(count for outcome, count in counts.items() if outcome != "removed")
    if not counts and not report.left_out:
        say(
            f"Nothing to export: {counted(len(members))}, all with an address; --all exports them "
            f"too, and `sluice notebook urls {_quoted(name)}` prints the addresses"
        )
        return
    parts = [f"{counts[kind]:,} {word}" for kind, word in _OUTCOMES.items() if counts[kind]]
    would = "Would export" if dry_run else "Exported"
    what = ", ".join(parts)
    say(
        f"{would} {counted(files, 'file')} ({report.size:,} bytes) to {report.folder}: {what}"
        if what
        else f"{would} nothing to {report.folder}"
    )
    if as_address := sum(not row.file and row.route == "address" for row in report.rows):
        say(
            f"left out: {counted(as_address)} to add by address; "
            f"`sluice notebook urls {_quoted(name)}` prints {'it' if as_address == 1 else 'them'}"
        )


_OUTCOMES: Mapping[Outcome, str] = {
    "new": "new",
    "replaced": "replaced",
    "same": "unchanged",
    "removed": "removed",
}


# Packet


def run_notebook_packet(request: Namespace) -> int:
    """Print the sources of a notebook and the questions asked of them, as Markdown."""
    desk, name, _ = _open(request)
    write_lines(desk.delivery.packet(name, request.ask).rstrip())
    field = "integrated_into"
    if field in desk.schema.fields:
        query = desk.shelf.query_of(name)
        say(
            "note: when the answer is a note, this links it: "
            f"`sluice set -q {_quoted(query)} {field}+='[[NOTE]]'`"
        )
    return 0


# What the service has


def run_notebook_reconcile(request: Namespace) -> int:
    """Compare the list that the service shows with the members of a notebook."""
    opened = _open(request)
    desk, name, members = opened
    text = _read_list(request.list)
    found = desk.delivery.reconcile(name, text)
    sent = {member.source.name: member.sent for member in members}
    if request.json:
        write_json(
            {
                "delivered": [
                    {**_named(one.source), "sent": sent[one.source.name] or None, **_lines(one)}
                    for one in found.delivered
                ],
                "missing": [
                    {
                        **_named(one.source),
                        "sent": sent[one.source.name] or None,
                        "why": one.why or None,
                    }
                    for one in found.missing
                ],
                "double": [{**_named(one.source), **_lines(one)} for one in found.double],
                "unknown": [
                    {
                        "line": one.line.number,
                        "text": one.line.text,
                        "why": one.why,
                        "candidates": [str(desk.vault.root / each) for each in one.candidates],
                    }
                    for one in found.unknown
                ],
            }
        )
    else:
        _write_reconciled(found, sent)
    flush()
    fresh = [one.source for one in found.delivered if not sent[one.source.name]]
    counts = ", ".join(
        f"{len(part):,} {word}" for word, part in zip(found._fields, found, strict=True)
    )
    say(f"{name}: {counts}")
    if request.mark:
        return _mark(opened, request, fresh)
    if fresh:
        say(f"note: --mark notes {counted(len(fresh))} as delivered")
    return 0


def _named(source: Source) -> dict[str, Any]:
    return named(source.path, source)


def _lines(shown: Any) -> dict[str, Any]:
    return {"lines": [{"line": line.number, "text": line.text} for line in shown.lines]}


def _write_reconciled(found: Any, sent: dict[str, str]) -> None:
    """A row for each source and unknown line; in a terminal what needs a look comes first."""
    double = {one.source.name for one in found.double}
    rows = [("unknown", "", one.line.text, one.why) for one in found.unknown]
    for one in found.missing:
        why = one.why or (f"delivered on {day}" if (day := sent[one.source.name]) else "")
        rows.append(("missing", one.source.name, one.source.title, why))
    for one in found.double:
        lines = ", ".join(str(line.number) for line in one.lines)
        rows.append(("double", one.source.name, one.source.title, f"lines {lines}"))
    for one in found.delivered:
        day = sent[one.source.name]
        if one.source.name not in double or not is_for_people():
            rows.append(("delivered", one.source.name, one.source.title, day))
    if is_for_people():
        table = [((kind, ""), (title, "title"), (why, "quiet")) for kind, _, title, why in rows]
        write_table((Column(most=9), Column(), Column(most=40, least_width=60)), table)
        return
    for row in rows:
        write_row([(text, "") for text in row])


def _read_list(name: str) -> str:
    """The pasted list: a file, or stdin for ``-``. Raises StorageError."""
    try:
        if name != "-":
            return read_given(Path(name), _LARGEST).decode("utf-8", "replace")
        if can_ask():
            say("Paste the list, then press ctrl+d.")
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        text = sys.stdin.read(_LARGEST + 1)
    except OSError as error:
        what = "the list from stdin" if name == "-" else short(name)
        raise StorageError(f"Cannot read {what} {failed(error, 'read')}") from error
    if len(text) > _LARGEST:
        raise StorageError(f"The list from stdin is larger than {_LARGEST >> 20} MB; shorten it.")
    return text


# Delivered


def _mark(opened: _Opened, request: Namespace, sources: Sequence[Source]) -> int:
    """Note sources as delivered, as one change, after the person said so."""
    desk, name, _ = opened
    if getattr(request, "dry_run", False):
        return 0
    if not sources:
        say("Nothing to note: all of that is noted as delivered.")
        return 0
    if not (request.yes or ask(f"{counted(len(sources))}: delivered?")):
        say("Nothing was noted as delivered.")
        return 1
    from tui.cli.commands.matching import change_matching  # noqa: PLC0415 - to note it only

    # The user's own day, not Greenwich's.
    make = deciding(desk.shelf.mark_sent(name, date.today()), confirms=not request.by)
    plain = Namespace(
        conditions=[], hashes=[], by=request.by, why=request.why, yes=True, dry_run=False,
        json=False,
    )  # fmt: skip
    return change_matching(desk, plain, make, sources, f"{short(name)} delivered")


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    from shlex import quote  # noqa: PLC0415 - for sentences only

    return quote(name)
