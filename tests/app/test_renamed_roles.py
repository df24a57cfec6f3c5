"""The screen of a folder whose fields all have other names: see tests/renamed.py."""

from __future__ import annotations

import pytest

from tests.renamed import BARE, DECOY, NOTES, header_of, plant

DECOYS = ("decoy", "1999", "2099")
SIZES = [(120, 36), (80, 24), (45, 20), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_place_shows_the_fields_of_the_roles(sluice, tmp_path, clipboard, size):
    notes = plant(tmp_path / "notes")
    before = {name: (notes / name).read_bytes() for name in NOTES}
    async with sluice(notes, size) as app:
        await app.go_to("one")
        for key in ("1", "p", "u", "u", "y", "Y", "escape", "P", "escape", "c", "escape", "I",
                    "escape", "t", "escape", "H", "escape", "L", "escape", "D", "escape", "s",
                    "escape", "v", "escape", "d", "escape", "z", "escape", "minus", "escape",
                    "enter", "q", "r", "escape", "?", "escape", "x", "2", "u", "X"):  # fmt: skip
            await app.press(key)
            said = app.picture + app.toast
            assert not [word for word in DECOYS if word in said], key
            if size[0] >= 120 and key in ("u", "y"):
                assert "Glazing a bowl" in said and "Ann Ash" in said and "craft" in said
    assert {name: (notes / name).read_bytes() for name in NOTES} == before


@pytest.mark.parametrize("size", SIZES)
async def test_what_a_folder_lacks_takes_no_room(sluice, tmp_path, size):
    notes = plant(tmp_path / "bare", BARE)
    async with sluice(notes, size) as app:
        picture = app.picture
        for word in ("insights", "category", "tier", *DECOYS):
            assert word not in picture, picture
        assert app.screen.queue.row_lines == 1
        for key in ("c", "1", "i", "t", "a"):
            await app.press(key)
            assert app.toast.startswith("This folder has no "), key
            await app.press("escape")
        await app.press("s")
        assert "category" not in app.picture
        await app.press("escape", "d")
        assert app.toast == "No duplicates: no other source has this title or text."
        await app.press("p")
    changed = [name for name in NOTES if "state: kept" in header_of(notes, name)]
    assert len(changed) == 1
    assert DECOY in (notes / changed[0]).read_text()


async def test_the_welcome_names_no_key_for_what_a_folder_lacks(sluice, tmp_path):
    notes = plant(tmp_path / "bare", BARE)
    async with sluice(notes, greeted=False) as app:
        assert "welcome" in app.picture
        for words in ("rate it", "category", "insight", "archive"):
            assert words not in app.picture
