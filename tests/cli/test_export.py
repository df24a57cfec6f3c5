"""``sluice export``: a view as JSON, CSV or a Markdown index."""

import csv
import io
import json
import re

ALPHA, BETA = "SOURCE-20260101-alpha", "SOURCE-20260102-beta"


def test_json_is_one_array_with_all_fields(vault, run):
    outcome = run("export", "all", "--as", "json")
    assert outcome.code == 0
    rows = json.loads(outcome.out)
    assert [row["id"][-3:] for row in rows] == ["001", "002", "003"]
    assert rows[1]["insights"] == ["one", "two"] and rows[0]["fields"]["has_transcript"] is False
    assert rows[2]["problem"]
    listed = [json.loads(line) for line in run("list", "--json").lines]
    assert [{**row, **one} for row, one in zip(rows, listed, strict=True)] == rows
    assert json.loads(run("export", "-q", "st:archived", "--as", "json").out) == []


def test_csv_has_a_heading_and_a_row_a_source(vault, run):
    rows = list(csv.DictReader(io.StringIO(run("export", "-q", "", "--as", "csv").out)))
    assert [*rows[0]] == [*json.loads(run("list", "--json").lines[0])]
    assert rows[1]["title"] == 'Beta: a "quoted" 日本 title'
    assert rows[1]["insights"] == "one; two"
    assert rows[0]["problem"] == "" and rows[2]["problem"]
    assert len(run("export", "-q", "st:archived", "--as", "csv").lines) == 1


def test_an_index_has_wikilinks_below_categories_tiers_or_creators(vault, run):
    outcome = run("export", "-q", "-has:problem", "--as", "md")
    assert outcome.lines == [
        "# -has:problem",
        "",
        "2 sources.",
        "",
        "## claude-code (1)",
        "",
        f"- [[{ALPHA}]] Alpha and the agents",
        "",
        "## general (1)",
        "",
        f'- [[{BETA}]] Beta: a "quoted" 日本 title',
    ]
    tiers = [ln for ln in run("export", "all", "--as", "md", "--by", "tier").lines if "##" in ln]
    assert tiers == ["## paradigm (1)", "## tactical (1)", "## Without a tier (1)"]
    creators = run("export", "all", "--as", "md", "--by", "creator").lines
    assert "## Without a creator (3)" in creators


def test_a_view_is_one_of_the_app_saved_or_a_notebook(vault, run):
    assert [row["id"] for row in json.loads(run("export", "RAW", "--as", "json").out)] == [
        "SOURCE-20260101-001",
        "SOURCE-20260103-003",
    ]
    run("notebook", "add", "My book", ALPHA)
    assert [row["title"] for row in json.loads(run("export", "My book", "--as", "json").out)] == [
        "Alpha and the agents"
    ]
    refused = run("export", "nothing", "--as", "md")
    assert (refused.code, refused.out) == (2, "") and "There is no view “nothing”" in refused.err


def test_a_notebook_is_a_view_whatever_its_name_has(vault, run):
    name = '@Agents "at": work, now'
    run("notebook", "add", name, ALPHA)
    for written in (name, name.upper()):
        rows = json.loads(run("export", written, "--as", "json").out)
        assert [row["title"] for row in rows] == ["Alpha and the agents"]
    hint = run("notebook", "packet", name).err
    (query,) = re.findall("-q '(.*)' integrated", hint)
    assert run("list", query).lines == run("list", f"stem:{ALPHA}").lines


def test_a_title_cannot_be_a_link_or_a_line_of_its_own(vault, run):
    run("set", ALPHA, "title=A [[link]]\nand a line")
    lines = run("export", "raw", "--as", "md").lines
    assert f"- [[{ALPHA}]] A \\[\\[link]] and a line" in lines


def test_wrong_arguments_are_refused(vault, run):
    for arguments in (
        ["export", "raw"],
        ["export", "--as", "json"],
        ["export", "raw", "-q", "x", "--as", "json"],
        ["export", "raw", "--as", "json", "--by", "tier"],
        ["export", "raw", "--as", "xml"],
    ):
        assert run(*arguments).code == 2, arguments


def test_a_folder_without_tiers_cannot_be_grouped_by_them(vault, run):
    (vault / "sluice.yaml").write_text("roles: {tier: null, category: null}\n")
    refused = run("export", "all", "--as", "md", "--by", "tier")
    assert refused.code == 2 and "no tier to group by" in refused.err
    assert "## Without a creator (3)" in run("export", "all", "--as", "md").lines
