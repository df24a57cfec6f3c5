"""`keys:` in config.yaml gives commands other keys, here and in every sentence that names one."""

import gc
import re
from pathlib import Path

import pytest

from tui.app.main import run_app
from tui.errors import SettingsError
from tui.session.keys.key_names import read_key
from tui.session.keys.keymap import Keymap
from tui.state.config import Config

NAME = "SOURCE-001-apples.md"
APP = Path(__file__).parents[2] / "tui" / "app"


def keymap(**keys):
    return Keymap.of(Config(keys={id.replace("__", "."): tuple(key) for id, key in keys.items()}))


async def test_a_command_has_the_key_the_user_gave_it_and_no_other(sluice, config, files):
    config('keys: {decide.promote: "m"}')
    async with sluice() as app:
        await app.press("p")
        assert files.changes == {}
        await app.press("m")
    assert "+ status: triaged" in files.lines(NAME)


async def test_keys_of_two_commands_can_be_exchanged(sluice, config, files):
    config('keys: {decide.promote: "a", decide.archive: "p"}')
    async with sluice() as app:
        await app.press("p")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_a_command_can_have_several_keys_and_the_first_is_shown(sluice, config):
    config('keys: {find.search: ["ctrl+f", "/"]}')
    async with sluice() as app:
        assert "ctrl+f search" in app.picture
        for key in ("ctrl+f", "slash"):
            await app.press(key)
            assert app.app.focused is app.screen.search
            await app.press("escape")


async def test_a_command_without_a_key_is_still_in_the_palette(sluice, config, clipboard):
    config("keys: {copy.url: null}")
    async with sluice() as app:
        await app.press("y")
        assert clipboard == []
        assert "copy URL" not in app.picture
        await app.press("ctrl+p")
        await app.type("copy the url")
        await app.press("enter")
    assert clipboard == ["https://example.com/1"]


async def test_the_number_of_a_tier_is_what_its_new_key_sets(sluice, config, files):
    config('keys: {decide.tier_1: "!", decide.tier_2: 1, decide.tier_3: [], decide.tier_4: "4"}')
    async with sluice() as app:
        assert "! 1 4 tier" in app.picture
        await app.press("1")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: strategic # guessed",
    ]


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
        assert "ctrl+f search or field:value" in app.picture
        assert re.search(r"general  ctrl\+k \d", app.picture)
        assert "none yet · ctrl+e adds one" in app.picture
        assert "raw  m " in app.picture
        await app.press("ctrl+g")
        assert "press ctrl+k to pick one" in app.toast
        await app.press("n")
        assert "press ctrl+f to start one" in app.toast
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
        assert "choose “Pick the category” in the palette (ctrl+p) to pick one" in app.toast


async def test_other_keys_for_up_and_down_move_in_the_insights_too(sluice, config, write):
    config('keys: {move.down: ["l", "down"], move.up: ["h", "up"]}')
    write(0, "Aaa", key_insights="[first, second]")
    async with sluice() as app:
        await app.press("l", "l", "h")
        assert app.session.board.rows.cursor == 1
        await app.press("g", "I", "l", "e")
        assert app.screen.insights.editor.text == "second"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("/", "slash"), ("?", "question_mark"), (".", "full_stop"), ("=", "equals_sign"),
        ("space", "space"), (" ", "space"), ("ctrl+d", "ctrl+d"), ("Ctrl+D", "ctrl+d"),
        ("shift+up", "shift+up"), ("G", "G"), ("shift+g", "G"), ("full_stop", "full_stop"),
        ("pgdn", "pagedown"), ("PageUp", "pageup"), ("⇧tab", "shift+tab"), ("↓", "down"),
        ("f5", "f5"), ("+", "plus"), ("ctrl++", "ctrl+plus"), ("alt+enter", "alt+enter"),
        ("alt+D", "alt+shift+d"), ("shift+ctrl+up", "ctrl+shift+up"),
        ("ж", "ж"), ("№", "numero_sign"),
        ("del", "delete"), ("ctrl+m", "enter"), ("z a", "z a"), ("z ?", "z question_mark"),
    ],
)  # fmt: skip
def test_keys_are_read_as_people_and_textual_write_them(written, key):
    assert read_key(written) == key


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"decide__promote": ["a"]},
         "`a` is assigned to both `decide.promote` and `decide.archive`; "),
        ({"decide__promote": ["m"], "find__view": ["m"]},
         "`m` is assigned to both `decide.promote` and `find.view`; "),
        ({"decide__promote": ["esc"]},
         "`esc` always leaves a box, a pane or a search; give `decide.promote` another key."),
        ({"decide__promote": ["ctrl+c"]}, "`ctrl+c` always copies or quits; give `decide.promote`"),
        ({"decide__promote": ["z esc"]}, "`esc` always leaves"),
        ({"decide__promot": ["m"]},
         "unknown command `decide.promot`; did you mean `decide.promote`?"),
        ({"decide__promote": ["ctlr+f"]},
         "`decide.promote`: `ctlr+f` is not a key; did you mean `ctrl+f`?"),
        ({"decide__promote": ["shift+1"]}, "`shift+1` is not a key; write the character it types."),
        ({"decide__promote": ["escpe"]}, "did you mean `escape`?"),
        ({"decide__promote": ["a b"]},
         "`a` runs `decide.archive`, so it cannot begin `a b` of `decide.promote`; "),
        ({"decide__promote": ["z a"], "find__view": ["z a b"]},
         "`z a` runs `decide.promote`, so it cannot begin `z a b` of `find.view`; "),
        ({"decide__promote": ["z a"], "find__view": ["z a"]},
         "`z a` is assigned to both `decide.promote` and `find.view`; "),
    ],
)  # fmt: skip
def test_keys_that_are_invalid_are_refused_by_name(keys, sentence):
    with pytest.raises(SettingsError) as refused:
        keymap(**keys)
    assert sentence in str(refused.value)


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


def test_a_key_taken_from_a_command_that_has_another_is_no_clash():
    assert keymap(decide__promote=["a"], decide__archive=[])["decide.archive"].keys == ()
    assert keymap(decide__promote=["a"], decide__archive=["z z"])["decide.promote"].keys == ("a",)


def test_no_sentence_of_the_app_has_a_command_key_written_into_it():
    """Whoever remaps a key would be told the wrong one: the keymap knows."""
    for path in set(APP.rglob("*.py")) - {APP / "keymap.py"}:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r'[Pp]ress (?!ctrl\+c)[^\s{"]\b[^"\n]*"', text)
        assert not found, f"{path} names a key: {found}"
