"""r shows one source at a time; one key decides and moves on."""

import asyncio
import re

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import ROSES, write_learnt

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
        assert "100 %" in picture and "▲ target 5 %" in picture and "▼ target 40 %" in picture
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
    monkeypatch.setattr("tui.session.work.pass_clock.monotonic", lambda: now[0])
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
        for word in ("Apples in autumn", "paradigm", "[■ tactical]", "noise", "archive"):
            assert word in picture, word
        assert re.search(r"1( of |/)4", picture)
        await app.press("1", "escape")
        assert "1 done" in app.picture


async def test_junk_keys_do_nothing(sluice, files):
    async with sluice() as app:
        await app.press("r", "9", "z", "l", "v", "f5", "ctrl+l", "é")
        assert "1 of 4" in app.picture
        await asyncio.sleep(0)
    assert files.changes == {}


async def test_the_line_below_the_text_says_category_suggestion_and_insights(sluice, vault):
    write_learnt(vault)
    async with sluice() as app:
        await app.until(lambda: app.screen.session.suggester.suggested.category)
        await app.press("r", "i")
        await app.type("Compost first")
        await app.press("enter")
        await app.until(lambda: "✎1 i" in app.picture)
        line = row_with(app, "✎1 i")
        assert re.search(r"general c ≈ career-growth \d+ %", line), line
        assert re.search(r"≈ · noise \d+ %", row_with(app, "paradigm"))
        assert "= take ≈" in app.picture
        await app.press("=")
        await app.until(lambda: "career-growth c   ✎1 i" in app.picture)
        assert "[· noise]" in app.picture
        await app.press("enter")
    text = (vault / ROSES).read_text()
    assert "notebooklm_category: career-growth" in text and "status: triaged" in text


async def test_a_category_is_picked_over_the_text_and_the_pass_waits(sluice, files):
    async with sluice() as app:
        await app.press("r", "c", "5")
        assert "Apples in autumn" in app.picture and "career-growth c" in app.picture
        await app.burst("i", *"good", "enter", "1", "i", *"bad", "enter", "escape")
    assert "+ notebooklm_category: career-growth" in files.changes[APPLES]
    assert '+   - "good"' in files.changes[APPLES]
    assert '+   - "bad"' in files.changes[BRIDGES]


async def test_the_clock_rests_while_a_box_or_field_is_open(sluice, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("tui.session.work.pass_clock.monotonic", lambda: now[0])
    async with sluice() as app:
        await app.press("r")
        now[0] = 2.0
        await app.until(lambda: "2 of 5 s" in app.picture)
        for key in ("c", "i", "?", "I"):
            await app.press(key)
            now[0] += 60.0
            await app.press("escape")
        now[0] += 1.0
        await app.until(lambda: "3 of 5 s" in app.picture)


async def test_a_broken_source_is_repaired_and_answered_by_enter(sluice, write):
    path = write(0, "Aardvark", creator='""Quoted" badly')
    async with sluice() as app:
        await app.press("g", "r")
        assert "F repair  e editor" in app.picture
        await app.press("2", "enter")
        assert "2 of 5" in app.picture
        assert "signal_tier: strategic" in path.read_text()
        await app.press("u")
        assert "Aardvark" in app.picture and "1 of 5" in app.picture
        await app.press("F", "enter")
        await app.until(lambda: "! Problem" not in app.picture)
        assert "1 of 5" in app.picture
    assert '\ncreator: ""Quoted' not in path.read_text()
    assert "status: raw" in path.read_text()


async def test_a_new_width_keeps_the_place_in_text_and_pass(sluice, write):
    path = write(0, "Aardvark")
    path.write_text(path.read_text() + "".join(f"\nLine {n} of many.\n" for n in range(200)))
    async with sluice() as app:
        await app.press("g", "r", "space", "u", "J", "J", "J", "J", "J")
        line = next(row for row in app.picture.splitlines() if row.strip().startswith("Line "))
        for size in ((80, 24), (45, 20), (200, 60), (20, 6), (120, 36)):
            await app.resize(*size)
            assert "Line" in app.picture or size == (20, 6)
        assert line in app.picture.splitlines()
        assert "1 of 5" in app.picture
        await app.press("4")
        assert "2 of 5" in app.picture


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 20), (200, 60), (30, 8), (12, 5)])
async def test_many_answers_leave_the_text_its_room(sluice, size):
    async with sluice(size=size) as app:
        await app.press("r", "r", "2")
        rows = app.picture.splitlines()
        answers = [row for row in rows if re.search(r"(^| )1 agents-orch|(^| )5 career", row)]
        assert len(answers) <= max(1, size[1] // 5)
        await app.press("5")
        assert re.search(r"2( of |/)4", app.picture)


async def test_after_the_pass_the_queue_is_there_and_its_keys_work(sluice, files):
    async with sluice() as app:
        await app.press("r", "1", "escape", "escape", "j", "a")
        assert "queue" in app.picture and "1 of 4" not in app.picture
    assert set(files.changes) == {APPLES, "SOURCE-003-clocks.md"}


def row_with(app, words):
    """The row of the screen with these words."""
    return next((row for row in app.picture.splitlines() if words in row), "")


@pytest.mark.parametrize("size", [WIDE, (80, 24), NARROW])
async def test_a_long_repair_leaves_its_keys_in_sight(sluice, write, size):
    path = write(0, "Aardvark", creator='""Quoted" badly')
    many = "".join(f'note_{n}: ""Quoted" {n} badly\n' for n in range(30))
    path.write_text(path.read_text().replace("platform: web\n", f"platform: web\n{many}"))
    async with sluice(size=size) as app:
        await app.press("g", "r", "2")
        assert "repair · Aardvark" in app.picture
        assert re.search(r"╰.*enter repairs.*esc.*╯", app.picture)


async def test_an_answer_can_be_clicked(sluice, files):
    async with sluice() as app:
        await app.press("r")
        for words in ("strategic", "archive", "space skip"):
            rows = app.picture.splitlines()
            y = next(y for y, row in enumerate(rows) if words in row)
            await app.pilot.click(offset=(rows[y].index(words) + 1, y))
            await app.settled()
        assert "4 of 4" in app.picture
    assert set(files.changes) == {APPLES, BRIDGES}
    assert "+ signal_tier: strategic # guessed" in files.changes[APPLES]
    assert "+ status: archived" in files.changes[BRIDGES]
