"""y and its kin copy; a toast says what, and the truth about where it went."""

from threading import Event

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tui.app.boxes.uncopied import CopyBox

NAME = "SOURCE-001-apples"


async def test_y_copies_the_url_and_says_so(sluice, clipboard):
    async with sluice() as app:
        await app.press("y")
        assert clipboard == ["https://example.com/1"]
        assert app.toast == "Copied URL: https://example.com/1"


async def test_the_copy_menu_is_left_by_esc_and_by_q(sluice, clipboard):
    async with sluice() as app:
        for key in ("escape", "q"):
            await app.press("Y", key)
            assert app.app.screen is app.screen
    assert clipboard == []


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_the_copy_menu_says_that_a_number_is_for_the_next_urls(sluice, size):
    async with sluice(size=size) as app:
        await app.press("Y")
        assert "a number: the next URLs · " in app.picture


async def test_arrows_and_enter_work_in_the_copy_menu(sluice, clipboard):
    async with sluice() as app:
        await app.press("Y", "down", "down", "enter")
    assert clipboard == [f"[[{NAME}]]"]


async def test_what_is_selected_keeps_its_lines_and_nothing_else(sluice, clipboard):
    async with sluice() as app:
        await app.press("i")
        field = app.app.focused
        field.text = "one\ttab\n\x1b[31mtwo\x07\ud800"
        field.select_all()
        await app.press("ctrl+c")
        assert "Copied selection without its control characters" in app.toast
    assert clipboard == ["one    tab\n[31mtwo\ufffd"]


async def test_what_a_field_cuts_out_reaches_the_terminal_without_control_characters(sluice):
    async with sluice() as app:
        await app.press("i")
        app.app.focused.text = "a\x1b]52;c;\x07b\ud800"
        app.app.focused.select_all()
        await app.press("ctrl+x")
        assert app.app.clipboard == "a]52;c;b\ufffd"


async def test_when_no_clipboard_takes_it_the_text_is_shown_to_be_selected(
    sluice, monkeypatch, files
):
    monkeypatch.setattr("tui.app.world.machine.copy_to_system", lambda _text: False)
    monkeypatch.setattr("tui.app.world.machine.copy_to_tmux", lambda _text: False)
    async with sluice() as app:
        await app.press("y")
        assert isinstance(app.app.screen, CopyBox)
        assert "https://example.com/1" in app.picture
        assert "No clipboard found; select the URL here." in app.picture
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.pane == "queue"
    assert files.changes == {}


async def test_what_was_copied_last_is_in_the_clipboard_however_slow_the_one_before_was(
    sluice, monkeypatch
):
    taken, begun, other = [], Event(), Event()

    def take(text):
        if begun.is_set():
            other.set()
        else:
            begun.set()
            other.wait(0.3)
        taken.append(text)
        return True

    monkeypatch.setattr("tui.app.world.machine.copy_to_system", take)
    monkeypatch.setattr("tui.app.world.machine.copy_to_tmux", lambda _text: False)
    async with sluice() as app:
        await app.burst("w", "j", "w")
        assert app.said.startswith("Copied")
    assert taken[-1] == "[[SOURCE-002-bridges]]"
