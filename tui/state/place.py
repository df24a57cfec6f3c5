"""Where somebody was in a vault: the view, what it is sorted by, the source under the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui.reasons import failed
from tui.state.files import read_json, sweep, write_json

PLACE_FILE = "place.json"
FURTHEST = 1 << 30
"""No row is further down, whatever a file says."""
MOST_VIEWS = 60
"""Views whose place is kept; those left longest ago go first."""


class Place(NamedTuple):
    """A place in one view."""

    sort: str | None = None
    """What the view was sorted by last; None when that is as the view itself says."""
    source: str = ""
    """The source under the cursor."""
    row: int = 0
    """How many open sources stood above it."""


class PlaceFile:
    """The places of one vault, and the view that was open last."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PLACE_FILE
        sweep(folder)
        self.view, self._places = _read(read_json(self._path))
        """The view that was open last; empty when none was."""

    def of(self, view: str) -> Place:
        """The place in a view; its beginning when it was never open."""
        return self._places.get(view, Place())

    def keep(self, view: str, place: Place) -> None:
        """Have this view open, at this place."""
        self.view = view
        self._places.pop(view, None)
        self._places[view] = place
        while len(self._places) > MOST_VIEWS:
            del self._places[next(iter(self._places))]

    def forget(self, view: str) -> None:
        """Know nothing of a view."""
        self._places.pop(view, None)

    def as_json(self) -> dict[str, object]:
        """All of it as the file holds it, of no use to whoever changes the places later."""
        return {"view": self.view, "places": [[view, *p] for view, p in self._places.items()]}

    def write(self, value: dict[str, object]) -> str:
        """Bring it to disk; why that failed, in a sentence, or an empty text."""
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
