"""How often suggested notebooks are right, measured by leaving members out.

Run from the repository::

    python -m tests.bench.notebooks VAULT LABELS            # a table by number of members
    python -m tests.bench.notebooks VAULT LABELS --draws 20 # with more draws by lot
    python -m tests.bench.notebooks VAULT LABELS --cost 10000 # what so many made sources cost

LABELS has a line for each source and notebook: the file's name, a tab, the notebook. "all" is
ten-fold cross-validation; the other rows learn so many members of each notebook, drawn by lot, and
ask about all others. "None" is what is said below the score that keeps 95 % of the members: to how
many other members, and to how many sources in no notebook ("like": those of the members' commonest
platform). "Sure" is how many members get an answer that is surely right, and how often it is.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench._table import milliseconds, row, say
from tests.bench.vaults import Maker, like_vault
from tui.notebooks.learner import NotebookLearner
from tui.notebooks.model import Features, Lesson, NotebookModel
from tui.notebooks.source_words import SourceWords
from tui.triage.schema import load_schema
from tui.vault.source import Source, Stamp
from tui.vault.vault import Vault

MEMBERS = (0, 1, 3, 5, 10)
HEADS = (
    "first", "in three", "none", "none: any", "none: like", "sure", "right", "sure: any",
)  # fmt: skip
FOLDS = 10
COUNTED = 2_000
LARGE, INSIDE = 40, 1_500
"""Notebooks of a large vault, and sources in them."""


@dataclass
class Data:
    """A vault and the notebooks of some of its sources."""

    sources: dict[str, Source]
    labels: dict[str, tuple[str, ...]]
    words: SourceWords
    features: dict[str, Features] = field(default_factory=dict)

    @property
    def notebooks(self) -> list[str]:
        """All notebooks."""
        return sorted({name for names in self.labels.values() for name in names})

    def read(self, source: Source) -> Features:
        """The features of a source, read once."""
        found = self.features.get(source.name)
        if found is None:
            found = self.features[source.name] = self.words.of(source)
        return found

    def learn(self, members: Sequence[str]) -> NotebookModel:
        """A model of some members; all other sources are in no notebook."""
        known = set(members)
        lessons = [Lesson(self.sources[name], self.labels[name]) for name in members]
        others = [s for name, s in self.sources.items() if name not in known][:COUNTED]
        # What is asked is not among the sources that are asked to find out what scores mean.
        others.sort(key=lambda source: source.name in self.labels)
        model = NotebookModel()
        for _ in model.build(lessons, dict.fromkeys(self.notebooks, ""), others, self.read):
            pass
        return model


@dataclass
class Tally:
    """What the answers were."""

    asked: int = 0
    first: int = 0
    in_three: int = 0
    none: int = 0
    sure: int = 0
    sure_right: int = 0
    others: Counter[str] = field(default_factory=Counter)

    def ask(self, data: Data, model: NotebookModel, name: str) -> None:
        """Ask about a member that was not learnt."""
        found = model.ranked(data.sources[name], data.read(data.sources[name]))
        ranked, wanted = [one for one, _ in found.notebooks], data.labels[name]
        right = ranked[0] in wanted
        self.asked += 1
        self.first += right
        self.in_three += not set(ranked[:3]).isdisjoint(wanted)
        self.none += not found.fits
        self.sure += found.sure
        self.sure_right += found.sure and right

    def ask_other(self, data: Data, model: NotebookModel, name: str, kind: str) -> None:
        """Ask about a source that is in no notebook."""
        found = model.ranked(data.sources[name], data.read(data.sources[name]))
        self.others[kind] += 1
        self.others[kind + " none"] += not found.fits
        self.others[kind + " sure"] += found.sure

    def show(self, title: str) -> None:
        """Print a row."""
        row(
            title,
            _share(self.first, self.asked),
            _share(self.in_three, self.asked),
            _share(self.none, self.asked),
            _share(self.others["any none"], self.others["any"]),
            _share(self.others["like none"], self.others["like"]),
            _share(self.sure, self.asked),
            f"{self.sure_right}/{self.sure}",
            _share(self.others["any sure"], self.others["any"]),
            width=10,
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def read(root: Path, labels: Path, folder: Path) -> Data:
    """Read the vault and the labels of its sources."""
    schema = load_schema(root)
    vault = Vault(root, folder / "state", rule=schema.rule)
    vault.load()
    by_file = {Path(source.name).name: source for source in vault.sources}
    found: dict[str, list[str]] = defaultdict(list)
    missing = 0
    for line in labels.read_text(encoding="utf-8").splitlines():
        file, _, notebook = line.partition("\t")
        source = by_file.get(Path(file).name) or by_file.get(file + ".md")
        if source is not None and notebook.strip():
            found[source.name].append(notebook.split("\t")[0].strip())
        else:
            missing += 1
    say(f"{len(vault.sources)} sources, {len(found)} in notebooks; {missing} lines left out")
    sources = {source.name: source for source in vault.sources}
    labelled = {name: tuple(dict.fromkeys(names)) for name, names in found.items()}
    return Data(sources, labelled, SourceWords(schema, vault.read_body))


def others_of(data: Data) -> dict[str, list[str]]:
    """The sources that are in no notebook: all, and those of the members' commonest platform."""
    platforms = Counter(data.sources[name].text("platform") for name in data.labels)
    usual = platforms.most_common(1)[0][0]
    rest = [name for name in data.sources if name not in data.labels]
    like = [name for name in rest if data.sources[name].text("platform") == usual]
    return {"any": rest, "like": like}


def by_members(data: Data, count: int, draws: int) -> Tally:
    """Learn ``count`` members of each notebook, and ask about the others."""
    tally, others = Tally(), others_of(data)
    for seed in range(draws if count else 1):
        lot = random.Random(seed)
        learnt: dict[str, None] = {}
        for notebook in data.notebooks:
            members = sorted(name for name, names in data.labels.items() if notebook in names)
            # One at least is asked about.
            chosen = lot.sample(members, max(0, min(count, len(members) - 1)))
            learnt |= dict.fromkeys(chosen)
        model = data.learn(list(learnt))
        ask(data, model, [name for name in data.labels if name not in learnt], others, tally, lot)
    return tally


def folds(data: Data, seeds: int) -> Tally:
    """Ten-fold cross-validation."""
    tally, others = Tally(), others_of(data)
    for seed in range(seeds):
        lot = random.Random(seed)
        names = lot.sample(sorted(data.labels), len(data.labels))
        for at in range(FOLDS):
            asked = names[at::FOLDS]
            left = set(asked)
            model = data.learn([name for name in names if name not in left])
            ask(data, model, asked, others, tally, lot)
    return tally


def ask(
    data: Data,
    model: NotebookModel,
    asked: Sequence[str],
    others: Mapping[str, Sequence[str]],
    tally: Tally,
    lot: random.Random,
) -> None:
    """Ask about members that were not learnt, and about some other sources."""
    for name in asked:
        tally.ask(data, model, name)
    for kind, names in others.items():
        for name in lot.sample(names, min(30, len(names))):
            tally.ask_other(data, model, name, kind)


def cost(data: Data) -> None:
    """What building, asking and learning cost, the reading of features included."""
    names = sorted(data.labels)
    data.features.clear()
    began = time.process_time()
    model = data.learn(names)
    build = time.process_time() - began
    began = time.process_time()
    model = data.learn(names)
    again = time.process_time() - began
    say(f"build: {build:.2f} s of CPU, {again:.2f} s without reading the texts")
    asked: list[float] = []
    learnt: list[float] = []
    for name in names:
        source, labels = data.sources[name], data.labels[name]
        body = data.words.body(source)
        began = time.perf_counter()
        model.ranked(source, data.words.of(source, body))
        asked.append(time.perf_counter() - began)
        model.forget(name)
        began = time.perf_counter()
        model.learn(Lesson(source, labels), data.words.of(source, body))
        learnt.append(time.perf_counter() - began)
    times = f"{1000 * median(asked):.2f} ms, a learnt member: {1000 * median(learnt):.2f} ms"
    say(f"a suggestion: {times} (medians, with their features)")


def large(vault: Path, count: int) -> None:
    """What learning and asking cost in CPU among made sources, in 40 notebooks made by lot."""
    made = list(Maker(like_vault(vault), 1).make(count))
    bodies = {one.name: one.body for one in made}
    lot = random.Random(1)
    sources: dict[str, Source] = {}
    for number, one in enumerate(made):
        inside = [f"Notebook {lot.randrange(LARGE)}"] if number % (count // INSIDE) == 0 else []
        fields = {**one.fields, "notebooks": inside}
        stamp = Stamp(1, number, 1)
        sources[one.name] = Source(vault, one.name, fields, one.fields["title"], None, stamp)
    read = lambda source: bodies[source.name]  # noqa: E731 - as short as it is
    learner = NotebookLearner(load_schema(), read, sources.values, sources.get)
    learner.in_background = True
    total, longest = _steps(learner)
    inside = [source for source in sources.values() if source.fields["notebooks"]]
    said = f"{count:,} sources, {len(inside):,} in {LARGE} notebooks"
    say(f"{said}: {total:.2f} s of CPU in steps, the longest {longest * 1000:.1f} ms")
    learner.fit_again()
    total, longest = _steps(learner)
    say(f"  fitted again: {total:.2f} s, the longest step {longest * 1000:.1f} ms")
    asked: list[float] = []
    for source in list(sources.values())[:500]:
        began = time.process_time()
        learner.of(source)
        asked.append(time.process_time() - began)
    learnt: list[float] = []
    for source in inside[:100]:
        changed = {**source.fields, "notebooks": ["Notebook 1", "Notebook 2"]}
        sources[source.name] = source._replace(fields=changed)
        learner.note(source.name)
        began = time.process_time()
        next(learner.steps())
        learnt.append(time.process_time() - began)
    row("  milliseconds", "median", "95 %", width=10)
    row("  a suggestion", *milliseconds(asked, 0.5, 0.95), width=10)
    row("  a change learnt", *milliseconds(learnt, 0.5, 0.95), width=10)


def _steps(learner: NotebookLearner) -> tuple[float, float]:
    """Seconds of CPU of all steps, and of the longest."""
    began = last = time.process_time()
    longest = 0.0
    for _ in learner.steps():
        now = time.process_time()
        longest, last = max(longest, now - last), now
    return time.process_time() - began, longest


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("vault", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--draws", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cost", type=int)
    options = parser.parse_args()
    if options.cost:
        large(options.vault, options.cost)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = read(options.vault, options.labels, Path(folder))
        cost(data)
        row("members each", *HEADS, width=10)
        for count in MEMBERS:
            by_members(data, count, options.draws).show(str(count))
        folds(data, options.seeds).show("all")


if __name__ == "__main__":
    main()
