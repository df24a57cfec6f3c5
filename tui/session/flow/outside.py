"""OutsideChanges: takes in what other programs write to the vault, without disturbing the user."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from tui.desk import Desk
from tui.session.flow.marker import Marker
from tui.session.flow.watcher import Watcher
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.ports import Tell, Threads
from tui.vault.source import Source

PAUSE = 0.004
"""Seconds left to the keyboard after each slice of work."""
FEW = 20
"""The most changed rows that are drawn one by one."""
REMEMBERED = 15.0
"""Seconds in which a new file may be a renamed one that has disappeared.

A key may notice that the old name is gone long before the watcher reports the new one.
"""
Watch = Callable[[Callable[[list[str]], object], Callable[[bool], object]], Watcher]
"""Makes a watcher of the functions that get changed names, and whether the vault is gone."""
AWAY = "The vault's folder is gone; sluice is waiting for it to come back."


class _Look(NamedTuple):
    """A file that has changed."""

    name: str
    before: Source | None
    """The source as shown so far, with our changes on their way."""
    known: Source | None
    """The source as last seen on disk."""
    fresh: Source | None
    """The source as it is now; None when the file is gone or not a source."""


@dataclass(eq=False)
class OutsideChanges:
    """Rereads changed files, some at a time, and shows them in place.

    The cursor, the scroll position, the focus and half-typed text stay as they are.

    It reads ``at_once`` files, takes them in for ``slice`` seconds between two keys, and indexes
    ``indexed`` sources at a time. ``watch`` makes the watcher. ``on_rename`` gets a source and its
    new name, ``on_fresh`` the changed sources by their names.
    """

    _desk: Desk
    _board: Board
    _marker: Marker
    _reading: ReadingState
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    at_once: int
    slice: float
    indexed: int
    watch: Watch
    on_rename: Callable[[Source, str], object]
    on_fresh: Callable[[Mapping[str, Source]], object]

    def __post_init__(self) -> None:
        self._watcher: Watcher | None = None
        self._names: dict[str, None] = {}
        """Files to check, in the order they were reported."""
        self._working = False
        self._fresh: dict[str, Source] = {}
        """Sources that were reread and are not shown yet."""
        self._new: set[str] = set()
        """Those of them that are new to the vault."""
        self._went: dict[str, Source] = {}
        self._gone_lately: dict[str, tuple[Source, float]] = {}
        """Sources whose files disappeared recently, and when."""
        self._rows_change = False
        self.away = False
        """Whether the vault's folder itself is gone."""

    def start(self) -> None:
        """Watch the vault, once it has been read."""
        if self._watcher is None:
            self._watcher = self.watch(
                lambda names: self._threads.later(self.take, names),
                lambda away: self._threads.later(self.show_away, away),
            )
            self._watcher.start()
        self._go_on()

    def stop(self) -> None:
        """Watch no longer."""
        if self._watcher is not None:
            self._watcher.stop()

    def join(self) -> None:
        """Wait until nothing is watched any more."""
        if self._watcher is not None:
            self._watcher.join()

    def show_away(self, away: bool) -> None:
        """Say that the vault's folder is gone, or is back."""
        self.away = away
        self._board.outdate("line")
        if not away:
            self._tell.drop(AWAY)
            self._tell.report("The vault's folder is back.", "information")

    # Reading

    def take(self, names: list[str]) -> None:
        """Check these files soon."""
        self._names.update(dict.fromkeys(names))
        self._go_on()

    def take_at_once(self, name: str, *, is_ours: bool = False) -> None:
        """Check one file now. If a change of ours removed it, that is no news."""
        look = self._look_at(name)
        if look is not None:
            self._note_edits([look])
            self._take(look)
        self._show(removed=name if is_ours else "")

    def _note_edits(self, looks: list[_Look]) -> None:
        """Record which values the user may have set in an editor."""
        pairs = [(look.known, look.fresh) for look in looks if look.known and look.fresh]
        self._desk.by_hand.saw(pairs)

    def _go_on(self) -> None:
        if self._names and not self._working and not self._reading.busy:
            self._working = True
            self._threads.start(self._work(), "outside")

    async def _work(self) -> None:
        """Check files until none is left, with pauses for keys."""
        try:
            while self._names and not self._reading.busy:
                await self._read()
                if not self._board.worklist.looking_up and not self._reading.busy:
                    # Matches wait for the index, rows need not.
                    self._show()
                await self._index()
        finally:
            self._working = False
        if self._reading.busy:
            # Rereading the whole vault shows everything itself.
            self._forget()
        else:
            self._show()
            self._go_on()

    async def _read(self) -> None:
        """Reread files in a thread and take them in, with pauses for keys."""
        while self._names and not self._reading.busy:
            names = list(islice(self._names, self.at_once))
            for name in names:
                del self._names[name]
            looks = await self._threads.answer(partial(self._look_at_all, names))
            self._note_edits(looks)
            await self._take_in(looks)

    def _look_at_all(self, names: list[str]) -> list[_Look]:
        looks = []
        for name in names:
            self._threads.give_way()
            looks.append(self._look_at(name))
        return [look for look in looks if look is not None]

    async def _take_in(self, looks: list[_Look]) -> None:
        end = time.monotonic() + self.slice
        for look in looks:
            self._take(look)
            if time.monotonic() >= end:
                await self._threads.pause(PAUSE)
                end = time.monotonic() + self.slice

    async def _index(self) -> None:
        """Update the index before the next lookup needs it, unless more files wait."""
        while not self._names and self._desk.lookup.prepare(self.indexed):
            await self._threads.pause(PAUSE)

    def _look_at(self, name: str) -> _Look | None:
        """Reread a file; None when it has not changed, or a change of ours is still to come."""
        vault = self._desk.vault
        before = vault.find(name)
        stamp = vault.stamp_of(name)
        if vault.is_own(name, stamp):
            return None
        known = before and vault.on_disk(before)
        if stamp is None:
            # While the whole vault is away, none of its sources counts as deleted.
            is_lost = before is not None and self._is_there()
            return _Look(name, before, known, None) if is_lost else None
        if before is not None and before.stamp == stamp:
            return None
        return _Look(name, before, known, vault.look(name))

    def _take(self, look: _Look) -> None:
        """Take in a file; one that sluice wrote meanwhile is checked again."""
        name, before, _, fresh = look
        vault, worklist = self._desk.vault, self._board.worklist
        if vault.find(name) is not before:
            self._names[name] = None
            return
        # With our changes on their way: what the screen shows is what the next key expects.
        shown = vault.take_in(name, fresh)
        if shown is None:
            if before is not None:
                self._desk.lookup.remove(name)
                worklist.lose(name)
                self._went[name] = before
            self._fresh.pop(name, None)
            self._new.discard(name)
            return
        self._went.pop(name, None)
        self._gone_lately.pop(name, None)
        self._fresh[name] = shown
        if before is None:
            self._new.add(name)
        if worklist.take_in(shown):
            self._rows_change = True

    def _is_there(self) -> bool:
        if self._watcher is not None:
            return self._watcher.is_there
        return self._desk.vault.root.is_dir()

    # Showing

    def _show(self, removed: str = "") -> None:
        """Show what was read; ``removed`` is the source whose file a change of ours removed."""
        went, board = self._went, self._board
        if not self._fresh and not went:
            return
        # Keys may have changed them since they were read.
        fresh = {source.name: source for source in self._desk.vault.known(self._fresh)}
        left = self._left_lately(went)
        renamed = _renamed(left, {name: fresh[name] for name in self._new if name in fresh})
        rows_change = self._rows_change or bool(went) or bool(renamed)
        self._forget()
        for old, new in renamed.items():
            self.on_rename(left[old], new)
            self._gone_lately.pop(old, None)
        if board.rows.gone in fresh or board.rows.gone in renamed:
            board.rows.keep_gone("")
        current = board.rows.here
        lost = current in went and current not in renamed
        if lost:
            board.rows.keep_gone(current)
        board.worklist.tidy()
        self._marker.drop(went, renamed)
        if rows_change or board.worklist.looking_up or len(fresh) > FEW:
            board.renew(fresh, renamed.get(current, current))
        else:
            board.show_changed(*fresh.values())
        board.outdate("figures")
        if lost and current != removed:
            self._tell.report("This source's file is gone; its row stays until you move on.")
        self.on_fresh(fresh)

    def _left_lately(self, went: dict[str, Source]) -> dict[str, Source]:
        """The sources whose files disappeared just now or some seconds ago."""
        now = time.monotonic()
        lately = {
            name: (source, since)
            for name, (source, since) in self._gone_lately.items()
            if now - since < REMEMBERED
        }
        self._gone_lately = lately | {name: (source, now) for name, source in went.items()}
        return {name: source for name, (source, _) in self._gone_lately.items()}

    def _forget(self) -> None:
        self._fresh, self._new, self._went, self._rows_change = {}, set(), {}, False

    def drop_gone(self) -> None:
        """Remove the row of a source that is gone, once the cursor has left it."""
        board = self._board
        if board.rows.gone and board.rows.here != board.rows.gone:
            board.rows.keep_gone("")
            board.renew({}, board.rows.here)


def _renamed(went: dict[str, Source], came: dict[str, Source]) -> dict[str, str]:
    """The new names of files that were only moved: the same file, or the same id."""
    if not came:
        return {}
    by_stamp = {source.stamp: name for name, source in came.items()}
    by_id = {source.id: name for name, source in came.items()}
    found = {
        name: by_stamp.get(source.stamp) or by_id.get(source.id, "")
        for name, source in went.items()
    }
    return {name: new for name, new in found.items() if new}
