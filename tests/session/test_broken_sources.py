"""A source whose header is broken is found and read; only a repair may change it."""

import pytest

from tests.samples import WAYS_TO_BREAK, write_broken, write_source
from tui.session.questions import ReadSource

DECIDING = [
    ["1"], ["0"], ["p"], ["a"], ["C"], ["P", "2"], ["c", "3"],
    ["i", "z", "enter"], ["t"], ["f"],
]  # fmt: skip


@pytest.fixture(params=WAYS_TO_BREAK)
def broken(request, vault):
    """A vault with one more source, broken in one way."""
    return write_broken(vault, request.param)


def at_it(app):
    """Go to the broken source by the view of problems."""
    app.press("v")
    app.type("problems")
    app.press("enter")
    app.go_to("yellow")


def test_it_is_found_by_its_title_and_its_body_is_read(sluice, broken):
    with sluice() as app:
        app.press("slash")
        app.type("yelow submarin")
        assert app.here == broken.name
        assert "The body of number 9." in app.drawn.source.body
        app.press("enter", "enter")
        assert isinstance(app.box.question, ReadSource)
        assert "The body of number 9." in app.box.question.body


def test_every_deciding_key_is_refused_with_a_sentence_and_the_file_untouched(
    sluice, broken, watch, vault
):
    files = watch(vault)
    with sluice() as app:
        app.press("c", "5", "u")
        at_it(app)
        for keys in DECIDING:
            app.press(*keys)
            assert "Broken header in" in app.toast, keys
            if app.focused != "queue" or app.boxes:
                app.press("escape")
            assert app.here == broken.name, "the cursor stays on what was refused"
            app.toasts.clear()
    assert files.changes == {}


@pytest.mark.parametrize("broken", ["quotes"], indirect=True)
def test_a_refused_insight_is_kept_as_a_draft(sluice, broken):
    with sluice() as app:
        at_it(app)
        app.press("i")
        app.type("worth keeping")
        app.press("enter")
        assert app.written[0] == "worth keeping"
    with sluice() as app:
        at_it(app)
        app.press("i")
        assert app.written[0] == "worth keeping"


def test_what_can_still_be_read_can_be_copied(sluice, vault):
    write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    with sluice() as app:
        at_it(app)
        app.press("y", "w")
    assert app.clipboard == ["https://example.com/9", "[[SOURCE-009-yellow]]"]
