"""Views of what was changed, and on which days."""

from datetime import date, timedelta

import pytest

from tests.app.conftest import write_source

VIEWS = 'views: {open: "status:raw", untouched: "-changed:today", touched: "changed:today"}\n'


@pytest.fixture
def viewed(vault):
    """A vault whose views ask what was changed today."""
    (vault / "sluice.yaml").write_text(VIEWS)
    return vault


async def show(app, view):
    await app.press("v")
    await app.type(view)
    await app.press("enter")


async def test_a_decided_source_is_done_in_the_view_of_the_untouched(sluice, viewed):
    async with sluice() as app:
        await show(app, "untouched")
        first, left = app.title, len(app.shown)
        await app.press("1")
        assert app.title != first
        assert len(app.shown) == left
        await show(app, "touched")
        assert app.shown == [first]
        await show(app, "untouched")
        assert first not in app.shown and len(app.shown) == left - 1


async def test_an_undone_change_does_not_count(sluice, viewed):
    async with sluice() as app:
        first = app.title
        await app.press("1", "u")
        await show(app, "touched")
        assert app.shown == []
        await app.press("U")
        await show(app, "open")
        await show(app, "touched")
        assert app.shown == [first]


async def test_a_change_that_fails_does_not_count(sluice, viewed):
    async with sluice() as app:
        await show(app, "untouched")
        first, left = app.title, len(app.shown)
        (viewed / app.session.board.current.name).unlink()
        await app.press("1")
        await app.settled()
        await show(app, "touched")
        assert first not in app.shown
        await show(app, "untouched")
        assert len(app.shown) == left - 1


async def test_what_was_changed_on_other_days_is_looked_up_too(sluice, viewed):
    async with sluice() as app:
        first = app.title
        await app.press("1", "slash")
        await app.type("changed:>-7d")
        assert app.shown == [first]
        await app.type(" -changed:today")
        assert app.shown == []


async def test_a_day_is_not_called_wrong_while_it_is_typed(sluice, files):
    async with sluice() as app:
        await app.press("slash")
        for letter in "published:<=last friday":
            await app.type(letter)
            assert "needs one date" not in app.picture
        await app.press(*["backspace"] * 6)
        await app.type("weak")
        assert "“last” is not one" in app.picture


async def test_the_words_of_a_day_are_not_lit(sluice, vault):
    write_source(vault, 70, "Friday is the last day")
    async with sluice() as app:
        await app.press("slash")
        await app.type("friday")
        assert app.lit("Friday")
        await app.press("ctrl+u")
        await app.type("day published:<=last friday")
        assert app.title == "Friday is the last day"
        assert not app.lit("Friday")


async def test_a_field_of_one_day_says_which_it_is_or_why_it_is_none(sluice, files):
    then = date.today() - timedelta(days=7)
    async with sluice() as app:
        await app.press("f")
        await app.type("published")
        await app.press("enter", "ctrl+u")
        await app.type("2026-Q1")
        assert "several days" in app.picture
        await app.press("ctrl+u")
        await app.type("last week")
        assert f"→ {then:%A}, {then.isoformat()} · 7 days ago" in app.picture
        await app.press("enter")
    (changed,) = files.changes
    assert f"+ date_published: {then.isoformat()}" in files.lines(changed)
