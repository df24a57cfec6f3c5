"""+ adds a source for a URL: typed, pasted, or out of the clipboard."""

from datetime import date

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tui.app.boxes.capture import CaptureBox

DAY = f"{date.today():%Y%m%d}"
NEW = f"SOURCE-{DAY}-website-unknown-unknown-a_page.md"


@pytest.fixture(autouse=True)
def in_clipboard(monkeypatch):
    """What the clipboard holds; put something in by appending."""
    held = [""]
    monkeypatch.setattr("tui.app.world.machine.read_from_clipboard", lambda: held[-1])
    return held


async def test_an_address_that_is_typed_becomes_a_raw_source_under_the_cursor(sluice, vault):
    async with sluice() as app:
        await app.press("j", "+")
        await app.type("example.org/a-page")
        await app.press("enter")
        assert app.here == NEW
        assert app.toast.startswith("Added")
    text = (vault / NEW).read_text()
    assert f"id: SOURCE-{DAY}-001\n" in text and "status: raw\n" in text
    assert 'url: "https://example.org/a-page"\n' in text


async def test_the_clipboards_address_is_offered_and_enter_takes_it(sluice, vault, in_clipboard):
    in_clipboard.append("https://example.org/a-page\n")
    async with sluice() as app:
        await app.press("+")
        # The clipboard is asked beside the keys: nobody takes an address before seeing it.
        assert app.app.screen.typed.address == "https://example.org/a-page"
        await app.press("enter")
        assert app.here == NEW
    assert (vault / NEW).exists()


async def test_an_offer_that_was_left_gives_way_to_what_is_copied_next(sluice, in_clipboard):
    async with sluice() as app:
        for address in ("https://example.org/one", "https://example.org/two"):
            in_clipboard.append(address)
            await app.press("+")
            assert app.app.screen.typed.address == address
            await app.press("escape")


@pytest.mark.parametrize(
    "text",
    [
        "some words",
        "two https://example.org/x lines",
        "x" * 9000,
        "https://example.org/\x1b[2J",
        "https://example.org/\u202egnp.x",
        "https://example.org/\ud800",
    ],
)
async def test_what_is_no_address_is_not_offered(sluice, in_clipboard, text):
    in_clipboard.append(text)
    async with sluice() as app:
        await app.press("+")
        assert app.app.screen.typed.address == ""


async def test_the_title_is_taken(sluice, vault):
    async with sluice() as app:
        await app.press("+")
        await app.type("example.org/a-page")
        await app.press("tab")
        await app.type("A title: mine")
        await app.press("enter")
        assert app.title == "A title: mine"
    (path,) = vault.glob(f"SOURCE-{DAY}-*")
    assert 'title: "A title: mine"\n' in path.read_text()


async def test_an_address_that_is_there_is_refused_and_its_source_shown(sluice, files):
    async with sluice() as app:
        await app.press("+")
        await app.type("http://www.example.com/3/?utm_source=x")
        await app.press("enter")
        assert app.app.screen is app.screen
        assert app.title == "Clocks without hands"
        assert app.toast.startswith("Already here: Clocks without hands")
    assert files.changes == {}


async def test_one_outside_the_view_is_shown_as_a_hit(sluice, write):
    write(9, "Elsewhere by now", status="triaged")
    async with sluice() as app:
        await app.press("+")
        await app.type("example.com/9")
        await app.press("enter")
        assert app.title == "Elsewhere by now"
        await app.press("escape")
        assert app.title == "Apples in autumn"


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


async def test_u_takes_the_source_away_and_redo_brings_it_back(sluice, vault):
    async with sluice() as app:
        await app.press("+")
        await app.type("example.org/a-page")
        await app.press("enter", "u")
        assert not (vault / NEW).exists()
        await app.press("k")
        assert "https://example.org/a-page" not in app.shown
        await app.press("U")
        assert (vault / NEW).exists()
        assert app.here == NEW


async def test_a_lookup_is_left_for_the_new_source(sluice, vault):
    async with sluice() as app:
        await app.press("/")
        await app.type("bridges")
        await app.press("enter", "+")
        await app.type("example.org/a-page")
        await app.press("enter")
        assert app.here == NEW
        assert len(app.shown) == 5


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_the_box_fits(sluice, size):
    async with sluice(size=size) as app:
        await app.press("+")
        picture = app.picture
        assert "add a source" in picture and "URL" in picture and "title" in picture


async def test_the_new_source_can_be_decided_on_at_once(sluice, vault):
    async with sluice() as app:
        await app.press("+")
        await app.type("example.org/a-page")
        await app.press("enter", "1", "p")
    text = (vault / NEW).read_text()
    assert "signal_tier: paradigm\n" in text and "status: triaged\n" in text
