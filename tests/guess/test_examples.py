"""The texts of the measured design, for folders made up to the same counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.guess.folders import bare, guessed, note, write
from tui.guess.write import write_schema

EXAMPLES = Path(__file__).parents[3] / "shared" / "any-folder-examples.yaml"
OURS = {
    'no word of yours says "put away"': "no word of yours means archived",
    "# 1 files": "# 1 file",
    # Other names are a list, also where no note has one yet.
    "  tags: {kind: list}\n  created: {kind: date}\n  updated": (
        "  tags: {kind: list}\n  aliases: {kind: list}\n  created: {kind: date}\n  updated"
    ),
}
"""Where our own text differs."""


def spread(counts: Mapping[str, int]) -> list[str]:
    return [value for value, count in counts.items() for _ in range(count)]


def proposals(root: Path) -> Path:
    counts = {"Draft": 221, "Review": 64, "Last Call": 14, "Final": 141, "Withdrawn": 9}
    for number, status in enumerate(spread({**counts, "Stagnant": 162, "Living": 1})):
        fields = {
            "number": number,
            "title": f"Proposal {number}",
            "author": "Ada (@ada)",
            "discussions-to": f"https://example.com/{number}",
            "status": status,
            "type": "Standards",
            "created": "2024-01-02",
        }
        if status == "Last Call":
            fields["last-call-deadline"] = "2025-01-02"
        write(root, {f"p{number:03}.md": note("\n".join(f"{k}: {v}" for k, v in fields.items()))})
    return root


def tasks(root: Path) -> Path:
    counts = {"To Do": 86, "In Progress": 3, "Done": 578, "Won't Do": 6, "Draft": 1, "proposed": 1}
    kinds = ["bug", "feature", "chore", "docs", "task", "spike", "enhancement"]
    for number, status in enumerate(spread(counts)):
        text = (
            f"id: T-{number}\ntitle: Task {number}\nstatus: {status}\nassignee: []\n"
            f"created_date: '2025-07-27'\nupdated_date: '2025-08-26 19:45'\nlabels: [ui]\n"
        )
        if number % 2:
            text += f"priority: {('high', 'medium', 'low')[number % 3]}\n"
        if number % 4 == 0:
            text += f"type: {kinds[number // 4 % 7]}\n"
        if status == "Done":
            text += "completed_date: 2025-09-01\n"
        write(root, {f"tasks/t{number:03}.md": note(text)})
    for number in range(12):
        write(root, {f"texts/d{number}.md": note(f"title: Page {number}\ndate: 2025-01-02")})
    return write(root, {f"d{number}/readme.md": "Read me\n" for number in range(9)})


def clippings(root: Path) -> Path:
    for number in range(371):
        text = (
            f"title: Page {number}\nsource: https://example.com/{number}\nauthor: Ada\n"
            "published: 2024-01-01\ncreated: 2024-02-02\ndescription: Words\ntags: [clip]\n"
        )
        write(root, {f"{number % 7}/p{number:03}.md": note(text)})
    bare(root, 52, "notes/")
    write(root, {f"{number}/README.md": "Read me\n" for number in range(3)})
    write(root, {f"_{kind}-template.md": note("title: ''") for kind in ("a", "b", "c", "d", "e")})
    return write(root, {f"{number}/_template.md": note("title: ''") for number in range(3)})


def posts(root: Path) -> Path:
    for number in range(11):
        draft = f"draft: {'true' if number < 4 else 'false'}\n" if number < 10 else ""
        text = f"title: Post {number}\n{draft}tags: [a, b]\ndate: 2024-01-0{number % 9 + 1}\n"
        write(root, {f"posts/p{number:02}.md": note(text)})
    return write(
        root,
        {
            "posts/_index.md": note("title: Posts"),
            "archetypes/default.md": note('title: "{{ .Name }}"\ndate: "{{ .Date }}"'),
        },
    )


def tagged(root: Path) -> Path:
    values = spread({"stub": 11, "done": 20, "permanent": 273})
    for number, value in enumerate([*values, *[""] * 6]):
        tags = f"[a, {f'status/{value}, ' if value else ''}b]"
        text = (
            f"title: Note {number}\naliases: []\ntags: {tags}\nsource: https://example.com/{number}\n"
            "author: Ada\ncreated: 2024-01-02\nupdated: 2024-01-03\n"
        )
        write(root, {f"n{number:03}.md": note(text, f"# Heading {number}\n\nText\n")})
    return write(root, {"README.md": "Read me\n"})


FOLDERS = {
    "ERCs": proposals,
    "Backlog": tasks,
    "Web clippings": clippings,
    "Hugo drafts": posts,
    "Status in a tag": tagged,
}


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs the design beside the checkout")
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_the_same_counts_gets_the_same_text(name, tmp_path):
    parts = re.split(r"^# ---- (.*)\n", EXAMPLES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    expected = dict(zip(parts[1::2], parts[2::2], strict=True))[name]
    expected = re.sub(r"\n(---\n)?$", "", expected.rstrip("-\n") + "\n")
    for theirs, ours in OURS.items():
        expected = expected.replace(theirs, ours)
    found = write_schema(guessed(FOLDERS[name](tmp_path)))
    assert found.rstrip() == expected.rstrip()
