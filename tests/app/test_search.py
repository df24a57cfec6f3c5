"""/ looks sources up while letters are typed; esc comes back to where one was."""

from threading import Event

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import write_shelf, write_source


@pytest.fixture
def many(vault):
    """Forty more raw sources, and three that are done."""
    return write_shelf(vault)


async def search(app, text):
    await app.press("slash")
    await app.type(text)


async def test_the_letters_that_match_are_highlighted(sluice, many):
    async with sluice() as app:
        await search(app, "gardens")
        assert app.lit("gardens")


async def test_enter_goes_to_the_hits_and_keys_decide_again(sluice, many):
    async with sluice() as app:
        await search(app, "quicksilver gardens")
        await app.press("enter", "1")
        assert app.pane == "queue"
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
    assert "signal_tier: paradigm" in (many / "SOURCE-062-quicksilver.md").read_text()


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


def below_the_bar(app):
    return app.picture.splitlines()[1]


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
        assert "/ starts a search: none is open." in app.toast
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


async def test_pasted_lines_become_one_query(sluice):
    async with sluice() as app:
        await app.press("slash")
        await app.paste("\nclocks\n  without\n")
        assert app.screen.search.value == "clocks without"
        await app.press("enter")
        assert app.title == "Clocks without hands"


async def test_the_values_of_a_field_are_counted_once_however_much_is_typed(sluice, monkeypatch):
    counted, go_on = [], Event()
    async with sluice() as app:
        completer = app.session.desk.completer
        count = completer.count

        def wait(field):
            counted.append(field)
            go_on.wait(20)
            count(field)

        monkeypatch.setattr(completer, "count", wait)
        for key in ("/", *"platform:we"):
            await app.burst_key(key)
        await app.until(lambda: counted)
        go_on.set()
        await app.settled()
        assert counted == ["platform"]
        assert "web" in app.session.searcher.line().offered.shown
