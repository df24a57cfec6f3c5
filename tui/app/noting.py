"""Noter: insights from the field to the file; what is half typed stays on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tui.errors import ValueRefused
from tui.state.drafts import Drafts
from tui.triage import changes
from tui.triage.changes import Proposal
from tui.triage.fields import list_items
from tui.triage.schema import Schema
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

ListChange = Callable[[list[Any]], list[Any]]
"""Makes another list of the insights a source has."""


class Noter:
    """Writes insights for one screen."""

    def __init__(self, screen: TriageScreen, drafts: Drafts) -> None:
        self._screen = screen
        self._drafts = drafts

    def draft_of(self, name: str) -> str:
        """The half-typed insight of the source called ``name``, or of one of its insights."""
        return self._drafts.get(name)

    def keep_draft(self, name: str, text: str) -> None:
        """Put a half-typed insight on disk."""
        if name and not self._drafts.put(name, text):
            self._screen.say(self._drafts.error, "warning")

    def rename(self, source: Source, name: str) -> None:
        """Keep what is half typed with a source whose file got another name."""
        field = self._screen.desk.schema.roles.insights
        for ending in ("", *(f"\n{item}" for item in source.items(field))):
            draft = self.draft_of(source.name + ending)
            if draft and not self.draft_of(name + ending):
                self.keep_draft(name + ending, draft)
                self.keep_draft(source.name + ending, "")
        self._screen.insights.rename(source.name, name)

    def save(self) -> None:
        """Write what is in the field; it stays open when that is refused."""
        pane = self._screen.insights
        text, editing = pane.editor.text.strip(), pane.editing
        if editing is None:
            saved = not text or self._append(text)
        else:
            # Untouched text is not written: the field shows line breaks in its own way.
            saved = pane.editor.text == pane.opened_as or self.change(
                lambda items: _replaced(items, editing, pane.opened, text)
            )
        if saved:
            self.keep_draft(pane.draft_key, "")
            pane.close()
            self._screen.panes.show(self._screen.queue if editing is None else pane)

    def leave(self) -> None:
        """Close the field and keep the draft; the keys stay where they went, if they did."""
        screen, pane = self._screen, self._screen.insights
        if not pane.writing:
            return
        pane.keep()
        adding, kept = pane.editing is None, self.draft_of(pane.draft_key)
        has_keys = screen.focused in (None, pane.editor)
        pane.close()
        if has_keys:
            screen.panes.show(screen.queue if adding else pane)
        if kept:
            screen.say(f"The draft is kept; {'i' if adding else 'e'} goes on with it.")

    def _append(self, text: str) -> bool:
        def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
            if any(text in source.items(schema.insights.name) for source in sources):
                raise ValueRefused("That insight is there already; change it or press esc.")
            return changes.append_item(schema, sources, schema.insights.name, text)

        return self._screen.decider.decide(make)

    def change(self, to: ListChange) -> bool:
        """Write the insights in another order, without one, or with one changed."""

        def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
            field = schema.insights.name
            return changes.set_items(
                schema, sources, field, to(list(list_items(sources[0], field)))
            )

        return self._screen.decider.decide(make)


def _replaced(items: list[Any], index: int, before: str, text: str) -> list[Any]:
    """The items with one replaced, or dropped for an empty text.

    Others may have written meanwhile: the item is the one that read ``before``, wherever
    it stands now, and a new one when there is none.
    """
    texts = ["" if item is None else str(item) for item in items]
    if texts[index : index + 1] != [before]:
        index = texts.index(before) if before in texts else len(texts)
    return [*items[:index], *([text] if text else []), *items[index + 1 :]]
