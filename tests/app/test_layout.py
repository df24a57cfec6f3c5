"""At every size of the terminal: what has the keys is in sight, and nothing breaks."""

import re

import pytest

from tui.app.boxes.picker import Picker
from tui.app.boxes.status import StatusBox

RING = ["queue", "preview", "insights"]
SIZES = [(120, 36), (99, 30), (80, 24), (59, 20), (45, 20)]


def write_insights(vault, count):
    """Write so many insights into the first source."""
    path = vault / "SOURCE-001-apples.md"
    items = "".join(f"- insight {number}\n" for number in range(1, count + 1))
    head, _, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    path.write_text(f"{head}\nkey_insights:\n{items}---\n{rest}", encoding="utf-8")


def in_sight(app):
    """Whether what has the keys can be seen."""
    focused = app.screen.focused
    assert focused is not None
    return focused.region.area > 0 and all(node.display for node in focused.ancestors_with_self)


@pytest.mark.parametrize("size", SIZES)
async def test_tab_goes_from_the_queue_around_the_source_and_each_is_in_sight(sluice, size):
    async with sluice(size=size) as app:
        for pane in RING[1:]:
            await app.press("tab")
            assert app.pane == pane
            assert in_sight(app), pane
        await app.press("tab")
        assert isinstance(app.app.screen, Picker)
        await app.press("escape")
        assert app.pane == "preview", "what the insights were opened from"
        await app.press("shift+tab")
        assert app.pane == "queue"
        assert in_sight(app)
        await app.press("shift+tab")
        assert isinstance(app.app.screen, StatusBox)
        await app.press("escape")
        assert app.pane == "queue"


async def test_every_line_of_the_screen_has_the_width_of_the_terminal(sluice):
    async with sluice() as app:
        for size in [*SIZES, (100, 24), (60, 20)]:
            await app.resize(*size)
            strips = app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert len(strips) == size[1]
            assert "Apples in autumn" in app.picture
            assert "help" in app.picture.splitlines()[-1]


async def test_wide_shows_the_queue_beside_the_source_with_its_facts_in_the_frame(sluice):
    async with sluice(size=(120, 36)) as app:
        first = app.picture.splitlines()[2]
        assert "queue" in first and "Someone · article · 1 Jan 2026" in first
        assert "example.com" in first
        assert app.screen.queue.region.right == app.screen.preview.region.x
        assert app.screen.queue.region.width == 62
        assert app.picture.count("Apples in autumn") == 1


async def test_stacked_shows_the_source_below_the_queue_under_a_rule(sluice):
    async with sluice(size=(80, 24)) as app:
        screen = app.screen
        assert screen.queue.region.bottom == screen.preview.region.y
        rule = app.picture.splitlines()[screen.preview.region.y]
        assert rule.startswith("── Someone · article · 1 Jan 2026 · example.com ──")
        assert rule.endswith(" 1 min ──")


@pytest.mark.parametrize(("size", "least"), [((120, 36), 26), ((80, 24), 9), ((200, 60), 49)])
async def test_a_source_without_insights_leaves_most_rows_to_its_text(sluice, size, least):
    async with sluice(size=size) as app:
        assert app.screen.preview.text_height >= least


@pytest.mark.parametrize(("size", "least"), [((120, 36), 25), ((80, 24), 8)])
async def test_two_insights_take_a_row_more(sluice, vault, size, least):
    write_insights(vault, 2)
    async with sluice(size=size) as app:
        assert app.screen.preview.text_height >= least
        assert "1 insight 1" in app.picture and "2 insight 2" in app.picture


@pytest.mark.parametrize(("size", "least"), [((120, 36), 16), ((80, 24), 7)])
async def test_sixty_insights_are_counted_and_leave_room_to_read(sluice, vault, size, least):
    write_insights(vault, 60)
    async with sluice(size=size) as app:
        assert app.screen.preview.text_height == least
        assert re.search(r"\+ [45]\d more", app.picture)


async def test_a_source_with_more_insights_lays_out_nothing(sluice, vault):
    write_insights(vault, 6)
    async with sluice(size=(120, 36)) as app:
        places = [(widget, widget.region) for widget in app.screen.walk_children()]
        rows = app.screen.preview.text_height
        await app.press("j")
        assert app.screen.preview.text_height == rows + 5
        assert [(widget, widget.region) for widget in app.screen.walk_children()] == places


async def test_narrow_shows_one_pane_at_a_time(sluice):
    async with sluice(size=(45, 20)) as app:
        assert "The body of number 1." not in app.picture
        assert "p→◔ triaged" in app.picture.splitlines()[-3], "the decision"
        await app.press("tab")
        assert "The body of number 1." in app.picture
        assert "Bridges over water" not in app.picture
        await app.press("escape")
        assert "Bridges over water" in app.picture


async def test_a_terminal_made_tiny_and_large_again_loses_nothing(sluice, vault, files):
    async with sluice(size=(120, 36)) as app:
        await app.press("j")
        before = app.picture
        for size in [(20, 5), (5, 3), (1, 1), (300, 100), (45, 20), (20, 5), (120, 36)]:
            await app.resize(*size)
        assert app.picture == before
        await app.resize(20, 5)
        await app.press("2", "i", *"tiny", "enter", "p")
        await app.resize(120, 36)
        assert app.title == "Clocks without hands"
    lines = files.lines("SOURCE-002-bridges.md")
    assert {"+ signal_tier: strategic # guessed", "+ status: triaged"} <= set(lines)
    assert any("tiny" in line for line in lines)


@pytest.mark.parametrize("keys", [["c"], ["question_mark"], ["Y"], ["enter"], ["i"], ["slash"]])
async def test_a_resize_below_another_screen_or_a_field_does_no_harm(sluice, keys):
    async with sluice(size=(120, 36)) as app:
        await app.press(*keys)
        inner = type(app.app.screen)
        for size in [(20, 5), (59, 20), (80, 24), (120, 36)]:
            await app.resize(*size)
        assert type(app.app.screen) is inner
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.pane == "queue"


@pytest.mark.parametrize("size", [(80, 24), (45, 20)])
async def test_the_field_for_an_insight_is_in_sight_at_every_size(sluice, size):
    async with sluice(size=size) as app:
        await app.press("i")
        await app.type("seen")
        assert in_sight(app)
        assert "seen" in app.picture


async def test_growing_while_a_pane_is_open_keeps_the_keys_there(sluice):
    async with sluice(size=(45, 20)) as app:
        await app.press("I")
        await app.resize(120, 36)
        assert app.pane == "insights"
        assert in_sight(app)
        await app.resize(45, 20)
        assert app.pane == "insights"
        assert in_sight(app)


@pytest.mark.parametrize("size", [(120, 36), (45, 20)])
async def test_a_click_puts_the_cursor_on_a_source(sluice, size):
    async with sluice(size=size) as app:
        queue = app.screen.queue
        await app.pilot.click(queue, offset=(6, 5))
        await app.settled()
        assert app.title == "Clocks without hands"
        assert app.pane == "queue"


async def test_a_click_takes_a_choice(sluice, files):
    async with sluice() as app:
        await app.press("c")
        assert isinstance(app.app.screen, Picker)
        await app.pilot.click("#choices", offset=(3, 5))
        await app.settled()
        assert app.app.screen is app.screen
    assert files.lines("SOURCE-001-apples.md")[1] == "+ notebooklm_category: claude-code"


async def test_the_cursor_stays_in_sight_when_the_screen_shrinks(sluice, vault, write):
    for number in range(10, 60):
        write(number, f"Filler{number}")
    async with sluice(size=(120, 36)) as app:
        await app.press("G")
        await app.resize(80, 24)
        assert app.title == "Filler59"
        assert (
            "Filler59"
            in app.screen.queue.render_line(
                app.session.board.rows.cursor * 2 - app.screen.queue.first_line
            ).text
        )
        await app.press("g", "pagedown", "ctrl+d", "pageup", "end", "home")
        assert app.title == "Apples in autumn"


async def test_a_screen_made_narrow_shows_what_has_the_keyboard(sluice):
    async with sluice(size=(120, 36)) as app:
        await app.press("tab")
        await app.resize(45, 20)
        assert in_sight(app) and "The body of number 1." in app.picture
        await app.resize(120, 36)
        await app.press("shift+tab")
        await app.resize(45, 20)
        assert in_sight(app) and "Bridges over water" in app.picture


async def test_a_schema_without_tiers_has_no_words_for_them(sluice, vault):
    (vault / "sluice.yaml").write_text(
        "fields: {signal_tier: {values: []}}\npasses: {}\nflow: {wants: {}}\n"
    )
    async with sluice(size=(120, 36)) as app:
        assert "P status       ○ raw p→◔ triaged" in app.picture
        await app.press("I")
        assert "INSIGHTS · category · status ─" in app.picture
        await app.press("escape", "P")
        assert "insights · category · STATUS ─" in app.picture
        assert "tier" not in app.picture.replace("tier 2", "")
