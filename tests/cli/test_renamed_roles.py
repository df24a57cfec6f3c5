"""Commands in a folder whose fields all have other names: see tests/renamed.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run
from tests.renamed import DECOY, NOTES, header_of, plant


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return plant(tmp_path / "notes")


@pytest.fixture
def on(notes: Path, run: Run):
    """Runs a command on these notes; no decoy may be in what it prints."""

    def ran(*arguments: str, code: int = 0, decoys: bool = False) -> Outcome:
        outcome = run("--vault", str(notes), *arguments)
        assert outcome.code == code, outcome
        assert decoys or "decoy" not in outcome.out + outcome.err
        return outcome

    return ran


def records(outcome: Outcome) -> list[dict[str, object]]:
    return [json.loads(line) for line in outcome.lines]


def test_lists_show_and_sort_by_the_fields_of_the_roles(on):
    (one,) = records(on("list", "-q", "state:fresh worth:gold", "--json"))
    assert one["title"] == "Glazing a bowl"
    assert (one["status"], one["signal_tier"], one["notebooklm_category"]) == (
        "fresh", "gold", "craft")  # fmt: skip
    assert (one["url"], one["aliases"], one["insights"]) == (
        "https://a.example/bowl", ["Bowls"], [])  # fmt: skip
    titles = ["Firing a kiln", "Glazing a bowl", "Tuning a lute"]
    assert [each["title"] for each in records(on("list", "--sort", "called", "--json"))] == titles
    assert [each["title"] for each in records(on("list", "--sort", "date", "--json"))] == [
        titles[0], titles[2], titles[1]]  # fmt: skip
    assert records(on("list", "--sort", "tier", "--json"))[0]["title"] == titles[1]
    assert records(on("list", "--sort", "state", "--json"))[-1]["title"] == titles[2]
    assert on("list").lines


@pytest.mark.parametrize(
    "query",
    ["state:seen", "tier:tin", "category:music", "author:bell", "tags:strings", "link:lute",
     "has:insights", "date:2026-06", "called:lute", "asleep:>=2020 -state:fresh -tier:gold"],
)  # fmt: skip
def test_filters_take_the_roles_and_the_names_of_their_fields(on, query):
    found = [each["title"] for each in records(on("list", "-q", query, "--json"))]
    assert found == ([] if query.startswith("asleep") else ["Tuning a lute"])


@pytest.mark.parametrize("words", ["glazing bowl", "bowls", "ann ash", "clay", "a.example/bowl"])
def test_lookup_knows_title_alias_author_topic_and_address(on, words):
    assert json.loads(on("find", words, "--json").out)["hits"][0]["title"] == "Glazing a bowl"


def test_no_decoy_is_found_as_a_title_or_an_author(on):
    assert on("find", "decoy").out == ""


def test_addresses_are_those_of_the_role(on):
    assert on("urls").lines == [
        "https://a.example/bowl", "https://c.example/kiln", "https://b.example/lute"]  # fmt: skip


def test_every_decision_writes_the_fields_of_the_roles_and_is_undone(on, notes):
    before = {name: (notes / name).read_bytes() for name in NOTES}
    on("set", "one", "tier=silver", "category=pottery", "insights+=Wait for it", "tags+=glaze")
    assert "worth: silver" in header_of(notes, "one.md")
    assert "shelf: pottery" in header_of(notes, "one.md")
    assert "Wait for it" in header_of(notes, "one.md")
    assert "tags: [clay, fire, glaze]" in header_of(notes, "one.md")
    on("promote", "one")
    assert "state: seen" in header_of(notes, "one.md")
    on("promote", "one", "--to", "kept")
    on("archive", "two")
    assert "state: gone" in header_of(notes, "two.md")
    on("promote", "three")
    assert header_of(notes, "three.md").endswith("state: seen")
    on("snooze", "three", "2099-01-02")
    assert "asleep: 2099-01-02" in header_of(notes, "three.md")
    assert [each["title"] for each in records(on("list", "-q", "has:snoozed", "--json"))] == [
        "Firing a kiln"]  # fmt: skip
    log = on("log", "--json").out
    assert "state" in log
    on("log")
    on("rename-value", "shelf", "pottery=clay work", "--yes")
    assert "shelf: clay work" in header_of(notes, "one.md")
    for _ in range(7):
        on("undo")
    assert {name: (notes / name).read_bytes() for name in NOTES} == before


def test_statistics_count_by_the_roles(on):
    stats = json.loads(on("stats", "--json").out)
    assert [each["sources"] for each in stats["statuses"]] == [2, 1, 0, 0]
    assert {each["tier"]: each["sources"] for each in stats["tiers"]["all"]["tiers"]} == {
        "gold": 1, "silver": 0, "tin": 1}  # fmt: skip
    assert [each["month"] for each in stats["months"]] == ["2026-05", "2026-06", "2026-07"]
    on("stats")


def test_checks_compare_the_addresses_and_titles_of_the_roles(on, notes):
    (notes / "four.md").write_text(
        f"---\n{DECOY}called: Glazing a bowl\nlink: https://a.example/bowl\n---\nText.\n"
    )
    found = on("check", "--json", code=1).out
    names = {"one.md", "four.md"}
    records_ = [json.loads(line) for line in found.splitlines()]
    assert {Path(each["path"]).name for each in records_} == names, records_


def test_a_page_shows_the_title_of_the_role(on):
    assert on("show", "one", decoys=True).lines[0].strip() == "Glazing a bowl"


def test_a_new_source_has_the_fields_of_the_roles_and_no_empty_ones(on, notes):
    on("add", "https://d.example/page", "--title", "Binding a book")
    (new,) = (path for path in notes.glob("*.md") if path.name not in NOTES)
    text = new.read_text()
    assert text.startswith("---\n")
    header = text.split("---\n")[1]
    assert sorted(line.partition(":")[0] for line in header.splitlines()) == [
        "called", "link", "state"]  # fmt: skip
    assert "state: fresh" in header
    refused = on("add", "https://a.example/bowl", code=1)
    assert "Glazing a bowl" in refused.err


def test_proposals_are_for_the_fields_of_the_roles(on, notes):
    on("propose", "one", "tier=tin", "--by", "helper")
    assert on("proposals").out
    assert json.loads(on("proposals", "--json").lines[0])["field"] == "worth"


def test_a_folder_can_do_without_all_roles_but_the_status(run, tmp_path):
    root = tmp_path / "bare"
    root.mkdir()
    (root / "sluice.yaml").write_text(
        "base: none\nsources: {header: any}\nroles: {status: state}\n"
        "fields: {state: {kind: choice, values: [fresh, kept]}}\n"
        "flow: {main: [fresh, kept], archive: null}\n"
    )
    for name in ("a", "b"):
        (root / f"{name}.md").write_text(f"---\n{DECOY}x: {name}\n---\n# Note {name}\n")
    commands: tuple[tuple[str, ...], ...] = (
        ("list",), ("list", "--json"), ("list", "--sort", "title"), ("find", "note"), ("stats",),
        ("stats", "--json"), ("urls",), ("check",), ("promote", "a"), ("log",), ("undo",),
        ("set", "a", "x=y"), ("list", "-q", "has:duplicate"), ("list", "-q", "has:doubt"),
        ("list", "--sort", "status"), ("list", "--sort", "waiting"), ("show", "b", "--json"),
    )  # fmt: skip
    for command in commands:
        outcome = run("--vault", str(root), *command)
        assert outcome.code == 0, (command, outcome)
        if command[0] not in ("show", "check"):
            assert "decoy" not in outcome.out
    refused = run("--vault", str(root), "list", "--sort", "certainty")
    assert refused.err == "sluice: Unknown sort field certainty; try name, title or status.\n"
    for command in (("archive", "a"), ("set", "a", "tier=gold"), ("snooze", "a", "tomorrow"),
                    ("add", "https://d.example")):  # fmt: skip
        outcome = run("--vault", str(root), *command)
        assert outcome.err.count("\n") >= 1, command
        assert "Traceback" not in outcome.err
