"""Marker: which sources are marked for a change of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from tui.app.widgets.queue_row import SourceRow

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.vault.source import Source
    from tui.vault.vault import Vault


class Targets:
    """The sources that a box is about, from when it is opened until it is saved.

    The cursor and the marks may be elsewhere by then, and the sources other than they were.
    """

    def __init__(self, vault: Vault, sources: Iterable[Source], *, marked: bool) -> None:
        self._vault = vault
        self._names = {source.name: source.name for source in sources}
        """What they are called now, by the names they had."""
        self.marked = marked
        """Whether they are what was marked."""

    def now(self, name: str) -> str:
        """What the source is called now that had this name when the box was opened."""
        return self._names.get(name, name)

    @property
    def sources(self) -> list[Source]:
        """Those that are still there, as they are now."""
        return self._vault.known(self._names.values())

    @property
    def gone(self) -> list[str]:
        """The names of those that are there no more."""
        return [name for name in self._names.values() if self._vault.find(name) is None]

    @property
    def refusal(self) -> str:
        """Why none of them can be changed; empty where some are there."""
        gone = self.gone
        if not gone or len(gone) < len(self._names):
            return ""
        if len(gone) == 1:
            return f"{gone[0]} is gone, so it was not changed."
        return f"The {len(gone):,} marked sources are gone, so nothing was changed."

    def rename(self, renamed: Mapping[str, str]) -> None:
        """Be about the same files, which have other names now."""
        self._names = {name: renamed.get(now, now) for name, now in self._names.items()}


class _Range(NamedTuple):
    """Rows marked with shift: from the one where that began to the cursor's."""

    start: str
    """The source it began at."""
    end: str
    """The source the cursor was left on."""
    given: set[str]
    """What it marked itself: shrinking gives back these and no others."""


class Marker:
    """The marks of one screen; they stay while a lookup hides some of them."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._names: dict[str, None] = {}
        self._range: _Range | None = None
        self._hidden = 0
        self._taken: WeakSet[Targets] = WeakSet()
        self._gone: set[str] = set()
        """Marked sources that went; one of them may come again under another name."""

    @property
    def count(self) -> int:
        """How many sources are marked."""
        return len(self._names)

    @property
    def hidden(self) -> int:
        """How many of them the queue does not show."""
        return self._hidden

    @property
    def words(self) -> str:
        """How many are marked, and how many of those are out of sight."""
        if not self._names:
            return ""
        hidden = f" · {self._hidden:,} out of sight" if self._hidden else ""
        return f"{self.count:,} marked{hidden}"

    @property
    def names(self) -> list[str]:
        """The marked sources' names, in the order they were marked in."""
        return list(self._names)

    @property
    def sources(self) -> list[Source]:
        """The marked sources in the queue's order, those out of sight behind them."""
        place, last = self._screen.queue.row_of, len(self._screen.queue.rows)
        found = self._screen.desk.vault.known(self._names)
        if self.count == 1:
            return found

        def where(source: Source) -> tuple[int, str]:
            row = place(source.name)
            return (last if row is None else row, source.name)

        return sorted(found, key=where)

    def take(self, sources: Sequence[Source] | None = None) -> Targets:
        """What a box that is opened now is about: the targets, or these sources."""
        screen = self._screen
        meant = screen.targets if sources is None else sources
        marked = sources is None and bool(self._names)
        targets = Targets(screen.desk.vault, meant, marked=marked)
        self._taken.add(targets)
        return targets

    # What keys do

    def toggle(self) -> None:
        """Mark the source under the cursor, or take its mark, and go down."""
        source = self._screen.current
        if source is None:
            return
        self._range = None
        self._put([source.name], source.name not in self._names)
        self._screen.queue.move(1)

    def stretch(self, rows: int) -> None:
        """Move the cursor, and mark from where that began to where it is."""
        screen = self._screen
        queue, before = screen.queue, screen.current
        if before is None:
            return
        if self._range is None or self._range.end != before.name:
            self._range = _Range(before.name, before.name, set())
            self._give([before.name])
        start, at = queue.row_of(self._range.start), queue.cursor
        queue.move(rows)
        after, current = queue.cursor, screen.current
        if start is None or at is None or after is None or current is None:
            self._range = None
            return
        self._range = self._range._replace(end=current.name)
        # A cursor that moves on its way back to the start leaves what it marked.
        old, new = _span(start, at), _span(start, after)
        self._give(self._names_in(index for index in new if index not in old))
        left = self._names_in(index for index in old if index not in new)
        back = [name for name in left if name in self._range.given]
        self._range.given.difference_update(back)
        self._put(back, False)

    def mark_all(self) -> None:
        """Mark every open source that is shown; when all of them are, take all marks."""
        screen, queue = self._screen, self._screen.queue
        if screen.finder.working or screen.loader.busy:
            screen.say("Not all sources are shown yet; press * again when they are.")
            return
        done = screen.dimmed
        shown = [
            row.source.name
            for row in queue.rows
            if isinstance(row, SourceRow) and row.source.name not in done
        ]
        fresh = [name for name in shown if name not in self._names]
        self._range = None
        if fresh:
            self._put(fresh, True)
        elif shown:
            self.clear()
        else:
            screen.say("No open source is shown that could be marked.")

    def clear(self) -> None:
        """Take all marks."""
        self._range, self._hidden = None, 0
        self._gone.clear()
        if self._names:
            self._put(self.names, False)

    def put_back(self, names: Iterable[str]) -> None:
        """Mark sources again whose change failed, unless others are marked meanwhile."""
        if not self._names:
            self._put(names, True)
            self._count_hidden()

    # What happens to the sources

    def drop(self, gone: Iterable[str], renamed: Mapping[str, str]) -> None:
        """Forget sources that are there no more; one that was renamed stays marked."""
        for targets in self._taken:
            targets.rename(renamed)
        if not self._names and not self._gone:
            return
        marked = [name for name in dict.fromkeys((*gone, *renamed)) if name in self._names]
        back = [name for name in renamed if name in self._names or name in self._gone]
        self._gone = (self._gone | set(marked)).difference(back)
        if marked:
            self._put(marked, False)
        if back:
            self._put([renamed[name] for name in back], True)

    def show_rows(self) -> None:
        """Count anew which marks are out of sight, now that there are other rows."""
        if not self._names:
            return
        known = self._screen.desk.vault.find
        gone = [name for name in self._names if known(name) is None]
        if gone:
            self._gone.update(gone)
            self._put(gone, False)
        self._count_hidden()

    def _give(self, names: Iterable[str]) -> None:
        """Mark for the range."""
        fresh = [name for name in names if name not in self._names]
        if self._range is not None:
            self._range.given.update(fresh)
        self._put(fresh, True)

    def _names_in(self, rows: Iterable[int]) -> list[str]:
        shown = self._screen.queue.rows
        found = (shown[index] for index in rows)
        return [row.source.name for row in found if isinstance(row, SourceRow)]

    def _put(self, names: Iterable[str], marked: bool) -> None:
        """Mark or unmark, and show it."""
        queue, names = self._screen.queue, list(names)
        if marked:
            self._names.update(dict.fromkeys(names))
        else:
            for name in names:
                self._names.pop(name, None)
        queue.mark(names, marked)
        self._screen.show_keys()

    def _count_hidden(self) -> None:
        hidden = sum(self._screen.queue.row_of(name) is None for name in self._names)
        if hidden != self._hidden:
            self._hidden = hidden
            self._screen.show_keys()


def _span(start: int, end: int) -> range:
    return range(min(start, end), max(start, end) + 1)
