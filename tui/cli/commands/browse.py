"""Commands that read sources: list, find, show, urls."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cli.listing import write_hits, write_sources
from tui.cli.opening import open_desk, resolve
from tui.cli.output import flush, say, write_json, write_line
from tui.cli.page import write_page
from tui.display import short
from tui.errors import QueryError, SluiceError
from tui.reasons import reason
from tui.records import source_record
from tui.triage.fields import web_address

if TYPE_CHECKING:
    from tui.search.hits import Hit

_WEB = ("http://", "https://")


def run_list(request: Namespace) -> int:
    """Print the sources a query matches, in the order asked for."""
    desk = open_desk(request)
    sources = desk.matching(request.query)
    if request.sort:
        order = desk.orders.read(request.sort, desk.vault.sources)
        sources = (order.turned() if request.reverse else order).sort(sources)
    elif request.reverse:
        sources.reverse()
    if request.json:
        for source in sources:
            write_json(source_record(desk, source))
    else:
        write_sources(desk, sources)
    if not desk.vault.sources:
        say(
            f"There are no sources in {desk.vault.root}: a source is a .md file whose name starts "
            "with SOURCE- or whose header has a status."
        )
    return 0


def run_find(request: Namespace) -> int:
    """Print the hits of one query, or of each line of stdin."""
    desk = open_desk(request)
    code = 0
    several = request.words == ["-"]
    for query in _stdin_queries() if several else [" ".join(request.words).strip()]:
        hits: Sequence[Hit] = []
        try:
            # A line with nothing on it asks for nothing, and is answered all the same.
            hits = desk.lookup.find(query, request.limit) if query else []
        except QueryError as error:
            if not several:
                raise
            say(f"sluice: {short(query)}: {error}")
            code = 1
        if request.json:
            write_json({"query": query, "hits": [_hit_record(hit) for hit in hits]})
        else:
            write_hits(query, hits, several=several)
        # Whoever writes the queries may wait for the answer to the last one.
        flush()
    return code


def _stdin_queries() -> Iterator[str]:
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    try:
        yield from (line.strip() for line in sys.stdin)
    except OSError as error:
        raise SluiceError(
            f"The queries cannot be read from stdin ({reason(error)}); pipe them in, one a line."
        ) from error


def _hit_record(hit: Hit) -> dict[str, object]:
    source = hit.source
    return {
        "path": str(source.path),
        "id": source.id,
        "title": source.title,
        "score": round(hit.score, 1),
    }


def run_show(request: Namespace) -> int:
    """Print one source: its problem, its fields, its body."""
    desk = open_desk(request)
    (source,) = resolve(desk, [request.reference])
    body = desk.vault.read_body(source)
    if request.json:
        write_json({**source_record(desk, source), "fields": source.fields, "body": body})
    else:
        write_page(desk, source, body)
    return 0


def run_urls(request: Namespace) -> int:
    """Print the URLs of the sources a query matches, each once."""
    desk = open_desk(request)
    sources = desk.matching(request.query)
    urls = {source.name: web_address(source) for source in sources}
    # Some sources say `internal` there, which no browser and no notebook can open.
    for url in dict.fromkeys(filter(None, urls.values())):
        write_line(url)
    meant = sum(source.text("url").strip().startswith(_WEB) for source in sources)
    if refused := meant - sum(url is not None for url in urls.values()):
        say(
            f"{refused:,} with a URL that no browser can open (a blank or a control character is "
            "in it) left out; `sluice list -q 'url:http -has:url'` names them."
        )
    return 0
