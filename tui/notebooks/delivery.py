"""Delivery: how the sources of a notebook get to the service, and what is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from tui.errors import SluiceError, StorageError
from tui.notebooks.documents import Document, document_of
from tui.notebooks.export import Exporter, Member
from tui.notebooks.export_record import ExportRecord
from tui.notebooks.packet import packet
from tui.notebooks.reconcile import Reconciled, reconcile
from tui.notebooks.routes import Route, route_of
from tui.notebooks.shelf import Shelf
from tui.notebooks.since import FILE, changed_since
from tui.notebooks.warnings import Judge, Warned, cap_warning, delivered_pages, warnings_of
from tui.triage.notebook_settings import RouteKind
from tui.triage.order import DATE, Orders
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.vault.disk.storage import read_snapshot
from tui.vault.history.last_set import LastSet
from tui.vault.source import Source
from tui.vault.vault import Vault
from tui.vault.writing.revert import digest

_MOST_LOOKED_AT = 20
"""Most files of which it is found out whether sluice itself wrote them last."""


class Addresses(NamedTuple):
    """The addresses of a notebook, each once."""

    fresh: Sequence[Member]
    """Those not yet delivered."""
    delivered: Sequence[Member]
    doubled: Sequence[Member]
    """Members with the same address as one of these."""
    files: Sequence[Member]
    """Members that go as files."""


class Delivery:
    """Says how members get to the service, and delivers them; sluice itself sends nothing."""

    def __init__(
        self,
        schema: Schema,
        shelf: Shelf,
        vault: Vault,
        read_body: Callable[[Source], str],
        duplicates_of: Callable[[Source], Iterable[str]],
        last_set: LastSet,
        record: ExportRecord,
    ) -> None:
        self._schema = schema
        self._shelf = shelf
        self._vault = vault
        self._read_body = read_body
        self._last_set = last_set
        self._record = record
        self._orders = Orders(schema)
        first = schema.flow.main[0]
        self._judge = Judge(
            lambda source: status_of(schema, source) == first,
            duplicates_of,
            self._title_of,
            schema.notebooks.limits,
        )
        self.exporter = Exporter(
            vault.root, read_body, record, schema.notebooks.limits, lambda: shelf.members().names
        )
        """Writes files into folders outside the vault."""

    def route(self, source: Source, notebook: str = "") -> Route:
        """How a source gets into a notebook."""
        return route_of(source, self._schema.notebooks.hosts_of(notebook))

    def members(self, notebook: str, sources: Iterable[Source] | None = None) -> list[Member]:
        """The members of a notebook with their routes, by tier, then by date.

        ``sources`` are its sources, if they are known already.
        """
        if sources is None:
            sources = self._shelf.members().of(notebook)
        return [
            Member(source, self.route(source, notebook), self._day(source, notebook))
            for source in self.in_order(sources)
        ]

    def in_order(self, sources: Iterable[Source]) -> list[Source]:
        """Sources by tier, then by date, the newest first."""
        found = list(sources)
        offered = {key.name for key in self._orders.offered}
        for name in (DATE, "tier"):
            if name in offered:
                found = self._orders.read(name).sort(found)
        return found

    def addresses(self, members: Sequence[Member]) -> Addresses:
        """The addresses of a notebook's members, in their order."""
        shown = {page for one in members if one.sent and (page := one.route.page)}
        seen: set[str] = set()
        fresh, delivered = list[Member](), list[Member]()
        doubled, files = list[Member](), list[Member]()
        # Those delivered come first, so that another source with their address is the double.
        for member in sorted(members, key=lambda one: not one.sent):
            page = member.route.page
            if member.route.kind == "file":
                files.append(member)
            elif page in seen or (page in shown and not member.sent):
                doubled.append(member)
            else:
                seen.add(page)
                (delivered if member.sent else fresh).append(member)
        return Addresses(fresh, delivered, doubled, files)

    def routes(self, notebook: str, sources: Iterable[Source]) -> dict[str, int]:
        """How many members go which way."""
        counts = Counter(self.route(source, notebook).kind for source in sources)
        return {kind: counts[kind] for kind in get_args(RouteKind)}

    def document(self, member: Member) -> Document:
        """The text that the service gets of a member. Raises StorageError."""
        return document_of(member.source, self._read_body(member.source), member.route.address)

    def warnings(
        self,
        notebook: str,
        members: Sequence[Member],
        step: Callable[[], object] = lambda: None,
        *,
        with_texts: bool = True,
    ) -> dict[str, list[Warned]]:
        """The warnings about members of a notebook, by the names of those that have some.

        ``with_texts`` reads their texts, to say which are too short or too long. ``step`` is
        called before each member.
        """
        names = {member.source.name for member in members}
        having = self._shelf.having(notebook)
        pages = delivered_pages(
            (source, self.route(source, notebook))
            for source in having
            if self._day(source, notebook)
        )
        found: dict[str, list[Warned]] = {}
        for member in members:
            step()
            document: Document | None = None
            if with_texts:
                try:
                    document = self.document(member)
                except SluiceError:
                    # The file is gone, or not readable: whoever exports it says so.
                    document = None
            warned = warnings_of(member.source, member.route, self._judge, names, pages, document)
            if warned:
                found[member.source.name] = warned
        return found

    def over_cap(self, notebook: str, members: int) -> Warned | None:
        """The warning about a notebook with more members than it can have."""
        return cap_warning(members, self._schema.notebooks.cap_of(notebook))

    def changed(self, notebook: str, sources: Iterable[Source]) -> Mapping[str, tuple[str, ...]]:
        """What changed of what the service got, by the names of sources that changed since.

        Raises JournalError.
        """
        person, others = self._last_set.by_person(), self._last_set.by_others()
        found: dict[str, tuple[str, ...]] = {}
        for source in sources:
            if not self._day(source, notebook):
                continue
            settings = {**others.get(source.name, {}), **person.get(source.name, {})}
            if changed := changed_since(self._schema, source, notebook, settings):
                found[source.name] = changed
        files = [name for name, changed in found.items() if FILE in changed]
        # Each takes a look at the whole undo journal.
        for name in files if len(files) <= _MOST_LOOKED_AT else ():
            if self._is_as_left(name):
                found[name] = tuple(what for what in found[name] if what != FILE)
        return {name: changed for name, changed in found.items() if changed}

    def _is_as_left(self, name: str) -> bool:
        """Whether a file is as a change or an undo of sluice left it."""
        try:
            now = digest(read_snapshot(self._vault.root, name).data)
        except StorageError:
            return False
        patches = (
            record.patch for change in self._vault.journal.of_file(name) for record in change.files
        )
        return any(now in (patch.digest_before, patch.digest_after) for patch in patches)

    def reconcile(
        self, notebook: str, text: str, step: Callable[[], object] = lambda: None
    ) -> Reconciled:
        """Compare a pasted list with the members of a notebook; ``step`` comes before a line."""
        members = [member.source for member in self.members(notebook)]
        names = {source.name for source in members}
        others = [source for source in self._vault.sources if source.name not in names]
        files: dict[str, tuple[str, ...]] = {}
        for place in self._record.places(notebook).values():
            # Of several exports the last one counts.
            files = {name: one.sources for name, one in place.files.items() if one.sources}
        return reconcile(text, members, others, list(files.items()), step)

    def packet(self, notebook: str, questions: Sequence[str] = ()) -> str:
        """The members of a notebook and the questions asked of them, as Markdown."""
        purpose = self._schema.notebooks.purpose_of(notebook)
        return packet(notebook, purpose, questions, self.members(notebook))

    def _day(self, source: Source, notebook: str) -> str:
        sent = self._shelf.sent_to(source, notebook)
        if sent is None:
            return ""
        return sent.day.isoformat() if sent.day is not None else "?"

    def _title_of(self, name: str) -> str:
        source = self._vault.find(name)
        return source.title if source is not None else name
