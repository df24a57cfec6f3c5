"""A box decides about what it was opened for, wherever the cursor is by the time it is saved."""

import pytest

from tests.app.test_saving import drafts
from tui.app.boxes.field import FieldBox

NAME, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"


async def opened_over_a_rescan(app, held_vault, *keys):
    """Open a box over a source that leaves the queue while the box is open."""
    await app.press("p", "k")
    assert app.here == NAME
    with held_vault(app):
        await app.burst_key("R")
        for key in keys:
            await app.burst_key(key)
    await app.settled()
    assert app.here == SECOND


@pytest.mark.parametrize(
    ("box", "keys", "line"),
    [
        ("c", "2", "+ notebooklm_category: ai-agents"),
        ("P", "p", "+ status: processed"),
        (
            "t",
            ["f", "o", "u", "r", "enter", "enter", "enter"],
            "+ topics: [one, two, three, four]",
        ),
        ("fformat⏎", "1", "+ format: interview"),
        ("fhas_transcript⏎", "y", "+ has_transcript: yes"),
        ("fcreator⏎", ["!", "enter"], "+ creator: Someone!"),
        ("fdate_published⏎", ["ctrl+u", *"2026-02-03", "enter"], "+ date_published: 2026-02-03"),
        ("furl⏎", ["/", "a", "enter"], "+ url: https://example.com/1/a"),
        ("fsynopsis⏎", ["o", "ctrl+s"], "+ synopsis: o"),
        ("faliases⏎", ["i", "o", "enter", "enter"], '+   - "o"'),
        ("fnotebooklm_category⏎", "2", "+ notebooklm_category: ai-agents"),
        ("fstatus⏎", "p", "+ status: processed"),
    ],
)
async def test_a_box_decides_about_the_source_it_was_opened_on(
    sluice, files, held_vault, box, keys, line
):
    async with sluice() as app:
        opening = ["enter" if key == "⏎" else key for key in box]
        await opened_over_a_rescan(app, held_vault, *opening)
        await app.press(*keys)
        assert app.app.screen is app.screen
        assert "Apples in autumn" in app.toast, "the cursor is elsewhere: it is said which one"
        assert app.here == SECOND
    assert line in files.lines(NAME)


async def test_the_box_after_the_choice_of_a_field_is_about_the_same_source(
    sluice, files, held_vault
):
    async with sluice() as app:
        await opened_over_a_rescan(app, held_vault, *"fcreator")
        await app.press("enter", "!", "enter")
    assert "+ creator: Someone!" in files.lines(NAME)


async def test_what_is_marked_is_decided_though_the_marks_went_meanwhile(sluice, files, held_vault):
    async with sluice() as app:
        await app.press("x", "x", "c")
        app.session.marker.clear()
        await app.press("2")
        assert app.toast == "ai-agents, was general · 2 sources · u undoes"
    assert set(files.changes) == {NAME, SECOND}


async def test_marks_are_cleared_by_the_box_that_was_about_them(sluice, files):
    async with sluice() as app:
        await app.press("x", "x", "c", "2")
        assert app.session.marker.count == 0
    assert set(files.changes) == {NAME, SECOND}


async def test_a_source_gone_while_its_box_is_open_is_reported_and_the_text_stays(
    sluice, vault, files
):
    async with sluice() as app:
        await app.press(*"fcreator", "enter", "!")
        (vault / NAME).unlink()
        await app.until(lambda: app.session.desk.vault.find(NAME) is None)
        await app.press("enter")
        assert app.toast == "“Apples in autumn” is gone, so it was not changed."
        assert isinstance(app.app.screen, FieldBox)
        assert "Someone!" in app.picture
    assert set(files.changes) == {NAME}


async def test_one_of_the_marked_gone_while_the_box_is_open_is_reported(sluice, vault, files):
    async with sluice() as app:
        await app.press("x", "x", "c")
        (vault / NAME).unlink()
        await app.until(lambda: app.session.desk.vault.find(NAME) is None)
        await app.press("2")
        assert app.toast == "ai-agents, was general · 1 source · 1 gone · u undoes"
    assert set(files.changes) == {NAME, SECOND}


async def test_a_box_stays_with_a_file_that_is_renamed(sluice, vault, files):
    new = "SOURCE-001-renamed.md"
    async with sluice() as app:
        await app.press(*"fcreator", "enter", "!")
        (vault / NAME).rename(vault / new)
        await app.until(lambda: app.here == new)
        await app.press("!", "enter")
        assert drafts(app) == set()
    assert "creator: Someone!!" in (vault / new).read_text()


@pytest.mark.parametrize("key", ["c", "P", "t", "f"])
async def test_a_drawer_on_a_screen_of_two_cells_is_laid_out_once(sluice, files, key):
    async with sluice(size=(2, 2)) as app:
        await app.press(key)
        assert app.app.screen is not app.screen
        await app.press("escape")
        assert app.app.screen is app.screen
    assert files.changes == {}
