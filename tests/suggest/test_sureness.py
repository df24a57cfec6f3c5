"""How sure a suggestion says it is, and what it gives as its reason."""

import random
from pathlib import Path

import pytest

from tests.suggest.made import Made, decided, mislabelled, source, themed, with_category
from tui.suggest.features import features_of
from tui.suggest.model import Fields, Lesson, Model
from tui.suggest.suggestions import Suggestion
from tui.vault.vault import Vault

CORPUS = Path("../shared/corpus")
CATEGORY = "notebooklm_category"


def share(answers, floor):
    """Of answers that say they are that sure: how sure they are, and the share that is right."""
    sure = [(said, right) for said, right in answers if said >= floor]
    said, right = (sum(column) / max(1, len(sure)) for column in zip(*sure, strict=True))
    return said, right


@pytest.mark.parametrize("wrong", [0.0, 0.2, 0.4])
@pytest.mark.parametrize("count", [30, 60, 200])
def test_of_what_says_it_is_sure_most_is_right_however_doubtful_the_decisions_were(wrong, count):
    made = Made(*mislabelled(count, wrong))
    answers = []
    for one in mislabelled(300, wrong, seed=2):
        best = made.learner.of(one).category[0]
        answers.append((best.sureness, best.value == one.text(CATEGORY)))
    if any(said >= 0.8 for said, _ in answers):
        said, right = share(answers, 0.8)
        assert right > said - 0.1


@pytest.mark.skipif(not CORPUS.is_dir(), reason="these are other people's texts")
def test_a_sureness_is_the_share_of_real_sources_that_it_is_right_about(tmp_path):
    vault = Vault(CORPUS, tmp_path)
    fields = Fields(CATEGORY, "signal_tier", "topics", {})
    every = [one for one in vault.sources if len(fields.labels(one)) == 2]
    features = {one.name: features_of(one, vault.read_body(one)) for one in every}
    answers = []
    for seed in range(3):
        random.Random(seed).shuffle(every)
        model = Model(fields)
        lessons = [Lesson(one, 1.0) for one in every[200:]]
        for _ in model.build(lessons, lambda one: features[one.name]):
            pass
        for one in every[:200]:
            best = model.suggest(one, features[one.name]).category[0]
            answers.append((best.sureness, best.value == one.text(CATEGORY)))
    for floor in (0.0, 0.6, 0.8, 0.9):
        said, right = share(answers, floor)
        assert right == pytest.approx(said, abs=0.05)


def test_nothing_is_said_to_be_certain():
    assert Suggestion("general", 0.9999, 9, 9).percent == "99 %"
    assert Suggestion("general", 0.0001, 0, 9).percent == "1 %"
    made = Made(*decided())
    assert all(one.sureness < 1 for one in made.learner.of(source(90, "roses")).category)


def test_the_nearest_are_counted_only_where_most_of_them_agree():
    assert Suggestion("general", 0.5, 5, 9, ("roses",)).reason == "50 %  roses  5 of 9 nearest"
    assert Suggestion("general", 0.5, 4, 9, ("roses",)).reason == "50 %  roses"
    assert Suggestion("general", 0.5, 1, 1).reason == "50 %"
    made = Made(*mislabelled(200, 0.3))
    for one in themed(50, seed=2):
        for suggestion in made.learner.of(one).category:
            agrees = 2 * suggestion.near > suggestion.of
            assert ("nearest" in suggestion.reason) == agrees


def test_guesses_are_not_counted_among_the_nearest_decided():
    guesses = [source(50 + n, f"roses in spring {n}", "general") for n in range(9)]
    made = Made(*decided(), *guesses)
    found = made.learner.of(source(90, "roses in spring")).category
    near = {one.value: one.near for one in found}
    assert near["general"] == 0
    assert near["career-growth"] > 0


def test_what_weighs_most_is_named_though_it_is_no_word():
    lessons = [
        source(n, f"notes {n}", "general" if n % 2 else "coding-tools", status="triaged",
               platform="podcast" if n % 2 else "arxiv")
        for n in range(40)
    ]  # fmt: skip
    best = Made(*lessons).learner.of(source(90, "notes", platform="arxiv")).category[0]
    assert (best.value, best.words[0]) == ("coding-tools", "on arxiv")


def test_the_words_given_are_those_without_which_the_sureness_falls_most():
    made = Made(*themed(150))
    for one in themed(40, seed=2):
        best = made.learner.of(one).category[0]
        words = one.title.split()

        def without(word, best=best, words=words, one=one):
            rest = " ".join(other for other in words if other != word)
            asked = one._replace(name="other.md", fields={**one.fields, "title": rest})
            found = made.learner.of(asked._replace(heading=rest)).category
            return next((s.sureness for s in found if s.value == best.value), 0.0)

        assert without(best.words[0]) <= min(map(without, words)) + 0.08


def test_a_source_s_own_decision_is_not_among_its_reasons():
    lessons = themed(150)
    odd = with_category(source(9_000, "violin opera chorus bassoon"), "general")
    odd = odd._replace(fields={**odd.fields, "status": "triaged"})
    made = Made(*lessons, odd)
    found = made.learner.of(odd).category
    assert found[0].value == "vibe-coding"
    assert "bassoon" not in [word for one in found for word in one.words]
