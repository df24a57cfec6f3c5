"""+ adds a source for a URL: typed, pasted, or out of the clipboard."""

from datetime import date

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tui.app.boxes.capture import CaptureBox


@pytest.fixture(autouse=True)
def in_clipboard(monkeypatch):
    """What the clipboard holds; put something in by appending."""
    held = [""]
    monkeypatch.setattr("tui.app.world.machine.read_from_clipboard", lambda: held[-1])
    return held


async def test_an_offer_that_was_left_gives_way_to_what_is_copied_next(sluice, in_clipboard):
    async with sluice() as app:
        for address in ("https://example.org/one", "https://example.org/two"):
            in_clipboard.append(address)
            await app.press("+")
            assert app.app.screen.typed.address == address
            await app.press("escape")


async def test_the_title_is_taken(sluice, vault):
    async with sluice() as app:
        await app.press("+")
        await app.type("example.org/a-page")
        await app.press("tab")
        await app.type("A title: mine")
        await app.press("enter")
        assert app.title == "A title: mine"
    (path,) = vault.glob(f"SOURCE-{date.today():%Y%m%d}-*")
    assert 'title: "A title: mine"\n' in path.read_text()


async def test_what_is_no_address_is_reported_and_the_text_stays(sluice, files):
    async with sluice() as app:
        await app.press("+")
        await app.type("nonsense")
        await app.press("enter")
        assert isinstance(app.app.screen, CaptureBox)
        assert "“nonsense” is not a web address" in " ".join(app.picture.split())
        assert app.app.screen.typed.address == "nonsense"
    assert files.changes == {}


async def test_what_is_half_typed_is_there_again_also_after_a_restart(sluice, files):
    async with sluice() as app:
        await app.press("+")
        await app.type("example.org/ha")
        await app.press("escape")
    async with sluice() as app:
        await app.press("+")
        assert app.app.screen.typed.address == "example.org/ha"
        await app.type("lf")
        await app.press("enter")
        await app.press("+")
        assert app.app.screen.typed.address == ""
    assert any(name.endswith("half.md") for name in files.changes)


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_the_box_fits(sluice, size):
    async with sluice(size=size) as app:
        await app.press("+")
        picture = app.picture
        assert "add a source" in picture and "URL" in picture and "title" in picture
