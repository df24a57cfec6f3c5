"""c asks for the category: by its slot's key, by letters, or a new one."""

from tui.app.widgets.queue import QueueList

NAME = "SOURCE-001-apples.md"


async def test_a_digit_after_letters_is_a_letter_of_the_name(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("gpt5")
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: gpt5"


async def test_a_new_category_is_named_as_new_before_it_is_taken(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("gardening")
        assert app.under_picker_cursor.split(maxsplit=1)[0] == "+"
        assert "new category" in app.under_picker_cursor
        assert files.changes == {}
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: gardening"


async def test_arrows_choose_among_what_the_letters_left(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("coding")
        assert len(app.picker) > 2
        second = app.picker[1].split()[1]
        await app.press("down", "enter")
    assert files.lines(NAME)[1] == f"+ notebooklm_category: {second}"


async def test_no_match_is_shown_and_enter_then_does_nothing_for_a_closed_list(sluice, files):
    async with sluice() as app:
        await app.press("s")
        await app.type("xyzzy")
        assert app.picker == []
        assert "No match" in app.picture
        await app.press("enter")
        assert "No match" in app.picture
    assert files.changes == {}


async def test_pasted_lines_become_one_category_also_one_that_begins_with_a_digit(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.paste("\n3d printing\nat home")
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: 3d printing at home"


async def test_a_category_that_begins_with_a_digit_is_typed_after_a_space(sluice, files):
    async with sluice(size=(200, 60)) as app:
        await app.press("c")
        assert "space first to type a key" in app.picture
        await app.press("space")
        await app.type("3d-printing")
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: 3d-printing"


async def test_while_the_drawer_is_open_only_it_looks_as_if_it_has_the_keyboard(sluice, vault):
    async with sluice() as app:
        queue = app.screen.query_one(QueueList)
        frame = queue.styles.border_top
        for key in ("c", "P"):
            await app.press(key)
            assert not queue.has_keyboard and queue.styles.border_top != frame
            await app.press("escape")
            assert queue.has_keyboard and queue.styles.border_top == frame
        await app.press("question_mark")
        assert queue.has_keyboard
