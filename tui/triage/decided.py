"""Decided: what was decided in a vault, and what became of one source, newest first, in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from tui.display import clean, counted, short
from tui.triage.moment import TITLE, Moment, moment_of
from tui.triage.schema import Schema
from tui.vault.history.change import Change, Commit
from tui.vault.history.commits import head_of
from tui.vault.past import by_time, changes_of, with_commits
from tui.vault.vault import Vault

PART = 200
"""Changes that are read at a time."""


class Decided:
    """The changes of a vault: today's, and earlier ones as they are asked for.

    One thread at a time reads; the list of moments only grows, or is replaced by another.
    """

    def __init__(self, schema: Schema, vault: Vault, title: Callable[[str], str]) -> None:
        self._journal = vault.journal
        self._moment = partial(moment_of, schema, title=title)
        self.moments: list[Moment] = []
        """Those read so far, newest first."""
        self._known: frozenset[str] | None = None
        """The ids of the changes at the last look; None before the first."""
        self._place: object = None
        """The end of the journal at the last look."""
        self._left: list[str] = []
        """The ids of the changes not read yet, the next one last."""
        self.note = ""
        """Why something is missing, in a sentence; else empty."""

    @property
    def is_whole(self) -> bool:
        """Whether all changes are read."""
        return not self._left

    def read(self) -> None:
        """Read the next part, after what is new. Raises JournalError."""
        self.renew()
        part, self._left = self._left[-PART:], self._left[:-PART]
        changes = self._journal.changes().among(part)
        self.moments.extend(map(self._moment, reversed(changes)))

    def renew(self) -> None:
        """Take in what was changed, undone and redone since the last look. Raises JournalError."""
        place = self._journal.place()
        if place == self._place:
            return
        changes, standing = self._journal.changes(), self._journal.standing()
        known, before = frozenset(changes.ids), self._known
        if before is None:
            self._left = list(changes.ids)
        else:
            new = changes.among(known - before)
            kept = [each for each in self.moments if each.id in known]
            # Another list: who shows the old one can see that.
            self.moments = [
                *map(self._moment, reversed(new)),
                *(each._replace(undone=each.id not in standing) for each in kept),
            ]
            self._left = [id for id in self._left if id in known]
        self._known, self._place = known, place

    def lacks(self, day: date) -> bool:
        """Whether changes of that day may not be read yet."""
        return not self.is_whole and (not self.moments or self.moments[-1].time.date() >= day)

    def headings(self, today: date) -> Sequence[str]:
        """What was decided today, in numbers; the longest form first."""
        of_today = []
        for moment in self.moments:
            if moment.time.date() < today:
                break
            if not moment.undone:
                of_today.append(moment)
        if not of_today:
            return ("changes · none today", "none today")
        sources = len({name for moment in of_today for name in moment.names})
        said = f"today {len(of_today):,} on {counted(sources)}"
        return (f"changes · {said}", said, f"today {len(of_today):,}")


class OfSource:
    """The changes of one source; its commits too, once git was asked.

    It is used as ``Decided`` is, and ``ask_git`` in another thread.
    """

    def __init__(
        self,
        schema: Schema,
        vault: Vault,
        title: Callable[[str], str],
        name: str,
        seconds: float,
    ) -> None:
        self._vault = vault
        self._moment = partial(moment_of, schema, title=title)
        self.name = name
        self._title = title(name)
        self._seconds = seconds
        self._changes: Sequence[Change] = ()
        """Oldest first."""
        self._commits: Sequence[Commit] = ()
        """Newest first."""
        self.moments: list[Moment] = []
        self.is_whole = False
        """Whether the changes are read."""
        self.note = "Asking git…"
        self._head_then: object = None
        """The state of the repository when git was asked."""

    def read(self) -> None:
        """Read the changes. Raises JournalError."""
        self._changes = changes_of(self._vault, self.name)
        made = by_time(self._changes[::-1], self._commits)
        self.moments, self.is_whole = [self._named(self._moment(each)) for each in made], True

    renew = read

    def _named(self, moment: Moment) -> Moment:
        """The moment with the name that the source had then, if it has another now."""
        names = moment.names
        return moment if self.name in names else moment._replace(once=clean(next(iter(names), "")))

    def ask_git(self) -> None:
        """Have git tell the commits; they are there when the changes are read again."""
        head = head_of(self._vault.root)
        past = with_commits(self._vault, self.name, self._changes, self._seconds)
        self._commits = [each for each in past.moments if isinstance(each, Commit)]
        self.note, self._head_then = past.note, head

    def has_commits(self) -> bool:
        """Whether something may have been committed since git was asked."""
        return head_of(self._vault.root) != self._head_then

    def lacks(self, _day: date) -> bool:
        """Whether something is still to be read."""
        return False

    def headings(self, _today: date) -> Sequence[str]:
        """The source's title."""
        return (f"history · {short(self._title[:TITLE])}", "history")
