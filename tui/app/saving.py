"""Saver: changes brought to disk by a thread, in the order they were asked for."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from tui.errors import NothingToUndo, SluiceError, Stopped
from tui.vault.change import Change
from tui.vault.progress import Progress
from tui.vault.read import stamp_of
from tui.vault.source import Source
from tui.vault.vault import FieldEdit

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


SLICE, PAUSE = 0.008, 0.004
"""Seconds that written files are taken in for, and that the keyboard then has for itself."""
TICK = 0.1
"""Seconds between two looks at how far a long change is."""
LONG = 50
"""From so many sources on it is told how far a change is, and it can be stopped."""
NOTICED = 1.0
"""Seconds after which a failure that was told may be why somebody presses a key."""


def nothing(*_: object) -> None:
    """What is done where nothing is to be done."""


@dataclass(eq=False, slots=True)
class Save:
    """One change on its way to the disk."""

    work: Callable[[], Change]
    """Makes it, in the thread."""
    done: Callable[[Change], object] = nothing
    """Shows it once it is made."""
    failed: Callable[[SluiceError], object] = nothing
    """Shows that it was not made, and why."""
    kept: Callable[[], object] = nothing
    """Forgets what was kept in case it fails; needs no screen."""
    lacks: Callable[[], str] = str
    """Which of the sources it was meant for it left out and why, once it is made; else empty."""
    about: str = ""
    """What it is about, for a sentence after the screen is gone."""
    edits: Sequence[FieldEdit] = ()
    shown: bool = False
    """Whether the screen shows it already."""
    names: frozenset[str] | None = None
    """The sources it may change, where it is not shown yet; None when that is not known."""
    progress: Progress | None = None
    """How far it is, where it may take long."""
    says: str = ""
    """What it does, for whoever waits for it."""
    show: Callable[[list[Source]], object] = nothing
    """Shows sources that it wrote, some at a time, where it is not shown yet."""
    taken: int = 0
    """How many of the files it wrote are taken in."""
    number: int = 0
    known: int = 0
    """How many ends were known to whoever asked for it."""
    written: list[tuple[str, Source | None]] = field(default_factory=list)
    change: Change | None = None
    error: SluiceError | None = None
    told: float = 0.0
    """When it was told that it failed."""
    undoable: bool = True
    """Whether an undo that does not name its change may be about it."""

    @property
    def was_idle(self) -> bool:
        """Whether it found that there was nothing to do, so there is nothing to undo."""
        if self.change is not None:
            return not self.change.files
        return isinstance(self.error, NothingToUndo)

    @property
    def made(self) -> str:
        """The id of the change that it made, of all its files or of some; empty without one."""
        if self.change is not None:
            return self.change.id
        # It may have failed with the error of another one that it builds on.
        return self.error.part_of if self.error is not None and self.written else ""


class Saver:
    """The changes of one screen; what it shows never waits for them.

    The thread does the disk's work only. What came of it is taken in, and shown, by the
    screen's own thread.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._asked: SimpleQueue[Save | None] = SimpleQueue()
        self._ended: deque[Save] = deque()
        self._thread: Thread | None = None
        self._all_done = Event()
        """Set when the thread has made the last change."""
        self._count = self._known = 0
        self._on_way: deque[Save] = deque()
        self._failed: list[Save] = []
        """What failed after the last one that did not."""
        self._unseen: list[Save] = []
        self._later: list[Callable[[], object]] = []
        self._at: Save | None = None
        self._spoiled: dict[tuple[str, str], tuple[int, SluiceError]] = {}
        """Fields that a failed change was about: its number, and why it failed."""
        screen.desk.vault.tell(self._note)

    @property
    def busy(self) -> bool:
        """Whether something is not on disk yet."""
        return self._known < self._count

    @property
    def open(self) -> list[Save]:
        """Those of which somebody who presses a key now cannot know what came, oldest first.

        They are on their way, or failed this very moment.
        """
        return [*self._failed_lately, *self._on_way]

    @property
    def _failed_lately(self) -> list[Save]:
        since = monotonic() - NOTICED
        return [save for save in self._failed if save.told > since]

    def unseen_among(self, sources: Iterable[Source]) -> bool:
        """Whether a change is on its way that may change these and is not shown yet."""
        if not self._unseen:
            return False
        names = {source.name for source in sources}
        return any(save.names is None or not save.names.isdisjoint(names) for save in self._unseen)

    def put(self, save: Save) -> None:
        """Bring a change to disk, after all that were asked for before."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="saver", daemon=True)
            self._thread.start()
        self._count += 1
        self._on_way.append(save)
        if not save.shown:
            self._unseen.append(save)
        if save.progress is not None:
            self._screen.set_timer(TICK, lambda: self._watch(save))
        save.number, save.known = self._count, self._known
        self._screen.desk.vault.expect(save, save.edits)
        self._asked.put(save)

    def when_idle(self, action: Callable[[], object]) -> None:
        """Do something once all is on disk: at once, if it is."""
        if self.busy:
            self._later.append(action)
        else:
            action()

    def finish(self, tell: Callable[[str], object] = nothing) -> list[str]:
        """Wait until all is on disk, when the screen is gone; what was not saved and not told.

        ``tell`` is told how far it is. Ctrl+c stops a long change between two files; raises
        KeyboardInterrupt at the second one.
        """
        if self._thread is not None:
            self._asked.put(None)
            self._wait(tell)
        lost = list[str]()
        with contextlib.suppress(IndexError):
            while True:
                save = self._ended.popleft()
                if save.error is None:
                    save.kept()
                    lost += filter(None, [save.lacks()])
                else:
                    said = named(save.error, save.about)
                    stopped = isinstance(save.error, Stopped) and save.written
                    lost.append(f"{said} `sluice undo` takes them back." if stopped else said)
        return lost

    def _wait(self, tell: Callable[[str], object]) -> None:
        hurried = False
        while True:
            try:
                # A thread whose ``join`` ctrl+c interrupts counts as ended (CPython's 45274).
                if self._all_done.wait(TICK):
                    return
                tell(self._how_far(hurried))
            except KeyboardInterrupt:
                if hurried:
                    raise
                hurried = True
                self.stop()

    def _how_far(self, hurried: bool) -> str:
        save = self._at
        progress = save.progress if save is not None else None
        if progress is not None and progress.total >= LONG:
            what = "Saving" if progress.writing else "Looking"
            said = f"{what}: {progress.done:,} of {progress.total:,} sources"
            return f"{said}, stopping…" if hurried else f"{said}… ctrl+c stops."
        left = self._count - self._known - len(self._ended)
        said = f"Saving: {left:,} change{'s' if left != 1 else ''} left…"
        return f"{said} ctrl+c again gives them up." if hurried else said

    # In the thread

    def _run(self) -> None:
        while (save := self._asked.get()) is not None:
            self._at = save
            save.error = self._spoilt(save)
            if save.error is None:
                self._make(save)
            if save.error is not None:
                for edit in save.edits:
                    self._spoiled[edit.source.name, edit.field] = (save.number, save.error)
            self._ended.append(save)
            # Where the screen is gone, ``finish`` looks at what is left.
            with contextlib.suppress(RuntimeError):
                self._screen.call_later(self._take)
        self._all_done.set()

    def _make(self, save: Save) -> None:
        try:
            save.change = save.work()
        except SluiceError as error:
            save.error = error
        except Exception as error:
            from tui.state.log import tell_fault  # noqa: PLC0415 - on a fault only

            save.error = SluiceError(tell_fault(error))

    def _spoilt(self, save: Save) -> SluiceError | None:
        """Why a change fails that builds on one that failed, unless that was known by then."""
        for edit in save.edits:
            number, error = self._spoiled.get((edit.source.name, edit.field), (0, None))
            if number > save.known:
                return error
        return None

    def _note(self, name: str, source: Source | None) -> None:
        if self._at is not None:
            self._at.written.append((name, source))

    # In the screen's thread

    def stop(self) -> bool:
        """Have the long change stopped that is at work; whether there is one."""
        save = self._at
        progress = None if save is None or save in self._ended else save.progress
        if progress is None or progress.total < LONG or progress.is_stopped:
            return False
        progress.stop()
        return True

    def _watch(self, save: Save) -> None:
        """Show how far a change is, and what it wrote by now, until it has ended."""
        if save.number <= self._known:
            return
        if save is self._at and save.progress is not None and save.progress.total >= LONG:
            progress = save.progress
            what = save.says if progress.writing else f"looking at {save.says}"
            self._screen.progress.show_work(what, progress.done, progress.total)
            if not self._ended:
                self._take_files(save, monotonic() + SLICE)
        self._screen.set_timer(TICK, lambda: self._watch(save))

    def _take(self) -> None:
        """Take in what has ended, for as long as keys can wait."""
        end = monotonic() + SLICE
        while self._ended:
            save = self._ended[0]
            if not self._take_files(save, end):
                self._screen.set_timer(PAUSE, self._take)
                return
            self._ended.popleft()
            self._on_way.popleft()
            self._known = save.number
            if not save.shown:
                self._unseen.remove(save)
            if save.progress is not None:
                self._screen.progress.end_work()
            self._screen.desk.vault.expect_no_more(save)
            if save.change is not None:
                self._failed.clear()
                save.kept()
                save.done(save.change)
            elif save.error is not None:
                save.told = monotonic()
                self._failed = [*self._failed_lately, save]
                save.failed(save.error)
        if not self.busy:
            # Whatever is asked for from now on is asked for by somebody who was told.
            self._spoiled.clear()
        while self._later and not self.busy:
            self._later.pop(0)()

    def _take_files(self, save: Save, end: float) -> bool:
        """Take in and show files that a change wrote; whether all of them are."""
        taken: list[Source] = []
        find = self._screen.desk.vault.find
        while save.taken < len(save.written) and monotonic() < end:
            name, source = save.written[save.taken]
            save.taken += 1
            self._take_in(name, source, show=save.shown)
            if not save.shown and (fresh := find(name)) is not None:
                taken.append(fresh)
        if taken:
            save.show(taken)
        return save.taken == len(save.written)

    def _take_in(self, name: str, source: Source | None, show: bool) -> None:
        """Take in a file as we wrote it, or as others did after us."""
        screen = self._screen
        vault = screen.desk.vault
        try:
            is_ours = source is not None and stamp_of(source.path.stat()) == source.stamp
        except OSError:
            is_ours = False
        if not is_ours:
            screen.outside.take_at_once(name)
            return
        before = vault.find(name)
        vault.take_in(name, source)
        after = vault.find(name)
        if not show or before is None or after is None:
            return
        if (before.fields, before.heading) != (after.fields, after.heading):
            # Others changed another field of it just before us.
            screen.worklist.take_in(after)
            screen.show_changed(after)


def named(error: SluiceError, name: str) -> str:
    """The error's sentence, which says what it is about."""
    said = str(error)
    return said if not name or name.rpartition("/")[2] in said else f"{name}: {said}"
