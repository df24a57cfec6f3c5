"""Values that somebody else suggests: proposed, found, taken, refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, SOURCES
from tui.desk import Desk
from tui.state.folders import user_folders
from tui.triage import proposals as store

ALPHA, BETA, GAMMA = SOURCES
TAGGER = ("--by", "tagger", "--why", "cited twice")


@pytest.fixture(autouse=True)
def texts(vault) -> Iterator[dict[str, bytes]]:
    """The files as they are when the test begins."""
    return {name: (vault / name).read_bytes() for name in SOURCES}


def proposed(run, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("proposals", "--json", *arguments).lines]


def changed(vault: Path, texts: dict[str, bytes]) -> list[str]:
    return [name for name in texts if (vault / name).read_bytes() != texts[name]]


def test_a_proposal_changes_no_file_and_is_listed_with_who_and_why(vault, run, texts):
    said = run("propose", ALPHA, "tier=strategic", "aliases+=Alef", *TAGGER)
    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "Proposed: signal_tier = strategic, aliases += Alef (Alpha and the agents)\n"
    )
    assert changed(vault, texts) == []
    tier, aliases = proposed(run)
    assert tier["path"] == str(vault / ALPHA)
    assert (tier["field"], tier["before"], tier["after"]) == (
        "signal_tier",
        "tactical",
        "strategic",
    )
    assert (aliases["before"], aliases["after"]) == (["First letter"], ["First letter", "Alef"])
    assert (tier["by"], tier["why"], tier["outdated"]) == ("tagger", "cited twice", False)
    row = run("proposals").lines[0].split("\t")
    assert row == [
        ALPHA, "SOURCE-20260101-001", "signal_tier", "tactical", "strategic", "tagger",
        "cited twice", "open",
    ]  # fmt: skip
    assert "? signal_tier = strategic  proposed by tagger: cited twice" in run("show", ALPHA).lines
    shown = json.loads(run("show", ALPHA, "--json").out)
    assert [one["field"] for one in shown["proposals"]] == ["signal_tier", "aliases"]
    assert json.loads(run("show", BETA, "--json").out)["proposals"] == []


def test_filters_find_what_can_be_taken(run):
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    run("propose", BETA, "cat=claude-code", "--by", "b")
    assert len(run("list", "has:proposal").lines) == 2
    assert [line.split("\t")[0] for line in run("list", "proposal:tier").lines] == [ALPHA]
    assert len(run("list", "proposal:tier,cat").lines) == 2
    assert len(run("list", "--", "-has:proposal").lines) == 1
    assert run("list", "proposal:tear").code == 2
    run("set", ALPHA, "tier=noise")
    assert [line.split("\t")[0] for line in run("list", "has:proposal").lines] == [BETA]
    assert [one["outdated"] for one in proposed(run)] == [True, False]


def test_a_value_that_set_refuses_is_refused_and_nothing_is_kept(run):
    for assignment, part in (
        ("tier=epic", "not a value of signal_tier"),
        ("date_published=someday", "not a date"),
        ("aliases-=none", "no item"),
        ("status=integrated", "it can become triaged"),
        ("url=internal", "not a web address"),
        ("synopsis=one\ntwo", "line break"),
        ("synopsis=\x1b[31mred", "control character"),
        ('aliases=["a\\u0007"]', "control character"),
        (f"synopsis={'x' * 1_000_000}", "at most 10,000 characters"),
    ):
        said = run("propose", ALPHA, "cat=general", assignment, "--by", "a")
        assert said.code == 1, assignment
        assert part in said.err
        assert len(said.err) < 1_000
    assert run("propose", GAMMA, "tier=noise", "--by", "a").code == 1
    assert run("propose", ALPHA, BETA, "tier=epic", "--by", "a").code == 1
    assert proposed(run) == []


def test_it_says_what_the_arguments_lack(run):
    assert run("propose", ALPHA, "tier=noise").code == 2
    assert run("propose", ALPHA, "--by", "a").code == 2
    assert run("propose", "tier=noise", "--by", "a").code == 2
    assert run("proposals", "--take").code == 2
    assert run("proposals", ALPHA, "--by", "a").code == 2
    assert run("proposals", ALPHA, "--take", "--refuse").code == 2
    assert run("proposals", "-q", " ", "--take").code == 2


def test_a_new_proposal_of_a_name_replaces_its_own_and_nobody_elses(run):
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    run("propose", ALPHA, "tier=paradigm", "--by", "b")
    run("propose", ALPHA, "tier=noise", "--by", "a")
    assert {(one["by"], one["after"]) for one in proposed(run)} == {
        ("a", "noise"), ("b", "paradigm"),
    }  # fmt: skip
    assert run("propose", ALPHA, "tier=tactical", "--by", "a").err.startswith("Nothing to propose")
    assert len(proposed(run)) == 2


def test_taking_is_one_change_that_says_who_proposed_it_and_why(vault, run, texts):
    run("propose", ALPHA, BETA, "cat=ai-agents", *TAGGER)
    run("propose", ALPHA, "aliases+=Alef", *TAGGER)
    said = run("proposals", "-q", "has:proposal", "--take", "--json")
    assert said.code == 0
    first, second = (json.loads(line) for line in said.lines)
    assert [field["field"] for field in first["changed"]] == ["notebooklm_category", "aliases"]
    assert first["change"] == second["change"]
    assert b"notebooklm_category: ai-agents\n" in (vault / ALPHA).read_bytes()
    assert b"  - Alef\n" in (vault / ALPHA).read_bytes()
    (entry,) = (json.loads(line) for line in run("log", "--json").lines)
    assert (entry["by"], entry["why"]) == (None, "proposed by tagger: cited twice")
    assert [(one["answer"], one["name"], one["field"]) for one in entry["proposals"]] == [
        ("taken", ALPHA, "notebooklm_category"),
        ("taken", ALPHA, "aliases"),
        ("taken", BETA, "notebooklm_category"),
    ]
    (of_beta,) = (json.loads(line) for line in run("log", BETA, "--json").lines)
    assert [one["name"] for one in of_beta["proposals"]] == [BETA]
    assert proposed(run) == []
    assert run("undo").code == 0
    assert changed(vault, texts) == []
    assert len(proposed(run)) == 3
    assert run("redo").code == 0
    assert proposed(run) == []


def test_what_a_person_takes_is_confirmed_and_what_a_program_takes_is_not(run):
    run("propose", ALPHA, BETA, "cat=ai-agents", "--by", "a")
    run("proposals", ALPHA, "--take")
    run("proposals", BETA, "--take", "--by", "robot", "--why", "all of them")
    assert [line.split("\t")[0] for line in run("list", "confirmed:cat").lines] == [ALPHA]
    entry = json.loads(run("log", "--json").lines[0])
    assert (entry["by"], entry["why"]) == ("robot", "all of them (proposed by a)")


def test_taking_refuses_a_field_that_has_changed_and_quotes_both(vault, run):
    run("propose", ALPHA, "tier=strategic", "cat=general", "--by", "a")
    run("propose", ALPHA, 'aliases=["One", "Two"]', "--by", "a")
    run("set", ALPHA, "tier=noise", "aliases+=Alef")
    before = (vault / ALPHA).read_bytes()
    said = run("proposals", ALPHA, "--take", "--field", "tier")
    assert said.code == 1
    assert "signal_tier is “noise”, no longer “tactical” as when" in said.err
    assert "“a” proposed “strategic”, so sluice did not take that." in said.err
    said = run("proposals", ALPHA, "--take", "--field", "aliases")
    assert said.code == 1
    assert "aliases is “First letter, Alef”, no longer “First letter”" in said.err
    assert (vault / ALPHA).read_bytes() == before
    # What can be taken of it is taken by a query.
    assert run("proposals", "-q", "has:proposal", "--take").code == 0
    assert b"notebooklm_category: general" in (vault / ALPHA).read_bytes()


def test_an_item_to_add_is_taken_whatever_else_the_list_got(vault, run):
    run("propose", ALPHA, "aliases+=Alef", "--by", "a")
    run("propose", ALPHA, "aliases+=Alif", "--by", "b")
    run("set", ALPHA, "aliases+=Aleph", "aliases-=First letter")
    assert run("proposals", "--from", "a", "--take").code == 0
    assert run("proposals", "--from", "b", "--take").code == 0
    assert b"  - Aleph\n  - Alef\n  - Alif\n" in (vault / ALPHA).read_bytes()


def test_the_value_that_most_names_propose_is_taken(vault, run):
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    run("propose", ALPHA, "tier=strategic", "--by", "b")
    run("propose", ALPHA, "tier=noise", "--by", "c")
    assert run("proposals", ALPHA, "--take", "--dry-run").lines[-6:-4] != []
    run("proposals", ALPHA, "--take")
    assert b"signal_tier: strategic" in (vault / ALPHA).read_bytes()


def test_a_refusal_is_in_the_log_and_can_be_undone(vault, run, texts):
    run("propose", ALPHA, "tier=strategic", *TAGGER)
    assert run("proposals", ALPHA, "--refuse", "--dry-run").code == 0
    said = run("proposals", ALPHA, "--refuse", "--by", "Ada", "--why", "read it", "--json")
    assert json.loads(said.out)["change"]
    assert changed(vault, texts) == []
    assert proposed(run) == []
    entry = json.loads(run("log", "--json").out)
    assert entry["label"] == "refused tier = strategic"
    assert (entry["by"], entry["why"]) == ("Ada", "read it (proposed by tagger: cited twice)")
    assert [one["answer"] for one in entry["proposals"]] == ["refused"]
    assert run("log", ALPHA).lines[0].split("\t")[3] == entry["label"]
    # It confirmed nothing.
    assert run("list", "has:confirmed").lines == []
    assert run("undo", "--json").code == 0
    assert len(proposed(run)) == 1
    assert run("redo").code == 0
    assert proposed(run) == []


def test_undo_brings_back_no_older_proposal_over_a_newer_one(run):
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    run("proposals", ALPHA, "--refuse")
    run("propose", ALPHA, "tier=noise", "--by", "a")
    run("undo")
    assert [one["after"] for one in proposed(run)] == ["noise"]


def test_a_proposal_for_the_present_value_disappears_until_that_is_undone(run):
    run("propose", ALPHA, "tier=strategic", "aliases+=Alef", "--by", "a")
    run("set", ALPHA, "tier=strategic", "aliases+=alef")
    assert proposed(run) == []
    assert run("list", "has:proposal").lines == []
    run("undo")
    assert len(proposed(run)) == 2


def test_tomorrow_is_the_day_after_it_was_proposed(run, vault, monkeypatch):
    (one,) = (
        json.loads(line)
        for line in run("propose", ALPHA, "snoozed_until=tomorrow", "--by", "a", "--json").lines
    )
    rows = json.loads(next(user_folders().state.rglob("proposals.json")).read_text())["proposals"]
    assert rows[0]["steps"] == [["=", one["after"]]]


def test_a_renamed_file_keeps_its_proposals(vault, run):
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    run("propose", BETA, "tier=noise", "--by", "a")
    (vault / ALPHA).rename(vault / "inbox" / "SOURCE-new.md")
    # This one was changed as well; its id is the same.
    (vault / BETA).write_text((vault / BETA).read_text() + "more\n")
    (vault / BETA).rename(vault / "SOURCE-beta-2.md")
    assert [one["path"] for one in proposed(run)] == [
        str(vault / "SOURCE-beta-2.md"), str(vault / "inbox" / "SOURCE-new.md"),
    ]  # fmt: skip
    assert len(run("list", "has:proposal").lines) == 2
    run("propose", "inbox/SOURCE-new.md", "tier=paradigm", "--by", "b")
    assert run("proposals", "--from", "a", "--take").code == 0
    assert b"signal_tier: strategic" in (vault / "inbox" / "SOURCE-new.md").read_bytes()


def test_conditions_are_checked_before_it_is_kept(run):
    said = run("propose", ALPHA, "tier=strategic", "--by", "a", "--if", "tier=noise")
    assert said.code == 1
    assert "“tactical”, no longer “noise”" in said.err
    assert run("propose", ALPHA, "tier=noise", "--by", "a", "--if-hash", "0" * 64).code == 1
    assert proposed(run) == []


def test_a_dry_run_shows_the_change_and_keeps_nothing(run, vault, texts):
    said = run("propose", ALPHA, "tier=strategic", "--by", "a", "--dry-run")
    assert {"-signal_tier: tactical", "+signal_tier: strategic"} <= set(said.lines)
    record = run("propose", ALPHA, "tier=strategic", "--by", "a", "--dry-run", "--json")
    assert json.loads(record.out)["proposal"] is None
    assert proposed(run) == []
    run("propose", ALPHA, "tier=strategic", "--by", "a")
    said = run("proposals", ALPHA, "--take", "--dry-run")
    assert "+signal_tier: strategic" in said.lines
    assert changed(vault, texts) == []
    assert len(proposed(run)) == 1


# From stdin

LINES = """\
{"ref": "SOURCE-20260101-001", "field": "tier", "value": "strategic"}
{"ref": "SOURCE-20260102-002", "field": "key_insights", "operator": "+=", "value": ["a, b", "c"]}

{"ref": "nobody", "field": "tier", "value": "noise"}
{"ref": "SOURCE-20260101-001", "field": "tier"
["no object"]
{"ref": "SOURCE-20260101-001", "field": "tier", "value": "epic"}
{"ref": "SOURCE-20260101-001", "field": "tier", "value": "noise", "wy": "typo"}
{"ref": "SOURCE-20260101-001", "field": "cat", "value": {"a": 1}}
{"ref": "SOURCE-20260101-001", "field": "cat"}
{"ref": "SOURCE-20260101-001", "field": "cat", "value": "general", "by": "one\\ntwo"}
{"ref": "SOURCE-20260101-001", "field": "cat", "value": "general", "operator": "*="}
{"ref": "SOURCE-20260101-001", "field": "tier", "value": "tactical", "by": "o"}
{"ref": "SOURCE-20260101-001", "field": "aliases", "value": ["no", 7, true], "by": "o", "why": "x"}
{"ref": "SOURCE-20260101-001", "field": "guest", "value": "\\u001b[31m"}
{"ref": "SOURCE-20260101-001", "field": "chapters", "value": 12}
{"ref": "SOURCE-20260101-001", "field": "date_published", "value": null}
"""


def test_lines_are_kept_each_on_its_own_and_bad_ones_named_by_number(vault, run, texts):
    said = run("propose", "-", "--by", "a", "--why", "bulk", stdin=LINES)
    assert said.code == 1
    *faults, summary = said.err.splitlines()
    assert [line.partition(":")[0] for line in faults] == [
        f"line {number}" for number in (4, 5, 6, 7, 8, 9, 10, 11, 12, 15)
    ]
    assert "unknown key wy" in faults[4]
    assert summary == ("Proposed: 5 values for 2 sources, 1 already set; 10 lines refused")
    found = {(one["field"], one["by"]): one for one in proposed(run)}
    assert found["key_insights", "a"]["after"] == ["one", "two", "a, b", "c"]
    assert found["aliases", "o"]["after"] == ["no", 7, True]
    assert found["aliases", "o"]["why"] == "x"
    assert found["chapters", "a"]["after"] == "12"
    assert found["date_published", "a"]["after"] is None
    assert changed(vault, texts) == []
    assert run("proposals", "--from", "o", "--take").code == 0
    assert b'aliases:\n  - "no"\n  - 7\n  - yes\n' in (vault / ALPHA).read_bytes()


def test_json_from_stdin_answers_each_line(run):
    said = run("propose", "-", "--by", "a", "--json", stdin=LINES)
    records = [json.loads(line) for line in said.lines]
    assert [one["line"] for one in records] == [1, 2, *range(4, 18)]
    assert {tuple(one) for one in records} == {tuple(records[0])}
    refused = [one["line"] for one in records if one["refused"]]
    assert refused == [4, 5, 6, 7, 8, 9, 10, 11, 12, 15]
    assert all(one["proposal"] is None for one in records if one["refused"])
    assert run("propose", "-", "--json", stdin=LINES.splitlines()[0]).code == 1


def test_a_byte_order_mark_windows_lines_and_bytes_that_are_no_text(run_process, vault):
    line = json.dumps({"ref": ALPHA, "field": "tier", "value": "noise"}).encode()
    odd = b'{"ref": "' + ALPHA.encode() + b'", "field": "guest", "value": "\xff"}'
    said = run_process("propose", "-", "--by", "a", input=b"\xef\xbb\xbf%b\r\n%b\r\n" % (line, odd))
    assert said.returncode == 1
    assert said.stderr.decode().splitlines()[1:] == [
        "Proposed: 1 value for 1 source; 1 line refused"
    ]
    assert said.stderr.startswith(b"line 2: guest: ")


def test_a_line_of_a_megabyte_is_refused_and_the_next_one_is_read(run):
    long = json.dumps({"ref": ALPHA, "field": "guest", "value": "x" * 3_000_000})
    deep = '{"ref":' * 50_000
    number = '{"ref": "SOURCE-20260101-001", "field": "guest", "value": ' + "9" * 100_000 + "}"
    good = json.dumps({"ref": ALPHA, "field": "tier", "value": "noise"})
    said = run("propose", "-", "--by", "a", stdin="\n".join([long, deep, number, good]))
    assert said.code == 1
    assert [line.partition(":")[0] for line in said.err.splitlines()[:3]] == [
        "line 1", "line 2", "line 3",
    ]  # fmt: skip
    assert [one["after"] for one in proposed(run)] == ["noise"]


# The file


def test_programs_that_write_at_once_lose_nothing(vault):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    many = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "propose", "-", "--by", f"p{number}"],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        for number in range(6)
    ]
    for process in many:
        lines = [
            json.dumps({"ref": ALPHA, "field": f"note {field}", "value": f"v{field}"})
            for field in range(40)
        ]
        process.stdin.write("\n".join(lines).encode())
        process.stdin.close()
    assert [process.wait() for process in many] == [0] * 6
    desk = Desk(vault, user_folders())
    (source,) = desk.matching("id:SOURCE-20260101-001")
    assert len(desk.proposals.of(source)) == 240


def test_a_damaged_file_is_put_aside_and_reported_once(run):
    run("propose", ALPHA, "tier=noise", "--by", "a")
    file = next(user_folders().state.rglob("proposals.json"))
    for damaged in (b"", b"{", b"[]", b'{"format": 1, "proposals": 3}', b"\xff"):
        file.write_bytes(damaged)
        said = run("list", "has:proposal")
        assert said.code == 2
        assert "was damaged" in said.err
        assert run("proposals").code == 0
    file.write_text('{"format": 1, "proposals": [3, {}, {"source": "x", "id": []}]}')
    assert run("proposals").code == 0
    assert run("propose", ALPHA, "tier=noise", "--by", "a").code == 0
    assert len(proposed(run)) == 1


def test_what_cannot_be_read_is_never_written_over(run):
    run("propose", ALPHA, "tier=noise", "--by", "a")
    file = next(user_folders().state.rglob("proposals.json"))
    held = file.with_name("held")
    file.rename(held)
    file.mkdir()
    said = run("propose", ALPHA, "cat=general", "--by", "a")
    assert said.code == 1
    assert "Cannot read the proposals" in said.err
    file.rmdir()
    held.rename(file)
    assert len(proposed(run)) == 1


def test_a_full_file_drops_what_is_done_and_refuses_the_rest(run, monkeypatch):
    monkeypatch.setattr(store, "MOST", 3)
    run("propose", ALPHA, "tier=noise", "cat=general", "guest=Ada", "--by", "a")
    said = run("propose", BETA, "tier=noise", "guest=Bo", "--by", "a")
    assert said.code == 1
    assert "the most a vault can have" in said.err
    assert len(proposed(run)) == 3
    run("set", ALPHA, "tier=noise", "cat=general")
    assert run("propose", BETA, "tier=noise", "guest=Bo", "--by", "a").code == 0
    assert len(proposed(run)) == 3


def test_text_of_a_proposal_is_shown_as_data(run, run_in_terminal):
    run("propose", ALPHA, "guest=[/red]\u200d[b]x", "--by", "[i]a", "--why", "`rm -rf` {0} %s")
    said = run_in_terminal("proposals", environment={"NO_COLOR": "1"}, columns=140)
    assert "guest = [/red][b]x" in said.out
    assert "[i]a" in said.out
    assert "`rm -rf` {0} %s" in said.out
    run("proposals", ALPHA, "--take")
    assert json.loads(run("log", "--json").out)["why"] == "proposed by [i]a: `rm -rf` {0} %s"


def test_other_peoples_schemas_fields_and_headers(vault, run):
    (vault / "sluice.yaml").write_text("""\
roles: {status: 状態, confirmed: 確認}
fields:
  状態: {kind: choice, values: [新, 済, 了]}
  proposal: {kind: choice, values: [yes please, never]}
  分類: {kind: choice, short: 類, values: [小説, 随筆]}
  確認: {kind: list}
flow: {main: [新, 済], archive: 了, moves: {}, stamps: {}, wants: {}}
""")
    (vault / "SOURCE-one.md").write_text("---\n状態: 新\n分類: 小説\nproposal: never\n---\nx\n")
    (vault / "SOURCE-two.md").write_text("---\n状態: 新\nrating: 3\n---\nx\n")
    assert run("propose", "SOURCE-one.md", "類=随筆", "状態=済", "--by", "目録").code == 0
    assert run("propose", "SOURCE-two.md", "rating=5", "--by", "目録").code == 0
    # A field of that name comes first.
    assert [line.split("\t")[0] for line in run("list", "has:proposal").lines] == ["SOURCE-one.md"]
    assert [line.split("\t")[0] for line in run("list", "proposal:never").lines] == [
        "SOURCE-one.md"
    ]
    found = proposed(run)
    assert {(one["field"], str(one["after"])) for one in found} == {
        ("分類", "随筆"), ("状態", "済"), ("rating", "5"),
    }  # fmt: skip
    assert run("proposals", "--from", "目録", "--take").code == 0
    assert (vault / "SOURCE-one.md").read_text() == (
        '---\n状態: 済\n分類: 随筆\nproposal: never\n確認:\n  - "分類"\n---\nx\n'
    )
    assert "rating: 5\n" in (vault / "SOURCE-two.md").read_text()
    run("undo")
    assert (
        vault / "SOURCE-one.md"
    ).read_text() == "---\n状態: 新\n分類: 小説\nproposal: never\n---\nx\n"
