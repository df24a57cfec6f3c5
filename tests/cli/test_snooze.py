"""``sluice snooze``: sources leave the queue until a day, or until their files change."""

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tui.desk import Desk
from tui.state.folders import user_folders

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"


def in_days(count):
    return date.today() + timedelta(days=count)


def names(outcome):
    assert outcome.code == 0, outcome.err
    return [line.split("\t")[0] for line in outcome.lines]


def snoozed(run):
    return names(run("list", "has:snoozed"))


def write(path, text):
    """Write as another program does, with a time of its own."""
    path.write_text(text, encoding="utf-8", newline="")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))


def test_a_snoozed_source_leaves_the_queue_and_only_its_day_is_written(vault, run):
    before = (vault / ALPHA).read_text()
    outcome = run("snooze", "SOURCE-20260101-001", "tomorrow")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"snoozed until {in_days(1)} (Alpha and the agents)\n"
    line = f"has_transcript: no\nsnoozed_until: {in_days(1)}\n"
    assert (vault / ALPHA).read_text() == before.replace("has_transcript: no\n", line)
    outcome = run("list", "status:raw")
    assert names(outcome) == [GAMMA]
    assert outcome.err == "note: left out 1 snoozed source; has:snoozed lists it\n"
    assert names(run("list", "status:raw", "has:snoozed")) == [ALPHA]
    assert names(run("list", "st:raw,triaged")) == [BETA, GAMMA]
    assert names(run("list", "-st:integrated,archived")) == [BETA, GAMMA]
    assert "alpha" not in run("urls", "st:raw").out
    assert snoozed(run) == [ALPHA]
    assert len(run("log").lines) == 1
    assert run("undo").code == 0
    assert (vault / ALPHA).read_text() == before
    assert names(run("list", "status:raw")) == [ALPHA, GAMMA]
    assert run("redo").code == 0
    assert names(run("list", "status:raw")) == [GAMMA]


def test_find_show_and_queries_for_anything_else_still_have_it(vault, run):
    run("snooze", ALPHA, "monday")
    assert ALPHA in run("find", "st:raw", "alpha").out
    shown = run("show", ALPHA)
    assert shown.code == 0 and "Snoozed until" in shown.out
    for query in ("", "tier:tactical", "alpha", "-st:archived", "st:raw snoozed:>today", "has:url"):
        assert ALPHA in names(run("list", "-q", query)), query
    (line,) = run("list", "has:snoozed", "--json").lines
    assert date.fromisoformat(json.loads(line)["snoozed_until"]).weekday() == 0


def test_a_change_by_query_leaves_it_out_as_the_list_does(vault, run):
    run("snooze", ALPHA, "next week")
    (vault / GAMMA).unlink()
    outcome = run("set", "-q", "st:raw", "guest=Ada")
    assert outcome.err.splitlines() == [
        "note: left out 1 snoozed source; has:snoozed lists it",
        "Nothing to change: no source matches st:raw",
    ]
    assert snoozed(run) == [ALPHA]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("Body of alpha", "Another body"),
        lambda text: text.replace("tier: tactical", "tier: strategic"),
        lambda text: text + "\n",
    ],
)
def test_a_source_is_back_when_anybody_changes_its_file_and_away_when_that_is_undone(
    vault, run, edit
):
    run("snooze", ALPHA, "in 2 weeks")
    text = (vault / ALPHA).read_text()
    assert snoozed(run) == [ALPHA]
    write(vault / ALPHA, edit(text))
    for _ in range(2):
        assert snoozed(run) == []
        assert names(run("list", "st:raw")) == [ALPHA, GAMMA]
    assert "back, as the file has changed" in run("show", ALPHA).out
    write(vault / ALPHA, text)
    assert snoozed(run) == [ALPHA]


def test_a_change_right_after_the_snooze_counts_even_if_nothing_was_listed_between(vault, run):
    run("snooze", ALPHA, "in 2 weeks")
    write(vault / ALPHA, (vault / ALPHA).read_text() + "More.\n")
    assert snoozed(run) == []


def test_a_decision_with_sluice_brings_it_back_and_its_undo_does_not(vault, run):
    run("snooze", ALPHA, "friday")
    run("set", ALPHA, "guest=Ada")
    assert snoozed(run) == []
    run("undo")
    assert snoozed(run) == [ALPHA]


def test_a_source_that_came_back_can_be_snoozed_again_until_the_same_day(vault, run):
    run("snooze", ALPHA, "in a week")
    write(vault / ALPHA, (vault / ALPHA).read_text() + "More.\n")
    assert snoozed(run) == []
    outcome = run("snooze", ALPHA, "in a week")
    assert outcome.code == 0
    assert "Snoozed again, as the file has changed since: Alpha" in outcome.err
    assert snoozed(run) == [ALPHA]


def test_touching_a_file_or_checking_it_out_again_changes_nothing(vault, run):
    run("snooze", ALPHA, "in a week")
    data = (vault / ALPHA).read_bytes()
    (vault / ALPHA).unlink()
    (vault / ALPHA).write_bytes(data)
    os.utime(vault / ALPHA, (5, 5))
    assert snoozed(run) == [ALPHA]


def test_a_clone_on_another_computer_has_it_snoozed_until_its_day(vault, run, tmp_path):
    run("snooze", ALPHA, "in a week")
    clone = tmp_path / "clone"
    shutil.copytree(vault, clone)
    there = ("--vault", str(clone))
    assert names(run("list", "has:snoozed", *there)) == [ALPHA]
    write(clone / ALPHA, (clone / ALPHA).read_text() + "More.\n")
    assert names(run("list", "has:snoozed", *there)) == []
    assert snoozed(run) == [ALPHA]


def test_a_lost_or_damaged_memory_of_files_costs_nothing_but_an_early_return(vault, run):
    run("snooze", ALPHA, "in a week")
    (memory,) = Path(os.environ["XDG_STATE_HOME"]).rglob("snoozed.json")
    for broken in ("", "{", '{"snoozed": [1, ["x"]]}'):
        memory.write_text(broken)
        assert snoozed(run) == [ALPHA]


def test_on_its_day_it_is_back(vault, run):
    text = (vault / ALPHA).read_text()
    for day in (in_days(0), in_days(-1)):
        write(vault / ALPHA, text.replace("---\n# A", f"snoozed_until: {day}\n---\n# A"))
        assert names(run("list", "st:raw")) == [ALPHA, GAMMA]
        assert snoozed(run) == []


def test_a_day_written_by_hand_counts_too(vault, run):
    text = (vault / ALPHA).read_text()
    quoted = f'snoozed_until: "{in_days(7)}"\n---\n# A'
    write(vault / ALPHA, text.replace("---\n# A", quoted))
    assert snoozed(run) == [ALPHA]
    # Its form stays.
    run("snooze", ALPHA, "tomorrow")
    assert f'snoozed_until: "{in_days(1)}"\n' in (vault / ALPHA).read_text()


def test_snoozing_ends_without_a_trace_in_the_file(vault, run):
    before = (vault / ALPHA).read_text()
    run("snooze", ALPHA, BETA, "in 3 weeks")
    assert snoozed(run) == [ALPHA, BETA]
    assert run("snooze", ALPHA, "--end", "--dry-run").code == 0
    outcome = run("snooze", "--end", ALPHA)
    assert (outcome.code, outcome.err) == (0, "no longer snoozed (Alpha and the agents)\n")
    assert (vault / ALPHA).read_text() == before
    assert snoozed(run) == [BETA]
    run("undo")
    assert snoozed(run) == [ALPHA, BETA]
    again = run("snooze", ALPHA, "--end", "--json")
    (field,) = json.loads(again.out)["changed"]
    assert (field["field"], field["after"]) == ("snoozed_until", None)
    assert run("snooze", ALPHA, "--end").err == "Nothing to change: no longer snoozed\n"


def test_all_that_a_query_matches_are_snoozed_as_one_change_that_is_listed_first(vault, run):
    (vault / GAMMA).unlink()
    before = (vault / ALPHA).read_text(), (vault / BETA).read_text()
    outcome = run("snooze", "-q", "st:raw,triaged", "next", "month")
    assert outcome.code == 0
    assert outcome.err.splitlines()[0].endswith(": 2 sources to change")
    assert snoozed(run) == [ALPHA, BETA]
    outcome = run("snooze", "-q", "has:snoozed", "--end", "--yes")
    assert outcome.code == 0 and snoozed(run) == []
    assert before == ((vault / ALPHA).read_text(), (vault / BETA).read_text())
    assert run("snooze", "-q", "guest:nobody", "friday").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((ALPHA, "yesterday"), 1, "not a day to come"),
        ((ALPHA, "today"), 1, "not a day to come"),
        ((ALPHA, "someday"), 1, "“someday” is not a day; write one such as tomorrow"),
        ((ALPHA,), 2, "a DAY"),
        ((), 2, "It needs a REF"),
        (("--end",), 2, "It needs a REF"),
        (("-q", "", "friday"), 2, "every source"),
        (("-q", "st:raw"), 2, "It needs a DAY, or --end"),
        (("-q", "st:raw", ALPHA, "friday"), 2, "not both"),
        (("-q", "st:raw", ALPHA, "--end"), 2, "not both"),
        (("nothing-of-the-kind", "friday"), 1, "nothing-of-the-kind"),
        ((GAMMA, "friday"), 1, "broken header"),
        ((ALPHA, GAMMA, "friday"), 1, "broken header"),
    ],
)
def test_what_cannot_be_snoozed_is_refused_with_nothing_written(vault, run, arguments, code, said):
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    outcome = run("snooze", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert before == {path: path.read_bytes() for path in vault.rglob("*.md")}


def test_a_dry_run_shows_the_line_and_writes_nothing(vault, run):
    before = (vault / ALPHA).read_bytes()
    outcome = run("snooze", ALPHA, "tomorrow", "--dry-run")
    assert outcome.code == 0
    assert f"+snoozed_until: {in_days(1)}" in outcome.lines
    assert (vault / ALPHA).read_bytes() == before
    assert snoozed(run) == []


def test_set_takes_the_coming_day_too(vault, run):
    assert run("set", ALPHA, f"snoozed={in_days(1):%A}".lower()).code == 0
    assert f"snoozed_until: {in_days(1)}\n" in (vault / ALPHA).read_text()
    assert snoozed(run) == [ALPHA]


def test_a_schema_can_name_its_own_field_or_none(vault, run):
    (vault / "sluice.yaml").write_text(
        "roles: {snoozed: später}\nfields: {später: {kind: date}, snoozed_until: null}\n"
    )
    run("snooze", ALPHA, "tomorrow")
    assert f"später: {in_days(1)}\n" in (vault / ALPHA).read_text()
    assert snoozed(run) == [ALPHA]
    assert names(run("list", "st:raw")) == [GAMMA]
    (vault / "sluice.yaml").write_text("roles: {snoozed: null}\n")
    assert names(run("list", "st:raw")) == [ALPHA, GAMMA]
    assert snoozed(run) == []
    outcome = run("snooze", ALPHA, "tomorrow")
    assert outcome.code == 1 and "has no field for snoozing; add one to sluice.yaml" in outcome.err
    (vault / "sluice.yaml").write_text("roles: {snoozed: title}\n")
    outcome = run("list")
    assert outcome.code == 1 and "it needs one of the kind date" in outcome.err


def test_a_schema_of_other_statuses_decides_what_is_open(vault, run):
    (vault / "sluice.yaml").write_text(
        "fields: {status: {values: {open: {}, doing: {}, done: {}, dropped: {}}}}\n"
        "flow: {main: [open, doing, done], archive: dropped, moves: {}, stamps: {}, wants: {}}\n"
        "passes: {first: {find: 'status:open', ask: signal_tier}}\n"
        "views: {open: 'status:open', done: 'status:done'}\n"
    )
    for name, status in ((ALPHA, "open"), (BETA, "done")):
        text = (vault / name).read_text()
        write(vault / name, text.replace("status: raw", "status: open").replace("triaged", status))
    run("snooze", ALPHA, BETA, "tomorrow")
    assert names(run("list", "status:open")) == []
    assert names(run("list", "status:done")) == [BETA]


def test_an_older_schema_with_the_same_names_keeps_its_meaning(vault, run):
    (vault / "sluice.yaml").write_text(
        "fields: {snoozed_until: {kind: text}, quiet: {kind: text, short: snoozed}}\n"
    )
    text = (vault / ALPHA).read_text()
    write(vault / ALPHA, text.replace("---\n# A", "snoozed_until: 2999-01-01\nquiet: x\n---\n# A"))
    assert names(run("list", "snoozed:x")) == [ALPHA]
    assert names(run("list", "st:raw")) == [ALPHA, GAMMA]
    (vault / "sluice.yaml").write_text("fields: {snoozed: {kind: bool}}\n")
    write(vault / ALPHA, text.replace("---\n# A", "snoozed: yes\n---\n# A"))
    assert snoozed(run) == [ALPHA]
    assert names(run("list", "snoozed:yes")) == [ALPHA]


def test_the_views_and_passes_of_the_app_leave_it_out_too(vault, run):
    desk = Desk(vault, user_folders())
    alpha = desk.vault.load() or desk.vault.get(ALPHA)
    raw, passes = desk.schema.views["raw"].query, desk.schema.passes
    assert desk.lookup.matches(raw, alpha)
    run("snooze", ALPHA, "tomorrow")
    alpha = desk.vault.reread(ALPHA)
    desk.lookup.update(alpha)
    assert not desk.lookup.matches(raw, alpha)
    assert desk.lookup.matches(desk.schema.views["snoozed"].query, alpha)
    assert desk.lookup.matches(desk.schema.views["all"].query, alpha)
    for query in (raw, passes["first"].find, passes["noise"].find):
        assert ALPHA not in [source.name for source in desk.matching(query)]
    assert [hit.source.name for hit in desk.lookup.find("alpha")] == [ALPHA]
