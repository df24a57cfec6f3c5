from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from tests.search import further, half_remembered, misremembered
from tests.search.half_remembered import Question
from tests.search.made import lookup
from tui.search.lookup import Lookup
from tui.vault.vault import Vault

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SEEDS = Path(__file__).parents[2] / "seeds"


MAKERS = pytest.mark.parametrize("maker", [half_remembered, misremembered])


def recall(
    maker: ModuleType, folder: Path, state: Path, seed: int, each: int
) -> tuple[float, float, int]:
    sources = Vault(folder, state).sources
    made = lookup(sources)
    questions = list(maker.make_questions(sources, seed, each))
    first = five = 0
    for question in questions:
        names = [hit.source.name for hit in made.find(question.query, limit=5)]
        first += names[:1] != [] and names[0] in question.answers
        five += not question.answers.isdisjoint(names)
    return first / len(questions), five / len(questions), len(questions)


@MAKERS
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_real_sources_are_found_from_half_remembered_queries_of_every_kind(tmp_path, maker):
    first, five, asked = recall(maker, CORPUS, tmp_path, seed=4, each=8)
    assert asked == 8 * len(maker.KINDS)
    assert first >= 0.97
    assert five >= 0.99


@MAKERS
def test_the_sample_sources_are_found_from_half_remembered_queries(tmp_path, maker):
    first, five, asked = recall(maker, SEEDS, tmp_path, seed=4, each=8)
    assert asked > 100
    assert first >= 0.97
    assert five >= 0.99


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_real_sources_are_found_by_uneven_beginnings_and_by_what_is_said_wrong(tmp_path):
    sources = [*Vault(CORPUS, tmp_path).sources, *further.made_sources()]
    made = lookup(sources)
    found = by_kind(made, further.make_questions(sources, 4, 20))
    for kind in further.KINDS.keys() - {"paraphrase", "wrong creator"}:
        first, five = found[kind]
        assert (first, five) >= (0.95, 0.95), kind
    assert all(five >= 0.9 for _, five in found.values())


def test_made_sources_in_every_script_and_with_every_sign_are_found_first():
    sources = further.made_sources()
    found = by_kind(lookup(sources), further.make_questions(sources[:0], 4, 20))
    assert found == dict.fromkeys([*(s.kind for s in further.SCRIPTS), "guest"], (1.0, 1.0))


def by_kind(made: Lookup, questions: Iterable[Question]) -> dict[str, tuple[float, float]]:
    """By kind: the share of right sources that come first, and in the first five."""
    places = defaultdict(list)
    for question in questions:
        names = [hit.source.name for hit in made.find(question.query, limit=5)]
        places[question.kind].append([name in question.answers for name in names])
    return {
        kind: (
            sum(place[:1] == [True] for place in found) / len(found),
            sum(map(any, found)) / len(found),
        )
        for kind, found in places.items()
    }
