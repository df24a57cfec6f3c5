"""Views of what was changed, and on which days."""

from datetime import date, timedelta

from tests.samples import write_source


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
