"""Drawers: what opens over the lower end of a source's text, and the room for it."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from textual.geometry import Region

Drawer = Literal["insights", "category", "status"]
"""The drawers, in the order of their lines below the text."""


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
