"""Marker: which sources are marked for a change of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from tui.app.widgets.queue_row import SourceRow
from tui.display import short

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.vault.source import Source
    from tui.vault.vault import Vault


class Targets:
    """The sources that a box changes, from its opening until it is saved.

    Meanwhile the cursor and the marks may move, and the sources may change.
    """

    def __init__(self, vault: Vault, sources: Iterable[Source], *, marked: bool) -> None:
        self._vault = vault
        self._titles = {source.name: source.title for source in sources}
        self._names = {name: name for name in self._titles}
        """Their names now, by the names they had."""
        self.marked = marked
        """Whether they were the marked sources."""

    def now(self, name: str) -> str:
        """The present name of a source that had this name when the box was opened."""
        return self._names.get(name, name)

    @property
    def sources(self) -> list[Source]:
        """Those that still exist, as they are now."""
        return self._vault.known(self._names.values())

    @property
    def gone(self) -> list[str]:
        """The names of those whose files are gone."""
        return [name for name in self._names.values() if self._vault.find(name) is None]

    @property
    def refusal(self) -> str:
        """Why none of them can be changed; empty if some still exist."""
        gone = self.gone
        if not gone or len(gone) < len(self._names):
            return ""
        if len(gone) == 1:
            (title,) = self._titles.values()
            return f"“{short(title)}” is gone, so it was not changed."
        return f"The {len(gone):,} marked sources are gone, so nothing was changed."

    def rename(self, renamed: Mapping[str, str]) -> None:
        """Follow files that were renamed."""
        self._names = {name: renamed.get(now, now) for name, now in self._names.items()}


class _Range(NamedTuple):
    """Rows marked with shift: from where the range began to the cursor."""

    start: str
    """The source where it began."""
    end: str
    """The source under the cursor."""
    given: set[str]
    """What the range itself marked: shrinking it unmarks only these."""


class Marker:
    """The marks of one screen; they stay while a lookup hides some of them."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._names: dict[str, None] = {}
        self._range: _Range | None = None
        self._hidden = 0
        self._taken: WeakSet[Targets] = WeakSet()
        self._gone: set[str] = set()
        """Marked sources whose files are gone; they may return under other names."""

    @property
    def count(self) -> int:
        """How many sources are marked."""
        return len(self._names)

    @property
    def hidden(self) -> int:
        """How many marked sources the queue does not show."""
        return self._hidden

    @property
    def words(self) -> str:
        """How many sources are marked, and how many of them the queue does not show."""
        if not self._names:
            return ""
        hidden = f" · {self._hidden:,} hidden" if self._hidden else ""
        return f"{self.count:,} marked{hidden}"

    @property
    def names(self) -> list[str]:
        """The marked sources' names, in the order they were marked in."""
        return list(self._names)

    @property
    def sources(self) -> list[Source]:
        """The marked sources in the queue's order, hidden ones last."""
        place, last = self._screen.queue.row_of, len(self._screen.queue.rows)
        found = self._screen.desk.vault.known(self._names)
        if self.count == 1:
            return found

        def where(source: Source) -> tuple[int, str]:
            row = place(source.name)
            return (last if row is None else row, source.name)

        return sorted(found, key=where)

    def take(self, sources: Sequence[Source] | None = None) -> Targets:
        """The sources that a box opened now changes: the targets, or these sources."""
        screen = self._screen
        meant = screen.targets if sources is None else sources
        marked = sources is None and bool(self._names)
        targets = Targets(screen.desk.vault, meant, marked=marked)
        self._taken.add(targets)
        return targets

    # What keys do

    def toggle(self) -> None:
        """Mark or unmark the source under the cursor, and move down."""
        source = self._screen.current
        if source is None:
            return
        self._range = None
        self._put([source.name], source.name not in self._names)
        self._screen.queue.move(1)

    def stretch(self, rows: int) -> None:
        """Move the cursor, and mark from where the range began to the cursor."""
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
        # Moving back towards the start unmarks what the range had marked.
        old, new = _span(start, at), _span(start, after)
        self._give(self._names_in(index for index in new if index not in old))
        left = self._names_in(index for index in old if index not in new)
        back = [name for name in left if name in self._range.given]
        self._range.given.difference_update(back)
        self._put(back, False)

    def mark_all(self) -> None:
        """Mark every open source in the queue; if all are marked, unmark all."""
        screen, queue = self._screen, self._screen.queue
        if screen.finder.working or screen.loader.busy:
            press = screen.keymap.press("select.all")
            screen.say(f"Still loading; {press} again in a moment.")
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
            screen.say("Nothing here to mark.")

    def clear(self) -> None:
        """Unmark all."""
        self._range, self._hidden = None, 0
        self._gone.clear()
        if self._names:
            self._put(self.names, False)

    def put_back(self, names: Iterable[str]) -> None:
        """Mark sources again whose change failed, unless others were marked meanwhile."""
        if not self._names:
            self._put(names, True)
            self._count_hidden()

    # What happens to the sources

    def drop(self, gone: Iterable[str], renamed: Mapping[str, str]) -> None:
        """Unmark sources whose files are gone; a renamed one stays marked."""
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
        """Update the marks for new rows: which are gone, and which are hidden."""
        if not self._names:
            return
        known = self._screen.desk.vault.find
        gone = [name for name in self._names if known(name) is None]
        if gone:
            self._gone.update(gone)
            self._put(gone, False)
        self._count_hidden()

    def _give(self, names: Iterable[str]) -> None:
        """Mark sources as part of the range."""
        fresh = [name for name in names if name not in self._names]
        if self._range is not None:
            self._range.given.update(fresh)
        self._put(fresh, True)

    def _names_in(self, rows: Iterable[int]) -> list[str]:
        shown = self._screen.queue.rows
        found = (shown[index] for index in rows)
        return [row.source.name for row in found if isinstance(row, SourceRow)]

    def _put(self, names: Iterable[str], marked: bool) -> None:
        """Mark or unmark sources, and show it."""
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
