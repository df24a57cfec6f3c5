"""Commands about earlier changes: log, undo, redo."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from shlex import quote

from tui.cli.opening import matching, open_desk, resolve, title_of, which
from tui.cli.output import is_for_people, say, write_json, write_painted, write_row
from tui.desk import Desk
from tui.display import listed, short
from tui.errors import Conflict, EditRefused, NothingToUndo, StorageError, UnknownSource
from tui.records import moment_record
from tui.triage.moment import local, said_of_change, said_of_fields, signed
from tui.vault import references
from tui.vault.history.change import Change, Commit
from tui.vault.source import one_form
from tui.vault.writing.writer import Which

_MANY = 50
"""From so many changes on it is faster to read the whole vault than each source."""

_TITLES = 3
"""How many titles a line lists."""


def run_undo(request: Namespace) -> int:
    """Undo the last change."""
    desk = open_desk(request)
    by, id = request.by or "", getattr(request, "id", "")
    if id and all(change.id != id for change in desk.vault.log(by)):
        raise NothingToUndo(f"“{short(by)}” has made no change {short(id)}; nothing was undone.")
    try:
        change = desk.undo(Which(id, by, skip=request.skip))
    except (Conflict, EditRefused, StorageError) as error:
        whose = f"--by {quote(by)} " if by else ""
        hint = f" `sluice undo {whose}--skip` undoes the one before it."
        raise type(error)(f"{error}{'' if request.skip or id else hint}") from error
    return _tell(desk, request, "Undone", change)


def run_redo(request: Namespace) -> int:
    """Redo the last undone change."""
    desk = open_desk(request)
    return _tell(desk, request, "Redone", desk.redo())


def _tell(desk: Desk, request: Namespace, done: str, change: Change) -> int:
    say(f"{done}: {_summary(desk, change)}")
    if request.json:
        from tui.cli.outcome import write_change  # noqa: PLC0415 - for JSON only

        write_change(desk, change, undone=done == "Undone")
    return 0


def _summary(desk: Desk, change: Change) -> str:
    return f"{change.label} ({which(desk, change.names)})"


def run_log(request: Namespace) -> int:
    """Print changes, newest first; of one source also the commits."""
    desk = open_desk(request)
    name = "" if request.reference is None else _name_of(desk, request.reference)
    moments: Iterable[Change | Commit] = (
        _past(desk, request, name) if name else _changes(desk, request)
    )
    today = date.today()
    if request.today:
        moments = (each for each in moments if local(each.time).date() == today)
    if name and is_for_people() and not request.json:
        write_painted([(title_of(desk, name), "title"), (f"  {name}", "quiet")])
    for moment in islice(moments, request.limit):
        if request.json:
            write_json(moment_record(moment))
        elif is_for_people():
            _write_for_people(desk, moment, name)
        else:
            _write_for_programs(moment)
    return 0


def _changes(desk: Desk, request: Namespace) -> Iterable[Change]:
    """The changes of all sources, or of those that match."""
    history = desk.vault.log(request.by or "")
    changes: Iterable[Change] = history if request.reverse else reversed(history)
    if request.query.strip():
        names = {source.name for source in matching(desk, request.query)}
        changes = (change for change in changes if not names.isdisjoint(change.names))
    if is_for_people() and len(history) > _MANY and not request.json:
        desk.vault.load()
    return changes


def _past(desk: Desk, request: Namespace, name: str) -> Iterable[Change | Commit]:
    """The changes and commits of one source."""
    from tui.vault.past import past_of  # noqa: PLC0415 - for one source only

    past = past_of(desk.vault, name)
    if past.note:
        say(f"note: {past.note}")
    moments = past.moments[::-1] if request.reverse else past.moments
    return (each for each in moments if request.by in (None, one_form(each.by)))


def _name_of(desk: Desk, ref: str) -> str:
    """The source's name; also of one that is gone, and in the journal."""
    try:
        (source,) = resolve(desk, [ref])
    except UnknownSource:
        root = desk.vault.root
        for name in references.paths_of(ref, (Path.cwd(), root), root):
            if desk.vault.journal.of_file(name):
                return name
        raise
    return source.name


def _write_for_programs(moment: Change | Commit) -> None:
    if isinstance(moment, Commit):
        state, label, names, why = "commit", moment.subject, moment.name, ""
    else:
        state, label = "undone" if moment.undone else "done", moment.label
        names, why = " ".join(moment.names), moment.why
    row = [moment.id, moment.time.isoformat(), state, label, names]
    # Columns that only some changes have come last.
    row += [moment.by, why] if moment.by or why else []
    write_row([(text, "") for text in row])


def _write_for_people(desk: Desk, moment: Change | Commit, name: str) -> None:
    """A line; its source's title is above it if all lines are about that one."""
    when = local(moment.time).strftime("%Y-%m-%d %H:%M")
    if isinstance(moment, Commit):
        who = f"commit {moment.id[:7]}" + (f" by {moment.by}" if moment.by else "")
        what, names = short(moment.subject), [moment.name]
        fields = said_of_fields(desk.schema, moment.fields or (), "").whole
        # A commit may have changed too much for one line.
        fields = fields or listed([str(field.field) for field in moment.fields or ()])
        line, state = signed(who, what, fields), ""
    else:
        names, said = list(moment.names), said_of_change(desk.schema, moment).whole
        line, state = signed(moment.by, said, moment.why), "  (undone)" if moment.undone else ""
    if not name:
        state = f"  {_titles(desk, names)}{state}"
    elif name not in names:
        state += f"  as {', '.join(names)}"
    write_painted([(f"{when}  ", "quiet"), (line, ""), (state, "quiet")])


def _titles(desk: Desk, names: Sequence[str]) -> str:
    """The titles of a change's sources; of many, the first ones."""
    titles = [title_of(desk, name) for name in names[:_TITLES]]
    more = len(names) - len(titles)
    return ", ".join([*titles, f"{more:,} more"] if more else titles)
