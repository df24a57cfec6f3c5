"""Times letters typed into the search bar until the hits are shown, beside fzf and a bare app.

    python -m tests.bench.typing VAULT [--queries N] [--quiet S] [--seed N]

fzf gets a line a source: title, aliases, creator, id, topics, category, URL and stem. The bare
app filters as many made-up rows by substring. "first" is the first change of the screen, "all"
the last one that the letter caused; both are text, so a blinking cursor does not count.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench._pty import Session, all_there, bare, settled, sluice
from tests.bench._table import milliseconds, ratio, row, say
from tests.bench.lookup import line_of
from tests.bench.vaults import sources_in
from tui.search.fold import words

Times = list[tuple[float, float]]
ERASE = "\x15"
"""ctrl+u: what empties the field in all three."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times typing in the search bar.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--queries", type=int, default=12)
    parser.add_argument("--quiet", type=float, default=0.15, help="seconds between letters")
    parser.add_argument("--seed", type=int, default=1)
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sources = sources_in(request.vault, home / "state")
        lines = home / "lines"
        lines.write_text("".join(f"{line_of(source)}\n" for source in sources), encoding="utf-8")
        rng = random.Random(request.seed)
        queries = list(_queries([source.title for source in sources], request.queries, rng))
        typed: dict[str, tuple[Times, float]] = {}
        with Session(sluice(request.vault), home / "sluice") as session:
            session.wait_for(all_there(len(sources)))
            session.rest(1.5, 90)
            session.answer("/")
            typed["sluice"] = _type(session, queries, request.quiet)
        if shutil.which("fzf"):
            with Session(["sh", "-c", f"exec fzf <'{lines}'"], home / "fzf") as session:
                session.rest(1.5, 30)
                typed["fzf"] = _type(session, queries, request.quiet)
        with Session(bare(len(sources)), home / "bare") as session:
            session.wait_for("preview")
            session.rest(0.5)
            session.answer("/")
            made = [rng.choice(("title", "source", "number", "17")) for _ in queries]
            typed["bare"] = _type(session, made, request.quiet)
    _report(typed, len(sources))


def _queries(titles: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """The beginnings of two words of a title, as one types them."""
    rich = [found for title in titles if len(found := words(title)) > 2]
    picked = [rng.sample(rng.choice(rich), 2) for _ in range(count)]
    return [f"{first[:5]} {second[:4]}" for first, second in picked]


def _type(session: Session, queries: Sequence[str], quiet: float) -> tuple[Times, float]:
    """Seconds that letters take, and milliseconds of processor time a letter."""
    pressed, before = [], session.cpu
    for query in queries:
        pressed += [
            (session.answer(key, quiet), key not in (" ", ERASE)) for key in (*query, ERASE)
        ]
    cpu = (session.cpu - before) * 1000 / len(pressed)
    wanted = {at for at, counted in pressed if counted}
    stamps = [at for at, _ in pressed]
    times = []
    for at, end in zip(stamps, [*stamps[1:], float("inf")], strict=True):
        if at in wanted:
            times += settled(session, [at], until=end)
    return times, cpu


def _report(typed: dict[str, tuple[Times, float]], count: int) -> None:
    """Print the table."""
    say(f"letters typed among {count:,} sources")
    row("ms", "first p50", "p95", "all p50", "p95", "CPU a key")
    for name, (times, cpu) in typed.items():
        first, whole = [pair[0] for pair in times], [pair[1] for pair in times]
        row(name, *milliseconds(first, 0.5, 0.95), *milliseconds(whole, 0.5, 0.95), cpu)
    ours = [last for _, last in typed["sluice"][0]]
    for name in ("fzf", "bare"):
        if name in typed:
            row(f"ratio to {name}", "", "", ratio(ours, [last for _, last in typed[name][0]]))


if __name__ == "__main__":
    main()
