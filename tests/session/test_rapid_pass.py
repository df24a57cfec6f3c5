"""r shows one source at a time; one key decides and moves on."""

import os

import pytest

from tests.samples import Files, write_source
from tui.session.questions import Clock, ConfirmRepair, InHand, NothingLeft, ShowSummary
from tui.vault.vault import FieldEdit, Vault

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
DESERTS = "SOURCE-004-deserts.md"
TIER = "signal_tier: tactical # guessed"


def asked(app):
    """The title of the source that the pass asks about, and its place in the pass."""
    return app.box.latest(InHand).source.title, app.box.latest(Clock).place


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
        assert app.box.latest(NothingLeft).chosen.name == "first"
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
