"""Sources of four themes, held in memory, and what is learnt of their notebooks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.notebooks.learner import NotebookLearner
from tui.notebooks.model import Ranked
from tui.triage.schema import Schema, load_schema
from tui.vault.source import Source, Stamp

THEMES = {
    "01 Rose gardens": "roses compost soil spring pruning apple garden seeds bulbs meadow hedge",
    "Steam engines": "pistons turbine steel valves oil engine gears boiler rivets lathe furnace",
    "Harbours & tides": "harbour sails tide anchor lighthouse rope deck mast gulls ferry pier",
    "Opera": "violin opera chorus cello tenor ballad encore sonata drums waltz score",
}
"""By notebook: words of its sources."""
_ANYWHERE = ["what", "everybody", "should", "know"]
SCHEMA = load_schema()


def source(name: str, title: str, *notebooks: str, **fields: object) -> Source:
    """One source."""
    header = {"title": title, "status": "triaged", **fields}
    if notebooks:
        header["notebooks"] = list(notebooks)
    return Source(Path("/made"), f"{name}.md", header, "", None, Stamp(1, 1, 1))


def themed(count: int, seed: int = 1, share: float = 0.6) -> list[Source]:
    """Sources in their notebooks, so many of each, ``share`` of their words of its theme."""
    lot = random.Random(seed)
    every = " ".join(THEMES.values()).split()
    made = []
    for notebook, theme in THEMES.items():
        for number in range(count):
            words = [lot.choice(theme.split() if lot.random() < share else every) for _ in range(5)]
            name = f"{seed}-{notebook}-{number:03}"
            made.append(source(name, " ".join([*_ANYWHERE, *words]), notebook))
    return made


def bare(one: Source) -> Source:
    """The source in no notebook."""
    return into(one)


def into(one: Source, *notebooks: str) -> Source:
    """The source in these notebooks only."""
    fields = {name: value for name, value in one.fields.items() if name != "notebooks"}
    return one._replace(fields={**fields, **({"notebooks": [*notebooks]} if notebooks else {})})


class Made:
    """Sources that can be changed, and what was learnt from them."""

    def __init__(self, *sources: Source, schema: Schema = SCHEMA, background: bool = False) -> None:
        self.sources = {one.name: one for one in sources}
        self.learner = NotebookLearner(schema, lambda _: "", self._all, self.sources.get)
        self.learner.in_background = background

    def _all(self) -> Iterator[Source]:
        return iter(tuple(self.sources.values()))

    def put(self, *changed: Source) -> None:
        """Change sources, or add some."""
        for one in changed:
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

    def of(self, one: Source) -> Ranked:
        """The notebooks for a source."""
        found = self.learner.of(bare(one))
        assert found is not None
        return found

    def names(self, one: Source) -> list[str]:
        """The names of the notebooks for a source, best first."""
        return [name for name, _ in self.of(one).notebooks]

    def right(self, asked: Sequence[Source]) -> float:
        """The share of sources whose notebook comes first."""
        return sum(self.names(s)[0] == s.listed("notebooks")[0] for s in asked) / len(asked)
