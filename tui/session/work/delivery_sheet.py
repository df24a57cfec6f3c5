"""A delivery on the screen: what it would do, what it did, and the keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tui.display import clean, counted, short
from tui.notebooks.export import Member, Outcome, Report
from tui.notebooks.warnings import Warned
from tui.session.model.cards import Column
from tui.session.ports import OpenBox
from tui.session.questions import Sheet
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
class OpenDelivery:
    """A delivery on the screen."""

    notebook: str
    column: Column
    wanted: int
    """How many addresses were asked for; 0 for as many as there is room for."""
    is_noted: bool
    """Whether the headers can say what was delivered."""
    is_planned: bool = False
    """Whether it is known what to deliver."""
    addresses: Sequence[Member] = ()
    """Those not delivered yet, in the order of the cards; of staged ones all."""
    doubled: Sequence[Member] = ()
    """Sources whose address is among these, or was delivered."""
    files: Sequence[Member] = ()
    folder: str = ""
    """The folder for the files of this notebook; empty while none was chosen."""
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

    @property
    def asks(self) -> bool:
        """Whether an answer would note something."""
        return self.is_noted and bool(self.delivered)

    def take_digit(self, digit: str) -> None:
        """Take a digit of the number of addresses; an empty one deletes the last."""
        self.typed = f"{self.typed}{digit}"[:4] if digit else self.typed[:-1]
        wanted = int(self.typed) if self.typed else self.untyped
        self.count = min(wanted, len(self.addresses))


def summed(members: Sequence[Member], found: Mapping[str, Sequence[Warned]]) -> Iterator[str]:
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


def sheet_of(opened: OpenDelivery) -> Sheet:
    """What the box shows of a delivery now."""
    heading = f"deliver · {short(opened.notebook)}"
    if not opened.is_planned:
        return Sheet(heading, [("Looking at the sources…", QUIET)], ["esc"])
    if opened.done:
        return Sheet(heading, [*_lines_after(opened)], _hints_after(opened))
    return Sheet(heading, [*_lines_before(opened)], _hints_before(opened))


# Before


def _lines_before(opened: OpenDelivery) -> Iterator[tuple[str, str]]:
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
        of = f" of {left:,}{'' if opened.staged else ' not delivered'}"
        part = of if opened.count < left else ""
        yield f"{number} copies {counted(opened.count, 'address')}{part}, to paste", PLAIN
        if room := _about_room(opened):
            yield f"  {room}", WARNS
        number += 1
    if opened.files:
        yield f"{number} writes {_files_of(opened)}, to upload", PLAIN
        where = f"into {opened.folder}" if opened.folder else "into a folder that it asks for"
        yield f"  {where}", QUIET
        number += 1
    if opened.is_noted:
        yield f"{number} asks whether that is delivered, and notes it in the sources", PLAIN
    else:
        yield f"{number} notes nothing: this folder has no field for what was delivered", WARNS
    if opened.works:
        yield "", PLAIN
        yield "Writing the files…", QUIET
    if opened.said:
        yield "", PLAIN
        yield opened.said, WARNS if opened.said.startswith("!") else PLAIN


def _files_of(opened: OpenDelivery) -> str:
    count = len(opened.files)
    if opened.is_packed:
        return f"{counted(count)} in packs"
    return counted(count, "file") + (", one for each source" if count > 1 else "")


def _about_room(opened: OpenDelivery) -> str:
    wanted = opened.count + len(opened.files)
    if wanted <= opened.room:
        return ""
    return f"! room for {opened.room:,}, and this is {wanted:,}; type a number for fewer"


def _hints_before(opened: OpenDelivery) -> Sequence[str]:
    if opened.fault:
        return ["esc closes"]
    parts = ["enter does it"]
    if opened.addresses:
        parts.append("a number: so many addresses")
    if opened.files:
        parts += ["p one file each" if opened.is_packed else "p packs", "f folder"]
    parts += ["w packet", "esc"]
    return [" · ".join(parts), " · ".join([parts[0], *parts[-2:]]), "enter · esc"]


# After


def _lines_after(opened: OpenDelivery) -> Iterator[tuple[str, str]]:
    if opened.copied:
        count = len(opened.copied)
        them = "it" if count == 1 else "them"
        yield f"✓ {counted(count, 'address')} copied: paste {them}", DONE
        left = len(opened.addresses) - count
        if left:
            yield f"  {counted(left, 'address')} more are for the next delivery", QUIET
    if opened.report is not None:
        said = said_of(opened.report)
        yield (f"✓ {said}", DONE) if opened.written else (said, PLAIN)
        yield f"  {short(str(opened.report.folder))}", QUIET
        for title, why in opened.report.left_out.items():
            yield f"! {title}: {why}", WARNS
    if opened.fault:
        yield f"! {opened.fault}", WARNS
    yield "", PLAIN
    if not opened.delivered:
        yield "Nothing was delivered.", PLAIN
    elif opened.asks:
        yield f"Delivered? y notes it in {counted(len(opened.delivered))}", PLAIN
    else:
        yield "sluice notes nothing: this folder has no field for what was delivered.", PLAIN


def said_of(report: Report) -> str:
    """What an export wrote, in words."""
    # Without the manifest, which is not for the service.
    files = {row.file for row in report.rows if row.file}
    counts = Counter(outcome for name, outcome in report.outcomes.items() if name in files)
    gone = sum(outcome == "removed" for outcome in report.outcomes.values())
    words: Mapping[Outcome, str] = {"new": "new", "replaced": "replaced", "same": "unchanged"}
    parts = [f"{counts[one]:,} {word}" for one, word in words.items() if counts[one]]
    more = f"; {counted(gone, 'earlier file')} removed" if gone else ""
    detail = f" ({', '.join(parts)})" if len(parts) > 1 else ""
    return f"{counted(len(files), 'file')} to upload{detail}{more}"


def _hints_after(opened: OpenDelivery) -> Sequence[str]:
    return ("y delivered · n not yet", "y · n") if opened.asks else ("esc closes",)
