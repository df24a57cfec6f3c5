"""What other sources say: in the category picker, beside the values, and taken with =."""

import re

import pytest

from tests.samples import ROSES, value_of, write_source
from tui.session.update import Suggested


@pytest.fixture
def before(learnt, watch):
    """The files as they are when the test begins."""
    return watch(learnt)


def test_the_category_picker_begins_with_the_suggestions_and_their_reasons(sluice, learnt):
    with sluice() as app:
        app.press("c")
        first = app.box.options[0]
        assert (first.sign, first.slot, first.label) == ("≈", "5", "career-growth")
        assert re.fullmatch(r"\d\d %", first.number)
        assert re.fullmatch(r"roses · by gardener.*  \d of 9 nearest", first.note)
        assert app.box.under_cursor == first
        held = next(option for option in app.box.options if option.value == "general")
        assert held.after == "now"
        assert app.box.question.said[0].startswith("few decided: ")


def test_no_suggestion_is_listed_twice_or_below_five_per_cent(sluice, learnt):
    with sluice() as app:
        app.press("c")
        values = [option.value for option in app.box.options]
        assert len(values) == len(set(values))
        listed = [option for option in app.box.options if option.sign == "≈"]
        assert 1 <= len(listed) <= 3
        assert all(int(option.number.split()[0]) >= 5 for option in listed)


def test_the_others_show_how_often_they_are_used(sluice, learnt):
    with sluice() as app:
        app.press("c")
        sources = app.session.desk.vault.sources
        counts = {
            one.value: sum(s.text("notebooklm_category") == one.value for s in sources)
            for one in app.box.options
            if one.sign != "≈"
        }
        shown = {one.value: one.number for one in app.box.options if one.sign != "≈"}
        assert shown == {name: str(count) if count else "" for name, count in counts.items()}


def test_digits_in_the_category_picker_stay_what_they_are(sluice, before):
    with sluice() as app:
        app.press("c", "1")
    assert before.lines(ROSES)[1] == "+ notebooklm_category: agents-orchestration"


def test_slots_stand_in_their_order_below_the_suggestions(sluice, learnt):
    with sluice() as app:
        app.press("c")
        slots = [option.slot for option in app.box.options if not option.sign]
        assert slots == [sign for sign in "1234567890-" if sign in slots]
        assert len(app.picker) == 11


def test_nothing_is_shown_beside_a_value_that_is_the_suggested_one(sluice, learnt):
    with sluice() as app:
        app.press("=")
        app.go_to(ROSES)
        assert app.source.text("notebooklm_category") == "career-growth"
        assert app.drawn.suggested == Suggested(None, None)


def test_equals_takes_all_that_is_sure_in_one_change_and_one_undo(sluice, learnt, before):
    with sluice() as app:
        app.press("=")
        assert app.toast.startswith("career-growth, was general; · noise, was ■ tactical; ")
        lines = before.lines(ROSES)
        assert "+ notebooklm_category: career-growth" in lines
        assert "+ signal_tier: noise # guessed" in lines
        assert any(line.startswith("+") and "plants" in line for line in lines)
        app.press("u")
    assert before.changes == {}


def test_equals_leaves_topics_alone_where_there_are_enough(sluice, learnt, watch):
    write_source(learnt, 50, "Roses and compost in spring", creator="Gardener")
    before = watch(learnt)
    with sluice() as app:
        app.press("=")
    assert not any("topics" in line or "plants" in line for line in before.lines(ROSES))


def test_equals_says_so_when_there_is_nothing_to_take(sluice, learnt, watch):
    with sluice() as app:
        app.press("=")
        before = watch(learnt)
        app.go_to(ROSES)
        app.press("=")
        assert app.toast.startswith("No new suggestion")
        assert before.changes == {}


def test_equals_on_a_source_like_no_other_says_why_nothing_is_taken(sluice, learnt, watch):
    name = write_source(learnt, 60, "Zzyx qwv", creator="Nobody else").name
    before = watch(learnt)
    with sluice() as app:
        app.go_to(name)
        app.press("=")
        assert app.toast.startswith("No suggestion is sure enough; the most likely is ")
    assert before.changes == {}


def test_equals_says_how_suggestions_come_while_nothing_is_learnt(sluice, files):
    with sluice() as app:
        app.press("=")
        assert app.toast.startswith("No suggestions yet: they start when 5 sources")
    assert files.changes == {}


def test_suggestions_are_never_applied_by_themselves(sluice, before):
    with sluice() as app:
        app.press("j", "k", "c", "escape", "j")
    assert before.changes == {}


def test_decisions_of_this_session_are_learnt_from(sluice, vault, write):
    for number in range(10, 22):
        write(number, f"Apples and cider {number}")
    with sluice() as app:
        for _ in range(6):
            app.go_to("Apples and cider")
            while app.dimmed(app.here):
                app.press("j")
            app.press("c", "5", "p")
        app.press("G")
        app.press("c")
        options = app.box.options
        assert options[0].sign == "≈"
        assert any(one.label == "career-growth" and "nearest" in one.note for one in options)


def test_decisions_made_one_by_one_are_learnt_together_once_nobody_decides(
    limits, sluice, learnt, monkeypatch
):
    limits["learning_rests"] = 0.01
    limits["rest_factor"] = 0
    with sluice() as app:
        learner = app.session.desk.learner
        for _ in range(3):
            app.press("c", "5", "p")
        app.until(lambda: not learner.has_work and not learner.is_stale)
        assert app.session.suggester.refusal == ""


def test_the_view_of_wrong_looking_categories_finds_the_one_that_contradicts(sluice, learnt):
    write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="coding-tools", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip
    with sluice() as app:
        app.open_view("looks wrong")
        assert "Roses and compost and soil" in app.shown
        assert "Roses in spring" not in app.shown
        app.go_to("Roses and compost and soil")
        assert app.drawn.suggested.category.value == "career-growth"
        app.press("c", "enter")
        assert app.dimmed("SOURCE-060-roses.md")


def test_a_new_category_is_learnt_beside_the_old_ones(sluice, learnt):
    with sluice() as app:
        app.press("c")
        app.type("robotics")
        app.press("enter", "enter")
        for _ in range(4):
            app.press("j", "1", "j", "2")
        assert "robotics" in value_of(learnt, ROSES, "notebooklm_category")
        app.press("k", "=")
        assert "fault" not in app.toast


def test_a_fault_in_what_suggests_leaves_the_keys_and_is_reported_by_equals(
    sluice, learnt, monkeypatch
):
    def fail(*_):
        raise ValueError("no such column")

    monkeypatch.setattr("tui.suggest.learner.Learner.of", fail)
    with sluice() as app:
        app.press("1")
        assert value_of(learnt, ROSES, "signal_tier") == "paradigm"
        app.press("k", "=")
        assert "no such column" in app.toast


def test_equals_is_in_the_bar_exactly_where_something_is_suggested(sluice, learnt):
    with sluice() as app:
        for _ in range(len(app.rows)):
            shown = app.drawn.suggested
            assert any(key.startswith("= ") for key in app.keys) == any(shown or ())
            app.press("j")
        app.go_to(ROSES)
        assert any(key.startswith("= ") for key in app.keys)
        app.press("=")
        app.go_to(ROSES)
        assert not any(key.startswith("= ") for key in app.keys)


def test_the_refusal_says_what_is_true_and_names_the_key(sluice, learnt):
    with sluice() as app:
        app.press("c", "1", "k", "1")
        app.go_to(ROSES)
        app.press("=", "k", "=")
        assert "you set" in app.toast
        assert "c lists all" in app.toast


def test_confirming_the_category_it_has_ends_the_suggestion_also_after_a_restart(
    sluice, learnt, before
):
    with sluice() as app:
        app.go_to(ROSES)
        assert app.drawn.suggested.category is not None
        app.press("c")
        app.type("general")
        app.press("enter")
        assert app.drawn.suggested.category is None
    with sluice() as app:
        app.go_to(ROSES)
        assert app.drawn.suggested.category is None
    assert before.changes == {}


def test_with_marks_nothing_is_suggested_and_the_values_are_counted(sluice, learnt):
    with sluice() as app:
        app.press("x", "x", "c")
        assert not [option for option in app.box.options if option.sign == "≈"]
        assert not app.box.question.said
        said = {option.value: option.after for option in app.box.options if option.after}
        sources = [app.session.desk.vault.find(name) for name in app.session.board.rows.marked]
        values = [source.text("notebooklm_category") for source in sources]
        assert len(sources) == 2
        total = len(values)
        assert said == {
            value: "now" if values.count(value) == total else f"{values.count(value)} of {total}"
            for value in values
        }
