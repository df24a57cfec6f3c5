"""Less motion, for those who ask Textual for it with ``TEXTUAL_ANIMATIONS=none``."""

import pytest
from textual import constants
from textual.widgets import Input, TextArea


@pytest.mark.parametrize(("level", "blinks"), [("none", False), ("full", True)])
@pytest.mark.parametrize("keys", [("/",), ("i",), ("f", *"synopsis", "enter")])
async def test_a_text_cursor_blinks_only_where_motion_is_welcome(
    sluice, monkeypatch, keys, level, blinks
):
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", level)
    async with sluice() as app:
        await app.press(*keys)
        field = app.app.focused
        assert isinstance(field, Input | TextArea)
        assert field.cursor_blink is blinks
