"""Outside: takes in what other programs write to the vault, without disturbing the user."""

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
from tui.vault.disk.contents import stamp_of
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

READ = 200
"""Files read before any of them is taken in."""
SLICE, PAUSE = 0.010, 0.004
"""Seconds spent on taking in files at a time, and then left to the keyboard."""
INDEXED = 20
"""Sources indexed at a time."""
FEW = 20
"""The most changed rows that are drawn one by one."""
REMEMBERED = 15.0
"""Seconds in which a new file may be a renamed one that has disappeared.

A key may notice that the old name is gone long before the watcher reports the new one.
"""
AWAY = "The vault's folder is gone; sluice is waiting for it to come back."


class _Look(NamedTuple):
    """A file that has changed."""

    name: str
    before: Source | None
    """The source as known so far."""
    fresh: Source | None
    """The source as it is now; None when the file is gone or not a source."""


class Outside:
    """Rereads changed files for one screen, some at a time, and shows them in place.

    The cursor, the scroll position, the focus and half-typed text stay as they are.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
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
        self.gone = ""
        """The source under the cursor if its file is gone: it keeps its row."""
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
        """Check these files soon."""
        self._names.update(dict.fromkeys(names))
        self._go_on()

    def take_at_once(self, name: str) -> None:
        """Check one file now."""
        look = self._look_at(name)
        if look is not None:
            self._note_edits([look])
            self._take(look)
        self._show()

    def _note_edits(self, looks: list[_Look]) -> None:
        """Record which values the user may have set in an editor."""
        pairs = [(look.before, look.fresh) for look in looks if look.before and look.fresh]
        self._screen.desk.by_hand.saw(pairs)

    def _go_on(self) -> None:
        if self._names and not self._working and not self._screen.loader.busy:
            self._working = True
            self._screen.run_worker(self._work(), group="outside", exit_on_error=False)

    async def _work(self) -> None:
        """Check files until none is left, with pauses for keys."""
        try:
            while self._names and not self._screen.loader.busy:
                await self._read()
                if not self._screen.worklist.looking_up and not self._screen.loader.busy:
                    # Matches wait for the index, rows need not.
                    self._show()
                await self._index()
        finally:
            self._working = False
        if self._screen.loader.busy:
            # Rereading the whole vault shows everything itself.
            self._forget()
        else:
            self._show()
            self._go_on()

    async def _read(self) -> None:
        """Reread files in a thread and take them in, with pauses for keys."""
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
        """Update the index before the next lookup needs it, unless more files wait."""
        while not self._names and self._screen.desk.lookup.prepare(INDEXED):
            await asyncio.sleep(PAUSE)

    def _look_at(self, name: str) -> _Look | None:
        """Reread a file; None when it has not changed."""
        vault = self._screen.desk.vault
        before = vault.find(name)
        try:
            stamp = stamp_of((vault.root / name).stat())
        except OSError:
            # While the whole vault is away, none of its sources counts as deleted.
            is_lost = before is not None and self._is_there()
            return _Look(name, before, None) if is_lost else None
        if before is not None and before.stamp == stamp:
            return None
        return _Look(name, before, vault.look(name))

    def _take(self, look: _Look) -> None:
        """Take in a file; one that sluice wrote meanwhile is checked again."""
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
        current = self._screen.current
        if self.gone and (current is None or current.name != self.gone):
            self.gone = ""
            self._renew_rows({}, current.name if current else "")

    def _renew_rows(self, fresh: dict[str, Source], name: str) -> None:
        """Show new rows, with the cursor where it was, on the source called ``name``."""
        from tui.app.hints import empty_text  # noqa: PLC0415 - a ring

        screen = self._screen
        old, at = screen.queue.rows, screen.queue.cursor
        try:
            rows = screen.worklist.rows()
        except QueryError:
            # The lookup is half typed: its last matches stay.
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
