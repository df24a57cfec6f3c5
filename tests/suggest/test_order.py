"""The order in which decisions were made, written or taken in changes no suggestion."""

import random

import pytest

from tests.suggest.made import Made, decided, source, themed, written_in_turn
from tui.suggest.learner import ENOUGH

LESSONS = themed(150)
ASKED = themed(60, seed=2)


def shuffled(sources, seed=1):
    return random.Random(seed).sample(sources, len(sources))


def orders():
    """The same lessons by category, the other way round, and twice in no order."""
    return [LESSONS, LESSONS[::-1], shuffled(LESSONS), shuffled(LESSONS, 2)]


def answers(made):
    return [made.learner.of(one) for one in ASKED]


def firsts(made):
    return [made.learner.of(one).category[0].value for one in ASKED]


def right(made):
    wanted = [one.text("notebooklm_category") for one in ASKED]
    return sum(a == b for a, b in zip(firsts(made), wanted, strict=True)) / len(ASKED)


def one_by_one(sources):
    """What is learnt when the app is open all the time, and each decision comes alone."""
    made = Made(background=True)
    made.learn()
    for one in sources:
        made.put(one)
        made.learn()
    return made


def test_decisions_written_category_by_category_teach_what_shuffled_ones_do():
    by_order = [answers(Made(*written_in_turn(order))) for order in orders()]
    assert all(found == by_order[0] for found in by_order)
    assert right(Made(*written_in_turn(LESSONS))) > 0.9


def test_it_does_not_matter_in_which_order_the_folder_lists_what_was_written_at_once():
    at_once = [one._replace(stamp=LESSONS[0].stamp) for one in LESSONS]
    assert answers(Made(*at_once)) == answers(Made(*shuffled(at_once)))


def test_guesses_of_a_script_may_come_category_by_category_too():
    raw = [one._replace(fields={**one.fields, "status": "raw"}) for one in LESSONS]
    orders = written_in_turn(raw), written_in_turn(shuffled(raw))
    one, other = (Made(*decided(), *order) for order in orders)
    assert answers(one) == answers(other)


@pytest.mark.parametrize("order", orders(), ids=["by category", "backwards", "mixed", "mixed too"])
def test_decisions_made_one_by_one_teach_what_they_teach_after_a_restart(order):
    made, restarted = one_by_one(order), Made(*LESSONS)
    assert right(made) > 0.85
    same = [a == b for a, b in zip(firsts(made), firsts(restarted), strict=True)]
    assert sum(same) > 0.8 * len(same)
    made.learner.begin_anew()
    made.learn()
    assert answers(made) == answers(restarted)


def test_a_decision_that_is_noticed_several_times_teaches_as_one():
    once, thrice = (Made(*LESSONS[:100], background=True) for _ in range(2))
    for made, times in (once, 1), (thrice, 3):
        made.learn()
        for one in LESSONS[100:110]:
            for _ in range(times):
                made.put(one)
                made.learn()
    assert answers(once) == answers(thrice)


def test_many_decisions_for_one_category_do_not_win_over_all_others():
    made = one_by_one(shuffled(LESSONS))
    for number, one in enumerate(themed(400, seed=3)):
        if one.text("notebooklm_category") == "general" and number % 3 == 0:
            made.put(one)
            made.learn()
    assert right(made) > 0.85


def test_decisions_changed_and_undone_leave_nothing_behind():
    made, fresh = one_by_one(LESSONS), Made(*LESSONS)
    for one in shuffled(LESSONS)[:20]:
        made.put(one._replace(fields={**one.fields, "notebooklm_category": "general"}))
        made.learn()
        made.put(one._replace(fields={**one.fields, "status": "raw"}))
        made.learn()
        made.put(one)
        made.learn()
    assert right(made) > 0.85
    made.learner.begin_anew()
    made.learn()
    assert not made.learner.is_stale
    assert answers(made) == answers(fresh)


def test_guesses_teach_no_more_once_there_are_enough_decisions_without_a_restart():
    guesses = [source(500 + n, f"zebra {n}", "prompt-engineering") for n in range(20)]
    lessons = LESSONS[:ENOUGH]
    made = Made(*guesses, *lessons[:-5], background=True)
    made.learn()
    for one in lessons[-5:]:
        made.put(one)
    made.learn()
    values = [one.value for one in made.learner.of(source(900, "zebra")).category]
    assert "prompt-engineering" not in values
    assert answers(made) == answers(Made(*guesses, *lessons))


def test_a_decision_undone_counts_as_the_guess_it_was_before():
    guess = source(500, "zebra savanna", "prompt-engineering")
    made = Made(*decided(), guess, source(501, "zebra savanna night", "prompt-engineering"))
    asked = source(900, "zebra savanna")
    before = made.learner.of(asked).category[0].value
    made.put(guess._replace(fields={**guess.fields, "status": "triaged"}))
    made.learner.of(asked)
    made.put(guess)
    assert made.learner.of(asked).category[0].value == before == "prompt-engineering"
