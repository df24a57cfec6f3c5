"""The samples of other folders: what `init` writes for them, and their journeys by commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.test_packaging import ROOT
from tui.vault.vault import Vault

SAMPLES = ROOT / "seeds" / "schemas"


class Case(NamedTuple):
    """One of the folders, and what a person does there."""

    sources: int
    words: str
    """Misspelt words that find the note."""
    note: str
    moves: tuple[str, ...]
    """The line that each promotion leaves in the note."""
    archived: str = ""
    tier: str = ""
    category: str = ""
    insight: str = ""


CASES = {
    "clippings": Case(
        sources=7, words="bred rises", note="Why bread rises twice.md",
        moves=("status: read", "status: done"), archived="status: archived",
        insight='insights: ["Flavour, not size"]',
    ),
    "rfcs": Case(
        sources=9, words="sortng stable", note="0022-sorting-is-stable.md",
        moves=("stage: Review", "stage: Last Call", "stage: Final"), archived="stage: Withdrawn",
        category="area: editors", insight='insights: ["Flavour, not size"]',
    ),
    "backlog": Case(
        sources=9, words="print crads", note="tasks/task-024 - Print-on-index-cards.md",
        moves=("state: In Progress", "state: Done"), archived="state: Won't Do",
        tier="priority: high", category="component: editors",
        insight='insights: ["Flavour, not size"]',
    ),
    "blog": Case(
        sources=7, words="impatent shrpening",
        note="content/posts/sharpening-for-the-impatient.md",
        moves=("draft = false  # photos are missing",),
    ),
}  # fmt: skip


@pytest.fixture(params=CASES)
def case(request) -> Case:
    return CASES[request.param]


@pytest.fixture
def root(request, case, other_folder) -> Path:
    return other_folder(request.node.callspec.params["case"])


@pytest.fixture
def sluice(root, run):
    """Run a command on the folder that must succeed."""

    def run_there(*arguments: str, code: int = 0):
        outcome = run("--vault", str(root), *arguments)
        assert outcome.code == code, outcome
        return outcome

    return run_there


def gained(before: bytes, path: Path) -> list[str]:
    """The lines that a note gained."""
    old = before.decode().splitlines()
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line not in old]


def test_init_writes_the_schema_that_is_there(case, root, run):
    schema = root / "sluice.yaml"
    written = schema.read_bytes()
    schema.unlink()
    assert run("init", str(root), "--dry-run").out.encode() == written
    assert run("init", str(root), "--yes").code == 0
    assert schema.read_bytes() == written


def test_the_notes_are_listed_and_found_and_no_problem_is_told(case, root, sluice):
    assert len(sluice("list").lines) == case.sources
    assert "No problems" in sluice("check").err
    (first, *_) = json.loads(sluice("find", case.words, "--json").out)["hits"]
    assert first["path"] == str(root / case.note)


def test_a_note_goes_to_the_end_of_the_line_and_back_to_its_first_byte(case, root, sluice):
    path = root / case.note
    before = path.read_bytes()
    for line in case.moves:
        sluice("promote", str(path))
        assert gained(before, path) == [line]
    assert len(sluice("list", "-q", f"status:{last_status(case)}").lines) >= 1
    sluice("promote", str(path), code=1)
    for _ in case.moves:
        sluice("undo")
    assert path.read_bytes() == before


def last_status(case: Case) -> str:
    if not case.archived:
        return "published"
    return f'"{case.moves[-1].partition(": ")[2]}"'


def test_a_note_is_archived_where_there_is_such_a_status(case, root, sluice):
    path = root / case.note
    before = path.read_bytes()
    if not case.archived:
        refused = sluice("archive", str(path), code=1)
        assert "no status for that" in refused.err
        assert path.read_bytes() == before
        return
    sluice("archive", str(path))
    assert gained(before, path) == [case.archived]
    sluice("undo")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("role", "given"),
    [("tier", "tier=high"), ("category", "category=editors"),
     ("insight", "insights+=Flavour, not size")],
)  # fmt: skip
def test_a_role_that_the_folder_has_is_set_in_its_own_field(case, root, sluice, role, given):
    path = root / case.note
    before = path.read_bytes()
    line = getattr(case, role)
    if not line:
        return
    sluice("set", str(path), given)
    assert "\n".join(gained(before, path)) in (line, line_of_block(line))
    sluice("undo")
    assert path.read_bytes() == before


def line_of_block(line: str) -> str:
    """A list of one, with its item on a line of its own."""
    name, _, item = line.partition(": ")
    return f"{name}:\n  - {item.strip('[]')}"


def test_every_note_can_be_changed_at_once_and_undone(case, root, sluice):
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    sluice("set", *map(str, sources(root)), "note=Read it again: today")
    changed = [path for path, text in before.items() if path.read_bytes() != text]
    assert len(changed) == case.sources
    assert all(len(gained(before[path], path)) == 1 for path in changed)
    sluice("undo")
    assert {path: path.read_bytes() for path in before} == before


def sources(root: Path) -> list[Path]:
    out = ("README.md", "_index.md", "default.md")
    return [path for path in sorted(root.rglob("*.md")) if path.name not in out]


def test_there_are_four_folders_and_none_of_their_notes_is_a_source_of_the_samples(tmp_path):
    assert sorted(path.name for path in SAMPLES.iterdir()) == sorted(CASES)
    names = [source.name for source in Vault(ROOT / "seeds", tmp_path).sources]
    assert [name for name in names if name.startswith("schemas/")] == []


def test_the_names_and_addresses_are_made_up():
    for path in SAMPLES.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.count("https://") == text.count("https://example."), path
