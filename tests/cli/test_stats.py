"""``sluice stats`` tells how a vault is spread, to people and to programs."""

import json
import re
from datetime import date, timedelta

from tui.desk import Desk
from tui.state.folders import user_folders

KEYS = [
    "vault", "today", "sources", "judged", "left", "statuses", "no_status", "tiers", "categories",
    "months", "undated", "days", "outlook", "fields", "waiting",
]  # fmt: skip


def figures(run, *more):
    outcome = run("stats", "--json", *more)
    assert (outcome.code, outcome.err, len(outcome.lines)) == (0, "", 1)
    return json.loads(outcome.out)


def test_json_is_one_object_with_these_keys(vault, run):
    told = figures(run)
    assert list(told) == KEYS
    assert (told["vault"], told["today"]) == (str(vault), date.today().isoformat())
    assert (told["sources"], told["judged"], told["left"], told["no_status"]) == (3, 1, 2, 0)
    assert told["statuses"][1] == {"status": "triaged", "sources": 1, "reached": 1}
    assert list(told["tiers"]) == ["judged", "all"]
    assert told["tiers"]["judged"] == {
        "tiers": [
            {"tier": "paradigm", "sources": 1, "share": 1.0, "target": 0.05},
            {"tier": "strategic", "sources": 0, "share": 0.0, "target": 0.2},
            {"tier": "tactical", "sources": 0, "share": 0.0, "target": 0.4},
            {"tier": "noise", "sources": 0, "share": 0.0, "target": 0.35},
        ],
        "without": 0,
        "inflation": None,
    }
    assert told["tiers"]["all"]["without"] == 1
    assert told["categories"] == [
        {"category": "claude-code", "judged": 0, "left": 1},
        {"category": "general", "judged": 1, "left": 0},
        {"category": None, "judged": 0, "left": 1},
    ]
    assert told["months"] == [{"month": "2026-01", "sources": 2}]
    assert told["undated"] == 1
    assert len(told["days"]) == 30
    assert told["outlook"] is None


def test_a_decision_changes_the_figures_and_undo_brings_them_back(vault, run):
    before = figures(run)
    assert run("promote", "SOURCE-20260101-alpha").code == 0
    told = figures(run)
    assert (told["judged"], told["left"]) == (2, 1)
    today = date.today().isoformat()
    assert told["days"][-1] == {"day": today, "decisions": 1, "judged": 1}
    assert (told["outlook"]["judged_a_day"], told["outlook"]["days_to_go"]) == (1.0, 1)
    run("undo")
    assert figures(run) == before


def test_inflation_is_in_json_and_in_a_sentence(vault, run):
    for number in range(30):
        text = f"---\nid: S{number}\nstatus: triaged\nsignal_tier: strategic\n---\n"
        (vault / f"SOURCE-{number}.md").write_text(text)
    found = figures(run)["tiers"]["judged"]["inflation"]
    assert found == {
        "tiers": ["paradigm", "strategic"], "sources": 31, "share": 1.0, "target": 0.25,
    }  # fmt: skip
    said = " ".join(run("stats").out.split())
    assert "! 100 % of 31 judged sources are paradigm or strategic (31); the target is 25 %" in said


def test_a_pipe_gets_plain_text_of_80_cells(vault, run):
    outcome = run("stats")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\x1b" not in outcome.out
    assert all(line == line.rstrip() and len(line) <= 80 for line in outcome.lines)
    assert outcome.lines[0] == "Progress  1 of 3 sources judged, 2 left"
    assert re.search(r"^◆ paradigm .*│?.*100 % +5 % +1$", outcome.out, re.MULTILINE)


def test_a_terminal_gets_colours_and_as_much_as_it_has_room_for(vault, run_in_terminal):
    wide = run_in_terminal("stats", columns=120)
    assert "\x1b[1;35m" in wide.out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", wide.out)
    # Two columns side by side.
    assert re.search(r"^Progress .* Decisions a day", plain, re.MULTILINE)
    narrow = run_in_terminal("stats", columns=50, environment={"NO_COLOR": "1"})
    assert "\x1b" not in narrow.out
    assert max(map(len, narrow.lines)) <= 50


def test_an_empty_vault_has_figures_too(tmp_path, run):
    empty = tmp_path / "empty"
    empty.mkdir()
    told = json.loads(run("stats", "--json", "--vault", str(empty)).out)
    assert (told["sources"], told["left"], told["categories"]) == (0, 0, [])
    outcome = run("stats", "--vault", str(empty))
    assert outcome.code == 0
    assert "There is nothing to judge yet." in outcome.out


def test_a_damaged_journal_is_reported_and_the_rest_is_counted(vault, run, home):
    run("promote", "SOURCE-20260101-alpha")
    (journal,) = (home / "state").rglob("journal.jsonl")
    journal.write_bytes(b"no entry\n" * 4)
    outcome = run("stats", "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["judged"] == 2
    assert "journal was damaged" in outcome.err


def test_values_that_harm_a_terminal_do_not_reach_it(vault, run):
    (vault / "SOURCE-bad.md").write_text(
        '---\nstatus: raw\nnotebooklm_category: "[/red]\\e[31m\\u202e x"\n'
        "date_published: 0001-01-01\n---\n"
    )
    for arguments in (["stats"], ["stats", "--json"]):
        outcome = run(*arguments)
        assert outcome.code == 0
        assert not re.search("[\x1b\u202e]", outcome.out)
    assert "[/red]" in run("stats").out


def test_a_vault_that_is_not_there_is_refused_in_one_line(run):
    outcome = run("stats", "--vault", "nowhere")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("sluice: The vault")


def field(told, name):
    return next(one for one in told["fields"] if one["field"] == name)


def test_confirmed_values_are_counted_beside_guessed_ones_with_the_error_of_guesses(vault, run):
    assert field(figures(run), "signal_tier") == {
        "field": "signal_tier",
        "confirmed": 0,
        "guessed": 2,
        "empty": 1,
        "guesses": {"right": 0, "wrong": 0, "error": None},
        "writers": [
            {
                "writer": "script or import",
                "guessed": 2,
                "guesses": {"right": 0, "wrong": 0, "error": None},
            }
        ],
    }
    run("set", "SOURCE-20260101-alpha", "tier=noise")
    # A person's own value is no guess when it is replaced.
    run("set", "SOURCE-20260101-alpha", "tier=strategic")
    told = field(figures(run), "signal_tier")
    assert (told["confirmed"], told["guessed"], told["empty"]) == (1, 1, 1)
    assert told["guesses"] == {
        "right": 0, "wrong": 1, "error": {"share": 1.0, "least": 0.025, "most": 1.0},
    }  # fmt: skip
    opened = Desk(vault, user_folders())
    opened.confirming.confirm(opened.matching("id:SOURCE-20260102-002"), ["signal_tier"], {})
    told = field(figures(run), "signal_tier")
    assert (told["confirmed"], told["guessed"], told["empty"]) == (2, 0, 1)
    assert (told["guesses"]["right"], told["guesses"]["wrong"]) == (1, 1)
    text = run("stats").out
    assert re.search(r"^Wrong guesses +wrong +share +95 %$", text, re.MULTILINE)
    assert re.search(r"^tier +1 of 2 +50 % +1–99 %$", text, re.MULTILINE)
    assert re.search(r"^  script or import +1 of 2 +50 % ", text, re.MULTILINE)
    run("undo")
    assert field(figures(run), "signal_tier")["guesses"]["right"] == 0


def test_a_name_for_a_value_that_is_renamed_everywhere_is_not_an_error(vault, run):
    run("rename-value", "cat", "general=misc", "--yes")
    told = field(figures(run), "notebooklm_category")
    assert (told["confirmed"], told["guesses"]["wrong"]) == (0, 0)


def test_what_waits_has_an_age_and_what_is_snoozed_is_told_apart(vault, run):
    path = vault / "SOURCE-20260101-alpha.md"
    day = (date.today() - timedelta(days=40)).isoformat()
    path.write_text(path.read_text().replace("---\n", f"---\ncaptured_date: {day}\n", 1))
    told = figures(run)["waiting"]
    assert told["ages"][2] == {"age": "under 3 months", "sources": 1}
    assert (told["sources"], told["unknown"], told["snoozed"]) == (3, 2, 0)
    assert (told["median_days"], told["longest_days"]) == (40, 40)
    run("snooze", "SOURCE-20260102-002", "tomorrow")
    told = figures(run)["waiting"]
    assert (told["sources"], told["snoozed"]) == (2, 1)
    assert "Waiting  2 sources open, 1 snoozed, median 40 days, longest 40" in run("stats").out


def test_the_error_of_guesses_is_told_by_who_wrote_them(vault, run):
    run("set", "SOURCE-20260101-alpha", "tier=noise", "--by", "importer")
    told = field(figures(run), "signal_tier")
    assert {one["writer"]: one["guessed"] for one in told["writers"]} == {
        "importer": 1, "script or import": 1,
    }  # fmt: skip
    run("set", "SOURCE-20260101-alpha", "tier=strategic")
    run("set", "SOURCE-20260102-beta", "tier=noise")
    told = field(figures(run), "signal_tier")
    wrong = {one["writer"]: one["guesses"]["wrong"] for one in told["writers"]}
    assert wrong == {"importer": 1, "script or import": 1}
    text = run("stats").out
    assert re.search(r"^  importer +1 of 1 +100 % +2–100 %$", text, re.MULTILINE)
    # What nobody judged is no error, whoever wrote it.
    run("undo")
    run("undo")
    assert field(figures(run), "signal_tier")["guesses"]["error"] is None
