"""Expected: sources as changes that are still on their way to the disk will make them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.vault.packed import pack
from tui.vault.plan import FieldEdit
from tui.vault.prove import as_read
from tui.vault.source import Source


class Expected:
    """The edits that were asked for and not met yet, in their order."""

    def __init__(self) -> None:
        self._edits: dict[str, list[tuple[object, FieldEdit]]] = {}
        self._known: dict[str, Source] = {}
        """The sources without those edits, as far as they are known."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the sources that edits are expected of."""
        return frozenset(self._edits)

    def add(self, key: object, edits: Sequence[FieldEdit]) -> None:
        """Expect the edits of one change, which ``key`` stands for."""
        for edit in edits:
            self._edits.setdefault(edit.source.name, []).append((key, edit))

    def has(self, name: str, field: str) -> bool:
        """Whether an edit of a source's field is expected."""
        return any(edit.field == field for _, edit in self._edits.get(name, ()))

    def drop(self, key: object) -> list[Source]:
        """Expect a change no longer; the sources it was about, as they are on disk."""
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
        """A source is gone; it is not to come back when nothing is expected of it any more."""
        self._known.pop(name, None)

    def over(self, source: Source) -> Source:
        """The source, as it is on disk, as the edits will make it."""
        waiting = self._edits.get(source.name)
        if waiting is None:
            return source
        self._known[source.name] = source
        # Nothing can be changed in a broken header; that is told when it is tried.
        if source.problem is not None:
            return source
        fields: dict[Any, Any] = dict(source.fields)
        for _, edit in waiting:
            fields[edit.field] = as_read(edit.value)
        return source._replace(fields=pack(fields))

    def without(self, source: Source) -> Source:
        """The source as it is known to be on disk."""
        return self._known.get(source.name, source)
