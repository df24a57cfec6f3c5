"""What other sources say: in the category picker, beside the values, and taken with =."""

import re

import pytest

from tests.app.conftest import NARROW, STACKED
from tests.samples import ROSES, write_learnt


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
