"""``sluice set -q``: every source a query means, as one change, told first."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"
DELTA = "SOURCE-20260104-delta.md"


@pytest.fixture
def vault(vault):
    text = (vault / ALPHA).read_text().replace("Alpha", "Delta").replace("101-001", "104-004")
    (vault / DELTA).write_text(text)
    return vault


@pytest.fixture
def files(vault):
    return lambda: {path.name: path.read_text() for path in vault.rglob("*.md")}


def test_all_that_a_query_matches_is_one_change_that_is_listed_first(vault, run, files):
    before = files()
    outcome = run("set", "-q", "cat:claude-code", "tier=Noise", "topics+=x")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.splitlines() == [
        "signal_tier = noise, topics += x: 2 sources to change",
        "  Alpha and the agents  SOURCE-20260101-001",
        "  Delta and the agents  SOURCE-20260104-004",
        "signal_tier = noise, topics += x (2 sources)",
    ]
    after = files()
    for name in (ALPHA, DELTA):
        changed = before[name].replace("signal_tier: tactical", "signal_tier: noise")
        assert after[name] == changed.replace("no\n---", "no\ntopics:\n  - x\n---")
    assert after[BETA] == before[BETA]
    assert len(run("log").lines) == 1
    assert run("undo").code == 0
    assert files() == before
    assert run("redo").code == 0
    assert files() == after


def test_what_cannot_be_changed_is_listed_and_the_rest_is_changed(vault, run, files):
    before = files()
    outcome = run("set", "-q", "st:raw", "guest=Ada")
    assert (outcome.code, outcome.out) == (1, "")
    told = outcome.err.splitlines()
    assert told[0] == "guest = Ada: 2 sources to change, 1 refused"
    assert told[3].startswith("  refused: “")
    assert told[-1] == "guest = Ada (2 sources)"
    after = files()
    assert {name for name in before if before[name] != after[name]} == {ALPHA, DELTA}
    assert run("undo").code == 0
    assert files() == before


def test_each_source_takes_its_own_move_with_its_stamp(vault, run):
    (vault / GAMMA).unlink()
    outcome = run("set", "-q", "cat:claude-code,general", "status=triaged")
    assert outcome.code == 0
    assert outcome.err.splitlines()[0] == ("raw → triaged: 2 sources to change, 1 already set")
    (vault / DELTA).unlink()
    outcome = run("set", "-q", "st:triaged", "status=processed")
    assert "triaged → processed, date_processed = 20" in outcome.err.splitlines()[-1]
    assert run("undo").err.startswith("Undone: triaged → processed (2")


def test_a_move_that_some_may_not_take_leaves_those_out(vault, run, files):
    before = files()
    outcome = run("set", "-q", "cat:claude-code,general", "status=processed")
    assert outcome.code == 1
    assert "1 source to change, 2 refused" in outcome.err
    assert "  refused: “Alpha and the agents” is raw and cannot become" in outcome.err
    after = files()
    assert [name for name in before if before[name] != after[name]] == [BETA]


def test_many_are_counted_after_the_first_few(vault, run):
    for number in range(20):
        path = vault / f"SOURCE-2026-{number:02}.md"
        path.write_text(f"---\nstatus: raw\ntitle: No. {number}\ncreator: Quill\n---\n")
    told = run("set", "-q", "by:quill", "tier=noise", "--dry-run").err.splitlines()
    assert told[0] == "signal_tier = noise: 20 sources to change"
    assert (len(told), told[-1]) == (7, "  and 15 more")


def test_a_dry_run_tells_and_shows_and_writes_nothing(vault, run, files):
    before = files()
    outcome = run("set", "-q", "cat:claude-code", "tier=noise", "--dry-run")
    assert outcome.code == 0
    assert "2 sources to change" in outcome.err
    assert outcome.lines.count("+signal_tier: noise") == 2
    assert files() == before
    assert run("log").out == ""


def test_an_item_goes_wherever_it_is(vault, run):
    run("set", ALPHA, "topics+=misc")
    outcome = run("set", "-q", "cat:claude-code", "topics-=Misc")
    assert outcome.code == 0
    assert outcome.err.splitlines()[0] == ("topics -= misc: 1 source to change, 1 already set")
    assert run("set", "-q", "cat:claude-code", "topics-=misc").err.splitlines()[-1] == (
        "Nothing to change: topics -= misc"
    )


def test_a_query_that_nothing_matches_changes_nothing(vault, run, files):
    before = files()
    outcome = run("set", "-q", "by:nobody", "tier=noise")
    assert (outcome.code, outcome.err) == (0, "Nothing to change: no source matches by:nobody\n")
    assert files() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["-q", "", "tier=noise"],
        ["-q", "  ", "tier=noise"],
        ["-q", "st:raw"],
        ["-q", "st:raw", ALPHA, "tier=noise"],
        ["-q", "st:raw", ALPHA],
    ],
)
def test_an_empty_query_and_one_beside_references_are_wrong(vault, run, files, arguments):
    before = files()
    outcome = run("set", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert files() == before


@pytest.mark.parametrize("query", ["nofield:x", "published:>soon"])
def test_an_invalid_query_changes_nothing(vault, run, files, query):
    before = files()
    assert run("set", "-q", query, "tier=noise").code == 2
    assert files() == before


@pytest.mark.parametrize(("keys", "changed"), [(b"y\n", True), (b"n\n", False), (b"\n", False)])
def test_in_a_terminal_it_asks_first(vault, run_in_terminal, files, keys, changed):
    before = files()
    outcome = run_in_terminal(
        "set", "-q", "cat:claude-code", "tier=noise", keys=keys, after=b"Change 2 sources? [y/N] "
    )
    assert outcome.code == (0 if changed else 1)
    assert (files() != before) == changed
    assert ("Nothing was changed." in outcome.out) != changed


def test_in_a_terminal_yes_answers_beforehand(vault, run_in_terminal):
    assert run_in_terminal("set", "-q", "cat:claude-code", "tier=noise", "--yes").code == 0
    assert "signal_tier: noise" in (vault / DELTA).read_text()


def test_a_new_field_is_noted(vault, run):
    outcome = run("set", "-q", "cat:claude-code", "teir=noise", "--dry-run")
    assert "note: teir is a new field" in outcome.err


def test_the_log_has_every_field_of_every_source(vault, run):
    run("set", "-q", "cat:claude-code", "tier=noise")
    (change,) = map(json.loads, run("log", "--json").lines)
    assert [file["name"] for file in change["files"]] == [ALPHA, DELTA]


def test_what_all_sources_refuse_is_named_as_it_was_asked_for(vault, run, files):
    before = files()
    outcome = run("set", "-q", "st:raw", "tier=great")
    assert outcome.code == 1
    told = outcome.err.splitlines()
    assert told[0] == "tier = great: 0 sources to change, 3 refused"
    assert "use paradigm, strategic" in told[1]
    assert told[-1] == "Nothing to change: tier = great"
    assert files() == before
