"""Deliverer: says what a delivery of a notebook will do, does it, and asks whether it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from tui.desk import Desk
from tui.display import counted, short
from tui.errors import SluiceError, Stopped
from tui.notebooks.delivery import Addresses
from tui.notebooks.export import Member, Report, Wanted
from tui.session.flow.decider import Decider
from tui.session.keys.keymap import Keymap
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import Cards, Column
from tui.session.ports import Ask, IsStopped, Tell, Threads
from tui.session.questions import ShowSheet
from tui.session.work.copier import Copier
from tui.session.work.delivery_folder import DeliveryFolder
from tui.session.work.delivery_sheet import OpenDelivery, said_of, sheet_of, summed
from tui.session.work.packet_writer import PacketWriter
from tui.state.log import tell_fault
from tui.vault.source import Source


@dataclass(eq=False)
class Deliverer:
    """Copies addresses and writes files; only an answer notes in the headers what was delivered."""

    _desk: Desk
    _cards: Cards
    _facts: CardFacts
    _decider: Decider
    _copier: Copier
    _keymap: Keymap
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._folder = DeliveryFolder(self._desk, self._threads, self._ask, self._tell)
        self._packets = PacketWriter(self._desk, self._folder, self._threads, self._ask)

    # Beginning

    def start(self, column: Column, staged: Sequence[str], count: int) -> None:
        """Show what a delivery would do: of the staged sources, else of all not delivered.

        It copies ``count`` addresses at most; 0 for as many as there is room for.
        """
        is_noted = self._desk.shelf.marks_sent
        opened = OpenDelivery(column.name, column, wanted=count, is_noted=is_noted)
        opened.box = self._ask.ask(
            ShowSheet(sheet_of(opened), press=partial(self._press, opened)),
            lambda _: self._closed(opened),
        )
        lets_keys = self._threads.hold_keys()
        work = partial(self._plan_in, opened, staged, lets_keys)
        self._threads.run(work, "delivery", exclusive=True)

    def _plan_in(
        self,
        opened: OpenDelivery,
        staged: Sequence[str],
        lets_keys: Callable[[], object],
        is_stopped: IsStopped,
    ) -> None:
        """In a thread: find out what to deliver, then what to say before that."""
        members: Sequence[Member] = ()
        try:
            members = self._plan(opened, staged)
        except SluiceError as error:
            opened.fault = str(error)
        except Exception as error:
            opened.fault = tell_fault(error)
        try:
            self._threads.back(self._planned, opened, members)
        finally:
            lets_keys()
        if not (opened.is_empty or opened.fault):
            self._warn_in(opened, members, is_stopped)

    def _plan(self, opened: OpenDelivery, staged: Sequence[str]) -> Sequence[Member]:
        """Work out which addresses and files to deliver; returns all members."""
        delivery, notebook = self._desk.delivery, opened.notebook
        sources = self._desk.vault.known(opened.column.names)
        members = {one.source.name: one for one in delivery.members(notebook, sources)}
        ordered = [members[source.name] for source in sources if source.name in members]
        found: Addresses = delivery.addresses(ordered)
        chosen = set(staged) or {member.source.name for member in ordered}
        # What is staged is delivered again, if it was delivered before.
        addresses = [*found.fresh, *found.delivered] if staged else found.fresh
        opened.staged, opened.doubled = len(staged), found.doubled
        opened.addresses = [
            one for one in _in_order(ordered, addresses) if one.source.name in chosen
        ]
        opened.files = [
            one
            for one in _in_order(ordered, found.files)
            if one.source.name in chosen
            and (staged or self._facts.waits_for_delivery(one.source, notebook))
        ]
        there = {one.source.name for one in ordered if one.sent}
        there -= {one.source.name for one in (*opened.addresses, *opened.files)}
        opened.room = max(0, self._desk.schema.notebooks.cap_of(notebook) - len(there))
        left = len(opened.addresses)
        room = opened.room - len(opened.files)
        opened.untyped = min(opened.wanted or (room if room > 0 else left), left)
        opened.count = opened.untyped
        opened.folder = self._folder.of(notebook)
        return ordered

    def _planned(self, opened: OpenDelivery, members: Sequence[Member]) -> None:
        opened.is_planned = True
        if opened.is_empty and not opened.fault:
            self._close(opened)
            self._say_nothing(opened, members)
        else:
            self._draw(opened)

    def _say_nothing(self, opened: OpenDelivery, members: Sequence[Member]) -> None:
        """Say why there is nothing to deliver."""
        if not members:
            puts = self._keymap.hint("decide.notebooks", "on a card puts it in")
            said = f"{short(opened.notebook)} has no source yet{'; ' if puts else ''}{puts}."
            self._tell.say(said, "warning")
            return
        left = sum(not member.sent for member in members)
        if left:
            sent = self._keymap.hint("board.sent", "on a card notes it")
            have = "has an address" if left == 1 else "have addresses"
            said = f"{counted(left)} {have} delivered before under another source"
        else:
            sent = self._keymap.hint("board.sent", "on a card undoes that")
            said = f"Nothing to deliver: {counted(len(members))} noted as delivered"
        self._tell.say(" · ".join(filter(None, (said, sent))))

    def _warn_in(
        self, opened: OpenDelivery, members: Sequence[Member], is_stopped: IsStopped
    ) -> None:
        """In a thread: read the texts, and see what to say before a delivery."""

        def step() -> None:
            self._threads.give_way()
            if is_stopped() or opened.box is None:
                raise Stopped

        try:
            chosen = [*opened.addresses, *opened.files]
            names = {member.source.name for member in chosen}
            found = self._desk.delivery.warnings(opened.notebook, members, step, with_texts=False)
            long = self._desk.delivery.warnings(opened.notebook, chosen, step)
            by_name = {name: long.get(name, found.get(name, [])) for name in names}
            over = self._desk.delivery.over_cap(opened.notebook, len(members))
            warnings = [*([over.sentence] if over else []), *summed(chosen, by_name)]
        except Stopped:
            return
        except SluiceError as error:
            warnings = [str(error)]
        except Exception as error:
            warnings = [tell_fault(error)]
        self._threads.back(self._warned, opened, warnings)

    def _warned(self, opened: OpenDelivery, warnings: Sequence[str]) -> None:
        opened.warnings = warnings
        self._draw(opened)

    def _draw(self, opened: OpenDelivery) -> None:
        if opened.box is not None and opened.box.is_open:
            opened.box.show(sheet_of(opened))

    # Keys

    def _press(self, opened: OpenDelivery, key: str) -> None:
        opened.said = ""
        if key in ("escape", "q"):
            self._close(opened)
        elif opened.done:
            self._answer(opened, key)
        elif opened.works:
            opened.said = f"! {key} does nothing until the files are written."
        elif not opened.is_planned or opened.is_empty:
            return
        elif opened.addresses and key in "0123456789":
            opened.take_digit(key)
        elif key == "backspace" and opened.typed:
            opened.take_digit("")
        elif key == "p" and opened.files:
            opened.is_packed = not opened.is_packed
        elif key == "f" and opened.files:
            self._folder.ask(lambda: self._find_folder(opened, lambda: None))
        elif key == "w":
            self._packets.ask(opened.notebook, partial(self._say, opened))
        elif key == "enter":
            self._begin(opened)
        self._draw(opened)

    def _say(self, opened: OpenDelivery, said: str) -> None:
        opened.said = said
        self._draw(opened)

    def _close(self, opened: OpenDelivery) -> None:
        if opened.box is not None:
            opened.box.close()

    def _closed(self, opened: OpenDelivery) -> None:
        opened.box = None

    def _answer(self, opened: OpenDelivery, key: str) -> None:
        sources = opened.delivered
        if key == "y" and opened.asks:
            self._close(opened)
            if self.note(opened.notebook, sources, is_sent=True):
                self._cards.unstage(opened.notebook, [source.name for source in sources])
        elif key in ("n", "enter") or not opened.asks:
            self._close(opened)
            if opened.asks:
                later = self._keymap.hint("board.sent", "on a card notes it later")
                said = "Not noted as delivered"
                self._tell.say(" · ".join(filter(None, (said, later))))

    def note(self, notebook: str, sources: Sequence[Source], *, is_sent: bool) -> bool:
        """Note in the headers that sources were delivered to a notebook, or that they were not.

        Returns whether the change was accepted.
        """
        shelf = self._desk.shelf
        make = shelf.mark_sent(notebook, date.today()) if is_sent else shelf.unmark_sent(notebook)
        fresh = self._desk.vault.known([source.name for source in sources])
        return self._decider.decide(make, about=fresh)

    def write_packet(self, notebook: str) -> None:
        """Write the sources of a notebook and the questions asked of them."""

        def say(said: str) -> None:
            self._tell.say(said, "warning" if said.startswith("!") else "information")

        self._packets.ask(notebook, say)

    # Doing it

    def _find_folder(self, opened: OpenDelivery, then: Callable[[], object]) -> None:
        """Find out in which folder the files of the notebook go, in the one just chosen."""
        lets_keys = self._threads.hold_keys()

        def found(folder: str) -> None:
            opened.folder = folder
            self._draw(opened)
            then()

        def work(_: IsStopped) -> None:
            try:
                self._threads.back(found, self._folder.of(opened.notebook))
            finally:
                lets_keys()

        self._threads.run(work, "delivery")

    def _begin(self, opened: OpenDelivery) -> None:
        if opened.files and not self._folder.path:
            self._folder.ask(lambda: self._find_folder(opened, lambda: self._begin(opened)))
            return
        opened.copied = opened.addresses[: opened.count]
        if opened.copied:
            texts = [member.route.address for member in opened.copied]
            self._copier.copy_each(texts, counted(len(texts), "address"))
        if not opened.files:
            opened.done = True
        else:
            opened.works = True
            work = partial(self._write_in, opened, self._threads.hold_keys())
            self._threads.run(work, "delivered files")
        self._draw(opened)

    def _write_in(
        self, opened: OpenDelivery, lets_keys: Callable[[], object], _: IsStopped
    ) -> None:
        """In a thread: write the files."""
        wanted = Wanted(opened.notebook, opened.files, opened.is_packed, with_manifest=True)
        report, fault = None, ""
        try:
            report = self._desk.delivery.exporter.export(wanted, Path(opened.folder))
        except SluiceError as error:
            fault = str(error)
        except Exception as error:
            fault = tell_fault(error)
        try:
            self._threads.back(self._written, opened, report, fault)
        finally:
            lets_keys()

    def _written(self, opened: OpenDelivery, report: Report | None, fault: str) -> None:
        opened.works, opened.done, opened.said = False, True, ""
        opened.report, opened.fault = report, fault
        if report is not None:
            there = {row.source for row in report.rows if row.file and not row.left_out}
            opened.written = [m.source for m in opened.files if m.source.name in there]
        if opened.box is None:
            # It was closed meanwhile.
            if report is not None:
                folder = short(str(report.folder))
                self._tell.report(f"{said_of(report)}: {folder}", "information")
            else:
                self._tell.report(fault)
        self._draw(opened)


def _in_order(members: Sequence[Member], found: Sequence[Member]) -> list[Member]:
    """Those that were found, in the order of the cards."""
    names = {member.source.name for member in found}
    return [member for member in members if member.source.name in names]
