from pathlib import Path
from types import ModuleType

import pytest

from tests.search import half_remembered, misremembered
from tests.search.made import lookup
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
