"""What lookup is measured beside: each engine is asked a query and names sources, best first."""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Callable, Sequence

from tui.search.lookup import Lookup
from tui.triage.schema import load_schema
from tui.vault.source import Source

TEN = 10
_A_TYPO = 4
"""Letters of a word for which frizbee allows one typo."""
Engine = Callable[[str], list[str]]
"""From a query to the names of the first ten sources."""


def made_lookup(sources: Sequence[Source]) -> Lookup:
    """Lookup as the app and the command line use it, with its index built."""
    schema = load_schema()
    lookup = Lookup(
        {name: name for name in schema.fields} | dict(schema.shorts),
        schema.lookup,
        schema.roles.insights,
        lambda source: source.problem.sentence if source.problem else None,
        lambda _: "",
    )
    lookup.replace(lambda: sources)
    lookup.find("warm up")
    return lookup


def sluice(lookup: Lookup) -> Engine:
    """Lookup as an engine."""
    return lambda query: [hit.source.name for hit in lookup.find(query, limit=TEN)]


def line_of(source: Source) -> str:
    """All that a tool that sees lines may know of a source."""
    fields = [source.title, *source.items("aliases"), source.text("creator"), source.id]
    fields += [source.text("guest")]
    fields += [*source.items("topics"), source.text("notebooklm_category"), source.text("url")]
    return " ".join([*fields, source.stem]).replace("\n", " ")


def frizbee(sources: Sequence[Source]) -> Engine:
    """The typo-tolerant finder, as its own page advises: a typo for every four letters."""
    module = importlib.import_module("frizbee")
    lines = module.Haystacks([line_of(source) for source in sources])

    def ask(query: str) -> list[str]:
        patterns = [module.Pattern(w, max_typos=len(w) // _A_TYPO) for w in query.split()]
        if not patterns:
            return []
        matcher = module.Matcher.from_patterns(patterns, max_items=TEN)
        return [sources[match.index].name for match in matcher.match_list(lines)]

    return ask


def fzf(sources: Sequence[Source]) -> Engine:
    """The finder as a filter: one process a query."""
    lines = "".join(f"{number}\t{line_of(s)}\n" for number, s in enumerate(sources))

    def ask(query: str) -> list[str]:
        found = subprocess.run(
            ["fzf", "--filter", query, "--delimiter", "\t", "--nth", "2.."],
            input=lines, capture_output=True, text=True, check=False,
        )  # fmt: skip
        rows = found.stdout.split("\n")[:TEN]
        return [sources[int(row.split("\t")[0])].name for row in rows if row]

    return ask
