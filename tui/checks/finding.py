"""Finding: one problem of one source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tui.vault.header.edit import Value
from tui.vault.source import Source


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe correction of a field's value."""

    field: str
    value: Value
    sentence: str
    """A description of the correction."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that one check found in one source."""

    name: str
    """The source's name."""
    check: str
    """The check's name, the same as its file's."""
    sentence: str
    line: int | None = None
    """The line in the file, counted from 1, if there is one."""
    fix: Fix | None = None
    """The correction, if there is a safe one."""


SourceCheck = Callable[[Source], Iterator[Finding]]
"""Checks a single source."""
VaultCheck = Callable[[Sequence[Source]], Iterator[Finding]]
"""Compares all sources."""
