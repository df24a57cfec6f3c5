"""The view, what it is sorted by and the place in it are there again at the next start."""

import json

import pytest

from tests.samples import place_file, write_numbered, write_source
from tui.state.folders import user_folders


@pytest.fixture
def many(vault):
    """Thirty raw sources, and two that are triaged."""
    return write_numbered(vault)


def test_each_view_has_its_own_place_and_its_own_order(sluice, many):
    with sluice() as app:
        app.press("j", "j", "s")
        app.type("title")
        app.press("enter", "s", "enter")
        here = app.title
        app.press("v", "2", "v", "1")
        assert app.title == here
        assert app.rows.heading == "queue · title, Z to A"
        app.press("v", "2")
        assert app.rows.heading == "queue · by file name"
    with sluice() as app:
        app.press("v", "1")
        assert app.title == here
        assert app.shown == sorted(app.shown, reverse=True)


def test_where_the_source_is_gone_the_cursor_is_on_the_next_one(sluice, many):
    with sluice() as app:
        app.press("j", "j", "p")
        assert app.title == "Deserts at night"
        app.press("k", "p", "k")
        assert app.title == "Clocks without hands"
    with sluice() as app:
        assert app.title == "Deserts at night"


def test_a_search_changes_nothing_about_the_place(sluice, many):
    with sluice() as app:
        app.press("j", "slash")
        app.type("title20")
        app.press("enter")
        assert app.title == "Title20"
    with sluice() as app:
        assert app.title == "Bridges over water"
        assert app.bar == ""
        assert len(app.shown) == 30


def test_a_view_that_is_no_more_falls_back_to_the_first(sluice, many):
    folder = user_folders().config
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("views: {mine: 'st:triaged'}\n")
    with sluice() as app:
        app.open_view("mine")
        assert len(app.shown) == 2
    (folder / "config.yaml").unlink()
    with sluice() as app:
        assert app.figures.view == "raw"
        assert len(app.shown) == 30


def test_a_view_whose_query_is_wrong_by_now_falls_back_and_is_reported(sluice, many):
    (many / "sluice.yaml").write_text("views: {good: 'st:raw', mine: 'flavour:sweet'}\n")
    write_source(many, 50, "Sweet", duration="sweet")
    path = many / "SOURCE-050-sweet.md"
    path.write_text(path.read_text().replace("platform:", "flavour: sweet\nplatform:"))
    with sluice() as app:
        app.press("v", "2")
        assert app.shown == ["Sweet"]
    with sluice() as app:
        # Only sources say that there is such a field.
        assert app.figures.view == "mine"
        assert app.shown == ["Sweet"]
    path.unlink()
    with sluice() as app:
        assert "flavour" in app.toast
        assert app.figures.view == "good"


def test_the_order_is_there_from_the_first_row_on(sluice, many):
    with sluice() as app:
        app.press("s")
        app.type("title")
        app.press("enter", "s", "enter", "g")
        first = app.title
    with sluice() as app:
        assert app.shown == sorted(app.shown, reverse=True)
        assert app.title == first


def test_duplicates_are_there_again(sluice, many):
    write_source(many, 50, "Copy", url="https://example.com/9")
    with sluice() as app:
        app.press("v", "9", "j")
        assert app.shown == ["Title09", "Copy"]
    with sluice() as app:
        assert app.shown == ["Title09", "Copy"]
        assert app.title == "Copy"


def test_a_move_is_on_disk_a_little_later(limits, sluice, many):
    limits["place_saved"] = 0.02
    with sluice() as app:
        app.press("j", "j")
        app.until(
            lambda: place_file(many).exists() and "003-clocks" in place_file(many).read_text()
        )


def test_a_view_and_its_order_are_on_disk_at_once(limits, sluice, many):
    limits["place_saved"] = 3600.0
    with sluice() as app:
        app.press("v", "2", "s")
        app.type("title")
        app.press("enter")
        kept = json.loads(place_file(many).read_text())
    assert kept["view"] == "triaged"
    assert kept["places"][-1][:2] == ["triaged", "title"]


@pytest.mark.parametrize(
    "damage",
    ["{", "[]", '{"view": 5, "places": {}}', '{"view": "raw", "places": [["raw", 5, "x", -1], 7]}'],
)
def test_a_damaged_file_is_no_hindrance(sluice, many, damage):
    place_file(many).parent.mkdir(parents=True)
    place_file(many).write_text(damage)
    with sluice() as app:
        assert app.title == "Apples in autumn"
        assert len(app.shown) == 30


def test_a_place_that_cannot_be_kept_is_reported_once(sluice, many, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.state.place.write_json", refuse)
    with sluice() as app:
        app.press("v", "2")
        assert "Cannot save your place" in app.toast
        app.press("v", "1", "p")
        assert "triaged" in app.toast
        assert len([said for said, _ in app.toasts if "Cannot save your place" in said]) == 1


def test_two_vaults_have_two_places(sluice, many, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    write_source(other, 1, "Elsewhere")
    with sluice() as app:
        app.press("v", "2")
    with sluice(other) as app:
        assert app.shown == ["Elsewhere"]
