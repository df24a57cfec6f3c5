"""Recall of lookup on half-remembered queries, beside rapidfuzz's WRatio and fzf.

Run from the repository: ``python -m tests.bench.lookup VAULT [--each 40] [--seed 1]``.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from tests.search.half_remembered import Question, frequent_queries, make_questions
from tui.search.fold import fold
from tui.search.lookup import Lookup
from tui.triage.schema import load_schema
from tui.vault.source import Source
from tui.vault.vault import Vault

Engine = Callable[[str], list[str]]
"""From a query to the names of the first five sources."""


@dataclass
class Tally:
    """How one engine did on one kind."""

    asked: int = 0
    first: int = 0
    in_five: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.asked += other.asked
        self.first += other.first
        self.in_five += other.in_five
        self.milliseconds += other.milliseconds


def main() -> None:
    """Ask every engine every question and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--each", type=int, default=40, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="measure sluice only")
    parser.add_argument("--misses", action="store_true", help="list what was not found first")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        vault = Vault(arguments.vault, Path(state))
        sources = vault.sources
        engines = {"sluice": sluice(vault)}
    if not arguments.alone:
        engines |= {"WRatio": wratio(sources)}
        if shutil.which("fzf"):
            engines["fzf"] = fzf(sources)
    questions = list(make_questions(sources, arguments.seed, arguments.each))
    print(f"{len(sources)} sources, {len(questions)} queries, seed {arguments.seed}")  # noqa: T201
    broken = frozenset(source.name for source in sources if source.problem)
    report(engines, questions, broken, arguments.misses)
    pairs = list(frequent_queries(sources, arguments.seed, arguments.each))
    if pairs:
        row_of_precision(engines, sources, pairs)


def sluice(vault: Vault) -> Engine:
    """Lookup as the app and the command line use it."""
    schema = load_schema()
    lookup = Lookup(
        schema.shorts,
        schema.lookup,
        schema.insights.name,
        lambda source: source.problem.sentence if source.problem else None,
        vault.read_body,
    )
    lookup.replace(vault.sources)
    lookup.find("warm up")
    return lambda query: [hit.source.name for hit in lookup.find(query, limit=5)]


def line_of(source: Source) -> str:
    """All that a tool that sees lines may know of a source."""
    fields = [source.title, *source.items("aliases"), source.text("creator"), source.id]
    fields += [*source.items("topics"), source.text("notebooklm_category"), source.text("url")]
    return " ".join([*fields, source.stem]).replace("\n", " ")


def wratio(sources: Sequence[Source]) -> Engine:
    """The obvious use of rapidfuzz."""
    lines = {source.name: line_of(source).lower() for source in sources}

    def ask(query: str) -> list[str]:
        found = process.extract(query.lower(), lines, scorer=fuzz.WRatio, limit=5)
        return [name for _, _, name in found]

    return ask


def fzf(sources: Sequence[Source]) -> Engine:
    """The finder as a filter: one process a query."""
    lines = "".join(f"{number}\t{line_of(s)}\n" for number, s in enumerate(sources))

    def ask(query: str) -> list[str]:
        found = subprocess.run(
            ["fzf", "--filter", query, "--delimiter", "\t", "--nth", "2.."],
            input=lines, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return [
            sources[int(row.split("\t")[0])].name for row in found.stdout.split("\n")[:5] if row
        ]

    return ask


def ask(engine: Engine, question: Question) -> tuple[int, float]:
    """The place of the first right answer (0 when there is none) and the CPU time in ms."""
    started = time.process_time()
    names = engine(question.query)
    spent = (time.process_time() - started) * 1000
    right = [i for i, name in enumerate(names, 1) if name in question.answers]
    return (right[0] if right else 0), spent


def row_of_precision(
    engines: dict[str, Engine], sources: Sequence[Source], pairs: Sequence[list[str]]
) -> None:
    """Print how many of the first five hold both of two frequent words."""
    folded = {s.name: fold(f"{line_of(s)} {s.heading} {s.text('synopsis')}") for s in sources}
    cells = ""
    for engine in engines.values():
        names = [(pair, name) for pair in pairs for name in engine(" ".join(pair))]
        right = sum(all(word in folded[name] for word in pair) for pair, name in names)
        cells += f"{right / len(names):>8.3f}{'':22}"
    print(f"{'right, frequent':20}{cells}")  # noqa: T201


def report(
    engines: dict[str, Engine],
    questions: Sequence[Question],
    broken: frozenset[str],
    misses: bool,
) -> None:
    """Print recall at 1 and at 5 and the CPU time of each kind, then of all together."""
    tallies: dict[str, dict[str, Tally]] = {name: defaultdict(Tally) for name in engines}
    unread = {name: Tally() for name in engines}
    for name, engine in engines.items():
        for question in questions:
            place, spent = ask(engine, question)
            tally = tallies[name][question.kind]
            answer = Tally(1, place == 1, place > 0, [spent])
            tally.add(answer)
            if question.answers <= broken:
                unread[name].add(answer)
            if misses and name == "sluice" and place != 1:
                print(f"  {question.kind}: {question.query!r} at {place}: "  # noqa: T201
                      f"{min(question.answers)}")  # fmt: skip
    print(f"{'':20}" + "".join(f"{name:>30}" for name in engines))  # noqa: T201
    print(f"{'kind':20}" + f"{'@1':>8}{'@5':>8}{'ms p50':>14}" * len(engines))  # noqa: T201
    for kind in dict.fromkeys(question.kind for question in questions):
        row(kind, [tallies[name][kind] for name in engines])
    together = []
    for name in engines:
        whole = Tally()
        for tally in tallies[name].values():
            whole.add(tally)
        together.append(whole)
    row("all", together)
    if all(tally.asked for tally in unread.values()):
        row("broken headers", list(unread.values()))
    for name, whole in zip(engines, together, strict=True):
        times = sorted(whole.milliseconds)
        print(f"{name}: CPU ms a query p50 {statistics.median(times):.2f}, "  # noqa: T201
              f"p95 {times[int(len(times) * 0.95)]:.2f}, worst {times[-1]:.1f}")  # fmt: skip


def row(kind: str, tallies: Sequence[Tally]) -> None:
    """Print one line of the table."""
    cells = "".join(
        f"{t.first / t.asked:>8.3f}{t.in_five / t.asked:>8.3f}"
        f"{statistics.median(t.milliseconds):>14.2f}"
        for t in tallies
    )
    print(f"{kind:20}{cells}")  # noqa: T201


if __name__ == "__main__":
    main()
