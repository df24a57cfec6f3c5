"""r shows one source at a time; one key decides and moves on."""

import os

import pytest

from tests.samples import ROSES, STEEL, Files, value_of, write_source
from tui.session.questions import ConfirmRepair, PickOne, ShowSummary
from tui.vault.vault import FieldEdit, Vault

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
DESERTS = "SOURCE-004-deserts.md"
TIER = "signal_tier: tactical # guessed"


def asked(app):
    """The title of the source that the pass asks about, and its place in the pass."""
    return app.source.title, f"{app.asked.number} of {app.asked.size}"


def test_one_key_a_source_is_all_that_a_pass_takes(sluice, vault):
    with sluice() as app:
        app.press("r", "1", "2", "3", "4")
        assert isinstance(app.box.question, ShowSummary)
    texts = [path.read_text() for path in sorted(vault.iterdir())]
    tiers = ["paradigm", "strategic", "tactical", "noise"]
    for text, tier in zip(texts, tiers, strict=True):
        assert f"signal_tier: {tier} # guessed" in text and "status: triaged" in text


def test_the_pass_begins_at_the_cursor(sluice, files):
    with sluice() as app:
        app.press("j", "r", "1")
    assert set(files.changes) == {BRIDGES}


def test_space_skips_and_changes_nothing(sluice, files):
    with sluice() as app:
        app.press("r", "space", "1")
    assert set(files.changes) == {BRIDGES}


def test_u_goes_back_and_takes_the_decision_back(sluice, files):
    with sluice() as app:
        app.press("r", "1", "2", "u")
        assert asked(app) == ("Bridges over water", "2 of 4")
        app.press("u")
        assert asked(app) == ("Apples in autumn", "1 of 4")
    assert files.changes == {}


def test_u_after_a_skip_only_goes_back(sluice, files):
    with sluice() as app:
        app.press("r", "1", "space", "u")
        assert asked(app) == ("Bridges over water", "2 of 4")
    assert set(files.changes) == {APPLES}


def test_u_at_the_first_source_takes_nothing_back(sluice, files):
    with sluice() as app:
        app.press("1", "g", "r", "u")
        assert "first source" in app.toast
    assert files.lines(APPLES) == [f"- {TIER}", "+ signal_tier: paradigm # guessed"]


def test_u_undoes_the_own_answer_though_another_sluice_changed_something_since(
    sluice, vault, files
):
    with sluice() as app:
        app.press("r", "1")
        other = Vault(vault, app.session.desk.state)
        other.load()
        other.commit("theirs", [FieldEdit(other.get(DESERTS), "creator", "Another")])
        app.press("u")
        assert asked(app) == ("Apples in autumn", "1 of 4")
    assert files.lines(DESERTS) == ["- creator: Someone", "+ creator: Another"]


def test_an_answer_that_cannot_be_undone_is_reported_and_still_counts(sluice, vault):
    path = vault / APPLES
    with sluice() as app:
        app.press("r", "1")
        path.write_text(path.read_text().replace("paradigm", "noise"))
        theirs = path.read_bytes()
        app.press("u")
        assert "signal_tier is now “noise”" in app.toast
        assert asked(app) == ("Bridges over water", "2 of 4")
        app.press("escape")
        assert (app.box.question.summary.done, app.box.question.summary.left) == (1, 3)
    assert path.read_bytes() == theirs


def test_u_after_an_answer_that_changed_nothing_only_goes_back(sluice, vault, files):
    (vault / "sluice.yaml").write_text(
        "passes:\n  bins: {find: 'by:someone', keys: {\n"
        "    y: {name: 'so it is', set: {signal_tier: tactical}}}}\n"
    )
    with sluice() as app:
        app.press("j", "1", "g", "r", "r")
        app.type("bins")
        app.press("enter", "y")
        assert asked(app)[1] == "2 of 4"
        app.press("u")
        assert asked(app)[1] == "1 of 4"
    assert set(files.changes) == {BRIDGES, "sluice.yaml"}


def test_esc_before_the_first_answer_just_leaves(sluice, files):
    with sluice() as app:
        app.press("r", "escape")
        assert app.boxes == []
    assert files.changes == {}


def test_what_was_decided_is_dimmed_in_the_queue_afterwards(sluice):
    with sluice() as app:
        app.press("r", "3", "escape", "escape")
        assert app.dimmed(APPLES)
        assert app.figures.done == 1


@pytest.mark.parametrize(
    ("name", "tier", "key", "line"),
    [
        ("validate", "paradigm", "2", "+ signal_tier: strategic"),
        ("classify", "strategic", "6", "+ notebooklm_category: claude-code"),
        ("tactical", "tactical", "a", "+ status: archived"),
        ("noise", "noise", "a", "+ status: archived"),
    ],
)
def test_the_protocols_further_passes_are_there(sluice, watch, tmp_path, name, tier, key, line):
    root = tmp_path / "triaged"
    root.mkdir()
    path = write_source(root, 7, "Judged already", status="triaged", signal_tier=tier)
    files = watch(root)
    with sluice(root=root) as app:
        app.press("r")
        assert app.drawn.source.body.startswith("No sources left in the pass first")
        app.press("r")
        app.type(name)
        app.press("enter")
        assert asked(app) == ("Judged already", "1 of 1")
        app.press(key)
        assert isinstance(app.box.question, ShowSummary)
    assert line in files.lines(path.name)


def test_marked_sources_are_what_the_pass_is_about(sluice, files):
    with sluice() as app:
        app.press("x", "j", "x", "g", "r", "4", "4")
        assert isinstance(app.box.question, ShowSummary)
    assert set(files.changes) == {APPLES, "SOURCE-003-clocks.md"}


def test_an_answer_repairs_a_broken_header_first(sluice, write, vault):
    path = write(0, "Aardvark", creator='""Quoted" badly')
    files = Files(vault)
    with sluice() as app:
        app.press("g", "r")
        assert asked(app)[0] == "Aardvark"
        app.press("1")
        assert isinstance(app.box.question, ConfirmRepair)
        app.press("escape")
        assert asked(app)[0] == "Aardvark"
        assert files.changes == {}
        app.press("1", "enter")
        assert asked(app)[0] != "Aardvark"
        assert "signal_tier: paradigm" in path.read_text()
        app.press("u")
        assert asked(app)[0] == "Aardvark"
    assert files.changes == {}


def test_a_source_that_cannot_be_changed_is_reported_and_stays(sluice, write, files):
    path = write(0, "Aardvark")
    path.write_text(path.read_text().replace("platform: web", "nobody's line"))
    with sluice() as app:
        app.press("g", "r")
        assert asked(app)[0] == "Aardvark"
        app.press("1")
        assert "no safe repair" in app.toast and asked(app)[0] == "Aardvark"
        app.press("space", "1")
    assert files.changes.keys() >= {APPLES}


def test_a_change_that_cannot_be_saved_brings_the_source_back(sluice, vault, monkeypatch):
    if os.geteuid() == 0:
        os.link(vault / APPLES, vault / "second-name.txt")
    else:
        vault.chmod(0o555)
    with sluice() as app:
        app.press("r", "1")
        assert asked(app) == ("Apples in autumn", "1 of 4")
        assert "hard link" in app.toast or "Cannot write" in app.toast
    vault.chmod(0o755)


# Every other key of the reader works too


def test_a_category_can_be_picked_before_the_answer(sluice, files):
    with sluice() as app:
        app.press("r", "c", "5")
        assert asked(app) == ("Apples in autumn", "1 of 4")
        app.press("1")
        assert asked(app) == ("Bridges over water", "2 of 4")
    assert set(files.lines(APPLES)) >= {
        "+ notebooklm_category: career-growth", "+ signal_tier: paradigm # guessed",
    }  # fmt: skip


def test_equals_takes_what_is_suggested_and_u_undoes_that_first(sluice, learnt, watch):
    files = watch(learnt)
    with sluice() as app:
        app.press("r")
        app.until(lambda: app.drawn.suggested and app.drawn.suggested.category)
        app.press("=")
        assert asked(app)[1] == "1 of 2"
        assert value_of(learnt, ROSES, "notebooklm_category") == "career-growth"
        app.press("2", "u")
        assert asked(app)[1] == "1 of 2"
        assert value_of(learnt, ROSES, "notebooklm_category") == "career-growth"
    assert value_of(learnt, ROSES, "status") == "raw"
    with sluice() as app:
        app.press("r", "1", "c", "1", "u")
        assert asked(app)[1] == "2 of 2"
        app.press("u")
        assert asked(app)[1] == "1 of 2"
    assert STEEL not in files.changes


def test_an_insight_is_written_below_the_text_and_the_pass_waits(sluice, files):
    with sluice() as app:
        app.press("r", "i")
        app.type("1 apple a day")
        assert asked(app) == ("Apples in autumn", "1 of 4")
        app.press("enter")
        assert list(app.source.items("key_insights")) == ["1 apple a day"]
        app.press("4")
        assert asked(app) == ("Bridges over water", "2 of 4")
    assert '+   - "1 apple a day"' in files.lines(APPLES)


def test_a_line_of_the_text_can_be_found_and_quoted(sluice, files):
    with sluice() as app:
        app.press("r", "/")
        app.type("number")
        app.press("enter", "x")
        assert "i quote" in app.keys
        app.press("i", "enter")
        assert asked(app) == ("Apples in autumn", "1 of 4")
        app.press("escape")
        assert asked(app) == ("Apples in autumn", "1 of 4")
        app.press("escape")
        assert app.asked is None
    assert files.lines(APPLES)[-1] == '+   - "The body of number 1."'


@pytest.mark.parametrize(("key", "status"), [("a", "archived"), ("p", "triaged")])
def test_a_and_p_move_the_source_and_go_on_and_u_goes_back(sluice, vault, files, key, status):
    with sluice() as app:
        app.press("r", key)
        assert asked(app) == ("Bridges over water", "2 of 4")
        assert value_of(vault, APPLES, "status") == status
        app.press("u")
        assert asked(app) == ("Apples in autumn", "1 of 4")
    assert files.changes == {}


def test_a_status_chosen_by_name_goes_on_too(sluice, vault):
    with sluice() as app:
        app.press("r", "P")
        app.press("enter")
        assert asked(app) == ("Bridges over water", "2 of 4")
        app.press("escape")
        assert app.box.question.summary.counts == {value_of(vault, APPLES, "status"): 1}


def test_the_last_change_is_repeated_on_the_source_in_hand(sluice, files):
    with sluice() as app:
        app.press("r", "1", ".")
        assert asked(app) == ("Clocks without hands", "3 of 4")
    assert set(files.changes) == {APPLES, BRIDGES}


def test_answers_win_over_commands(sluice, vault, files):
    (vault / "sluice.yaml").write_text(
        "passes:\n  bins: {find: 'status:raw', keys: {\n"
        "    c: {name: 'clear', set: {signal_tier: noise}}, a: {name: 'as good', move: promote},\n"
        "    '?': {name: 'unclear', set: {signal_tier: tactical}}}}\n"
    )
    with sluice() as app:
        app.press("r", "r")
        app.type("bins")
        app.press("enter", "c", "a")
        assert [(one.key, one.name) for one in app.asked.answers] == [
            ("c", "clear"), ("a", "as good"), ("?", "unclear"), ("p", "promote"),
        ]  # fmt: skip
        assert not {"c category", "a archive", "? help"} & set(app.keys)
        app.press("?")
        assert asked(app)[1] == "4 of 4"
    assert files.changes[APPLES][-1] == "+ signal_tier: noise # guessed"
    assert files.changes[BRIDGES][0] == "- status: raw"


@pytest.mark.parametrize("key", ["v", "s", "d", "l", "h", "[", "]", "R", "D", "+", "V", "U"])
def test_keys_of_the_queue_say_how_to_end_the_pass(sluice, files, key):
    with sluice() as app:
        app.press("r", key)
        assert "esc ends the pass" in app.toast
        assert (app.boxes, asked(app)) == ([], ("Apples in autumn", "1 of 4"))
    assert files.changes == {}


def test_help_lists_the_keys_and_what_it_runs_is_about_this_source(sluice, vault):
    with sluice() as app:
        app.press("r", "?")
        app.type("archive")
        app.press("enter")
        assert asked(app) == ("Bridges over water", "2 of 4")
    assert value_of(vault, APPLES, "status") == "archived"


def test_marked_sources_stay_marked_and_only_the_one_in_hand_is_changed(sluice, files):
    with sluice() as app:
        app.press("x", "x", "g", "r", "c", "5", "a")
        assert asked(app) == ("Bridges over water", "2 of 2")
        app.press("escape", "escape")
        assert list(app.rows.marked) == [APPLES, BRIDGES]
    assert set(files.changes) == {APPLES}


# Broken sources


def test_f_repairs_and_the_pass_stays(sluice, write):
    path = write(0, "Aardvark", creator='""Quoted" badly')
    with sluice() as app:
        app.press("g", "r")
        assert app.keys[:2] == ["F repair", "e editor"]
        app.press("F")
        assert isinstance(app.box.question, ConfirmRepair)
        app.press("enter")
        assert asked(app) == ("Aardvark", "1 of 5")
        assert app.source.problem is None and not any("repair" in key for key in app.keys)
        app.press("2")
        assert asked(app)[1] == "2 of 5"
    assert "signal_tier: strategic" in path.read_text()


def test_e_opens_the_editor_at_the_line(sluice, write):
    path = write(0, "Aardvark", creator='""Quoted" badly')
    with sluice() as app:
        app.press("g", "r", "e")
        assert asked(app) == ("Aardvark", "1 of 5")
        line = 1 + path.read_text().splitlines().index('creator: ""Quoted" badly')
    assert app.edited == [(path, line)]


def test_repair_and_answer_are_one_change(sluice, write, vault):
    write(0, "Aardvark", creator='""Quoted" badly')
    files = Files(vault)
    with sluice() as app:
        app.press("g", "r", "a", "enter")
        assert asked(app)[1] == "2 of 5"
        app.press("escape", "escape", "u")
    assert files.changes == {}


# The preset that confirms categories


def confirm(app):
    app.press("r", "r")
    app.type("confirm")
    app.press("enter")


def test_enter_confirms_a_category_and_changes_nothing(sluice, files):
    with sluice() as app:
        confirm(app)
        assert app.asked.meaning == "is the category right?"
        assert [one.name for one in app.asked.answers if one.is_now] == ["general"]
        app.press("enter")
        assert app.asked.number == 2
    assert files.changes == {}


@pytest.mark.parametrize("keys", [["5"], ["c", "5"]])
def test_a_key_sets_another_category_and_goes_on(sluice, vault, keys):
    with sluice() as app:
        confirm(app)
        name = app.here_in_pass
        app.press(*keys)
        assert app.asked.number == 2
        app.press("C")
        assert app.asked.number == 3
    assert value_of(vault, name, "notebooklm_category") == "career-growth"


def test_equals_takes_the_suggested_category_and_goes_on(sluice, learnt):
    with sluice() as app:
        app.until(lambda: app.drawn.suggested and app.drawn.suggested.category)
        confirm(app)
        first = app.here_in_pass
        app.press("=")
        assert app.asked.number == 2
        app.press("u")
        assert (app.asked.number, value_of(learnt, first, "status")) == (1, "raw")
        app.press("=", "=")
        assert isinstance(app.box.question, ShowSummary)
    assert value_of(learnt, ROSES, "notebooklm_category") == "career-growth"
    assert value_of(learnt, STEEL, "notebooklm_category") == "coding-tools"


def test_another_pass_is_chosen_by_its_number(sluice):
    with sluice() as app:
        app.press("r", "r")
        assert isinstance(app.box.question, PickOne)
        app.press("2")
        assert app.asked.name == "confirm the category"


# Others change the files


def test_a_source_that_somebody_else_moved_is_not_moved_once_more(sluice, vault):
    path = vault / APPLES
    with sluice() as app:
        app.press("r")
        path.write_text(path.read_text().replace("status: raw", "status: triaged"))
        app.noticed(APPLES)
        assert asked(app) == ("Bridges over water", "1 of 3")
        assert "Apples in autumn" in app.toast
    assert value_of(vault, APPLES, "status") == "triaged"


def test_other_changes_of_the_source_in_hand_are_shown(sluice, vault):
    path = vault / APPLES
    with sluice() as app:
        app.press("r")
        path.write_text(path.read_text().replace("number 1", "number one"))
        app.noticed(APPLES)
        assert asked(app) == ("Apples in autumn", "1 of 4")
        app.press("1")
    assert "The body of number one." in path.read_text()
    assert value_of(vault, APPLES, "signal_tier") == "paradigm"


def test_a_file_that_is_gone_is_skipped_and_a_renamed_one_is_followed(sluice, vault):
    with sluice() as app:
        app.press("r")
        (vault / APPLES).unlink()
        app.noticed(APPLES)
        assert asked(app) == ("Bridges over water", "1 of 3")
        (vault / BRIDGES).rename(vault / "SOURCE-002-spans.md")
        app.noticed(BRIDGES, "SOURCE-002-spans.md")
        assert asked(app) == ("Bridges over water", "1 of 3")
        app.press("4")
        assert asked(app)[1] == "2 of 3"
    assert value_of(vault, "SOURCE-002-spans.md", "signal_tier") == "noise"


# The clock


def test_boxes_and_fields_stop_the_clock(sluice, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("tui.session.work.pass_clock.monotonic", lambda: now[0])

    def pass_time(app, seconds):
        now[0] += seconds
        app.enter(app.session.rapid.look_at_clock)

    with sluice() as app:
        app.press("r")
        pass_time(app, 2)
        assert app.asked.seconds == 2
        for keys in (["c"], ["i"], ["?"]):
            app.press(*keys)
            pass_time(app, 60)
            app.press("escape")
        pass_time(app, 1)
        assert app.asked.seconds == 3
        app.press("1", "escape")
        assert app.box.question.summary.seconds_each == 3


def test_u_skips_what_changed_nothing(sluice, files):
    with sluice() as app:
        app.press("r", "1", "c", "8", "c", "8")
        assert app.toast.startswith("Nothing to change: general")
        app.press("u")
        # It was confirmed by the first of these.
        assert asked(app) == ("Bridges over water", "2 of 4")
        assert app.toast.startswith("Undid: general confirmed")
        app.press("u")
        assert asked(app) == ("Apples in autumn", "1 of 4")
    assert files.changes == {}


def test_a_count_moves_nothing_behind_the_pass(sluice, files):
    with sluice() as app:
        app.press("r", "9", "l")
        assert "esc ends the pass" in app.toast
        app.press("9", "1", "c", "5")
        assert asked(app) == ("Bridges over water", "2 of 4")
        assert app.figures.pending == ""
    assert set(files.changes) == {APPLES, BRIDGES}
