"""What a note without a title is called: the same wherever sluice names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SCHEMA = """\
base: none
sources: {{include: ["**/*.md"], header: none-too}}
roles: {{status: status{title}}}
untitled: {untitled}
fields: {{status: {{kind: choice, values: [inbox, read]}}}}
flow: {{main: [inbox, read], archive: null}}
"""
NOTES = {
    "b.md": "# Zinnias by the wall\n\nText.\n",
    "deep.md": "Text.\n\n## Only a deep heading\n\nText.\n",
    "code.md": "```sh\n# not a heading at all\n```\n\n## Deeper\n",
    "tilde.md": "~~~\n# not a heading either\n~~~\n\n    # nor this\n",
    "late.md": "Text.\n\n```sh\n# a comment in code\n```\n\n# Apples in a row #\n",
    "garden/index.md": "Text.\n",
    "orchard/README.md": "Text.\n",
    "named.md": "---\nname: Marigolds\n---\n\n# Another heading\n",
}
BY_HEADING = {
    "b.md": "Zinnias by the wall", "deep.md": "deep", "code.md": "code", "tilde.md": "tilde",
    "late.md": "Apples in a row", "garden/index.md": "garden", "named.md": "Marigolds",
    "orchard/README.md": "orchard",
}  # fmt: skip
BY_FILE = BY_HEADING | {"b.md": "b", "late.md": "late"}


@pytest.fixture(params=["heading", "file"])
def folder(request, tmp_path: Path, run):
    root = tmp_path / "notes"
    for name, text in NOTES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    schema = SCHEMA.format(title=", title: name", untitled=request.param)
    (root / "sluice.yaml").write_text(schema)
    return root, BY_HEADING if request.param == "heading" else BY_FILE


@pytest.fixture
def sluice(folder, run):
    def run_there(*arguments: str, code: int = 0):
        outcome = run("--vault", str(folder[0]), *arguments)
        assert outcome.code == code, outcome
        return outcome

    return run_there


def titles_of(outcome) -> list[str]:
    return [json.loads(line)["title"] for line in outcome.lines]


def test_list_and_show_have_the_same_title(folder, sluice):
    root, titles = folder
    listed = [json.loads(line) for line in sluice("list", "--json").lines]
    assert {str(Path(one["path"]).relative_to(root)): one["title"] for one in listed} == titles
    for name, title in titles.items():
        assert json.loads(sluice("show", str(root / name), "--json").out)["title"] == title


def test_the_order_by_title_is_that_of_what_is_shown(folder, sluice):
    shown = [
        json.loads(line)["title"] for line in sluice("list", "--sort", "title", "--json").lines
    ]
    assert shown == sorted(folder[1].values(), key=str.casefold)


def test_a_note_is_found_by_its_title_first_also_with_the_filter(folder, sluice):
    root, titles = folder
    for name, title in titles.items():
        first = json.loads(sluice("find", title, "--json").out)["hits"][0]
        assert first["title"] == title
        found = sluice("list", "-q", f'title:"{title}"', "--json").lines
        assert [json.loads(line)["path"] for line in found] == [str(root / name)]
        found = sluice("list", "-q", f'"{title}"', "--json").lines
        assert str(root / name) in [json.loads(line)["path"] for line in found]
    assert titles_of(sluice("list", "-q", "has:title", "--json")) == ["Marigolds"]


def test_proposals_name_it_so(folder, sluice):
    root, titles = folder
    for name in titles:
        sluice("propose", str(root / name), "status=read", "--by", "night")
    assert sorted(titles_of(sluice("proposals", "--json"))) == sorted(titles.values())


def test_the_log_names_it_so_for_people(folder, sluice, run_in_terminal):
    root, titles = folder
    for name in titles:
        sluice("set", str(root / name), "status=read")
    shown = run_in_terminal("--vault", str(root), "log").out
    assert [title for title in titles.values() if title not in shown] == []


@pytest.mark.parametrize("query", ["title:wall", "title:zinnias"])
def test_a_folder_without_a_title_field_can_be_asked_for_titles(tmp_path, run, query):
    (tmp_path / "b.md").write_text(NOTES["b.md"])
    (tmp_path / "c.md").write_text("# Lupins\n")
    (tmp_path / "sluice.yaml").write_text(SCHEMA.format(title="", untitled="heading"))
    listed = run("--vault", str(tmp_path), "list", "-q", query).lines
    assert [line.split("\t")[0] for line in listed] == ["b.md"]


def test_two_notes_called_the_same_by_their_headings_are_duplicates(tmp_path, run):
    for name in ("one", "two", "three"):
        title = "Lupins" if name == "three" else "Zinnias by the wall"
        (tmp_path / f"{name}.md").write_text(f"# {title}\n")
    (tmp_path / "sluice.yaml").write_text(SCHEMA.format(title="", untitled="heading"))
    listed = run("--vault", str(tmp_path), "list", "-q", "has:duplicate").lines
    assert sorted(line.split("\t")[0] for line in listed) == ["one.md", "two.md"]
