"""Commands that find: search, views, hits in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command, needs_vault
from tui.app.screens.choice import Choice
from tui.app.screens.picker import Picker

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _search(screen: TriageScreen) -> None:
    screen.searcher.start()


def _next_hit(screen: TriageScreen) -> None:
    _hit(screen, 1)


def _previous_hit(screen: TriageScreen) -> None:
    _hit(screen, -1)


def _hit(screen: TriageScreen, direction: int) -> None:
    if not screen.worklist.looking_up:
        screen.say("There is nothing to go to; press / and type what to look for.")
    elif not screen.preview.find_next(direction):
        screen.say("The preview holds none of the words.")


def pick_view(screen: TriageScreen) -> None:
    """Ask for a view and open it."""
    choices = []
    for number, (name, query) in enumerate(screen.desk.schema.views.items(), 1):
        count = len(screen.desk.matching(query))
        choices.append(Choice(name, name, note=f"{count}  {query}".rstrip(), slot=str(number)))

    def chosen(view: str | None) -> None:
        if view is not None:
            screen.open_view(view)

    screen.app.push_screen(Picker("view", choices, current=screen.worklist.view), chosen)


COMMANDS = (
    Command("find.search", ("slash",), "Search; words or field:value", _search, bar="search"),
    Command("find.next_hit", ("n",), "Next hit in the preview", _next_hit),
    Command("find.previous_hit", ("N",), "Previous hit in the preview", _previous_hit),
    Command("find.view", ("v",), "Views", pick_view, bar="view", refusal=needs_vault),
)
