"""`keys:` in config.yaml gives commands other keys, here and in every sentence that names one."""

import gc
import re

import pytest

from tui.app.main import run_app
from tui.errors import SettingsError

NAME = "SOURCE-001-apples.md"


async def test_a_command_has_the_key_the_user_gave_it_and_no_other(sluice, config, files):
    config('keys: {decide.promote: "m"}')
    async with sluice() as app:
        await app.press("p")
        assert files.changes == {}
        await app.press("m")
    assert "+ status: triaged" in files.lines(NAME)


async def test_every_place_that_names_a_key_names_the_new_one(sluice, config):
    config("""
keys:
  decide.category: ctrl+k
  decide.insight: ctrl+e
  decide.promote: m
  decide.same_category: ctrl+g
  find.search: ctrl+f
  find.view: f7
  app.help: f1
  app.back: Q
  app.rescan: f5
""")
    async with sluice() as app:
        assert "f1 help" in app.picture
        assert "ctrl+f words, or field:value" in app.picture
        assert re.search(r"ctrl\+k category +general", app.picture)
        assert re.search(r"insights +none yet +ctrl\+e", app.picture)
        assert "raw m→" in app.picture
        await app.press("ctrl+g")
        assert "ctrl+k picks one: no category set yet." in app.toast
        await app.press("n")
        assert "ctrl+f starts a search: none is open." in app.toast
        await app.paste("text")
        assert "press ctrl+f to search, or press ctrl+e to add an insight" in app.toast
        await app.press("f1")
        assert any(line.startswith("ctrl+k") and "Pick the category" in line for line in app.picker)
        await app.press("escape", "I")
        assert "ctrl+e add" in app.picture
        assert "Q back" in app.picture
        await app.press("Q", "f7")
        await app.type("processed")
        await app.press("enter")
        assert "f7 opens another view" in app.picture
        assert "f5 reloads the vault" in app.picture


async def test_a_sentence_names_the_palette_for_a_command_that_has_no_key(sluice, config):
    config("keys: {decide.category: null, decide.insight: null}")
    async with sluice() as app:
        assert "none yet" in app.picture
        await app.press("C")
        assert "choose “Pick the category” in the palette (ctrl+p)." in app.toast


async def test_other_keys_for_up_and_down_move_in_the_insights_too(sluice, config, write):
    config('keys: {move.down: ["l", "down"], move.up: ["h", "up"]}')
    write(0, "Aaa", key_insights="[first, second]")
    async with sluice() as app:
        await app.press("l", "l", "h")
        assert app.session.board.rows.cursor == 1
        await app.press("g", "I", "l", "e")
        assert app.screen.insights.editor.text == "second"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("keys: {decide.promote: a}",
         "`a` is assigned to both `decide.promote` and `decide.archive`; "),
        ("commands: [{name: Fetch, key: y, run: [fetch]}]",
         "`y` is assigned to both `copy.url` and `own.fetch`; "),
        ("commands: [{name: Fetch, key: yy, run: [fetch]}]",
         "the command “Fetch”: `yy` is not a key; "),
        ("commands: [{name: Stop, run: [fetch]}]", "a built-in command; rename yours."),
    ],
)  # fmt: skip
def test_wrong_keys_are_reported_before_the_screen_changes(vault, home, config, text, sentence):
    config(text)
    with pytest.raises(SettingsError) as refused:
        run_app(vault)
    gc.enable()
    assert sentence in str(refused.value)
    assert str(home / "config" / "sluice" / "config.yaml") in str(refused.value)
