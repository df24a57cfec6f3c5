"""The user's place in a vault: view, sort order and the source under the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui.reasons import failed
from tui.state.files import read_json, sweep, write_json

PLACE_FILE = "place.json"
FURTHEST = 1 << 30
"""The highest row number to accept from a file."""
MOST_VIEWS = 60
"""Maximum number of views to remember; the least recent are dropped."""


class Place(NamedTuple):
    """A place in one view."""

    sort: str | None = None
    """The last sort key; None for the view's own."""
    source: str = ""
    """The source under the cursor."""
    row: int = 0
    """The number of open sources above it."""


class PlaceFile:
    """The places of one vault, and its last open view."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PLACE_FILE
        sweep(folder)
        self.view, self._places = _read(read_json(self._path))
        """The last open view; empty when there is none."""

    def of(self, view: str) -> Place:
        """The place in a view; its start when it was never open."""
        return self._places.get(view, Place())

    def keep(self, view: str, place: Place) -> None:
        """Note that this view is open, at this place."""
        self.view = view
        self._places.pop(view, None)
        self._places[view] = place
        while len(self._places) > MOST_VIEWS:
            del self._places[next(iter(self._places))]

    def open(self, view: str) -> None:
        """Note that this view is open."""
        self.view = view

    def as_json(self) -> dict[str, object]:
        """A copy of everything as JSON data, independent of later changes."""
        return {"view": self.view, "places": [[view, *p] for view, p in self._places.items()]}

    def write(self, value: dict[str, object]) -> str:
        """Write it to disk; return a sentence on failure, else an empty text."""
        try:
            write_json(self._path, value)
        except OSError as error:
            return f"Cannot save your place in the queue in {self._path} {failed(error, 'write')}"
        return ""


def _read(value: dict[str, object]) -> tuple[str, dict[str, Place]]:
    view, given = value.get("view"), value.get("places")
    places: dict[str, Place] = {}
    for entry in given if isinstance(given, list) else []:
        match entry:
            case [str(name), str() | None as sort, str(source), int(row)]:
                places[name] = Place(sort, source, min(max(0, int(row)), FURTHEST))
    return view if isinstance(view, str) else "", places
