"""Help, version and wrong arguments."""

import pytest

from tui import __version__
from tui.cli.catalogue import COMMANDS


def test_help_names_every_command_and_gives_examples(run):
    outcome = run("--help")
    assert (outcome.code, outcome.err) == (0, "")
    for name, command in COMMANDS.items():
        assert f"\n  {name} " in outcome.out
        assert command.summary in " ".join(outcome.out.split())
    assert "examples:" in outcome.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_its_own(run, name):
    outcome = run(name, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"usage: sluice {name}" in outcome.out
    examples = outcome.out.partition("examples:\n")[2]
    assert f"sluice {name}" in examples


def test_the_version_is_told(run):
    assert run("--version").out == f"sluice {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["show", "one", "two"], ["list", "--colour"], ["promote"], ["show"], ["find"], ["--nonsense"]],
)
def test_wrong_arguments_end_with_2_and_words_on_stderr(run, arguments):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("sluice: ") and outcome.err.count("\n") == 1


def test_schema_prints_the_built_in_schema(run):
    outcome = run("schema")
    assert outcome.code == 0
    assert "signal_tier:" in outcome.out
    assert "flow:" in outcome.out


def test_the_printed_schema_is_a_valid_sluice_yaml(vault, run):
    before = run("list").out
    (vault / "sluice.yaml").write_text(run("schema").out)
    outcome = run("list")
    assert (outcome.code, outcome.out) == (0, before)


def test_a_wrong_sluice_yaml_is_told_in_one_line(vault, run):
    (vault / "sluice.yaml").write_text("fields: [")
    outcome = run("list")
    assert (outcome.code, outcome.out) == (1, "")
    assert "sluice.yaml" in outcome.err
    assert outcome.err.count("\n") == 1
