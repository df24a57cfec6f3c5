"""``sluice confirm`` says that values are right; ``sluice sample`` draws some to check."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
OPT_IN = "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"


def names(outcome):
    assert outcome.code == 0, outcome.err
    return [line.split("\t")[0] for line in outcome.lines]


def test_confirming_writes_no_file_without_a_list_and_is_one_change(vault, run):
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    outcome = run("confirm", ALPHA, BETA, "tier", "--why", "read both")
    assert outcome.code == 0 and "confirmed signal_tier (2 sources)" in outcome.err
    assert names(run("list", "confirmed:tier")) == [ALPHA, BETA]
    (entry,) = map(json.loads, run("log", "--json").lines)
    assert (entry["why"], entry["by"]) == ("read both", None)
    run("undo")
    assert names(run("list", "has:confirmed")) == []
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before


def test_several_fields_and_the_list_in_the_header(vault, run):
    (vault / "sluice.yaml").write_text(OPT_IN)
    before = (vault / ALPHA).read_bytes()
    shown = run("confirm", ALPHA, "tier", "cat", "--dry-run")
    assert "+  - signal_tier" in shown.out and (vault / ALPHA).read_bytes() == before
    (line,) = run("confirm", ALPHA, "tier", "cat", "--json").lines
    fields = [one["field"] for one in json.loads(line)["changed"]]
    assert fields == ["signal_tier", "notebooklm_category", "confirmed"]
    assert names(run("list", "confirmed:tier", "confirmed:cat")) == [ALPHA]
    run("undo")
    assert (vault / ALPHA).read_bytes() == before


def test_by_a_query_it_asks_first_and_skips_what_has_no_value(vault, run):
    text = (vault / BETA).read_text()
    lines = [line for line in text.splitlines(True) if not line.startswith("signal_tier")]
    (vault / BETA).write_text("".join(lines))
    outcome = run("confirm", "-q", "has:id", "tier", "--yes")
    assert outcome.code == 1
    assert "confirmed signal_tier: 1 source to confirm, 2 refused" in outcome.err
    assert "has no signal_tier to confirm" in outcome.err
    assert names(run("list", "has:confirmed")) == [ALPHA]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((ALPHA,), "It needs a REF, or -q QUERY, and a FIELD"),
        (("-q", "has:id"), "It needs a FIELD"),
        (("-q", " ", "tier"), "An empty QUERY would match every source"),
        ((ALPHA, "teir"), "No source has a field teir; did you mean tier?"),
        ((ALPHA, "tier", "--by", "tagger"), "--by"),
    ],
)
def test_what_is_invalid_is_refused_with_what_helps(vault, run, arguments, said):
    outcome = run("confirm", *arguments)
    assert outcome.code != 0 and said in outcome.err
    assert names(run("list", "has:confirmed")) == []


def test_a_seed_draws_the_same_and_nothing_that_is_confirmed(vault, run):
    first = run("sample", "tier", "--size", "1", "--seed", "7")
    assert len(first.lines) == 1
    assert "1 of 2 with a guessed signal_tier; --seed 7 draws them again" in first.err
    assert run("sample", "tier", "--size", "1", "--seed", "7").out == first.out
    run("confirm", ALPHA, "tier")
    outcome = run("sample", "tier", "--json")
    records = list(map(json.loads, outcome.lines))
    assert {record["group"] for record in records} == {1}
    assert all(record["field"] == "signal_tier" and record["value"] for record in records)
    assert ALPHA not in outcome.out
    assert names(run("sample", "tier", "-q", "id:nothing")) == []
