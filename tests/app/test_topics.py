"""t turns many topics at once."""

import pytest

from tests.app.conftest import NARROW
from tests.samples import header, write_evenings
from tui.app.boxes.offer import Offer
from tui.app.screens.triage import TriageScreen

NAME = "SOURCE-001-apples.md"


def rows(app):
    """The lines of the box that is open."""
    return app.rows


@pytest.fixture
def used(vault):
    """More sources, with topics that are used more than once."""
    write_evenings(vault)


async def test_one_topic_is_letters_and_two_enters(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"age", "enter", "enter")
        assert app.app.screen is app.screen
        assert app.toast == "topics + agents · u undoes"
    assert files.lines(NAME) == [
        "- topics: [one, two, three]", "+ topics: [one, two, three, agents]"
    ]  # fmt: skip


async def test_many_topics_are_one_change(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"age", "enter", *"eval", "enter", *"two", "enter")
        assert files.changes == {}
        await app.press("enter")
        assert app.toast == "topics + agents, evals - two · u undoes"
        assert header(vault / NAME)["topics"] == ["one", "three", "agents", "evals"]
        await app.press("u")
    assert files.changes == {}


async def test_the_topics_it_has_come_first_then_the_most_used(sluice, used):
    async with sluice() as app:
        await app.press("t")
        assert [row.split()[0:2] for row in rows(app)[:5]] == [
            ["✓", "one"], ["✓", "two"], ["✓", "three"], ["agents", "3"], ["evals", "2"],
        ]  # fmt: skip


async def test_a_typo_offers_topics_of_similar_spelling(sluice, used, vault):
    async with sluice() as app:
        await app.press("t", *"agnets")
        assert rows(app)[0].split()[0] == "agents"
        assert "similar spelling" in rows(app)[0]
        assert rows(app)[-1].startswith("+ new “agnets”")
        await app.press("enter", "enter")
    assert header(vault / NAME)["topics"][-1] == "agents"


async def test_a_new_topic_wants_enter_twice(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"zither", "enter")
        assert "enter again" in rows(app)[0]
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ topics: [one, two, three, zither]"


async def test_the_new_one_is_reached_with_up(sluice, used, vault):
    async with sluice() as app:
        await app.press("t", *"agent", "up", "enter", "enter", "ctrl+s")
    assert header(vault / NAME)["topics"][-1] == "agent"


@pytest.mark.parametrize("saves", ["enter", "ctrl+s"])
async def test_a_topic_is_taken_out_by_moving_to_it_and_enter_again_saves(
    sluice, vault, files, saves
):
    async with sluice() as app:
        await app.press("t", "down", "enter", saves)
    assert header(vault / NAME)["topics"] == ["one", "three"]
    assert len(files.lines(NAME)) == 2


async def test_a_topic_turned_twice_is_not_turned(sluice, files):
    async with sluice() as app:
        await app.press("t", "down", "enter", "up", "down", "enter", "ctrl+s")
        assert isinstance(app.app.screen, TriageScreen)
    assert files.changes == {}


async def test_esc_saves_no_topics_and_they_are_there_again_the_next_time(sluice, files):
    async with sluice() as app:
        await app.press("t", "down", "enter", "escape")
        assert isinstance(app.app.screen, TriageScreen)
        assert files.changes == {}
        await app.press("t")
        assert "−1 not saved yet" in app.picture
        await app.press("ctrl+s")
    assert files.lines(NAME)[1] == "+ topics: [one, three]"


async def test_ctrl_r_drops_the_topics_that_were_not_saved(sluice, files):
    async with sluice() as app:
        await app.press("t", "down", "enter", "escape", "t", "ctrl+r", "ctrl+s", "t")
        assert "not saved" not in app.picture
    assert files.changes == {}


@pytest.mark.parametrize("keys", [["enter"], ["escape"], ["ctrl+s"], ["o", "escape"]])
async def test_a_box_in_which_nothing_was_turned_changes_nothing(sluice, files, keys):
    async with sluice() as app:
        await app.press("t", *keys)
        assert isinstance(app.app.screen, TriageScreen)
        await app.press("u")
        assert "nothing left to undo" in app.toast
    assert files.changes == {}


async def test_too_few_or_too_many_topics_show_how_many_are_recommended(sluice):
    async with sluice() as app:
        await app.press("t")
        assert "recommended" not in app.picture
        await app.press("down", "enter")
        assert "2 chosen, 3 to 7 recommended" in app.picture


async def test_marked_sources_get_the_same_topics_as_one_change(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.go_to("evening")
        await app.press("x", "x", "t")
        assert "TOPICS of 2 marked" in app.picture
        assert any(row.startswith("~ prompting") and "in 1 of 2" in row for row in rows(app))
        await app.press(*"prompting", "enter", *"evals", "enter", "enter")
        assert header(vault / "SOURCE-005-evening.md")["topics"] == ["agents", "prompting"]
        assert header(vault / "SOURCE-006-forests.md")["topics"] == ["agents", "prompting"]
        await app.press("u")
    assert files.changes == {}


async def test_it_works_on_a_small_screen(sluice, used, vault):
    async with sluice(size=NARROW) as app:
        await app.press("t")
        assert "ctrl+s saves" in app.picture
        await app.press(*"evals", "enter", "enter")
    assert header(vault / NAME)["topics"][-1] == "evals"


def test_hyphens_and_capitals_are_no_difference_while_typing():
    offer = Offer({"ai-agents": 1, "AI Ethics": 5, "email": 9})
    assert offer.matching("ai agents", [])[0] == "ai-agents"
    assert offer.matching("ai", []) == ["AI Ethics", "ai-agents", "email"]
