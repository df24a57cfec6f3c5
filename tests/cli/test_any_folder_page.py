"""What docs/any-folder.md shows of the four folders is in them, and is what sluice says."""

from __future__ import annotations

import pytest

from tests.test_docs import PAGES, blocks, section
from tests.test_packaging import ROOT

PAGE = PAGES["docs/any-folder.md"]
FOLDERS = {
    "clippings": ("## Web clippings", "Why bread rises twice.md"),
    "rfcs": ("## Proposals", "0022-sorting-is-stable.md"),
    "backlog": ("## Tasks", "tasks/task-024 - Print-on-index-cards.md"),
    "blog": ("## Blog drafts", "content/posts/sharpening-for-the-impatient.md"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_files_shown_are_there(name):
    files, _ = blocks("text", section(FOLDERS[name][0], PAGE))
    assert [file for file in files.splitlines()
            if not (ROOT / "seeds" / "schemas" / name / file).is_file()] == []  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_init_says_what_is_shown_in_a_terminal(name, other_folder, run_in_terminal, monkeypatch):
    root = other_folder(name)
    (root / "sluice.yaml").unlink()
    monkeypatch.chdir(root.parent)
    said = run_in_terminal("init", name, keys=b"\n", after=b"[y/N]").out
    _, shown = blocks("text", section(FOLDERS[name][0], PAGE))
    assert said.replace(f"{root.parent}/", "").startswith(shown)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_change_shown_is_what_promote_makes(name, other_folder, run):
    heading, note = FOLDERS[name]
    root = other_folder(name)
    diff = run("promote", "--vault", str(root), str(root / note), "--dry-run").out
    (shown,) = blocks("diff", section(heading, PAGE))
    assert shown in diff
    assert diff.count("\n+") - 1 == shown.count("\n+") - shown.count("\n+++")
