"""What stands above and below the queue: views with their counts, what was done, the keys."""

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import insights, replace, write_shelf, write_source

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
BROAD = (200, 60)


def row(app, number):
    """A line of the screen, without the cells around it."""
    return app.picture.splitlines()[number].strip()


async def click_on(app, words, number):
    """Click on these words in a line of the screen."""
    line = app.picture.splitlines()[number]
    await app.pilot.click(offset=(line.index(words) + 1, number % len(app.picture.splitlines())))
    await app.settled()


# Views


async def test_the_views_are_in_sight_with_their_keys_and_counts(sluice, write):
    write(9, "Decided", status="triaged")
    async with sluice(size=WIDE) as app:
        assert row(app, 1).startswith("1 raw 4  2 triaged 1  3 processed 0  4 all 5  5 problems 0")
        assert row(app, 0).endswith("4 raw of 5")


async def test_a_decision_is_counted_at_once_and_by_undo_too(sluice, write):
    write(9, "Decided", status="triaged")
    async with sluice(size=WIDE) as app:
        await app.press("p")
        assert row(app, 1).startswith("1 raw 3  2 triaged 2")
        await app.press("u")
        assert row(app, 1).startswith("1 raw 4  2 triaged 1")


async def test_what_others_write_is_counted(sluice, vault):
    async with sluice(size=WIDE) as app:
        replace(vault / NAME, "status: raw", "status: triaged")
        write_source(vault, 9, "From elsewhere")
        await app.until(lambda: row(app, 1).startswith("1 raw 4  2 triaged 1"))


async def test_views_are_counted_below_an_open_box_too(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.burst("p", "question_mark")
        assert not app.session.view_counts.is_busy
        await app.press("escape")
        assert row(app, 1).startswith("1 raw 3  2 triaged 1")


async def test_a_click_opens_a_view(sluice, write):
    write(9, "Decided", status="triaged")
    async with sluice(size=WIDE) as app:
        await click_on(app, "triaged", 1)
        assert app.shown == ["Decided"]
        assert row(app, 0).endswith("1 triaged of 5")


async def test_below_30_rows_the_views_share_the_first_row(sluice, vault):
    async with sluice(size=STACKED) as app:
        assert "1 raw 4  2 triaged 0" in row(app, 0)
        assert row(app, 0).endswith("v more")
        await click_on(app, "v more", 0)
        assert "save view" not in app.picture and len(app.picker) > 5


async def test_a_narrow_screen_names_the_open_view_and_the_key_of_the_others(sluice, vault):
    async with sluice(size=NARROW) as app:
        assert row(app, 0).endswith("raw 4 · v")
        await app.press("v", "4")
        assert row(app, 0).endswith("all 4 · v")


async def test_matches_are_counted_in_place_of_the_open_view(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("/")
        await app.type("apples")
        assert row(app, 0).endswith("1 match of 4")


async def test_the_open_view_is_in_the_row_however_many_there_are(sluice, config):
    named = "\n".join(f"  a view of many words {number}: status:raw" for number in range(30))
    config(f"views:\n{named}\n")
    async with sluice(size=WIDE) as app:
        await app.press("v")
        await app.type("words 29")
        await app.press("enter")
        assert "a view of many words 29 4" in row(app, 1)
        assert row(app, 1).endswith("v more")


# The keys


async def test_the_keys_are_in_the_order_of_work(sluice, vault):
    async with sluice(size=BROAD) as app:
        assert row(app, -1).startswith(
            "1-4 tier  c category  i insight  p promote  a archive  / find  enter read  x mark"
        )
        assert row(app, -1).endswith("? help")


async def test_a_click_on_a_key_presses_it(sluice, files):
    async with sluice(size=WIDE) as app:
        await click_on(app, "p promote", -1)
        assert app.here == NEXT
        await click_on(app, "u undo", -1)
    assert files.changes == {}


async def test_marks_come_first_with_the_key_that_drops_them(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("x", "x")
        assert row(app, -1).startswith("2 marked  X unmark  1-4 tier")
        await click_on(app, "X unmark", -1)
        assert row(app, -1).startswith("1-4 tier")


async def test_a_broken_source_names_its_repair_first(sluice, write):
    write(9, "Broken", creator='""Quoted" badly')
    async with sluice(size=WIDE) as app:
        await app.go_to("SOURCE-009")
        assert row(app, -1).startswith("F repair  e edit  1-4 tier")


async def test_a_suggestion_is_taken_with_a_key_that_is_named_only_beside_one(sluice, vault):
    for number in range(100, 140):
        roses = number % 2
        write_source(
            vault,
            number,
            f"Pruning roses {number}" if roses else f"Turbine pistons {number}",
            status="triaged",
            signal_tier="noise" if roses else "paradigm",
            notebooklm_category="career-growth" if roses else "coding-tools",
        )
    write_source(vault, 50, "Roses to prune")
    async with sluice(size=WIDE) as app:
        await app.go_to("Roses to prune")
        assert "≈" in app.picture
        assert "= take ≈" in row(app, -1)
        await app.press("=")
        assert "= take ≈" not in row(app, -1)


@pytest.mark.parametrize("view", ["duplicates", "looks wrong"])
async def test_after_a_restart_in_a_slow_view_the_deciding_keys_are_there(sluice, vault, view):
    for number in (10, 11):
        write_source(vault, number, f"Twin {number}", url="https://example.com/twin")
    for _ in range(2):
        async with sluice(size=WIDE) as app:
            await app.press("v")
            await app.type(view)
            await app.press("enter")
    async with sluice(size=WIDE) as app:
        assert row(app, -1).endswith("? help")
        if app.shown:
            assert row(app, -1).startswith("1-4 tier  c category  i insight")


# What was done


async def test_what_was_done_is_said_with_the_key_that_takes_it_back(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("2")
        assert row(app, -2).endswith("▲ strategic, was ■ tactical · u undoes")
        await app.press("j")
        assert "strategic, was" not in app.picture
        assert app.toasts == []


async def test_a_narrow_screen_says_as_much_as_there_is_room_for(sluice, vault):
    async with sluice(size=NARROW) as app:
        await app.press("2")
        assert row(app, -2).endswith("▲ strategic · u undoes")
        assert row(app, -2).startswith("4 left")


async def test_a_refusal_has_its_sign_and_stays_until_the_next_key(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("X")
        assert row(app, -2).endswith("! x marks one, * marks all: no source is marked.")
        await app.press("j")
        assert "no source is marked" not in app.picture


async def test_a_long_refusal_takes_two_rows_and_the_keys_come_back(sluice, vault):
    async with sluice(size=NARROW) as app:
        await app.press("X")
        assert row(app, -2) == "! x marks one, * marks all: no source is"
        assert row(app, -1) == "marked."
        await app.press("j")
        assert row(app, -1).startswith("1-4 tier")


async def test_a_new_insight_names_its_source(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("i")
        await app.type("seen")
        await app.press("enter")
        assert row(app, -2).endswith("insight 1 · “Apples in autumn” · u undoes")
    assert insights(vault / NAME) == ["seen"]


async def test_a_new_insight_names_its_source_by_as_much_of_the_title_as_there_is_room_for(
    sluice, vault
):
    replace(vault / NAME, "Apples in autumn", "Apples in autumn, and in every other season" * 2)
    async with sluice(size=STACKED) as app:
        await app.press("i")
        await app.type("seen")
        await app.press("enter")
        assert row(app, -2).endswith("insight 1 · “Apples in autumn, and i…” · u undoes")
        await app.resize(*NARROW)
        assert row(app, -2).endswith("insight 1 · u undoes")


async def test_a_text_pasted_into_the_field_of_an_insight_is_no_news(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("i")
        await app.paste("pasted words")
        assert app.said == "" and app.toasts == []
        await app.press("enter")
    assert insights(vault / NAME) == ["pasted words"]


async def test_what_no_key_caused_waits_while_somebody_types(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("i")
        app.session._ports.tell.report("The disk is full.", "error")
        await app.settled()
        assert row(app, -2).endswith("! The disk is full.")
        assert not app.app.screen.query("Toast")
        await app.press("escape")
        app.session._ports.tell.report("The disk is full.", "error")
        app.session._ports.tell.report("The disk is full.", "error")
        await app.until(lambda: app.app.screen.query("Toast"))
        assert len(app.app.screen.query("Toast")) == len(app.toasts) == 1
        [toast] = app.app.screen.query("Toast")
        assert (toast.region.y, toast.region.height, toast.region.right) == (0, 1, 120)


async def test_a_long_report_is_told_row_by_row(sluice, vault):
    words = " ".join(f"word{number}" for number in range(12))
    async with sluice(size=NARROW) as app:
        app.session._ports.tell.report(words, "error")
        rows = []
        await app.until(lambda: app.toasts)
        while app.toasts:
            assert app.toasts == [words]
            await app.until(lambda: app.app.screen.query("Toast"))
            await app.settled()
            [toast] = app.app.screen.query("Toast")
            assert toast.region.height == 1
            rows.append(row(app, 0).partition("▌")[2].strip())
            app.app.remove_toast(app.app.toasts[0])
            app.app._look()
    assert rows == [
        "word0 word1 word2 word3 word4 word5…", "…word6 word7 word8 word9 word10…", "…word11",
    ]  # fmt: skip


# Figures


async def test_what_is_left_is_counted_where_work_empties_the_view(sluice, vault):
    async with sluice(size=WIDE) as app:
        assert row(app, -2) == "4 left"
        await app.press("v", "4")
        assert row(app, -2) == "4 shown"


async def test_the_pace_is_told_after_ten_decisions(sluice, vault):
    write_shelf(vault)
    async with sluice(size=WIDE) as app:
        for _ in range(9):
            await app.press("p")
        assert row(app, -2).startswith("9 today · 36 left   ")
        await app.press("p", "j")
        assert row(app, -2).startswith("10 today · 35 left · ")
        assert " each · " in row(app, -2)


async def test_a_goal_of_the_day_has_a_bar_that_moves(sluice, vault, config):
    config("goal: 4\n")
    async with sluice(size=WIDE) as app:
        assert row(app, -2) == f"{'━' * 24} 0 of 4 today · 4 left"
        await app.press("p", "j")
        assert row(app, -2).startswith(f"{'━' * 24} 1 of 4 today · 3 left")
        first, rest = app.screen.status_line._parts()[0][:2]
        assert (len(first[0]), len(rest[0].strip())) == (6, 18)


@pytest.mark.parametrize("goal", ["-1", "many", "0.5", "true"])
def test_a_goal_that_is_no_number_is_refused(home, config, goal):
    from tui.errors import SettingsError
    from tui.state.config import load_config
    from tui.state.folders import user_folders

    config(f"goal: {goal}\n")
    with pytest.raises(SettingsError, match="write a number of sources, such as 40"):
        load_config(user_folders().config)


# Search


async def test_the_old_words_are_selected_so_that_typing_replaces_them(sluice, vault):
    async with sluice(size=WIDE) as app:
        await app.press("/")
        await app.type("apples")
        await app.press("enter", "/")
        await app.type("bridges")
        assert app.shown == ["Bridges over water"]
        assert app.screen.search.value == "bridges"


# The box before a change of many


async def test_the_box_says_what_is_overwritten_and_each_thing_once(sluice, write, files):
    write(5, "Docks", notebooklm_category="coding-tools")
    write(6, "Elms", notebooklm_category="")
    async with sluice(size=WIDE) as app:
        await app.press("*", "c")
        await app.type("career")
        await app.press("enter")
        assert "change 6 marked sources" in app.picture
        assert "career-growth" in app.picture
        assert "replaces general 4, coding-tools 1" in app.picture
        assert "enter changes them" in app.picture
        assert "6 career" not in app.picture and "changes 6" not in app.picture
