"""A name that looks like another field's: ``Status`` is not ``status``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tui.checks.finding import Finding, SourceCheck
from tui.checks.knowing import known_of
from tui.display import short
from tui.triage.schema import Schema
from tui.vault.header.characters import lookalikes, looks_like
from tui.vault.header.packed import PackedFields
from tui.vault.source import Source

NAME = "lookalike_field"


def lookalike_field(schema: Schema) -> SourceCheck:
    """Make the check for the schema's fields and the others in a header."""
    known = known_of(schema)

    @lru_cache(maxsize=4096)  # headers mostly have the same names
    def sentences(names: tuple[Any, ...]) -> tuple[str, ...]:
        return tuple(
            f"{short(looks_like(name, other))} looks like {short(other)} but is a different field"
            for name, other in lookalikes(names, known.names, known.spellings)
        )

    def check(source: Source) -> Iterator[Finding]:
        fields = source.fields
        names = fields.packed[0] if isinstance(fields, PackedFields) else tuple(fields)
        for sentence in sentences(names):
            yield Finding(source.name, NAME, sentence)

    return check
