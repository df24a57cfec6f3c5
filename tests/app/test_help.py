"""? lists every key, ctrl+p the themes too: letters filter, enter runs."""

import json

from tui.session.keys.catalogue import COMMANDS

NAME = "SOURCE-001-apples.md"


async def test_every_command_is_in_help_with_its_key(sluice):
    async with sluice() as app:
        await app.press("question_mark")
        lines = app.picker
        for command in COMMANDS.values():
            assert any(
                line.startswith(command.key_label) and command.name in line for line in lines
            ), command.id


async def test_help_explains_tiers_statuses_category_and_insight(sluice):
    async with sluice() as app:
        await app.press("question_mark")
        lines, schema = app.picker, app.session.desk.schema
        for number, choice in enumerate(schema.tier.choices, 1):
            assert lines[number - 1].startswith(f"{number} "), "what to decide comes first"
            assert f"{choice.glyph} {choice.name}" in lines[number - 1]
        for choice in (*schema.tier.choices, *schema.status.choices):
            assert any(choice.name in line and choice.meaning in line for line in lines)
        for field in (schema.category, schema.insights):
            assert any(field.meaning in line for line in lines)
        await app.type("noise")
        assert "noise" in app.under_picker_cursor


async def test_help_on_a_small_screen_shows_whole_names(sluice):
    async with sluice(size=(45, 20)) as app:
        await app.press("question_mark")
        assert COMMANDS["decide.promote"].name in app.picture
        assert "◆ paradigm" in app.picture


async def test_every_key_of_the_product_is_bound(sluice):
    keys = "j k g G J K space tab 1 2 3 4 0 c C i I p P a t full_stop slash n N v y Y A w enter o e"
    keys += " u U ctrl+r question_mark ctrl+p R q down up home end ctrl+d ctrl+u pagedown pageup"
    bound = {key for command in COMMANDS.values() for key in command.keys}
    assert set(keys.split()) - bound == set()


async def test_no_key_is_bound_twice():
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert len(keys) == len(set(keys))


async def test_letters_filter_help_and_enter_runs(sluice, files):
    async with sluice() as app:
        await app.press("question_mark")
        everything = len(app.picker)
        await app.type("archive")
        assert 0 < len(app.picker) < everything
        assert "Archive" in app.under_picker_cursor
        await app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_help_opens_what_opens_a_picker_itself(sluice, files):
    async with sluice() as app:
        await app.press("question_mark")
        await app.type("pick the category")
        await app.press("enter", "6")
    assert files.lines(NAME)[1] == "+ notebooklm_category: claude-code"


async def test_esc_leaves_help_without_running_anything(sluice, files):
    async with sluice() as app:
        await app.press("question_mark")
        await app.type("promote")
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.pane == "queue"
    assert files.changes == {}


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


async def test_the_palette_runs_commands(sluice, files):
    async with sluice() as app:
        await app.press("ctrl+p")
        await app.type("promote to the next")
        await app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_help_works_on_a_small_screen(sluice, files):
    async with sluice(size=(45, 20)) as app:
        await app.press("question_mark")
        await app.type("archive")
        assert "Archive" in app.picture
        await app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_q_quits_from_the_queue_and_only_from_there(sluice):
    async with sluice() as app:
        await app.press("tab", "q")
        assert app.pane == "queue"
        await app.press("slash")
        await app.type("app")
        await app.press("enter", "q")
        assert app.screen.search.value == ""
        assert app.app._running
        await app.press("q")
        assert app.app._exit


async def test_ctrl_c_asks_once_and_quits(sluice, files):
    async with sluice() as app:
        await app.press("ctrl+c")
        assert "Press ctrl+c again" in app.toast
        assert not app.app._exit
        await app.press("ctrl+c")
        assert app.app._exit
    assert files.changes == {}
