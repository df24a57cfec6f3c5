"""Half-typed insights, kept until they are saved or emptied."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tui.state.files import read_json, sweep, write_json


class Drafts:
    """The drafts of one vault, one file each.

    One file each, so that two running apps cannot overwrite each other's drafts.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        sweep(folder)
        self._unwritten: dict[str, str] = {}
        """Drafts the disk refused; they last as long as this object does."""
        self.error = ""
        """Why the last draft could not be written; empty when it was."""

    def get(self, name: str) -> str:
        """Read the draft for a source; empty when there is none."""
        if name in self._unwritten:
            return self._unwritten[name]
        return _draft(read_json(self._path(name)))[1]

    def put(self, name: str, text: str) -> bool:
        """Keep a draft, or drop it when the text is empty; on failure ``error`` says why."""
        path = self._path(name)
        try:
            if text:
                write_json(path, {"source": name, "text": text})
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            self._unwritten[name] = text
            self.error = (
                f"The draft is kept only until you quit: {self._folder} cannot be written"
                f" ({error.strerror or error})."
            )
            return False
        self._unwritten.pop(name, None)
        self.error = ""
        return True

    def names(self) -> frozenset[str]:
        """List the names of the sources that have a draft."""
        try:
            paths = [path for path in self._folder.iterdir() if path.suffix == ".json"]
        except OSError:
            paths = []
        drafts = dict(_draft(read_json(path)) for path in paths) | self._unwritten
        return frozenset(name for name, text in drafts.items() if text)

    def _path(self, name: str) -> Path:
        # A hash, because a source's name may be longer than a file's name can be.
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12)
        return self._folder / f"{digest.hexdigest()}.json"


def _draft(value: dict[str, object]) -> tuple[str, str]:
    source, text = value.get("source"), value.get("text")
    return (source, text) if isinstance(source, str) and isinstance(text, str) else ("", "")
