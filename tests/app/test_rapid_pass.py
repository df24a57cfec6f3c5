"""r shows one source at a time; one key decides and moves on."""

import asyncio

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tui.app.screens.rapid import RapidScreen

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
TIER = "signal_tier: tactical # guessed"


async def test_one_key_decides_and_brings_the_next_source(sluice, files):
    async with sluice() as app:
        await app.press("r")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
        await app.press("1")
        assert "Bridges over water" in app.picture and "2 of 4" in app.picture
    assert files.lines(APPLES) == [
        "- status: raw",
        "+ status: triaged",
        f"- {TIER}",
        "+ signal_tier: paradigm # guessed",
    ]


async def test_enter_confirms_the_guess(sluice, files):
    async with sluice() as app:
        await app.press("r", "enter")
    assert files.lines(APPLES) == ["- status: raw", "+ status: triaged"]


async def test_an_answer_after_going_back_is_the_one_that_counts(sluice, files):
    async with sluice() as app:
        await app.press("r", "1")
        await app.burst("u", "4", "space")
        assert "3 of 4" in app.picture
    assert files.lines(APPLES)[-1] == "+ signal_tier: noise # guessed"


async def test_the_summary_tells_what_was_done_and_compares_shares(sluice):
    async with sluice() as app:
        await app.press("r", "1", "1", "space", "escape")
        picture = app.picture
        assert "2 done · 1 skipped" in picture and "s each" in picture and "1 left" in picture
        assert "100%" in picture and "▲ target 5%" in picture and "▼ target 40%" in picture
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.here == "SOURCE-004-deserts.md"


async def test_r_in_the_summary_goes_on(sluice, files):
    async with sluice() as app:
        await app.press("r", "4", "escape", "r", "4", "escape", "escape")
        assert app.app.screen is app.screen
    assert set(files.changes) == {APPLES, BRIDGES}


async def test_a_pass_without_sources_says_so(sluice, vault):
    for path in vault.iterdir():
        path.write_text(path.read_text().replace("\nstatus: raw", "\nstatus: triaged", 1))
    async with sluice() as app:
        await app.press("r")
        assert "No sources left in the pass first" in app.picture
        await app.press("escape")
        assert app.app.screen is app.screen


async def test_the_timer_never_acts_by_itself(sluice, files, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("tui.session.work.rapid.monotonic", lambda: now[0])
    async with sluice() as app:
        await app.press("r")
        assert "0 of 5 s" in app.picture
        now[0] = 60.0
        await app.until(lambda: "60 s, over 5" in app.picture)
        assert "1 of 4" in app.picture
        await app.press("2")
        assert "0 of 5 s" in app.picture
        now[0] = 63.0
        await app.press("2", "escape")
        assert "31.5 s each" in app.picture
    assert len(files.changes) == 2


async def test_r_chooses_another_pass_and_its_keys_are_data(sluice, vault, files):
    (vault / "sluice.yaml").write_text(
        "passes:\n"
        "  first: {find: 'status:raw', ask: signal_tier}\n"
        "  bins: {meaning: 'where to?', find: 'by:someone', seconds: 9, keys: {\n"
        "    x: {name: 'put away', set: {signal_tier: noise}, move: archive},\n"
        "    y: {name: 'keep', set: {notebooklm_category: claude-code}}}}\n"
    )
    async with sluice() as app:
        await app.press("r", "r")
        await app.type("bins")
        await app.press("enter")
        assert "where to?" in app.picture and "put away" in app.picture
        await app.press("x", "y")
    assert {"+ status: archived", "+ signal_tier: noise # guessed"} <= set(files.changes[APPLES])
    assert files.changes[BRIDGES][1] == "+ notebooklm_category: claude-code"


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_it_fits_every_screen(sluice, size):
    async with sluice(size=size) as app:
        await app.press("r")
        picture = app.picture
        for word in ("Apples in autumn", "paradigm", "[■ tactical]", "noise", "1 of 4"):
            assert word in picture, word
        await app.press("1", "escape")
        assert "1 done" in app.picture


async def test_junk_keys_do_nothing(sluice, files):
    async with sluice() as app:
        await app.press("r", "9", "z", "p", "f5", "ctrl+l", "é")
        assert isinstance(app.app.screen, RapidScreen)
        assert "1 of 4" in app.picture
        await asyncio.sleep(0)
    assert files.changes == {}
