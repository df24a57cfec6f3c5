"""+ adds a source for a URL: typed, or out of the clipboard."""

from datetime import date

import pytest


def day():
    return f"{date.today():%Y%m%d}"


def new():
    return f"SOURCE-{day()}-website-unknown-unknown-a_page.md"


def test_an_address_that_is_typed_becomes_a_raw_source_under_the_cursor(sluice, vault):
    with sluice() as app:
        app.press("j", "+")
        app.type("example.org/a-page")
        app.press("enter")
        assert app.here == new()
        assert app.toast.startswith("Added")
    text = (vault / new()).read_text()
    assert f"id: SOURCE-{day()}-001\n" in text and "status: raw\n" in text
    assert 'url: "https://example.org/a-page"\n' in text


def test_the_clipboards_address_is_offered_and_enter_takes_it(sluice, vault):
    with sluice() as app:
        app.clipboard.append("https://example.org/a-page\n")
        app.press("+")
        assert app.box.typed == "https://example.org/a-page"
        app.press("enter")
        assert app.here == new()
    assert (vault / new()).exists()


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
def test_what_is_no_address_is_not_offered(sluice, text):
    with sluice() as app:
        app.clipboard.append(text)
        app.press("+")
        assert app.box.typed == ""


def test_an_address_that_is_there_is_refused_and_its_source_shown(sluice, files):
    with sluice() as app:
        app.press("+")
        app.type("http://www.example.com/3/?utm_source=x")
        app.press("enter")
        assert app.boxes == []
        assert app.title == "Clocks without hands"
        assert app.toast.startswith("Already here: Clocks without hands")
    assert files.changes == {}


def test_one_outside_the_view_is_shown_as_a_hit(sluice, write):
    write(9, "Elsewhere by now", status="triaged")
    with sluice() as app:
        app.press("+")
        app.type("example.com/9")
        app.press("enter")
        assert app.title == "Elsewhere by now"
        app.press("escape")
        assert app.title == "Apples in autumn"


def test_u_takes_the_source_away_and_redo_brings_it_back(sluice, vault):
    with sluice() as app:
        app.press("+")
        app.type("example.org/a-page")
        app.press("enter", "u")
        assert not (vault / new()).exists()
        app.press("k")
        assert "https://example.org/a-page" not in app.shown
        app.press("U")
        assert (vault / new()).exists()
        assert app.here == new()


def test_a_lookup_is_left_for_the_new_source(sluice, vault):
    with sluice() as app:
        app.press("/")
        app.type("bridges")
        app.press("enter", "+")
        app.type("example.org/a-page")
        app.press("enter")
        assert app.here == new()
        assert len(app.shown) == 5


def test_the_new_source_can_be_decided_on_at_once(sluice, vault):
    with sluice() as app:
        app.press("+")
        app.type("example.org/a-page")
        app.press("enter", "1", "p")
    text = (vault / new()).read_text()
    assert "signal_tier: paradigm\n" in text and "status: triaged\n" in text
