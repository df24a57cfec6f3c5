"""/ looks sources up while letters are typed; esc comes back to where one was."""

import pytest

from tests.app.conftest import write_source


@pytest.fixture
def many(vault):
    """Forty more raw sources, and three that are done."""
    for number in range(10, 50):
        write_source(vault, number, f"Filler{number} of the shelf")
    write_source(vault, 60, "Quicksilver economics", status="triaged")
    write_source(vault, 61, "Quicksilver cooking", status="archived")
    write_source(vault, 62, "Quicksilver gardens")
    return vault


async def search(app, text):
    await app.press("slash")
    await app.type(text)


async def test_a_typo_finds_it_and_it_is_under_the_cursor(sluice, many):
    async with sluice() as app:
        await search(app, "qiucksilvr gardens")
        assert app.title == "Quicksilver gardens"
        assert "The body of number 62." in app.picture


async def test_the_letters_that_match_are_highlighted(sluice, many):
    async with sluice() as app:
        await search(app, "gardens")
        assert app.lit("gardens")


async def test_enter_goes_to_the_hits_and_keys_decide_again(sluice, many):
    async with sluice() as app:
        await search(app, "quicksilver gardens")
        await app.press("enter", "1")
        assert app.pane == "queue"
        assert app.toast == "signal_tier = paradigm"
    assert "signal_tier: paradigm" in (many / "SOURCE-062-quicksilver.md").read_text()


async def test_down_goes_to_the_hits_with_the_best_one_under_the_cursor(sluice, many):
    async with sluice() as app:
        await search(app, "bridges")
        await app.press("down")
        assert app.pane == "queue"
        assert app.title == "Bridges over water"


async def test_esc_comes_back_to_the_place_and_the_row_at_the_top(sluice, many):
    async with sluice() as app:
        await app.press(*["j"] * 25)
        title, top, rows = app.title, app.screen.queue.first_row, app.shown
        await search(app, "quicksilver")
        assert app.title != title
        await app.press("escape")
        assert (app.title, app.screen.queue.first_row, app.shown) == (title, top, rows)
        assert app.pane == "queue"
        assert app.screen.search.value == ""


async def test_esc_from_the_hits_comes_back_as_well(sluice, many):
    async with sluice() as app:
        await app.press(*["j"] * 25)
        title, top = app.title, app.screen.queue.first_row
        await search(app, "quicksilver")
        await app.press("enter", "j", "escape")
        assert (app.title, app.screen.queue.first_row) == (title, top)


async def test_hits_outside_the_view_follow_below_a_divider(sluice, many):
    async with sluice() as app:
        await search(app, "quicksilver")
        assert app.title == "Quicksilver gardens"
        assert "outside raw" in app.picture
        assert sorted(app.shown[-2:]) == ["Quicksilver cooking", "Quicksilver economics"]
        await app.press("enter", "j")
        assert app.title in ("Quicksilver cooking", "Quicksilver economics")


async def test_a_hit_outside_the_view_can_be_decided(sluice, many):
    async with sluice() as app:
        await search(app, "quicksilver economics")
        await app.press("enter", "p")
        assert app.title == "Quicksilver economics"
    assert "\nstatus: processed\n" in (many / "SOURCE-060-quicksilver.md").read_text()


async def test_a_wrong_filter_says_so_below_the_bar_and_keeps_the_text(sluice, files):
    async with sluice() as app:
        await search(app, "title:bri colour:red")
        complaint = app.picture.splitlines()[1]
        assert "colour" in complaint
        assert app.screen.search.value == "title:bri colour:red"
        await app.press(*["backspace"] * len(" colour:red"))
        assert "colour" not in app.picture
        assert app.title == "Bridges over water"


async def test_a_filter_with_words(sluice, many):
    async with sluice() as app:
        await search(app, "status:archived quicksilver")
        assert app.shown == ["Quicksilver cooking"]


async def test_no_hit_says_so_and_keys_find_nothing_to_decide(sluice, files):
    async with sluice() as app:
        await search(app, "zzzzqqqq")
        assert "No source matches" in app.picture
        await app.press("enter", "1")
        assert "no source under the cursor" in app.toast
        await app.press("escape")
        assert len(app.shown) == 4
    assert files.changes == {}


async def test_every_printable_key_is_text_in_the_bar(sluice, files):
    text = "jkgGcCiIpPatx1230.=?nNvyYAwoeuURq -[]"
    async with sluice() as app:
        await search(app, text)
        assert app.screen.search.value == text
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_n_scrolls_to_the_next_hit_in_the_preview(sluice, vault):
    path = write_source(vault, 70, "Long walk")
    path.write_text(path.read_text() + "filler\n\n" * 200 + "The needle.\n" + "filler\n\n" * 50)
    async with sluice() as app:
        await app.press("n")
        assert "press / and type" in app.toast
        await search(app, "body:needle")
        assert app.title == "Long walk"
        assert "The needle." not in app.picture
        await app.press("enter", "n")
        assert "The needle." in app.picture


async def test_a_search_after_a_search_comes_back_to_the_first_place(sluice, many):
    async with sluice() as app:
        await app.press(*["j"] * 12)
        title = app.title
        await search(app, "quicksilver")
        await app.press("enter", "slash")
        await app.type(" gardens")
        assert app.title == "Quicksilver gardens"
        await app.press("escape")
        assert app.title == title


async def test_emptying_the_bar_with_backspace_shows_the_view_again(sluice, many):
    async with sluice() as app:
        await app.press("j", "j", "j")
        await search(app, "qu")
        await app.press("backspace", "backspace", "enter")
        assert app.title == "Deserts at night"
        assert "outside" not in app.picture


async def test_a_search_typed_while_nothing_is_there_does_no_harm(sluice, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    async with sluice(empty) as app:
        assert "No sources in this folder" in app.picture
        await search(app, "anything")
        await app.press("enter", "escape", "p", "y", "i", "tab", "space", "G")
        assert "no source under the cursor" in app.toast
    assert list(empty.iterdir()) == []
