"""``--color``, ``--plain``, NO_COLOR, FORCE_COLOR and TERM."""

import pytest

from tests.cli.conftest import SOURCES

ALPHA = "SOURCE-20260101-alpha.md"
COLOURED = ["list", "find alpha", f"show {ALPHA}", "check", f"set {ALPHA} tier=noise --dry-run"]
ESCAPE = "\x1b["


@pytest.fixture(autouse=True)
def _no_wishes(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", COLOURED)
def test_a_pipe_gets_colours_only_when_asked(vault, run, monkeypatch, command):
    words = command.split()
    plain = run(*words)
    assert ESCAPE not in plain.out
    coloured = run(*words, "--color", "always")
    assert ESCAPE in coloured.out
    assert run("--color=always", *words).out == coloured.out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(*words).out == coloured.out
    assert run(*words, "--color=never").out == plain.out
    assert run(*words, "--plain").out == plain.out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(*words).out == plain.out
    assert run(*words, "--color=always").out == coloured.out


@pytest.mark.parametrize("value", ["", "0"])
def test_force_color_can_say_no(vault, run, monkeypatch, value):
    monkeypatch.setenv("FORCE_COLOR", value)
    assert ESCAPE not in run("list").out


def test_json_never_has_colours(vault, run):
    assert ESCAPE not in run("list", "--json", "--color", "always").out


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        ([], {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1", "TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_in_a_terminal_the_option_goes_before_the_environment(
    vault, run_in_terminal, arguments, environment, coloured
):
    outcome = run_in_terminal("list", *arguments, environment=environment)
    assert (ESCAPE in outcome.out) == coloured
    assert "\t" not in outcome.out


@pytest.mark.parametrize("command", ["list", "find alpha", "check", "log"])
@pytest.mark.parametrize("before", [True, False])
def test_plain_prints_to_a_terminal_what_a_pipe_gets(vault, run, run_in_terminal, command, before):
    run("set", ALPHA, "guest=Ada")
    words = ["--plain", *command.split()] if before else [*command.split(), "--plain"]
    piped = run(*command.split())
    assert run_in_terminal(*words).lines == piped.lines + piped.err.splitlines()


def test_plain_keeps_a_terminal_safe(vault, run_in_terminal):
    path = vault / ALPHA
    path.write_bytes(SOURCES[ALPHA].replace("First letter", "\x1b]0;x\x07").encode())
    for command in ("list", f"set {ALPHA} tier=noise --dry-run"):
        shown = run_in_terminal(*command.split(), "--plain").out
        assert "\x1b" not in shown and "\x07" not in shown


def test_a_terminal_gets_problems_below_the_title_of_their_source(vault, run_in_terminal):
    lines = run_in_terminal("check", environment={"NO_COLOR": "1"}).lines
    assert lines[0] == '"Gamma" is broken  inbox/SOURCE-20260103-gamma.md'
    assert lines[1].startswith("  line 3 cannot be read")
