"""On the smallest screen every box and every screen over the queue shows the key that leaves it."""

import pytest

from tests.app.conftest import NARROW


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("c", "enter picks · a key picks at once · esc"),
        ("P", "esc"),
        ("s", "enter picks · a key picks at once · esc"),
        ("v", "ctrl+e edits · ctrl+d deletes · esc"),
        ("V", "enter saves · tab next · esc closes"),
        ("plus", "enter adds · tab next · esc closes"),
        ("f", "enter picks · esc closes"),
        ("t", "enter toggles · ctrl+s saves · esc"),
        ("question_mark", "enter runs · esc closes"),
        ("D", "q back"),
        ("enter", "q back"),
        ("r", "q end"),
    ],
)
async def test_the_way_out_is_shown_and_leads_back(sluice, files, key, hint):
    async with sluice(size=NARROW) as app:
        await app.press(key)
        assert hint in app.picture
        await app.press("escape")
        assert app.app.screen is app.screen
    assert files.changes == {}
