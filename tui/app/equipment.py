"""What the triage screen works with, imported and made after its first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tui.app import hints
from tui.app.body_reader import BodyReader
from tui.app.commands import COMMANDS
from tui.app.copying import Copier
from tui.app.deciding import Decider
from tui.app.finding import Finder
from tui.app.loading import Loader
from tui.app.noting import Noter
from tui.app.outside import Outside
from tui.app.saving import Saver
from tui.app.searching import Searcher
from tui.app.suggesting import Suggester
from tui.app.widgets import preview_head, text_hits
from tui.app.worklist import Worklist
from tui.state.drafts import Drafts

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

__all__ = ["equip", "hints", "preview_head", "text_hits"]


def equip(screen: TriageScreen) -> None:
    """Give the screen its helpers and its keys, for the desk it has."""
    desk = screen.desk
    screen.worklist = Worklist(desk, next(iter(desk.schema.views)))
    screen.saver = Saver(screen)
    screen.decider = Decider(screen)
    screen.copier = Copier(screen)
    screen.searcher = Searcher(screen)
    screen.noter = Noter(screen, Drafts(desk.state / "drafts"))
    screen.loader = Loader(screen)
    screen.body_reader = BodyReader(screen)
    screen.suggester = Suggester(screen)
    screen.finder = Finder(screen)
    screen.outside = Outside(screen)
    screen.take_keys(
        Binding(",".join(command.keys), f"run('{command.id}')", command.name)
        for command in COMMANDS.values()
    )
