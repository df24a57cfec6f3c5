"""``sluice undo``, ``redo`` and ``log``."""

import hashlib
import json
from datetime import datetime

ALPHA = "SOURCE-20260101-alpha.md"


def test_undo_and_redo_go_back_and_forth_through_the_changes(vault, run):
    texts = [(vault / ALPHA).read_bytes()]
    for assignment in ("tier=noise", "guest=Ada"):
        run("set", ALPHA, assignment)
        texts.append((vault / ALPHA).read_bytes())
    assert run("undo").err == "Undone: guest = Ada (Alpha and the agents)\n"
    assert (vault / ALPHA).read_bytes() == texts[1]
    assert run("undo").err == "Undone: signal_tier = noise (Alpha and the agents)\n"
    assert (vault / ALPHA).read_bytes() == texts[0]
    assert run("redo").err == "Redone: signal_tier = noise (Alpha and the agents)\n"
    assert (vault / ALPHA).read_bytes() == texts[1]


def test_with_nothing_left_both_are_refused(vault, run):
    for command in ("undo", "redo"):
        outcome = run(command)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith("sluice: There is nothing left to ")


def test_undo_leaves_what_another_program_wrote(vault, run):
    run("set", ALPHA, "tier=noise")
    path = vault / ALPHA
    path.write_text(path.read_text().replace("Alpha and the agents", "Renamed"))
    assert run("undo").code == 0
    assert "title: Renamed" in path.read_text()
    assert "signal_tier: tactical" in path.read_text()


def test_undo_refuses_a_field_another_program_wrote(vault, run):
    run("set", ALPHA, "tier=noise")
    path = vault / ALPHA
    path.write_text(path.read_text().replace("signal_tier: noise", "signal_tier: strategic"))
    outcome = run("undo")
    assert outcome.code == 1
    assert "strategic" in outcome.err
    assert "signal_tier: strategic" in path.read_text()


def test_a_refused_undo_says_how_to_skip_it(vault, run):
    run("set", ALPHA, "guest=Ada")
    run("set", ALPHA, "tier=noise")
    path = vault / ALPHA
    path.write_text(path.read_text().replace("signal_tier: noise", "signal_tier: strategic"))
    theirs = path.read_text()
    outcome = run("undo")
    assert (outcome.code, path.read_text()) == (1, theirs)
    assert outcome.err.endswith("`sluice undo --skip` undoes the one before it.\n")
    assert run("undo", "--skip").err == "Undone: guest = Ada (Alpha and the agents)\n"
    assert path.read_text() == theirs.replace("guest: Ada\n", "")
    outcome = run("undo", "--skip")
    assert outcome.code == 1
    assert "signal_tier is now “strategic”" in outcome.err


def test_the_log_lists_changes_newest_first_unless_reversed(vault, run):
    run("set", ALPHA, "tier=noise", "guest=Ada")
    run("promote", ALPHA)
    run("undo")
    rows = [line.split("\t") for line in run("log").lines]
    assert [row[2:] for row in rows] == [
        ["undone", "raw → triaged", ALPHA],
        ["done", "signal_tier = noise, guest = Ada", ALPHA],
    ]
    assert run("log", "--reverse").lines == run("log").lines[::-1]


def test_the_log_as_json_tells_every_field(vault, run):
    run("set", ALPHA, "tier=noise", "guest=Ada")
    (entry,) = [json.loads(line) for line in run("log", "--json").lines]
    keys = {"kind", "id", "label", "time", "undone", "by", "why", "files", "proposals"}
    assert set(entry) == keys
    assert datetime.fromisoformat(entry["time"]).tzinfo is not None
    assert entry["files"] == [
        {
            "name": ALPHA,
            "fields": [
                {"field": "signal_tier", "before": "tactical", "after": "noise"},
                {"field": "guest", "before": None, "after": "Ada"},
            ],
            "hash": hashlib.sha256((vault / ALPHA).read_bytes()).hexdigest(),
        }
    ]
    assert (entry["kind"], entry["by"], entry["why"]) == ("change", None, None)


def test_a_terminal_gets_the_log_in_words(vault, run, run_in_terminal):
    run("set", ALPHA, "tier=noise")
    run("undo")
    (line,) = run_in_terminal("log", environment={"NO_COLOR": "1"}).lines
    assert line.endswith("  · noise, was ■ tactical  Alpha and the agents  (undone)")
