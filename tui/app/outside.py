"""Outside: takes in what others wrote to the vault, while the person goes on undisturbed."""

from __future__ import annotations

import asyncio
import time
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tui.app.screens.distribution import DistributionScreen
from tui.app.screens.read import ReadScreen
from tui.app.watching import Watcher
from tui.app.widgets.queue_row import SourceRow
from tui.app.widgets.queue_rows import place_beside
from tui.errors import QueryError
from tui.vault.read import stamp_of
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

READ = 200
"""Files that are read before any of them is taken in."""
SLICE, PAUSE = 0.010, 0.004
"""Seconds that files are taken in for, and that the keyboard then has for itself."""
INDEXED = 20
"""Sources that are indexed in such a slice."""
FEW = 20
"""Up to so many changed rows are drawn one by one."""
REMEMBERED = 15.0
"""Seconds after which a file that comes is no more taken for one that went, under a new name.

A key may meet the old name long before the watcher tells of the new one.
"""
AWAY = "The vault's folder is gone; sluice waits until it is back."


class _Look(NamedTuple):
    """A file that is not as we know it."""

    name: str
    before: Source | None
    """The source as it is known."""
    fresh: Source | None
    """The source as the file is now; None when it is none, or gone."""


class Outside:
    """Reads changed files again for one screen, some at a time, and shows them in place.

    The cursor, the scrolling, the keys' pane and what is half typed stay as they are.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._watcher: Watcher | None = None
        self._names: dict[str, None] = {}
        """Files to be looked at, in the order they were told."""
        self._working = False
        self._fresh: dict[str, Source] = {}
        """Sources as they were read again, not shown yet."""
        self._new: set[str] = set()
        """Those of them that the vault did not have before."""
        self._went: dict[str, Source] = {}
        self._gone_lately: dict[str, tuple[Source, float]] = {}
        """Sources that were shown to be gone, and when that was."""
        self._rows_change = False
        self.gone = ""
        """The source under the cursor when its file is there no more: it keeps its row."""
        self.away = False
        """Whether the vault's folder itself is gone."""

    def start(self) -> None:
        """Watch the vault, once it has been read."""
        if self._watcher is None:
            screen = self._screen
            self._watcher = Watcher(
                screen.desk.vault,
                lambda names: screen.call_later(self.take, names),
                lambda away: screen.call_later(self.show_away, away),
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
        self._screen.show_complaint(AWAY if away else "")
        if not away:
            self._screen.sluice.drop_toast(AWAY)
            self._screen.say("The vault's folder is back.")

    # Reading

    def take(self, names: list[str]) -> None:
        """Look at these files soon."""
        self._names.update(dict.fromkeys(names))
        self._go_on()

    def take_at_once(self, name: str) -> None:
        """Look at one file now."""
        look = self._look_at(name)
        if look is not None:
            self._note_edits([look])
            self._take(look)
        self._show()

    def _note_edits(self, looks: list[_Look]) -> None:
        """Have it remembered what somebody may have set in an editor."""
        pairs = [(look.before, look.fresh) for look in looks if look.before and look.fresh]
        self._screen.desk.by_hand.saw(pairs)

    def _go_on(self) -> None:
        if self._names and not self._working and not self._screen.loader.busy:
            self._working = True
            self._screen.run_worker(self._work(), group="outside", exit_on_error=False)

    async def _work(self) -> None:
        """Look at files until none is left; keys are answered in between."""
        try:
            while self._names and not self._screen.loader.busy:
                await self._read()
                if not self._screen.worklist.looking_up and not self._screen.loader.busy:
                    # Hits wait for the index, rows need not.
                    self._show()
                await self._index()
        finally:
            self._working = False
        if self._screen.loader.busy:
            # Reading the whole vault anew shows everything itself.
            self._forget()
        else:
            self._show()
            self._go_on()

    async def _read(self) -> None:
        """Read files again in a thread, and take in what they hold; keys come in between."""
        while self._names and not self._screen.loader.busy:
            names = list(islice(self._names, READ))
            for name in names:
                del self._names[name]
            looks = await asyncio.to_thread(self._look_at_all, names)
            self._note_edits(looks)
            await self._take_in(looks)

    def _look_at_all(self, names: list[str]) -> list[_Look]:
        looks = []
        for name in names:
            self._screen.sluice.give_way()
            looks.append(self._look_at(name))
        return [look for look in looks if look is not None]

    async def _take_in(self, looks: list[_Look]) -> None:
        end = time.monotonic() + SLICE
        for look in looks:
            self._take(look)
            if time.monotonic() >= end:
                await asyncio.sleep(PAUSE)
                end = time.monotonic() + SLICE

    async def _index(self) -> None:
        """Bring the index up to date, before anybody looks for something; news come first."""
        while not self._names and self._screen.desk.lookup.prepare(INDEXED):
            await asyncio.sleep(PAUSE)

    def _look_at(self, name: str) -> _Look | None:
        """Read a file again; None when it is as we know it."""
        vault = self._screen.desk.vault
        before = vault.find(name)
        try:
            stamp = stamp_of((vault.root / name).stat())
        except OSError:
            # Nor was a source deleted when the whole vault is away.
            is_lost = before is not None and self._is_there()
            return _Look(name, before, None) if is_lost else None
        if before is not None and before.stamp == stamp:
            return None
        return _Look(name, before, vault.look(name))

    def _take(self, look: _Look) -> None:
        """Take in what a file holds; one that we wrote meanwhile is looked at again."""
        name, before, fresh = look
        vault, worklist = self._screen.desk.vault, self._screen.worklist
        if vault.find(name) is not before:
            self._names[name] = None
            return
        vault.take_in(name, fresh)
        if fresh is None:
            if before is not None:
                self._screen.desk.lookup.remove(name)
                worklist.lose(name)
                self._went[name] = before
            self._fresh.pop(name, None)
            self._new.discard(name)
            return
        self._went.pop(name, None)
        self._gone_lately.pop(name, None)
        self._fresh[name] = fresh
        if before is None:
            self._new.add(name)
        if worklist.take_in(fresh):
            self._rows_change = True

    def _is_there(self) -> bool:
        if self._watcher is not None:
            return self._watcher.is_there
        return self._screen.desk.vault.root.is_dir()

    # Showing

    def _show(self) -> None:
        """Show what was read."""
        fresh, went, screen = self._fresh, self._went, self._screen
        if not fresh and not went:
            return
        left = self._left_lately(went)
        renamed = _renamed(left, {name: fresh[name] for name in self._new if name in fresh})
        rows_change = self._rows_change or bool(went) or bool(renamed)
        self._forget()
        for old, new in renamed.items():
            screen.noter.rename(left[old], new)
            self._gone_lately.pop(old, None)
        if self.gone in fresh or self.gone in renamed:
            self.gone = ""
        current = screen.current.name if screen.current else ""
        lost = current in went and current not in renamed
        if lost:
            self.gone = current
        screen.worklist.tidy()
        screen.marker.drop(went, renamed)
        if rows_change or screen.worklist.looking_up or len(fresh) > FEW:
            self._renew_rows(fresh, renamed.get(current, current))
        else:
            for source in fresh.values():
                screen.show_changed(source)
        screen.marker.show_rows()
        screen.show_figures()
        if lost:
            screen.say("This source's file is gone; its row stays until you move on.", "warning")
        above = screen.app.screen
        if isinstance(above, ReadScreen) and above.source.name in fresh:
            source = fresh[above.source.name]
            above.show(source, screen.body_of(source))
        elif isinstance(above, DistributionScreen):
            above.count()

    def _left_lately(self, went: dict[str, Source]) -> dict[str, Source]:
        """The sources that went just now, and those that did some seconds ago."""
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
        """Take the row of a source that is gone away, now that the cursor is elsewhere."""
        current = self._screen.current
        if self.gone and (current is None or current.name != self.gone):
            self.gone = ""
            self._renew_rows({}, current.name if current else "")

    def _renew_rows(self, fresh: dict[str, Source], name: str) -> None:
        """Show the rows anew, the cursor where it was, on the source called ``name``."""
        from tui.app.hints import empty_text  # noqa: PLC0415 - a ring

        screen = self._screen
        old, at = screen.queue.rows, screen.queue.cursor
        try:
            rows = screen.worklist.rows()
        except QueryError:
            # The lookup is half typed: its last hits are still shown.
            rows = [
                row._replace(source=fresh.get(row.source.name, row.source))
                if isinstance(row, SourceRow)
                else row
                for row in old
            ]
        places = {row.source.name: i for i, row in enumerate(rows) if isinstance(row, SourceRow)}
        cursor = places.get(name)
        if cursor is None and at is not None:
            cursor = place_beside(old[:at], rows)
            row = old[at]
            if isinstance(row, SourceRow):
                row = row._replace(source=fresh.get(name, row.source))
            rows.insert(cursor, row)
        if not rows:
            screen.queue.empty_text = empty_text(screen)
        screen.queue.set_done(screen.dimmed)
        screen.queue.renew(rows, cursor if cursor is not None else 0 if rows else None)


def _renamed(went: dict[str, Source], came: dict[str, Source]) -> dict[str, str]:
    """The new names of files that were only moved: the very same file, or the same id."""
    if not came:
        return {}
    by_stamp = {source.stamp: name for name, source in came.items()}
    by_id = {source.id: name for name, source in came.items()}
    found = {
        name: by_stamp.get(source.stamp) or by_id.get(source.id, "")
        for name, source in went.items()
    }
    return {name: new for name, new in found.items() if new}
