"""Commands for notebooks: list them, put sources into them, rename one, mark what was delivered."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui.cli.commands.change import change_named
from tui.cli.opening import matching, open_desk, resolve
from tui.cli.output import Column, is_for_people, say, write_json, write_row, write_table
from tui.desk import Desk
from tui.display import counted, short
from tui.errors import EditRefused, ValueRefused
from tui.notebooks.members import Members
from tui.notebooks.shelf import label_of
from tui.triage.confirmed import deciding
from tui.triage.fields import read_date
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.triage.planned import Make

_COLUMNS = (
    Column(),
    Column(most=11),
    Column(most=11),
    Column(most=24, least_width=70),
    Column(most=50, least_width=100),
)


def run_notebook_list(request: Namespace) -> int:
    """List the notebooks with their members, caps and deliveries."""
    desk = open_desk(request)
    shelf = desk.shelf
    members = shelf.members()
    if not shelf.exists:
        raise EditRefused(shelf.absence)
    rows = []
    for name, sources in members:
        sent = sum(shelf.sent_to(source, name) is not None for source in sources)
        cap, purpose = shelf.settings.cap_of(name), shelf.settings.purpose_of(name)
        count, routes = len(sources), desk.delivery.routes(name, sources)
        if request.json:
            counts = {"members": count, "cap": cap, "sent": sent, "routes": routes}
            write_json({"name": name, **counts})
            continue
        if not is_for_people():
            numbers = (count, cap, sent, *routes.values())
            write_row([(text, "") for text in (name, *map(str, numbers))])
            continue
        over = count > cap
        rows.append(
            (
                (name, "title"),
                (f"{count:,} of {cap:,}", "tier-1" if over else ""),
                (f"{sent:,} sent", "quiet"),
                (_by_route(routes), "quiet"),
                (purpose, "quiet"),
            )
        )
    if rows:
        write_table(_COLUMNS, rows)
    if not request.json and is_for_people():
        _tell_all(desk, members)
    return 0


def _by_route(routes: Mapping[str, int]) -> str:
    """How many go which way: ``12 addresses, 3 files``."""
    return f"{counted(routes['address'], 'address')}, {counted(routes['file'], 'file')}"


def _tell_all(desk: Desk, members: Members) -> None:
    if not members.names:
        say("There is no notebook; `sluice notebook add NAME REF` makes one.")
        return
    inside = len(desk.vault.sources) - len(members.without)
    say(f"{counted(inside)} in {counted(len(members.names), 'notebook')}")


def run_notebook_add(request: Namespace) -> int:
    """Put sources into a notebook, which is a new one if none has that name."""
    desk = open_desk(request)
    name = desk.shelf.name_for(request.name)
    return _change(desk, request, desk.shelf.add(name), label_of([name], []))


def run_notebook_remove(request: Namespace) -> int:
    """Take sources out of a notebook."""
    desk = open_desk(request)
    name = desk.shelf.meant(request.name)
    return _change(desk, request, desk.shelf.remove(name), label_of([], [name]))


def run_notebook_rename(request: Namespace) -> int:
    """Give a notebook another name wherever it is."""
    from tui.cli.commands.matching import change_matching  # noqa: PLC0415 - for a renaming only
    from tui.notebooks.renamed import left_of_rename  # noqa: PLC0415 - as above
    from tui.state.config import load_config  # noqa: PLC0415 - as above

    desk = open_desk(request)
    shelf = desk.shelf
    members = shelf.members()
    old = shelf.meant(request.name, members)
    new = shelf.new_name(request.new, old)
    views = {**desk.schema.views, **load_config(desk.folders.config).views}
    parse = desk.lookup.parse
    notes = [*left_of_rename(desk.schema, shelf, parse, views.values(), old, new)]
    if there := len(members.of(new)):
        notes.append(f"{short(new)} has {counted(there)} already; both become one notebook")
    make = deciding(shelf.rename(old, new), confirms=not request.by)
    asked = f"notebook {short(old)} → {short(new)}"
    return change_matching(desk, request, make, shelf.having(old), asked, notes)


def run_notebook_sent(request: Namespace) -> int:
    """Mark members of a notebook as delivered, or as not delivered."""
    desk = open_desk(request)
    shelf = desk.shelf
    shelf.refuse_without_sent()
    members = shelf.members()
    name = shelf.meant(request.name, members)
    # The user's own day, not Greenwich's.
    today = date.today()
    day = read_date("--on", request.on) if request.on is not None else today
    if day > today:
        raise ValueRefused(f"--on: {day} is still to come; a delivery was today or before.")
    make = shelf.unmark_sent(name) if request.never else shelf.mark_sent(name, day)
    asked = f"{short(name)} {'not delivered' if request.never else 'delivered'}"
    if request.references or request.query is not None:
        return _change(desk, request, make, asked, None if request.never else members.of(name))
    some = [
        source
        for source in (shelf.having(name) if request.never else members.of(name))
        if (shelf.sent_to(source, name) is not None) == request.never
    ]
    if not some:
        say(f"Nothing to change: {asked}")
        return 0
    return _change_all(desk, request, make, some, asked)


def _change(
    desk: Desk,
    request: Namespace,
    make: Make,
    asked: str,
    expected: Sequence[Source] | None = None,
) -> int:
    """Make the change of the sources that are named, or of all that a query matches.

    Says how many of them are not ``expected``, if that is given.
    """
    make = deciding(make, confirms=not request.by)
    is_named = request.query is None
    sources = resolve(desk, request.references) if is_named else matching(desk, request.query)
    if expected is not None:
        inside = {source.name for source in expected}
        if others := sum(source.name not in inside for source in sources):
            say(f"note: {counted(others)} not in the notebook")
    if is_named:
        return change_named(desk, request, sources, make)
    if not sources:
        say(f"Nothing to change: no source matches {short(request.query)}")
        return 0
    return _change_all(desk, request, make, sources, asked)


def _change_all(
    desk: Desk, request: Namespace, make: Make, sources: Sequence[Source], asked: str
) -> int:
    from tui.cli.commands.matching import change_matching  # noqa: PLC0415 - for many only

    return change_matching(desk, request, make, sources, asked)
