"""Targets: the sources that a box changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.display import short
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
    def are_asked_about(self) -> bool:
        """Whether changing them may open another box: they are several, or a header is broken."""
        sources = self.sources
        return len(sources) > 1 or any(source.problem for source in sources)

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
