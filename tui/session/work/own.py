"""The user's own commands: keys that run programs for sources."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from tui.desk import Desk
from tui.display import clean
from tui.session.flow.decider import Decider
from tui.session.flow.marker import Marker
from tui.session.flow.saver import Saver
from tui.session.keys.command import Actions
from tui.session.keys.own_keys import STOP, id_of
from tui.session.model.board import Board
from tui.session.model.targets import Targets
from tui.session.ports import Ask, IsStopped, Kind, OpenBox, Tell, Threads
from tui.session.questions import AcceptDrafts, CommandEnded, ShowOutput
from tui.session.work.collecting import Collector
from tui.session.work.copier import Copier
from tui.session.work.handing_over import run_for
from tui.state.own_commands import OwnCommand
from tui.triage import lists
from tui.vault.source import Source

MOST_DRAFTS = 200
"""The most lines that are offered as insights."""
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SAID = 200
"""Characters of output that a toast shows."""


@dataclass
class Run:
    """One press of a command's key, until every process it started has ended."""

    own: OwnCommand
    sources: list[Source]
    collector: Collector = field(default_factory=Collector)
    stopped: threading.Event = field(default_factory=threading.Event)
    failures: list[str] = field(default_factory=list)
    drafts: list[tuple[Source, list[str]]] = field(default_factory=list)
    """Lines to offer as insights, by source."""

    @property
    def title(self) -> str:
        """The command's name, and what it runs for."""
        one = self.sources[0].title if len(self.sources) == 1 else ""
        return f"{clean(self.own.name)} · {clean(one or f'{len(self.sources):,} sources', 60)}"

    def batches(self) -> Iterator[list[Source]]:
        """The sources of each process."""
        if self.own.about == "marked":
            yield self.sources
        else:
            yield from ([source] for source in self.sources)

    def summary(self) -> tuple[str, Kind]:
        """The result as a sentence, and the kind of toast."""
        name, failed = self.own.name, self.failures
        if self.stopped.is_set():
            return f"Stopped {name}.", "information"
        if not failed:
            return f"{name}: done", "information"
        if len(failed) == 1 and len(list(self.batches())) == 1:
            return f"{name} {failed[0]}.", "error"
        count = len(self.sources)
        return f"{name}: {count - len(failed)} of {count} done; one {failed[0]}.", "error"


@dataclass(eq=False)
class Runner:
    """Runs the user's own commands."""

    _desk: Desk
    _board: Board
    _marker: Marker
    _decider: Decider
    _saver: Saver
    _copier: Copier
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self.running: list[Run] = []

    def actions(self, owns: Sequence[OwnCommand]) -> Actions:
        """What the keys of these commands do, by the commands' ids."""
        return {STOP: self.stop, **{id_of(own): partial(self.start, own) for own in owns}}

    def start(self, own: OwnCommand) -> None:
        """Run a command for the source under the cursor, or for all that are marked."""
        current = [self._board.current] if self._board.current else []
        sources = current if own.about == "one" else self._board.targets
        if sources:
            # The program must find on disk what the screen shows.
            names = [source.name for source in sources]
            self._saver.when_idle(lambda: self._begin(own, names), holds_keys=True)

    def stop(self) -> None:
        """Stop every running program."""
        for run in self.running:
            run.stopped.set()

    @property
    def nothing_runs(self) -> str | None:
        """Why nothing can be stopped."""
        return None if self.running else "No command is running."

    def _begin(self, own: OwnCommand, names: Sequence[str]) -> None:
        found = [self._desk.vault.find(name) for name in names]
        run = Run(own, [source for source in found if source is not None])
        self.running.append(run)
        box = None
        if own.output in ("pane", "insights"):
            box = self._ask.ask(
                ShowOutput(run.title, run.collector.lines, run.stopped.set), self._left
            )
        self._threads.run(partial(self._work, run, box), "own")

    def _left(self, text: str | None) -> None:
        if text:
            self._copier.copy_whole(text, "output")

    def _work(self, run: Run, box: OpenBox | None, is_cancelled: IsStopped) -> None:
        """In a thread: one process after another."""

        def is_stopped() -> bool:
            return run.stopped.is_set() or is_cancelled()

        several = run.own.about == "each" and len(run.sources) > 1
        for batch in run.batches():
            if is_stopped():
                break
            if several and run.own.output == "pane":
                run.collector.head(batch[0].title)
            collector = Collector() if run.own.output == "insights" else run.collector
            failure = run_for(run.own, self._desk, batch, collector, is_stopped)
            collector.end()
            if failure:
                run.failures.append(failure)
            elif run.own.output == "insights":
                run.drafts.append((batch[0], drafts_in(collector.lines)))
        with suppress(RuntimeError):
            self._threads.back(self._ended, run, box)

    def _ended(self, run: Run, box: OpenBox | None) -> None:
        if run in self.running:
            self.running.remove(run)
        sentence, kind = run.summary()
        if box is not None and box.is_open:
            # The box covers toasts, so it shows the result itself.
            offered = any(drafts for _, drafts in run.drafts)
            if run.own.output == "insights" and offered and not run.stopped.is_set():
                box.close()
                self._offer(run)
            else:
                box.show(CommandEnded(sentence, kind))
        elif kind == "error" or run.own.output == "toast" or run.stopped.is_set():
            said = " ".join(run.collector.lines[:3]).strip()
            if kind != "error" and said and not run.stopped.is_set():
                sentence = f"{run.own.name}: {clean(said, SAID)}"
            self._tell.say(sentence, kind)

    def _offer(self, run: Run) -> None:
        """Offer the output as insights, one source after the other."""
        insights = self._desk.schema.insights.name
        while run.drafts:
            source, drafts = run.drafts.pop(0)
            fresh = self._desk.vault.find(source.name)
            if fresh is None:
                continue
            new = [text for text in drafts if text not in fresh.items(insights)]
            if not new:
                continue

            about = self._marker.take([fresh])

            def accepted(texts: list[str] | None, about: Targets = about) -> None:
                if texts:
                    self._decider.decide(
                        lambda schema, sources: lists.append_items(
                            schema, sources, insights, texts
                        ),
                        about=about,
                    )
                self._offer(run)

            self._ask.ask(AcceptDrafts(fresh.title, new), accepted)
            return
        if run.failures:
            self._tell.say(*run.summary())


def drafts_in(lines: Sequence[str]) -> list[str]:
    """The lines that may be insights, without list markers and repetitions."""
    texts = (" ".join(_CONTROL.sub("", _LIST_MARK.sub("", line)).split()) for line in lines)
    return list(dict.fromkeys(text for text in texts if text))[:MOST_DRAFTS]
