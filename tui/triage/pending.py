"""Pending: what is proposed for the sources of a vault at one moment."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui.triage.proposed import (
    Proposed,
    Row,
    best_first,
    is_outdated,
    is_there,
    load_proposed,
)
from tui.triage.schema import Schema
from tui.vault.source import Source, Stamp


class OfSource(NamedTuple):
    """What is proposed for a source, by field and best first."""

    able: Sequence[Proposed] = ()
    """What can be taken."""
    outdated: Sequence[Proposed] = ()
    """What cannot, as the field has had another value since."""


NOTHING = OfSource()


class Pending:
    """The rows of the file with proposals, by the sources that they are for.

    A proposal follows a file that was renamed. Several threads may ask at the same time: what they
    note here is the same whoever works it out.
    """

    def __init__(
        self,
        schema: Schema,
        root: Path,
        rows: Sequence[Row] = (),
        version: object = None,
        before: Pending | None = None,
    ) -> None:
        """``version`` is that of the file, ``before`` what was proposed earlier.

        What is known of a source from before stays, if the same is proposed for it.
        """
        self.rows, self.version = rows, version
        self._schema = schema
        self._root = root
        self._rows: dict[str, list[Row]] = {}
        """By the source's name when it was proposed."""
        for row in rows:
            self._rows.setdefault(str(row.get("source")), []).append(row)
        self._lost: set[str] | None = None
        """The names that no file has any more; None before it was looked."""
        self._there: Collection[str] = ()
        """Names that files had when that was looked at before."""
        self._by_id: dict[str, str] = {}
        self._by_stamp: dict[Stamp, str] = {}
        """The lost names by the id and the version of their files."""
        self._claimed: dict[str, str] = {}
        """Which source has the proposals of a lost name."""
        self._known: dict[str, tuple[Source, OfSource]] = {}
        self._hidden: set[str] = set() if before is None else before._hidden
        """The ids of those that are being answered: the same set for all that come after."""
        if before is not None:
            self._keep(before)

    def _keep(self, before: Pending) -> None:
        """Keep what was known before of sources for which the same is proposed.

        Whoever renames a file later says so: see ``Proposals.rename``.
        """
        if before._lost is not None:
            self._there = before._rows.keys() - before._lost
        # Another thread may add to it.
        for name, known in list(before._known.items()):
            if (rows := self._rows.get(name)) is not None and rows == before._rows.get(name):
                self._known[name] = known

    def __bool__(self) -> bool:
        """Whether anything is proposed."""
        return bool(self._rows)

    @property
    def names(self) -> Collection[str]:
        """The names of the sources for which something is, or was, proposed."""
        return {*self._rows, *self._claimed.values()}

    @property
    def proposers(self) -> list[str]:
        """The names that propose something."""
        return sorted({str(row.get("by")) for rows in self._rows.values() for row in rows})

    def is_for(self, name: str) -> bool:
        """Whether something is proposed for a source of that name."""
        return name in self._rows

    def new_name(self, name: str) -> str:
        """The name that a lost source has now, as far as it was looked at; else empty."""
        return self._claimed.get(name, "")

    def of(self, source: Source) -> OfSource:
        """What is proposed for a source, without values that it has already."""
        rows = self._rows_of(source) if self._rows else ()
        if not rows:
            return NOTHING
        known = self._known.get(source.name)
        if known is None or known[0] is not source:
            known = self._known[source.name] = source, self._made(source, rows)
        # Only now: they may be hidden while another thread works that out.
        able, outdated = known[1]
        if not self._hidden or all(one.id not in self._hidden for one in (*able, *outdated)):
            return known[1]
        return OfSource(
            [one for one in able if one.id not in self._hidden],
            [one for one in outdated if one.id not in self._hidden],
        )

    def _made(self, source: Source, rows: Sequence[Row]) -> OfSource:
        schema = self._schema
        found = [one for row in rows if (one := load_proposed(row)) is not None]
        new = [one for one in found if not is_there(schema, source, one)]
        ids = {one.id for one in new if is_outdated(schema, source, one)}
        able = best_first(schema, (one for one in new if one.id not in ids))
        return OfSource(able, best_first(schema, (one for one in new if one.id in ids)))

    def hide(self, ids: Collection[str], *, hidden: bool) -> None:
        """Leave proposals out that are being answered; or no longer, as that failed."""
        if hidden:
            self._hidden.update(ids)
        else:
            self._hidden.difference_update(ids)

    def _rows_of(self, source: Source) -> Sequence[Row]:
        rows = self._rows.get(source.name)
        return self._rows.get(self._earlier_name(source), ()) if rows is None else rows

    def _earlier_name(self, source: Source) -> str:
        """The name, which no file has any more, under which a source had proposals."""
        if not self.look_for_lost():
            return ""
        name = self._by_stamp.get(source.stamp) or self._by_id.get(source.text("id"), "")
        is_ours = name and self._claimed.setdefault(name, source.name) == source.name
        return name if is_ours else ""

    def look_for_lost(self) -> bool:
        """Look, the first time, which names no file has any more; whether there are any."""
        if self._lost is None:
            root = os.fspath(self._root)
            names = self._rows.keys() - self._there
            lost = {name for name in names if not os.path.lexists(f"{root}{os.sep}{name}")}
            for name in lost:
                for row in self._rows[name]:
                    with suppress(KeyError, TypeError, ValueError):
                        self._by_stamp[Stamp(*map(int, row["stamp"]))] = name
                        if row["source_id"]:
                            self._by_id[str(row["source_id"])] = name
            self._lost = lost
        return bool(self._lost)
