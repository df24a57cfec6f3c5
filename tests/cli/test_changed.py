"""``changed:`` asks the undo journal for the days on which sources were changed."""

import json
from datetime import datetime, timedelta

import pytest

from tests.cli.test_list import ALPHA, BETA, GAMMA, first_cells


@pytest.fixture
def age(home):
    """Makes the changes of the journal as many days older."""

    def older(days):
        (journal,) = home.rglob("journal.jsonl")
        entries = [json.loads(line) for line in journal.read_text().splitlines()]
        for entry in entries:
            time = datetime.fromisoformat(entry["time"]) - timedelta(days=days)
            entry["time"] = time.isoformat()
        journal.write_text("".join(json.dumps(entry) + "\n" for entry in entries))

    return older


def test_the_sources_changed_today_are_found_until_it_is_undone(vault, run):
    assert first_cells(run("list", "-q", "changed:today")) == []
    assert run("set", "SOURCE-20260101-alpha", "tier=noise").code == 0
    assert run("set", "SOURCE-20260102-beta", "tier=noise").code == 0
    assert first_cells(run("list", "-q", "changed:today")) == [ALPHA, BETA]
    assert first_cells(run("list", "-q", "-changed:today")) == [GAMMA]
    assert first_cells(run("list", "-q", "changed:today alpha")) == [ALPHA]
    assert first_cells(run("find", "changed:>-1d")) == [ALPHA, BETA]
    assert run("urls", "-q", "changed:today").lines == [
        "https://example.com/alpha",
        "https://example.com/beta",
    ]
    run("undo")
    assert first_cells(run("list", "-q", "changed:today")) == [ALPHA]
    run("redo")
    assert first_cells(run("list", "-q", "changed:today")) == [ALPHA, BETA]


def test_a_change_of_several_sources_counts_for_each(vault, run):
    run("set", "SOURCE-20260101-alpha", "SOURCE-20260102-beta", "tier=noise")
    assert first_cells(run("list", "-q", "changed:today")) == [ALPHA, BETA]


def test_older_changes_are_found_by_their_days(vault, run, age):
    run("set", "SOURCE-20260101-alpha", "tier=noise")
    age(10)
    run("set", "SOURCE-20260102-beta", "tier=noise")
    then = (datetime.now() - timedelta(days=10)).date()
    assert first_cells(run("list", "-q", f"changed:{then}")) == [ALPHA]
    assert first_cells(run("list", "-q", "changed:<-5d")) == [ALPHA]
    assert first_cells(run("list", "-q", "changed:>-5d")) == [BETA]
    assert first_cells(run("list", "-q", f"changed:{then}..today")) == [ALPHA, BETA]
    assert first_cells(run("list", "-q", "changed:10 days ago,yesterday")) == [ALPHA]
    assert first_cells(run("list", "-q", "-changed:10 days ago")) == [BETA, GAMMA]


def test_an_invalid_day_is_wrong_usage(vault, run):
    outcome = run("list", "-q", "changed:tody")
    assert (outcome.code, outcome.out) == (2, "")
    assert "“tody” is not a date" in outcome.err
