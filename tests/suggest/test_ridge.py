"""The arithmetic below suggestions, beside the same worked out directly."""

import pytest

from tui.suggest.exact import solve
from tui.suggest.lexicon import Lexicon
from tui.suggest.ridge import Example, Ridge, shares

TEXTS = ("a b", "a c", "b c d", "d e", "e a", "c e", "b d", "a d e")
LABELS = (("f", "x"), ("f", "y"))


def learnt():
    lexicon = Lexicon()
    features = [dict.fromkeys(text.split(), 1.0) for text in TEXTS]
    for one in features:
        lexicon.count(one)
    examples = [
        Example(str(n), lexicon.vector(one), (LABELS[n % 2],)) for n, one in enumerate(features)
    ]
    ridge = Ridge(shares(examples))
    for _ in range(400):
        for one in examples:
            ridge.fit(one)
    return ridge, examples


def test_a_fitted_example_is_missed_by_its_multiplier_times_its_cost():
    ridge, examples = learnt()
    column = ridge.columns[LABELS[0]]
    for one in examples:
        wanted = 1.0 if one.value("f") == "x" else 0.0
        missed = wanted - ridge.scores(one.vector)[column]
        assert missed == pytest.approx(one.cost * one.multipliers[column], abs=1e-6)


def test_what_was_learnt_is_forgotten_without_a_trace():
    ridge, examples = learnt()
    for one in examples:
        ridge.unfit(one)
    usual = ridge.by_value(ridge.scores(examples[0].vector), "f")
    assert usual == pytest.approx({"x": 0.5, "y": 0.5})


def test_what_was_learnt_before_a_new_label_came_is_forgotten_too():
    ridge, examples = learnt()
    new = Example("new", examples[0].vector, (("f", "z"),))
    ridge.fit(new)
    for one in [*examples, new]:
        ridge.unfit(one)
    usual = ridge.by_value(ridge.scores(examples[0].vector), "f")
    assert usual == pytest.approx({"x": 0.5, "y": 0.5, "z": 0.0})


def test_the_estimate_without_an_example_is_nearer_to_learning_without_it_than_the_score_is():
    ridge, examples = learnt()
    ridge.weigh(examples)
    estimated = [
        ridge.by_value(ridge.without(one, ridge.scores(one.vector)), "f")["x"] for one in examples
    ]
    real = []
    for one in examples:
        ridge.unfit(one)
        others = [other for other in examples if other is not one]
        for _ in range(400):
            for other in others:
                ridge.fit(other)
        real.append(ridge.by_value(ridge.scores(one.vector), "f")["x"])
        ridge.fit(one)
    with_it = [ridge.by_value(ridge.scores(one.vector), "f")["x"] for one in examples]
    off = sum(abs(a - b) for a, b in zip(estimated, real, strict=True))
    assert off < 0.7 * sum(abs(a - b) for a, b in zip(with_it, real, strict=True))


def test_several_labels_of_one_field_are_learnt_all():
    lexicon = Lexicon()
    features = [dict.fromkeys(text.split(), 1.0) for text in TEXTS]
    for one in features:
        lexicon.count(one)
    x, y = LABELS
    both = Example("both", lexicon.vector(features[0]), (x, y))
    ridge = Ridge({("f", "z"): 0.5})
    for _ in range(400):
        ridge.fit(both)
    found = ridge.by_value(ridge.scores(both.vector), "f")
    assert found["x"] == pytest.approx(found["y"])
    assert found["x"] > 0.5 > found["z"]


@pytest.mark.parametrize("block", [100, 3, 1])
def test_the_exact_solution_is_what_many_rounds_come_to(block):
    ridge, examples = learnt()
    wanted = [ridge.by_value(ridge.scores(one.vector), "f") for one in examples]
    for one in examples:
        ridge.unfit(one)
    for _ in range(1 if block == 100 else 8):
        for _ in solve(ridge, examples, block=block):
            pass
    found = [ridge.by_value(ridge.scores(one.vector), "f") for one in examples]
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other, abs=1e-6 if block == 100 else 1e-3)


def test_after_the_exact_solution_the_score_without_an_example_is_exact():
    ridge, examples = learnt()
    for _ in solve(ridge, examples):
        pass
    for one in examples:
        estimated = ridge.without(one, ridge.scores(one.vector))
        ridge.unfit(one)
        others = [other for other in examples if other is not one]
        for _ in solve(ridge, others):
            pass
        assert estimated == pytest.approx(ridge.scores(one.vector), abs=1e-6)
        for _ in solve(ridge, examples):
            pass


def test_an_example_that_is_forgotten_during_the_solution_leaves_no_trace():
    ridge, examples = learnt()
    gone = examples[0]
    ridge.unfit(gone)
    for _ in solve(ridge, examples, lambda example: example is not gone):
        pass
    assert not any(gone.multipliers)
    for one in examples[1:]:
        ridge.unfit(one)
    usual = ridge.by_value(ridge.scores(gone.vector), "f")
    assert usual == pytest.approx({"x": 0.5, "y": 0.5})
