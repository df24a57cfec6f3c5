"""UsedValues: how often the vault's sources hold each value of a field."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.vault.source import Source

AT_ONCE = 2_000
"""The most sources that are counted at once, within a frame."""
_SLICE, _PAUSE = 500, 0.002
"""Sources counted at a time, and the seconds then left to the keyboard."""
_LONGEST = 200
"""Characters of the longest value worth offering again."""

Counts = dict[str, int]


class UsedValues:
    """Counts values for one screen, in a thread where there are many sources.

    Counts are kept and shown at once the next time, while they are counted again.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._known: dict[str, Counts] = {}

    def known(self, field: str) -> Counts:
        """The field's values as far as known; also counts them for the next time."""
        found: list[Counts] = []
        self.ask(field, found.append)
        return found[0] if found else {}

    def ask(self, field: str, take: Callable[[Counts], None]) -> None:
        """Call ``take`` with the field's values in use: once or twice, the newest last."""
        vault, is_list = self._screen.desk.vault, field in self._screen.desk.schema.lists_of_words
        if vault.count <= AT_ONCE:
            take(_counted(field, vault.sources, is_list))
            return
        if field in self._known:
            take(self._known[field])

        def count() -> None:
            worker = get_current_worker()
            counts: Counter[str] = Counter()
            rest = iter(vault.sources)
            while part := list(islice(rest, _SLICE)):
                if worker.is_cancelled:
                    return
                counts.update(_counted(field, part, is_list))
                time.sleep(_PAUSE)
            self._known[field] = dict(counts)
            self._screen.call_later(take, self._known[field])

        self._screen.run_worker(
            count, thread=True, exclusive=True, group="values", exit_on_error=False
        )


def _counted(field: str, sources: Iterable[Source], is_list: bool) -> Counts:
    counts: Counter[str] = Counter()
    for source in sources:
        texts = source.listed(field) if is_list else source.items(field)
        counts.update(text for text in texts if 0 < len(text) <= _LONGEST)
    return dict(counts)
