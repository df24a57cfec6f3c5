"""``D`` shows how the vault is spread and how fast it gets less."""

import pytest

from tests.samples import value_of
from tui.app.screens.distribution import DistributionScreen

APPLES = "SOURCE-001-apples.md"
NARROW, MIDDLE, WIDE = (45, 20), (80, 24), (120, 36)


def line(app, *words):
    """The only line on the screen with these words."""
    (found,) = [one for one in app.picture.splitlines() if all(word in one for word in words)]
    return " ".join(found.split())


async def test_it_shows_what_is_left_and_how_the_tiers_are_spread(sluice, write):
    write(5, "Echoes", status="triaged", signal_tier="paradigm")
    async with sluice() as app:
        await app.press("D")
        assert isinstance(app.app.screen, DistributionScreen)
        assert "Progress 1 of 5 sources judged, 4 left" in line(app, "Progress")
        assert "No estimate: the journal shows nothing judged" in app.picture
        judged, everything = [row for row in app.picture.splitlines() if "◆ paradigm" in row]
        assert judged.split()[-4:] != everything.split()[-4:]
        assert "100 %" in judged
        assert "20 %" in everything
        assert "general" in app.picture


async def test_a_decision_counts_before_it_is_on_disk_and_its_day_after(sluice):
    async with sluice() as app:
        await app.burst("p", "D")
        assert "1 of 4 sources judged, 3 left" in app.picture
        assert "1 decision, 1 judged" in app.picture


@pytest.mark.parametrize("key", ["q", "escape", "D"])
async def test_these_keys_leave_it(sluice, key):
    async with sluice() as app:
        await app.press("j", "D", key)
        assert app.app.screen is app.screen
        assert app.title == "Bridges over water"


async def test_undo_and_redo_have_their_keys_of_the_config_file_there(sluice, config, vault):
    config('keys: {undo.undo: "f8", undo.redo: "ctrl+y", board.distribution: "f3"}')
    async with sluice() as app:
        await app.press("1", "f3")
        footer = app.picture.splitlines()[-1]
        assert "f8 undo" in footer and "ctrl+y redo" in footer and "u undo" not in footer
        await app.press("f8")
        assert value_of(vault, APPLES, "signal_tier") == "tactical"
        await app.press("ctrl+y")
        assert value_of(vault, APPLES, "signal_tier") == "paradigm"
        await app.press("f3")
        assert app.app.screen is app.screen


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE])
async def test_the_lower_edge_says_how_to_undo_on_every_screen(sluice, size):
    async with sluice(size=size) as app:
        await app.press("D")
        footer = app.picture.splitlines()[-1]
        assert all(key in footer for key in ("j k scroll", "u undo", "U redo", "? help", "q back"))


@pytest.mark.parametrize("size", [NARROW, MIDDLE])
async def test_it_scrolls_to_everything_on_a_small_screen(sluice, size):
    async with sluice(size=size) as app:
        await app.press("D")
        top = app.picture
        assert "Progress" in top
        assert "Categories" not in top
        await app.press("G")
        assert "Categories" in app.picture
        assert "general" in app.picture
        await app.press("g")
        assert app.picture == top
        await app.press("j")
        assert app.picture != top
        await app.press("k", "space")
        assert "Progress" not in app.picture


async def test_it_is_drawn_again_for_another_size(sluice):
    async with sluice(size=WIDE) as app:
        await app.press("D")
        assert "Decisions a day" in line(app, "Progress")
        await app.resize(*MIDDLE)
        assert "Decisions a day" not in line(app, "Progress")
        await app.resize(*WIDE)
        assert "Decisions a day" in line(app, "Progress")


async def test_two_hundred_categories_are_all_there(sluice, write):
    for number in range(200):
        write(number + 10, f"Number{number}", notebooklm_category=f"category-{number:03}")
    async with sluice(size=MIDDLE) as app:
        await app.press("D")
        await app.press("G")
        assert "category-199" in app.picture
