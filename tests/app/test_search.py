"""/ looks sources up while letters are typed; esc comes back to where one was."""

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE, write_source
from tui.session.flow.body_reader import BodyReader


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


@pytest.fixture
def alike(many):
    """Raw sources that have something of what others, not raw any more, are called."""
    write_source(many, 63, "Quicksand economics")
    write_source(many, 64, "Cooking ships in quicksilvery dishes")
    write_source(many, 65, "Ships of the quicksilver kings and their crews")
    write_source(many, 66, "Ships of the quicksilver kings", status="triaged")
    return many


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("quicksilver economics", 60),  # the whole title
        ("econom quicksil", 60),  # its beginnings, the other way round
        ("quicksilvr cooking", 61),  # a typo in the word that both have
        ("ships of the quicksilver kings", 66),  # just what it is called, and another one goes on
    ],
)
async def test_a_hit_outside_the_view_that_is_clearly_better_is_the_one_that_y_copies(
    sluice, alike, clipboard, typed, number
):
    async with sluice() as app:
        await search(app, typed)
        assert "outside raw" in app.picture.partition("in raw")[0]
        assert len(app.shown) > 1
        await app.press("enter", "y")
    assert clipboard == [f"https://example.com/{number}"]


@pytest.mark.parametrize("typed", ["quicksilver", "ships quicksilver", "quicksilver kings"])
async def test_a_hit_outside_the_view_that_is_hardly_better_stays_below(
    sluice, alike, clipboard, typed
):
    write_source(alike, 67, "Quicksilver", status="triaged")
    async with sluice() as app:
        await search(app, typed)
        await app.press("enter", "y")
        assert "in raw" not in app.picture
        assert clipboard[0] in ("https://example.com/62", "https://example.com/65")


async def test_of_many_hits_that_are_clearly_better_outside_only_the_best_come_first(sluice, alike):
    for number in range(70, 80):
        write_source(alike, number, f"Quicksilver economics, part {number}", status="triaged")
    async with sluice() as app:
        await search(app, "quicksilver economics")
        assert app.title == "Quicksilver economics"
        assert app.shown.index("Quicksand economics") == 5


async def test_where_the_view_has_no_hit_those_outside_are_shown_below_one_divider(
    sluice, many, clipboard
):
    async with sluice() as app:
        await search(app, "economics")
        assert app.picture.count("outside raw") == 1
        assert "in raw" not in app.picture
        await app.press("enter", "y")
        assert clipboard == ["https://example.com/60"]


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


def below_the_bar(app):
    return app.picture.splitlines()[1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red", "colour"),
        ("published:>soon", "needs one date"),
        ("has:colour", "colour is not a field"),
        ("has:>2026", "needs one date"),
    ],
)
async def test_a_query_not_understood_keeps_the_last_hits(sluice, files, typed, said):
    async with sluice() as app:
        await search(app, f"bridges {typed}")
        assert said in below_the_bar(app)
        assert app.screen.search.value == f"bridges {typed}"
        assert app.title == "Bridges over water"
        await app.press("enter")
        assert said in below_the_bar(app)
        await app.press("escape")
        assert said not in app.picture


@pytest.mark.parametrize("typed", ["has:", "body:", '"bridges ov', "by:", "published:>"])
async def test_what_is_half_typed_is_not_called_wrong(sluice, files, typed):
    async with sluice() as app:
        await search(app, f"bridges {typed}")
        assert "is not a field" not in app.picture
        assert "wants" not in app.picture


async def test_a_value_that_no_source_can_have_is_named_when_nothing_matches(sluice, files):
    async with sluice() as app:
        await search(app, "status:rwa")
        assert "No status rwa; did you mean raw?" in below_the_bar(app)
        await app.press("backspace", "backspace", "a", "w")
        assert "did you mean" not in app.picture
        assert len(app.shown) == 4


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_candidates_stand_below_the_bar_as_many_as_fit(sluice, many, size):
    async with sluice(size=size) as app:
        await search(app, "status:")
        assert below_the_bar(app).strip().startswith("raw   triaged   processed")
        await search(app, "zzz")
        assert "triaged   processed" not in app.picture


@pytest.mark.parametrize("key", ["right", "end", "ctrl+e"])
async def test_a_key_takes_the_completion_shown_behind_the_cursor(sluice, many, key):
    async with sluice() as app:
        await search(app, "stat")
        assert "status:" in app.picture.splitlines()[0]
        await app.press(key)
        assert app.screen.search.value == "status:"
        await app.type("tri")
        assert "status:triaged" in app.picture.splitlines()[0]
        await app.press(key, "enter")
        assert app.screen.search.value == "status:triaged"
        assert app.shown == ["Quicksilver economics"]
        assert "archived" not in below_the_bar(app)


async def test_values_the_vault_holds_are_offered(sluice, vault):
    write_source(vault, 70, "Foxes", creator="The Quiet Fox")
    write_source(vault, 71, "Owls", creator="The Quiet Fox")
    async with sluice() as app:
        await search(app, "by:")
        assert below_the_bar(app).strip() == "Someone   The Quiet Fox"
        await app.type("the")
        await app.press("right")
        assert app.screen.search.value == 'by:"The Quiet Fox"'
        assert sorted(app.shown) == ["Foxes", "Owls"]
        await app.press("escape")
        write_source(vault, 71, "Owls", creator="Therese")
        await app.press("R")
        await search(app, "by:The")
        assert "Therese" in below_the_bar(app)


async def test_right_moves_on_by_a_letter_where_nothing_is_offered(sluice, many):
    async with sluice() as app:
        await search(app, "status")
        await app.press("left", "left", "right", "x")
        assert app.screen.search.value == "statuxs"
        assert app.screen.search.cursor_position == 6
        await app.press("end", "backspace", "backspace")
        assert app.screen.search.value == "statu"


async def test_nothing_is_offered_in_the_middle_of_the_text(sluice, many):
    async with sluice() as app:
        await search(app, "sttus")
        await app.press("left", "left", "left", "a", "end")
        assert app.screen.search.value == "status"


async def test_what_errors_while_it_is_completed_is_offered_first(sluice, many):
    async with sluice() as app:
        await search(app, "has:prob")
        assert below_the_bar(app).strip() == "problem"
        await app.type("x")
        assert "probx is not a field" in below_the_bar(app)


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
        assert "press / to start one" in app.toast
        await search(app, "body:needle")
        assert app.title == "Long walk"
        assert "The needle." not in app.picture
        await app.press("enter", "n")
        assert "The needle." in app.picture


async def test_n_and_shift_n_walk_the_words_that_a_typo_meant(sluice, vault):
    path = write_source(vault, 70, "Long walk")
    text = "filler\n\n" * 100 + "The quicksilver.\n" + "filler\n\n" * 100
    path.write_text(path.read_text() + text + "More quicksilver here.\n")
    async with sluice() as app:
        await search(app, "long qiucksilver")
        assert app.title == "Long walk"
        await app.press("enter", "n")
        assert "The quicksilver." in app.picture
        await app.press("n")
        assert "More quicksilver here." in app.picture
        await app.press("N")
        assert "The quicksilver." in app.picture
        await app.press("n", "n")
        assert "The quicksilver." in app.picture


async def test_n_says_so_when_the_preview_has_no_hit(sluice, files):
    async with sluice() as app:
        await search(app, "someone")
        await app.press("enter", "n")
        assert "No match in this text" in app.toast
        await app.press("escape")
        await search(app, "status:raw")
        await app.press("enter", "n")
        assert "No match in this text" in app.toast


async def test_bodies_still_being_read_are_reported_and_fill_in(sluice, vault, monkeypatch):
    for number in range(100, 250):
        write_source(vault, number, f"Filler{number}")
    read = BodyReader.start
    monkeypatch.setattr(BodyReader, "start", lambda _self: None)
    async with sluice() as app:
        await search(app, "body:number")
        assert "Reading bodies… 100 of 154" in below_the_bar(app)
        assert len(app.shown) == 100
        title = app.title
        read(app.session.body_reader)
        await app.settled()
        assert "Reading bodies" not in app.picture
        assert len(app.shown) == 154
        assert app.title == title


async def test_a_body_changed_while_the_app_is_open_is_found_as_it_is(sluice, vault):
    async with sluice() as app:
        await search(app, "body:kestrel")
        assert app.shown == []
        await app.press("escape")
        path = vault / "SOURCE-002-bridges.md"
        path.write_text(path.read_text() + "A kestrel hovers.\n")
        await app.press("R")
        await search(app, "body:kestr")
        assert app.shown == ["Bridges over water"]


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


async def test_pasted_lines_become_one_query(sluice):
    async with sluice() as app:
        await app.press("slash")
        await app.paste("\nclocks\n  without\n")
        assert app.screen.search.value == "clocks without"
        await app.press("enter")
        assert app.title == "Clocks without hands"
