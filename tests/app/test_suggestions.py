"""What other sources say: in the category picker, beside the values, and taken with =."""

import re

import pytest

from tests.app.conftest import NARROW, STACKED
from tests.samples import ROSES, write_learnt
from tui.app.boxes.row_list import RowList


@pytest.fixture
def learnt(vault):
    """Decided sources about gardens and engines, and a raw one about each."""
    write_learnt(vault)
    return vault


@pytest.fixture
def before(learnt, watch):
    """The files as they are when the test begins."""
    return watch(learnt)


async def test_enter_in_the_category_picker_takes_the_first_suggestion(sluice, before):
    async with sluice() as app:
        await app.press("c", "enter")
        assert "career-growth" in app.toast
    assert before.lines(ROSES) == [
        "- notebooklm_category: general",
        "+ notebooklm_category: career-growth",
    ]


@pytest.mark.parametrize("size", [NARROW, STACKED])
async def test_the_picker_tells_the_evidence_on_small_screens_too(sluice, learnt, size):
    async with sluice(size=size) as app:
        await app.press("c")
        assert " %" in app.picker[0]
        assert "≈ 5 career-growth" in app.picture


async def test_the_lines_below_the_text_show_what_differs_and_is_sure(sluice, learnt):
    async with sluice() as app:
        assert app.here == ROSES
        assert "general" in app.picture
        assert re.search(r"≈ career-growth \d\d %", app.picture)
        assert re.search(r"■ tactical  ≈ · noise \d\d %", app.picture)


async def test_topics_that_may_fit_come_behind_the_sources_own(sluice, learnt):
    async with sluice() as app:
        await app.press("t")
        rows = app.app.screen.query_one(RowList)
        signs = [text[1] for text in rows.texts]
        fitting = signs.count("≈")
        assert 0 < fitting <= 5
        first = signs.index("≈")
        assert signs[: first + fitting] == ["✓"] * first + ["≈"] * fitting
        for _ in range(first or 1):
            await app.press("down")
        if not first:
            await app.press("up")
        chosen = rows.cursor
        await app.press("enter")
        assert rows.texts[chosen][1] == "✓"
