"""o opens the URL in the browser, e the file in the person's editor."""

from pathlib import Path

import pytest

from tests.samples import replace


def test_o_sends_the_browser_to_the_address(sluice):
    with sluice() as app:
        app.press("o")
        assert app.toast == "Opened https://example.com/1"
    assert app.browsed == ["https://example.com/1"]


@pytest.mark.parametrize(
    "url",
    [
        "internal",
        "null",
        "javascript:alert(1)",
        "file:///etc/passwd",
        '"https://a b"',
        "-h",
        "ftp://x/y",
    ],
)
def test_o_opens_nothing_but_web_addresses(sluice, write, url):
    write(1, "Apples in autumn", url=url)
    with sluice() as app:
        app.press("o")
        refused = "No browser can open" if url != "null" else "This source has no URL."
        assert refused in app.toast
    assert app.browsed == []


def test_a_header_repaired_in_the_editor_can_be_decided_at_once(sluice, write):
    path = write(9, "Broken", creator='""Quoted" badly')
    with sluice() as app:
        app.editor = lambda path: replace(path, '""Quoted" badly', "mended")
        app.go_to("Broken")
        app.press("1", "escape", "e")
        assert app.edited == [(path, 9)], "at the line of the creator"
        app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
    assert "signal_tier: paradigm" in path.read_text()


def test_a_file_deleted_in_the_editor_leaves_the_queue(sluice):
    with sluice() as app:
        app.editor = Path.unlink
        app.press("j", "e")
        assert "is gone" in app.toast
        app.press("j")
        assert app.shown == ["Apples in autumn", "Clocks without hands", "Deserts at night"]
        assert app.title == "Clocks without hands"
