"""A list where one value is meant, text with commas where a list is, a field of its own name."""

import pytest
import yaml

LISTED = "SOURCE-009-listed.md"


def header(path):
    """The header's fields as PyYAML reads them from the file."""
    return yaml.safe_load(path.read_text().split("\n---\n")[0].removeprefix("---\n"))


@pytest.fixture
def listed(write, watch, vault):
    """A source with several categories and tiers; the files are watched."""
    write(
        9, "Listed", notebooklm_category="[claude-code, general]", signal_tier="[noise, tactical]"
    )
    return watch(vault)


async def test_the_items_are_shown_in_the_row_and_the_panes(sluice, listed):
    async with sluice() as app:
        await app.go_to("Listed")
        assert app.picture.count("claude-code,") == 2, "in the row and in the pane"
        assert "■ tactical  · …" in app.picture, "and noise, where there is room"


@pytest.mark.parametrize(
    ("keys", "field"),
    [(["1"], "signal_tier"), (["c", "1"], "notebooklm_category")],
)
async def test_a_key_does_not_flatten_them(sluice, listed, keys, field):
    async with sluice() as app:
        await app.go_to("Listed")
        await app.press(*keys)
        assert f"{field} has 2 items" in app.toast
    assert listed.changes == {}


async def test_f_changes_them_item_by_item(sluice, listed, vault):
    async with sluice() as app:
        await app.go_to("Listed")
        await app.press("f", *"notebooklm_cat", "enter", "d", "enter")
        assert "notebooklm_category" in app.toast
    assert header(vault / LISTED)["notebooklm_category"] == ["general"]


async def test_a_list_of_one_stays_a_list_by_every_key(sluice, write, watch, vault):
    write(9, "Listed", notebooklm_category="[general]", signal_tier="[noise]")
    files = watch(vault)
    async with sluice() as app:
        await app.go_to("Listed")
        await app.press("1", "c", "1")
    assert files.lines(LISTED) == [
        "- signal_tier: [noise]",
        "+ signal_tier: [paradigm]",
        "- notebooklm_category: [general]",
        "+ notebooklm_category: [agents-orchestration]",
    ]


async def test_of_many_marked_those_with_a_longer_list_are_left_out_and_reported(sluice, listed):
    async with sluice() as app:
        await app.press("*", "1")
        assert "1 · signal_tier has several items" in app.picture
        await app.press("enter")
    assert LISTED not in listed.changes
    assert len(listed.changes) == 4


async def test_a_topic_joins_those_between_commas(sluice, write, vault):
    write(9, "Commas", topics="sourdough, rye bread, [[Oven, hot]]")
    async with sluice() as app:
        await app.go_to("Commas")
        assert "#sourdough  #rye bread  #[[Oven, hot]]" in app.picture
        assert "sourdough · rye bread" in app.picture
        await app.press("t")
        await app.press(*"new topic", "enter", "enter", "escape")
    assert header(vault / "SOURCE-009-commas.md")["topics"] == [
        "sourdough", "rye bread", "[[Oven, hot]]", "new topic",
    ]  # fmt: skip


async def test_f_sets_the_field_that_was_chosen(sluice, write, watch, vault):
    write(9, "Clipped", id="SOURCE-9\npublished: spring\nby: Ann")
    files = watch(vault)
    async with sluice() as app:
        await app.go_to("Clipped")
        await app.press("f", *"published", "enter")
        assert "spring" in app.picture
        await app.press("end", "ctrl+u", *"autumn", "enter")
        assert app.toast == "published = autumn"
    assert files.lines("SOURCE-009-clipped.md") == ["- published: spring", "+ published: autumn"]
