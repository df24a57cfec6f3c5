"""``--json`` of the commands that change sources."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"
KEYS = ["path", "id", "title", "changed", "refused", "change"]


@pytest.fixture
def objects(run):
    """Run a command with --json: its exit code, and its objects by file name."""

    def ask(*arguments):
        outcome = run(*arguments, "--json")
        rows = [json.loads(line) for line in outcome.lines]
        assert all(list(row) == KEYS for row in rows)
        return outcome.code, {row["path"].rpartition("/")[2]: row for row in rows}

    return ask


def last_change(run):
    return json.loads(run("log", "--json", "--limit", "1").lines[0])


def test_set_has_an_object_for_each_source_with_what_changed(vault, run, objects):
    code, found = objects("set", ALPHA, BETA, "tier=paradigm", "guest=Ada")
    assert code == 0
    assert found[ALPHA] == {
        "path": str(vault / ALPHA),
        "id": "SOURCE-20260101-001",
        "title": "Alpha and the agents",
        "changed": [
            {"field": "signal_tier", "before": "tactical", "after": "paradigm"},
            {"field": "guest", "before": None, "after": "Ada"},
        ],
        "refused": None,
        "change": last_change(run)["id"],
    }
    assert found[BETA]["changed"] == [{"field": "guest", "before": None, "after": "Ada"}]
    code, found = objects("set", ALPHA, "tier=paradigm")
    assert (code, found[ALPHA]["changed"], found[ALPHA]["change"]) == (0, [], None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["set", ALPHA, "tier=noise", "topics+=x"],
        ["set", "-q", "alpha", "tier=noise", "topics+=x"],
        ["promote", ALPHA],
        ["archive", ALPHA],
        ["rename-value", "tier", "tactical=noise"],
        ["rename-field", "aliases=names", "-q", "alpha"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_dry_run_has_the_same_objects_and_writes_nothing(vault, run, arguments):
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    dry = run(*arguments, "--dry-run", "--json")
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before
    assert run("log").out == ""
    done = run(*arguments, "--json")
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} != before
    (dry_row,), (row,) = map(json.loads, dry.lines), map(json.loads, done.lines)
    assert (dry_row["change"], row["change"]) == (None, last_change(run)["id"])
    assert sorted(dry_row.pop("changed"), key=str) == sorted(row.pop("changed"), key=str) != []
    assert {**dry_row, "change": 0} == {**row, "change": 0}


def test_a_change_of_many_has_an_object_for_the_same_and_the_refused_too(vault, objects):
    code, found = objects("set", "-q", "status:raw,triaged", "tier=paradigm")
    assert code == 1
    assert len(found) == 3
    assert [field["after"] for field in found[ALPHA]["changed"]] == ["paradigm"]
    assert (found[BETA]["changed"], found[BETA]["refused"]) == ([], None)
    gamma = found[GAMMA.rpartition("/")[2]]
    assert gamma["changed"] == [] and "header" in gamma["refused"]
    assert "signal_tier: tactical" not in (vault / ALPHA).read_text()


@pytest.mark.parametrize("command", [["promote"], ["archive"], ["set", "tier=noise"]])
def test_when_one_refuses_it_has_the_refusal_and_nothing_changes(vault, run, objects, command):
    before = (vault / ALPHA).read_bytes()
    code, found = objects(command[0], ALPHA, GAMMA, *command[1:])
    assert code == 1
    assert [(name, row["changed"]) for name, row in found.items()] == [
        (GAMMA.rpartition("/")[2], [])
    ]
    assert found[GAMMA.rpartition("/")[2]]["refused"]
    assert (vault / ALPHA).read_bytes() == before


def test_a_move_has_its_stamp(objects):
    _, found = objects("promote", BETA)
    changed = {field["field"]: field for field in found[BETA]["changed"]}
    assert changed["status"] == {"field": "status", "before": "triaged", "after": "processed"}
    assert changed["date_processed"]["before"] is None


@pytest.fixture(autouse=True)
def _in_vault(vault):
    """Every test here works in the small vault."""


def test_add_has_the_new_source_and_undo_takes_it_away(vault, run, objects):
    code, dry = objects("add", "https://example.com/new", "--title", "Quite new", "--dry-run")
    assert code == 0
    code, found = objects("add", "https://example.com/new", "--title", "Quite new")
    assert (code, list(found)) == (0, list(dry))
    ((name, row),) = found.items()
    assert row["title"] == "Quite new" and row["id"].startswith("SOURCE-")
    assert {"field": "title", "before": None, "after": "Quite new"} in row["changed"]
    assert row["changed"] == dry[name]["changed"]
    _, gone = objects("undo")
    assert gone[name]["title"] == "Quite new" and not (vault / name).exists()
    assert {"field": "title", "before": "Quite new", "after": None} in gone[name]["changed"]
    _, back = objects("redo")
    assert back[name]["changed"] == row["changed"] and (vault / name).exists()


def test_an_address_that_is_there_names_the_source_that_has_it(objects):
    code, found = objects("add", "https://example.com/alpha")
    assert code == 1
    assert found[ALPHA]["refused"] and found[ALPHA]["changed"] == []


def test_undo_and_redo_turn_before_and_after(run, objects):
    _, done = objects("set", ALPHA, "tier=noise")
    _, undone = objects("undo")
    _, redone = objects("redo")
    (field,) = undone[ALPHA]["changed"]
    assert field == {"field": "signal_tier", "before": "noise", "after": "tactical"}
    assert done == redone
    assert undone[ALPHA]["change"] == done[ALPHA]["change"]


def test_a_repair_undone_has_its_fields_too(vault, run, objects):
    (vault / BETA).write_text("---\nid: b\nstatus: raw\nkey_insights: ''\n---\n")
    (dry,) = map(json.loads, run("check", BETA, "--fix", "--dry-run", "--json").lines)
    (row,) = map(json.loads, run("check", BETA, "--fix", "--json").lines)
    assert dry == {**row, "change": None}
    assert row["fixed"] is True and row["title"] == "SOURCE-20260102-beta"
    assert row["changed"] == [{"field": "key_insights", "before": "", "after": []}]
    _, undone = objects("undo")
    assert undone[BETA]["changed"] == [{"field": "key_insights", "before": [], "after": ""}]
    assert undone[BETA]["change"] == row["change"]


def test_sentences_stay_on_stderr(run):
    outcome = run("set", ALPHA, "tier=noise", "--json")
    assert outcome.err == "signal_tier = noise (Alpha and the agents)\n"
    assert len(outcome.lines) == 1
