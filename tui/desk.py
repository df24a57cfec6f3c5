"""Desk: an opened vault with its schema, problems and lookup, used by both front ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import JournalError, NothingToUndo, SluiceError, Stopped, StorageError
from tui.once import once
from tui.private import close_folder
from tui.state.folders import Folders
from tui.triage.alike import Habits
from tui.triage.planned import PlannedChange
from tui.triage.schema import load_schema
from tui.triage.status import status_in
from tui.vault.history.author import NOBODY, Author
from tui.vault.history.change import Change
from tui.vault.progress import Progress
from tui.vault.reading.recent_bodies import RecentBodies
from tui.vault.source import Source, one_form
from tui.vault.vault import FieldEdit, Vault, refuse_no_folder
from tui.vault.writing.plan import Check, FileDiff, NewFile, edited_name
from tui.vault.writing.writer import NEWEST, Which

if TYPE_CHECKING:
    from tui.checks.duplicates import Duplicates
    from tui.checks.file_repair import FileRepair
    from tui.notebooks.delivery import Delivery
    from tui.notebooks.learner import NotebookLearner
    from tui.notebooks.shelf import Shelf
    from tui.search.complete import Completer
    from tui.search.filters import FieldsOf
    from tui.search.lookup import Lookup
    from tui.suggest.by_hand import ByHand
    from tui.suggest.learner import Learner
    from tui.triage.answering import Answering
    from tui.triage.confirmed import Confirmed, Known
    from tui.triage.confirming import Confirming
    from tui.triage.order import Orders
    from tui.triage.proposals import Proposals
    from tui.triage.snoozes import Snoozes
    from tui.triage.stats import Stats
    from tui.triage.told import Told
    from tui.triage.waiting import Waits
    from tui.vault.history.last_set import LastSet
    from tui.vault.repair.propose import Keep


_SILENT = ("date", "duration", "longtext", "url")
"""The kinds of fields whose values are not completed."""


MANY_CHANGES = 50
"""Changes from which it is counted how many of them are undone."""


class Queue(NamedTuple):
    """The sources of a query as a view shows them."""

    sources: list[Source]
    snoozed: Sequence[Source] = ()
    """Those it leaves out because they are snoozed."""


class Desk:
    """One vault with everything needed to work on it.

    Raises VaultError and SchemaError when it cannot be opened.
    """

    def __init__(self, root: Path, folders: Folders, looked: str | None = None) -> None:
        """``looked`` is a schema in place of the vault's own; then nothing can be changed."""
        for folder in (folders.state, folders.cache):
            # Whatever mode it was made with: its files reveal the sources.
            close_folder(folder)
        refuse_no_folder(root)
        self.schema = load_schema(root, looked)
        self.folders = folders
        self.state = folders.vault_state(root)
        """This vault's own folder for drafts and the undo journal, outside the vault."""
        self.vault = Vault(root, self.state, folders.vault_cache(root), self.schema.rule)
        if looked is not None:
            self.vault.refuse_changes()
        self.bodies = RecentBodies(self.vault.read_body)
        """The texts of the sources, each read once."""
        self.cache = folders.vault_cache(root)
        """This vault's own folder for caches, which can be rebuilt."""
        self.index_file = self.cache / "lookup.index"
        self.known_waits: Waits | None = None
        """How long sources have been waiting, as of the last time it was asked."""
        self.vault.journal.before_trim = self._keep_up

    @once
    def problem_of(self) -> Callable[[Source], str | None]:
        """Gives the first problem of a source as a sentence, or None."""
        from tui.checks import problem_of  # noqa: PLC0415 - a change does without it

        return problem_of(self.schema)

    @once
    def lookup(self) -> Lookup:
        """The lookup over the vault's sources."""
        from tui.search.bodies import Bodies  # noqa: PLC0415 - a plain list does without these
        from tui.search.body_store import BodyStore  # noqa: PLC0415
        from tui.search.lookup import Lookup  # noqa: PLC0415
        from tui.search.open_work import OpenWork  # noqa: PLC0415

        lookup = Lookup(
            {name: name for name in self.schema.fields} | dict(self.schema.shorts),
            self.schema.lookup,
            self.schema.roles.insights,
            self.problem_of,
            self.bodies.of,
            self.index_file,
            Bodies(
                self.bodies.of,
                BodyStore(self.cache / "bodies.sqlite"),
                lambda: self.vault.sources,
            ),
        )
        lookup.know_rule(self.schema.rule)
        lookup.is_doubtful = self.learner.is_doubtful
        schema, fields = self.schema, self.schema.fields.values()
        urls = [field.name for field in fields if field.kind == "url"]
        lookup.know(self.duplicates, urls, self.vault.changed, self._kinds)
        lookup.know_confirmed(
            self._confirmed_now if self._kinds.get("confirmed") in (None, "confirmed") else None
        )
        has_filter = "proposal" not in schema.fields
        lookup.know_proposed(
            (lambda: self.proposals.now()) if has_filter else None,  # noqa: PLW0108 - loaded when asked
            lambda: self.proposals.version,
        )
        if schema.roles.notebooks:
            sent = {schema.roles.sent: self._sent_names} if schema.roles.sent else {}
            lookup.know_names({schema.roles.notebooks: self._notebook_names, **sent})
        in_status = partial(status_in, schema)
        lookup.know_meanings(schema.roles.status, in_status, schema.lists_of_words)
        lookup.know_snoozed(
            self.is_snoozed,
            OpenWork(
                schema.status.values, schema.open_statuses, schema.roles.snoozed, schema.shorts
            ),
            # A field of the vault's own with that name comes first.
            has_filter="snoozed" not in schema.fields,
        )
        lookup.replace(lambda: self.vault.sources)
        return lookup

    @once
    def snoozes(self) -> Snoozes:
        """Knows which sources are snoozed."""
        from tui.triage.snoozes import Snoozes  # noqa: PLC0415 - most headers have no such day

        return Snoozes(self.vault.root, self.state / "snoozed.json", self.schema.roles.snoozed)

    @once
    def proposals(self) -> Proposals:
        """Knows what somebody else proposes for the sources."""
        from tui.triage.proposals import Proposals  # noqa: PLC0415 - a change does without it

        file = self.state / "proposals.json"
        vault = self.vault
        return Proposals(self.schema, vault.root, file, vault.find, vault.look)

    @once
    def answering(self) -> Answering:
        """Takes and refuses proposals."""
        from tui.triage.answering import Answering  # noqa: PLC0415 - as above

        return Answering(self.schema, lambda: self.habits, self.proposals, self.commit)

    @once
    def shelf(self) -> Shelf:
        """The notebooks, and the changes that put sources into them."""
        from tui.notebooks.shelf import Shelf  # noqa: PLC0415 - a plain list does without it

        return Shelf(self.schema, lambda: self.vault.sources)

    @once
    def delivery(self) -> Delivery:
        """How the sources of notebooks get to the service."""
        from tui.notebooks.delivery import Delivery  # noqa: PLC0415 - as above
        from tui.notebooks.export_record import ExportRecord  # noqa: PLC0415 - as above

        record = ExportRecord(self.state / "exports.json")
        return Delivery(
            self.schema,
            self.shelf,
            self.vault,
            self.bodies.of,
            self._names_of_duplicates,
            self.last_set,
            record,
        )

    def _names_of_duplicates(self, source: Source) -> list[str]:
        self.duplicates.prepare()
        return [duplicate.name for duplicate in self.duplicates.of(source)]

    def _notebook_names(self, source: Source) -> Iterable[str]:
        return self.shelf.names_of(source)

    def _sent_names(self, source: Source) -> Iterable[str]:
        return [sent.notebook for sent in self.shelf.sent_of(source)]

    @once
    def notebook_learner(self) -> NotebookLearner:
        """Suggests notebooks, learnt from those that sources are in."""
        from tui.notebooks.learner import NotebookLearner  # noqa: PLC0415 - as above

        vault = self.vault
        return NotebookLearner(
            self.schema, self.bodies.of, lambda: vault.sources, vault.find, self.shelf.names_of
        )

    def is_snoozed(self, source: Source) -> bool:
        """Whether a source is snoozed now."""
        return self.snoozed_until(source) is not None

    def snoozed_until(self, source: Source) -> date | None:
        """The day until which a source is snoozed; None when it is not, or no longer."""
        field = self.schema.roles.snoozed
        # The usual case costs nothing: hardly any header has the field.
        if not field or not source.has(field):
            return None
        snoozes, today, on_disk = self.snoozes, date.today(), self.vault.on_disk(source)
        if on_disk is not source and (day := snoozes.day_of(source)) != snoozes.day_of(on_disk):
            # A change on its way to the disk snoozes it.
            return day if day is not None and day > today else None
        return snoozes.until(source, today)

    @once
    def learner(self) -> Learner:
        """Makes suggestions, learnt from the vault's decisions."""
        from tui.suggest.learner import Learner  # noqa: PLC0415 - a plain list does without it

        vault = self.vault
        return Learner(self.schema, self.bodies.of, lambda: vault.sources, vault.find, self.by_hand)

    @once
    def by_hand(self) -> ByHand:
        """Knows which values a person set."""
        from tui.suggest.by_hand import ByHand  # noqa: PLC0415 - as above
        from tui.triage.confirmed import is_guessed, listed_in  # noqa: PLC0415 - as above

        schema, vault = self.schema, self.vault
        hosts = schema.capture.hosts.values()
        return ByHand(
            vault.journal,
            vault.expects,
            [field.name for field in schema.fields.values() if is_guessed(schema, field)],
            lambda field: {"", *(host.get(field, "") for host in hosts)},
            lambda source: listed_in(schema, source),
            self.state / "by_hand.json",
        )

    @property
    def habits(self) -> Habits:
        """The forms that the sources use for fields outside the schema."""
        return Habits(lambda: self.vault.sources)

    @once
    def duplicates(self) -> Duplicates:
        """Finds duplicates."""
        from tui.checks.duplicates import Duplicates  # noqa: PLC0415 - as above

        return Duplicates(lambda: self.vault.sources)

    @once
    def orders(self) -> Orders:
        """The orders that sources can be sorted by."""
        from tui.triage.order import Orders, ranked_key, waiting_key  # noqa: PLC0415 - as above

        orders = Orders(self.schema, lambda: self.vault.sources)
        words = "duplicates side by side", "in reverse"
        duplicates = ranked_key("duplicates", "duplicates", words, self._duplicate_ranks)
        orders.add(duplicates, offered=False)
        words = "least certain first", "most certain first"
        sureness = self.learner.sureness
        if self.schema.roles.category:
            orders.add(ranked_key("certainty", "category certainty", words, sureness))
        if self.waiting_sort:
            orders.add(waiting_key(self._waiting))
        return orders

    @once
    def last_set(self) -> LastSet:
        """Knows who last set which field."""
        from tui.triage.capture import chosen  # noqa: PLC0415 - a plain list does without these
        from tui.vault.history.last_set import LastSet  # noqa: PLC0415

        born = partial(chosen, self.schema)
        return LastSet(
            self.vault.journal, self.state / "last_set.json", born, self.schema.status.tagged
        )

    def _keep_up(self) -> None:
        self.last_set.keep_up()

    @once
    def confirmed(self) -> Confirmed:
        """Knows which values a person confirmed."""
        from tui.triage.confirmed import Confirmed  # noqa: PLC0415 - as above

        return Confirmed(self.schema, self.last_set, lambda: self.by_hand.edits)

    @once
    def confirming(self) -> Confirming:
        """Confirms values."""
        from tui.triage.confirming import Confirming  # noqa: PLC0415 - as above

        return Confirming(self.schema, self._confirmed_known, self.commit)

    def with_trust(self, stats: Stats, sources: Sequence[Source]) -> Stats:
        """The counts with what is confirmed, how right guesses were, and how long sources wait.

        Raises JournalError.
        """
        from tui.triage.trust import ages_of, trust_of  # noqa: PLC0415 - for statistics only

        schema, known = self.schema, self.confirmed.now()
        ages = ages_of(schema, sources, self.waits().of, self.is_snoozed, stats.today)
        fields = trust_of(schema, sources, known, self.last_set.guesses())
        return stats._replace(fields=fields, ages=ages)

    def _confirmed_known(self) -> Known:
        return self.confirmed.now()

    def _confirmed_now(self) -> FieldsOf:
        return self._confirmed_known().of

    @property
    def _kinds(self) -> Mapping[str, str]:
        """The kinds of fields for queries: the list of confirmed fields is one of its own."""
        kinds: Mapping[str, str] = self.schema.kinds
        is_list = self.schema.roles.confirmed == "confirmed"
        return {**kinds, "confirmed": "confirmed"} if is_list else kinds

    def waits(self) -> Waits:
        """Knows how long sources have been waiting, by what the undo journal has now."""
        from tui.triage.waiting import Waits  # noqa: PLC0415 - as above

        try:
            waits = Waits(self.schema, (self.last_set.by_person(), self.last_set.by_others()))
        except JournalError:
            # Undo reports the error; the headers have dates too.
            waits = Waits(self.schema)
        self.known_waits = waits
        return waits

    @property
    def waiting_sort(self) -> str:
        """The name of the sort key for the time waiting; empty if the schema has such a field."""
        from tui.triage.order import WAITING  # noqa: PLC0415 - as above

        return "" if WAITING in self.schema.fields else WAITING

    def _waiting(self, sources: Sequence[Source]) -> list[date | None]:
        waits = map(self.waits().of, sources)
        return [wait and wait.since for wait in waits]

    def _duplicate_ranks(self, names: Sequence[str]) -> Mapping[str, float]:
        if len(names) > 1:
            # A single source is inserted into a sorted list.
            self.duplicates.prepare()
        return self.duplicates.ranks()

    @once
    def completer(self) -> Completer:
        """Completes half-typed filters."""
        from tui.search.complete import Completer, Names  # noqa: PLC0415 - only who types wants it

        fields = self.schema.fields.values()
        known = {f.name: ("yes", "no") if f.kind == "bool" else f.values for f in fields}
        known |= dict.fromkeys(filter(None, [self.schema.roles.notebooks]), self.shelf.planned)
        names = Names(
            self.schema.shorts,
            known,
            closed=frozenset(
                f.name for f in fields if (f.values or f.kind == "bool") and not f.open
            ),
            silent=frozenset(f.name for f in fields if f.kind in _SILENT),
            kinds=self._kinds,
            lists=self.schema.lists_of_words,
        )
        return Completer(names, lambda: self.vault.sources)

    def commit(
        self,
        planned: PlannedChange,
        progress: Progress | None = None,
        left_out: dict[str, SluiceError] | None = None,
        asked: datetime | None = None,
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Make a planned change. Raises as ``Vault.commit`` does, and StorageError."""
        label = planned.label
        edits: list[FieldEdit | FileDiff] = [*planned.edits, *planned.repairs]
        if planned.answered:
            from tui.triage.proposed import grounds  # noqa: PLC0415 - for proposals only

            author = grounds(planned.answered, author)
        if planned.answered and not edits:
            return self._note_answers(planned, {} if left_out is None else left_out, author)
        with self._noted(map(edited_name, edits)):
            change = self.vault.commit(label, edits, progress, left_out, asked, author, check)
        self._begin_snoozes(change, as_written=True)
        if change.proposals:
            # If this fails, they are for values that the sources have, and so are left out.
            with suppress(StorageError), self._noted(change.names):
                self._answered(change)
        return change

    def _note_answers(
        self, planned: PlannedChange, left_out: dict[str, SluiceError], author: Author
    ) -> Change:
        """Note that proposals were refused; no file is written."""
        sources = self.vault.known(dict.fromkeys(row["source"] for row in planned.answered))
        with self._noted(source.name for source in sources):
            change = self.vault.note(planned.label, sources, left_out, author)
        self._answered(change)
        return change

    def _answered(self, change: Change) -> None:
        """Keep the proposals no longer that a change has taken or refused."""
        if change.proposals:
            self.proposals.drop({str(row.get("id")) for row in change.proposals})

    def repair(self, label: str, diffs: Sequence[FileDiff], author: Author = NOBODY) -> Change:
        """Write repaired texts as one change. Raises as ``Vault.repair`` does."""
        with self._noted(diff.name for diff in diffs):
            return self.vault.repair(label, diffs, author)

    def repair_of(self, source: Source, keep: Keep | None = "header") -> FileRepair:
        """Work out the repair of a source's file; see ``find_repair``. Raises StorageError."""
        from tui.checks.file_repair import find_repair  # noqa: PLC0415 - for a repair only

        return find_repair(self.schema, source, self.vault.read_text(source), keep)

    def rename(
        self,
        label: str,
        names: Sequence[str],
        old: str,
        new: str,
        left_out: dict[str, SluiceError],
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Rename a field in these sources. Raises as ``Vault.rename`` does."""
        with self._noted(names):
            return self.vault.rename(label, names, old, new, left_out, author, check)

    def draft(self, url: str, today: date, texts: Mapping[str, str]) -> NewFile:
        """The file of a new source for a URL; ``texts`` are fields, as typed.

        Raises as ``new_source`` does, and StorageError when its folder is not in the vault.
        """
        from tui.triage.capture import new_source  # noqa: PLC0415 - for captures only
        from tui.vault.disk.inside import folder_for_new  # noqa: PLC0415 - as above

        schema, capture = self.schema, self.schema.capture
        if capture.folder:
            # Under the name that it will be listed with.
            folder = folder_for_new(self.vault.root, capture.folder)
            schema = schema._replace(capture=capture._replace(folder=folder))
        known = (*self.vault.sources, *self.vault.unseen())
        new = new_source(schema, known, url, today, texts)
        return NewFile(new.name, new.text)

    def add(
        self, url: str, today: date, texts: Mapping[str, str], author: Author = NOBODY
    ) -> Change:
        """Add a source for a URL as one change. Raises as ``draft`` and ``Vault.create`` do."""
        with self._noted(()):
            # Worked out under the lock, when no other sluice adds one.
            return self.vault.create("add", lambda: self.draft(url, today, texts), author)

    def undo(self, which: Which = NEWEST, progress: Progress | None = None) -> Change:
        """Undo a change, by default the newest one. Raises as ``Vault.undo`` does."""
        with self._noted(()):
            change = self.vault.undo(which, progress)
        with suppress(StorageError), self._noted(change.names):
            if change.proposals:
                self.proposals.put_back(change.proposals)
        return change

    def undo_each(
        self, told: Told, refused: dict[str, SluiceError], progress: Progress | None = None
    ) -> list[Change]:
        """Undo what one of the others did, newest first; each refused change is skipped.

        Its reason is added to ``refused`` by the change's id. When ``progress`` is stopped, the
        rest stays. Raises JournalError, and Stopped when nothing was undone.
        """
        undone: list[Change] = []
        # Of many changes their number is the progress, of a few their sources.
        many = progress if len(told.ids) >= MANY_CHANGES else None
        each = progress if many is None else None
        for count, id in enumerate(told.ids):
            try:
                if many is not None:
                    many.writing = True
                    many.step(count, len(told.ids))
                undone.append(self.undo(Which(id, told.by), each))
            except Stopped:
                if not undone:
                    raise
                break
            except JournalError:
                raise
            except SluiceError as error:
                refused[id] = error
        return undone

    def redo(self, progress: Progress | None = None, id: str = "") -> Change:
        """Redo the last undone change, or the one with that id. Raises as ``Vault.redo`` does."""
        with self._noted(()):
            change = self.vault.redo(progress, id)
        self._begin_snoozes(change, as_written=False)
        with suppress(StorageError), self._noted(change.names):
            self._answered(change)
        return change

    def _begin_snoozes(self, change: Change, *, as_written: bool) -> None:
        """From now on the sources that a change snoozed are snoozed until their files change.

        ``as_written`` says whether the files are as the change first wrote them.
        """
        field = one_form(self.schema.roles.snoozed)
        if not field or all(one_form(str(name)) != field for name in change.fields):
            return
        for record in change.files:
            for item in record.fields:
                if one_form(str(item.field)) == field:
                    written = record.patch.digest_after if as_written else ""
                    self.snoozes.begin(record.name, item.after, written)
        self.snoozes.keep(date.today())

    def snooze_again(self, sources: Iterable[Source]) -> None:
        """Snooze sources as their files are now, until the days that they have already."""
        for source in sources:
            self.snoozes.begin(source.name, self.snoozes.value_of(source))
        self.snoozes.keep(date.today())

    def close(self) -> None:
        """Close the files that are kept open, and store what the next start would read again."""
        if "lookup" in self.__dict__:
            self.lookup.bodies.close()
        if "last_set" in self.__dict__:
            self.last_set.keep()

    @contextmanager
    def _noted(self, names: Iterable[str]) -> Iterator[None]:
        """Note a refusal in the log, with the names of its sources."""
        try:
            yield
        except (NothingToUndo, Stopped):
            raise
        except SluiceError as error:
            from tui.state.log import note_refusal  # noqa: PLC0415 - on a refusal only

            note_refusal(self.folders.state, error, list(dict.fromkeys(names)))
            raise

    def guidance(self, place: str = "this folder") -> tuple[str, ...]:
        """Sentences for a folder without sources, or with statuses mostly unknown; else none."""
        from tui.triage.first_contact import (  # noqa: PLC0415 - for an empty queue and ``list``
            no_sources,
            unknown_statuses,
        )

        sources = self.vault.sources
        if sources:
            return unknown_statuses(self.schema, sources)
        return no_sources(self.schema, place, len(self.vault.passed_over))

    def matching(self, query: str) -> list[Source]:
        """The sources of a view of this query, best first; all of them when it is empty."""
        return self.queue(query).sources

    def queue(self, query: str) -> Queue:
        """The same, with the snoozed sources that it leaves out."""
        if not query.strip():
            return Queue(list(self.vault.sources))
        found = [hit.source for hit in self.lookup.find(query)]
        kept, snoozed = found, list[Source]()
        if self.lookup.leaves_out_snoozed(query):
            kept = []
            for source in found:
                (snoozed if self.is_snoozed(source) else kept).append(source)
        self.keep_snoozes()
        return Queue(kept, snoozed)

    def keep_snoozes(self) -> None:
        """Save which files were compared with those that were snoozed, for the next start."""
        if "snoozes" in self.__dict__:
            self.snoozes.keep(date.today())
