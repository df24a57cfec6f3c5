"""Unfinished texts of fields and lists, kept until they are saved or dropped."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tui.state.drafts import Drafts

Items = tuple[int | str, ...]
"""An edited list: numbers are indexes of old items, texts are new items."""
_SIGN = "\n\0"
"""Separates a source's name from a field's: neither can contain it."""


class FieldDrafts:
    """The drafts of fields, stored with those of insights."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    @property
    def error(self) -> str:
        """Why the last draft could not be written; empty when it was."""
        return self._drafts.error

    def text(self, name: str, field: str) -> str:
        """The draft to continue, for a field of the source called ``name``."""
        return self._drafts.take(_key(name, field))

    def elsewhere(self, name: str, field: str) -> bool:
        """Whether only another running app has a draft for the field."""
        key = _key(name, field)
        return not self._drafts.own(key) and bool(self._drafts.get(key))

    def put_text(self, name: str, field: str, text: str) -> bool:
        """Save a text, or delete it when it is empty; on failure ``error`` says why."""
        return self._drafts.put(_key(name, field), text)

    def items(self, name: str, field: str, texts: Sequence[str]) -> Items | None:
        """The edited version of the list ``texts``; None when there is no draft."""
        try:
            draft = json.loads(self.text(name, field))
            was, now = list(map(str, draft["was"])), draft["now"]
            found = tuple(was[item] if type(item) is int else str(item) for item in now)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        # If the list has changed since, use the text of kept items instead of indexes.
        return tuple(now) if was == list(texts) else found

    def put_items(self, name: str, field: str, texts: Sequence[str], items: Items | None) -> bool:
        """Save the edited version of a list, or delete it."""
        draft = "" if items is None else json.dumps({"was": list(texts), "now": list(items)})
        return self.put_text(name, field, draft)

    def rename(self, old: str, new: str) -> None:
        """Move the drafts of a source whose file was renamed."""
        for key in self._drafts.names():
            name, sign, field = key.partition(_SIGN)
            if sign and name == old:
                self._drafts.rename(key, _key(new, field))


def _key(name: str, field: str) -> str:
    return f"{name}{_SIGN}{field}"
