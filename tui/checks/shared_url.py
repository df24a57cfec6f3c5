"""A URL that several sources have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tui.checks.finding import Finding
from tui.triage.page import page_of
from tui.vault.source import Source

NAME = "shared_url"


def shared_url(sources: Sequence[Source]) -> Iterator[Finding]:
    """Find sources whose URL leads to the same page as another's."""
    by_page: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if page := page_of(source.url):
            by_page[page].append(source)
    for group in by_page.values():
        for source in group if len(group) > 1 else ():
            others = ", ".join(other.name for other in group if other is not source)
            yield Finding(source.name, NAME, f"the URL is also used by {others}")
