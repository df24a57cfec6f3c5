"""A file that is too large to read whole or to change."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "too_large"


def too_large(source: Source) -> Iterator[Finding]:
    """Find a source of which only the start is read."""
    if source.problem is not None and source.is_cut:
        yield Finding(source.name, NAME, source.problem.sentence)
