"""Noter: saves insights to the file; half-typed ones stay on disk as drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tui.desk import Desk
from tui.errors import ValueRefused
from tui.session.flow.decider import Decider, Make
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.writing import Writing
from tui.session.ports import Pane, Panes, Tell, TextView
from tui.state.drafts import Drafts
from tui.triage import lists
from tui.triage.fields import list_items
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema
from tui.vault.source import Source

ELSEWHERE = "Another sluice is editing this too; its draft stays there."
"""Said when a field is opened that has a draft in another running app."""
ListChange = Callable[[list[Any]], list[Any]]
"""Turns a source's list of insights into another list."""


@dataclass(eq=False)
class Noter:
    """Writes insights."""

    _desk: Desk
    _board: Board
    _writing: Writing
    _decider: Decider
    _drafts: Drafts
    _keymap: Keymap
    _panes: Panes
    _text: TextView
    _tell: Tell

    def __post_init__(self) -> None:
        self._opener: Pane = "queue"
        """What had the keyboard when the field was opened."""
        self._saving: dict[str, list[str]] = {}
        """Texts being saved, by draft key: they stay in the draft until they are in the file."""
        self._typed: dict[str, str] = {}
        """What was typed into the same field since."""
        self._renamed: dict[str, str] = {}
        """New keys of texts whose file was renamed while they were being saved."""

    # The field

    def start_adding(self) -> None:
        """Open the field for a new insight: with its draft, and with the words marked to quote."""
        self._open(None, "", self._text.take_quote())

    def start_editing(self, index: int) -> None:
        """Open the field on an insight of the source under the cursor."""
        items = self._items
        if index < len(items):
            self._open(index, items[index])

    def _open(self, index: int | None, text: str, quoted: str = "") -> None:
        writing = self._writing
        self._opener = self._panes.focused
        writing.begin(self._board.here, index, text)
        number = 1 + (len(self._items) if index is None else index)
        draft = " ".join(filter(None, (self._take_draft(writing.key), quoted)))
        self._panes.write(number, text, draft)
        if quoted:
            self._keep_draft(writing.key, draft)

    def _close(self) -> None:
        self._panes.stop_writing()
        self._writing.end()
        self._board.outdate("source")

    def typed(self) -> None:
        """Save a draft of the text in the field, if it was changed."""
        if self._writing:
            text, is_untouched = self._panes.written
            self._keep_draft(self._writing.key, "" if is_untouched else text)

    def came(self, source: Source | None) -> None:
        """Another source is under the cursor: the text in the field belongs to the one before."""
        if self._writing and (source is None or source.name != self._writing.source):
            self.leave()

    @property
    def _items(self) -> Sequence[str]:
        """The insights of the source under the cursor."""
        source = self._board.current
        return source.items(self._desk.schema.roles.insights) if source else ()

    # Drafts

    def has_draft(self, name: str) -> bool:
        """Whether an insight of the source called ``name`` is half typed."""
        return bool(self._typed.get(name) if name in self._saving else self._drafts.get(name))

    def _take_draft(self, name: str) -> str:
        """The half-typed insight to continue; says so when another running app has one."""
        if name in self._saving:
            return self._typed.get(name, "")
        text = self._drafts.take(name)
        if not text and self._drafts.get(name):
            self._tell.say(ELSEWHERE)
        return text

    def _own_draft(self, name: str) -> str:
        return self._typed.get(name, "") if name in self._saving else self._drafts.own(name)

    def _keep_draft(self, name: str, text: str) -> None:
        """Put a half-typed insight on disk."""
        if name in self._saving:
            self._typed[name] = text
        if name and not self._store(name, text):
            self._tell.report(self._drafts.error)

    def _store(self, name: str, text: str) -> bool:
        return self._drafts.put(name, _joined(*self._saving.get(name, ()), text))

    def _ended(self, name: str, text: str, lost: str = "") -> None:
        """A text was saved, or it is ``lost`` and becomes a draft again."""
        name = self._now(name)
        typed = _joined(lost, self._own_draft(name))
        self._saving[name].remove(text)
        if self._saving[name]:
            self._typed[name] = typed
        else:
            del self._saving[name]
            self._typed.pop(name, None)
        self._store(name, typed)

    def _lost(self, name: str, text: str, editing: int | None, opened: str, opener: Pane) -> None:
        """Saving a text failed: put it back into the field, unless the user moved on."""
        self._ended(name, text, text)
        name = self._now(name)
        if self._writing:
            if self._writing.key == name:
                self._panes.fill_field(self._own_draft(name))
            return
        self._board.outdate("source")
        stayed = self._panes.is_on_top and self._panes.focused == opener
        if stayed and name.partition("\n")[0] == self._board.here:
            self._open(editing, opened)

    def _now(self, key: str) -> str:
        """The present draft key of a text that is being saved."""
        while key not in self._saving and key in self._renamed:
            key = self._renamed[key]
        return key

    def rename(self, source: Source, name: str) -> None:
        """Move the drafts of a source whose file was renamed."""
        field = self._desk.schema.roles.insights
        for ending in ("", *(f"\n{item}" for item in source.items(field))):
            old, new = source.name + ending, name + ending
            if old in self._saving and new not in self._saving:
                # If saving fails, the text becomes a draft under the new name.
                self._renamed[old] = new
                self._saving[new] = self._saving.pop(old)
                self._typed[new] = self._typed.pop(old, "")
                self._store(new, self._typed[new])
                self._drafts.put(old, "")
            self._drafts.rename(old, new)
        self._writing.rename(source.name, name)

    def save(self) -> None:
        """Save the field; it stays open when that is refused."""
        writing = self._writing
        index, opened = writing.index, writing.opened
        typed, is_untouched = self._panes.written
        text = typed.strip()
        if index is None:
            make = _appending(text) if text else None
        else:
            # Untouched text is not written: the field shows line breaks in its own way.
            make = None if is_untouched else _listing(lambda i: _replaced(i, index, opened, text))
        if make is None:
            self._keep_draft(writing.key, "")
        elif not self._write(make, writing.key, typed, index, opened):
            return
        self._close()
        self._panes.show(self._opener)

    def _write(self, make: Make, key: str, typed: str, editing: int | None, opened: str) -> bool:
        """Whether the change was accepted; the draft stays until it is on disk."""
        kept = partial(self._ended, key, typed)
        lost = partial(self._lost, key, typed, editing, opened, self._opener)
        # A new insight goes to all marked sources; an old one is in one source.
        about = None if editing is None else self._here
        if not self._decider.decide(make, kept, lost, about):
            return False
        self._saving.setdefault(key, []).append(typed)
        # What was typed during an earlier save is this text, which is being saved, too.
        self._typed[key] = ""
        self._store(key, "")
        return True

    def leave(self) -> None:
        """Close the field and keep the draft; the focus stays where it moved, if it did."""
        writing = self._writing
        if not writing:
            return
        self.typed()
        adding, kept = writing.index is None, self._own_draft(writing.key)
        has_keys = self._panes.focus in ("field", "nothing")
        self._close()
        if has_keys:
            self._panes.show(self._opener)
        if kept:
            key = self._keymap.sign("decide.insight") if adding else "e"
            goes_on = f"; {key} continues it" if key else ""
            self._tell.say(f"Draft kept{goes_on}.")

    def let_go(self) -> None:
        """Release the drafts to other apps: this one ends."""
        self._drafts.let_go()

    def change(self, order: Sequence[int]) -> bool:
        """Save the insights in another order, or without one."""
        field = self._desk.schema.insights.name
        source = self._board.current
        before = list_items(source, field, whole=True) if source else ()
        after = [before[index] for index in order if index < len(before)]
        return self._decider.decide(
            lambda schema, sources: lists.relist(schema, sources, field, before, after),
            about=self._here,
        )

    @property
    def _here(self) -> list[Source]:
        """The source whose insights the pane shows."""
        return [self._board.current] if self._board.current else []


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _appending(text: str) -> Make:
    def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        if any(text in source.items(schema.insights.name) for source in sources):
            raise ValueRefused("This insight already exists; change it or press esc.")
        return lists.append_item(schema, sources, schema.insights.name, text)

    return make


def _listing(to: ListChange) -> Make:
    def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        field = schema.insights.name
        items = list_items(sources[0], field, whole=True)
        return lists.set_items(schema, sources, field, to(list(items)))

    return make


def _replaced(items: list[Any], index: int, before: str, text: str) -> list[Any]:
    """The items with one replaced, or dropped for an empty text.

    Another program may have changed the list: the item is the one that reads ``before``,
    wherever it is now. If there is none, the text becomes a new item.
    """
    texts = ["" if item is None else str(item) for item in items]
    if texts[index : index + 1] != [before]:
        index = texts.index(before) if before in texts else len(texts)
    return [*items[:index], *([text] if text else []), *items[index + 1 :]]
