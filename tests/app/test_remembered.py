"""The view, what it is sorted by and the place in it are there again at the next start."""

import json
from threading import Event

import pytest

from tests.app.conftest import write_source
from tui.session.flow import loader
from tui.state.folders import user_folders


def place_file(vault):
    return user_folders().vault_state(vault) / "place.json"


@pytest.fixture
def many(vault):
    for number in range(5, 31):
        write_source(vault, number, f"Title{number:02}")
    write_source(vault, 40, "Judged one", status="triaged")
    write_source(vault, 41, "Other one", status="triaged")
    return vault


async def test_the_view_and_the_source_under_the_cursor_are_there_again(sluice, many):
    async with sluice() as app:
        await app.press("v", "2", "j")
        assert app.title == "Other one"
    async with sluice() as app:
        assert "triaged" in app.picture.splitlines()[0]
        assert app.title == "Other one"


async def test_each_view_has_its_own_place_and_its_own_order(sluice, many):
    async with sluice() as app:
        await app.press("j", "j", "s")
        await app.type("title")
        await app.press("enter", "s", "enter")
        here = app.title
        await app.press("v", "2", "v", "1")
        assert app.title == here
        assert "queue · title ↓" in app.picture
        await app.press("v", "2")
        assert "title ↓" not in app.picture
    async with sluice() as app:
        await app.press("v", "1")
        assert app.title == here
        assert app.shown == sorted(app.shown, reverse=True)


async def test_where_the_source_is_gone_the_cursor_is_on_the_next_one(sluice, many):
    async with sluice() as app:
        await app.press("j", "j", "p")
        assert app.title == "Deserts at night"
        await app.press("k", "p", "k")
        assert app.title == "Clocks without hands"
    async with sluice() as app:
        assert app.title == "Deserts at night"


async def test_a_search_changes_nothing_about_the_place(sluice, many):
    async with sluice() as app:
        await app.press("j", "slash")
        await app.type("title20")
        await app.press("enter")
        assert app.title == "Title20"
    async with sluice() as app:
        assert app.title == "Bridges over water"
        assert app.screen.search.value == ""


async def test_a_view_that_is_no_more_falls_back_to_the_first(sluice, many):
    folder = user_folders().config
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("views: {mine: 'st:triaged'}\n")
    async with sluice() as app:
        await app.press("v")
        await app.type("mine")
        await app.press("enter")
        assert len(app.shown) == 2
    (folder / "config.yaml").unlink()
    async with sluice() as app:
        assert "raw" in app.picture.splitlines()[0]
        assert len(app.shown) == 30


async def test_a_view_whose_query_is_wrong_by_now_falls_back_and_is_reported(sluice, many):
    (many / "sluice.yaml").write_text("views: {good: 'st:raw', mine: 'flavour:sweet'}\n")
    write_source(many, 50, "Sweet", duration="sweet")
    path = many / "SOURCE-050-sweet.md"
    path.write_text(path.read_text().replace("platform:", "flavour: sweet\nplatform:"))
    async with sluice() as app:
        await app.press("v", "2")
        assert app.shown == ["Sweet"]
    async with sluice() as app:
        # Only sources say that there is such a field.
        assert "mine" in app.picture.splitlines()[0]
        assert app.shown == ["Sweet"]
    path.unlink()
    async with sluice() as app:
        assert "flavour" in app.toast
        assert "good" in app.picture.splitlines()[0]


async def test_the_order_is_there_from_the_first_row_on(sluice, many):
    async with sluice() as app:
        await app.press("s")
        await app.type("title")
        await app.press("enter", "s", "enter", "g")
        first = app.title
    async with sluice() as app:
        assert app.shown == sorted(app.shown, reverse=True)
        assert app.title == first


async def test_duplicates_are_there_again(sluice, many):
    write_source(many, 50, "Copy", url="https://example.com/9")
    async with sluice() as app:
        await app.press("v", "9", "j")
        assert app.shown == ["Title09", "Copy"]
    async with sluice() as app:
        assert app.shown == ["Title09", "Copy"]
        assert app.title == "Copy"


@pytest.fixture
def slow(limits, monkeypatch):
    """Reading stops after the first source until the event is set."""
    go_on, seen = Event(), loader.Loader._seen

    def wait(self, batch):
        if len(self._board.rows):
            go_on.wait(20)
        return seen(self, batch)

    limits["batch"] = 3
    limits["shown_every"] = 0
    monkeypatch.setattr(loader.Loader, "_seen", wait)
    yield go_on
    go_on.set()


async def leave_at(sluice, name):
    async with sluice() as app:
        await app.go_to(name)


async def test_a_view_that_is_searched_while_it_is_read_is_there_afterwards(sluice, many, slow):
    slow.set()
    write_source(many, 50, "Copy", url="https://example.com/9")
    async with sluice() as app:
        await app.press("v", "9")
        await app.press("s")
        await app.type("title")
        await app.press("enter")
    slow.clear()
    async with sluice(read=False) as app:
        for key in "/title2":
            await app.burst_key(key)
        await app.until(lambda: app.session.board.rows.all)
        slow.set()
        await app.settled()
        assert "Title20" in app.shown
        await app.press("escape")
        assert app.shown == ["Copy", "Title09"]


async def test_the_place_is_found_when_its_source_is_read(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        assert app.title == "Apples in autumn"
        slow.set()
        await app.settled()
        assert app.title == "Title20"


async def test_who_moved_meanwhile_stays_there(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        await app.burst_key("j")
        slow.set()
        await app.settled()
        assert app.title == "Bridges over water"


async def test_who_quits_before_it_is_read_loses_no_place(sluice, many, slow):
    slow.set()
    await leave_at(sluice, "Title20")
    slow.clear()
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.board.rows.all)
        slow.set()
        app.app.exit()
    assert json.loads(place_file(many).read_text())["places"][-1][2].endswith("title20.md")


async def test_a_move_is_on_disk_a_little_later(limits, sluice, many, monkeypatch):
    limits["place_saved"] = 0.02
    async with sluice() as app:
        await app.press("j", "j")
        await app.until(
            lambda: place_file(many).exists() and "003-clocks" in place_file(many).read_text()
        )


async def test_a_view_and_its_order_are_on_disk_at_once(limits, sluice, many, monkeypatch):
    limits["place_saved"] = 3600.0
    async with sluice() as app:
        await app.press("v", "2", "s")
        await app.type("title")
        await app.press("enter")
        kept = json.loads(place_file(many).read_text())
    assert kept["view"] == "triaged"
    assert kept["places"][-1][:2] == ["triaged", "title"]


@pytest.mark.parametrize(
    "damage",
    ["{", "[]", '{"view": 5, "places": {}}', '{"view": "raw", "places": [["raw", 5, "x", -1], 7]}'],
)
async def test_a_damaged_file_is_no_hindrance(sluice, many, damage):
    place_file(many).parent.mkdir(parents=True)
    place_file(many).write_text(damage)
    async with sluice() as app:
        assert app.title == "Apples in autumn"
        assert len(app.shown) == 30


async def test_a_place_that_cannot_be_kept_is_reported_once(sluice, many, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.state.place.write_json", refuse)
    async with sluice() as app:
        await app.press("v", "2")
        assert "Cannot save your place" in app.toast
        await app.press("v", "1", "p")
        assert "triaged" in app.toast


async def test_two_vaults_have_two_places(sluice, many, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    write_source(other, 1, "Elsewhere")
    async with sluice() as app:
        await app.press("v", "2")
    async with sluice(other) as app:
        assert app.shown == ["Elsewhere"]


def test_places_are_bounded(tmp_path):
    from tui.state.place import MOST_VIEWS, Place, PlaceFile

    kept = PlaceFile(tmp_path)
    for number in range(MOST_VIEWS + 5):
        kept.keep(f"view {number}", Place(source="x"))
    assert kept.write(kept.as_json()) == ""
    again = PlaceFile(tmp_path)
    assert again.view == f"view {MOST_VIEWS + 4}"
    assert (again.of("view 4"), again.of("view 5")) == (Place(), Place(source="x"))
