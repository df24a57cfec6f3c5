"""``--vault`` before and after a command."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"


@pytest.fixture
def elsewhere(vault, tmp_path, monkeypatch):
    """The vault's path; the current folder is another one."""
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    return vault


@pytest.mark.parametrize("form", ["before", "before=", "after", "after=", "between"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--json"],
        ["find", "alpha", "--json"],
        ["show", ALPHA, "--json"],
        ["set", ALPHA, "tier=noise"],
        ["set", "-q", "alpha", "tier=noise"],
        ["promote", ALPHA],
        ["archive", ALPHA],
        ["urls"],
        ["stats", "--json"],
        ["log"],
        ["check", ALPHA],
        ["add", "https://example.com/new"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_it_works_before_after_and_between(elsewhere, run, form, arguments):
    folder = str(elsewhere)
    command, *others = arguments
    lines = {
        "before": ["--vault", folder, command, *others],
        "before=": [f"--vault={folder}", command, *others],
        "after": [command, *others, "--vault", folder],
        "after=": [command, *others, f"--vault={folder}"],
        "between": [command, *others[:-1], "--vault", folder, *others[-1:]],
    }
    outcome = run(*lines[form])
    assert outcome.code == 0 or command == "check"
    assert "no sources" not in outcome.err.casefold()


def test_the_one_after_the_command_counts(elsewhere, run, tmp_path):
    outcome = run("--vault", str(tmp_path / "other"), "list", "--json", "--vault", str(elsewhere))
    assert json.loads(outcome.lines[0])["id"] == "SOURCE-20260101-001"


def test_options_may_stand_between_sources_and_fields(vault, run):
    assert run("set", ALPHA, "--dry-run", "tier=noise").code == 0
    assert run("check", "--fix", ALPHA, "--dry-run").code == 0


@pytest.mark.parametrize("arguments", [["--vault", "{}"], ["--vault={}"]])
def test_alone_it_opens_the_app(elsewhere, run, arguments):
    outcome = run(*(argument.format(elsewhere) for argument in arguments))
    assert outcome.code == 1
    assert "The app needs a terminal" in outcome.err


def test_alone_it_must_name_a_folder(elsewhere, run):
    outcome = run("--vault", "nowhere")
    assert outcome.code == 1
    assert "No folder" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--vault"], "--vault needs a value"),
        (["--vault", "{}", "lst"], "did you mean `sluice list`?"),
        (["--vault", "{}", "{}"], "is a folder"),
        (["{}", "list"], "is a folder"),
        (["--vault", "{}", "demo"], "Unknown option --vault"),
        (["--vault", "{}", "--nonsense"], "Unknown option --nonsense"),
    ],
)
def test_a_wrong_use_of_it_is_explained(elsewhere, run, arguments, said):
    outcome = run(*(argument.format(elsewhere) for argument in arguments))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_help_and_version_come_all_the_same(elsewhere, run):
    assert "examples:" in run("--vault", str(elsewhere), "--help").out
    assert run("--vault", str(elsewhere), "--version").out.startswith("sluice ")
    assert "--vault" in run("--help").out


def test_a_file_of_the_vault_that_looks_like_an_assignment_is_a_reference(elsewhere, run):
    odd = elsewhere / "SOURCE=1.md"
    odd.write_text("---\nstatus: raw\n---\n")
    assert run("--vault", str(elsewhere), "set", "SOURCE=1.md", "guest=Ada").code == 0
    assert "guest: Ada" in odd.read_text()
