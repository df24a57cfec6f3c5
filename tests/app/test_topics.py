"""t turns many topics at once; . makes the last change again; C takes the last category."""

import pytest
import yaml
from textual.widgets import OptionList

from tests.app.conftest import NARROW
from tui.app.boxes.items import ItemsBox
from tui.app.boxes.offer import Offer
from tui.app.screens.triage import TriageScreen

NAME, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"


def items(path, field="topics"):
    """The list as PyYAML reads it from the file."""
    return yaml.safe_load(path.read_text().split("\n---\n")[0].removeprefix("---\n"))[field]


def rows(app):
    """The lines of the box that is open."""
    options = app.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(i).prompt) for i in range(options.option_count)]


@pytest.fixture
def used(write):
    """More sources, with topics that are used more than once."""
    write(5, "Evening", topics="[agents, evals, prompting]")
    write(6, "Forests", topics="[agents, evals]")
    write(7, "Gardens", topics="[agents]")


async def test_one_topic_is_letters_and_two_enters(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"age", "enter", "enter")
        assert app.app.screen is app.screen
        assert app.toast == "topics += agents"
    assert files.lines(NAME) == [
        "- topics: [one, two, three]", "+ topics: [one, two, three, agents]"
    ]  # fmt: skip


async def test_many_topics_are_one_change(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"age", "enter", *"eval", "enter", *"two", "enter")
        assert files.changes == {}
        await app.press("escape")
        assert app.toast == "topics += agents, evals -= two"
        assert items(vault / NAME) == ["one", "three", "agents", "evals"]
        await app.press("u")
    assert files.changes == {}


async def test_the_topics_it_has_come_first_then_the_most_used(sluice, used):
    async with sluice() as app:
        await app.press("t")
        assert [row.split()[0:2] for row in rows(app)[:5]] == [
            ["✓", "one"], ["✓", "two"], ["✓", "three"], ["agents", "3×"], ["evals", "2×"],
        ]  # fmt: skip


async def test_a_typo_offers_topics_of_similar_spelling(sluice, used, vault):
    async with sluice() as app:
        await app.press("t", *"agnets")
        assert rows(app)[0].split()[0] == "agents"
        assert "similar spelling" in rows(app)[0]
        assert rows(app)[-1].startswith("+ agnets")
        await app.press("enter", "enter")
    assert items(vault / NAME)[-1] == "agents"


async def test_a_new_topic_wants_enter_twice(sluice, used, vault, watch):
    files = watch(vault)
    async with sluice() as app:
        await app.press("t", *"zither", "enter")
        assert "enter again" in rows(app)[0]
        await app.press("enter", "escape")
    assert files.lines(NAME)[1] == "+ topics: [one, two, three, zither]"


async def test_the_new_one_is_reached_with_up(sluice, used, vault):
    async with sluice() as app:
        await app.press("t", *"agent", "up", "enter", "enter", "ctrl+s")
    assert items(vault / NAME)[-1] == "agent"


async def test_a_topic_is_taken_out_by_moving_to_it_and_twice_turned_is_not_turned(
    sluice, vault, files
):
    async with sluice() as app:
        await app.press("t", "down", "down", "enter", "enter", "enter", "escape")
    assert items(vault / NAME) == ["one", "three"]
    assert len(files.lines(NAME)) == 2


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
        assert "2 sources" in app.picture
        assert any(row.startswith("~ prompting") and "in 1 of 2" in row for row in rows(app))
        await app.press(*"prompting", "enter", *"evals", "enter", "escape")
        assert items(vault / "SOURCE-005-evening.md") == ["agents", "prompting"]
        assert items(vault / "SOURCE-006-forests.md") == ["agents", "prompting"]
        await app.press("u")
    assert files.changes == {}


async def test_many_sources_are_counted_behind_the_box(limits, sluice, used, monkeypatch, vault):
    limits["counted_at_once"] = 0
    async with sluice() as app:
        await app.press("t")
        assert isinstance(app.app.screen, ItemsBox)
        await app.press(*"agen", "enter", "enter")
    assert items(vault / NAME)[-1] == "agents"


async def test_it_works_on_a_small_screen(sluice, used, vault):
    async with sluice(size=NARROW) as app:
        await app.press("t")
        assert "esc saves" in app.picture
        await app.press(*"evals", "enter", "enter")
    assert items(vault / NAME)[-1] == "evals"


def test_hyphens_and_capitals_are_no_difference_while_typing():
    offer = Offer({"ai-agents": 1, "AI Ethics": 5, "email": 9})
    assert offer.matching("ai agents", [])[0] == "ai-agents"
    assert offer.matching("ai", []) == ["AI Ethics", "ai-agents", "email"]


# The last change again


async def test_dot_tells_what_it_made_again(sluice, vault):
    async with sluice() as app:
        await app.press("t", *"zither", "enter", "enter", "enter", "j", ".")
        assert app.toast == "Repeated: topics += zither"
    assert items(vault / SECOND)[-1] == "zither"


async def test_dot_repeats_a_field_on_all_marked(sluice, vault):
    async with sluice() as app:
        await app.press("f", *"creator", "enter", *" Else", "enter")
        await app.press("j", "x", "x", ".")
        assert app.toast == "Repeated: creator = Someone Else · 2 sources"
    for name in (NAME, SECOND, THIRD):
        assert "creator: Someone Else\n" in (vault / name).read_text()


async def test_dot_repeats_what_went_and_came_in_a_list(sluice, vault, write):
    path = write(9, "Zebras", aliases="[theirs, old]")
    async with sluice() as app:
        await app.press("f", *"aliases", "enter", "i", *"old", "enter", "enter")
        await app.press("f", "enter", "d", "i", *"new", "enter", "enter")
        await app.press("G", ".")
        assert app.toast == "Repeated: aliases += new -= old"
    assert items(path, "aliases") == ["theirs", "new"]


async def test_dot_after_an_insight_was_deleted_harms_no_other_source(sluice, vault, write):
    path = write(0, "Aardvarks", key_insights="[a, b, c]")
    async with sluice() as app:
        await app.press("I", "d", "q", "j", ".")
        assert app.toast == "Nothing to change: key_insights -= a"
        await app.press("k", "I", "J", "q", "j", ".")
        assert "cannot reorder them" in app.toast
    assert items(path, "key_insights") == ["c", "b"]


async def test_dot_repeats_an_insight(sluice, vault):
    async with sluice() as app:
        await app.press("i", *"worth it", "enter", "j", ".")
        assert app.toast == "Repeated: key_insights += worth it"
    assert items(vault / SECOND, "key_insights") == ["worth it"]


# The last category again


async def test_the_last_category_is_known_by_whichever_key_it_was_set(sluice, vault):
    async with sluice() as app:
        await app.press("C")
        assert "No category set yet" in app.toast
        await app.press("f", *"notebook", "enter", *"vibe", "enter", "j", "C")
        assert app.toast == "notebooklm_category = vibe-coding"
    assert "notebooklm_category: vibe-coding\n" in (vault / SECOND).read_text()


async def test_the_last_category_is_known_after_a_restart(sluice, vault):
    async with sluice() as app:
        await app.press("c", "1", "j", "c", "2", "u")
    async with sluice() as app:
        await app.press("G", "C")
        assert app.toast == "notebooklm_category = agents-orchestration"
