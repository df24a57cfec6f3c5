"""PlaceKeeper: remembers how far each text was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from threading import Lock

from tui.session.ports import IsStopped, Panes, Tell, Threads
from tui.state.text_places import TextPlaces
from tui.vault.source import Source


@dataclass(eq=False)
class PlaceKeeper:
    """Asks the screen for the place when the text leaves it, and saves it a little later.

    ``find`` finds a source of the vault by its name. It saves ``later`` seconds after a change.
    """

    _places: TextPlaces
    _panes: Panes
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    find: Callable[[str], Source | None]
    later: float

    def __post_init__(self) -> None:
        self._writes_later = False
        self._lock = Lock()
        self._complained = False

    def of(self, name: str) -> int:
        """Where to continue to read a source: an offset in its body."""
        return self._places.of(name)

    def note(self) -> None:
        """Remember the place in the text that is shown now."""
        name, offset = self._panes.text_place
        if name and self.find(name) is not None and self._places.keep(name, offset):
            self._write_later()

    def rename(self, old: str, new: str) -> None:
        """Follow a source whose file was renamed."""
        name, offset = self._panes.text_place
        if name == old:
            self._places.keep(old, offset)
        self._places.rename(old, new)
        self._write_later()

    def _write_later(self) -> None:
        if not self._writes_later:
            self._writes_later = True
            self._threads.after(self.later, self._write)

    def _write(self) -> None:
        self._writes_later = False
        self.note()
        self._threads.run(self._bring_to_disk, "text places")

    def _bring_to_disk(self, _: IsStopped) -> None:
        with self._lock:
            # As they are now: another thread may have written newer ones before.
            fault = self._places.write(self._places.changes)
        if fault and not self._complained:
            self._complained = True
            self._threads.back(self._tell.say, fault, "warning")

    def stop(self) -> None:
        """Save the places, as sluice ends."""
        self.note()
        with self._lock:
            self._places.write(self._places.changes)
