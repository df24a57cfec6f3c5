"""A header that is missing or is not valid YAML."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "broken_header"


def broken_header(source: Source) -> Iterator[Finding]:
    """Find a header that could only be read line by line."""
    problem = source.problem
    if problem is not None and problem.kind != "stray" and not source.is_cut:
        yield Finding(source.name, NAME, problem.sentence, problem.line)
