"""A status that a header says with yes or no."""

import json

import pytest

SCHEMA = """
roles: {status: draft}
fields:
  status: null
  draft: {kind: bool, short: st, values: {draft: {is: yes}, published: {is: no}}, absent: published}
flow: {main: [draft, published], archive: published, moves: {}, stamps: {}, wants: {}}
passes: {first: {meaning: m, find: "", seconds: 5, ask: signal_tier}}
views: {all: ""}
"""


@pytest.fixture
def posts(vault):
    for path in vault.rglob("*.md"):
        path.unlink()
    (vault / "sluice.yaml").write_text(SCHEMA)
    for name, line in (
        ("a", "draft: true"),
        ("b", "draft: False"),
        ("c", "x: 1"),
        ("d", "draft: On"),
    ):
        (vault / f"SOURCE-{name}.md").write_text(f"---\ntitle: {name}\n{line}\n---\n")
    return vault


def test_it_is_shown_found_and_sorted_by_its_name(posts, run):
    rows = [json.loads(row) for row in run("list", "--json", "--sort", "status").lines]
    assert [(row["title"], row["status"]) for row in rows] == [
        ("a", "draft"), ("d", "draft"), ("b", "published"), ("c", "published"),
    ]  # fmt: skip
    for query, names in (("st:draft", "ad"), ("draft:published", "bc"), ("-st:draft", "bc")):
        rows = run("list", "--json", "-q", query).lines
        assert "".join(json.loads(row)["title"] for row in rows) == names


def test_it_is_moved_in_the_words_of_the_file(posts, run):
    assert run("promote", "SOURCE-a", "SOURCE-d").code == 0
    assert (posts / "SOURCE-a.md").read_text() == "---\ntitle: a\ndraft: false\n---\n"
    assert (posts / "SOURCE-d.md").read_text() == "---\ntitle: d\ndraft: Off\n---\n"
    assert run("set", "SOURCE-b", "draft=yes").code == 0
    assert (posts / "SOURCE-b.md").read_text() == "---\ntitle: b\ndraft: True\n---\n"
    assert run("promote", "SOURCE-c").code == 1
    assert run("undo").code == run("undo").code == 0
    assert (posts / "SOURCE-d.md").read_text() == "---\ntitle: d\ndraft: On\n---\n"
