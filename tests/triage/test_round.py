"""A round goes through its sources once, back and forth, and adds up."""

from tui.triage.round import AWAY, Round


def test_a_round_comes_to_its_end_and_tells_what_came_of_it():
    round = Round(["a", "b", "c", "d"])
    round.step("noise", 2)
    round.step("", 9)
    round.step("noise", 4)
    assert round.current == "d"
    summary = round.summary()
    assert (summary.done, summary.skipped, summary.left) == (2, 1, 1)
    assert summary.seconds_each == 3
    assert summary.counts == {"noise": 2}


def test_going_back_takes_the_last_step_away():
    round = Round(["a", "b"])
    assert round.back() is None
    round.step("noise", 1, "the change of a")
    step = round.back()
    assert step is not None and (step.name, step.made) == ("a", "the change of a")
    assert round.current == "a" and round.summary().done == 0


def test_a_source_somebody_was_away_from_says_nothing_of_the_pace():
    round = Round(["a", "b"])
    round.step("noise", AWAY + 1)
    round.step("noise", 3)
    assert round.summary().seconds_each == 3


def test_an_answer_that_was_lost_is_asked_for_again():
    round = Round(["a", "b", "c"])
    round.step("noise", 1, "the change of a")
    round.step("noise", 1, "the change of b")
    round.reopen("the change of a")
    assert (round.current, round.summary().done) == ("a", 1)
    round.step("noise", 1, "another of a")
    assert round.current == "c"
    round.reopen("the change of a")
    assert round.current == "c", "the answer it has now is not the one that was lost"


def test_an_answer_that_stays_after_going_back_is_counted_again():
    round = Round(["a", "b", "c"])
    round.step("noise", 1, "the change of a")
    round.step("noise", 1, "the change of b")
    second, first = round.back(), round.back()
    assert first is not None and second is not None
    round.keep(second)
    assert (round.current, round.number, round.summary().done) == ("a", 2, 1)
    round.step("", 1)
    round.keep(first)
    summary = round.summary()
    assert (round.current, summary.done, summary.skipped) == ("c", 2, 0)
    assert round.back() == first


def test_an_answer_that_stays_does_not_cover_a_newer_one():
    round = Round(["a", "b"])
    round.step("noise", 1, "the change of a")
    step = round.back()
    assert step is not None
    round.step("tactical", 1, "another of a")
    round.keep(step)
    assert round.summary().counts == {"tactical": 1}


def test_one_that_is_gone_is_skipped():
    round = Round(["a", "b"])
    round.drop()
    assert (round.current, round.size) == ("b", 1)
