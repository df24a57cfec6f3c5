"""Lines above the header, which then is not a header for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "stray_line"


def stray_line(source: Source) -> Iterator[Finding]:
    """Find lines above the opening fence."""
    problem = source.problem
    if problem is not None and problem.kind == "stray":
        yield Finding(source.name, NAME, problem.sentence, problem.line)
