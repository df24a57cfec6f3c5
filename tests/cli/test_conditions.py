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
