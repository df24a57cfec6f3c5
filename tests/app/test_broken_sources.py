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
        words = " ".join(app.picture.translate(dict.fromkeys(map(ord, "│▌"), " ")).split())
        assert first_words in words
        assert "F looks for a repair" in words
        assert app.screen.queue.render_line(0).text.count("!") or "⚠" in app.picture


async def test_deciding_keys_are_refused_and_the_file_is_untouched(sluice, broken, watch, vault):
    files = watch(vault)
    async with sluice() as app:
        await at_it(app)
        for key in ("1", "p"):
            await app.press(key)
            assert "Broken header in" in app.toast, key
    assert files.changes == {}
