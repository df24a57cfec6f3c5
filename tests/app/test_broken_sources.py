"""A source whose header is broken is shown, found and read; only a repair may change it."""

import pytest

from tests.samples import WAYS_TO_BREAK, write_broken


@pytest.fixture(params=WAYS_TO_BREAK)
def broken(request, vault):
    """A vault with one more source, broken in one way."""
    return write_broken(vault, request.param)


async def at_it(app):
    """Go to the broken source by the view of problems."""
    await app.press("v")
    await app.type("problems")
    await app.press("enter")
    await app.go_to("yellow")


async def test_it_is_listed_and_its_problem_and_the_key_that_helps_are_shown(sluice, broken):
    async with sluice() as app:
        await at_it(app)
        problem = app.session.board.current.problem
        assert problem is not None
        first_words = " ".join(problem.sentence.split()[:3])
        left = app.screen.preview.region.x
        source = "".join(line[left:] for line in app.picture.splitlines())
        words = " ".join(source.translate(dict.fromkeys(map(ord, "│▌"), " ")).split())
        assert first_words in words
        assert "F looks for a repair" in words
        assert app.screen.queue.render_line(0).text.count("!") or "⚠" in app.picture


async def test_a_deciding_key_shows_the_repair_and_enter_makes_both(sluice, broken, watch, vault):
    files = watch(vault)
    async with sluice() as app:
        await at_it(app)
        await app.press("1")
        assert "enter repairs, then ◆ paradigm · e editor · esc" in app.picture
        await app.press("escape")
        assert files.changes == {}
        await app.press("1", "enter")
        assert app.session.board.current.problem is None
        assert "signal_tier: paradigm" in broken.read_text()
        await app.press("u")
    assert files.changes == {}


async def test_the_field_for_an_insight_closes_and_the_repair_follows(sluice, broken, vault):
    async with sluice() as app:
        await at_it(app)
        await app.press("i")
        await app.type("worth keeping")
        await app.press("enter")
        assert "enter repairs, then" in app.picture
        await app.press("escape")
        assert app.app.focused.text == "worth keeping"
        await app.press("enter", "enter")
        assert app.session.board.current.items("key_insights") == ("worth keeping",)


async def test_topics_and_fields_are_chosen_first_and_then_the_repair_is_shown(
    sluice, broken, watch, vault
):
    files = watch(vault)
    async with sluice() as app:
        await at_it(app)
        await app.press("t")
        await app.type("boats")
        await app.press("enter", "enter", "ctrl+s")
        assert "enter repairs, then" in app.picture
        await app.press("enter")
        assert "boats" in app.session.board.current.items("topics")
        await app.press("u")
        await app.press("f")
        await app.type("guest")
        await app.press("enter")
        await app.type("Ringo")
        await app.press("enter", "enter")
        assert app.session.board.current.text("guest") == "Ringo"
        await app.press("u")
    assert files.changes == {}


async def test_a_line_that_moves_is_shown_where_it_goes(sluice, vault):
    write_broken(vault, "stray line")
    async with sluice() as app:
        await at_it(app)
        await app.press("F")
        assert "line 1 goes below line 2, into the header" in app.picture
        assert "- 1  has_transcript: yes" in app.picture
        assert "  2  ---" in app.picture
        assert "+ 2  has_transcript: yes" in app.picture
        assert "enter repairs · e editor · esc" in app.picture
