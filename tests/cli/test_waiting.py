"""``sluice list --sort waiting``: how long sources have been waiting, and since what."""

import json
from datetime import date, timedelta

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"


def ago(days):
    return (date.today() - timedelta(days=days)).isoformat()


def put(path, line):
    path.write_text(path.read_text().replace("---\n", f"---\n{line}\n", 1))


def waiting(run, *more):
    lines = run("list", "--sort", "waiting", *more).lines
    return {line.split("\t")[0].rpartition("-")[2]: tuple(line.split("\t")[6:]) for line in lines}


def test_it_counts_from_the_status_else_from_the_capture_and_says_which(vault, run):
    put(vault / ALPHA, f"captured_date: {ago(12)}")
    put(vault / BETA, f"captured_date: {ago(40)}")
    assert waiting(run) == {
        "beta.md": ("40", "captured_date"),
        "alpha.md": ("12", "captured_date"),
        "gamma.md": ("", ""),
    }
    run("promote", BETA)
    assert waiting(run)["beta.md"] == ("0", "processed")
    assert list(waiting(run)) == ["alpha.md", "beta.md", "gamma.md"]
    assert list(waiting(run, "--reverse")) == ["beta.md", "alpha.md", "gamma.md"]
    run("undo")
    assert waiting(run)["beta.md"] == ("40", "captured_date")


def test_without_a_journal_the_date_of_the_status_counts(vault, run):
    text = (vault / BETA).read_text().replace("status: triaged", "status: processed")
    (vault / BETA).write_text(text)
    put(vault / BETA, f"captured_date: {ago(40)}\ndate_processed: {ago(3)}")
    put(vault / ALPHA, f"date_processed: {ago(9)}")
    assert waiting(run)["beta.md"] == ("3", "processed")
    # A raw source has it from the script that made the file.
    assert waiting(run)["alpha.md"] == ("9", "date_processed")


def test_json_says_it_too_and_only_when_asked(vault, run):
    put(vault / ALPHA, f"added: {ago(5)}")
    rows = [json.loads(line) for line in run("list", "--sort", "waiting", "--json").lines]
    assert [row["waiting"] for row in rows] == [
        {"days": 5, "since": ago(5), "status": None, "field": "added"}, None, None,
    ]  # fmt: skip
    assert all("waiting" not in json.loads(line) for line in run("list", "--json").lines)


def test_people_read_it_in_words(vault, run_in_terminal):
    put(vault / ALPHA, f"captured_date: {ago(1)}")
    shown = run_in_terminal("list", "--sort", "waiting")
    assert "1 day since captured_date" in shown.out
    assert "unknown" in shown.out


def test_a_field_of_that_name_is_still_sorted_by(vault, run):
    (vault / "sluice.yaml").write_text("fields: {waiting: {kind: number}}\n")
    put(vault / ALPHA, "waiting: 9")
    put(vault / BETA, "waiting: 4")
    lines = run("list", "--sort", "waiting").lines
    assert [line.split("\t")[0] for line in lines] == [BETA, ALPHA, GAMMA]
    assert all(len(line.split("\t")) == 6 for line in lines)
