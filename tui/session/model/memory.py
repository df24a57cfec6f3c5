"""Memory: what the next key may want again."""

from __future__ import annotations

from collections.abc import Iterable


class Memory:
    """What was decided and edited last."""

    def __init__(self) -> None:
        self.category = ""
        """The category decided last, by any key."""
        self.field = ""
        """The field edited last."""
        self.notebooks: tuple[str, ...] = ()
        """The notebooks that sources were put into last, by any key."""

    def take_category(self, category: str) -> None:
        """A category was decided."""
        self.category = category

    def take_field(self, field: str) -> None:
        """A field was edited."""
        self.field = field

    def take_notebooks(self, names: Iterable[str]) -> None:
        """Sources were put into notebooks."""
        self.notebooks = tuple(names)
