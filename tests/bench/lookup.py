"""Recall of lookup on half-remembered queries, beside frizbee and fzf.

Run from the repository::

    python -m tests.bench.lookup VAULT [--each 40] [--seed 1 2 3] [--otherwise]
    python -m tests.bench.lookup VAULT --among 100000 --alone     # among generated sources
    python -m tests.bench.lookup VAULT --typing [--among 10000]   # what a key costs
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.bench.engines import TEN, Engine, frizbee, fzf, line_of, made_lookup, sluice
from tests.bench.typing_cost import type_out
from tests.bench.vaults import Maker, in_memory, like_vault
from tests.search import further, half_remembered, misremembered
from tests.search.half_remembered import Question, frequent_queries
from tui.search.fold import fold
from tui.vault.source import Source


@dataclass
class Tally:
    """How one engine did on one kind."""

    asked: int = 0
    first: int = 0
    in_five: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.asked += other.asked
        self.first += other.first
        self.in_five += other.in_five
        self.milliseconds += other.milliseconds


def main() -> None:
    """Ask every engine every question and print the table."""
    arguments = read_arguments()
    sources = list(like_vault(arguments.vault))
    like = like_vault(arguments.like) if arguments.like else sources
    more = max(0, arguments.among - len(sources))
    others = list(in_memory(Maker(like, seed=1), more))
    everything = sources + others + further.made_sources()
    makers = [misremembered] if arguments.otherwise else [half_remembered, further]
    questions = [
        question
        for maker in makers
        for seed in arguments.seed
        for question in maker.make_questions(sources, seed, arguments.each, others)
    ]
    seeds = ", ".join(map(str, arguments.seed))
    print(f"{len(everything)} sources, {len(questions)} queries, seed {seeds}")  # noqa: T201
    if arguments.typing:
        type_out(everything, questions)
        return
    engines = {"sluice": sluice(made_lookup(everything))}
    if not arguments.alone:
        if find_spec("frizbee"):
            engines["frizbee"] = frizbee(everything)
        if shutil.which("fzf"):
            engines["fzf"] = fzf(everything)
    broken = frozenset(source.name for source in sources if source.problem)
    report(engines, questions, broken, arguments.misses)
    pairs = [p for s in arguments.seed for p in frequent_queries(sources, s, arguments.each)]
    if pairs:
        row_of_precision(engines, everything, pairs)


def read_arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--each", type=int, default=40, help="queries of each kind and seed")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--otherwise", action="store_true", help="by misremembered.py")
    parser.add_argument("--among", type=int, default=0, help="generated sources make up so many")
    parser.add_argument("--like", type=Path, help="the vault they are like (default: VAULT)")
    parser.add_argument("--alone", action="store_true", help="measure sluice only")
    parser.add_argument("--typing", action="store_true", help="measure every key of each query")
    parser.add_argument("--misses", action="store_true", help="list what was not found first")
    return parser.parse_args()


def ask(engine: Engine, question: Question) -> tuple[int, float]:
    """The place of the first right answer (0 when there is none) and the CPU time in ms."""
    started = time.process_time()
    names = engine(question.query)
    spent = (time.process_time() - started) * 1000
    right = [i for i, name in enumerate(names[:5], 1) if name in question.answers]
    return (right[0] if right else 0), spent


def row_of_precision(
    engines: dict[str, Engine], sources: Sequence[Source], pairs: Sequence[list[str]]
) -> None:
    """Print how many of the first ten hold both of two frequent words."""
    folded = {s.name: fold(f"{line_of(s)} {s.heading} {s.text('synopsis')}") for s in sources}
    cells = ""
    for engine in engines.values():
        names = [(pair, name) for pair in pairs for name in engine(" ".join(pair))]
        right = sum(all(word in folded[name] for word in pair) for pair, name in names)
        cells += f"{right / (TEN * len(pairs)):>8.3f}{'':22}"
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
