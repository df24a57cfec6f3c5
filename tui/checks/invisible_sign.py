"""Invisible characters that YAML reads as letters or line breaks."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "invisible_sign"


def invisible_sign(source: Source) -> Iterator[Finding]:
    """Find values that such characters change."""
    for flaw in source.flaws:
        if flaw.kind == "invisible":
            yield Finding(source.name, NAME, flaw.sentence, flaw.line)
