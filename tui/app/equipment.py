"""The triage screen's helpers, imported and created after its first frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.binding import Binding

from tui.app import hints
from tui.app.body_reader import BodyReader
from tui.app.capturing import Capturer
from tui.app.comparing import Comparer
from tui.app.copying import Copier
from tui.app.deciding import Decider
from tui.app.editing import FieldEditor
from tui.app.finding import Finder
from tui.app.key_order import STEADY, STEADY_ABROAD
from tui.app.keymap import Keymap
from tui.app.loading import Loader
from tui.app.marking import Marker
from tui.app.noting import Noter
from tui.app.outside import Outside
from tui.app.rapid import Rapid
from tui.app.saving import Saver
from tui.app.searching import Searcher
from tui.app.suggesting import Suggester
from tui.app.textual_private import bind_keys
from tui.app.used_values import UsedValues
from tui.app.viewing import Viewer
from tui.app.widgets import preview_head, text_hits
from tui.app.widgets.search_bar import WHAT
from tui.app.widgets.welcome import Welcome
from tui.state.drafts import Drafts
from tui.state.field_drafts import FieldDrafts
from tui.state.greeting import Greeting
from tui.triage.pace import Moves

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

__all__ = ["equip", "hints", "preview_head", "text_hits"]


STEADY_COMMANDS = (
    *("move.down", "move.up", "move.half_down", "move.half_up", "move.page_down", "move.page_up"),
    *("move.preview_down", "move.preview_up", "move.preview_page"),
)
"""Commands that do not move the focus."""
EVERYWHERE = {"app.redraw": "draw_anew", "app.suspend": "suspend_process"}
"""Commands that work in every screen and box, with the app's actions."""


def equip(screen: TriageScreen) -> None:
    """Give the screen the helpers and keys for its desk."""
    desk = screen.desk
    screen.viewer = Viewer(screen)
    screen.worklist = screen.viewer.worklist
    screen.moves = Moves()
    screen.saver = Saver(screen)
    screen.marker = Marker(screen)
    screen.decider = Decider(screen)
    screen.copier = Copier(screen)
    screen.searcher = Searcher(screen)
    drafts = Drafts(desk.state / "drafts")
    screen.noter = Noter(screen, drafts)
    screen.editing = FieldEditor(screen, FieldDrafts(drafts))
    screen.comparer = Comparer(screen)
    screen.used_values = UsedValues(screen)
    screen.capturer = Capturer(screen, Drafts(desk.state / "capture"))
    screen.rapid = Rapid(screen)
    screen.loader = Loader(screen)
    screen.body_reader = BodyReader(screen)
    screen.suggester = Suggester(screen)
    screen.finder = Finder(screen)
    screen.outside = Outside(screen)
    if screen.config.commands:
        from tui.app.custom import Runner  # noqa: PLC0415 - most have none

        screen.runner = Runner(screen)
    _take_keys(screen, Keymap.of(screen.config))
    if Greeting(desk.state).due:
        screen.greet(Welcome(screen.keymap))


def _take_keys(screen: TriageScreen, keymap: Keymap) -> None:
    screen.keymap = keymap
    screen.own_keys = keymap.chosen
    bind_keys(screen, (Binding(key, f"run('{id}')") for key, id in keymap.bindings))
    # These also work in boxes and text fields, where the key types no text.
    bind_keys(
        screen.app,
        (
            Binding(key, action, show=False, priority=True)
            for id, action in EVERYWHERE.items()
            for key in keymap.keys_of(id)
            if re.fullmatch(r"(ctrl|alt)\+.+|f\d+", key)
        ),
    )
    screen.sluice.steady = STEADY_ABROAD | (STEADY & keymap.keys_of(*STEADY_COMMANDS))
    screen.search.placeholder = f"{keymap.sign('find.search')} {WHAT}".strip()
    for pane in (screen.category, screen.status, screen.insights):
        pane.keys = keymap
