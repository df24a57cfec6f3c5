"""The triage screen: queue, preview and panes, and the keys that act on them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from threading import get_ident
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.screens.layout import TriageLayout
from tui.app.screens.panes import TriagePanes
from tui.app.screens.screen_text import ScreenText
from tui.app.widgets.bars import ViewsBar
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.preview import Preview
from tui.app.widgets.row_painter import RowFacts
from tui.session.model.rows import Rows
from tui.session.update import Drawer

if TYPE_CHECKING:
    from tui.session.session import Session
    from tui.triage.schema import Schema
    from tui.vault.source import Source

Result = TypeVar("Result")
DRAWERS: dict[Drawer, str] = {
    "insights": "decide.insights", "category": "decide.category", "status": "decide.promote_to",
}  # fmt: skip
"""The command that opens each drawer."""


class TriageScreen(TriageLayout):
    """Shows one session: draws what changed, and says which key was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear", "clear")]

    session: Session
    """What is done here; it comes with ``show``, after the first frame."""

    def __init__(self, name: str) -> None:
        self.rows = Rows()
        super().__init__(
            name,
            self.rows,
            facts=RowFacts(
                self._schema_of,
                self._problem_of,
                self._news_of,
                self._snoozed_until,
                self._waits_since,
            ),
            on_pick=lambda row: self.enter(self.rows.move_to, row),
            on_query=lambda words, at_end: self.enter(self._look_up, words, at_end),
            on_typed=lambda: self.enter(self._typed),
        )
        self.panes = TriagePanes(self, self.end_welcome)
        self.text = ScreenText(self)
        self.is_open = False
        """Whether there is a session yet."""
        self._chosen_keys = frozenset[str]()
        self._welcome: Widget | None = None
        self._depth = 0
        """How many calls of the session are under way: one may lead to another."""
        self._thread = get_ident()

    def show(self, session: Session) -> None:
        """Start working with a session."""
        self.session = session
        self._chosen_keys = session.keymap.chosen
        self.take_keys(session.keymap)
        self.is_open = True
        self.enter(session.start)

    def enter(self, call: Callable[..., Result], *arguments: object) -> Result:
        """Call a function of the session, then draw what it changed: once an event."""
        if get_ident() != self._thread:
            return call(*arguments)
        self._depth += 1
        try:
            result = call(*arguments)
        finally:
            self._depth -= 1
        if not self._depth and self.is_open and self.is_attached:
            self.session.drawer.draw()
        return result

    def on_unmount(self) -> None:
        """Stop working."""
        if self.is_open:
            self.session.stop()

    def _schema_of(self) -> Schema:
        return self.session.desk.schema

    def _problem_of(self, source: Source) -> str | None:
        return self.session.desk.problem_of(source)

    def _news_of(self, source: Source) -> str:
        return self.session.row_suggestions.sign(source) if self.is_open else ""

    def _snoozed_until(self, source: Source) -> date | None:
        return self.session.desk.snoozed_until(source)

    def _waits_since(self, source: Source) -> date | None:
        waits = self.session.desk.known_waits
        wait = waits.of(source) if waits is not None else None
        return wait.since if wait is not None else None

    def _look_up(self, words: str, at_end: bool) -> None:
        if self.is_open:
            self.session.searcher.look_up(words, at_end)

    def _typed(self) -> None:
        self.session.noter.typed()

    # Keys

    @property
    def own_keys(self) -> Collection[str]:
        """The keys that the person chose: the keyboard layout never turns them into others."""
        return (
            self._chosen_keys | self.session.rapid.answer_keys if self._asked else self._chosen_keys
        )

    def on_key(self, event: events.Key) -> None:
        """Let what asks in the place of a source or of the queue have the key first."""
        if not self.is_open or (self._asked is None and not self.session.contact.is_asking):
            return
        is_sign = event.is_printable and event.character != " "
        key = event.character if is_sign and event.character else event.key
        if self.enter(self.session.take_key, key):
            event.stop()

    def action_run(self, id: str) -> None:
        """Run a command, or say why it cannot run now."""
        if not (id.startswith("move.") and self.is_framed):
            self.end_welcome()
        self.enter(self.session.run, id)

    def action_clear(self) -> None:
        """Leave a lookup or a pane; escape never quits."""
        if not self.end_welcome() and self.is_open:
            self.enter(self.session.clear)

    def end_welcome(self) -> bool:
        """Remove the welcome; whether it was there."""
        welcome, self._welcome = self._welcome, None
        shown = welcome is not None and welcome.is_attached
        if welcome is not None:
            welcome.remove()
        return shown

    def greet(self, welcome: Widget) -> None:
        """Show the welcome over the screen until a key does more than move the cursor."""
        self._welcome = welcome
        self.mount(welcome)

    # Messages of the widgets

    def on_descendant_focus(self) -> None:
        """Show which keys work where the keyboard is now."""
        self.panes.settle()
        if self.is_open:
            self.enter(self.session.focus_moved)

    def on_resize(self) -> None:
        """Keep what has the keyboard in sight."""
        self.panes.bring_into_sight()

    def on_preview_drawer_clicked(self, event: Preview.DrawerClicked) -> None:
        """Open the drawer."""
        self.action_run(DRAWERS[event.drawer])

    def on_views_bar_chosen(self, event: ViewsBar.Chosen) -> None:
        """Open the view that was clicked."""
        self.end_welcome()
        if self.is_open:
            self.enter(self.session.viewer.open, event.name)

    def on_views_bar_all_asked(self) -> None:
        """Show every view."""
        self.action_run("find.view")

    def on_search_bar_done(self) -> None:
        """Go to the matches."""
        self.enter(self.session.searcher.finish)

    def on_search_bar_cleared(self) -> None:
        """Go back to where the search began."""
        self.enter(self.session.searcher.clear)

    def on_insight_list_edit(self, event: InsightList.Edit) -> None:
        """Open an insight in the field."""
        self.enter(self.session.edit_insight, event.index)

    def on_insight_list_reordered(self, event: InsightList.Reordered) -> None:
        """Save the insights in their new order, or without the deleted one."""
        self.enter(self.session.noter.change, event.order)

    def on_insight_editor_saved(self) -> None:
        """Save the insight."""
        self.enter(self.session.noter.save)

    def on_insight_editor_left(self, event: InsightEditor.Left) -> None:
        """Keep the draft."""
        if not (event.keys_went and self.focused is self.insights.editor):
            self.enter(self.session.noter.leave)

    def on_paste(self, event: events.Paste) -> None:
        """Refuse a paste outside a text field: its letters would act as keys."""
        event.stop()
        # A field for an insight takes it, and lets it rise.
        if self.panes.focus != "field":
            self.enter(self.session.refuse_paste)
