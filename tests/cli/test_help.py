"""Help, version and wrong arguments."""

import pytest

from tui import __version__
from tui.cli.catalogue import COMMANDS, EXIT_CODES, FAMILIES, GROUPS
from tui.display import cells


def test_help_lists_every_command_in_its_group(run):
    outcome = run("--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert "None" not in outcome.out
    rest = outcome.out
    for group, commands in GROUPS.items():
        rest = rest.partition(f"\n{group}:\n")[2]
        block = rest.partition("\n\n")[0]
        assert [line.split()[0] for line in block.splitlines() if line[2] != " "] == list(
            dict.fromkeys(command.name.partition(" ")[0] for command in commands)
        )
        for command in commands:
            summary = FAMILIES.get(command.name.partition(" ")[0], command.summary)
            assert summary in " ".join(block.split())


@pytest.mark.parametrize("family", FAMILIES)
def test_help_on_the_first_of_two_words_lists_the_commands(run, family):
    asked = [run(family, "--help"), run("help", family)]
    assert {outcome.code for outcome in asked} == {0}
    assert asked[0].out == asked[1].out
    of_it = [command for command in COMMANDS.values() if command.name.startswith(f"{family} ")]
    for command in of_it:
        assert command.name in asked[0].out
        assert command.summary in " ".join(asked[0].out.split())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_wrong_second_word_is_refused_with_the_known_ones(run, family):
    for arguments in ([family], [family, "lst"]):
        outcome = run(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "list" in outcome.err
    assert "did you mean `sluice notebook list`?" in outcome.err


@pytest.mark.parametrize("columns", ["45", "80", "200"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_the_terminal_and_begins_with_examples(run, monkeypatch, name, columns):
    monkeypatch.setenv("COLUMNS", columns)
    lines = run(*name.split(), "--help").lines
    usage, begin, end = (
        lines.index(""),
        lines.index("examples:"),
        lines.index("", lines.index("examples:")),
    )
    assert begin == usage + 1
    # A command line is not broken in two: it would not work when copied.
    told = lines[usage:begin] + lines[end:]
    assert max(cells(line) for line in told) <= int(columns)


def test_help_gives_every_exit_code(run):
    out = run("--help").out
    for code in EXIT_CODES:
        assert f"\n  {code} " in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_its_own(run, name):
    outcome = run(*name.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"usage: sluice {name}")
    examples = outcome.out.partition("examples:\n")[2].partition("\n\n")[0]
    assert f"sluice {name}" in examples


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (["help"], ""),
        (["help", "help"], ""),
        (["-h"], ""),
        (["--vault", "somewhere", "-h"], ""),
        (["--plain", "help"], ""),
        ([".", "--help"], ""),
        (["help", "set"], "set"),
        (["--vault=somewhere", "help", "set"], "set"),
        (["-h", "set"], "set"),
        (["--help", "set", "whatever"], "set"),
        (["set", "-h"], "set"),
        (["set", "some-source", "tier=noise", "--help"], "set"),
        (["set", "-q", "--help"], "set"),
        (["list", "--limit", "x", "-h"], "list"),
        (["find", "-agents", "-h"], "find"),
    ],
)
def test_help_comes_wherever_it_is_asked_for(vault, run, arguments, about):
    outcome = run(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == run(*filter(None, [about]), "--help").out


def test_help_about_no_command_says_which_there_is(run):
    outcome = run("help", "lsit")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "sluice: lsit is neither a command nor a folder; did you mean `sluice list`?\n"
    )


def test_after_two_dashes_h_is_a_word(vault, run):
    assert "usage" not in run("find", "--", "-h").out


@pytest.mark.parametrize(
    "arguments",
    [["-V"], ["--version"], ["list", "-V"], ["--vault", "x", "-V"], ["find", "--version"]],
)
def test_the_version_is_printed(run, arguments):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out, outcome.err) == (0, f"sluice {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-v"], "Unknown option -v; -V prints the version"),
        (["list", "-v"], "Unknown option -v; -V prints the version"),
        (["check", "-v"], "Unknown option -v; -V prints the version"),
        (["--json", "list"], "Unknown option --json; a command's options go after the command"),
        (["list", "--colour"], "Unknown option --colour; did you mean --color?"),
        (["list", "-json"], "Unknown option -json; did you mean --json?"),
        (["show"], "It needs REF; `sluice show --help` shows how"),
        (["rename-value", "x"], "It needs OLD=NEW; `sluice rename-value --help` shows how"),
        (["find", "-", "-q", "x"], "Give - or -q QUERY, not both; `sluice find --help` shows how"),
        (["find"], "It needs a QUERY; `sluice find --help` shows how"),
        (["show", "a", "b"], "Unexpected argument b; `sluice show --help` shows how"),
        (["list", "--sort"], "--sort needs a value; `sluice list --help` shows how"),
        (["list", "--json=x"], "--json takes no value; `sluice list --help` shows how"),
        (["list", "--limit", "0"],
         "--limit: “0” is not a whole number above 0; `sluice list --help` shows how"),
        (["list", "--color", "red"],
         "--color: red is not one of auto, always, never; `sluice list --help` shows how"),
        (["check", "--fix", "--limit", "3"],
         "--limit does not go with --fix; name sources, or use -q QUERY"),
        (["check", "x", "-q", "y"],
         "Give REFs or -q QUERY, not both; `sluice check --help` shows how"),
        (["--color", "never"], "--color never needs a command after it; `sluice --help` shows how"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_one_plain_line(vault, run, arguments, said):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"sluice: {said}\n")


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


def test_an_invalid_sluice_yaml_is_reported_in_one_line(vault, run):
    (vault / "sluice.yaml").write_text("fields: [")
    outcome = run("list")
    assert (outcome.code, outcome.out) == (1, "")
    assert "sluice.yaml" in outcome.err
    assert outcome.err.count("\n") == 1
