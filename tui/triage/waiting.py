"""Waits: how long a source has been waiting, and since what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tui.days import written_day
from tui.display import counted
from tui.triage.derived import ADDED
from tui.triage.schema import Schema
from tui.triage.status import status_in, status_of
from tui.vault.history.last_set import Setting
from tui.vault.source import Source


class Wait(NamedTuple):
    """Since when a source has been waiting."""

    since: date
    reason: str
    """Its status, or the field with the day."""
    in_status: bool
    """Whether that is the day it came into its status."""

    def days(self, today: date) -> int:
        """How many days; none for a day to come."""
        return max(0, (today - self.since).days)

    def words(self, today: date) -> str:
        """How long, and since what."""
        long = counted(self.days(today), "day")
        return f"{long} in {self.reason}" if self.in_status else f"{long} since {self.reason}"


class Waits:
    """Knows how long sources have been waiting; ``settings`` are what was last set, by source."""

    def __init__(
        self, schema: Schema, settings: Sequence[Mapping[str, Mapping[str, Setting]]] = ()
    ) -> None:
        self._schema = schema
        self._settings = settings
        stamps = schema.flow.stamps.values()
        self._added = tuple(dict.fromkeys((*schema.capture.stamps, *ADDED, *stamps)))

    def of(self, source: Source, status: str = "") -> Wait | None:
        """Since when a source waits; None when nothing is known.

        That is the day it came into its status, by the undo journal or the status's own date;
        else the day it was captured or added. ``status`` is the source's if it is known already.
        """
        schema, status = self._schema, status or status_of(self._schema, source)
        tagged = schema.status.tagged
        field = tagged.key if tagged is not None else source.key(schema.roles.status)
        named = [each[source.name] for each in self._settings if source.name in each]
        moves = [each[field] for each in named if field in each]
        if moves:
            last = max(moves, key=lambda setting: setting.when)
            if status_in(schema, last.value) == status:
                return Wait(last.when.astimezone().date(), status, in_status=True)
        stamp = schema.flow.stamps.get(status)
        if stamp and (day := written_day(source.value(stamp))):
            return Wait(day, status, in_status=True)
        # A script may have written the date of a later status when it made the file.
        for field in self._added:
            value = source.value(field)
            if value is not None and (day := written_day(value)):
                return Wait(day, field, in_status=False)
        return None
