"""Choosing the value that is there already confirms it: a change that writes no file."""

import pytest

from tests.samples import ROSES, Files, replace, value_of
from tui.cli.main import main

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
TIER, CATEGORY = "signal_tier", "notebooklm_category"


def found(app, query):
    """What a query finds now, as `sluice list` would."""
    return sorted(source.name for source in app.session.desk.matching(query))


@pytest.mark.parametrize(
    ("choose", "said", "field"),
    [
        (lambda app: app.press("3"), "■ tactical", TIER),
        (lambda app: app.press("c", "enter"), "general", CATEGORY),
        (lambda app: app.press("P", "3"), "■ tactical", TIER),
        (lambda app: by_f(app, "tactical"), "■ tactical", TIER),
    ],
)
def test_choosing_the_value_that_is_there_confirms_it(sluice, files, choose, said, field):
    with sluice() as app:
        choose(app)
        assert app.toast == f"{said} confirmed · u undoes"
        assert found(app, f"confirmed:{field}") == [APPLES]
        app.press("L")
        assert [row.split(" · ")[0] for row in app.box.rows] == [f"{said} confirmed"]
        app.press("escape", "H")
        assert [row.split(" · ")[0] for row in app.box.rows] == [f"{said} confirmed"]
        app.press("escape", "u")
        assert app.toast.startswith(f"Undid: {said} confirmed")
        assert found(app, "has:confirmed") == []
        app.press("U")
        assert found(app, f"confirmed:{field}") == [APPLES]
    assert files.changes == {}


def by_f(app, value):
    """Set the tier by f."""
    app.press("f")
    app.type("signal_tier")
    app.press("enter")
    app.type(value)
    app.press("enter")


def test_what_is_confirmed_already_is_nothing_to_change(sluice, files, vault):
    with sluice() as app:
        app.press("2")
        app.press("2")
        assert app.toast == "Nothing to change: ▲ strategic"
        app.press("u")
    assert files.changes == {}
    assert main(["confirm", str(vault / APPLES), "tier", "--vault", str(vault)]) == 0
    with sluice() as app:
        app.press("3")
        assert app.toast == "Nothing to change: ■ tactical"
        app.press("L")
        assert len(app.box.rows) == 2


def test_two_quick_presses_confirm_once(sluice):
    with sluice() as app:
        app.hasten("3", "3", "3")
        app.settled()
        assert app.toast == "Nothing to change: ■ tactical"
        app.press("u", "u")
        assert "nothing left to undo" in app.toast


def test_marked_sources_that_have_the_value_are_confirmed_with_the_others(sluice, vault):
    replace(vault / BRIDGES, "tactical", "noise")
    files = Files(vault)
    with sluice() as app:
        app.press("x", "x", "3")
        assert app.toast == "■ tactical, was · noise · 2 sources · u undoes"
        assert found(app, "confirmed:tier") == [APPLES, BRIDGES]
        assert list(files.changes) == [BRIDGES]
        app.press("L")
        assert app.box.rows[0].split(" · ")[0] == "■ tactical, was"
        app.press("escape")
        app.press("u")
        assert found(app, "has:confirmed") == []
        # All of them have it now.
        replace(vault / BRIDGES, "noise", "tactical")
        app.noticed(BRIDGES)
        now = Files(vault)
        app.go_to(APPLES)
        app.press("x", "x", "3")
        assert app.toast == "■ tactical confirmed · 2 sources · u undoes"
        app.go_to(APPLES)
        app.press("x", "x", "3")
        assert app.toast == "Nothing to change: ■ tactical · 2 sources"
    assert now.changes == {}


@pytest.mark.parametrize("limits", [{"previewed": 2}])
def test_the_preview_of_many_counts_those_that_are_not_confirmed(sluice, limits):
    with sluice() as app:
        app.press("3", "*", "3")
        assert (len(app.box.plan.changed), [one.name for one in app.box.plan.same]) == (3, [APPLES])


def test_a_repeated_key_confirms_the_next_source(sluice, files):
    with sluice() as app:
        app.press("3", "j", ".")
        assert app.toast == "Repeated: ■ tactical confirmed · u undoes"
        assert found(app, "confirmed:tier") == [APPLES, BRIDGES]
    assert files.changes == {}


def test_a_tag_typed_again_or_an_emptied_value_confirms_nothing(sluice, files, vault):
    replace(vault / APPLES, "signal_tier: tactical # guessed", "signal_tier: null # guessed")
    files = Files(vault)
    with sluice() as app:
        app.press("0")
        assert app.toast.startswith("Nothing to change")
        app.press("u")
        assert "nothing left to undo" in app.toast
    assert files.changes == {}


def test_a_confirmed_value_gets_no_suggestion_until_that_is_undone(sluice, learnt):
    with sluice() as app:
        app.go_to(ROSES)
        assert app.drawn.suggested.category is not None
        app.press("c")
        app.type("general")
        app.press("enter")
        assert app.toast == "general confirmed · u undoes"
        assert app.drawn.suggested.category is None
        app.press("u")
        assert app.drawn.suggested.category is not None
        app.press("U")
        assert app.drawn.suggested.category is None
    assert not list(learnt.parent.rglob("by_hand.json"))
    assert value_of(learnt, ROSES, CATEGORY) == "general"


def test_what_a_script_set_again_under_its_name_can_be_confirmed_though_it_is_listed(sluice, vault):
    (vault / "sluice.yaml").write_text(
        "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"
    )
    path = vault / APPLES
    command = ["set", str(path), "--vault", str(vault), "--by", "importer"]
    assert main([*command, "tier=noise"]) == 0
    path.write_text(path.read_text().replace("signal_tier:", "confirmed: [tier]\nsignal_tier:"))
    files = Files(vault)
    with sluice() as app:
        assert found(app, "confirmed:tier") == []
        app.press("4")
        assert app.toast == "· noise confirmed · u undoes"
        assert found(app, "confirmed:tier") == [APPLES]
    assert files.changes == {}
