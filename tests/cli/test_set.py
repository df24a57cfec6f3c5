"""``sluice set``."""

import json
import subprocess
from datetime import date

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"


@pytest.fixture
def changed(vault):
    """The lines of a source that are not as they were, as a diff has them."""
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}

    def lines(name):
        path = vault / name
        old = before[path].decode().splitlines()
        new = path.read_text().splitlines()
        return [f"-{line}" for line in old if line not in new] + [
            f"+{line}" for line in new if line not in old
        ]

    return lines


def test_short_names_and_several_fields_are_one_change(vault, run, changed):
    outcome = run("set", "SOURCE-20260101-001", "tier=noise", "cat=general")
    assert (outcome.code, outcome.out) == (0, "")
    assert (
        outcome.err == "signal_tier = noise, notebooklm_category = general (Alpha and the agents)\n"
    )
    assert changed(ALPHA) == [
        "-signal_tier: tactical",
        "-notebooklm_category: claude-code",
        "+signal_tier: noise",
        "+notebooklm_category: general",
    ]
    assert run("undo").code == 0
    assert changed(ALPHA) == []


def test_several_sources_are_one_change(vault, run, changed):
    assert run("set", ALPHA, "SOURCE-20260102-002", "tier=strategic").code == 0
    assert changed(ALPHA) == ["-signal_tier: tactical", "+signal_tier: strategic"]
    assert changed(BETA) == ["-signal_tier: paradigm", "+signal_tier: strategic"]
    run("undo")
    assert changed(ALPHA) == changed(BETA) == []


def test_items_are_appended_in_order_and_removed(vault, run):
    run("set", ALPHA, 'key_insights+=Say "hi": 🤖', "key_insights+=two", "key_insights+=three")
    run("set", ALPHA, "key_insights-=two")
    (row, *_) = run("list", "--json").lines
    assert json.loads(row)["insights"] == ['Say "hi": 🤖', "three"]


def test_a_list_in_flow_style_keeps_it_and_its_comment(vault, run, changed):
    run("set", BETA, "key_insights+=three")
    assert changed(BETA) == [
        '-key_insights: ["one", "two"] # kept',
        '+key_insights: ["one", "two", "three"] # kept',
    ]


def test_nothing_after_the_equals_sign_clears_a_field(vault, run):
    run("set", BETA, "signal_tier=", "key_insights=")
    row = json.loads(run("list", "--json").lines[1])
    assert (row["signal_tier"], row["insights"]) == (None, [])


@pytest.mark.parametrize("text", ["no", "1e3", "2026-01-01", "@x", "a: b", "null", "#x", " x "])
def test_text_that_yaml_would_misread_is_read_back_as_it_was_given(vault, run, text):
    assert run("set", ALPHA, f"creator={text}").code == 0
    shown = json.loads(run("show", ALPHA, "--json").out)
    assert shown["fields"]["creator"] == text


@pytest.mark.parametrize(
    ("assignment", "reason"),
    [
        ("tier=great", "use paradigm, strategic, tactical, noise"),
        ("date_published=2026-02-30", "2026-02-30"),
        ("has_transcript=maybe", "neither yes nor no"),
        ("title+=more", "not a list"),
        ("key_insights-=absent", "absent"),
        ("status=integrated2", "integrated2"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_written(
    vault, run, changed, assignment, reason
):
    outcome = run("set", ALPHA, "creator=someone", assignment)
    assert (outcome.code, outcome.out) == (1, "")
    assert reason in outcome.err
    assert outcome.err.count("\n") == 1
    assert changed(ALPHA) == []


def test_one_source_that_cannot_be_changed_stops_all(vault, run, changed):
    outcome = run("set", ALPHA, GAMMA, "tier=noise")
    assert outcome.code == 1
    assert '“"Gamma" is broken”: broken header, line' in outcome.err
    assert changed(ALPHA) == changed(GAMMA) == []


def test_a_dry_run_prints_a_diff_that_git_applies_and_writes_nothing(vault, run, run_process):
    path = vault / ALPHA
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    untouched = path.read_bytes()
    assignments = ("tier=noise", "key_insights+=first")
    outcome = run_process("set", ALPHA, *assignments, "--dry-run")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert path.read_bytes() == untouched
    assert run("log").out == ""
    subprocess.run(["git", "apply", "-p1"], input=outcome.stdout, cwd=vault, check=True)
    patched = path.read_bytes()
    path.write_bytes(untouched)
    run("set", ALPHA, *assignments)
    assert path.read_bytes() == patched != untouched


def test_a_value_it_has_already_changes_nothing(vault, run, changed):
    outcome = run("set", ALPHA, "tier=tactical")
    assert outcome.code == 0
    assert outcome.err == "Nothing to change: signal_tier = tactical\n"
    assert run("log").out == ""


def test_a_field_nobody_knows_is_set_with_a_note_that_it_is_new(vault, run, changed):
    outcome = run("set", ALPHA, "teir=noise", "mood=calm")
    assert outcome.code == 0
    assert outcome.err.splitlines()[:2] == [
        "note: teir is a new field, not in the schema; did you mean tier?",
        "note: mood is a new field, not in the schema",
    ]
    assert changed(ALPHA) == ["+teir: noise", "+mood: calm"]
    assert "note:" not in run("set", ALPHA, "mood=busy").err


def test_a_reference_and_an_assignment_are_both_wanted(vault, run):
    for arguments in (["tier=noise"], [ALPHA], []):
        outcome = run("set", *arguments)
        assert (outcome.code, outcome.out) == (2, "")


def test_a_file_whose_name_looks_like_an_assignment_is_a_reference(vault, run):
    odd = vault / "SOURCE=1.md"
    odd.write_text("---\nstatus: raw\n---\n")
    assert run("set", "SOURCE=1.md", "guest=someone").code == 0
    assert odd.read_text() == "---\nstatus: raw\nguest: someone\n---\n"


def test_a_path_is_changed_without_reading_the_rest_of_the_vault(vault, run, monkeypatch):
    from tui.vault.vault import Vault

    def refuse(self, size):
        raise AssertionError("the whole vault was read")

    monkeypatch.setattr(Vault, "batches", refuse)
    assert run("set", ALPHA, "tier=noise").code == 0
    assert "signal_tier: noise" in (vault / ALPHA).read_text()


def test_every_sample_that_can_be_read_can_be_set_and_undone(vault_copy, run, monkeypatch):
    monkeypatch.setenv("SLUICE_VAULT", str(vault_copy))
    before = {path: path.read_bytes() for path in vault_copy.iterdir()}
    rows = [json.loads(line) for line in run("list", "--json").lines]
    readable = [
        row["path"]
        for row in rows
        if "cannot be read" not in (row["problem"] or "") and "header" not in (row["problem"] or "")
    ]
    assert len(readable) > 20
    assert run("set", *readable, "guest=Ada: Byron").code == 0
    for path in readable:
        assert json.loads(run("show", path, "--json").out)["fields"]["guest"] == "Ada: Byron"
    assert run("undo").code == 0
    assert {path: path.read_bytes() for path in vault_copy.iterdir()} == before


@pytest.mark.parametrize(
    ("assignment", "line", "said"),
    [
        ("tier=Strategic", "signal_tier: strategic", "signal_tier = strategic"),
        ("tier= PARA ", "signal_tier: paradigm", "signal_tier = paradigm"),
        ("tier=strat", "signal_tier: strategic", "signal_tier = strategic"),
        ("on=YouTube", "platform: youtube", "platform = youtube"),
        ("cat=AI-Agents", "notebooklm_category: ai-agents", "notebooklm_category = ai-agents"),
        ("cat=AI", "notebooklm_category: AI", "notebooklm_category = AI"),
        ("status=TRIAGED", "status: triaged", "raw → triaged"),
        ("status=tri", "status: triaged", "raw → triaged"),
        ("has_transcript=Y", "has_transcript: yes", "has_transcript = yes"),
        ("published=20260203", "date_published: 2026-02-03", "date_published = 2026-02-03"),
        ("topics=a,  b", "topics:", "topics = a, b"),
        ("tier=", "signal_tier: null", "signal_tier = nothing"),
    ],
)
def test_a_value_is_known_in_any_capitals_and_what_was_written_is_said(
    vault, run, changed, assignment, line, said
):
    outcome = run("set", ALPHA, assignment)
    assert (outcome.code, outcome.err) == (0, f"{said} (Alpha and the agents)\n")
    assert f"+{line}" in changed(ALPHA)


@pytest.mark.parametrize("assignment", ["tier=t r", "tier=x", "on=web s", "status=p r", "on=w"])
def test_a_beginning_of_several_values_or_of_none_is_refused(vault, run, changed, assignment):
    outcome = run("set", ALPHA, assignment)
    assert outcome.code == 1
    assert changed(ALPHA) == []


CAFE, CAFE_APART = "caf\u00e9", "cafe\u0301"


@pytest.mark.parametrize(
    ("item", "typed"),
    [(CAFE, CAFE_APART), (CAFE_APART, CAFE), ("Agents", "agents"), ("Stra\u00dfe", "STRASSE")],
)
def test_an_item_in_another_unicode_form_or_other_capitals_is_the_same(vault, run, item, typed):
    path = vault / ALPHA
    path.write_text(path.read_text().replace("---\n# A", f"topics: [x, {item}]\n---\n# A"))
    before = path.read_bytes()
    outcome = run("set", ALPHA, f"topics+={typed}")
    assert (outcome.code, outcome.err) == (0, f"Nothing to change: topics has {item}\n")
    assert path.read_bytes() == before
    outcome = run("set", ALPHA, f"topics-={typed}")
    assert (outcome.code, outcome.err) == (0, f"topics -= {item} (Alpha and the agents)\n")
    assert path.read_text() == before.decode().replace(f", {item}", "")


def test_of_two_items_that_differ_in_capitals_the_typed_one_goes(vault, run, changed):
    path = vault / ALPHA
    path.write_text(path.read_text().replace("---\n# A", "topics: [AI, ai]\n---\n# A"))
    assert run("set", ALPHA, "topics-=ai").code == 0
    assert "topics: [AI]" in path.read_text()


def test_an_insight_with_other_capitals_is_another_one(vault, run):
    run("set", ALPHA, "key_insights+=Ship it")
    run("set", ALPHA, "key_insights+=ship it")
    (row, *_) = run("list", "--json").lines
    assert json.loads(row)["insights"] == ["Ship it", "ship it"]


KINDS = {
    "rating: 4": ("rating=5", "rating: 5"),
    "draft: True": ("draft=no", "draft: False"),
    'due: "Feb 15, 2026"': ("due=2026-03-05", 'due: "Mar 5, 2026"'),
    "at: 2026-01-01T10:00:00+02:00": ("at=2026-03-05", "at: 2026-03-05T10:00:00+02:00"),
    "requires: [165]": ("requires+=20", "requires: [165, 20]"),
    "duration: 1:02:33": ("duration=1:05:00", "duration: 1:05:00"),
    "version: abc": ("version=3.10", 'version: "3.10"'),
}


def test_values_of_any_kind_stay_what_they_are(vault, run, changed):
    path = vault / ALPHA
    lines = "\n".join(KINDS)
    path.write_text(path.read_text().replace("has_transcript: no", f"{lines}\nhas_transcript: no"))
    before = path.read_text()
    assert run("set", ALPHA, *(text for text, _ in KINDS.values())).code == 0
    meant = before
    for old, (_, new) in KINDS.items():
        meant = meant.replace(old, new)
    assert path.read_text() == meant
    assert run("undo").code == 0
    assert path.read_text() == before


def test_a_new_field_is_what_it_is_in_the_other_sources(vault, run):
    path = vault / ALPHA
    path.write_text(path.read_text().replace("id:", "rating: 4\ndraft: true\nid:", 1))
    assert run("set", BETA, "rating=5", "draft=no").code == 0
    assert "rating: 5\ndraft: false\n" in (vault / BETA).read_text()


def test_a_value_that_becomes_text_is_noted(vault, run):
    path = vault / ALPHA
    path.write_text(path.read_text().replace("id:", "rating: 4\nid:", 1))
    outcome = run("set", ALPHA, "rating=good")
    assert outcome.err.splitlines()[0] == "note: rating changed from number to text"
    assert "rating: good\n" in path.read_text()


def test_a_stamp_keeps_its_form(vault, run):
    path = vault / ALPHA
    path.write_text(path.read_text().replace("id:", "date_processed: 20250101\nid:", 1))
    assert run("set", ALPHA, "status=triaged").code == 0
    assert run("promote", ALPHA).code == 0
    assert f"date_processed: {date.today():%Y%m%d}\n" in path.read_text()
