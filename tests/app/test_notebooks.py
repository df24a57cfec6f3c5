"""The drawer of notebooks: enter puts in, space ticks several, and a typed name is a new one."""

import pytest

from tests.samples import header

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
SHELVES = ("Rust", "Iron welding", "分类 @home")


@pytest.fixture
def shelves(vault):
    """Three notebooks in the settings."""
    (vault / "sluice.yaml").write_text(f"notebooks: {{names: [{', '.join(SHELVES)}]}}\n")
    return vault


async def test_enter_puts_into_the_lit_one_and_typing_finds_another(sluice, shelves):
    async with sluice() as app:
        await app.press("m", "enter")
        assert header(shelves / NAME)["notebooks"] == ["Rust"]
        assert "notebooks" in app.picture and "Rust" in app.picture
        await app.press("m", *"weld", "enter")
    assert header(shelves / NAME)["notebooks"] == ["Rust", "Iron welding"]


async def test_space_ticks_several_and_unticks_and_enter_saves_them_as_one_change(sluice, shelves):
    async with sluice() as app:
        await app.press("m")
        likeliest = [next(name for name in SHELVES if name in row) for row in app.rows[::2]]
        await app.press("space", "down", "space", "enter")
        assert header(shelves / NAME)["notebooks"] == likeliest
        await app.press("m", "up", "up", "space")
        assert "−1 not saved yet" in app.picture or "+1 not saved yet" in app.picture
        await app.press("escape", "u")
    assert "notebooks" not in header(shelves / NAME)


async def test_a_new_name_takes_enter_twice_and_case_is_no_new_name(sluice, shelves):
    async with sluice() as app:
        await app.press("m", *"Ants", "enter")
        assert "enter again adds it" in app.picture
        await app.press("enter")
        await app.press("j", "m", *"RUST")
        assert "new notebook" not in app.picture
        await app.press("tab", *"ants", "enter")
    assert header(shelves / NAME)["notebooks"] == ["Ants"]
    assert header(shelves / SECOND)["notebooks"] == ["Rust", "Ants"]


async def test_typing_a_notebook_that_it_is_in_never_takes_it_out(sluice, shelves):
    async with sluice() as app:
        await app.press("m", "enter")
        await app.press("m", *"rust", "enter")
    assert header(shelves / NAME)["notebooks"] == ["Rust"]


async def test_a_category_as_notebook_takes_one_and_says_what_it_replaces(sluice, vault):
    (vault / "sluice.yaml").write_text("notebooks: {from: notebooklm_category}\n")
    async with sluice() as app:
        await app.press("m")
        assert "enter chooses" in app.picture
        await app.press(*"vibe", "enter")
        assert "vibe-coding replaces general" in app.toast
    assert header(vault / NAME)["notebooklm_category"] == "vibe-coding"


async def test_the_palette_renames_a_notebook_as_one_change(sluice, shelves, watch):
    files = watch(shelves)
    async with sluice() as app:
        await app.press("m", *"rust", "enter", "j", "M")
        await app.press("ctrl+p", *"rename a note", "enter")
        await app.press(*"rust", "enter", "end", *" & co", "enter")
        assert "sluice.yaml names Rust" in app.said or "sluice.yaml names Rust" in app.toast
        for name in (NAME, SECOND):
            assert header(shelves / name)["notebooks"] == ["Rust & co"]
        await app.press("u", "u", "u")
    assert files.changes == {}
