"""The command ``notebook suggest``: the likeliest notebooks of sources."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from tui.cli.opening import matching, open_desk, resolve
from tui.cli.output import (
    Column,
    flush,
    is_for_people,
    say,
    width,
    write_json,
    write_row,
    write_table,
)
from tui.desk import Desk
from tui.errors import EditRefused
from tui.notebooks.model import Ranked
from tui.suggest.suggestions import percent
from tui.vault.source import Source

_SHOWN = 3


def run_notebook_suggest(request: Namespace) -> int:
    """Rank the notebooks for each source, best first."""
    desk = open_desk(request)
    if not desk.shelf.exists:
        raise EditRefused(desk.shelf.absence)
    if request.query is None:
        sources = resolve(desk, request.references)
    else:
        sources = matching(desk, request.query)
    if sources and not desk.shelf.members().names:
        say("There is no notebook yet; `sluice notebook add NAME REF` makes one.")
    if is_for_people() and not request.json:
        _show(desk, sources)
        return 0
    for source in sources:
        found = desk.notebook_learner.of(source) or Ranked(())
        if request.json:
            write_json(_record(source, found))
            flush()
            continue
        cells = [(source.name, "quiet")]
        for name, sure in found.notebooks:
            cells += [(name, ""), (f"{sure:.3f}", "")]
        write_row(cells)
    return 0


def _record(source: Source, found: Ranked) -> dict[str, object]:
    return {
        "path": str(source.path),
        "notebooks": [{"name": name, "sure": round(sure, 4)} for name, sure in found.notebooks],
        "fits": found.fits,
        "certain": found.sure,
    }


def _show(desk: Desk, sources: Sequence[Source]) -> None:
    rows = []
    for source in sources:
        found = desk.notebook_learner.of(source)
        if found is None or not found.notebooks:
            continue
        (first, sure), *others = found.notebooks[:_SHOWN]
        named, chance = first, percent(sure)
        if not found.fits:
            named, chance, others = "none fits well", "", [*found.notebooks[: _SHOWN - 1]]
        rows.append(
            (
                ("≈" if found.sure else "", ""),
                (source.title, "title"),
                (chance, ""),
                (named, "" if found.fits else "quiet"),
                (" · ".join(f"{name} {percent(part)}" for name, part in others), "quiet"),
            )
        )
    if rows:
        third = max(12, width() // 3)
        names = Column(most=third), Column(most=third, least_width=100)
        write_table((Column(most=1), Column(), Column(most=4), *names), rows)
