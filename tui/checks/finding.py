"""Finding: one thing that is wrong with one source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tui.vault.edit import Value
from tui.vault.source import Source


@dataclass(frozen=True, slots=True)
class Fix:
    """The value that a field is certain to mean."""

    field: str
    value: Value
    sentence: str
    """What was done, in words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in one source."""

    name: str
    """The source's name."""
    check: str
    """The check's name, which is its file's."""
    sentence: str
    line: int | None = None
    """The file's line, counted from 1, where one can be named."""
    fix: Fix | None = None
    """What mends it, where that is safe."""


SourceCheck = Callable[[Source], Iterator[Finding]]
"""Looks at one source by itself."""
VaultCheck = Callable[[Sequence[Source]], Iterator[Finding]]
"""Looks at all sources side by side."""
