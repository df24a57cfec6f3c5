"""On the smallest screen every box and every screen over the queue still tells how to leave it."""

import pytest

from tests.app.conftest import NARROW


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("c", "enter takes it · esc leaves"),
        ("P", "esc leaves"),
        ("s", "esc leaves"),
        ("v", "ctrl+e edits · ctrl+d deletes · esc"),
        ("V", "enter saves · tab next · esc leaves"),
        ("plus", "enter adds · tab title · esc leaves"),
        ("f", "esc leaves"),
        ("D", "q back"),
        ("enter", "q back"),
        ("r", "esc end"),
    ],
)
async def test_the_way_out_is_told_and_leads_back(sluice, files, key, told):
    async with sluice(size=NARROW) as app:
        await app.press(key)
        assert told in app.picture
        await app.press("escape")
        if key == "r":
            await app.press("escape")
        assert app.app.screen is app.screen
    assert files.changes == {}
