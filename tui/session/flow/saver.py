"""Saver: a thread that writes changes to disk, in the order they were requested."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic

from tui.display import counted
from tui.errors import NothingToUndo, SluiceError, Stopped
from tui.session.flow.calls import nothing, then
from tui.session.flow.outside import OutsideChanges
from tui.session.model.board import Board
from tui.session.ports import Tell, Threads
from tui.vault.history.change import Change
from tui.vault.progress import Progress
from tui.vault.source import Source
from tui.vault.vault import FieldEdit, Vault

SLICE, PAUSE = 0.008, 0.004
"""Seconds spent on showing written files at a time, and then left to the keyboard."""
TICK = 0.1
"""Seconds between two progress updates of a long change."""
LONG = 50
"""Sources from which a change shows its progress and can be stopped."""


@dataclass(eq=False, slots=True)
class Save:
    """One change to be written to disk."""

    work: Callable[[], Change]
    """Writes it, in the thread."""
    done: Callable[[Change], object] = nothing
    """Shows it once it is written."""
    failed: Callable[[SluiceError], object] = nothing
    """Shows that it failed, and why."""
    kept: Callable[[], object] = nothing
    """Drops what was kept in case it fails, such as a draft; needs no screen."""
    lacks: Callable[[], str] = str
    """Which sources it skipped and why, once it is written; else empty."""
    about: str = ""
    """The name of its only source, for a sentence; empty when it has several."""
    edits: Sequence[FieldEdit] = ()
    shown: bool = False
    """Whether the screen shows it already."""
    names: frozenset[str] | None = None
    """The sources it may change, if it is not shown yet; None when unknown."""
    progress: Progress | None = None
    """Its progress, if it may take long."""
    says: str = ""
    """What it does, for the progress line."""
    show: Callable[[list[Source]], object] = nothing
    """Shows written sources, some at a time, if it is not shown yet."""
    taken: int = 0
    """How many of its written files are taken in."""
    number: int = 0
    known: int = 0
    """The last change whose end was shown when it was requested."""
    written: list[tuple[str, Source | None]] = field(default_factory=list)
    change: Change | None = None
    error: SluiceError | None = None
    told: float = 0.0
    """When its failure was reported."""
    undoable: bool = True
    """Whether an undo that names no change may undo it."""

    def skip(self, *, skipped: bool = True) -> None:
        """Have undos that name no change leave this one out, or no longer."""
        self.undoable = not skipped

    @property
    def was_idle(self) -> bool:
        """Whether it changed nothing, so that there is nothing to undo."""
        if self.change is not None:
            return not self.change.files
        return isinstance(self.error, NothingToUndo)

    @property
    def made(self) -> str:
        """The id of its change, to all of its files or to some; empty without one."""
        if self.change is not None:
            return self.change.id
        # It may have failed with the error of an earlier change that it builds on.
        return self.error.part_of if self.error is not None and self.written else ""


@dataclass(eq=False)
class Saver:
    """Saves changes, while keys never wait for the disk.

    The thread only writes. What answers the keys takes in and shows the results.

    ``noticed`` are the seconds after a failure in which no key reacts to it yet. ``on_put`` is
    called before each change, ``on_saved`` with each one that is on disk.
    """

    _vault: Vault
    _board: Board
    _outside: OutsideChanges
    _threads: Threads
    _tell: Tell
    _noticed: float
    _on_put: Callable[[], object] = nothing
    _on_saved: Callable[[Change], object] = nothing

    def __post_init__(self) -> None:
        self._asked: SimpleQueue[Save | None] = SimpleQueue()
        self._ended: deque[Save] = deque()
        self._thread: Thread | None = None
        self._all_done = Event()
        """Set when the thread has written the last change."""
        self._count = self._known = 0
        self._on_way: deque[Save] = deque()
        self._failed: list[Save] = []
        """The changes that failed since the last success."""
        self._unseen: list[Save] = []
        self._later: list[Callable[[], object]] = []
        self._at: Save | None = None
        self._spoiled: dict[tuple[str, str], tuple[int, SluiceError]] = {}
        """The fields of failed changes: the change's number, and why it failed."""
        self._vault.tell(self._note)

    @property
    def busy(self) -> bool:
        """Whether something is not on disk yet."""
        return self._known < self._count

    @property
    def open(self) -> list[Save]:
        """The changes whose result the user cannot know yet, oldest first.

        They are being saved, or failed only a moment ago.
        """
        return [*self._failed_lately, *self._on_way]

    @property
    def _failed_lately(self) -> list[Save]:
        since = monotonic() - self._noticed
        return [save for save in self._failed if save.told > since]

    def unseen_among(self, sources: Iterable[Source]) -> bool:
        """Whether a change that is not shown yet may change these sources."""
        if not self._unseen:
            return False
        names = {source.name for source in sources}
        return any(save.names is None or not save.names.isdisjoint(names) for save in self._unseen)

    def put(self, save: Save) -> None:
        """Save a change, after all those requested before."""
        self._on_put()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="saver", daemon=True)
            self._thread.start()
        self._count += 1
        self._on_way.append(save)
        if not save.shown:
            self._unseen.append(save)
        if save.progress is not None:
            self._threads.after(TICK, lambda: self._watch(save))
        save.number, save.known = self._count, self._known
        self._vault.expect(save, save.edits)
        self._asked.put(save)

    def when_idle(self, action: Callable[[], object], *, holds_keys: bool = False) -> None:
        """Do something once all changes are on disk; with ``holds_keys`` the next keys wait."""
        if not self.busy:
            action()
            return
        lets_keys = self._threads.hold_keys() if holds_keys else nothing
        self._later.append(then(action, lets_keys))

    def finish(self, tell: Callable[[str], object] = nothing) -> list[str]:
        """Wait until all is on disk, when keys are over; returns sentences about failures.

        ``tell`` gets sentences about the progress. Ctrl+c stops a long change between two
        files; a second one raises KeyboardInterrupt.
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
                    said = self.named(save.error, save.about)
                    stopped = isinstance(save.error, Stopped) and save.written
                    lost.append(f"{said} `sluice undo` undoes them." if stopped else said)
        return lost

    def _wait(self, tell: Callable[[str], object]) -> None:
        hurried = False
        while True:
            try:
                # After ctrl+c in ``join`` a thread counts as ended (CPython issue 45274).
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
            what = "Saving" if progress.writing else "Checking"
            said = f"{what}: {progress.done:,} of {progress.total:,} sources"
            return f"{said}, stopping…" if hurried else f"{said}… ctrl+c stops."
        left = self._count - self._known - len(self._ended)
        said = f"Saving: {counted(left, 'change')} left…"
        return f"{said} ctrl+c again discards them." if hurried else said

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
            # Without a screen, ``finish`` handles what is left.
            with contextlib.suppress(RuntimeError):
                self._threads.later(self._take)
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
        """The error of an earlier failed change that this one builds on, if it was not shown."""
        for edit in save.edits:
            number, error = self._spoiled.get((edit.source.name, edit.field), (0, None))
            if number > save.known:
                return error
        return None

    def _note(self, name: str, source: Source | None) -> None:
        if self._at is not None:
            self._vault.note_own(name, source)
            self._at.written.append((name, source))

    # In the screen's thread

    def stop(self) -> bool:
        """Stop the long change that is being saved; returns whether there is one."""
        save = self._at
        progress = None if save is None or save in self._ended else save.progress
        if progress is None or progress.total < LONG or progress.is_stopped:
            return False
        progress.stop()
        return True

    def _watch(self, save: Save) -> None:
        """Show the progress of a change, and the files it has written, until it ends."""
        if save.number <= self._known:
            return
        if save is self._at and save.progress is not None and save.progress.total >= LONG:
            progress = save.progress
            what = save.says if progress.writing else f"checking {save.says}"
            self._tell.show_work(what, progress.done, progress.total)
            if not self._ended:
                self._take_files(save, monotonic() + SLICE)
        self._threads.after(TICK, lambda: self._watch(save))

    def _take(self) -> None:
        """Take in finished changes, for as long as keys can wait."""
        end = monotonic() + SLICE
        while self._ended:
            save = self._ended[0]
            if not self._take_files(save, end):
                self._threads.after(PAUSE, self._take)
                return
            self._ended.popleft()
            self._on_way.popleft()
            self._known = save.number
            if not save.shown:
                self._unseen.remove(save)
            if save.progress is not None:
                self._tell.end_work()
            changed = self._vault.expect_no_more(save)
            if save.change is not None:
                # Another program wrote the same fields after this change.
                self._show_as_outside(changed)
                self._failed.clear()
                save.kept()
                save.done(save.change)
                self._on_saved(save.change)
            elif save.error is not None:
                save.told = monotonic()
                self._failed = [*self._failed_lately, save]
                save.failed(save.error)
        if not self.busy:
            # From now on the user knows of these failures.
            self._spoiled.clear()
        while self._later and not self.busy:
            self._later.pop(0)()

    def _take_files(self, save: Save, end: float) -> bool:
        """Take in and show the files that a change wrote; returns whether that is all of them."""
        taken: list[Source] = []
        find = self._vault.find
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
        """Take in a file as sluice wrote it, or as another program did after that."""
        vault = self._vault
        is_ours = vault.end_own(name)
        if source is None or not is_ours:
            self._outside.take_at_once(name, is_ours=is_ours)
            return
        before = vault.find(name)
        after = vault.take_in(name, source)
        if not show or before is None or after is None:
            return
        if before._replace(stamp=after.stamp) != after:
            # Another program changed another field of it just before.
            self._show_as_outside([after])

    def _show_as_outside(self, sources: Sequence[Source]) -> None:
        """Show sources in which another program changed something."""
        for source in sources:
            self._board.worklist.take_in(source)
        if sources:
            self._board.show_changed(*sources)

    def named(self, error: SluiceError, name: str) -> str:
        """The error's sentence; it begins with the title of the source it concerns, if any."""
        name = error.file or name
        source = self._vault.find(name)
        if source is None:
            return str(error)
        # Files have long names, and titles are what the screen shows.
        said = str(error).removeprefix(error.before)
        for part in (name, name.rpartition("/")[2]):
            said = said.replace(f": {part};", ";").replace(part, "its file")
        if source.quoted_title not in said:
            said = f"{source.quoted_title}: {said}"
        return f"{error.before}{said}"
