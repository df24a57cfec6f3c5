"""? lists every key, ctrl+p the themes too: letters filter, enter runs."""

import json

from tui.session.keys.catalogue import COMMANDS

NAME = "SOURCE-001-apples.md"


def places(app):
    """The headings of help, in their order."""
    return [row.label for row in app.app.screen._list._rows if row.is_heading]


async def test_help_on_a_small_screen_shows_whole_names(sluice):
    async with sluice(size=(45, 20)) as app:
        await app.press("question_mark")
        assert COMMANDS["decide.promote"].name in app.picture
        assert "◆ paradigm" in app.picture


async def test_letters_filter_help_and_enter_runs(sluice, files):
    async with sluice() as app:
        await app.press("question_mark")
        everything = len(app.picker)
        await app.type("archive")
        assert 0 < len(app.picker) < everything
        assert "Archive" in app.under_picker_cursor
        await app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_a_theme_is_shown_while_the_cursor_is_on_it_and_esc_takes_it_back(sluice):
    async with sluice() as app:
        before = app.app.theme
        await app.press("ctrl+p")
        await app.type("theme light")
        assert app.app.theme != before
        await app.press("escape")
        assert app.app.theme == before


async def test_a_theme_from_the_palette_is_remembered(sluice, home):
    async with sluice() as app:
        before = app.app.theme
        await app.press("ctrl+p")
        await app.type("theme:")
        await app.press("down", "down", "enter")
        chosen = app.app.theme
        assert chosen != before
    settings = home / "state" / "sluice" / "settings.json"
    assert json.loads(settings.read_text())["theme"] == chosen
    async with sluice() as app:
        assert app.app.theme == chosen


async def test_every_theme_can_be_chosen_and_draws_the_screen(sluice):
    async with sluice(size=(80, 24)) as app:
        for theme, _is_dark in app.app.themes:
            app.app.choose(theme)
            await app.settled()
            assert "Apples in autumn" in app.picture


async def test_help_works_on_a_small_screen(sluice, files):
    async with sluice(size=(45, 20)) as app:
        await app.press("question_mark")
        await app.type("archive")
        assert "Archive" in app.picture
        await app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_ctrl_c_asks_once_and_quits(sluice, files):
    async with sluice() as app:
        await app.press("ctrl+c")
        assert "Press ctrl+c again" in app.toast
        assert not app.app._exit
        await app.press("ctrl+c")
        assert app.app._exit
    assert files.changes == {}


async def test_help_begins_with_the_place_that_has_the_keyboard(sluice):
    async with sluice() as app:
        for keys, name in (((), "queue"), (("tab",), "text"), (("enter",), "reader")):
            await app.press(*keys, "question_mark")
            assert places(app)[0] == f"HERE: {name}"
            assert "Move" in places(app)
            await app.press("escape")
        await app.press("q", "i", *"first", "enter", "I", "question_mark")
        assert places(app)[0] == "HERE: insights"


async def test_a_key_of_the_place_does_in_help_what_it_does_there(sluice, files):
    async with sluice() as app:
        await app.press("i", *"first", "enter", "I", "question_mark")
        await app.type("delete the")
        await app.press("enter", "question_mark", "escape")
    assert files.changes == {}


async def test_help_names_the_tiers_and_the_edge_tells_the_id(sluice):
    async with sluice() as app:
        await app.press("question_mark")
        assert "Tier ◆ paradigm" in app.picture
        assert "decide.tier_1" in app.picture
        await app.press("down", "down")
        assert "decide.tier_3" in app.picture


async def test_help_has_two_columns_where_there_is_room(sluice):
    async with sluice(size=(100, 30)) as app:
        await app.press("question_mark")
        line = next(line for line in app.picture.splitlines() if "HERE: queue" in line)
        assert "Mark" in line or "Move" in line or "Find" in line
        first = app.under_picker_cursor
        await app.press("right")
        assert app.under_picker_cursor != first
        await app.press("left")
        assert app.under_picker_cursor == first
        await app.resize(99, 30)
        line = next(line for line in app.picture.splitlines() if "HERE: queue" in line)
        assert line.split("HERE: queue")[1].strip(" │╭╮─▌") == ""


async def test_help_works_on_screens_with_keys_of_their_own(sluice):
    async with sluice(size=(120, 36)) as app:
        await app.press("D", "question_mark")
        assert places(app) == ["HERE: distribution"]
        assert "Half a page down" in app.picture
        await app.type("back")
        await app.press("enter")
        assert app.pane == "queue"
        assert len(app.app.screen_stack) == 1


async def test_a_click_on_a_key_of_a_box_presses_it(sluice, files):
    async with sluice(size=(120, 36)) as app:
        await app.press("f", *"creator", "enter", *"me", "question_mark")
        lines = app.picture.splitlines()
        y, line = next((y, line) for y, line in enumerate(lines) if "enter saves" in line)
        await app.pilot.click(offset=(line.index("enter saves") + 2, y))
        await app.settled()
        assert len(app.app.screen_stack) == 1
    assert files.lines(NAME) == ["- creator: Someone", "+ creator: Someoneme?"]


async def test_help_in_a_rapid_pass_begins_with_its_keys(sluice):
    async with sluice(size=(120, 36)) as app:
        await app.press("r", "question_mark")
        assert places(app)[0] == "HERE: rapid pass"
        await app.type("end with a")
        await app.press("enter")
        assert "rapid" not in app.picture.splitlines()[0]


async def test_no_line_of_help_is_cut_where_there_are_two_columns(sluice):
    async with sluice(size=(120, 36)) as app:
        for keys in ((), ("tab",), ("escape", "enter"), ("q", "r"), ("q", "b")):
            await app.press(*keys, "question_mark")
            rows = [row for row in app.app.screen._list._rows if not row.is_prose]
            assert [row.label for row in rows if len(row.label) > 41] == [], keys
            prose = [row.label for row in app.app.screen._list._rows if row.is_prose]
            assert max(map(len, prose)) <= 41, "room for it at 45 columns"
            await app.press("escape")
