"""Deliverer: says what a delivery of a notebook will do, does it, and asks whether it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from tui.desk import Desk
from tui.display import clean, counted, short
from tui.errors import SluiceError
from tui.notebooks.delivery import Addresses
from tui.notebooks.export import Member, Outcome, Report, Wanted, refuse_inside
from tui.notebooks.file_names import file_name
from tui.notebooks.packet import write_packet
from tui.notebooks.warnings import Warned
from tui.session.flow.decider import Decider
from tui.session.keys.keymap import Keymap
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import Cards, Column
from tui.session.ports import Ask, IsStopped, OpenBox, Tell, Threads
from tui.session.questions import EditLine, EditText, Judgement, Sheet, ShowSheet
from tui.session.work.copier import Copier
from tui.state.log import tell_fault
from tui.state.notebook_folder import NotebookFolder
from tui.vault.source import Source

TOLD = 3
"""The sources that a warning names; of others it says how many."""
TITLE = 36
"""The characters of a title in a warning."""
PLAIN, QUIET, WARNS, DONE = "foreground", "text-dim", "warning", "success"
"""The theme's colours of lines."""
KINDS = {
    "broken": "with a broken header", "raw": "not judged yet", "title": "without a title",
    "duplicate": "with a duplicate", "delivered": "delivered before under another source",
    "short": "under 50 words", "words": "longer than the service takes: split",
    "paste": "too long to paste: upload the file", "file": "larger than the service takes",
}  # fmt: skip
"""What warnings of each kind say of several sources."""


@dataclass(eq=False)
class _Open:
    """A delivery on the screen."""

    notebook: str
    column: Column
    wanted: int
    """How many addresses were asked for; 0 for as many as there is room for."""
    lets_keys: Callable[[], object]
    """Lets the keys in that wait for the plan."""
    is_planned: bool = False
    """Whether it is known what to deliver."""
    addresses: Sequence[Member] = ()
    """Those not delivered yet, in the order of the cards."""
    doubled: Sequence[Member] = ()
    """Sources whose address is among these, or was delivered."""
    files: Sequence[Member] = ()
    staged: int = 0
    """How many of the sources are staged; 0 when it is about all."""
    count: int = 0
    """How many addresses to copy."""
    untyped: int = 0
    """How many these are while no number was typed."""
    room: int = 0
    """How many sources the notebook has room for."""
    is_packed: bool = False
    box: OpenBox | None = None
    typed: str = ""
    """The digits of a number of addresses."""
    warnings: Sequence[str] | None = None
    """None while the texts are read."""
    works: bool = False
    """Whether the files are being written."""
    copied: Sequence[Member] = ()
    report: Report | None = None
    fault: str = ""
    done: bool = False
    """Whether everything was copied and written, so that only the answer is missing."""
    said: str = ""
    """What a key has done, or why it did nothing."""
    written: list[Source] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to deliver."""
        return not self.addresses and not self.files

    @property
    def delivered(self) -> list[Source]:
        """The sources that were delivered, if the answer is yes."""
        pages = {one.route.page for one in self.copied}
        same = [one for one in self.doubled if one.route.page in pages]
        members = [*self.copied, *same]
        found = [member.source for member in members] + self.written
        return list({source.name: source for source in found}.values())


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
        self._folder = NotebookFolder(self._desk.state)

    # Beginning

    def start(self, column: Column, staged: Sequence[str], count: int) -> None:
        """Show what a delivery would do: of the staged sources, else of all not delivered.

        It copies ``count`` addresses at most; 0 for as many as there is room for.
        """
        opened = _Open(column.name, column, wanted=count, lets_keys=self._threads.hold_keys())
        opened.box = self._ask.ask(
            ShowSheet(self._sheet(opened), press=partial(self._press, opened)),
            lambda _: self._closed(opened),
        )
        self._threads.run(partial(self._plan_in, opened, staged), "delivery", exclusive=True)

    def _plan_in(self, opened: _Open, staged: Sequence[str], is_stopped: IsStopped) -> None:
        """In a thread: find out what to deliver, then what to say before that."""
        members: Sequence[Member] = ()
        try:
            members = self._plan(opened, staged)
        except Exception as error:
            opened.fault = tell_fault(error)
        try:
            self._threads.back(self._planned, opened, members)
        finally:
            opened.lets_keys()
        if opened.is_planned and not opened.is_empty:
            self._warn_in(opened, members, is_stopped)

    def _plan(self, opened: _Open, staged: Sequence[str]) -> Sequence[Member]:
        """Work out which addresses and files to deliver; returns all members."""
        delivery, notebook = self._desk.delivery, opened.notebook
        sources = self._desk.vault.known(opened.column.names)
        members = {one.source.name: one for one in delivery.members(notebook, sources)}
        ordered = [members[source.name] for source in sources if source.name in members]
        found: Addresses = delivery.addresses(ordered)
        chosen = set(staged) or {member.source.name for member in ordered}
        opened.staged, opened.doubled = len(staged), found.doubled
        opened.addresses = [
            one for one in _in_order(ordered, found.fresh) if one.source.name in chosen
        ]
        opened.files = [
            one
            for one in _in_order(ordered, found.files)
            if one.source.name in chosen
            and (staged or self._facts.waits_for_delivery(one.source, notebook))
        ]
        cap, sent = self._desk.schema.notebooks.cap_of(notebook), sum(bool(m.sent) for m in ordered)
        opened.room = max(0, cap - sent)
        left = len(opened.addresses)
        room = opened.room - len(opened.files)
        opened.untyped = min(opened.wanted or (room if room > 0 else left), left)
        opened.count = opened.untyped
        return ordered

    def _planned(self, opened: _Open, members: Sequence[Member]) -> None:
        opened.is_planned = True
        if opened.is_empty and not opened.fault:
            self._close(opened)
            self._say_nothing(opened.column, members)
        else:
            self._draw(opened)

    def _say_nothing(self, column: Column, members: Sequence[Member]) -> None:
        if not members:
            self._tell.say(f"{short(column.name)} has no source to deliver.", "warning")
            return
        sent = self._keymap.hint("board.sent", "on a card undoes that")
        said = f"All {len(members):,} sources are noted as delivered"
        self._tell.say(" · ".join(filter(None, (said, sent))))

    def _warn_in(self, opened: _Open, members: Sequence[Member], _: IsStopped) -> None:
        """In a thread: read the texts, and see what to say before a delivery."""
        try:
            chosen = [*opened.addresses, *opened.files]
            names = {member.source.name for member in chosen}
            found = self._desk.delivery.warnings(opened.notebook, members, with_texts=False)
            long = self._desk.delivery.warnings(opened.notebook, chosen)
            by_name = {name: long.get(name, found.get(name, [])) for name in names}
            over = self._desk.delivery.over_cap(opened.notebook, len(members))
            warnings = [*([over.sentence] if over else []), *self._summed(chosen, by_name)]
        except SluiceError as error:
            warnings = [str(error)]
        except Exception as error:
            warnings = [tell_fault(error)]
        self._threads.back(self._warned, opened, warnings)

    @staticmethod
    def _summed(members: Sequence[Member], found: dict[str, list[Warned]]) -> Iterator[str]:
        """A sentence for each kind of warning, with the first sources it is about."""
        by_kind: dict[str, list[str]] = {}
        for member in members:
            for warned in found.get(member.source.name, ()):
                by_kind.setdefault(warned.kind, []).append(clean(member.source.title, TITLE))
        for kind, what in KINDS.items():
            if titles := by_kind.get(kind):
                more = len(titles) - TOLD
                rest = f", {more:,} more" if more > 0 else ""
                yield f"{len(titles):,} {what}: {', '.join(titles[:TOLD])}{rest}"

    def _warned(self, opened: _Open, warnings: Sequence[str]) -> None:
        opened.warnings = warnings
        self._draw(opened)

    # What is shown

    def _draw(self, opened: _Open) -> None:
        if opened.box is not None and opened.box.is_open:
            opened.box.show(self._sheet(opened))

    def _sheet(self, opened: _Open) -> Sheet:
        heading = f"deliver · {short(opened.notebook)}"
        if not opened.is_planned:
            return Sheet(heading, [("Looking at the sources…", QUIET)], ["esc"])
        if opened.done:
            return Sheet(heading, [*self._lines_after(opened)], self._hints_after(opened))
        return Sheet(heading, [*self._lines_before(opened)], self._hints_before(opened))

    def _lines_before(self, opened: _Open) -> Iterator[tuple[str, str]]:
        if opened.fault:
            yield f"! {opened.fault}", WARNS
            return
        if opened.staged:
            yield f"{counted(opened.staged)} staged", PLAIN
        if opened.warnings is None:
            yield "Reading the texts for warnings…", QUIET
        for warning in opened.warnings or ():
            yield f"! {warning}", WARNS
        yield "", PLAIN
        number = 1
        if opened.addresses:
            left = len(opened.addresses)
            of = f" of {left:,} not delivered" if opened.count < left else ""
            yield f"{number} copies {counted(opened.count, 'address')}{of}, to paste", PLAIN
            if room := self._about_room(opened):
                yield f"  {room}", WARNS
            number += 1
        if opened.files:
            count = len(opened.files)
            if opened.is_packed:
                what = f"{counted(count)} in packs"
            else:
                what = counted(count, "file") + (", one for each source" if count > 1 else "")
            yield f"{number} writes {what}, to upload", PLAIN
            where = self._folder_of(opened)
            yield f"  into {where}" if where else "  into a folder that it asks for", QUIET
            number += 1
        yield f"{number} asks whether that is delivered, and notes it in the sources", PLAIN
        if opened.works:
            yield "", PLAIN
            yield "Writing the files…", QUIET
        if opened.said:
            yield "", PLAIN
            yield opened.said, WARNS if opened.said.startswith("!") else PLAIN

    def _about_room(self, opened: _Open) -> str:
        wanted = opened.count + len(opened.files)
        if wanted <= opened.room:
            return ""
        return f"! room for {opened.room:,}, and this is {wanted:,}; type a number for fewer"

    def _hints_before(self, opened: _Open) -> Sequence[str]:
        parts = ["enter does it"]
        if opened.addresses:
            parts.append("a number: so many addresses")
        if opened.files:
            parts += ["p one file each" if opened.is_packed else "p packs", "f folder"]
        parts += ["k packet", "esc"]
        return [" · ".join(parts), " · ".join([parts[0], *parts[-2:]]), "enter · esc"]

    def _lines_after(self, opened: _Open) -> Iterator[tuple[str, str]]:
        if opened.copied:
            count = len(opened.copied)
            them = "it" if count == 1 else "them"
            yield f"✓ {counted(count, 'address')} copied: paste {them}", DONE
            left = len(opened.addresses) - count
            if left:
                yield f"  {counted(left, 'address')} more are for the next delivery", QUIET
        if opened.report is not None:
            yield f"✓ {self._said_of(opened.report)}", DONE
            yield f"  {short(str(opened.report.folder))}", QUIET
            for title, why in opened.report.left_out.items():
                yield f"! {title}: {why}", WARNS
        if opened.fault:
            yield f"! {opened.fault}", WARNS
        yield "", PLAIN
        if count := len(opened.delivered):
            yield f"Delivered? y notes it in {counted(count)}", PLAIN
        else:
            yield "Nothing was delivered.", PLAIN

    @staticmethod
    def _said_of(report: Report) -> str:
        # Without the manifest, which is not for the service.
        files = {row.file for row in report.rows if row.file}
        counts = Counter(outcome for name, outcome in report.outcomes.items() if name in files)
        gone = sum(outcome == "removed" for outcome in report.outcomes.values())
        words: Mapping[Outcome, str] = {"new": "new", "replaced": "replaced", "same": "unchanged"}
        parts = [f"{counts[one]:,} {word}" for one, word in words.items() if counts[one]]
        more = f"; {counted(gone, 'earlier file')} removed" if gone else ""
        detail = f" ({', '.join(parts)})" if len(parts) > 1 else ""
        return f"{counted(len(files), 'file')} to upload{detail}{more}"

    @staticmethod
    def _hints_after(opened: _Open) -> Sequence[str]:
        if opened.delivered:
            return ("y delivered · n not yet", "y · n")
        return ("esc closes",)

    # Keys

    def _press(self, opened: _Open, key: str) -> None:
        opened.said = ""
        if key in ("escape", "q"):
            self._close(opened)
        elif opened.done:
            self._answer(opened, key)
        elif opened.works or not opened.is_planned or opened.is_empty:
            return
        elif key.isdigit() and opened.addresses:
            opened.typed = f"{opened.typed}{key}"[:4]
            opened.count = min(int(opened.typed), len(opened.addresses))
        elif key == "backspace" and opened.typed:
            opened.typed = opened.typed[:-1]
            typed = int(opened.typed) if opened.typed else opened.untyped
            opened.count = min(typed, len(opened.addresses))
        elif key == "p" and opened.files:
            opened.is_packed = not opened.is_packed
        elif key == "f" and opened.files:
            self._ask_folder(opened, lambda: None)
        elif key == "k":
            self._ask_questions(opened)
        elif key == "enter":
            self._begin(opened)
        self._draw(opened)

    def _close(self, opened: _Open) -> None:
        if opened.box is not None:
            opened.box.close()

    def _closed(self, opened: _Open) -> None:
        opened.box = None

    def _answer(self, opened: _Open, key: str) -> None:
        sources = opened.delivered
        if key == "y" and sources:
            self._close(opened)
            self.note(opened.notebook, sources, is_sent=True)
            self._cards.unstage(opened.notebook, [source.name for source in sources])
        elif key in ("n", "enter", "space") or not sources:
            self._close(opened)
            if sources:
                later = self._keymap.hint("board.sent", "on a card notes it later")
                said = "Not noted as delivered"
                self._tell.say(" · ".join(filter(None, (said, later))))

    def note(self, notebook: str, sources: Sequence[Source], *, is_sent: bool) -> None:
        """Note in the headers that sources were delivered to a notebook, or that they were not."""
        shelf = self._desk.shelf
        make = shelf.mark_sent(notebook, date.today()) if is_sent else shelf.unmark_sent(notebook)
        fresh = self._desk.vault.known([source.name for source in sources])
        self._decider.decide(make, about=fresh)

    # Doing it

    def _begin(self, opened: _Open) -> None:
        if opened.files and not self._folder.path:
            self._ask_folder(opened, lambda: self._begin(opened))
            return
        opened.copied = opened.addresses[: opened.count]
        if opened.copied:
            texts = [member.route.address for member in opened.copied]
            self._copier.copy_each(texts, counted(len(texts), "address"))
        if not opened.files:
            opened.done = True
            return
        opened.works = True
        self._threads.run(
            partial(self._write_in, opened, self._folder_of(opened)), "delivered files"
        )

    def _write_in(self, opened: _Open, folder: str, _: IsStopped) -> None:
        """In a thread: write the files."""
        wanted = Wanted(opened.notebook, opened.files, opened.is_packed, with_manifest=True)
        report, fault = None, ""
        try:
            report = self._desk.delivery.exporter.export(wanted, Path(folder))
        except SluiceError as error:
            fault = str(error)
        except Exception as error:
            fault = tell_fault(error)
        self._threads.back(self._written, opened, report, fault)

    def _written(self, opened: _Open, report: Report | None, fault: str) -> None:
        opened.works, opened.done = False, True
        opened.report, opened.fault = report, fault
        if report is not None:
            there = {row.source for row in report.rows if row.file and not row.left_out}
            opened.written = [m.source for m in opened.files if m.source.name in there]
        if opened.box is None and report is not None:
            self._tell.report(
                f"{self._said_of(report)}: {short(str(report.folder))}", "information"
            )
        self._draw(opened)

    # The folder

    def _folder_of(self, opened: _Open) -> str:
        """The folder of a notebook's files; empty while none was chosen."""
        base = self._folder.path
        return str(Path(base) / file_name(opened.notebook, ending="")) if base else ""

    def _ask_folder(self, opened: _Open, then: Callable[[], object]) -> None:
        root = self._desk.vault.root

        def judge(text: str) -> Judgement:
            text = text.strip()
            if not text:
                return Judgement("A folder outside the vault; each notebook gets one in it.")
            try:
                folder = refuse_inside(root, Path(text))
            except SluiceError as error:
                return Judgement(str(error), fits=False)
            return Judgement(f"{folder}", meant=True)

        def save(text: str) -> bool:
            if not text.strip() or not judge(text).fits:
                return False
            folder = refuse_inside(root, Path(text.strip()))
            if fault := self._folder.remember(str(folder)):
                self._tell.say(fault, "warning")
            self._draw(opened)
            self._threads.next_frame(then)
            return True

        start = self._folder.path or str(Path.home() / "sluice" / root.name)
        self._ask.ask(
            EditLine(
                "folder for the files", start, judge, save, about="", takes_unchanged=True
            )
        )  # fmt: skip

    # The packet

    def _ask_questions(self, opened: _Open) -> None:
        def judge(_: str) -> Judgement:
            return Judgement("A question on each line, or none; then the list of sources follows.")

        def save(text: str) -> bool:
            questions = [line.strip() for line in text.splitlines() if line.strip()]
            self._threads.next_frame(lambda: self._write_packet(opened, questions))
            return True

        if not self._folder.path:
            self._ask_folder(opened, lambda: self._ask_questions(opened))
            return
        self._ask.ask(
            EditText("questions for the packet", "", judge, save, about="", takes_unchanged=True)
        )

    def _write_packet(self, opened: _Open, questions: Sequence[str]) -> None:
        try:
            text = self._desk.delivery.packet(opened.notebook, questions)
            folder = refuse_inside(self._desk.vault.root, Path(self._folder.path))
            path = write_packet(folder, opened.notebook, text)
        except SluiceError as error:
            opened.said = f"! {error}"
        else:
            opened.said = f"✓ packet: {short(str(path))}"
        self._draw(opened)


def _in_order(members: Sequence[Member], found: Sequence[Member]) -> list[Member]:
    """Those that were found, in the order of the cards."""
    names = {member.source.name for member in found}
    return [member for member in members if member.source.name in names]
