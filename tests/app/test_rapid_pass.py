"""r shows one source at a time; one key decides and moves on."""

import asyncio
import os

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE, write_source
from tui.app.boxes.summary import SummaryBox
from tui.app.screens.rapid import RapidScreen
from tui.vault.vault import FieldEdit, Vault

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
DESERTS = "SOURCE-004-deserts.md"
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


async def test_one_key_a_source_is_all_that_a_pass_takes(sluice, vault):
    async with sluice() as app:
        await app.press("r", "1", "2", "3", "4")
        assert isinstance(app.app.screen, SummaryBox)
    texts = [path.read_text() for path in sorted(vault.iterdir())]
    tiers = ["paradigm", "strategic", "tactical", "noise"]
    for text, tier in zip(texts, tiers, strict=True):
        assert f"signal_tier: {tier} # guessed" in text and "status: triaged" in text


async def test_the_pass_begins_at_the_cursor(sluice, files):
    async with sluice() as app:
        await app.press("j", "r", "1")
    assert set(files.changes) == {BRIDGES}


async def test_space_skips_and_changes_nothing(sluice, files):
    async with sluice() as app:
        await app.press("r", "space", "1")
    assert set(files.changes) == {BRIDGES}


async def test_enter_confirms_the_guess(sluice, files):
    async with sluice() as app:
        await app.press("r", "enter")
    assert files.lines(APPLES) == ["- status: raw", "+ status: triaged"]


async def test_u_goes_back_and_takes_the_decision_back(sluice, files):
    async with sluice() as app:
        await app.press("r", "1", "2", "u")
        assert "Bridges over water" in app.picture
        await app.press("u")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
    assert files.changes == {}


async def test_u_after_a_skip_only_goes_back(sluice, files):
    async with sluice() as app:
        await app.press("r", "1", "space", "u")
        assert "Bridges over water" in app.picture
    assert set(files.changes) == {APPLES}


async def test_u_at_the_first_source_takes_nothing_back(sluice, files):
    async with sluice() as app:
        await app.press("1", "g", "r", "u")
        assert "first source" in app.toast
    assert files.lines(APPLES) == [f"- {TIER}", "+ signal_tier: paradigm # guessed"]


async def test_u_undoes_the_own_answer_though_another_sluice_changed_something_since(
    sluice, vault, files
):
    async with sluice() as app:
        await app.press("r", "1")
        other = Vault(vault, app.session.desk.state)
        other.load()
        other.commit("theirs", [FieldEdit(other.get(DESERTS), "creator", "Another")])
        await app.press("u")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
    assert files.lines(DESERTS) == ["- creator: Someone", "+ creator: Another"]


async def test_an_answer_that_cannot_be_undone_is_reported_and_still_counts(sluice, vault):
    path = vault / APPLES
    async with sluice() as app:
        await app.press("r", "1")
        path.write_text(path.read_text().replace("paradigm", "noise"))
        theirs = path.read_bytes()
        await app.press("u")
        assert "signal_tier is now “noise”" in app.toast
        assert "Bridges over water" in app.picture and "2 of 4" in app.picture
        await app.press("escape")
        assert "1 done" in app.picture and "3 left" in app.picture
    assert path.read_bytes() == theirs


async def test_u_after_an_answer_that_changed_nothing_only_goes_back(sluice, vault, files):
    (vault / "sluice.yaml").write_text(
        "passes:\n  bins: {find: 'by:someone', keys: {\n"
        "    y: {name: 'so it is', set: {signal_tier: tactical}}}}\n"
    )
    async with sluice() as app:
        await app.press("j", "1", "g", "r", "r")
        await app.type("bins")
        await app.press("enter", "y")
        assert "2 of 4" in app.picture
        await app.press("u")
        assert "1 of 4" in app.picture
    assert set(files.changes) == {BRIDGES, "sluice.yaml"}


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


async def test_esc_before_the_first_answer_just_leaves(sluice, files):
    async with sluice() as app:
        await app.press("r", "escape")
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_what_was_decided_is_dimmed_in_the_queue_afterwards(sluice):
    async with sluice() as app:
        await app.press("r", "3", "escape", "escape")
        assert app.dimmed(APPLES)
        assert "1 done today" in app.picture


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


@pytest.mark.parametrize(
    ("name", "tier", "key", "line"),
    [
        ("validate", "paradigm", "2", "+ signal_tier: strategic"),
        ("classify", "strategic", "6", "+ notebooklm_category: claude-code"),
        ("tactical", "tactical", "a", "+ status: archived"),
        ("noise", "noise", "a", "+ status: archived"),
    ],
)
async def test_the_protocols_further_passes_are_there(
    sluice, watch, tmp_path, name, tier, key, line
):
    root = tmp_path / "triaged"
    root.mkdir()
    path = write_source(root, 7, "Judged already", status="triaged", signal_tier=tier)
    files = watch(root)
    async with sluice(root=root) as app:
        await app.press("r")
        assert "No sources left in the pass first" in app.picture
        await app.press("r")
        await app.type(name)
        await app.press("enter")
        assert "Judged already" in app.picture
        await app.press(key)
        assert isinstance(app.app.screen, SummaryBox)
    assert line in files.lines(path.name)


async def test_marked_sources_are_what_the_pass_is_about(sluice, files):
    async with sluice() as app:
        await app.press("x", "j", "x", "g", "r", "4", "4")
        assert isinstance(app.app.screen, SummaryBox)
    assert set(files.changes) == {APPLES, "SOURCE-003-clocks.md"}


async def test_a_source_that_cannot_be_changed_is_reported_and_stays(sluice, write, files):
    write(0, "Aardvark", creator='""Quoted" badly')
    async with sluice() as app:
        await app.press("g", "r")
        assert "Aardvark" in app.picture
        await app.press("1")
        assert "Broken header" in app.toast and "Aardvark" in app.picture
        await app.press("space", "1")
    assert files.changes.keys() >= {APPLES}


async def test_a_change_that_cannot_be_saved_brings_the_source_back(sluice, vault, monkeypatch):
    if os.geteuid() == 0:
        os.link(vault / APPLES, vault / "second-name.txt")
    else:
        vault.chmod(0o555)
    async with sluice() as app:
        await app.press("r", "1")
        assert "Apples in autumn" in app.picture and "1 of 4" in app.picture
        assert "hard link" in app.toast or "Cannot write" in app.toast
    vault.chmod(0o755)


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
