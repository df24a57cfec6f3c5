"""What comes with sluice is where the code looks for it, and the two commands set it up."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest
import yaml

from tui import __version__
from tui.resources import seeds_folder, themes_folder
from tui.state.log import LOG_FILE
from tui.triage.schema import load_schema

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The set-up script's functions, at work in a folder of their own."""
    path = ROOT / ".ci" / "environment.py"
    spec = importlib.util.spec_from_file_location("environment", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp")
    return module


@pytest.fixture
def commands(environment, monkeypatch):
    """The commands the set-up ran: nothing is installed, a venv is an empty program."""
    ran = []

    def run(command, **_):
        ran.append([str(part) for part in command])
        if "venv" in command:
            python = environment.program("python")
            python.parent.mkdir(parents=True)
            python.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(environment.subprocess, "run", run)
    monkeypatch.setattr(environment, "_runs", lambda python: python.exists())
    return ran


def test_samples_themes_and_schema_are_found():
    assert len(list(seeds_folder().glob("*.md"))) >= 25
    assert len(list((seeds_folder() / "schemas").glob("*/sluice.yaml"))) == 4
    assert len(list(themes_folder().iterdir())) >= 6
    assert resources.files("tui.triage").joinpath("schema.yaml").is_file()
    assert load_schema().status.values[0] == "raw"


def test_the_wheel_takes_samples_and_themes_to_where_they_are_looked_for():
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"themes": "tui/data/themes", "seeds": "tui/data/seeds"}


def test_an_installed_package_finds_its_own_copies(tmp_path, monkeypatch):
    (tmp_path / "data" / "seeds").mkdir(parents=True)
    monkeypatch.setattr("tui.resources._PACKAGE", tmp_path)
    assert seeds_folder() == tmp_path / "data" / "seeds"


def test_the_command_and_the_version_are_declared():
    assert PROJECT["project"]["scripts"] == {"sluice": "tui.__main__:main"}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--version"], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout.decode() == f"sluice {__version__}\n"


def test_the_distribution_has_a_name_of_its_own_and_claims_only_what_was_tried():
    project = PROJECT["project"]
    assert project["name"] == "sluice-triage"
    assert "urls" not in project, "there is no public host yet"
    classifiers = set(project["classifiers"])
    assert {"Development Status :: 4 - Beta", "Operating System :: POSIX :: Linux"} <= classifiers
    assert "Typing :: Typed" not in classifiers, "there is no py.typed"
    assert {name for name in classifiers if "Operating System" in name} == {
        "Operating System :: POSIX :: Linux"
    }


def test_the_first_set_up_makes_the_environment_and_installs(environment, commands):
    environment.prepare()
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert commands[1][-1].endswith("[dev]")


def test_starting_the_app_installs_no_test_tools(environment, commands, tmp_path):
    environment.prepare(tools=False)
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert commands[1][-1] == str(tmp_path)


def test_the_first_test_after_a_start_adds_the_tools_to_the_same_environment(environment, commands):
    environment.prepare(tools=False)
    commands.clear()
    environment.prepare()
    assert [command[1:3] for command in commands] == [["-m", "pip"]]
    assert commands[0][-1].endswith("[dev]")
    commands.clear()
    environment.prepare(tools=False)
    environment.prepare()
    assert commands == []


@pytest.mark.parametrize(("script", "argument"), [("start", "tools=False"), ("test", "")])
def test_only_the_app_does_without_the_tools(script, argument):
    text = (ROOT / ".ci" / script).read_text(encoding="utf-8")
    assert f"environment.prepare({argument})\n" in text


def test_a_second_set_up_does_nothing(environment, commands):
    environment.prepare()
    commands.clear()
    environment.prepare()
    assert commands == []


def test_a_changed_project_is_installed_again_into_the_same_environment(
    environment, commands, tmp_path
):
    environment.prepare()
    commands.clear()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    environment.prepare()
    assert [command[1:3] for command in commands] == [["-m", "pip"]]


def test_a_failed_install_is_tried_again_the_next_time(environment, commands, monkeypatch):
    works = environment.subprocess.run

    def fail(command, **options):
        works(command, **options)
        return subprocess.CompletedProcess(command, int("pip" in command), "", "")

    monkeypatch.setattr(environment.subprocess, "run", fail)
    for _ in range(2):
        with pytest.raises(SystemExit, match="pip could not install"):
            environment.prepare()
    assert [command[2] for command in commands] == ["venv", "pip", "pip"]


def test_an_old_python_is_refused_in_one_sentence(environment, monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"^sluice: Python 3\.11 or newer is needed[^\n]*$"):
        environment.prepare()


def test_a_python_without_venv_is_refused_in_one_sentence(environment, commands, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match=r"^sluice: [^\n]*apt install python3-venv[^\n]*$"):
        environment.prepare()


def test_the_workflow_runs_the_checks_on_every_supported_python_and_may_only_read():
    text = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    first = "# Not yet run on this host; no badge until it has passed."
    assert text.splitlines()[0] == first
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    ran = [step["run"] for step in job["steps"] if "run" in step]
    assert ran[-1] == ".ci/run"
    assert {"xclip", "xvfb", "tmux", "strace"} <= set(ran[0].split())


def test_the_form_for_bugs_asks_for_what_helps_to_find_them():
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/bug.yml").read_text(encoding="utf-8"))
    assert form["name"] and form["description"]
    fields = {part["id"]: part for part in form["body"] if part["type"] != "markdown"}
    assert list(fields) == ["version", "system", "terminal", "happened", "log", "header"]
    required = [
        name for name, part in fields.items() if part.get("validations", {}).get("required")
    ]
    assert required == ["version", "system", "terminal", "happened"]
    assert LOG_FILE in fields["log"]["attributes"]["label"]


def test_the_release_page_names_what_is_there():
    page = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    assert PROJECT["project"]["name"] in page
    named = set(re.findall(r"(?:^|[\s`])((?:\.ci|docs|tui)/[\w./]+\w)", page))
    assert {".ci/run", ".ci/wheel_check.py", "tui/__init__.py"} <= named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
