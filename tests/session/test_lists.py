"""A list where one value is meant, and a field of its own name."""

import pytest

from tests.samples import Files

LISTED = "SOURCE-009-listed.md"


@pytest.fixture
def listed(write, vault):
    """A source with several categories and tiers; the files are watched."""
    write(
        9, "Listed", notebooklm_category="[claude-code, general]", signal_tier="[noise, tactical]"
    )
    return Files(vault)


@pytest.mark.parametrize(
    ("keys", "field"),
    [(["1"], "signal_tier"), (["c", "1"], "notebooklm_category")],
)
def test_a_key_does_not_flatten_them(sluice, listed, keys, field):
    with sluice() as app:
        app.go_to("Listed")
        app.press(*keys)
        assert f"{field} has 2 items" in app.toast
    assert listed.changes == {}


def test_a_list_of_one_stays_a_list_by_every_key(sluice, write, vault):
    write(9, "Listed", notebooklm_category="[general]", signal_tier="[noise]")
    files = Files(vault)
    with sluice() as app:
        app.go_to("Listed")
        app.press("1", "c", "1")
    assert files.lines(LISTED) == [
        "- signal_tier: [noise]",
        "+ signal_tier: [paradigm]",
        "- notebooklm_category: [general]",
        "+ notebooklm_category: [agents-orchestration]",
    ]


def test_of_many_marked_those_with_a_longer_list_are_left_out_and_reported(sluice, listed):
    with sluice() as app:
        app.press("*", "1")
        assert app.box.plan.reasons == {"signal_tier has several items": 1}
        app.press("enter")
    assert LISTED not in listed.changes
    assert len(listed.changes) == 4


def test_f_sets_the_field_that_was_chosen(sluice, write, vault):
    write(9, "Clipped", id="SOURCE-9\npublished: spring\nby: Ann")
    files = Files(vault)
    with sluice() as app:
        app.go_to("Clipped")
        app.press("f", *"published", "enter")
        assert app.box.question.text == "spring"
        assert app.box.save("autumn")
        assert app.toast == "published: autumn, was spring · u undoes"
    assert files.lines("SOURCE-009-clipped.md") == ["- published: spring", "+ published: autumn"]
