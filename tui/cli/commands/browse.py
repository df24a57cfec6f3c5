"""Commands that read sources: list, find, show, urls."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from tui.cli.listing import write_hits, write_sources
from tui.cli.opening import matching, open_desk, resolve, tell_why_none
from tui.cli.output import flush, say, write_json, write_line
from tui.cli.page import write_page
from tui.display import short
from tui.errors import QueryError, SluiceError
from tui.reasons import reason
from tui.records import (
    history_record,
    named,
    proposals_record,
    read_whole,
    source_record,
    wait_record,
)
from tui.triage.fields import web_address

if TYPE_CHECKING:
    from tui.search.hits import Hit

_WEB = ("http://", "https://")


def run_list(request: Namespace) -> int:
    """Print the sources a query matches, in the order asked for."""
    desk = open_desk(request)
    sources = matching(desk, request.query)
    if request.sort:
        order = desk.orders.read(request.sort, desk.vault.sources)
        sources = (order.turned() if request.reverse else order).sort(sources)
    elif request.reverse:
        sources.reverse()
    sources = sources[: request.limit]
    waits = None
    if (request.sort or "").removeprefix("-").strip() == desk.waiting_sort:
        waits = list(map(desk.waits().of, sources))
    if request.json:
        today = date.today()
        for at, source in enumerate(sources):
            waited = wait_record(waits[at], today) if waits else {}
            write_json(source_record(desk, source) | waited)
    else:
        write_sources(desk, sources, waits)
    if desk.vault.sources and (guidance := desk.guidance()):
        say(" ".join(guidance))
    return 0


def run_find(request: Namespace) -> int:
    """Print the hits of one query, or of each line of stdin."""
    desk = open_desk(request)
    code = 0
    for query in _stdin_queries() if request.from_stdin else [request.query]:
        hits: Sequence[Hit] = []
        try:
            # An empty line finds nothing, and has its answer all the same.
            hits = desk.lookup.find(query, request.limit) if query else []
            if not hits:
                tell_why_none(desk, query)
        except QueryError as error:
            if not request.from_stdin:
                raise
            say(f"sluice: {short(query)}: {error}")
            code = 1
        if request.json:
            write_json({"query": query, "hits": [_hit_record(hit) for hit in hits]})
        else:
            write_hits(query, hits, several=request.from_stdin)
        # The program that writes the queries may wait for each answer.
        flush()
    return code


def _stdin_queries() -> Iterator[str]:
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    try:
        yield from (line.strip() for line in sys.stdin)
    except OSError as error:
        raise SluiceError(
            f"Cannot read queries from stdin ({reason(error)}); pipe them in, one per line."
        ) from error


def _hit_record(hit: Hit) -> dict[str, object]:
    return {**named(hit.source.path, hit.source), "score": round(hit.score, 1)}


def run_show(request: Namespace) -> int:
    """Print one source: its problem, its fields, its body."""
    desk = open_desk(request)
    (source,) = resolve(desk, [request.reference])
    if request.json:
        read = read_whole(desk, source)
        record = {**source_record(desk, read.source), "fields": read.source.fields}
        record |= {"body": read.body, **history_record(desk, read)}
        write_json({**record, **proposals_record(desk, read.source)})
    else:
        write_page(desk, source, desk.vault.read_body(source))
    return 0


def run_urls(request: Namespace) -> int:
    """Print the URLs of the sources a query matches, each once."""
    desk = open_desk(request)
    sources = matching(desk, request.query)
    urls = {source.name: web_address(source) for source in sources}
    # Some sources say `internal` there, which no browser and no notebook can open.
    for url in islice(dict.fromkeys(filter(None, urls.values())), request.limit):
        write_line(url)
    written = sum(source.url.strip().startswith(_WEB) for source in sources)
    if broken := written - sum(url is not None for url in urls.values()):
        with_url = "1 source has a URL" if broken == 1 else f"{broken:,} sources have URLs"
        say(
            f"Skipped: {with_url} with a blank or a control character, which no browser opens; "
            f"`sluice list {desk.schema.roles.url}:http -has:{desk.schema.roles.url}` lists them."
        )
    return 0
