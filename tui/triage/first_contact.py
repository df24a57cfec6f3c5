"""Sentences for a folder in which sluice recognises nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui.display import counted, short
from tui.triage.schema import VAULT_SCHEMA, Schema
from tui.triage.status import status_of
from tui.vault.reading.one_file import PREFIX, STATUS_FIELD
from tui.vault.source import Source

NAMED = 3
"""How many unknown statuses a sentence names, the most frequent first."""
SAMPLE = 1_000
"""How many sources are looked at first: in most vaults they settle that there is nothing to say."""
_OWN_STATUSES = f"Name your own statuses in {VAULT_SCHEMA}; `sluice schema` prints an example."


def no_sources(schema: Schema, place: str, others: int) -> tuple[str, ...]:
    """Sentences for a folder with ``others`` Markdown files, none of them a source."""
    what = f"A source is a .md file named {PREFIX}… or with a {STATUS_FIELD} in its YAML header."
    skipped = "Folders whose names start with . or _ are skipped."
    if not others:
        return f"No sources in {place}.", what, skipped
    none = f"None of the {others:,} Markdown files in {place} is a source."
    if others == 1:
        none = f"The only Markdown file in {place} is not a source."
    line = f"{STATUS_FIELD}: {schema.flow.main[0]}"
    how = f"To make a note a source, put {line} between two --- lines at its top."
    return none, what, how, _OWN_STATUSES, skipped


def unknown_statuses(schema: Schema, sources: Sequence[Source]) -> tuple[str, ...]:
    """Sentences about the statuses of sources, where the schema knows the fewest of them."""
    for some in (sources[:SAMPLE], sources):
        counts = Counter(status_of(schema, source) for source in some)
        for known in schema.status.values:
            counts.pop(known, None)
        count, total = counts.total(), len(some)
        if count * 2 <= total:
            return ()
    who = counted(total) if count == total else f"{count:,} of {counted(total)}"
    has = "has" if count == 1 else "have"
    if len(counts) == 1:
        what = f"the status {short(*counts)}, which sluice does not know"
    else:
        named = [f"{short(status)} ({number:,})" for status, number in counts.most_common(NAMED)]
        more = [f"{len(counts) - NAMED:,} more"] if len(counts) > NAMED else []
        what = f"statuses that sluice does not know: {', '.join(named + more)}"
    return f"{who} {has} {what}.", _OWN_STATUSES
