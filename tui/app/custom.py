"""The user's own commands: keys that run programs for sources."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app.collecting import Collector
from tui.app.commands.command import Command, needs_source
from tui.app.handing_over import run_for
from tui.app.key_names import read_key
from tui.display import clean
from tui.errors import SettingsError
from tui.state.own_commands import OwnCommand
from tui.triage import lists

if TYPE_CHECKING:
    from tui.app.boxes.output import OutputBox
    from tui.app.marking import Targets
    from tui.app.screens.triage import TriageScreen
    from tui.vault.source import Source

STOP = "own.stop"
LONGEST_BAR = 14
"""Characters of a name that fit into the key bar."""
MOST_DRAFTS = 200
"""The most lines that are offered as insights."""
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SAID = 200
"""Characters of output that a toast shows."""


def own_commands(wanted: Sequence[OwnCommand]) -> tuple[Command, ...]:
    """The commands in a config file, and one that stops them. Raises SettingsError."""
    made = [_command(own) for own in wanted]
    for command, own in zip(made, wanted, strict=True):
        if command.id == STOP:
            raise SettingsError(
                f"`commands`: “{own.name}” is the name of a built-in command; rename yours."
            )
    stop = Command(STOP, (), "Stop running commands", _stop, refusal=_nothing_runs)
    return (*made, stop)


def _command(own: OwnCommand) -> Command:
    try:
        keys = (read_key(own.key),) if own.key else ()
    except SettingsError as error:
        raise SettingsError(f"the command “{own.name}”: {error}") from error

    def run(screen: TriageScreen) -> None:
        screen.runner.start(own)

    bar = own.name if len(own.name) <= LONGEST_BAR else f"{own.name[: LONGEST_BAR - 1].rstrip()}…"
    return Command(f"own.{own.slug}", keys, own.name, run, clean(bar), needs_source)


def _stop(screen: TriageScreen) -> None:
    screen.runner.stop()


def _nothing_runs(screen: TriageScreen) -> str | None:
    return None if screen.runner.running else "No command is running."


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

    def batches(self) -> Iterator[list[Source]]:
        """The sources of each process."""
        if self.own.about == "marked":
            yield self.sources
        else:
            yield from ([source] for source in self.sources)

    def summary(self) -> tuple[str, str]:
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


class Runner:
    """Runs the user's own commands for one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self.running: list[Run] = []

    def start(self, own: OwnCommand) -> None:
        """Run a command for the source under the cursor, or for all that are marked."""
        screen = self._screen
        current = [screen.current] if screen.current else []
        sources = current if own.about == "one" else screen.targets
        if sources:
            # The program must find on disk what the screen shows.
            screen.saver.when_idle(lambda: self._begin(own, [s.name for s in sources]))

    def stop(self) -> None:
        """Stop every running program."""
        for run in self.running:
            run.stopped.set()

    def _begin(self, own: OwnCommand, names: Sequence[str]) -> None:
        from tui.app.boxes.output import OutputBox  # noqa: PLC0415 - few commands want it

        screen = self._screen
        found = [screen.desk.vault.find(name) for name in names]
        run = Run(own, [source for source in found if source is not None])
        self.running.append(run)

        def begin(box: OutputBox | None) -> None:
            screen.run_worker(
                lambda: self._work(run, box), thread=True, exit_on_error=False, group="own"
            )

        def left(text: str | None) -> None:
            if text:
                screen.copier.copy_whole(text, "output")

        if own.output in ("pane", "insights"):
            about = (
                run.sources[0].title if len(run.sources) == 1 else f"{len(run.sources):,} sources"
            )
            heading = f"{clean(own.name)} · {clean(about, 60)}"
            shown = OutputBox(heading, run.collector.lines, begin=begin, stop=run.stopped.set)
            screen.app.push_screen(shown, left)
        else:
            begin(None)

    def _work(self, run: Run, box: OutputBox | None) -> None:
        """In a thread: one process after another."""
        worker, desk = get_current_worker(), self._screen.desk

        def is_stopped() -> bool:
            return run.stopped.is_set() or worker.is_cancelled

        several = run.own.about == "each" and len(run.sources) > 1
        for batch in run.batches():
            if is_stopped():
                break
            if several and run.own.output == "pane":
                run.collector.head(batch[0].title)
            collector = Collector() if run.own.output == "insights" else run.collector
            failure = run_for(run.own, desk, batch, collector, is_stopped)
            collector.end()
            if failure:
                run.failures.append(failure)
            elif run.own.output == "insights":
                run.drafts.append((batch[0], drafts_in(collector.lines)))
        with suppress(RuntimeError):
            self._screen.app.call_from_thread(self._ended, run, box)

    def _ended(self, run: Run, box: OutputBox | None) -> None:
        if run in self.running:
            self.running.remove(run)
        sentence, kind = run.summary()
        if box is not None and not box.left:
            # The box covers toasts, so it shows the result itself.
            offered = any(drafts for _, drafts in run.drafts)
            if run.own.output == "insights" and offered and not run.stopped.is_set():
                box.dismiss(None)
                self._offer(run)
            else:
                box.show_ended(sentence, kind)
        elif kind == "error" or run.own.output == "toast" or run.stopped.is_set():
            said = " ".join(run.collector.lines[:3]).strip()
            if kind != "error" and said and not run.stopped.is_set():
                sentence = f"{run.own.name}: {clean(said, SAID)}"
            self._screen.say(sentence, kind)

    def _offer(self, run: Run) -> None:
        """Offer the output as insights, one source after the other."""
        from tui.app.boxes.accept import AcceptBox  # noqa: PLC0415 - few commands want it

        screen, insights = self._screen, self._screen.desk.schema.insights.name
        while run.drafts:
            source, drafts = run.drafts.pop(0)
            fresh = screen.desk.vault.find(source.name)
            if fresh is None:
                continue
            new = [text for text in drafts if text not in fresh.items(insights)]
            if not new:
                continue

            about = screen.marker.take([fresh])

            def accepted(texts: list[str] | None, about: Targets = about) -> None:
                if texts:
                    screen.decider.decide(
                        lambda schema, sources: lists.append_items(
                            schema, sources, insights, texts
                        ),
                        about=about,
                    )
                self._offer(run)

            screen.app.push_screen(AcceptBox(fresh.title, new), accepted)
            return
        if run.failures:
            screen.say(*run.summary())


def drafts_in(lines: Sequence[str]) -> list[str]:
    """The lines that may be insights, without list markers and repetitions."""
    texts = (" ".join(_CONTROL.sub("", _LIST_MARK.sub("", line)).split()) for line in lines)
    return list(dict.fromkeys(text for text in texts if text))[:MOST_DRAFTS]
