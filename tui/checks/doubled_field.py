"""A duplicate name in a header: every reader loses the first value."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "doubled_field"


def doubled_field(source: Source) -> Iterator[Finding]:
    """Find duplicate names, also in a map inside a field."""
    for flaw in source.flaws:
        if flaw.kind == "doubled":
            yield Finding(source.name, NAME, flaw.sentence, flaw.line)
