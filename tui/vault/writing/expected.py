"""Expected: sources as they will be when pending changes are on disk."""

from __future__ import annotations

from collections.abc import Sequence

from tui.vault.header.packed import pack
from tui.vault.source import Source
from tui.vault.writing.plan import FieldEdit
from tui.vault.writing.prove import changed_fields


class Expected:
    """The pending edits, in order."""

    def __init__(self) -> None:
        self._edits: dict[str, list[tuple[object, FieldEdit]]] = {}
        self._known: dict[str, Source] = {}
        """The known sources without the pending edits."""

    def names(self) -> frozenset[str]:
        """The names of sources with pending edits."""
        return frozenset(self._edits)

    def add(self, key: object, edits: Sequence[FieldEdit]) -> None:
        """Add the edits of one pending change, identified by ``key``."""
        for edit in edits:
            self._edits.setdefault(edit.source.name, []).append((key, edit))

    def has(self, name: str, field: str) -> bool:
        """Whether an edit of a source's field is pending."""
        return any(edit.field == field for _, edit in self._edits.get(name, ()))

    def drop(self, key: object) -> list[Source]:
        """Remove a pending change; return its sources as they are on disk."""
        about = [name for name, waiting in self._edits.items() if any(k is key for k, _ in waiting)]
        changed = []
        for name in about:
            self._edits[name] = [(k, edit) for k, edit in self._edits[name] if k is not key]
            known = self._known.get(name)
            if known is not None:
                changed.append(known)
            if not self._edits[name]:
                del self._edits[name]
                self._known.pop(name, None)
        return changed

    def forget(self, name: str) -> None:
        """Forget a removed source, so that dropping its edits does not bring it back."""
        self._known.pop(name, None)

    def over(self, source: Source) -> Source:
        """The source on disk with the pending edits applied."""
        waiting = self._edits.get(source.name)
        if waiting is None:
            return source
        self._known[source.name] = source
        if source.problem is not None:
            # A change that repairs the header edits the source as repaired.
            repaired = (edit.source for _, edit in waiting if edit.source.problem is None)
            source = next(repaired, source)
        if source.problem is not None:
            return source
        changes = {edit.field: edit.value for _, edit in waiting}
        return source._replace(fields=pack(changed_fields(source.fields, changes)))

    def without(self, source: Source) -> Source:
        """The source as last known on disk."""
        return self._known.get(source.name, source)
