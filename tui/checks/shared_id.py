"""An id that several sources have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "shared_id"


def shared_id(sources: Sequence[Source]) -> Iterator[Finding]:
    """Find sources with the same id in their header."""
    by_id: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if identity := source.text("id").strip():
            by_id[identity].append(source)
    for identity, group in by_id.items():
        for source in group if len(group) > 1 else ():
            others = ", ".join(other.name for other in group if other is not source)
            yield Finding(source.name, NAME, f"the id {identity} is also used by {others}")
