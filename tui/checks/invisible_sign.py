"""Signs that nobody sees and that YAML takes for letters, or for the end of a line."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "invisible_sign"


def invisible_sign(source: Source) -> Iterator[Finding]:
    """Find values that such signs change."""
    for flaw in source.flaws:
        if flaw.kind == "invisible":
            yield Finding(source.name, NAME, flaw.sentence, flaw.line)
