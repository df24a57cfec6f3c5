import json

import pytest

from tui.errors import SettingsError
from tui.state.chosen_theme import ChosenTheme
from tui.state.config import Config, load_config


def config(folder, text):
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return load_config(folder)


def test_without_a_config_file_the_defaults_hold(tmp_path):
    assert load_config(tmp_path / "missing") == Config(advance=True, theme=None)


def test_settings_are_read_as_people_write_them(tmp_path):
    assert config(tmp_path, "advance: off\ntheme: sluice-light\n") == Config(
        advance=False, theme="sluice-light"
    )
    assert config(tmp_path, "\ufeffadvance: on\n") == Config()
    assert config(tmp_path, "# nothing set\n") == Config()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour: red", "`colour` is not a setting; remove it, or use `advance`, "),
        ("advance: maybe", "`advance` is `maybe`; write `on` or `off`."),
        ("advance:", "`advance` is `None`; write `on` or `off`."),
        ("theme: [dark]", "`theme` is `['dark']`; write a theme's name."),
        ("theme: ''", "`theme` is ``; write a theme's name."),
        ("- advance", "has no settings; write one per line, such as `advance: off`."),
        ("ok: 1\ntheme: 'open", "line 2 is not valid YAML"),
        ("ok: 1\nkeys: [a\n", "line 2 is not valid YAML: a bracket is not closed, or a comma"),
        ("theme: dark\n  goal: 4\n", "line 2 is not valid YAML: it is indented below a line that"),
        ("theme\ngoal: 4\n", "line 1 is not valid YAML: it has no colon"),
        ("theme: \x00", "is not valid YAML"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_with_what_to_do(tmp_path, text, sentence):
    with pytest.raises(SettingsError) as refused:
        config(tmp_path, text)
    assert sentence in str(refused.value)
    assert str(tmp_path / "config.yaml") in str(refused.value)


def test_a_config_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"theme: \xe9\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_config(tmp_path)
    (tmp_path / "config.yaml").unlink()
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(SettingsError, match="Cannot read"):
        load_config(tmp_path)


def test_a_chosen_theme_is_there_at_the_next_start(tmp_path):
    folder = tmp_path / "state"
    assert ChosenTheme(folder).name is None
    assert ChosenTheme(folder).remember("sluice-light")
    assert ChosenTheme(folder).name == "sluice-light"
    assert [path.name for path in folder.iterdir()] == ["settings.json"]


def test_choices_another_version_knows_stay(tmp_path):
    (tmp_path / "settings.json").write_text('{"newer": [1], "theme": "old"}')
    ChosenTheme(tmp_path).remember("new")
    assert json.loads((tmp_path / "settings.json").read_text()) == {"newer": [1], "theme": "new"}


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "\x00" * 50, "[" * 100_000])
def test_damaged_choices_are_set_aside_and_the_defaults_hold(tmp_path, damage):
    (tmp_path / "settings.json").write_text(damage)
    assert ChosenTheme(tmp_path).name is None
    assert (tmp_path / "settings.json.bad").read_text() == damage
    assert not (tmp_path / "settings.json").exists()


def test_a_theme_that_is_not_text_is_ignored(tmp_path):
    (tmp_path / "settings.json").write_text('{"theme": 5}')
    assert ChosenTheme(tmp_path).name is None


def test_a_choice_that_cannot_be_kept_says_so_and_does_no_harm(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    chosen = ChosenTheme(tmp_path / "state")
    assert not chosen.remember("sluice-light")
    assert "Cannot save the theme" in chosen.error
    (tmp_path / "state").unlink()
    assert chosen.remember("sluice-light")
    assert chosen.error == ""
