"""``sluice promote`` and ``sluice archive``."""

import json
from datetime import date

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
TITLES = {ALPHA: "Alpha and the agents", BETA: 'Beta: a "quoted" 日本 title'}


def fields(run, reference):
    return json.loads(run("show", reference, "--json").out)["fields"]


def test_promote_takes_the_next_step_and_touches_one_line(vault, run):
    before = (vault / ALPHA).read_text()
    outcome = run("promote", ALPHA)
    assert (outcome.code, outcome.out) == (0, "")
    assert (vault / ALPHA).read_text() == before.replace("status: raw", "status: triaged")


def test_promote_to_processed_stamps_the_day(vault, run):
    days = [date.today()]
    run("promote", BETA)
    days.append(date.today())
    after = fields(run, BETA)
    assert after["status"] == "processed"
    assert after["date_processed"] in [day.isoformat() for day in days]


def test_promote_moves_several_sources_as_one_change(vault, run):
    run("promote", ALPHA, BETA)
    assert fields(run, ALPHA)["status"] == "triaged"
    assert fields(run, BETA)["status"] == "processed"
    run("undo")
    assert fields(run, ALPHA)["status"] == "raw"
    assert fields(run, BETA)["status"] == "triaged"


def test_a_step_that_misses_something_is_made_with_a_note(vault, run):
    run("set", ALPHA, "tier=")
    outcome = run("promote", ALPHA)
    assert outcome.code == 0
    assert outcome.err.startswith("note: ")
    assert "signal_tier" in outcome.err


def test_moving_back_wants_the_status_named(vault, run):
    assert run("promote", BETA, "--to", "raw").code == 0
    assert fields(run, BETA)["status"] == "raw"


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        ("integrated", ["promote", BETA]),
        ("archived", ["promote", BETA]),
        ("archived", ["archive", BETA]),
        ("raw", ["promote", BETA, "--to", "integrated"]),
        ("raw", ["promote", BETA, "--to", "nonsense"]),
    ],
)
def test_a_move_that_is_not_allowed_is_refused_and_nothing_written(vault, run, status, arguments):
    path = vault / BETA
    path.write_text(path.read_text().replace("status: triaged", f"status: {status}"))
    before = path.read_bytes()
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("sluice: ")
    assert outcome.err.count("\n") == 1
    assert path.read_bytes() == before


def test_archive_takes_a_raw_source_there_in_one_change(vault, run):
    assert run("archive", ALPHA).code == 0
    assert fields(run, ALPHA)["status"] == "archived"
    assert len(run("log").lines) == 1
    run("undo")
    assert fields(run, ALPHA)["status"] == "raw"


@pytest.mark.parametrize("command", ["promote", "archive"])
def test_a_dry_run_shows_the_line_and_writes_nothing(vault, run, command):
    before = (vault / ALPHA).read_bytes()
    outcome = run(command, ALPHA, "--dry-run")
    assert outcome.code == 0
    assert "-status: raw" in outcome.lines
    assert outcome.lines[0] == f"--- a/{ALPHA}"
    assert (vault / ALPHA).read_bytes() == before
    assert run("log").out == ""


def test_of_several_sources_all_that_are_refused_are_counted_and_none_is_written(vault, run):
    for name in (ALPHA, BETA):
        path = vault / name
        text = path.read_text().replace("status: raw", "status: integrated")
        path.write_text(text.replace("status: triaged", "status: integrated"))
    before = [(vault / name).read_bytes() for name in (ALPHA, BETA)]
    outcome = run("promote", ALPHA, BETA)
    assert (outcome.code, outcome.out) == (1, "")
    assert "2 refused: integrated: has no next status (2); nothing was changed" in outcome.err
    assert outcome.err.count("\n") == 1
    assert [(vault / name).read_bytes() for name in (ALPHA, BETA)] == before


@pytest.mark.parametrize("to", ["RAW", "Raw", "ra"])
def test_a_status_is_named_in_any_capitals_or_by_its_beginning(vault, run, to):
    assert run("promote", BETA, "--to", to).err.startswith("triaged → raw")
    assert fields(run, BETA)["status"] == "raw"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["promote", BETA], "triaged → processed, date_processed = {}"),
        (["set", BETA, "status=processed"], "triaged → processed, date_processed = {}"),
        (["set", BETA, "tier=noise", "status=Proc"],
         "signal_tier = noise, triaged → processed, date_processed = {}"),
        (["set", BETA, "date_processed=today"], "date_processed = {}"),
        (["promote", ALPHA], "raw → triaged"),
        (["archive", BETA], "triaged → archived"),
    ],
)  # fmt: skip
def test_what_is_printed_names_the_stamp_that_is_written(vault, run, arguments, said):
    days = [date.today()]
    outcome = run(*arguments)
    days.append(date.today())
    title = TITLES[arguments[1]]
    assert outcome.err.splitlines()[-1] in [f"{said.format(day)} ({title})" for day in days]


def test_a_stamp_that_is_there_already_is_not_said_to_be_written(vault, run):
    run("set", BETA, "date_processed=today")
    assert run("promote", BETA).err.splitlines()[-1] == f"triaged → processed ({TITLES[BETA]})"


@pytest.mark.parametrize("arguments", [["promote", BETA], ["set", BETA, "status=processed"]])
def test_a_dry_run_shows_the_stamp_too(vault, run, arguments):
    assert any(
        line.startswith("+date_processed: 20") for line in run(*arguments, "--dry-run").lines
    )
