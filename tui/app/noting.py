"""Noter: saves insights to the file; half-typed ones stay on disk as drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.app.deciding import Make
from tui.errors import ValueRefused
from tui.state.drafts import Drafts
from tui.triage import lists
from tui.triage.fields import list_items
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

ELSEWHERE = "Another sluice is editing this too; its draft stays there."
"""Said when a field is opened that has a draft in another running app."""
ListChange = Callable[[list[Any]], list[Any]]
"""Turns a source's list of insights into another list."""


class Noter:
    """Writes insights for one screen."""

    def __init__(self, screen: TriageScreen, drafts: Drafts) -> None:
        self._screen = screen
        self._drafts = drafts
        self._saving: dict[str, list[str]] = {}
        """Texts being saved, by draft key: they stay in the draft until they are in the file."""
        self._typed: dict[str, str] = {}
        """What was typed into the same field since."""
        self._renamed: dict[str, str] = {}
        """New keys of texts whose file was renamed while they were being saved."""

    def draft_of(self, name: str) -> str:
        """The half-typed insight of the source called ``name``, or of one of its insights."""
        return self._typed.get(name, "") if name in self._saving else self._drafts.get(name)

    def take_draft(self, name: str) -> str:
        """The half-typed insight to continue; says so when another running app has one."""
        if name in self._saving:
            return self.draft_of(name)
        text = self._drafts.take(name)
        if not text and self._drafts.get(name):
            self._screen.say(ELSEWHERE)
        return text

    def _own_draft(self, name: str) -> str:
        return self._typed.get(name, "") if name in self._saving else self._drafts.own(name)

    def keep_draft(self, name: str, text: str) -> None:
        """Put a half-typed insight on disk."""
        if name in self._saving:
            self._typed[name] = text
        if name and not self._store(name, text):
            self._screen.say(self._drafts.error, "warning")

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

    def _lost(self, name: str, text: str, editing: int | None, opened: str) -> None:
        """Saving a text failed: put it back into the field, unless the user moved on."""
        self._ended(name, text, text)
        name = self._now(name)
        screen, pane = self._screen, self._screen.insights
        if pane.writing:
            if pane.draft_key == name:
                pane.editor.load_text(self._own_draft(name))
            return
        stayed = screen.is_current and screen.panes.focused in (screen.queue, pane)
        if stayed and name.partition("\n")[0] == pane.source_name:
            pane.go_on(editing, opened)
        else:
            pane.show(pane.source_name, pane.items)

    def _now(self, key: str) -> str:
        """The present draft key of a text that is being saved."""
        while key not in self._saving and key in self._renamed:
            key = self._renamed[key]
        return key

    def rename(self, source: Source, name: str) -> None:
        """Move the drafts of a source whose file was renamed."""
        field = self._screen.desk.schema.roles.insights
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
        self._screen.insights.rename(source.name, name)
        self._screen.editing.rename(source.name, name)

    def save(self) -> None:
        """Save the field; it stays open when that is refused."""
        pane = self._screen.insights
        editing, opened, typed = pane.editing, pane.opened, pane.editor.text
        text = typed.strip()
        if editing is None:
            make = _appending(text) if text else None
        else:
            # Untouched text is not written: the field shows line breaks in its own way.
            untouched = typed == pane.opened_as
            make = None if untouched else _listing(lambda i: _replaced(i, editing, opened, text))
        if make is None:
            self.keep_draft(pane.draft_key, "")
        elif not self._write(make, pane.draft_key, typed, editing, opened):
            return
        to_list = pane.goes_back_to_list
        pane.close()
        self._screen.panes.show(pane if to_list else self._screen.queue)

    def _write(self, make: Make, key: str, typed: str, editing: int | None, opened: str) -> bool:
        """Whether the change was accepted; the draft stays until it is on disk."""
        kept = partial(self._ended, key, typed)
        lost = partial(self._lost, key, typed, editing, opened)
        # A new insight goes to all marked sources; an old one is in one source.
        about = None if editing is None else self._here
        if not self._screen.decider.decide(make, kept, lost, about):
            return False
        self._saving.setdefault(key, []).append(typed)
        self._typed.setdefault(key, "")
        self._store(key, self._typed[key])
        return True

    def leave(self) -> None:
        """Close the field and keep the draft; the focus stays where it moved, if it did."""
        screen, pane = self._screen, self._screen.insights
        if not pane.writing:
            return
        pane.keep()
        adding, kept = pane.editing is None, self._own_draft(pane.draft_key)
        has_keys, to_list = screen.focused in (None, pane.editor), pane.goes_back_to_list
        pane.close()
        if has_keys:
            screen.panes.show(pane if to_list else screen.queue)
        if kept:
            key = screen.keymap.sign("decide.insight") if adding else "e"
            goes_on = f"; {key} continues it" if key else ""
            screen.say(f"Draft kept{goes_on}.")

    def let_go(self) -> None:
        """Release the drafts to other apps: this one ends."""
        self._drafts.let_go()

    def change(self, order: Sequence[int]) -> bool:
        """Save the insights in another order, or without one."""
        field = self._screen.desk.schema.insights.name
        source = self._screen.current
        before = list_items(source, field, whole=True) if source else ()
        after = [before[index] for index in order if index < len(before)]
        return self._screen.decider.decide(
            lambda schema, sources: lists.relist(schema, sources, field, before, after),
            about=self._here,
        )

    @property
    def _here(self) -> list[Source]:
        """The source whose insights the pane shows."""
        return [self._screen.current] if self._screen.current else []


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _appending(text: str) -> Make:
    def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
        if any(text in source.items(schema.insights.name) for source in sources):
            raise ValueRefused("This insight already exists; change it or press esc.")
        return lists.append_item(schema, sources, schema.insights.name, text)

    return make


def _listing(to: ListChange) -> Make:
    def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
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
