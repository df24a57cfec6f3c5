"""c asks for the category: by its slot's key, by letters, or a new one."""

import pytest

NAME = "SOURCE-001-apples.md"


@pytest.mark.parametrize(
    ("slot", "category"),
    [("1", "agents-orchestration"), ("0", "prompt-engineering"), ("-", "vibe-coding")],
)
async def test_a_slot_takes_its_category_at_once(sluice, files, slot, category):
    async with sluice() as app:
        await app.press("c", slot)
        assert app.app.screen is app.screen
        assert category in app.picture
    assert files.lines(NAME) == [
        "- notebooklm_category: general",
        f"+ notebooklm_category: {category}",
    ]


async def test_letters_filter_and_enter_takes_the_best(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("vibe")
        assert [line.split()[1] for line in app.picker[:1]] == ["vibe-coding"]
        await app.press("enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: vibe-coding"


async def test_a_typo_still_finds_the_category(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("promt-enginering")
        await app.press("enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: prompt-engineering"


async def test_a_digit_after_letters_is_a_letter_of_the_name(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("gpt5")
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: gpt5"


async def test_the_category_it_has_is_under_the_cursor_so_enter_confirms_it(sluice, files):
    async with sluice() as app:
        await app.press("c")
        assert "general" in app.under_picker_cursor
        await app.press("enter")
        assert app.toast == "Nothing to change: notebooklm_category = general"
    assert files.changes == {}


async def test_a_new_category_is_named_as_new_before_it_is_taken(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("gardening")
        assert app.under_picker_cursor.split(maxsplit=1)[0] == "+"
        assert "new category" in app.under_picker_cursor
        assert files.changes == {}
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: gardening"


async def test_a_new_category_is_one_to_choose_from_afterwards(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("gardening")
        await app.press("enter", "enter", "j", "c")
        await app.type("garden")
        assert "new category" not in app.under_picker_cursor
        await app.press("enter", "enter")
    assert "+ notebooklm_category: gardening" in files.changes["SOURCE-002-bridges.md"]


@pytest.mark.parametrize("text", ["no", "a: b", "# y", "it's", "1e3", "ünï 漢字 👍"])
async def test_a_new_category_that_yaml_would_read_otherwise_is_read_back_the_same(
    sluice, vault, text
):
    async with sluice() as app:
        await app.press("c")
        await app.type(" " + text)  # a space first: a digit alone is a slot
        while not app.under_picker_cursor.strip().startswith("+"):
            await app.press("down")
        await app.press("enter", "enter")
        source = app.session.desk.vault.reread(NAME)
        assert source is not None
        assert source.fields["notebooklm_category"] == text


async def test_esc_leaves_everything_as_it_was(sluice, files):
    async with sluice() as app:
        await app.press("j", "c")
        await app.type("vibe")
        await app.press("escape")
        assert app.here == "SOURCE-002-bridges.md"
        assert app.pane == "queue"
        await app.press("j")
        assert app.here == "SOURCE-003-clocks.md"
    assert files.changes == {}


async def test_arrows_choose_among_what_the_letters_left(sluice, files):
    async with sluice() as app:
        await app.press("c")
        await app.type("coding")
        assert len(app.picker) > 2
        second = app.picker[1].split()[-1]
        await app.press("down", "enter")
    assert files.lines(NAME)[1] == f"+ notebooklm_category: {second}"


async def test_capital_c_gives_the_next_source_the_same_category(sluice, files):
    async with sluice() as app:
        await app.press("C")
        assert "No category set yet" in app.toast
        await app.press("c", "6", "j", "C")
    assert files.changes.keys() == {NAME, "SOURCE-002-bridges.md"}
    assert all("+ notebooklm_category: claude-code" in lines for lines in files.changes.values())


async def test_enter_in_the_category_pane_asks_too(sluice, files):
    async with sluice() as app:
        await app.press("tab", "tab", "tab")
        assert app.pane == "category"
        await app.press("enter", "2")
        assert app.pane == "category"
    assert files.lines(NAME)[1] == "+ notebooklm_category: ai-agents"


async def test_no_match_is_shown_and_enter_then_does_nothing_for_a_closed_list(sluice, files):
    async with sluice() as app:
        await app.press("P")
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
    async with sluice() as app:
        await app.press("c")
        assert "space first to type a shortcut key" in app.picture
        await app.press("space")
        await app.type("3d-printing")
        await app.press("enter", "enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: 3d-printing"
