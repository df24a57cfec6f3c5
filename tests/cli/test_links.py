"""A folder's links, pipes and giants in front of the commands: a sentence, and nothing outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

URL, OTHER = "https://example.com/new", "https://example.com/other"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the vault, with a file that is nobody's business."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "SOURCE-secret.md").write_text("---\nstatus: raw\ntitle: secret\n---\n")
    return folder


def capture_into(vault: Path, folder: str) -> None:
    (vault / "sluice.yaml").write_text(f"capture: {{folder: {folder}}}\n")


def contents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
@pytest.mark.parametrize(
    "folder", ["inbox/new", "inbox/new/deeper", "link", "link/deeper", "twice"]
)
def test_add_writes_nothing_through_a_link_that_leaves(vault, run, outside, folder, options):
    (vault / "inbox" / "new").symlink_to(outside)
    (vault / "link").symlink_to(Path("..") / outside.name)
    (vault / "twice").symlink_to("link")
    capture_into(vault, folder)
    outcome = run("add", URL, *options)
    assert outcome.code == 1
    assert outcome.err == (
        f"sluice: The folder {folder} is outside the vault; choose one inside it.\n"
    )
    assert contents(outside) == ["SOURCE-secret.md"]


@pytest.mark.parametrize("folder", ["..", "../outside", "inbox/../../outside"])
def test_add_puts_nothing_above_the_vault(vault, run, outside, folder):
    before = contents(vault.parent)
    capture_into(vault, folder)
    outcome = run("add", URL)
    assert outcome.code == 1 and outcome.err.startswith("sluice: ")
    assert set(contents(vault.parent)) - {"sluice.yaml"} == set(before)


def test_add_puts_nothing_where_a_link_leads_to_a_hidden_folder(vault, run):
    (vault / ".hidden").mkdir()
    (vault / "link").symlink_to(".hidden")
    capture_into(vault, "link")
    outcome = run("add", URL)
    assert outcome.code == 1
    assert "link leads to .hidden, which sluice does not scan" in outcome.err
    assert contents(vault / ".hidden") == []


@pytest.mark.parametrize("target", ["inbox", "not/there/yet"])
def test_what_is_added_by_a_link_inside_is_listed_where_it_is_and_undone(vault, run, target):
    (vault / "link").symlink_to(target)
    capture_into(vault, "link")
    first, second = (Path(run("add", url, "--title=Same").out.strip()) for url in (URL, OTHER))
    assert first.parent == second.parent == vault / target
    assert first != second
    listed = run("list", "-q", "title:same", "--json").out
    assert str(first) in listed and str(second) in listed
    assert run("set", str(vault / "link" / first.name), "tier=noise").code == 0
    for _ in range(3):
        assert run("undo").code == 0
    assert not first.exists() and not second.exists()


@pytest.mark.parametrize(
    "words", [["show"], ["set", "tier=noise"], ["promote"], ["check", "--fix"]]
)
def test_a_path_through_a_link_that_leaves_is_refused(vault, run, outside, words):
    (vault / "link").symlink_to(outside)
    (vault / "SOURCE-link.md").symlink_to(outside / "SOURCE-secret.md")
    before = (outside / "SOURCE-secret.md").read_bytes()
    command, *more = words
    by_folder = run(command, "link/SOURCE-secret.md", *more)
    by_file = run(command, "SOURCE-link.md", *more)
    assert (by_folder.code, by_file.code) == (1, 1)
    assert "is not in the vault" in by_folder.err
    assert "SOURCE-link.md is not a source: it is a link to a file outside the vault" in by_file.err
    assert "secret" not in by_folder.out + by_file.out
    assert (outside / "SOURCE-secret.md").read_bytes() == before


COMMANDS = (
    ["list"],
    ["find", "x"],
    ["check"],
    ["stats"],
    ["urls"],
    ["log"],
    ["undo"],
    ["add", URL],
)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("kind", ["pipe", "link", "giant"])
def test_every_command_refuses_a_schema_from_outside_the_vault(vault, run, outside, command, kind):
    path = vault / "sluice.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        (outside / "own.yaml").write_text("slots: x\n")
        path.symlink_to(outside / "own.yaml")
    else:
        path.touch()
        os.truncate(path, 1 << 40)
    outcome = run(*command)
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.startswith(f"sluice: {path}: ")
    assert outcome.err.count("\n") == 1


def test_a_giant_is_shown_with_its_problem_found_by_it_and_not_changed(vault, run):
    path = vault / "SOURCE-giant.md"
    path.write_text("---\nid: SOURCE-1\nstatus: raw\ntitle: Giant\n---\nIts giraffe\n")
    os.truncate(path, 1 << 40)
    sentence = "only the beginning is shown: the file is larger than 16 MB"
    assert "SOURCE-giant.md: " + sentence in run("check").out
    assert "SOURCE-giant.md" in run("list", "-q", "has:problem", "--json").out
    assert "SOURCE-giant.md" in run("list", "-q", "body:giraffe", "--json").out
    shown = run("show", "SOURCE-giant").out
    assert sentence in shown and "Its giraffe" in shown
    for change in (["set", "SOURCE-giant", "tier=noise"], ["promote", "SOURCE-giant"]):
        outcome = run(*change)
        assert outcome.code == 1
        assert "“Giant” is larger than 16 MB" in outcome.err
    fixed = run("check", "--fix")
    assert "SOURCE-giant.md is larger than 16 MB" in fixed.err
    assert fixed.code == 1
    assert path.stat().st_size == 1 << 40
