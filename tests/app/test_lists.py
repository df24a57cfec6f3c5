"""A list where one value is meant, and text with commas where a list is."""

import pytest

from tests.samples import header

LISTED = "SOURCE-009-listed.md"


@pytest.fixture
def listed(write, watch, vault):
    """A source with several categories and tiers; the files are watched."""
    write(
        9, "Listed", notebooklm_category="[claude-code, general]", signal_tier="[noise, tactical]"
    )
    return watch(vault)


async def test_the_items_are_shown_in_the_row_and_below_the_text(sluice, listed):
    async with sluice() as app:
        await app.go_to("Listed")
        assert app.picture.count("claude-code,") == 2, "in the row and below the text"
        assert "noise, tactical" in app.picture


async def test_f_changes_them_item_by_item(sluice, listed, vault):
    async with sluice() as app:
        await app.go_to("Listed")
        await app.press("f", *"notebooklm_cat", "enter", "d", "enter")
        assert app.toast == "general, was claude-code, general · u undoes"
    assert header(vault / LISTED)["notebooklm_category"] == ["general"]


async def test_a_topic_joins_those_between_commas(sluice, write, vault):
    write(9, "Commas", topics="sourdough, rye bread, [[Oven, hot]]")
    async with sluice() as app:
        await app.go_to("Commas")
        assert "#sourdough #rye bread #Oven, hot ──" in app.picture
        await app.press("t")
        await app.press(*"new topic", "enter", "enter", "ctrl+s")
    assert header(vault / "SOURCE-009-commas.md")["topics"] == [
        "sourdough", "rye bread", "[[Oven, hot]]", "new topic",
    ]  # fmt: skip
