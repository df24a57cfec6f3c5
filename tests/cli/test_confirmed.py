"""``has:confirmed`` and ``confirmed:``: what a person set or confirmed, and what a script wrote."""

import json
import os
from pathlib import Path

import pytest

from tui.desk import Desk
from tui.errors import NothingToUndo, SampleRefused
from tui.state.folders import user_folders
from tui.triage.sampling import draw
from tui.triage.verdict import Verdict
from tui.vault.history import journal

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"
OPT_IN = "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"


def names(outcome):
    assert outcome.code == 0, outcome.err
    return [line.split("\t")[0] for line in outcome.lines]


@pytest.fixture
def many(tmp_path, monkeypatch):
    """151 sources with a guessed tier."""
    root = tmp_path / "many"
    root.mkdir()
    for number in range(151):
        text = f"---\nid: s{number:03}\nstatus: raw\nsignal_tier: tactical # a guess\n---\nText.\n"
        (root / f"SOURCE-{number:03}.md").write_text(text)
    monkeypatch.chdir(root)
    return root


def desk(root):
    return Desk(root, user_folders())


def test_nothing_is_confirmed_before_a_person_has_set_it(vault, run):
    assert names(run("list", "has:confirmed")) == []
    assert names(run("list", "-confirmed:tier")) == [ALPHA, BETA, GAMMA]


def test_what_was_set_is_confirmed_until_it_is_undone_or_something_else_writes_it(vault, run):
    run("set", ALPHA, "tier=noise", "guest=Ada")
    assert names(run("list", "confirmed:tier")) == [ALPHA]
    assert names(run("list", "confirmed:signal_tier,creator")) == [ALPHA]
    assert names(run("list", "has:confirmed", "-confirmed:cat")) == [ALPHA]
    assert names(run("list", "confirmed:cat")) == []
    run("undo")
    assert names(run("list", "has:confirmed")) == []
    run("redo")
    assert names(run("list", "confirmed:guest")) == [ALPHA]
    text = (vault / ALPHA).read_text()
    (vault / ALPHA).write_text(text.replace("signal_tier: noise", "signal_tier: paradigm"))
    assert names(run("list", "confirmed:tier")) == []
    assert names(run("list", "confirmed:guest")) == [ALPHA]


def test_a_move_alone_confirms_no_value(vault, run):
    run("promote", ALPHA)
    run("snooze", BETA, "tomorrow")
    assert names(run("list", "has:confirmed")) == []


def test_a_renamed_field_stays_confirmed(vault, run):
    run("set", ALPHA, "guest=Ada")
    run("rename-field", "guest=visitor", "--yes")
    assert names(run("list", "confirmed:visitor")) == [ALPHA]


def test_fields_chosen_for_a_new_source_are_confirmed_and_what_a_host_says_is_not(vault, run):
    outcome = run("add", "https://youtu.be/3x0jhpEj_6o", "--set", "tier=noise")
    added = Path(outcome.out.strip()).name
    assert names(run("list", "confirmed:tier")) == [added]
    assert names(run("list", "confirmed:platform")) == []


def test_a_field_that_does_not_exist_is_an_invalid_query(run, vault):
    outcome = run("list", "confirmed:teir")
    assert outcome.code == 2 and "did you mean confirmed:tier" in outcome.err
    assert run("list", "confirmed:>tier").code == 2


def test_the_list_in_the_header_counts_where_the_schema_has_one(vault, run):
    (vault / "sluice.yaml").write_text(OPT_IN)
    text = (vault / ALPHA).read_text()
    (vault / ALPHA).write_text(text.replace("---\n# A", "confirmed: [tier, guest]\n---\n# A"))
    assert names(run("list", "confirmed:tier")) == [ALPHA]
    # There is no guest to be confirmed.
    assert names(run("list", "confirmed:guest")) == []
    assert names(run("list", "has:confirmed")) == [ALPHA]
    run("set", BETA, "tier=noise")
    assert names(run("list", "confirmed:tier")) == [ALPHA, BETA]


def test_setting_a_field_adds_its_name_to_the_list_in_the_same_change(vault, run):
    (vault / "sluice.yaml").write_text(OPT_IN)
    before = (vault / ALPHA).read_text()
    outcome = run("set", ALPHA, "tier=tactical", "cat=claude-code", "guest=Ada", "status=triaged")
    assert outcome.code == 0
    # Both values were set already; a guest is no guess, and a status is a move.
    text = (vault / ALPHA).read_text()
    assert "\nconfirmed:\n  - signal_tier\n  - notebooklm_category\n" in text
    assert names(run("list", "confirmed:tier", "confirmed:cat")) == [ALPHA]
    assert len(run("log").lines) == 1
    assert run("set", ALPHA, "tier=tactical").err.startswith("Nothing to change")
    run("set", ALPHA, "tier=")
    assert "  - signal_tier" not in (vault / ALPHA).read_text()
    run("undo")
    run("undo")
    assert (vault / ALPHA).read_text() == before
    outcome = run("set", "-q", "st:triaged", "tier=noise", "--yes", "--json")
    (line,) = outcome.lines
    assert [one["field"] for one in json.loads(line)["changed"]] == ["signal_tier", "confirmed"]
    shown = run("set", ALPHA, "tier=noise", "--dry-run").out
    assert "+  - signal_tier" in shown


def test_what_a_script_sets_under_its_name_is_a_guess(vault, run):
    run("set", ALPHA, BETA, "tier=strategic", "--by", "importer")
    assert names(run("list", "has:confirmed")) == []
    run("set", ALPHA, "tier=noise")
    assert names(run("list", "confirmed:tier")) == [ALPHA]
    run("set", ALPHA, "tier=paradigm", "--by", "importer")
    assert names(run("list", "confirmed:tier")) == []
    run("undo", "--by", "importer")
    assert names(run("list", "confirmed:tier")) == [ALPHA]


def test_a_script_under_its_name_removes_what_it_replaces_from_the_list(vault, run):
    (vault / "sluice.yaml").write_text(OPT_IN)
    run("set", ALPHA, "tier=noise", "cat=claude-code")
    assert names(run("list", "confirmed:tier", "confirmed:cat")) == [ALPHA]
    run("set", ALPHA, BETA, "tier=strategic", "cat=claude-code", "--by", "importer")
    assert "confirmed" not in (vault / BETA).read_text()
    assert "confirmed:\n  - notebooklm_category\n" in (vault / ALPHA).read_text()
    assert names(run("list", "confirmed:tier")) == []
    run("undo", "--by", "importer")
    assert names(run("list", "confirmed:tier")) == [ALPHA]


def test_a_list_that_names_what_a_script_has_replaced_does_not_count(vault, run):
    run("set", ALPHA, "tier=strategic", "--by", "importer")
    (vault / "sluice.yaml").write_text(OPT_IN)
    text = (vault / ALPHA).read_text()
    (vault / ALPHA).write_text(text.replace("---\n# A", "confirmed: [tier]\n---\n# A"))
    # The journal knows better.
    assert names(run("list", "confirmed:tier")) == []


def test_an_added_topic_confirms_the_topics(vault, run):
    (vault / "sluice.yaml").write_text(OPT_IN)
    run("set", ALPHA, "topics+=evals")
    assert names(run("list", "confirmed:topics")) == [ALPHA]
    assert "confirmed:\n  - topics\n" in (vault / ALPHA).read_text()


def test_another_field_of_that_name_keeps_its_meaning(vault, run):
    text = (vault / ALPHA).read_text()
    (vault / ALPHA).write_text(text.replace("---\n# A", "confirmed: 2026-01-01\n---\n# A"))
    assert names(run("list", "confirmed:2026-01")) == [ALPHA]
    (vault / "sluice.yaml").write_text("fields: {confirmed: {kind: date}}\n")
    assert names(run("list", "confirmed:>2025")) == [ALPHA]
    assert names(run("list", "has:confirmed")) == [ALPHA]


def test_a_damaged_cache_is_made_again_and_a_long_journal_is_read_once(vault, run):
    for number in range(30):
        run("set", ALPHA, f"guest=Ada {number}")
    assert names(run("list", "confirmed:guest")) == [ALPHA]
    (cache,) = Path(os.environ["XDG_STATE_HOME"]).rglob("last_set.json")
    good = cache.read_text()
    for broken in ("", "[]", "{", good[:-9], good.replace('"format":1', '"format":0')):
        cache.write_text(broken)
        assert names(run("list", "confirmed:guest")) == [ALPHA]
        assert cache.read_text() == good
    # It is used, not only written.
    cache.write_text(good.replace("Ada 29", "Ada 28"))
    assert names(run("list", "confirmed:guest")) == []


def test_what_a_long_journal_drops_is_still_known(vault, run, monkeypatch):
    for number in range(6):
        run("set", ALPHA, f"topics+=t{number}", f"f{number}=x")
    for name, least in (("KEEP", 2), ("LEAST", 1), ("SHORTEST", 1)):
        monkeypatch.setattr(journal, name, least)
    # Nobody asked before: what is removed is taken in at that moment.
    run("set", ALPHA, "f6=x")
    assert len(run("log").lines) == 2
    for number in range(7):
        assert names(run("list", f"confirmed:f{number}")) == [ALPHA]
    run("undo")
    assert names(run("list", "confirmed:f0")) == [ALPHA]


# By a sample


@pytest.mark.parametrize("schema", ["", OPT_IN])
def test_the_rest_of_a_group_is_confirmed_as_one_change_with_one_undo(many, run, schema):
    if schema:
        (many / "sluice.yaml").write_text(schema)
    before = {path: path.read_bytes() for path in many.glob("*.md")}
    opened = desk(many)
    group = opened.matching("st:raw")
    drawn = draw([source.name for source in group], opened.schema.sample.size, 7)
    left_out = {}
    rest = [source for source in group if source.name not in drawn]
    change = opened.confirming.accept_rest(Verdict(151, 20, 1), rest, ["signal_tier"], left_out)
    assert change.label == "accepted tier by a sample"
    assert (len(change.files), left_out) == (131, {})
    confirmed = names(run("list", "confirmed:tier"))
    assert len(confirmed) == 131 and set(confirmed).isdisjoint(drawn)
    after = {path: path.read_bytes() for path in many.glob("*.md")}
    if schema:
        line = b'# a guess\nconfirmed:\n  - "signal_tier"\n---'
        for path, was in before.items():
            new = was if path.name in drawn else was.replace(b"# a guess\n---", line)
            assert after[path] == new
    else:
        assert after == before
    assert len(run("log").lines) == 1
    (entry,) = map(json.loads, run("log", "--json").lines)
    assert entry["why"] == "19 of 20 right: at most 22 % wrong (95 %)"
    # Nobody looked at them.
    assert opened.last_set.guesses() == {}
    assert run("undo").code == 0
    assert names(run("list", "has:confirmed")) == []
    assert {path: path.read_bytes() for path in many.glob("*.md")} == before
    assert run("redo").code == 0
    assert len(names(run("list", "confirmed:tier"))) == 131


def test_a_bad_sample_confirms_nothing(many, run):
    opened = desk(many)
    group = opened.matching("st:raw")
    with pytest.raises(SampleRefused, match="17 of 20 right"):
        opened.confirming.accept_rest(Verdict(151, 20, 3), group[20:], ["signal_tier"], {})
    assert run("log").lines == []
    with pytest.raises(NothingToUndo):
        opened.undo()


def test_undoing_a_confirmation_undoes_no_older_change_and_no_later_edit(many, run):
    opened = desk(many)
    run("set", "s000", "guest=Ada")
    opened.vault.load()
    change = opened.confirming.confirm(opened.matching("id:s000"), ["signal_tier"], {})
    path = many / "SOURCE-000.md"
    path.write_text(path.read_text().replace("tactical", "noise"))
    now = path.read_text()
    outcome = run("undo", "--json")
    assert json.loads(outcome.out)["change"] == change.id
    assert path.read_text() == now
    assert names(run("list", "confirmed:guest")) == ["SOURCE-000.md"]


@pytest.mark.parametrize("schema", ["", OPT_IN])
def test_what_changed_meanwhile_or_has_no_value_is_left_out_with_the_reason(many, schema):
    if schema:
        (many / "sluice.yaml").write_text(schema)
    path = many / "SOURCE-003.md"
    path.write_text(path.read_text().replace("signal_tier: tactical # a guess\n", ""))
    opened = desk(many)
    group = opened.matching("st:raw")
    (many / "SOURCE-002.md").unlink()
    left_out = {}
    change = opened.confirming.confirm(group, ["signal_tier"], left_out)
    assert len(change.files) == 149
    assert set(left_out) == {"SOURCE-002.md", "SOURCE-003.md"}
    assert "has no signal_tier to confirm" in str(left_out["SOURCE-003.md"])


def test_a_value_that_another_program_changed_is_not_confirmed(many, run):
    opened = desk(many)
    group = opened.matching("st:raw")
    path = many / "SOURCE-001.md"
    path.write_text(path.read_text().replace("tactical", "noise"))
    left_out = {}
    opened.confirming.confirm(group, ["signal_tier"], left_out)
    assert set(left_out) == {"SOURCE-001.md"}
    assert "“noise”" in str(left_out["SOURCE-001.md"])
    assert "“tactical”" in str(left_out["SOURCE-001.md"])
    assert "SOURCE-001.md" not in names(run("list", "confirmed:tier"))


def test_who_set_what_stays_as_it_was_given_while_another_thread_reads_on(vault, run):
    desk = Desk(vault, user_folders())
    run("set", ALPHA, "tier=noise")
    before = desk.last_set.by_person()
    assert before[ALPHA]["signal_tier"].value == "noise"
    run("set", ALPHA, "tier=strategic", "guest=Ada")
    after = desk.last_set.by_person()
    assert before[ALPHA]["signal_tier"].value == "noise" and "guest" not in before[ALPHA]
    assert after[ALPHA]["signal_tier"].value == "strategic"
