"""s sorts the view; the cursor stays on its source."""

import pytest

from tests.samples import write_tiered


@pytest.fixture
def tiered(vault):
    """Four raw sources of other tiers and dates than their names' order; one has no tier."""
    return write_tiered(vault)


async def sort(app, key):
    await app.press("s")
    await app.type(key)
    await app.press("enter")


async def test_the_same_again_turns_it_round_and_empty_values_stay_last(sluice, tiered):
    async with sluice() as app:
        await sort(app, "date")
        assert "queue · newest first" in app.picture
        await app.press("s")
        assert "↓ newest first · again: oldest first" in app.under_picker_cursor
        await app.press("enter")
        assert app.shown == ["Apple", "Zebra", "élan", "Mango"]
        assert "queue · oldest first" in app.picture
        await app.press("s", "enter")
        assert app.shown == ["élan", "Zebra", "Apple", "Mango"]


async def test_a_cursor_that_somebody_moved_stays_on_its_source_while_others_come_in(
    sluice, tiered, half_read
):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: title}}\n")
    go_on = half_read()
    async with sluice(read=False) as app:
        await app.until(lambda: len(app.session.board.rows.all) == 2)
        await app.burst_key("j")
        assert app.title == "Zebra"
        go_on.set()
        await app.settled()
        assert app.shown == ["Apple", "élan", "Mango", "Zebra"]
        assert app.title == "Zebra"
