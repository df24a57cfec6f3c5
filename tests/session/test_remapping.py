"""`keys:` in config.yaml gives commands other keys, here and in every sentence that names one."""

import re
from pathlib import Path

import pytest

from tui.errors import SettingsError
from tui.session.keys.key_names import read_key
from tui.session.keys.keymap import Keymap
from tui.state.config import Config

NAME = "SOURCE-001-apples.md"
TUI = Path(__file__).parents[2] / "tui"


def keymap(**keys):
    return Keymap.of(Config(keys={id.replace("__", "."): tuple(key) for id, key in keys.items()}))


def test_keys_of_two_commands_can_be_exchanged(sluice, config, files):
    config('keys: {decide.promote: "a", decide.archive: "p"}')
    with sluice() as app:
        app.press("p")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


def test_a_command_can_have_several_keys_and_the_first_is_shown(sluice, config):
    config('keys: {find.search: ["ctrl+f", "/"]}')
    with sluice() as app:
        assert "ctrl+f find" in app.keys
        for key in ("ctrl+f", "slash"):
            app.press(key)
            assert app.focus == "search"
            app.press("escape")


def test_a_command_without_a_key_is_still_in_the_palette(sluice, config):
    config("keys: {copy.url: null}")
    with sluice() as app:
        assert "y" not in {key for key, _ in app.session.keymap.bindings}
        assert not any("copy URL" in key for key in app.keys)
        app.press("ctrl+p")
        app.type("copy the url")
        app.press("enter")
    assert app.clipboard == ["https://example.com/1"]


def test_the_number_of_a_tier_is_what_its_new_key_sets(sluice, config, files):
    config('keys: {decide.tier_1: "!", decide.tier_2: 1, decide.tier_3: [], decide.tier_4: "4"}')
    with sluice() as app:
        assert "! 1 4 tier" in app.keys
        app.press("1")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: strategic # guessed",
    ]


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


def test_a_key_taken_from_a_command_that_has_another_is_no_clash():
    assert keymap(decide__promote=["a"], decide__archive=[])["decide.archive"].keys == ()
    assert keymap(decide__promote=["a"], decide__archive=["z z"])["decide.promote"].keys == ("a",)


def test_no_sentence_of_the_app_has_a_command_key_written_into_it():
    """Whoever remaps a key would be told the wrong one: the keymap knows."""
    known = {TUI / "session" / "keys" / "keymap.py"}
    for path in {*(TUI / "app").rglob("*.py"), *(TUI / "session").rglob("*.py")} - known:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r'[Pp]ress (?!ctrl\+c)[^\s{"]\b[^"\n]*"', text)
        assert not found, f"{path} names a key: {found}"


def test_a_key_that_a_person_chose_is_taken_from_a_newer_command(sluice, config):
    config('keys: {move.down: ["l", "down"], decide.promote: left}\n'
           'commands: [{name: Hash, key: h, run: [sha256sum]}]')  # fmt: skip
    with sluice() as app:
        app.press("l", "enter")
        assert "→ sources" in app.keys
        app.press("right")
        assert app.here == "SOURCE-003-clocks.md"


def test_a_newer_command_that_has_lost_all_its_keys_is_named_at_the_start(sluice, config):
    config('keys: {move.down: ["l", "right"]}')
    with sluice() as app:
        assert app.toast == (
            "No key is left for “Next source, in the reader”; the config file can give one."
        )
        app.press("enter")
        assert "h sources" in app.keys


def test_a_newer_command_that_a_person_gives_a_key_does_not_yield_it():
    with pytest.raises(SettingsError, match="`j` is assigned to both"):
        keymap(read__next_source=["j"])
    assert keymap(read__next_source=["l", "z"])["read.next_source"].keys == ("l", "z")
