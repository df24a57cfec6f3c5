"""Text after ``#`` that YAML reads as a comment, such as ``title: Episode #5 review``."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.checks.knowing import known_of
from tui.triage.schema import Schema
from tui.vault.repair.known import is_comment
from tui.vault.source import Source

NAME = "taken_for_comment"


def taken_for_comment(schema: Schema) -> SourceCheck:
    """Make the check; it ignores text after a value that is complete without it."""
    fits = known_of(schema).fits

    def check(source: Source) -> Iterator[Finding]:
        for flaw in source.flaws:
            if flaw.kind != "comment" or is_comment(flaw, source.fields.get(flaw.field), fits):
                continue
            yield Finding(source.name, NAME, flaw.sentence, flaw.line)

    return check
