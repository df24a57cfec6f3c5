"""OpenWork: which queries ask for work that is still open; these leave out snoozed sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.search.filters import Context, build_test
from tui.search.query import Condition
from tui.vault.source import Source, Stamp

SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What a vault's schema says of open work."""

    statuses: Collection[str] = ()
    """All statuses."""
    open: Collection[str] = ()
    """Those of sources that still wait."""
    snoozed_field: str = ""
    """The field for the day until which a source is snoozed."""
    shorts: Mapping[str, str] = field(default_factory=dict)

    def is_asked_for(self, conditions: Iterable[Condition], world: Context) -> bool:
        """Whether a query asks for open statuses only, and says nothing about snoozed sources."""
        asked = [
            condition
            for condition in conditions
            if condition.kind == "field" and self._full(condition.field) == world.status_field
        ]
        if not asked or any(map(self._is_about_snoozing, conditions)):
            return False
        meant = build_test(asked, world)
        found = {
            status for status in self.statuses if meant(_with_status(world.status_field, status))
        }
        return bool(found) and found <= set(self.open)

    def _is_about_snoozing(self, condition: Condition) -> bool:
        names = [condition.field]
        if condition.kind == "has":
            names = [value.text for value in condition.values]
        meant = {SNOOZED, self.snoozed_field} - {""}
        return any(name in meant or self._full(name) in meant for name in names)

    def _full(self, name: str) -> str:
        return self.shorts.get(name, name)


def _with_status(field: str, status: str) -> Source:
    return Source(Path(), "", {field: status}, "", None, Stamp(0, 0, 0))
