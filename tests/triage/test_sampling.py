"""What a sample says about its group."""

from collections import Counter
from math import comb
from random import Random

import pytest

from tui.errors import SampleRefused, SchemaError
from tui.triage.sampling import (
    SampleRules,
    draw,
    interval,
    most_wrong,
    most_wrong_of_rest,
)
from tui.triage.schema import load_schema
from tui.triage.verdict import Verdict

DRAWS = 10_000
NOMINAL, LEAST = 0.95, 0.94


def test_nineteen_of_twenty_right_is_at_most_22_per_cent_wrong():
    verdict = Verdict(group=151, drawn=20, wrong=1)
    assert verdict.sentence == "19 of 20 right: at most 22 % wrong (95 %)"
    assert verdict.rest == 131
    verdict.check(load_schema().sample)


@pytest.mark.parametrize(
    ("wrong", "drawn", "bound"),
    # Of none wrong it is 1 - 0.05 ** (1 / n), and with one more known from tables.
    [(0, 20, 0.13911), (0, 59, 0.04951), (1, 20, 0.21611), (2, 20, 0.28262), (5, 100, 0.10225)],
)
def test_the_bound_is_the_exact_one(wrong, drawn, bound):
    assert most_wrong(wrong, drawn) == pytest.approx(bound, abs=1e-5)
    tail = sum(comb(drawn, n) * bound**n * (1 - bound) ** (drawn - n) for n in range(wrong + 1))
    assert tail == pytest.approx(0.05, abs=1e-4)


def test_the_interval_has_the_tables_values_and_its_ends():
    assert interval(59, 100) == pytest.approx((0.48714, 0.68738), abs=1e-5)
    assert interval(0, 20) == pytest.approx((0.0, 0.16843), abs=1e-5)
    assert interval(20, 20)[1] == most_wrong(20, 20) == 1.0
    assert most_wrong(0, 0) == 1.0


@pytest.mark.parametrize("drawn", [5, 20, 60])
def test_the_bound_is_right_in_94_of_100_draws_whatever_the_true_rate(drawn):
    chance = Random(16)
    for percent in (0, 1, 2, 5, 8, 13, 20, 21, 22, 30, 41, 50, 59, 75, 90, 99, 100):
        rate = percent / 100
        right = sum(
            rate <= most_wrong(sum(chance.random() < rate for _ in range(drawn)), drawn)
            for _ in range(DRAWS)
        )
        assert right / DRAWS >= LEAST, rate


@pytest.mark.parametrize("group", [21, 24, 40, 150, 151, 1148])
def test_it_is_right_for_finite_groups_drawn_from_without_replacement(group):
    names = [f"s{number}" for number in range(group)]
    for percent in (0, 1, 5, 10, 20, 22, 35, 59, 80, 100):
        bad = set(names[: round(group * percent / 100)])
        share, right, rest_right = len(bad) / group, 0, 0
        for seed in range(DRAWS // 10):
            wrong = len(bad.intersection(draw(names, 20, seed)))
            right += share <= most_wrong(wrong, 20)
            rest_right += len(bad) - wrong <= most_wrong_of_rest(wrong, 20, group)
        assert right / (DRAWS // 10) >= LEAST, (group, percent)
        assert rest_right / (DRAWS // 10) >= LEAST - 0.01, (group, percent)


def test_the_same_of_every_possible_draw_of_small_groups():
    for group, drawn in ((12, 5), (25, 20), (60, 20)):
        for bad in range(group + 1):
            right = rest_right = 0.0
            for wrong in range(max(0, drawn - group + bad), min(bad, drawn) + 1):
                ways = comb(bad, wrong) * comb(group - bad, drawn - wrong) / comb(group, drawn)
                right += ways * (bad / group <= most_wrong(wrong, drawn))
                rest_right += ways * (bad - wrong <= most_wrong_of_rest(wrong, drawn, group))
            assert min(right, rest_right) >= NOMINAL - 1e-9, (group, drawn, bad)


def test_a_draw_takes_each_at_most_once_and_all_equally_often():
    names = [f"s{number}" for number in range(30)]
    counts = Counter(name for seed in range(6_000) for name in draw(names, 5, seed))
    assert set(counts) == set(names)
    # Each is expected 1,000 times, with a standard deviation of 29.
    assert all(850 < count < 1_150 for count in counts.values())
    firsts = Counter(draw(names, 5, seed)[0] for seed in range(6_000))
    assert all(130 < firsts[name] < 275 for name in names)
    assert all(len(set(draw(names, 5, seed))) == 5 for seed in range(100))


def test_a_seed_draws_the_same_whatever_the_order_and_never_more_than_there_are():
    names = ["c", "a", "b", "d"]
    assert draw(names, 3, "x") == draw(reversed(names), 3, "x")
    assert sorted(draw(names, 20, 1)) == ["a", "b", "c", "d"]
    assert draw([], 20) == []
    assert len({tuple(draw(names, 4)) for _ in range(200)}) > 1


def test_the_rest_is_refused_when_too_much_could_be_wrong():
    rules = SampleRules()
    with pytest.raises(SampleRefused) as refused:
        Verdict(150, 20, 2).check(rules)
    assert str(refused.value).startswith(
        "18 of 20 right: at most 29 % wrong (95 %); the limit is 25 %, so the other 130 were not"
    )
    with pytest.raises(SampleRefused, match="None was judged"):
        Verdict(150, 0, 0).check(rules)
    Verdict(20, 20, 4).check(rules)
    assert Verdict(20, 20, 1).sentence == "19 of 20 right: all were checked"


# Several looks


def test_drawing_more_counts_the_looks_before():
    rules, group = SampleRules(), 1_148
    first = Verdict(group, 20, 2)
    assert not first.accepts(rules)
    second = Verdict(group, 40, 4, (first.look(rules),))
    assert second.sentence == "36 of 40 right: at most 24 % wrong (95 %)"
    assert second.accepts(rules)
    # As if nobody had looked before, it would be less.
    assert most_wrong(4, 40) < second.most_wrong
    third = Verdict(group, 60, 9, (first.look(rules), second.look(rules)))
    assert third.earlier == ((20, 1), (40, 4)) and not third.accepts(rules)


def test_what_was_drawn_and_not_judged_counts_as_wrong():
    rules = SampleRules()
    verdict = Verdict(151, 19, 0, missing=1)
    assert verdict.sentence == "19 of 19 right, 1 not judged: at most 22 % wrong (95 %)"
    assert verdict.accepts(rules) and verdict.rest == 132
    with pytest.raises(SampleRefused, match="Judge 6 sources more"):
        Verdict(151, 14, 0, missing=6).check(rules)
    # All of a small group were drawn: nothing is left to chance.
    with pytest.raises(SampleRefused, match="Judge the other 5"):
        Verdict(20, 15, 0, missing=5).check(rules)


def test_of_a_small_group_it_says_how_many():
    verdict = Verdict(32, 20, 0)
    assert verdict.sentence == "20 of 20 right: at most 2 of the other 12 wrong (95 %)"
    with pytest.raises(SampleRefused, match=r"at most 46 % wrong .*; the limit is 25 %"):
        Verdict(32, 20, 5).check(SampleRules())


@pytest.mark.parametrize("size", [5, 20])
def test_who_draws_more_until_it_is_accepted_is_wrong_in_at_most_5_of_100(size):
    rules, looks = SampleRules(size), ()
    for number in range(1, 7):
        looks += (Verdict(100_000, size * number, 0, looks).look(rules),)
    for percent in (10, 15, 20, 21.7, 22, 24, 24.9, 25.1, 26, 28, 31, 40):
        share, going, wrong_claims, before = percent / 100, {0: 1.0}, 0.0, 0
        for number, (drawn, most) in enumerate(looks):
            after = Counter()
            for wrong, chance in going.items():
                for new in range(drawn - before + 1):
                    ways = comb(drawn - before, new) * share**new
                    after[wrong + new] += chance * ways * (1 - share) ** (drawn - before - new)
            for wrong in range(most + 1):
                claimed = Verdict(100_000, drawn, wrong, looks[:number]).most_wrong
                wrong_claims += after[wrong] * (claimed < share)
            going = {wrong: chance for wrong, chance in after.items() if wrong > most}
            before = drawn
        assert wrong_claims <= 1 - NOMINAL + 1e-6, percent


@pytest.mark.parametrize(("group", "stops"), [(60, False), (151, False), (151, True)])
def test_the_same_of_finite_groups_also_when_somebody_stops_early(group, stops):
    rules, chance = SampleRules(), Random(17)
    for percent in (12, 20, 22, 24, 26, 30):
        bad, wrong_claims = round(group * percent / 100), 0
        for _ in range(DRAWS // 50):
            values = [True] * bad + [False] * (group - bad)
            chance.shuffle(values)
            earlier = ()
            for drawn in range(20, group, 20):
                # Stopping earlier than that is refused however few are wrong.
                ends = range(drawn - 3, drawn + 1) if stops else [drawn]
                judged = [(end, sum(values[:end])) for end in ends]
                seen = [Verdict(group, *one, earlier, drawn - one[0]) for one in judged]
                accepted = next((one for one in seen if one.accepts(rules)), None)
                if accepted is not None:
                    few = bad - accepted.wrong <= accepted.most_wrong_of_rest
                    wrong_claims += bad / group > accepted.most_wrong or not few
                    break
                earlier += (seen[-1].look(rules),)
        assert 1 - wrong_claims / (DRAWS // 50) >= LEAST - 0.01, (group, percent)


def test_the_limit_is_a_setting_of_the_vault(tmp_path):
    (tmp_path / "sluice.yaml").write_text("sample: {size: 30, most: 10}\n")
    rules = load_schema(tmp_path).sample
    assert rules == SampleRules(30, 0.10)
    with pytest.raises(SampleRefused, match="the limit is 10 %"):
        Verdict(151, 20, 1).check(rules)
    for wrong in ("size: 0", "size: 2.5", "most: 101", "most: -1", "most: many"):
        (tmp_path / "sluice.yaml").write_text(f"sample: {{{wrong}}}\n")
        with pytest.raises(SchemaError):
            load_schema(tmp_path)
