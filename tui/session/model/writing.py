"""Writing: the insight that is being written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Writing:
    """The field for an insight, while it is open."""

    source: str = ""
    """The name of the source it belongs to; empty while the field is closed."""
    index: int | None = None
    """Which insight is edited; None for a new one."""
    opened: str = ""
    """The insight as it was when the field was opened."""
    key: str = ""
    """The key of the draft of the text in the field."""

    def __bool__(self) -> bool:
        return bool(self.source)

    def begin(self, source: str, index: int | None, text: str) -> None:
        """The field is opened for a source, on one of its insights or for a new one."""
        self.source, self.index, self.opened = source, index, text
        self.key = source if index is None else f"{source}\n{text}"

    def end(self) -> None:
        """The field is closed."""
        self.source, self.index = "", None

    def rename(self, old: str, new: str) -> None:
        """Follow a source whose file was renamed; the field stays open."""
        if self and self.source == old:
            self.source = new
            self.key = new + self.key.removeprefix(old)
