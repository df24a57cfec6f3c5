"""How often suggestions are right, measured by leaving sources out.

Run from the repository::

    python -m tests.bench.suggest VAULT                    # every source left out once
    python -m tests.bench.suggest VAULT --anew 5           # every fifth, all learnt anew for it
    python -m tests.bench.suggest VAULT --without topics   # without that field's words
    python -m tests.bench.suggest VAULT --decided          # decided sources only
    python -m tests.bench.suggest VAULT --later 0.7        # learn the earlier, ask the later
    python -m tests.bench.suggest VAULT --swapped 0.05     # find labels that were swapped
    python -m tests.bench.suggest VAULT --orders           # the same lessons in several orders
    python -m tests.bench.suggest VAULT --calibration 500  # how often is right what is how sure
    python -m tests.bench.suggest VAULT --wrong 0.4        # that share of the guesses is wrong
    python -m tests.bench.suggest VAULT --cost 10000       # what learning and asking cost

Ridge regression tells in closed form what it would say of each source without that source: that is
"first" and "in three" (only how frequent words are is counted with it). "Sure" uses the app's own
estimate of the same. ``--anew`` learns everything again for each source instead, which takes a
second each. A source's own category and tier are never looked at; its topics are among the words
it is recognised by, unless ``--without topics``, and what is suggested as topics is measured then.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from operator import mul
from pathlib import Path

from tests.bench.vaults import Made, Maker, like_vault
from tests.suggest.made import Chosen, nobody
from tui.suggest.features import features_of
from tui.suggest.learner import DOUBT, Learner
from tui.suggest.lexicon import Lexicon, Vector
from tui.suggest.model import Features, Fields, Lesson, Model
from tui.suggest.ridge import SMOOTHING
from tui.suggest.suggestions import Suggestions
from tui.triage.schema import load_schema
from tui.vault.source import Source, Stamp
from tui.vault.vault import Vault

write = partial(print, flush=True)
FIELDS = Fields("notebooklm_category", "signal_tier", "topics", {})
PROCESSES = 2
ASKED, SEEDS = 100, range(1, 13)
"""Sources that are held out by lot, and how often."""
CONFIRMED = 60
"""Sources whose values a person confirmed."""
TAKEN = 5
"""Topics that count as suggested."""


@dataclass
class Data:
    """Labelled sources and their words."""

    sources: list[Source]
    features: dict[str, Features]

    def learn(self, sources: Sequence[Source]) -> Model:
        """A model of these sources, each as a decision."""
        model = Model(FIELDS)
        lessons = [Lesson(source, 1.0) for source in sources]
        for _ in model.build(lessons, lambda source: self.features[source.name]):
            pass
        return model


def read(vault_root: Path, without: frozenset[str], *, decided: bool = False) -> Data:
    """The vault's sources that have a category and a tier."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(vault_root, Path(folder) / "state")
        vault.load()
        sources = [
            source
            for source in vault.sources
            if len(FIELDS.labels(source)) == 2
            and not (decided and source.text("status") in ("", "raw"))
        ]
        features = {s.name: features_of(_bare(s, without), vault.read_body(s)) for s in sources}
    return Data(sources, features)


def _bare(source: Source, without: frozenset[str]) -> Source:
    """The source without these fields."""
    gone = {source.key(name) for name in without}
    fields = {name: value for name, value in source.fields.items() if name not in gone}
    return source._replace(fields=fields)


@dataclass
class Tally:
    """How often suggestions were right."""

    asked: int = 0
    first: Counter[str] = field(default_factory=Counter)
    in_three: Counter[str] = field(default_factory=Counter)
    sure: Counter[str] = field(default_factory=Counter)
    sure_right: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)

    def add(self, source: Source, found: Suggestions) -> None:
        """Count one source's suggestions."""
        self.asked += 1
        for name, ranked in ((FIELDS.category, found.category), (FIELDS.tier, found.tier)):
            held = source.text(name)
            values = [suggestion.value for suggestion in ranked]
            self.first[name] += values[:1] == [held]
            self.in_three[name] += held in values
            if ranked and ranked[0].sure:
                self.sure[name] += 1
                self.sure_right[name] += values[0] == held

    def add_topics(self, held: frozenset[str], found: Suggestions) -> None:
        """Count the topics suggested for a source that has these."""
        for kind, topics in (("five", found.topics[:TAKEN]), ("sure", found.sure_topics[:TAKEN])):
            self.topics[f"{kind} right"] += len(held.intersection(topics))
            self.topics[f"{kind} suggested"] += len(topics)
        self.topics["held"] += len(held)

    def tell(self, heading: str, sources: Sequence[Source]) -> None:
        """Print the shares."""
        write(f"{heading}: {self.asked} sources asked about")
        for name in (FIELDS.category, FIELDS.tier):
            values = Counter(source.text(name) for source in sources)
            majority = values.most_common(1)[0][1] / len(sources)
            write(
                f"  {name:20} first {self.first[name] / self.asked:.3f}"
                f"  in three {self.in_three[name] / self.asked:.3f}"
                f"  sure {self.sure[name] / self.asked:.3f}"
                f"  right when sure {self.sure_right[name] / max(1, self.sure[name]):.3f}"
                f"  (most frequent of {len(values)}: {majority:.3f})"
            )
        for kind in ("five", "sure") if self.topics["held"] else ():
            right, suggested = self.topics[f"{kind} right"], self.topics[f"{kind} suggested"]
            write(
                f"  topics, {kind:4}         precision {right / max(1, suggested):.3f}"
                f"  recall {right / self.topics['held']:.3f}"
                f"  {suggested / self.asked:.1f} a source"
            )


def without_topics(source: Source) -> Source:
    """The source before anybody gave it topics."""
    return source._replace(fields={**source.fields, FIELDS.topics: []})


def ask(data: Data, model: Model, sources: Sequence[Source], tally: Tally, topics: bool) -> None:
    """Ask about sources that the model does not know."""
    for source in sources:
        found = model.suggest(without_topics(source), data.features[source.name])
        tally.add(source, found)
        if topics:
            tally.add_topics(frozenset(source.items(FIELDS.topics)), found)


def left_out(data: Data, number: int) -> Suggestions:
    """What is suggested for a source by all others, learnt anew."""
    source = data.sources[number]
    model = data.learn([*data.sources[:number], *data.sources[number + 1 :]])
    return model.suggest(without_topics(source), data.features[source.name])


def learnt_anew(data: Data, every: int, topics: bool) -> None:
    """Sources asked about once, each by a model that was learnt from all others."""
    numbers = range(0, len(data.sources), every)
    tally = Tally()
    with ProcessPoolExecutor(PROCESSES) as pool:
        for number, found in zip(
            numbers, pool.map(partial(left_out, data), numbers, chunksize=10), strict=True
        ):
            source = data.sources[number]
            tally.add(source, found)
            if topics:
                tally.add_topics(frozenset(source.items(FIELDS.topics)), found)
    tally.tell("learnt anew without each", data.sources)


def leave_one_out(data: Data, topics: bool) -> None:
    """Every source asked about once, as if it had not been learnt."""
    model = data.learn(data.sources)
    tally = Tally()
    for source in data.sources:
        features = data.features[source.name]
        # What the app says: the source's own part is taken out of it.
        tally.add(source, model.suggest(without_topics(source), features))
        if topics:
            model.forget(source.name)
            found = model.suggest(without_topics(source), features)
            tally.add_topics(frozenset(source.items(FIELDS.topics)), found)
            model.learn(Lesson(source, 1.0), features)
    lexicon = Lexicon()
    for source in data.sources:
        lexicon.count(data.features[source.name])
    vectors = [lexicon.vector(data.features[source.name]) for source in data.sources]
    lower = inverse_of_root(
        [[dot(a, b) for b in vectors[: i + 1]] for i, a in enumerate(vectors)], SMOOTHING
    )
    for name in (FIELDS.category, FIELDS.tier):
        tally.first[name], tally.in_three[name] = right(lower, [s.text(name) for s in data.sources])
    tally.tell("left out one by one", data.sources)


def dot(a: Vector, b: Vector) -> float:
    """How alike two vectors are."""
    weights = {id(word): weight for word, weight in zip(a.words, a.weights, strict=True)}
    return sum(
        weights.get(id(word), 0.0) * weight for word, weight in zip(b.words, b.weights, strict=True)
    )


def inverse_of_root(gram: list[list[float]], smoothing: float) -> list[list[float]]:
    """The inverse of the Cholesky factor of the matrix with these lower rows, row by row."""
    root: list[list[float]] = []
    for i, row in enumerate(gram):
        new: list[float] = []
        for j in range(i):
            new.append((row[j] - sum(map(mul, new, root[j]))) / root[j][j])
        new.append(math.sqrt(row[i] + smoothing - sum(map(mul, new, new))))
        root.append(new)
    columns: list[list[float]] = []
    for i in range(len(root)):
        # Column i of the inverse, from the diagonal down.
        column = [1.0 / root[i][i]]
        for j in range(i + 1, len(root)):
            column.append(-sum(map(mul, root[j][i:j], column)) / root[j][j])
        columns.append(column)
    return columns


def right(columns: list[list[float]], held: list[str]) -> tuple[int, int]:
    """How many values come first, and among the first three, when their source is left out."""
    values, size = sorted(set(held)), len(held)
    scores: list[dict[str, float]] = [{} for _ in held]
    own = [sum(map(mul, column, column)) for column in columns]
    for value in values:
        share = held.count(value) / size
        wanted = [(one == value) - share for one in held]
        turned = [0.0] * size
        for i, column in enumerate(columns):
            for j, part in enumerate(column, i):
                turned[j] += part * wanted[i]
        for i, column in enumerate(columns):
            multiplier = sum(map(mul, column, turned[i:]))
            scores[i][value] = wanted[i] - multiplier / own[i]
            scores[i][value] += share
    ranked = [sorted(values, key=lambda value, i=i: -scores[i][value]) for i in range(size)]
    pairs = list(zip(held, ranked, strict=True))
    return sum(r[0] == h for h, r in pairs), sum(h in r[:3] for h, r in pairs)


def later(data: Data, share: float, topics: bool) -> None:
    """Learn from the sources captured first, ask about those that came after."""

    def day(source: Source) -> str:
        found = re.search(r"SOURCE-(\d{8})", source.stem)
        return found[1] if found else ""

    ordered = sorted(data.sources, key=day)
    cut = int(len(ordered) * share)
    tally = Tally()
    ask(data, data.learn(ordered[:cut]), ordered[cut:], tally, topics)
    tally.tell(f"learnt from {cut} before {day(ordered[cut])}", ordered[cut:])


def swapped(data: Data, share: float, seed: int) -> None:
    """Give some sources another category and look for them."""
    lot = random.Random(seed)
    values = sorted({source.text(FIELDS.category) for source in data.sources})
    wrong = {s.name for s in lot.sample(data.sources, int(len(data.sources) * share))}
    sources = [
        source._replace(
            fields={
                **source.fields,
                FIELDS.category: lot.choice(
                    [value for value in values if value != source.text(FIELDS.category)]
                ),
            }
        )
        if source.name in wrong
        else source
        for source in data.sources
    ]
    model = data.learn(sources)
    chances = {
        s.name: model.chances(s, data.features[s.name], FIELDS.category)[s.text(FIELDS.category)]
        for s in sources
    }
    ranked = sorted(chances, key=lambda name: chances[name])
    doubtful = [name for name in ranked if chances[name] < DOUBT]
    first = ranked[: len(wrong)]
    write(
        f"{len(wrong)} of {len(sources)} categories swapped: has:doubt finds {len(doubtful)}, "
        f"{len(wrong.intersection(doubtful))} of the swapped among them; of the first "
        f"{len(first)}, {len(wrong.intersection(first))} are swapped"
    )


def orders(data: Data) -> None:
    """Learn the same decisions in several orders and ways, and ask about others."""
    first: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for seed in SEEDS:
        lessons, asked = held_out(data, seed)
        by_category = sorted(lessons, key=lambda source: source.text(FIELDS.category))
        ways = {
            "together, shuffled": together(data, lessons),
            "together, by category": together(data, by_category),
            "together, by category, backwards": together(data, by_category[::-1]),
            "one by one, shuffled": one_by_one(data, lessons),
            "one by one, by category": one_by_one(data, by_category),
            "one by one, by category, backwards": one_by_one(data, by_category[::-1]),
        }
        answers = {way: [learner.of(source) for source in asked] for way, learner in ways.items()}
        usual = answers["together, shuffled"]
        for way, found in answers.items():
            for source, one, other in zip(asked, found, usual, strict=True):
                if one is not None and other is not None:
                    value = one.category[0].value
                    first[way] += value == source.text(FIELDS.category)
                    alike[way] += value == other.category[0].value
    total = ASKED * len(SEEDS)
    for way in first:
        write(f"  {way:36} first {first[way] / total:.3f}  as shuffled {alike[way] / total:.3f}")


def held_out(data: Data, seed: int) -> tuple[list[Source], list[Source]]:
    """Sources to learn from and sources to ask about, by lot."""
    lot = random.Random(seed).sample(data.sources, len(data.sources))
    return lot[ASKED:], lot[:ASKED]


def learner_of(data: Data, sources: dict[str, Source], confirmed: Collection[str] = ()) -> Learner:
    """What the app learns with, of which no source holds a body of its own."""
    pairs = {(name, field) for name in confirmed for field in (FIELDS.category, FIELDS.tier)}
    by_hand = Chosen(pairs) if pairs else nobody()
    learner = Learner(load_schema(), lambda _: "", sources.values, sources.get, by_hand)
    learner._features = lambda source: dict(data.features[source.name])  # type: ignore[method-assign]
    learner.in_background = True
    return learner


def together(data: Data, lessons: Sequence[Source]) -> Learner:
    """What is learnt at a start from decisions that were written in this order."""
    sources = {source.name: triaged(source, at) for at, source in enumerate(lessons)}
    learner = learner_of(data, sources)
    learner.settle()
    return learner


def one_by_one(data: Data, lessons: Sequence[Source]) -> Learner:
    """What is learnt from decisions that are made in this order while the app is open."""
    sources: dict[str, Source] = {}
    learner = learner_of(data, sources)
    learner.settle()
    for at, source in enumerate(lessons):
        sources[source.name] = triaged(source, at)
        learner.note(source.name)
        learner.settle()
    return learner


def triaged(source: Source, at: int) -> Source:
    """The source as it was decided, written at that time."""
    return source._replace(fields={**source.fields, "status": "triaged"}, stamp=Stamp(1, at, at))


def calibration(data: Data, count: int) -> None:
    """How often is right what says it is how sure, learnt from so many decisions."""
    for name in (FIELDS.category, FIELDS.tier):
        bands: dict[int, list[tuple[float, bool]]] = {}
        for seed in SEEDS:
            lessons, asked = held_out(data, seed)
            model = data.learn(lessons[:count])
            for source in asked:
                chances = model.chances(source, data.features[source.name], name)
                best = max(chances, key=lambda value: chances[value])
                said = chances[best]
                bands.setdefault(int(10 * said), []).append((said, best == source.text(name)))
        total = sum(map(len, bands.values()))
        off = 0.0
        write(f"{name}, {count} learnt, {total} asked about")
        for band in sorted(bands):
            said = sum(said for said, _ in bands[band]) / len(bands[band])
            right = sum(right for _, right in bands[band]) / len(bands[band])
            off += len(bands[band]) * abs(said - right)
            write(f"  {len(bands[band]):4} say {said:.2f}: {right:.2f} are right")
        write(f"  off by {off / total:.3f} (expected calibration error)")


def wrong_guesses(data: Data, share: float) -> None:
    """Confirm some values, have a share of all others wrong, and ask about held-out sources."""
    for way in ("as decisions", "as guesses"):
        tally, spent, held = Tally(), 0.0, list[Source]()
        for seed in SEEDS:
            lot = random.Random(seed)
            lessons, asked = held_out(data, seed)
            held += asked
            own = {source.name for source in lessons[:CONFIRMED]}
            values = {
                name: sorted({source.text(name) for source in data.sources})
                for name in (FIELDS.category, FIELDS.tier)
            }
            guesses = [_guessed(source, share, values, lot) for source in lessons[CONFIRMED:]]
            sources = {
                source.name: triaged(source, at)
                for at, source in enumerate((*lessons[:CONFIRMED], *guesses))
            }
            learner = learner_of(data, sources, own if way == "as guesses" else ())
            began = time.process_time()
            learner.settle()
            spent += time.process_time() - began
            for source in asked:
                bare = without_topics(source)
                found = learner._model and learner._model.suggest(bare, data.features[source.name])
                if found:
                    tally.add(source, found)
        tally.tell(f"{CONFIRMED} confirmed, the others count {way}", held)
        write(f"  learnt in {spent / len(SEEDS):.2f} s of CPU")


def _guessed(
    source: Source, share: float, values: dict[str, list[str]], lot: random.Random
) -> Source:
    """The source with values that a script guessed, a share of them wrong."""
    wrong = {
        name: lot.choice([value for value in all_values if value != source.text(name)])
        for name, all_values in values.items()
        if lot.random() < share
    }
    return source._replace(fields={**source.fields, **wrong})


def cost(vault: Path, count: int) -> None:
    """What learning and asking cost in CPU among made sources, all of them decided."""
    made = list(Maker(like_vault(vault), 1).make(count))
    bodies = {one.name: one.body for one in made}
    sources = {one.name: _decided(one, number) for number, one in enumerate(made)}
    schema = load_schema()
    learner = Learner(schema, lambda s: bodies[s.name], sources.values, sources.get, nobody())
    learner.in_background = True
    began, longest, last = time.process_time(), 0.0, time.process_time()
    for _ in learner.steps():
        now = time.process_time()
        longest, last = max(longest, now - last), now
    total = time.process_time() - began
    write(f"{count} sources: {total:.2f} s of steps, the longest {longest * 1000:.1f} ms")
    timed = []
    for source in list(sources.values())[:500]:
        began = time.process_time()
        learner.of(source)
        timed.append((time.process_time() - began) * 1000)
    timed.sort()
    write(f"  a suggestion: median {timed[250]:.2f} ms, p95 {timed[475]:.2f} ms")
    timed, whole = [], list[float]()
    for source in list(sources.values())[:200]:
        learner.note(source.name)
        steps = learner.steps()
        began = time.process_time()
        next(steps)
        timed.append((time.process_time() - began) * 1000)
        for _ in steps:
            pass
        whole.append((time.process_time() - began) * 1000)
    timed.sort()
    whole.sort()
    write(
        f"  a decision taken in: median {timed[100]:.2f} ms, p95 {timed[190]:.2f} ms; "
        f"with others fitted again {whole[100]:.2f} ms"
    )


def _decided(made: Made, number: int) -> Source:
    fields = {**made.fields, "status": "triaged"}
    return Source(Path("/made"), made.name, fields, made.fields["title"], None, Stamp(1, number, 1))


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--anew", type=int)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--decided", action="store_true")
    parser.add_argument("--later", type=float)
    parser.add_argument("--swapped", type=float)
    parser.add_argument("--orders", action="store_true")
    parser.add_argument("--calibration", type=int)
    parser.add_argument("--wrong", type=float)
    parser.add_argument("--cost", type=int)
    given = parser.parse_args()
    if given.cost:
        cost(given.vault, given.cost)
        return
    data = read(given.vault, frozenset(given.without), decided=given.decided)
    topics = FIELDS.topics in given.without
    if given.later:
        later(data, given.later, topics)
    elif given.swapped:
        for seed in (1, 2, 3):
            swapped(data, given.swapped, seed)
    elif given.orders:
        orders(data)
    elif given.calibration:
        calibration(data, given.calibration)
    elif given.wrong is not None:
        wrong_guesses(data, given.wrong)
    elif given.anew:
        learnt_anew(data, given.anew, topics)
    else:
        leave_one_out(data, topics)


if __name__ == "__main__":
    main()
