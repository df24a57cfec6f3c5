"""What other sources say: in the category picker, beside the values, and taken with =."""

import re

import pytest

from tests.app.conftest import NARROW, STACKED, write_source
from tests.app.test_fast_typing import field

NEW = "SOURCE-050-roses.md"
GARDEN = ("Roses in spring", "Pruning of roses", "Compost for roses", "Roses and soil")
ENGINE = ("Pistons at work", "Turbine pistons", "Oil for pistons", "Pistons of steel")


@pytest.fixture
def learnt(vault):
    """Decided sources about gardens and engines, and a raw one about roses."""
    for path in vault.iterdir():
        path.unlink()
    for copy in range(8):
        for n, title in enumerate(GARDEN):
            write_source(
                vault, 100 + copy * 10 + n, title, status="triaged", signal_tier="noise",
                notebooklm_category="career-growth", topics="[plants, soil]", creator="Gardener",
            )  # fmt: skip
        for n, title in enumerate(ENGINE):
            write_source(
                vault, 200 + copy * 10 + n, title, status="triaged", signal_tier="paradigm",
                notebooklm_category="coding-tools", topics="[metal]", creator="Engineer",
            )  # fmt: skip
    write_source(vault, 50, "Roses and compost in spring", topics="[]", creator="Gardener")
    write_source(vault, 51, "Steel pistons of a turbine", topics="[]", creator="Engineer")
    return vault


@pytest.fixture
def before(learnt, watch):
    """The files as they are when the test begins."""
    return watch(learnt)


async def test_the_category_picker_begins_with_the_suggestions_and_their_reasons(sluice, learnt):
    async with sluice() as app:
        await app.press("c")
        first = app.picker[0]
        assert first.startswith("≈ 5")
        assert "career-growth" in first
        assert re.search(r"\d\d %  roses · by gardener  \d of 9 nearest", first)
        assert "career-growth" in app.under_picker_cursor
        held = next(line for line in app.picker if "general" in line)
        assert "current value" in held or held.startswith("≈")


async def test_enter_in_the_category_picker_takes_the_first_suggestion(sluice, before):
    async with sluice() as app:
        await app.press("c", "enter")
        assert "career-growth" in app.toast
    assert before.lines(NEW) == [
        "- notebooklm_category: general",
        "+ notebooklm_category: career-growth",
    ]


async def test_digits_in_the_category_picker_stay_what_they_are(sluice, before):
    async with sluice() as app:
        await app.press("c", "1")
    assert before.lines(NEW)[1] == "+ notebooklm_category: agents-orchestration"


async def test_slots_stand_in_their_order_below_the_suggestions(sluice, learnt):
    async with sluice() as app:
        await app.press("c")
        slots = [line.split()[0] for line in app.picker if not line.startswith("≈")]
        assert slots == [sign for sign in "1234567890-" if sign in slots]
        assert len(app.picker) == 11


@pytest.mark.parametrize("size", [NARROW, STACKED])
async def test_the_picker_tells_the_evidence_on_small_screens_too(sluice, learnt, size):
    async with sluice(size=size) as app:
        await app.press("c")
        assert " %" in app.picker[0]
        assert "≈ 5  career-growth" in app.picture


async def test_the_category_pane_shows_what_differs_and_is_sure(sluice, learnt):
    async with sluice() as app:
        assert app.here == NEW
        assert "general" in app.picture
        assert re.search(r"≈ career-growth \d\d %", app.picture)
        assert re.search(r"■ tactical ≈ 4· \d\d %", app.picture)


async def test_nothing_is_shown_beside_a_value_that_is_the_suggested_one(sluice, learnt):
    async with sluice() as app:
        await app.press("=")
        await app.go_to(NEW)
        assert "career-growth" in app.picture
        assert "≈" not in app.picture


async def test_equals_takes_all_that_is_sure_in_one_change_and_one_undo(sluice, learnt, before):
    async with sluice() as app:
        await app.press("=")
        assert "notebooklm_category = career-growth · signal_tier = noise" in app.toast
        lines = before.lines(NEW)
        assert "+ notebooklm_category: career-growth" in lines
        assert "+ signal_tier: noise # guessed" in lines
        assert any(line.startswith("+") and "plants" in line for line in lines)
        await app.press("u")
    assert before.changes == {}


async def test_equals_leaves_topics_alone_where_there_are_enough(sluice, learnt, watch):
    write_source(learnt, 50, "Roses and compost in spring", creator="Gardener")
    before = watch(learnt)
    async with sluice() as app:
        await app.press("=")
    assert not any("topics" in line or "plants" in line for line in before.lines(NEW))


async def test_equals_says_so_when_there_is_nothing_to_take(sluice, learnt, watch):
    async with sluice() as app:
        await app.press("=")
        before = watch(learnt)
        await app.go_to(NEW)
        await app.press("=")
        assert app.toast.startswith("No new suggestion")
        assert before.changes == {}


async def test_equals_says_how_suggestions_come_while_nothing_is_learnt(sluice, files):
    async with sluice() as app:
        await app.press("=")
        assert app.toast.startswith("No suggestions yet: they start when 5 sources")
    assert files.changes == {}


async def test_suggestions_are_never_applied_by_themselves(sluice, before):
    async with sluice() as app:
        await app.press("j", "k", "c", "escape", "j")
    assert before.changes == {}


async def test_decisions_of_this_session_are_learnt_from(sluice, vault, write):
    for number in range(10, 22):
        write(number, f"Apples and cider {number}")
    async with sluice() as app:
        for _ in range(6):
            await app.go_to("Apples and cider")
            while app.dimmed(app.here):
                await app.press("j")
            await app.press("c", "5", "p")
        await app.press("G")
        await app.press("c")
        assert app.picker[0].startswith("≈")
        assert any("career-growth" in line and "nearest" in line for line in app.picker)


async def test_decisions_made_one_by_one_are_learnt_together_once_nobody_decides(
    limits, sluice, learnt, monkeypatch
):
    limits["learning_rests"] = 0.01
    limits["rest_factor"] = 0
    async with sluice() as app:
        learner = app.session.desk.learner
        for _ in range(3):
            await app.press("c", "5", "p")
        await app.until(lambda: not learner.has_work and not learner.is_stale)
        assert app.session.suggester.refusal == ""


async def test_the_view_of_wrong_looking_categories_finds_the_one_that_contradicts(sluice, learnt):
    write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="coding-tools", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip
    async with sluice() as app:
        await app.press("v")
        await app.type("looks wrong")
        await app.press("enter")
        await app.until(lambda: "Roses and compost and soil" in app.shown)
        assert "Roses in spring" not in app.shown
        await app.go_to("Roses and compost and soil")
        assert "≈ career-growth" in app.picture
        await app.press("c", "enter")
        assert app.dimmed("SOURCE-060-roses.md")


async def test_a_new_category_is_learnt_beside_the_old_ones(sluice, learnt):
    async with sluice() as app:
        await app.press("c")
        await app.type("robotics")
        await app.press("enter", "enter")
        for _ in range(4):
            await app.press("j", "1", "j", "2")
        await app.settled()
        assert "robotics" in field(learnt, NEW, "notebooklm_category")
        await app.press("k", "=")
        assert "fault" not in app.toast


async def test_a_fault_in_what_suggests_leaves_the_keys_and_is_reported_by_equals(
    sluice, learnt, monkeypatch
):
    def fail(*_):
        raise ValueError("no such column")

    monkeypatch.setattr("tui.suggest.learner.Learner.of", fail)
    async with sluice() as app:
        await app.press("1")
        assert field(learnt, NEW, "signal_tier") == "paradigm"
        await app.press("k", "=")
        assert "no such column" in app.toast
