"""``sluice notebook``: sources go into notebooks, and come out of them byte for byte."""

import json
from datetime import date, timedelta

import pytest

from tui.cli.commands import notebook_suggest
from tui.display import cells
from tui.links import name_of

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
ODD = (
    "Agents at work",
    ' leading "quoted" @home',
    "分类 🧠",
    "[[A link]]",
    "yes",
    "- a: b",
    "#x, y",
)


def names(outcome):
    assert outcome.code == 0, outcome.err
    return [line.split("\t")[0] for line in outcome.lines]


def listed(run):
    outcome = run("notebook", "list", "--json")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.lines]


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_written_as_typed_and_undone_to_the_byte(vault, run, name):
    before = (vault / ALPHA).read_bytes()
    assert run("notebook", "add", name, "SOURCE-20260101-001").code == 0
    assert run("notebook", "sent", name, "--yes").code == 0
    (found,) = listed(run)
    assert (found["name"], found["members"], found["sent"], found["cap"]) == (
        name_of(name),
        1,
        1,
        50,
    )
    assert run("notebook", "rename", name, f"{name} 2", "--yes").code == 0
    (found,) = listed(run)
    assert (found["name"], found["members"], found["sent"]) == (f"{name} 2", 1, 1)
    for _ in range(3):
        assert run("undo").code == 0
    assert (vault / ALPHA).read_bytes() == before


def test_only_the_lines_of_the_notebook_come(vault, run):
    before = (vault / ALPHA).read_text()
    run("notebook", "add", "Agents", "SOURCE-20260101-001")
    after = (vault / ALPHA).read_text()
    assert after == before.replace(
        "has_transcript: no\n", "has_transcript: no\nnotebooks:\n  - Agents\n"
    )


def test_a_query_fills_a_notebook_as_one_change(vault, run):
    outcome = run("notebook", "add", "All", "-q", "", "--yes")
    assert outcome.code == 2
    outcome = run("notebook", "add", "all", "-q", "-status:gone", "--yes")
    inside = names(run("list", "nb:ALL"))
    assert len(inside) > 1
    assert names(run("list", "has:notebook")) == inside
    assert set(names(run("list", "nb:"))).isdisjoint(inside)
    assert run("undo").code == 0
    assert listed(run) == []


def test_the_name_of_an_existing_notebook_takes_any_case(vault, run):
    run("notebook", "add", "Agents", "SOURCE-20260101-001")
    run("notebook", "add", "AGENTS", "SOURCE-20260102-002")
    assert [(each["name"], each["members"]) for each in listed(run)] == [("Agents", 2)]
    run("notebook", "remove", "agents", "SOURCE-20260101-001")
    assert names(run("list", "nb:agents")) == [BETA]


def test_a_rename_says_what_to_change_in_the_schema(vault, run):
    (vault / "sluice.yaml").write_text("notebooks: {names: [Old]}\n")
    run("notebook", "add", "old", "SOURCE-20260101-001")
    assert "  - Old\n" in (vault / ALPHA).read_text()
    outcome = run("notebook", "rename", "Old", "New", "--yes")
    assert "sluice.yaml names Old; change that to New" in outcome.err
    assert [each["name"] for each in listed(run)] == ["Old", "New"]


def test_a_rename_to_another_case_is_a_rename(vault, run):
    run("notebook", "add", "agents", "SOURCE-20260101-001")
    assert run("notebook", "rename", "agents", "Agents", "--yes").code == 0
    assert [each["name"] for each in listed(run)] == ["Agents"]


def test_sent_without_sources_marks_those_that_are_not_marked(vault, run):
    run("notebook", "add", "A", "SOURCE-20260101-001", "SOURCE-20260102-002")
    yesterday = (date.today() - timedelta(1)).isoformat()
    assert run("notebook", "sent", "A", "SOURCE-20260101-001", "--on", "yesterday").code == 0
    assert run("notebook", "sent", "a", "--yes").code == 0
    assert f"- A@{yesterday}\n" in (vault / ALPHA).read_text()
    assert f'- "A@{date.today()}"\n' in (vault / BETA).read_text()
    assert "Nothing to change" in run("notebook", "sent", "A").err
    assert run("notebook", "sent", "A", "SOURCE-20260101-001", "--not").code == 0
    assert listed(run)[0]["sent"] == 1


def test_sent_says_how_many_are_not_in_the_notebook(vault, run):
    run("notebook", "add", "A", "SOURCE-20260101-001")
    asked = run("notebook", "sent", "A", "-q", "-has:problem", "--dry-run")
    assert asked.code == 0 and "note: 1 source not in the notebook\n" in asked.err
    named = run("notebook", "sent", "A", "SOURCE-20260101-001", "SOURCE-20260102-002")
    assert named.code == 0 and "note: 1 source not in the notebook\n" in named.err
    assert "note:" not in run("notebook", "sent", "A", "SOURCE-20260102-002", "--not").err


def test_a_dry_run_and_a_condition_write_nothing(vault, run):
    before = (vault / ALPHA).read_bytes()
    outcome = run("notebook", "add", "A", "SOURCE-20260101-001", "--dry-run")
    assert "+  - A" in outcome.out
    outcome = run("notebook", "add", "A", "SOURCE-20260101-001", "--if", "status=gone")
    assert outcome.code == 1
    assert (vault / ALPHA).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "A"), 2),
        (("add",), 2),
        (("add", " ", "SOURCE-20260101-001"), 1),
        (("remove", "nothing", "SOURCE-20260101-001"), 1),
        (("rename", "nothing", "x"), 1),
        (("sent", "nothing"), 1),
        (("sent", "nothing", "--not", "--on", "today"), 2),
        (("add", "A", "no such source"), 1),
    ],
)
def test_what_cannot_be_done_is_refused(vault, run, arguments, code):
    outcome = run("notebook", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert len(outcome.err.splitlines()) == 1


def test_a_folder_without_notebooks_says_what_helps(vault, run):
    (vault / "sluice.yaml").write_text("roles: {notebooks: null}\n")
    for arguments in (["list"], ["add", "A", "SOURCE-20260101-001"], ["sent", "A"]):
        outcome = run("notebook", *arguments)
        assert outcome.code == 1
        assert "roles: {notebooks: notebooks}" in outcome.err


def test_a_category_as_notebook_is_replaced_and_sluice_says_so(vault, run):
    (vault / "sluice.yaml").write_text("notebooks: {from: notebooklm_category}\n")
    outcome = run("notebook", "add", "general", "SOURCE-20260101-001")
    assert "general replaces claude-code" in outcome.err
    assert "notebooklm_category: general\n" in (vault / ALPHA).read_text()
    assert ALPHA in names(run("list", "nb:general"))


def test_fields_with_other_names_are_used(vault, run):
    (vault / "sluice.yaml").write_text("roles: {notebooks: books, sent: gone}\n")
    run("notebook", "add", "A", "SOURCE-20260101-001")
    run("notebook", "sent", "A", "--yes")
    text = (vault / ALPHA).read_text()
    assert "books:\n  - A\n" in text
    assert f"gone:\n  - A@{date.today()}\n" in text
    assert names(run("list", "has:notebook")) == [ALPHA]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nb:agents", 2),
        ('nb:"agents at"', 0),
        ('nb:"AGENTS  at work"', 1),
        ('nb:"say ""hi"" @me"', 1),
        ('nb:"say ""hi"" @me","agents at work"', 2),
        ('-nb:"agents at work" nb:agents', 1),
        ('sent:"agents at work"', 1),
        ("sent:agents", 1),
        ("has:sent", 1),
        ("notebook:agents", 2),
    ],
)
def test_a_name_in_quotes_is_the_whole_name(vault, run, query, found):
    run("notebook", "add", "Agents at work", "SOURCE-20260101-001")
    run("notebook", "sent", "Agents at work", "--yes")
    run("notebook", "add", "Agents at work 2", "SOURCE-20260102-002")
    run("notebook", "add", 'say "hi" @me', "SOURCE-20260102-002")
    assert len(names(run("list", "-q", query))) == found


def test_notebooks_are_suggested_best_first_as_json_and_as_lines(vault, run):
    run("notebook", "add", "Alpha things", "SOURCE-20260101-001")
    run("notebook", "add", "Beta things", "SOURCE-20260102-beta")
    before = (vault / ALPHA).read_bytes()
    outcome = run("notebook", "suggest", "SOURCE-20260101-001", "--json")
    assert outcome.code == 0, outcome.err
    (found,) = map(json.loads, outcome.lines)
    assert found["path"] == str(vault / ALPHA)
    assert {one["name"] for one in found["notebooks"]} == {"Alpha things", "Beta things"}
    sure = [one["sure"] for one in found["notebooks"]]
    assert sure == sorted(sure, reverse=True)
    assert all(0 < one < 1 for one in sure)
    assert found["fits"] is True
    assert found["certain"] is False
    assert (vault / ALPHA).read_bytes() == before
    outcome = run("notebook", "suggest", "-q", "nb:", "--json")
    paths = [json.loads(line)["path"] for line in outcome.lines]
    assert paths == [str(vault / name) for name in names(run("list", "nb:"))]
    path, name, chance, *_ = run("notebook", "suggest", ALPHA).lines[0].split("\t")
    assert (path, name) == (ALPHA, found["notebooks"][0]["name"])
    assert float(chance) == pytest.approx(sure[0], abs=0.001)


def test_a_suggestion_needs_a_source_and_a_notebook(vault, run):
    assert run("notebook", "suggest").code == 2
    assert run("notebook", "suggest", "SOURCE-20260101-001", "-q", "nb:").code == 2
    outcome = run("notebook", "suggest", "SOURCE-20260101-001", "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["notebooks"] == []
    assert "There is no notebook yet" in outcome.err
    (vault / "sluice.yaml").write_text("roles: {notebooks: null}\n")
    outcome = run("notebook", "suggest", "SOURCE-20260101-001")
    assert outcome.code == 1
    assert "no field for notebooks" in outcome.err


@pytest.mark.parametrize("columns", [45, 100, 200])
def test_suggestions_for_a_person_are_a_line_each_within_the_terminal(
    vault, run, monkeypatch, columns
):
    run(
        "notebook",
        "add",
        "A long name of a notebook about alpha things 分类",
        "SOURCE-20260101-001",
    )
    run("notebook", "add", "Beta", "SOURCE-20260102-beta")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(notebook_suggest, "is_for_people", lambda: True)
    outcome = run("notebook", "suggest", "-q", "")
    assert outcome.code == 0, outcome.err
    assert len(outcome.lines) == len(names(run("list")))
    assert all(" %" in line and cells(line) <= columns for line in outcome.lines)


def test_list_has_the_notebooks_of_a_source_by_the_role(vault, run):
    run("notebook", "add", "Agents", "SOURCE-20260101-001")
    rows = {json.loads(line)["title"]: json.loads(line) for line in run("list", "--json").lines}
    assert rows["Alpha and the agents"]["notebooks"] == ["Agents"]
    header, *lines = run("export", "-q", "nb:Agents", "--as", "csv").lines
    assert (header.split(",")[-1], lines[0].split(",")[-1]) == ("notebooks", "Agents")
    (vault / "sluice.yaml").write_text("notebooks: {from: notebooklm_category}\n")
    rows = {json.loads(line)["title"]: json.loads(line) for line in run("list", "--json").lines}
    assert rows["Alpha and the agents"]["notebooks"] == ["claude-code"]
    (vault / "sluice.yaml").write_text("roles: {notebooks: null}\n")
    assert all(not json.loads(line)["notebooks"] for line in run("list", "--json").lines)


def test_a_delivery_on_a_day_to_come_is_refused(vault, run):
    run("notebook", "add", "Agents", "SOURCE-20260101-001")
    before = (vault / ALPHA).read_bytes()
    outcome = run("notebook", "sent", "Agents", "--on", "2999-01-01", "--yes")
    assert outcome.code == 1
    assert "2999-01-01 is still to come" in outcome.err
    assert (vault / ALPHA).read_bytes() == before
    assert run("notebook", "sent", "Agents", "--on", "2020-01-01", "--yes").code == 0


def test_a_rename_names_the_views_that_ask_for_the_old_name(vault, run):
    views = (
        "views: {mine: 'nb:\"agents\" status:raw', sent ones: 'sent:Agents', other: 'nb:Rust'}\n"
    )
    (vault / "sluice.yaml").write_text(views)
    run("notebook", "add", "Agents", "SOURCE-20260101-001")
    outcome = run("notebook", "rename", "Agents", "Helpers", "--yes")
    assert "The views mine, sent ones ask for Agents; change that to Helpers" in outcome.err
