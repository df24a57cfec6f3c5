"""A source whose header is broken is shown, found and read; only a repair may change it."""

import pytest

from tests.app.conftest import write_source

WAYS = ["quotes", "stray line", "heading", "unclosed"]
DECIDING = [
    ["1"], ["0"], ["p"], ["a"], ["C"], ["P", "2"], ["c", "3"],
    ["i", "z", "enter"], ["t"], ["f"],
]  # fmt: skip


@pytest.fixture(params=WAYS)
def broken(request, vault):
    """A vault with one more source, broken in one way."""
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text()
    if request.param == "quotes":
        path.write_text(text.replace("creator: Someone", 'creator: ""Quoted" badly'))
    elif request.param == "stray line":
        path.write_text("has_transcript: yes\n" + text)
    elif request.param == "heading":
        path.write_text("# Yellow submarine\n\n" + text)
    elif request.param == "unclosed":
        path.write_text(text.split("\n---\n")[0] + "\n\nThe body of number 9.\n")
    return path


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


async def test_it_is_found_by_its_title_and_its_body_is_read(sluice, broken):
    async with sluice() as app:
        await app.press("slash")
        await app.type("yelow submarin")
        assert app.here == broken.name
        assert "The body of number 9." in app.picture
        await app.press("enter", "enter")
        assert "The body of number 9." in app.picture


async def test_every_deciding_key_is_refused_with_a_sentence_and_the_file_untouched(
    sluice, broken, watch, vault
):
    files = watch(vault)
    async with sluice() as app:
        await app.press("c", "5", "u")
        await at_it(app)
        for keys in DECIDING:
            await app.press(*keys)
            assert "Broken header in" in app.toast, keys
            if app.pane != "queue" or app.app.screen is not app.screen:
                await app.press("escape")
            assert app.here == broken.name, "the cursor stays on what was refused"
            app.app.clear_notifications()
    assert files.changes == {}


@pytest.mark.parametrize("broken", ["quotes"], indirect=True)
async def test_a_refused_insight_is_kept_as_a_draft(sluice, broken):
    async with sluice() as app:
        await at_it(app)
        await app.press("i")
        await app.type("worth keeping")
        await app.press("enter")
        assert app.screen.insights.editor.text == "worth keeping"
    async with sluice() as app:
        await at_it(app)
        await app.press("i")
        assert app.screen.insights.editor.text == "worth keeping"


async def test_what_can_still_be_read_can_be_copied(sluice, vault, clipboard):
    write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    async with sluice() as app:
        await at_it(app)
        await app.press("y", "w")
    assert clipboard == ["https://example.com/9", "[[SOURCE-009-yellow]]"]
