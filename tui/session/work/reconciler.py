"""Reconciler: compares the list that the service shows with the members of a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tui.desk import Desk
from tui.display import counted, short
from tui.errors import SluiceError, Stopped
from tui.notebooks.reconcile import Missing, Reconciled, Shown
from tui.session.flow.marker import Marker
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import Cards, Column
from tui.session.ports import Ask, IsStopped, OpenBox, Threads, World
from tui.session.questions import Sheet, ShowSheet
from tui.session.work.deliverer import Deliverer
from tui.session.work.delivery_sheet import DONE, PLAIN, QUIET, WARNS
from tui.state.log import tell_fault
from tui.vault.source import Source

LISTED = 200
"""The most sources or lines that each part of the result lists."""


@dataclass(eq=False)
class _Open:
    """A comparison on the screen."""

    notebook: str
    box: OpenBox | None = None
    found: Reconciled | None = None
    fault: str = ""
    works: bool = True
    said: str = ""


@dataclass(eq=False)
class Reconciler:
    """Reads the copied or pasted list, compares in a thread, and notes what a person confirms."""

    _desk: Desk
    _cards: Cards
    _facts: CardFacts
    _marker: Marker
    _deliverer: Deliverer
    _threads: Threads
    _world: World
    _ask: Ask

    def start(self, column: Column) -> None:
        """Compare with what was copied last."""
        opened = self._open(column)
        self._threads.run(partial(self._read_in, opened), "reconcile", exclusive=True)

    def compare(self, column: Column, text: str) -> None:
        """Compare with a pasted text."""
        self._run(self._open(column), text)

    def _open(self, column: Column) -> _Open:
        opened = _Open(column.name)
        opened.box = self._ask.ask(
            ShowSheet(
                self._sheet(opened),
                press=partial(self._press, opened),
                paste=partial(self._run, opened),
            ),
            lambda _: self._closed(opened),
        )
        return opened

    def _closed(self, opened: _Open) -> None:
        opened.box = None

    def _read_in(self, opened: _Open, is_stopped: IsStopped) -> None:
        """In a thread: read what was copied."""
        text = ""
        try:
            text = self._world.copied()
        except Exception as error:
            self._answer(opened, None, tell_fault(error), is_stopped)
            return
        self._compare_in(opened, text, is_stopped)

    def _run(self, opened: _Open, text: str) -> None:
        opened.works, opened.said = True, ""
        self._draw(opened)
        self._threads.run(partial(self._compare_in, opened, text), "reconcile", exclusive=True)

    def _compare_in(self, opened: _Open, text: str, is_stopped: IsStopped) -> None:
        """In a thread: compare, unless the box is closed: somebody may paste a whole book."""
        found, fault = None, ""

        def step() -> None:
            self._threads.give_way()
            if is_stopped() or opened.box is None:
                raise Stopped

        try:
            if text.strip():
                found = self._desk.delivery.reconcile(opened.notebook, text, step)
        except Stopped:
            return
        except SluiceError as error:
            fault = str(error)
        except Exception as error:
            fault = tell_fault(error)
        self._answer(opened, found, fault, is_stopped)

    def _answer(
        self, opened: _Open, found: Reconciled | None, fault: str, is_stopped: IsStopped
    ) -> None:
        """In a thread: show the result, unless another list was pasted meanwhile."""
        if not is_stopped():
            self._threads.back(self._compared, opened, found, fault)

    def _compared(self, opened: _Open, found: Reconciled | None, fault: str) -> None:
        opened.works, opened.found, opened.fault = False, found, fault
        self._draw(opened)

    # What is shown

    def _draw(self, opened: _Open) -> None:
        if opened.box is not None and opened.box.is_open:
            opened.box.show(self._sheet(opened))

    def _sheet(self, opened: _Open) -> Sheet:
        heading = f"compare · {short(opened.notebook)}"
        found = opened.found
        if opened.works:
            return Sheet(heading, [("Reading the list…", QUIET)], ["esc"])
        if opened.fault:
            return Sheet(heading, [(f"! {opened.fault}", WARNS)], ["esc closes"])
        if found is None:
            lines = [
                ("Nothing is copied.", PLAIN),
                ("Copy the list of sources that the service shows, and paste it here.", QUIET),
            ]
            return Sheet(heading, lines, ["paste the list · esc closes", "paste · esc"])
        return Sheet(heading, [*self._lines(opened, found)], self._hints(opened, found))

    def _fresh(self, opened: _Open, found: Reconciled) -> list[Source]:
        """The sources in the list that are not noted as delivered, if the headers can say so."""
        if not self._desk.shelf.marks_sent:
            return []
        return [one for one in self._known(found.delivered) if not self._is_sent(opened, one)]

    def _wrong(self, opened: _Open, found: Reconciled) -> list[Source]:
        """Those that are noted as delivered and are not in the list."""
        return [one for one in self._known(found.missing) if self._is_sent(opened, one)]

    def _known(self, parts: Sequence[Shown] | Sequence[Missing]) -> list[Source]:
        """The sources as they are now, without those whose files are gone."""
        return self._desk.vault.known([one.source.name for one in parts])

    def _is_sent(self, opened: _Open, source: Source) -> bool:
        return self._facts.card(source, opened.notebook).is_sent

    def _lines(self, opened: _Open, found: Reconciled) -> Iterator[tuple[str, str]]:
        if opened.said:
            yield opened.said, DONE
            yield "", PLAIN
        fresh, wrong = self._fresh(opened, found), self._wrong(opened, found)
        noted = f", {len(fresh):,} not noted yet" if fresh else ""
        count = len(found.delivered)
        yield (f"✓ {count:,} delivered{noted}", DONE) if count else ("0 delivered", PLAIN)
        yield f"{len(found.missing):,} missing in the list", WARNS if found.missing else PLAIN
        if wrong:
            are = "is" if len(wrong) == 1 else "are"
            yield f"  {len(wrong):,} of them {are} noted as delivered", WARNS
        yield f"{len(found.double):,} double", WARNS if found.double else PLAIN
        yield f"{counted(len(found.unknown), 'line')} unknown", WARNS if found.unknown else PLAIN
        parts: Sequence[tuple[str, list[tuple[str, str]]]] = (
            (
                "Missing",
                [(short(one.source.title), one.why) for one in found.missing],
            ),
            (
                "Double",
                [
                    (
                        short(one.source.title),
                        "lines " + ", ".join(str(line.number) for line in one.lines[:5]),
                    )
                    for one in found.double
                ],
            ),
            (
                "Unknown",
                [(f"{one.line.number} {short(one.line.text)}", one.why) for one in found.unknown],
            ),
            ("Not noted as delivered yet", [(short(source.title), "") for source in fresh]),
        )
        for title, rows in parts:
            if not rows:
                continue
            yield "", PLAIN
            yield title, "accent"
            for text, why in rows[:LISTED]:
                yield f"  {text}", PLAIN
                if why:
                    yield f"    {why}", QUIET
            if len(rows) > LISTED:
                yield f"  {len(rows) - LISTED:,} more", QUIET

    def _hints(self, opened: _Open, found: Reconciled) -> Sequence[str]:
        fresh, wrong = len(self._fresh(opened, found)), len(self._wrong(opened, found))
        parts = [
            f"enter notes {fresh:,} as delivered" if fresh else "",
            f"r notes {wrong:,} as not delivered" if wrong else "",
            "x marks the missing" if found.missing else "",
            "esc",
        ]
        briefer = [
            f"enter notes {fresh:,}" if fresh else "",
            f"r drops {wrong:,}" if wrong else "",
            f"x marks {len(found.missing):,}" if found.missing else "",
            "esc",
        ]
        briefest = [
            "enter" if fresh else "",
            "r" if wrong else "",
            "x" if found.missing else "",
            "esc",
        ]
        return [" · ".join(filter(None, one)) for one in (parts, briefer, briefest)]

    # Keys

    def _press(self, opened: _Open, key: str) -> None:
        found = opened.found
        if key in ("escape", "q") and opened.box is not None:
            opened.box.close()
        if found is None or opened.works:
            return
        if key == "enter" and (fresh := self._fresh(opened, found)):
            self._note(opened, fresh, is_sent=True)
        elif key == "r" and (wrong := self._wrong(opened, found)):
            self._note(opened, wrong, is_sent=False)
        elif key == "x" and found.missing:
            names = [one.source.name for one in found.missing]
            self._marker.mark_named(names)
            self._cards.redraw()
            opened.said = f"{counted(len(names))} marked"
        elif key == "enter" and opened.box is not None:
            opened.box.close()
            return
        self._draw(opened)

    def _note(self, opened: _Open, sources: Sequence[Source], *, is_sent: bool) -> None:
        """Note what a person confirmed; a refusal is said by what refuses."""
        opened.said = ""
        if self._deliverer.note(opened.notebook, sources, is_sent=is_sent):
            what = "delivered" if is_sent else "not delivered"
            opened.said = f"{counted(len(sources))} noted as {what}"
