"""v opens another view; what was decided leaves when a view is opened."""

import pytest

from tests.app.conftest import write_source


@pytest.fixture
def mixed(vault):
    """A source in each status, and one whose header is broken."""
    for number, status in enumerate(("triaged", "processed", "integrated", "archived"), 10):
        write_source(vault, number, f"The {status} one", status=status)
    write_source(vault, 20, "Broken one", creator='""Quoted" badly')
    return vault


async def test_the_app_opens_on_the_raw_sources(sluice, mixed):
    async with sluice() as app:
        assert "raw  5 of 9" in app.picture
        assert "The triaged one" not in app.shown


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("triaged", ["The triaged one"]),
        ("processed", ["The processed one"]),
        ("problems", ["Broken one"]),
    ],
)
async def test_a_view_shows_its_sources(sluice, mixed, view, titles):
    async with sluice() as app:
        await app.press("v")
        await app.type(view)
        await app.press("enter")
        shown = app.shown
        assert [title for title in shown if title in titles] == titles
        assert set(shown) <= {*titles, "The integrated one"}
        assert view in app.picture.splitlines()[0]


async def test_all_shows_every_source(sluice, mixed):
    async with sluice() as app:
        await app.press("v")
        assert any("all" in line and "9" in line for line in app.picker)
        await app.type("all")
        await app.press("enter")
        assert len(app.shown) == 9


async def test_a_slot_opens_a_view_at_once_and_the_cursor_is_at_its_first_source(sluice, mixed):
    async with sluice() as app:
        await app.press("j", "j", "v", "2")
        assert app.title == "The triaged one"
        assert app.pane == "queue"


async def test_esc_keeps_the_view_and_the_place(sluice, mixed):
    async with sluice() as app:
        await app.press("j", "j", "v")
        await app.type("all")
        await app.press("escape")
        assert app.title == "Clocks without hands"
        assert len(app.shown) == 5


async def test_a_view_leaves_the_search(sluice, mixed):
    async with sluice() as app:
        await app.press("slash")
        await app.type("clocks")
        await app.press("enter", "v", "2")
        assert app.screen.search.value == ""
        assert app.shown == ["The triaged one"]


async def test_an_empty_view_says_what_to_do(sluice):
    async with sluice() as app:
        await app.press("v", "2")
        assert "Nothing left in triaged" in app.picture
        assert "v opens another view" in app.picture
        await app.press("p", "j", "k", "G", "g", "pagedown", "ctrl+d")
        assert "no source under the cursor" in app.toast
        await app.press("v", "1")
        assert len(app.shown) == 4


async def test_a_view_of_the_vaults_own_schema_is_offered(sluice, mixed, files):
    (mixed / "sluice.yaml").write_text("views:\n  cold: tier:noise\n")
    write_source(mixed, 30, "Cold one", signal_tier="noise")
    async with sluice() as app:
        await app.press("v")
        await app.type("cold")
        await app.press("enter")
        assert app.shown == ["Cold one"]
