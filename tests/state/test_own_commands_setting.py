"""`commands:` in config.yaml: what is understood, and what is said about the rest."""

import pytest

from tui.errors import SettingsError
from tui.state.config import load_config
from tui.state.own_commands import OwnCommand


def commands(folder, text):
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return load_config(folder).commands


def test_a_command_needs_a_name_and_what_to_run(tmp_path):
    (command,) = commands(tmp_path, 'commands: [{name: Fetch it, run: [fetch, "{path}"]}]')
    assert command == OwnCommand("Fetch it", ("fetch", "{path}"))
    assert (command.slug, command.about, command.output) == ("fetch_it", "one", "pane")
    assert command.wants == ("path",)


def test_everything_can_be_said(tmp_path):
    (command,) = commands(
        tmp_path,
        """
commands:
  - name: Résumé & Links
    key: 7
    shell: true
    run: cat "$SLUICE_PATH" | awk '{print $1}' > ${title}.txt
    for: each
    output: none
    timeout: 5
""",
    )
    assert command.run == ("cat \"$SLUICE_PATH\" | awk '{print $1}' > ${title}.txt",)
    assert (command.slug, command.key, command.about) == ("résumé_links", "7", "each")
    assert (command.output, command.shell, command.timeout) == ("none", True, 5.0)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{}", "command 1 in `commands` has no `name`; give it one."),
        ("[a]", "command 1 in `commands` is not a map; give it `name`, `run`."),
        ("{name: A}", "“A”: `run` is not a list of a program and its arguments"),
        ("{name: A, run: fetch it}", "a shell command needs `shell: true`."),
        ("{name: A, run: []}", "`run` is not a list of a program"),
        ("{name: A, run: [fetch, {path}]}", "an argument in braces needs quotes"),
        ('{name: A, run: [fetch, "{pth}"]}', "`{pth}` is not a placeholder; use {path}, {url}"),
        ('{name: A, run: ["{path}"]}', "the program itself cannot be a placeholder."),
        ("{name: A, run: [fetch, [x]]}", "the argument `['x']` is not text; put it in quotes."),
        ('{name: A, run: "cat {path}", shell: true}', 'the shell would interpret `{path}`; '),
        ("{name: A, run: [x], shell: true}", "with `shell: true`, `run` must be one line of text."),
        ("{name: A, run: [x], shell: 1}", "`shell` is `1`; write `true` or `false`."),
        ("{name: A, run: [x], for: all}", "`for` is `all`; write `one`, `each` or `marked`."),
        ("{name: A, run: [x], output: box}", "`output` is `box`; write `pane`, `insights`, "),
        ("{name: A, run: [x], output: insights, for: marked}", "insights belong to one source; "),
        ("{name: A, run: [x], timeout: soon}", "`timeout` is `soon`; write seconds"),
        ("{name: A, run: [x], timeout: 0}", "`timeout` is `0`; write seconds"),
        ("{name: A, run: [x], key: [a]}", "`key` is `['a']`; write a key in quotes"),
        ("{name: A, run: [x], outptu: pane}", "unknown setting `outptu`; did you mean output?"),
        ("{name: A, run: [x]}, {name: a, run: [y]}", "`commands` has “A” and “a”; rename one."),
    ],
)  # fmt: skip
def test_a_command_that_makes_no_sense_is_refused_with_what_to_do(tmp_path, entry, sentence):
    with pytest.raises(SettingsError) as refused:
        commands(tmp_path, f"commands: [{entry}]")
    assert sentence in str(refused.value)
    assert str(tmp_path / "config.yaml") in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("commands: {a: b}", "`commands` is not a list"),
        ("keys: [a]", "`keys` is not a map; "),
        ("keys: {decide.promote: on}", "`decide.promote` has the key `True`; write keys in quotes"),
        ("keys: {decide.promote: 12}", "`decide.promote` has the key `12`; "),
        ("keys: {decide.promote: ['']}", "`decide.promote` has the key ``; "),
    ],
)
def test_settings_of_another_shape_are_refused(tmp_path, text, sentence):
    with pytest.raises(SettingsError) as refused:
        commands(tmp_path, text)
    assert sentence in str(refused.value)


def test_keys_are_read_as_they_were_written(tmp_path):
    (tmp_path / "config.yaml").write_text(
        'keys: {a.b: m, a.c: ["/", "ctrl+f"], a.d: null, a.e: 1, a.f: []}\n'
    )
    assert load_config(tmp_path).keys == {
        "a.b": ("m",), "a.c": ("/", "ctrl+f"), "a.d": (), "a.e": ("1",), "a.f": (),
    }  # fmt: skip
