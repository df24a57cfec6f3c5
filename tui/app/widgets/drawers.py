"""Drawers: what opens over the lower end of a source's text, and the room for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Protocol

from rich.text import Text
from textual.geometry import Region

from tui.app.widgets.bars import Bar
from tui.app.widgets.source_lines import Piece
from tui.session.update import Drawer


class Room(NamedTuple):
    """Where an open drawer may lie."""

    region: Region
    """In cells of the screen, edges included. A drawer fills the lower end of it."""
    has_sides: bool
    """Whether the source has a frame, so that the drawer draws ``│`` at both sides."""


class DrawerRoom(Protocol):
    """Knows where a drawer may lie."""

    def room_for(self, drawer: Drawer) -> Room:
        """The room for a drawer as the screen is now; it ends with the drawer's own line."""

    def lend_keyboard(self, lent: bool) -> None:
        """Show below an open drawer that the keyboard is in it, or back where it was."""


class DrawerEdge(Bar):
    """The upper or the lower rule of an open drawer."""

    DEFAULT_CSS = """
    DrawerEdge { padding: 0; }
    """
    LOOKS: ClassVar = {
        "line--edge": "border-focus",
        "line--title": "accent",
        "line--dim": "text-dim",
    }

    def show(self, pieces: Sequence[Piece], ends: tuple[str, str]) -> None:
        """Show the pieces of a rule, between two parts of a frame."""
        self.say(tuple(pieces), ends)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._shown, tuple):
            return Text("")
        pieces, ends = self._shown
        edge = self.colour("border-focus")
        text = Text(ends[0], style=edge, no_wrap=True)
        for piece in pieces:
            bold = "bold " if piece.look == "line--title" else ""
            colour = self.colour(self.LOOKS.get(piece.look, "text-dim"))
            text.append(piece.text, style=f"{bold}{colour}")
        return text.append(ends[1], style=edge)
