"""s sorts the view; the cursor stays on its source."""

from threading import Event

import pytest

from tests.app.conftest import write_source
from tui.session.flow import loader
from tui.triage.order import ranked_key

TIERS = ("noise", "paradigm", "", "strategic")


@pytest.fixture
def tiered(vault):
    """Four raw sources of other tiers and dates than their names' order; one has no tier."""
    titles = ("Zebra", "élan", "Apple", "Mango")
    days = ("2026-01-03", "20260105", '"Feb 15, 2025"', '"soon"')
    for path in vault.glob("*.md"):
        path.unlink()
    for number, (title, tier, day) in enumerate(zip(titles, TIERS, days, strict=True), 1):
        write_source(vault, number, title, signal_tier=tier, date_published=day)
    return vault


async def sort(app, key):
    await app.press("s")
    await app.type(key)
    await app.press("enter")


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("tier", "élan Mango Zebra Apple"),
        ("date", "élan Zebra Apple Mango"),
        ("title", "Apple élan Mango Zebra"),
        # That is the order already: it is turned round.
        ("file name", "Mango Apple élan Zebra"),
        ("status", "Zebra élan Apple Mango"),
    ],
)
async def test_a_view_is_sorted_with_empty_values_last(sluice, tiered, key, order):
    async with sluice() as app:
        await sort(app, key)
        assert app.shown == order.split()


async def test_the_same_again_turns_it_round_and_empty_values_stay_last(sluice, tiered):
    async with sluice() as app:
        await sort(app, "date")
        assert "queue · date ↓" in app.picture
        await app.press("s")
        assert "↓ newest first · again: oldest first" in app.under_picker_cursor
        await app.press("enter")
        assert app.shown == ["Apple", "Zebra", "élan", "Mango"]
        assert "queue · date ↑" in app.picture
        await app.press("s", "enter")
        assert app.shown == ["élan", "Zebra", "Apple", "Mango"]


async def test_the_cursor_stays_on_its_source_and_esc_sorts_nothing(sluice, tiered):
    async with sluice() as app:
        await app.press("j", "j")
        assert app.title == "Apple"
        await sort(app, "tier")
        assert app.title == "Apple"
        await app.press("s", "down", "escape")
        assert app.shown[-1] == app.title == "Apple"


async def test_what_was_decided_stays_in_its_place_until_the_view_is_opened(sluice, tiered):
    async with sluice() as app:
        await sort(app, "tier")
        await app.press("g", "4")
        assert app.shown == ["élan", "Mango", "Zebra", "Apple"]
        await app.press("v", "1")
        assert app.shown == ["Mango", "Zebra", "élan", "Apple"]


async def test_a_source_others_write_comes_in_where_it_belongs(sluice, tiered):
    async with sluice() as app:
        await sort(app, "tier")
        await app.press("g", "j")
        write_source(tiered, 9, "Between", signal_tier="strategic")
        app.session.outside.take(["SOURCE-009-between.md"])
        await app.until(lambda: "Between" in app.shown)
        assert app.shown == ["élan", "Mango", "Between", "Zebra", "Apple"]
        assert app.title == "Mango"


async def test_an_undone_decision_comes_back_where_it_belongs(sluice, tiered):
    async with sluice() as app:
        await sort(app, "tier")
        await app.press("g", "j", "p", "v", "1")
        assert app.shown == ["élan", "Zebra", "Apple"]
        await app.press("u")
        assert app.shown == ["élan", "Mango", "Zebra", "Apple"]
        assert app.title == "Mango"


async def test_hits_stay_best_first_and_that_is_said(sluice, tiered):
    async with sluice() as app:
        await sort(app, "title")
        await app.press("slash")
        await app.type("zebra")
        await app.press("enter", "s")
        assert app.toast == "Matches stay best first; esc clears the search, then s sorts the view."
        await app.press("escape")
        assert app.shown == ["Apple", "élan", "Mango", "Zebra"]


async def test_a_view_says_itself_what_it_is_sorted_by(sluice, tiered):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: -title}}\n")
    async with sluice() as app:
        assert app.shown == ["Zebra", "Mango", "élan", "Apple"]
        assert app.title == "Zebra"
        assert "queue · title ↓" in app.picture


async def test_reading_again_keeps_the_order(sluice, tiered):
    async with sluice() as app:
        await sort(app, "title")
        write_source(tiered, 9, "Banana")
        await app.press("R")
        await app.until(lambda: "Banana" in app.shown)
        assert app.shown == ["Apple", "Banana", "élan", "Mango", "Zebra"]


@pytest.mark.parametrize("at_once", [0, 10_000])
async def test_sources_read_in_batches_come_in_where_they_belong(
    limits, sluice, tiered, monkeypatch, at_once
):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: title}}\n")
    limits["batch"] = 1
    limits["shown_every"] = 0
    limits["found_at_once"] = at_once
    limits["sorted_at_once"] = at_once
    async with sluice() as app:
        await app.until(lambda: app.shown == ["Apple", "élan", "Mango", "Zebra"])
        assert app.title == "Apple"


async def test_a_cursor_that_somebody_moved_stays_on_its_source_while_others_come_in(
    limits, sluice, tiered, monkeypatch
):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: title}}\n")
    go_on, seen = Event(), loader.Loader._seen

    def wait(self, batch):
        if len(self._board.rows) == 2:
            go_on.wait(20)
        return seen(self, batch)

    limits["batch"] = 1
    limits["shown_every"] = 0
    monkeypatch.setattr(loader.Loader, "_seen", wait)
    async with sluice(read=False) as app:
        await app.until(lambda: len(app.session.board.rows.all) == 2)
        await app.burst_key("j")
        assert app.title == "Zebra"
        go_on.set()
        await app.settled()
        assert app.shown == ["Apple", "élan", "Mango", "Zebra"]
        assert app.title == "Zebra"


async def test_a_key_that_is_worked_out_elsewhere_is_offered_once_it_is_known(sluice, tiered):
    async with sluice() as app:
        await app.press("s")
        assert not any("loudest" in line for line in app.picker)
        await app.press("escape")
        loudness = {"SOURCE-002-élan.md": 0.9, "SOURCE-004-mango.md": 0.1}
        words = ("quietest first", "loudest first")
        app.session.desk.orders.add(ranked_key("loud", "loudness", words, lambda _names: loudness))
        await sort(app, "loudness")
        assert app.shown == ["Mango", "élan", "Zebra", "Apple"]
