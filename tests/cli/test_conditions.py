"""``--if`` and ``--if-hash``: change only what is still as it was read."""

import hashlib
import json

import pytest

from tui.cli.commands import browse
from tui.cli.output import to_json
from tui.desk import Desk
from tui.state.folders import user_folders
from tui.triage.conditions import conditions_of

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"


def texts(vault):
    return {path.name: path.read_text() for path in vault.rglob("*.md")}


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "command",
    [["set", ALPHA, "tier=noise"], ["promote", ALPHA], ["archive", ALPHA]],
    ids=lambda command: command[0],
)
def test_a_source_that_is_as_it_was_read_is_changed_and_another_is_not(vault, run, command):
    before = texts(vault)
    outcome = run(*command, "--if", "tier=strategic")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "sluice: “Alpha and the agents”: signal_tier is “tactical”, no longer “strategic”, so "
        "sluice did not change it.\n"
    )
    assert run(*command, "--if", "tier=tactical", "--if", "cat=general").code == 1
    assert run(*command, "--if-hash", "0" * 64).code == 1
    assert texts(vault) == before and run("log").out == ""
    right = ["--if", "tier=tactical", "--if", "status=raw", "--if-hash", hash_of(vault / ALPHA)]
    assert run(*command, *right, "--dry-run").code == 0
    assert texts(vault) == before
    assert run(*command, *right).code == 0
    assert texts(vault) != before


def test_the_refusal_quotes_both_lists(vault, run):
    outcome = run("set", BETA, "key_insights+=three", "--if", "key_insights=[one]")
    assert outcome.code == 1
    assert "key_insights is “one, two”, no longer “one”" in outcome.err
    assert run("set", BETA, "key_insights+=three", "--if", "key_insights=[one, two]").code == 0
    assert '["one", "two", "three"] # kept' in (vault / BETA).read_text()


def test_the_refusal_is_an_object_too(vault, run):
    outcome = run("set", ALPHA, "tier=noise", "--if", "tier=strategic", "--json")
    (row,) = map(json.loads, outcome.lines)
    assert (outcome.code, row["changed"], row["change"]) == (1, [], None)
    assert "“tactical”, no longer “strategic”" in row["refused"]


@pytest.mark.parametrize(
    "command",
    [
        ["snooze", ALPHA, "tomorrow"],
        ["snooze", "-q", "alpha", "tomorrow", "--yes"],
        ["confirm", ALPHA, "tier"],
        ["confirm", "-q", "alpha", "tier", "--yes"],
        ["rename-value", "tier", "tactical=strategic", "--yes"],
        ["rename-field", "has_transcript=transcribed", "--yes"],
    ],
    ids=" ".join,
)
def test_every_command_that_changes_fields_takes_conditions(vault, run, command):
    before = texts(vault)
    refused = run(*command, "--if", "tier=strategic")
    assert refused.code == 1
    assert "signal_tier is “tactical”, no longer “strategic”" in refused.err
    assert run(*command, "--if-hash", "0" * 64).code == 1
    assert run(*command, "--if", "tier").code == 2
    assert texts(vault) == before
    assert run("log").lines == []
    assert run(*command, "--if", "tier=tactical").code == 0
    assert len(run("log").lines) == 1


@pytest.mark.parametrize("answer", ["--take", "--refuse"])
@pytest.mark.parametrize("which", [[ALPHA], ["-q", "alpha", "--yes"], ["--from", "t", "--yes"]])
def test_a_proposal_is_answered_where_the_source_is_as_it_was_read(vault, run, answer, which):
    assert run("propose", ALPHA, "cat=general", "--by", "t").code == 0
    before = texts(vault)
    refused = run("proposals", *which, answer, "--if", "tier=strategic")
    assert refused.code == 1
    assert "“Alpha and the agents”: signal_tier is “tactical”, no longer “strategic”" in refused.err
    assert run("proposals", *which, answer, "--if-hash", "0" * 64).code == 1
    assert run("proposals", *which, "--if", "tier=tactical").code == 2
    assert texts(vault) == before and run("log").out == ""
    assert len(run("proposals").lines) == 1
    right = ["--if", "tier=tactical", "--if-hash", hash_of(vault / ALPHA)]
    assert run("proposals", *which, answer, *right).code == 0
    assert (texts(vault) != before) == (answer == "--take")
    assert run("proposals").lines == [] and len(run("log").lines) == 1


def test_of_several_proposals_those_of_other_sources_are_taken(vault, run):
    run("propose", ALPHA, BETA, "cat=general", "guest=Ada", "--by", "t")
    outcome = run("proposals", "--from", "t", "--take", "--yes", "--json", "--if", "tier=tactical")
    rows = {row["path"].rpartition("/")[2]: row for row in map(json.loads, outcome.lines)}
    assert outcome.code == 1
    assert {field["field"] for field in rows[ALPHA]["changed"]} == {"notebooklm_category", "guest"}
    assert "signal_tier is “paradigm”, no longer “tactical”" in rows[BETA]["refused"]
    assert "Ada" not in (vault / BETA).read_text()


def test_a_field_is_renamed_only_in_sources_that_are_as_they_were_read(vault, run):
    before = texts(vault)
    right = [f"--if-hash={hash_of(vault / ALPHA)}"]
    outcome = run("rename-field", "aliases=names", "--yes", "--json", *right)
    rows = {row["path"].rpartition("/")[2]: row for row in map(json.loads, outcome.lines)}
    assert outcome.code == 1 and "names:" in (vault / ALPHA).read_text()
    assert "has changed: its hash is now" in rows[BETA]["refused"]
    assert (vault / BETA).read_text() == before[BETA]
    assert run("undo").code == 0 and texts(vault) == before


def test_a_field_is_not_renamed_where_another_program_sets_the_value_meanwhile(
    vault, run, monkeypatch
):
    rename, path = Desk.rename, vault / ALPHA

    def rename_late(desk, *arguments):
        path.write_text(path.read_text().replace("tactical", "noise"))
        return rename(desk, *arguments)

    monkeypatch.setattr(Desk, "rename", rename_late)
    outcome = run("rename-field", "has_transcript=transcribed", "--yes", "--if", "tier=tactical")
    assert outcome.code == 1 and "signal_tier is “noise”, no longer “tactical”" in outcome.err
    assert "has_transcript: no" in path.read_text()


def test_a_header_is_repaired_only_if_what_can_be_read_of_it_is_as_it_was_read(vault, run):
    gamma, before = "inbox/SOURCE-20260103-gamma.md", texts(vault)
    path = vault / gamma
    for wrong in (["--if", "status=triaged"], ["--if", "guest=Ada"], ["--if-hash", "0" * 64]):
        outcome = run("check", gamma, "--fix", "--json", *wrong)
        (row,) = map(json.loads, outcome.lines)
        assert outcome.code == 1 and (row["fixed"], row["change"]) == (False, None)
        assert row["refused"] in outcome.err and "Repaired 0 sources." in outcome.err
        assert run("check", gamma, "--fix", "--dry-run", *wrong).code == 1
    assert texts(vault) == before and run("log").out == ""
    assert run("check", gamma, "--if", "status=raw").code == 2
    outcome = run(
        "check", gamma, "--fix", "--json", "--if", "status=raw", "--if-hash", hash_of(path)
    )
    (row,) = map(json.loads, outcome.lines)
    assert outcome.code == 0 and (row["fixed"], row["refused"]) == (True, None)
    assert path.read_text() != before[path.name]


@pytest.mark.parametrize("which", [[ALPHA, BETA], ["-q", "status:raw,triaged", "--yes"]])
def test_of_several_those_that_differ_are_listed_and_the_rest_is_written(vault, run, which):
    before = texts(vault)
    outcome = run("set", *which, "guest=Ada", "--if", "tier=tactical", "--json")
    rows = {row["path"].rpartition("/")[2]: row for row in map(json.loads, outcome.lines)}
    assert outcome.code == 1
    assert [field["after"] for field in rows[ALPHA]["changed"]] == ["Ada"]
    assert "signal_tier is “paradigm”, no longer “tactical”" in rows[BETA]["refused"]
    assert "  refused: “Beta" in outcome.err
    assert (vault / BETA).read_text() == before[BETA]
    assert run("undo").code == 0
    assert texts(vault) == before


def test_several_sources_each_have_their_hash(vault, run):
    hashes = [f"--if-hash={hash_of(vault / name)}" for name in (ALPHA, BETA)]
    assert run("promote", ALPHA, BETA, *hashes).code == 0
    outcome = run("promote", ALPHA, BETA, *hashes)
    assert outcome.code == 1
    assert outcome.err.count("has changed: its hash is now ") == 2


def test_it_is_refused_even_where_there_is_nothing_to_change(vault, run):
    assert run("set", ALPHA, "tier=tactical", "--if", "cat=general").code == 1
    assert run("set", ALPHA, BETA, "guest=", "--if", "cat=claude-code").code == 1
    assert run("set", ALPHA, "tier=tactical", "--if", "cat=claude-code").code == 0


def test_the_hash_of_show_is_good_until_the_file_changes(vault, run):
    seen = json.loads(run("show", ALPHA, "--json").out)["hash"]
    path = vault / ALPHA
    path.write_text(path.read_text() + "one more line\n")
    outcome = run("set", ALPHA, "tier=noise", "--if-hash", seen)
    assert outcome.code == 1 and seen[:12] in outcome.err and hash_of(path)[:12] in outcome.err
    seen = json.loads(run("show", ALPHA, "--json").out)["hash"]
    assert run("set", ALPHA, "tier=noise", "--if-hash", seen.upper()).code == 0


def test_the_hash_is_that_of_the_values_shown_with_it(vault, run, monkeypatch):
    path, resolve = vault / ALPHA, browse.resolve

    def resolve_late(desk, refs):
        found = resolve(desk, refs)
        path.write_text(path.read_text().replace("tactical", "noise").replace("Body", "Text"))
        return found

    monkeypatch.setattr(browse, "resolve", resolve_late)
    record = json.loads(run("show", ALPHA, "--json").out)
    assert record["hash"] == hash_of(path)
    assert record["fields"]["signal_tier"] == record["signal_tier"] == "noise"
    assert "Text of alpha" in record["body"]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--if", "tier"], "--if needs FIELD=VALUE"),
        (["--if", "topics+=x"], "--if needs FIELD=VALUE"),
        (["--if-hash", "abc"], "“abc” is not a hash of 64 hexadecimal digits"),
        (["--if-hash", "g" * 64], "is not a hash"),
    ],
)
@pytest.mark.parametrize("command", [["set", ALPHA, "tier=noise"], ["archive", ALPHA]])
def test_a_condition_that_cannot_be_read_is_a_wrong_argument(vault, run, command, option, said):
    before = texts(vault)
    outcome = run(*command, *option)
    assert outcome.code == 2 and said in outcome.err
    assert texts(vault) == before


def test_other_schemas_have_their_own_words(vault, run):
    (vault / "sluice.yaml").write_text(
        "fields:\n  state: {kind: choice, values: [todo, done]}\n"
        "roles: {status: state}\n"
        "flow: {main: [todo, done], moves: {}, archive: done, stamps: {}, wants: {}}\n"
    )
    (vault / ALPHA).write_text("---\nstate: Todo\n---\nbody\n")
    outcome = run("promote", ALPHA, "--if", "state=done")
    assert "state is “Todo”, no longer “done”" in outcome.err
    assert run("promote", ALPHA, "--if", "state=todo").code == 0


def as_argument(value):
    """A value of --json as a script writes it after ``FIELD=``."""
    if isinstance(value, str | list):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value).lower()


def test_whatever_show_prints_of_the_samples_is_still_there(vault_copy):
    desk = Desk(vault_copy, user_folders())
    tried = 0
    for source in desk.vault.sources:
        shown = json.loads(to_json(source.fields)) if source.problem is None else {}
        plain = {name: value for name, value in shown.items() if not isinstance(value, dict)}
        conditions = [(name, as_argument(value)) for name, value in plain.items()]
        conditions_of(desk.schema, conditions, ())(source, b"")
        tried += len(conditions)
    assert tried > 400
