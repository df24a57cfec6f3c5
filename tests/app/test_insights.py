"""i writes an insight down; I opens the pane where insights are edited, ordered and deleted."""

import pytest

from tests.samples import insights

NAME = "SOURCE-001-apples.md"
ODD = 'He said "no: it\'s 50%" — #1 [x] {y} 👍🏽 é'


async def test_enter_saves_an_insight_with_quotes_a_colon_and_an_emoji(sluice, vault, files):
    async with sluice() as app:
        await app.press("i")
        await app.type(ODD)
        await app.press("enter")
        assert app.pane == "queue"
    assert insights(vault / NAME) == [ODD]
    changed = files.lines(NAME)
    assert changed[0] == "- key_insights: []"
    assert all(line.startswith("+") for line in changed[1:])
    assert len(changed) <= 3


async def test_every_printable_key_is_text_while_an_insight_is_written(sluice, vault):
    keys = "jkgGcCiIpPatx1230.=/?nNvyYAwoeuURq -[]"
    async with sluice() as app:
        await app.press("i")
        await app.type(keys + "!")
        await app.press("enter")
        assert app.here == NAME
    assert insights(vault / NAME) == [keys + "!"]


async def test_esc_keeps_the_draft_and_writes_nothing(sluice, files):
    async with sluice() as app:
        await app.press("i", *"half a thou", "escape")
        assert app.pane == "queue"
        assert "Draft kept" in app.toast
        assert "draft" in app.picture
        await app.press("j", "i")
        assert app.screen.insights.editor.text == ""
        await app.press("escape", "k", "i")
        assert app.screen.insights.editor.text == "half a thou"
    assert files.changes == {}


async def test_pasted_lines_become_one_insight(sluice, vault):
    async with sluice() as app:
        await app.press("i")
        await app.paste("first line\r\nsecond line\n\n\tthird")
        await app.press("enter")
    assert insights(vault / NAME) == ["first line second line third"]


async def test_a_paste_over_the_queue_presses_no_keys(sluice, files):
    async with sluice() as app:
        await app.paste("1pajj\n")
        assert app.here == NAME
        assert "press / to search" in app.toast
    assert files.changes == {}


@pytest.fixture
def three(vault, write):
    """A vault whose first source has three insights."""
    return write(1, "Apples in autumn", key_insights='[one, "two", three]')


async def test_an_insight_is_edited_and_only_its_line_changes(sluice, vault, three, watch):
    async with sluice() as app:
        files = watch(vault)
        await app.press("I", "j", "e")
        assert app.screen.insights.editor.text == "two"
        await app.press(*" and a half", "enter")
        assert app.pane == "insights"
        assert "two and a half" in app.picture
    assert insights(vault / NAME) == ["one", "two and a half", "three"]
    assert len(files.lines(NAME)) == 2


async def test_insights_are_reordered_and_the_cursor_goes_along(sluice, vault, three):
    async with sluice() as app:
        await app.press("I", "J", "J")
        assert insights(vault / NAME) == ["two", "three", "one"]
        await app.press("K")
        assert insights(vault / NAME) == ["two", "one", "three"]


async def test_deleting_the_last_insight_leaves_an_empty_list(sluice, vault, files):
    async with sluice() as app:
        await app.press("i", *"only", "enter", "I", "d")
        assert insights(vault / NAME) == []
        await app.press("d", "J", "e")
        assert app.pane == "insights"
    assert files.lines(NAME) == []


@pytest.mark.parametrize("size", [(80, 24), (45, 20)])
async def test_an_insight_is_written_on_a_small_screen(sluice, vault, size):
    async with sluice(size=size) as app:
        await app.press("i", *"small")
        assert "small" in app.picture
        await app.press("enter")
        assert "Apples in autumn" in app.picture
    assert insights(vault / NAME) == ["small"]


@pytest.mark.parametrize("odd", ["one\\u2028two", "one\\r\\ntwo", "\\ttab \\x1b[31m", " spaces "])
async def test_an_odd_insight_that_is_looked_at_and_saved_is_not_rewritten(sluice, write, odd):
    path = write(1, "Apples in autumn", key_insights=f'["{odd}", two]')
    before = path.read_bytes()
    async with sluice() as app:
        await app.press("I", "e", "enter")
    assert path.read_bytes() == before


async def test_a_click_on_another_source_keeps_the_draft_where_it_belongs(sluice, files):
    async with sluice() as app:
        await app.press("i")
        await app.type("about apples")
        await app.pilot.click(app.screen.queue, offset=(6, 5))
        await app.settled()
        assert (app.here, app.pane) == ("SOURCE-003-clocks.md", "queue")
        assert not app.screen.insights.writing
        await app.press("i")
        assert app.screen.insights.editor.text == ""
        await app.press("enter", "g", "i")
        assert app.screen.insights.editor.text == "about apples"
    assert files.changes == {}


async def test_tab_out_of_the_field_keeps_the_draft_and_goes_on(sluice, files):
    async with sluice() as app:
        await app.press("i")
        await app.type("about apples")
        await app.press("tab")
        assert "CATEGORY" in app.picture.upper()
        await app.press("escape", "p", "i", "enter")
        assert app.here == "SOURCE-002-bridges.md"
        await app.press("g", "i")
        assert app.screen.insights.editor.text == "about apples"
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_the_field_stays_open_when_the_vault_was_read_again(sluice, files, held_vault):
    async with sluice() as app:
        await app.press("p", "k")
        with held_vault(app):
            await app.burst_key("R")
            await app.burst_key("i")
            await app.burst_key("w")
        await app.settled()
        assert app.here == NAME
        assert app.dimmed(NAME), "the view does not find it any more"
        await app.type("pa")
        assert app.screen.insights.editor.text == "wpa"
        await app.press("enter", "R")
        assert app.shown == ["Bridges over water", "Clocks without hands", "Deserts at night"]
    assert set(files.changes) == {NAME}
    assert insights(app.vault / NAME) == ["wpa"]
