"""Sources that speak of gardens or of engines, held in memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from tui.suggest.by_hand import ByHand
from tui.suggest.learner import Learner
from tui.triage.schema import load_schema
from tui.vault.history.journal import Journal
from tui.vault.source import Problem, Source, Stamp

ROOT = Path("/made")
GARDEN = ("roses in spring", "pruning apple trees", "soil and roses", "compost for roses",
          "watering apple trees", "spring soil", "roses and compost")  # fmt: skip
ENGINE = ("pistons at work", "a turbine of steel", "steel pistons", "oil for the turbine",
          "valves and pistons", "turbine valves", "oil and steel")  # fmt: skip
THEMES = {
    "career-growth": "roses compost soil spring pruning apple garden seeds bulbs meadow",
    "coding-tools": "pistons turbine steel valves oil engine gears boiler rivets lathe",
    "general": "harbour sails tide anchor lighthouse rope deck mast gulls ferry",
    "vibe-coding": "violin opera chorus cello tenor ballad encore sonata drums waltz",
}
"""By category: words of its sources."""
SCHEMA = load_schema()


def source(number: int, title: str, category: str = "", **fields: object) -> Source:
    """One source; raw and without topics unless told otherwise."""
    header = {
        "id": f"SOURCE-{number}",
        "title": title,
        "status": "raw",
        "signal_tier": "tactical",
        "notebooklm_category": category,
        "topics": [],
        **fields,
    }
    return Source(ROOT, f"{number:03}.md", header, title, None, Stamp(1, number, number))


def broken(one: Source) -> Source:
    """The source with a header that cannot be read."""
    return one._replace(problem=Problem("line 2 cannot be read", 2))


def nobody() -> ByHand:
    """Knows of no value that a person set it."""
    return ByHand(
        Journal(ROOT), lambda *_: False, (), lambda _: {""}, lambda _: (), ROOT / "by_hand.json"
    )


class Chosen(ByHand):
    """Knows which fields of which sources a person confirmed; a named script set the others."""

    def __init__(self, confirmed: Collection[tuple[str, str]]) -> None:
        file = ROOT / "by_hand.json"
        super().__init__(Journal(ROOT), lambda *_: False, (), lambda _: {""}, lambda _: (), file)
        self.confirmed = set(confirmed)

    def holds(self, source: Source, field: str) -> bool:
        """Whether a person confirmed it."""
        return (source.name, field) in self.confirmed

    def is_theirs(self, source: Source, field: str) -> bool:
        """Whether a script set it."""
        return (source.name, field) not in self.confirmed


class Made:
    """Sources that can be changed, and what was learnt from them."""

    def __init__(
        self, *sources: Source, background: bool = False, by_hand: ByHand | None = None
    ) -> None:
        self.sources = {one.name: one for one in sources}
        by_hand = by_hand or nobody()
        self.learner = Learner(SCHEMA, lambda _: "", self._all, self._find, by_hand)
        self.find: Callable[[str], Source | None] = self.sources.get
        """How a source is found by its name."""
        self.learner.in_background = background

    def _all(self) -> Iterator[Source]:
        return iter(tuple(self.sources.values()))

    def _find(self, name: str) -> Source | None:
        return self.find(name)

    def put(self, one: Source) -> None:
        """Change a source, or add one."""
        self.sources[one.name] = one
        self.learner.note(one.name)

    def drop(self, name: str) -> None:
        """Delete a source."""
        del self.sources[name]
        self.learner.note(name)

    def learn(self) -> None:
        """Do what a thread would do."""
        for _ in self.learner.steps():
            pass


def decided() -> list[Source]:
    """Fourteen decided sources: gardens are career-growth and noise, engines coding-tools."""
    gardens = [
        source(n, title, "career-growth", status="triaged", signal_tier="noise", topics=["plants"])
        for n, title in enumerate(GARDEN, 1)
    ]
    engines = [
        source(n, title, "coding-tools", status="triaged", topics=["machines", "metal"])
        for n, title in enumerate(ENGINE, 20)
    ]
    return gardens + engines


def themed(count: int, seed: int = 1) -> list[Source]:
    """Decided sources of four themes, two words in five from anywhere, in order of category."""
    lot = random.Random(seed)
    every = " ".join(THEMES.values()).split()
    made = []
    for number in range(count):
        category = lot.choice(list(THEMES))
        words = [*lot.choices(THEMES[category].split(), k=3), *lot.choices(every, k=2)]
        title = ["what", "everybody", "should", "know", "about", *words]
        made.append((category, number, " ".join(title)))
    return [
        source(1_000 * seed + number, title, category, status="triaged")
        for category, number, title in sorted(made)
    ]


def written_in_turn(sources: Sequence[Source]) -> list[Source]:
    """The sources as they are when each was written after the one before it."""
    return [s._replace(stamp=Stamp(1, at, at)) for at, s in enumerate(sources, 1)]


def mislabelled(count: int, share: float, seed: int = 1) -> list[Source]:
    """Themed sources, a share of which got a category by lot."""
    lot = random.Random(seed)
    return [
        with_category(one, lot.choice(list(THEMES))) if lot.random() < share else one
        for one in themed(count, seed)
    ]


def with_category(one: Source, category: str) -> Source:
    """The source with another category."""
    return one._replace(fields={**one.fields, "notebooklm_category": category})
