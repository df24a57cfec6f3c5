"""Views of what was changed, and on which days."""

import pytest

VIEWS = 'views: {open: "status:raw", untouched: "-changed:today", touched: "changed:today"}\n'


@pytest.fixture
def viewed(vault):
    """A vault whose views ask what was changed today."""
    (vault / "sluice.yaml").write_text(VIEWS)
    return vault


def test_a_decided_source_is_done_in_the_view_of_the_untouched(sluice, viewed):
    with sluice() as app:
        app.open_view("untouched")
        first, left = app.title, len(app.shown)
        app.press("1")
        assert app.title != first
        assert len(app.shown) == left
        app.open_view("touched")
        assert app.shown == [first]
        app.open_view("untouched")
        assert first not in app.shown and len(app.shown) == left - 1


def test_an_undone_change_does_not_count(sluice, viewed):
    with sluice() as app:
        first = app.title
        app.press("1", "u")
        app.open_view("touched")
        assert app.shown == []
        app.press("U")
        app.open_view("open")
        app.open_view("touched")
        assert app.shown == [first]


def test_a_change_that_fails_does_not_count(sluice, viewed):
    with sluice() as app:
        app.open_view("untouched")
        first, left = app.title, len(app.shown)
        (viewed / app.session.board.current.name).unlink()
        app.press("1")
        app.open_view("touched")
        assert first not in app.shown
        app.open_view("untouched")
        assert len(app.shown) == left - 1


def test_what_was_changed_on_other_days_is_looked_up_too(sluice, viewed):
    with sluice() as app:
        first = app.title
        app.press("1", "slash")
        app.type("changed:>-7d")
        assert app.shown == [first]
        app.type(" -changed:today")
        assert app.shown == []


def test_a_day_is_not_called_wrong_while_it_is_typed(sluice, files):
    with sluice() as app:
        app.press("slash")
        for letter in "published:<=last friday":
            app.type(letter)
            assert "needs one date" not in app.line.sentence
        app.press(*["backspace"] * 6)
        app.type("weak")
        assert "“last” is not one" in app.line.sentence
