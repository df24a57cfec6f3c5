"""x, shift with an arrow and * mark sources; a deciding key then changes all of them as one."""

FIRST, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"


def marked(app):
    """The sources that the queue draws a mark at, whatever is in sight."""
    queue = app.screen.queue
    rows = [row for row in range(len(queue.rows)) if queue.render_line(2 * row).text[1] == "+"]
    return [queue.rows[row].source.name for row in rows]


async def test_x_marks_the_source_and_goes_down(sluice, files):
    async with sluice() as app:
        await app.press("x")
        assert marked(app) == [FIRST]
        assert app.here == SECOND
        assert "1 marked" in app.picture
        await app.press("j", "x")
        assert marked(app) == [FIRST, THIRD]
        assert "2 marked" in app.picture
    assert files.changes == {}


async def test_a_lookup_keeps_marks_and_says_how_many_are_out_of_sight(sluice, files):
    async with sluice() as app:
        await app.press("x", "x", "/")
        await app.type("bridges")
        assert "2 marked · 1 hidden" in app.picture
        await app.press("enter")
        assert marked(app) == [SECOND]
        await app.press("escape")
        assert marked(app) == [FIRST, SECOND]
        assert "hidden" not in app.picture
        await app.press("1")
    assert set(files.changes) == {FIRST, SECOND}


async def test_editing_an_insight_is_about_its_own_source_only(sluice, files):
    async with sluice() as app:
        await app.press("i")
        await app.type("first")
        await app.press("enter", "j", "x", "x", "g", "I", "e")
        await app.type(" of all")
        await app.press("enter")
    assert set(files.changes) == {FIRST}
    assert any("first of all" in line for line in files.changes[FIRST])


async def test_marks_are_seen_on_a_small_screen_without_colours(sluice):
    async with sluice(size=(45, 20)) as app:
        await app.press("x")
        assert marked(app) == [FIRST]
        assert "1 marked" in app.picture
        await app.press("tab")
        assert "1 marked" in app.picture
