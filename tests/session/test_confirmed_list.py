"""Where the schema has a list of confirmed fields, every key that decides keeps it up to date."""

import pytest

from tests.samples import ROSES, Files, write_learnt
from tui.cli.main import main

NAME, OTHER = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
OPT_IN = "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"
TIER = ["+ confirmed:", '+   - "signal_tier"']


@pytest.fixture
def vault(vault):
    (vault / "sluice.yaml").write_text(OPT_IN)
    return vault


def confirmed(files, name=NAME):
    """The items that the list of a source gained."""
    lines = files.lines(name)
    return [line[4:].strip(' -"') for line in lines if line.startswith("+   - ")]


def test_a_tier_key_notes_the_tier_in_the_same_change(sluice, files):
    with sluice() as app:
        app.press("2")
        assert app.toast == "▲ strategic, was ■ tactical · u undoes"
        app.press("u")
        assert app.toast.startswith("Undid: ▲ strategic, was ■ tactical · ")
    assert files.changes == {}
    with sluice() as app:
        app.press("U")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: strategic # guessed",
        *TIER,
    ]


def test_the_key_of_the_tier_it_has_confirms_it(sluice, files):
    with sluice() as app:
        app.press("3")
        assert files.lines(NAME) == TIER
        app.press("3")
        assert app.toast.startswith("Nothing to change")
        app.press("u")
    assert files.changes == {}


def test_a_cleared_value_is_no_longer_confirmed(sluice, files):
    with sluice() as app:
        app.press("3", "c", "5", "0")
    assert confirmed(files) == ["notebooklm_category"]
    with sluice() as app:
        app.press("u", "u", "u")
    assert files.changes == {}


@pytest.mark.parametrize(
    ("keys", "fields"),
    [
        (["c", "5"], ["notebooklm_category"]),
        (["c", "enter"], ["notebooklm_category"]),
        (["p", "escape"], []),
        (["p"], []),
        (["A"], []),
    ],
)
def test_a_category_is_noted_and_a_move_is_not(sluice, files, keys, fields):
    with sluice() as app:
        app.press(*keys)
    assert confirmed(files) == fields


def test_topics_and_any_field_of_known_values_are_noted(sluice, files):
    with sluice() as app:
        app.press("t")
        app.box.save(("evals",), ())
        app.press("f")
        app.type("platform")
        app.press("enter")
        app.type("podcast")
        app.press("enter")
        app.press("f")
        app.type("creator")
        app.press("enter")
        app.box.save("Ada")
    # A creator has no fixed values, so nobody guesses one.
    assert confirmed(files) == ["topics", "platform"]


def test_repeating_a_change_notes_it_on_the_next_source(sluice, files):
    with sluice() as app:
        app.press("3", "j", ".")
    assert files.changes == {NAME: TIER, OTHER: TIER}


def test_a_change_of_marked_sources_confirms_those_that_have_the_value_too(sluice, files, vault):
    path = vault / OTHER
    path.write_text(path.read_text().replace("tactical", "noise"))
    files = Files(vault)
    with sluice() as app:
        app.press("x", "x", "3")
        assert files.changes[NAME] == TIER
        assert files.changes[OTHER][-2:] == TIER
        assert "2 sources" in app.toast
        app.press("u")
    assert files.changes == {}


def test_an_answer_of_a_pass_is_noted_and_going_back_removes_it(sluice, files):
    with sluice() as app:
        app.press("r")
        name = app.here_in_pass
        app.press("3")
        assert "signal_tier" in confirmed(files, name)
        app.press("u")
    assert files.changes == {}


def test_enter_in_a_pass_keeps_the_value_and_confirms_it(sluice, files):
    with sluice() as app:
        app.press("r", "r")
        app.type("confirm")
        app.press("enter")
        name = app.here_in_pass
        app.press("enter")
        assert confirmed(files, name) == ["notebooklm_category"]
        app.press("u")
    assert files.changes == {}


def test_a_suggestion_that_is_taken_is_noted(sluice, vault):
    write_learnt(vault)
    (vault / "sluice.yaml").write_text(OPT_IN)
    files = Files(vault)
    with sluice() as app:
        app.go_to(ROSES)
        app.press("=")
    assert "notebooklm_category" in confirmed(files, ROSES)


def test_the_list_can_be_edited_by_its_own_key(sluice, files):
    with sluice() as app:
        app.press("3", "f")
        app.type("confirmed")
        app.press("enter")
        app.box.save([])
    assert confirmed(files) == []


def test_what_a_script_replaces_is_no_longer_confirmed(sluice, files, vault):
    with sluice() as app:
        app.press("3", "c", "5")
    command = ["set", str(vault / NAME), "--vault", str(vault), "--by", "importer"]
    # The value that it had already is still what a person confirmed.
    assert main([*command, "tier=tactical"]) == 0
    assert confirmed(files) == ["signal_tier", "notebooklm_category"]
    assert main([*command, "tier=noise"]) == 0
    assert confirmed(files) == ["notebooklm_category"]
    assert main(["undo", "--vault", str(vault), "--by", "importer"]) == 0
    assert confirmed(files) == ["signal_tier", "notebooklm_category"]


def test_a_map_in_place_of_the_list_stops_no_decision(sluice, vault):
    path = vault / NAME
    text = path.read_text()
    path.write_text(text.replace("signal_tier:", "confirmed: {a: 1}\nsignal_tier:"))
    files = Files(vault)
    with sluice() as app:
        app.press("2")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: strategic # guessed",
    ]


def test_a_list_that_names_a_field_briefly_is_understood(sluice, vault):
    path = vault / NAME
    path.write_text(
        path.read_text().replace("signal_tier:", "confirmed: [tier, cat]\nsignal_tier:")
    )
    files = Files(vault)
    with sluice() as app:
        app.press("2")
        assert not any("confirmed" in line for line in files.lines(NAME))
        app.press("0")
    assert "+ confirmed: [cat]" in files.lines(NAME)
