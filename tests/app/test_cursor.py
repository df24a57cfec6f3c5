"""In every list of every box one row is lit, and nobody can miss it: read from what is drawn."""

from itertools import takewhile

import pytest
from rich.color import ColorType

from tests.app.test_themes import contrast
from tui.app.boxes.row_list import BAR, RowList
from tui.app.themes import load_themes
from tui.resources import themes_folder

THEMES = [theme.name for theme in load_themes([themes_folder()])[0]]
LISTS = {
    "c": "category",
    "P": "statuses and tiers",
    "f": "fields",
    "t": "topics",
    "v": "views",
    "s": "orders",
    "Y": "copy",
    "question_mark": "help",
    "ctrl+p": "palette",
    "z": "the keys after another",
}


@pytest.fixture
def keyed(config):
    """A key that begins others."""
    config('keys: {decide.archive: ["a", "z a"], decide.promote: ["p", "z p"]}')


def lists(app):
    """The lists of the box that is open."""
    return list(app.app.screen.query(RowList))


def drawn(rows):
    """What the lit rows of a list are drawn with: the bar, and the segments of key and name."""
    found = []
    for y in range(rows.size.height):
        strip = list(rows.render_line(y))
        if strip and strip[0].text.startswith(BAR):
            bold = takewhile(lambda one: one.style.bold, strip[1:])
            found.append((strip[0], [one for one in bold if one.text]))
    return found


def hex_of(colour):
    """A drawn colour as #rrggbb."""
    assert colour.type == ColorType.TRUECOLOR
    return colour.triplet.hex


@pytest.mark.parametrize("key", LISTS)
async def test_one_row_is_lit_from_the_start(sluice, keyed, key):
    async with sluice() as app:
        await app.press(key)
        lit = [row for rows in lists(app) for row in drawn(rows)]
        assert len(lit) == 1


@pytest.mark.parametrize("theme", THEMES)
async def test_the_lit_row_is_seen_in_every_theme(sluice, keyed, theme):
    async with sluice() as app:
        app.app.theme = theme
        await app.settled()
        for key in LISTS:
            await app.press(key)
            (rows,) = [rows for rows in lists(app) if drawn(rows)]
            surface = hex_of(rows.ground.bgcolor)
            ((bar, segments),) = drawn(rows)
            assert contrast(hex_of(bar.style.color), surface) >= 3, key
            assert segments, key
            for segment in segments:
                fill = hex_of(segment.style.bgcolor)
                assert contrast(fill, surface) >= 3, (key, segment)
                assert contrast(hex_of(segment.style.color), fill) >= 4.5, (key, segment)
            plain = [one for y in range(rows.size.height) for one in rows.render_line(y)]
            for segment in plain:
                if segment.text.strip() and segment.text != BAR:
                    ground = hex_of(segment.style.bgcolor)
                    assert contrast(hex_of(segment.style.color), ground) >= 3, (key, segment)
            await app.press("escape")


@pytest.mark.parametrize("theme", THEMES)
async def test_the_lit_insight_is_seen_in_every_theme(sluice, theme):
    async with sluice() as app:
        await app.press("i", *"one", "enter", "i", *"two", "enter", "I")
        app.app.theme = theme
        await app.settled()
        insights = app.screen.insights.list
        ((bar, segments),) = drawn(insights)
        assert contrast(hex_of(bar.style.color), hex_of(bar.style.bgcolor)) >= 3
        for segment in segments:
            fill = hex_of(segment.style.bgcolor)
            assert contrast(fill, hex_of(insights.ground.bgcolor)) >= 3
            assert contrast(hex_of(segment.style.color), fill) >= 4.5


async def test_without_colours_the_lit_row_is_reversed(sluice, keyed, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with sluice() as app:
        for key in LISTS:
            await app.press(key)
            (rows,) = [rows for rows in lists(app) if drawn(rows)]
            ((bar, segments),) = drawn(rows)
            assert bar.text == BAR
            assert segments, key
            assert all(one.style.reverse for one in segments), key
            await app.press("escape")


@pytest.mark.parametrize("key", ["c", "f", "v", "s", "t", "ctrl+p", "question_mark"])
async def test_letters_leave_the_first_match_lit(sluice, key):
    async with sluice() as app:
        await app.press(key)
        await app.type("a")
        (rows,) = lists(app)
        assert rows.cursor is not None
        assert len(drawn(rows)) == 1
