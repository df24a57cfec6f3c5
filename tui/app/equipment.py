"""What the triage screen works with, imported and made after its first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tui.app import hints
from tui.app.body_reader import BodyReader
from tui.app.capturing import Capturer
from tui.app.commands import COMMANDS
from tui.app.copying import Copier
from tui.app.deciding import Decider
from tui.app.finding import Finder
from tui.app.loading import Loader
from tui.app.marking import Marker
from tui.app.noting import Noter
from tui.app.outside import Outside
from tui.app.rapid import Rapid
from tui.app.saving import Saver
from tui.app.searching import Searcher
from tui.app.viewing import Viewer
from tui.app.widgets import preview_head, text_hits
from tui.app.widgets.welcome import Welcome
from tui.state.drafts import Drafts
from tui.state.greeting import Greeting

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

__all__ = ["equip", "hints", "preview_head", "text_hits"]


def equip(screen: TriageScreen) -> None:
    """Give the screen its helpers and its keys, for the desk it has."""
    desk = screen.desk
    screen.viewer = Viewer(screen)
    screen.worklist = screen.viewer.worklist
    screen.saver = Saver(screen)
    screen.marker = Marker(screen)
    screen.decider = Decider(screen)
    screen.copier = Copier(screen)
    screen.searcher = Searcher(screen)
    screen.noter = Noter(screen, Drafts(desk.state / "drafts"))
    screen.capturer = Capturer(screen, Drafts(desk.state / "capture"))
    screen.rapid = Rapid(screen)
    screen.loader = Loader(screen)
    screen.body_reader = BodyReader(screen)
    screen.finder = Finder(screen)
    screen.outside = Outside(screen)
    greeting = Greeting(desk.state)
    if greeting.due:
        greeting.given()
        screen.greet(Welcome())
    screen.take_keys(
        Binding(",".join(command.keys), f"run('{command.id}')", command.name)
        for command in COMMANDS.values()
    )
