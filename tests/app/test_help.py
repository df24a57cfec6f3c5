"""? lists every key, ctrl+p the themes too: letters filter, enter runs."""

import json

from tui.session.keys.catalogue import COMMANDS

NAME = "SOURCE-001-apples.md"


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
