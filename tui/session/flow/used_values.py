"""UsedValues: how often the vault's sources hold each value of a field."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from tui.session.ports import IsStopped, Threads
from tui.triage.schema import Schema
from tui.vault.source import Source
from tui.vault.vault import Vault

_SLICE, _PAUSE = 500, 0.002
"""Sources counted at a time, and the seconds then left to the keyboard."""
_LONGEST = 200
"""Characters of the longest value worth offering again."""

Counts = dict[str, int]


@dataclass(eq=False)
class UsedValues:
    """Counts values, in a thread where there are many sources.

    Counts are kept and shown at once the next time, while they are counted again.
    """

    _schema: Schema
    _vault: Vault
    _threads: Threads
    _at_once: int

    def __post_init__(self) -> None:
        self._known: dict[str, Counts] = {}

    def known(self, field: str) -> Counts:
        """The field's values as far as known; also counts them for the next time."""
        found: list[Counts] = []
        self.ask(field, found.append)
        return found[0] if found else {}

    def ask(self, field: str, take: Callable[[Counts], None]) -> None:
        """Call ``take`` with the field's values in use: once or twice, the newest last."""
        vault, is_list = self._vault, field in self._schema.lists_of_words
        if vault.count <= self._at_once:
            take(_counted(field, vault.sources, is_list))
            return
        if field in self._known:
            take(self._known[field])

        def count(is_stopped: IsStopped) -> None:
            counts: Counter[str] = Counter()
            rest = iter(vault.sources)
            while part := list(islice(rest, _SLICE)):
                if is_stopped():
                    return
                counts.update(_counted(field, part, is_list))
                time.sleep(_PAUSE)
            self._known[field] = dict(counts)
            self._threads.later(take, self._known[field])

        self._threads.run(count, "values", exclusive=True)


def _counted(field: str, sources: Iterable[Source], is_list: bool) -> Counts:
    counts: Counter[str] = Counter()
    for source in sources:
        texts = source.listed(field) if is_list else source.items(field)
        counts.update(text for text in texts if 0 < len(text) <= _LONGEST)
    return dict(counts)
