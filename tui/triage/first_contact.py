"""Sentences for a folder in which sluice recognises nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui.display import counted, listed, short
from tui.triage.schema import VAULT_SCHEMA, Schema
from tui.triage.status import status_of
from tui.vault.header.typed import text_of
from tui.vault.source import Source

NAMED = 3
"""How many unknown statuses a sentence names, the most frequent first."""
SAMPLE = 1_000
"""How many sources are looked at first: in most vaults they settle that there is nothing to say."""
_OWN_STATUSES = f"`sluice init` writes a {VAULT_SCHEMA} for your own statuses."


def no_sources(schema: Schema, place: str, others: int) -> tuple[str, ...]:
    """Sentences for a folder with ``others`` Markdown files, none of them a source."""
    what = what_a_source_is(schema)
    folders = "Other folders" if schema.rule.opens_hidden else "Folders"
    skipped = f"{folders} whose names start with . or _ are skipped."
    if not others:
        return f"No sources in {place}.", what, skipped
    none = f"None of the {others:,} Markdown files in {place} is a source."
    if others == 1:
        none = f"The only Markdown file in {place} is not a source."
    return none, what, _how(schema), _OWN_STATUSES, skipped


def what_a_source_is(schema: Schema) -> str:
    """A sentence about which files the vault's rule takes for sources."""
    rule = schema.rule
    ending = "Markdown" if len(rule.endings) > 1 else rule.endings[0]
    status = f"with a {_status_words(schema)} in its header"
    if rule.header == "status":
        named = f"named {short(rule.prefix)}… or " if rule.prefix else ""
        return f"A source is a {ending} file {named}{status}."
    if rule.include == ("**",):
        which = "any Markdown file" + ("" if rule.header == "none-too" else " with a header")
        return f"A source is {which}, by {VAULT_SCHEMA}."
    which = "any" if rule.header == "none-too" else "one with any header"
    parts = (("matches", rule.include), ("is tagged", rule.tagged))
    where = [f"{verb} {listed([short(one) for one in some])}" for verb, some in parts if some]
    if not where:
        return f"A source is a {ending} file {status}, by {VAULT_SCHEMA}."
    more = f"{which} that {' or '.join(where)}"
    return f"A source is a {ending} file {status}, or {more}, by {VAULT_SCHEMA}."


def _status_words(schema: Schema) -> str:
    tagged = schema.status.tagged
    if tagged and not tagged.prefix:
        return f"tag such as {short(schema.flow.main[0])}"
    return f"tag {short(tagged.prefix)}…" if tagged else short(schema.roles.status)


def _how(schema: Schema) -> str:
    first, tagged = schema.flow.main[0], schema.status.tagged
    line = f"{schema.roles.status}: {first}"
    if tagged:
        line = f"{tagged.of}: [{tagged.prefix}{first}]"
    elif schema.status.kind == "bool":
        line = f"{schema.roles.status}: {text_of(schema.status.choice(first).value)}"
    return f"To make a note a source, put {short(line)} between two --- lines at its top."


def _written(schema: Schema, source: Source) -> str:
    """The status as it is written, a list included, which counts as no status where it is used."""
    return schema.status.known_in(source.value(schema.roles.status)) or status_of(schema, source)


def unknown_statuses(schema: Schema, sources: Sequence[Source]) -> tuple[str, ...]:
    """Sentences about the statuses of sources, where the schema knows the fewest of them."""
    for some in (sources[:SAMPLE], sources):
        counts = Counter(_written(schema, source) for source in some)
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
