"""Keys that come faster than the screen is drawn, as over a slow line: each finds its place."""

import asyncio
import os
from threading import Event

import pytest
from textual.events import Key

from tests.samples import value_of
from tui.app.boxes.moments import MomentsBox

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


async def test_tiers_and_promotions_decide_one_source_each(sluice, vault):
    async with sluice() as app:
        await app.burst(*"2p4p1p")
    tiers = [value_of(vault, path.name, "signal_tier") for path in sorted(vault.iterdir())]
    assert tiers == ["strategic", "noise", "paradigm", "tactical"]


async def test_a_category_by_its_slot_then_a_move_then_a_tier(sluice, vault):
    async with sluice() as app:
        await app.burst(*"c6j2")
    assert value_of(vault, NAME, "notebooklm_category") == "claude-code"
    assert value_of(vault, NAME, "signal_tier") == "tactical"
    assert value_of(vault, SECOND, "signal_tier") == "strategic"


async def test_a_category_by_letters(sluice, vault):
    async with sluice() as app:
        await app.burst(*"cvibe", "enter", *"p")
    assert value_of(vault, NAME, "notebooklm_category") == "vibe-coding"
    assert value_of(vault, NAME, "status") == "triaged"


async def test_an_insight_and_the_promotion_after_it(sluice, vault):
    async with sluice() as app:
        await app.burst(*"ia thought: so", "enter", "p")
    assert "a thought: so" in (vault / NAME).read_text()
    assert value_of(vault, NAME, "status") == "triaged"


async def test_a_search_and_a_tier_on_its_best_hit(sluice, vault):
    async with sluice() as app:
        await app.burst("slash", *"clocks", "enter", "1")
    assert value_of(vault, "SOURCE-003-clocks.md", "signal_tier") == "paradigm"


async def test_an_entry_of_the_copy_menu(sluice, clipboard, vault, files):
    async with sluice() as app:
        await app.burst(*"Ywj")
        assert app.here == SECOND
    assert clipboard == ["[[SOURCE-001-apples]]"]
    assert files.changes == {}


@pytest.mark.parametrize("keys", [["v", "2", "v", "1", "j", "1"], ["enter", "q", "j", "1"]])
async def test_in_and_out_of_another_screen(sluice, vault, keys):
    async with sluice() as app:
        await app.burst(*keys)
    assert value_of(vault, SECOND, "signal_tier") == "paradigm"
    assert value_of(vault, NAME, "signal_tier") == "tactical"


BURSTS = 20 if os.environ.get("SLUICE_SWEEPS") else 3
"""How often 100 decisions on one source come at once."""


@pytest.mark.timeout(600)
async def test_of_hundreds_of_decisions_on_one_source_none_is_lost(sluice, vault):
    async with sluice() as app:
        for number in range(1, BURSTS + 1):
            await app.burst(*"1234" * 25)
            assert app.toasts == []
            assert app.said.startswith("· noise, was")
            assert len(app.session.desk.vault.log()) == 100 * number
    assert value_of(vault, NAME, "signal_tier") == "noise"


async def test_a_key_waits_for_all_work_that_holds_it(sluice, vault):
    async with sluice() as app:
        first, second = app.app.hold_keys(), app.app.hold_keys()
        app.send(Key("1", "1"))
        second()
        for _ in range(200):
            await asyncio.sleep(0)
        assert app.app.keys_waiting
        first()
        await app.settled()
    assert value_of(vault, NAME, "signal_tier") == "paradigm"


async def test_a_key_finds_a_thread_however_many_programs_run(sluice):
    end = Event()
    async with sluice() as app:
        try:
            for _ in range(30):
                app.screen.run_worker(lambda: end.wait(20), thread=True)
            app.send(Key("1", "1"))
            app.send(Key("L", "L"))
            await app.until(lambda: isinstance(app.app.screen, MomentsBox) and app.rows)
        finally:
            end.set()
