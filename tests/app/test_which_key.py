"""After a key that begins others a box says at once which keys can follow."""

import pytest

NAME = "SOURCE-001-apples.md"


async def test_the_keys_that_can_follow_are_shown_at_once_with_their_names(sluice, config, files):
    config('keys: {decide.archive: "z a", decide.promote: ["p", "z p"]}')
    async with sluice() as app:
        await app.press("z")
        assert "z …" in app.picture
        assert "a Archive" in app.picture
        assert "p Promote to the next status" in app.picture
        assert files.changes == {}
        await app.press("a")
        assert app.app.screen is app.screen
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_keys_that_come_in_one_piece_find_their_command(sluice, config, files):
    config('keys: {decide.archive: "z a"}')
    async with sluice() as app:
        await app.burst(*"zaj2")
    assert files.changes[NAME] == ["- status: raw", "+ status: archived"]


async def test_a_key_without_a_command_is_reported_and_the_box_stays(sluice, config, files):
    config('keys: {decide.archive: "z a"}')
    async with sluice() as app:
        await app.press("z", "q")
        assert "z q is not a command; esc closes" in app.picture
        await app.press("a")
    assert files.lines(NAME) == ["- status: raw", "+ status: archived"]


async def test_three_keys_in_a_row_are_asked_for_one_after_the_other(sluice, config, files):
    config('keys: {decide.archive: "z x a", decide.promote: "z x p", find.view: "z v"}')
    async with sluice() as app:
        await app.press("z")
        assert "x … Promote to the next status · Archive" in app.picture
        await app.press("x")
        assert "z x …" in app.picture
        assert "Views" not in app.picture
        await app.press("p")
    assert "+ status: triaged" in files.lines(NAME)


async def test_letters_of_another_layout_can_follow(sluice, config, files):
    config('keys: {decide.archive: "z a", decide.promote: "z ж"}')
    async with sluice() as app:
        await app.press("я", "ф")
        await app.press("z", "ж")
    statuses = [line for lines in files.changes.values() for line in lines if "+ status" in line]
    assert statuses == ["+ status: archived", "+ status: triaged"]


@pytest.mark.parametrize("size", [(45, 20), (80, 24)])
async def test_the_box_fits_a_small_screen(sluice, config, size):
    config('keys: {decide.archive: "z a"}')
    async with sluice(size=size) as app:
        await app.press("z")
        assert "a Archive" in app.picture
        assert "esc closes" in app.picture


@pytest.mark.parametrize(
    ("key", "title", "first"), [("Y", "copy", "u"), ("v", "views", "1"), ("s", "sort by", "1")]
)
async def test_the_boxes_behind_single_keys_show_their_keys_first_too(sluice, key, title, first):
    async with sluice() as app:
        await app.press(key)
        assert f"─ {title} ─" in app.picture
        assert app.picker[0].startswith(f"{first} ")
        assert all(line[0] != " " for line in app.picker[:5])
        assert "esc closes" in app.picture
        assert "key" in app.picture
