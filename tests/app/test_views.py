"""v opens another view; what was decided leaves when a view is opened."""

import asyncio
import threading

import pytest
from textual.events import Key

from tests.app.conftest import NARROW
from tests.samples import views_on_disk, views_text, write_mixed, write_quick_view
from tui.app import key_order
from tui.app.boxes.view import ViewBox
from tui.state import saved_views
from tui.state.views import View


@pytest.fixture
def mixed(vault):
    """A source in each status, and one whose header is broken."""
    return write_mixed(vault)


async def choose(app, view):
    await app.press("v")
    await app.type(view)
    await app.press("enter")


# Saved views


@pytest.fixture
def configured(home):
    """A config file with a saved view."""
    return write_quick_view()


async def save_as(app, name):
    """Type over the name that is offered, and save."""
    await app.press("V")
    await app.type(name)
    await app.press("enter")


async def test_what_is_typed_is_saved_under_a_name_and_offered_from_then_on(
    sluice, mixed, configured, files
):
    async with sluice() as app:
        await app.press("slash")
        await app.type("st:triaged,processed")
        await app.press("enter", "V")
        assert "triaged processed" in app.picture
        await app.type("on the way")
        await app.press("enter")
        assert app.toast == "Saved the view on the way. v opens it."
        await app.press("escape")
        await choose(app, "on the way")
        assert app.shown == ["The triaged one", "The processed one"]
    assert views_text() == ["on the way: st:triaged,processed"]
    assert "quick" in configured.read_text() and "on the way" not in configured.read_text()
    assert files.changes == {}
    async with sluice() as app:
        await app.press("v")
        names = [line[2:].split("  ")[0] for line in app.picker]
        assert names[-4:] == ["quick", "on the way", "snoozed", "proposed"]
        assert app.picker[-3].startswith("=")


async def test_a_name_that_exists_is_asked_about_once(sluice, mixed, configured):
    async with sluice() as app:
        await save_as(app, "quick")
        assert "A view named quick exists; enter again replaces it" in app.picture
        assert views_on_disk()["quick"].query == "by:some"
        await app.press("enter")
        assert views_on_disk()["quick"].query == "status:raw"
        await save_as(app, "raw")
        await app.press("x", "backspace", "enter")
        assert "A view named raw exists" in app.picture
        await app.press("escape")
    assert "raw" not in views_on_disk()


async def test_a_wrong_query_is_reported_under_its_field_and_not_saved(sluice, mixed, configured):
    query, sentence = "stats:raw", "is not a field; did you mean status:"
    async with sluice() as app:
        await app.press("v")
        await app.type("quick")
        await app.press("ctrl+e", "tab", "home", "ctrl+k")
        await app.type(query)
        await app.press("enter")
        lines = app.picture.splitlines()
        at = next(index for index, line in enumerate(lines) if sentence in line)
        assert "query" in lines[at - 1] and query in lines[at - 1]
        assert views_on_disk()["quick"].query == "by:some"
        await app.press("home", "ctrl+k")
        await app.type("status:triaged")
        await app.press("enter")
        assert views_on_disk()["quick"] == View("quick", "status:triaged")
        assert any("quick" in line and "1  status:triaged" in line for line in app.picker)


async def test_a_wrong_order_and_a_missing_name_are_reported_too(sluice, mixed, configured):
    async with sluice() as app:
        await app.press("V", "tab", "tab")
        await app.type("colour")
        await app.press("enter")
        assert "Unknown sort field colour" in app.picture
        await app.press("ctrl+u", "up", "up", "end", "ctrl+u", "enter")
        assert "A view needs a name." in app.picture
        assert isinstance(app.app.screen, ViewBox)
        await app.press("escape")
    assert list(views_on_disk()) == ["quick"]


async def test_a_built_in_view_that_is_edited_is_overridden_until_that_is_deleted(sluice, mixed):
    async with sluice() as app:
        await app.press("v", "ctrl+e", "tab", "home", "ctrl+k")
        await app.type("status:triaged")
        await app.press("enter", "escape")
        assert app.shown == ["The triaged one"]
        assert views_on_disk() == {"raw": View("raw", "status:triaged")}
        await app.press("v", "ctrl+d")
        assert "ctrl+d again deletes it" in app.under_picker_cursor
        assert list(views_on_disk()) == ["raw"]
        await app.press("ctrl+d")
        assert views_on_disk() == {}
        await app.press("ctrl+d")
        assert "Cannot be deleted" in app.under_picker_cursor
        await app.press("escape")
        assert len(app.shown) == 5


async def test_keys_typed_while_a_view_is_saved_go_to_what_is_open_afterwards(sluice, mixed, late):
    async with sluice() as app:
        late(app, saved_views, "save_view")
        late(app, saved_views, "remove_view")
        await app.press("v", "ctrl+e", "tab", "home", "ctrl+k")
        await app.type("status:triaged")
        await app.burst("enter", "escape", "v", "2")
        assert app.app.screen is app.screen
        assert app.session.board.worklist.view == "triaged"
        await app.burst("v", "1", "v", "ctrl+d", "ctrl+d", "escape", "j")
        assert views_on_disk() == {}
        assert app.title == "Bridges over water"


async def test_ctrl_c_twice_quits_while_the_disk_does_not_answer(sluice, mixed, monkeypatch):
    asked, disk, answers = threading.Event(), threading.Event(), []

    def save(*_):
        asked.set()
        answers.append(disk.wait(10))

    monkeypatch.setattr(saved_views, "save_view", save)
    monkeypatch.setattr(key_order, "DISK_PATIENCE", 60)
    async with sluice() as app:
        await app.press("v", "ctrl+e")
        app.send(Key("enter", None))
        while not asked.is_set():
            await asyncio.sleep(0)
        for key in ("j", "ctrl+c", "ctrl+c"):
            app.send(Key(key, None))
        while not app.app._exit:
            await asyncio.sleep(0)
        assert answers == []
        disk.set()


async def test_what_was_asked_about_a_view_stays_when_its_count_comes(
    sluice, mixed, configured, late
):
    async with sluice() as app:
        late(app, app.session.desk, "matching")
        await app.press("v", "pagedown", "pagedown", "up", "up", "ctrl+d")
        assert "ctrl+d again deletes it" in app.under_picker_cursor
        assert any("raw" in line and "5" in line for line in app.picker)
        await app.press("up", "ctrl+d")
        assert "Cannot be deleted" in app.under_picker_cursor
        await app.press("down", "ctrl+d", "ctrl+d")
    assert views_on_disk() == {}


async def test_broken_saved_views_are_reported_and_kept_and_the_others_are_offered(
    sluice, mixed, configured
):
    views = configured.with_name("views.yaml")
    views.write_text("good: [\n")
    async with sluice() as app:
        assert "The views you saved are missing: " in app.toast
        assert "is not valid YAML" in app.toast
        await app.press("v")
        assert any(" quick " in line for line in app.picker)
        await app.press("escape")
        await save_as(app, "mine")
        assert "is not valid YAML" in " ".join(app.picture.split())
        assert views.read_text() == "good: [\n"
        views.write_text("good: by:other\n")
        await app.press("enter")
        assert app.toast == "Saved the view mine. v opens it."
    assert views_text() == ["good: by:other", "mine: status:raw"]


async def test_what_was_asked_about_one_view_deletes_no_other(sluice, mixed, configured):
    configured.write_text("views: {one: x, two: y}\n")
    async with sluice() as app:
        await app.press("v")
        await app.press("pagedown", "pagedown", "up", "up", "up")
        assert " one " in app.under_picker_cursor
        await app.press("ctrl+d", "down", "ctrl+d")
        assert list(views_on_disk()) == ["one", "two"]
        await app.press("ctrl+d")
        assert list(views_on_disk()) == ["one"]


async def test_saving_works_on_a_small_screen(sluice, mixed):
    async with sluice(size=NARROW) as app:
        await save_as(app, "mine")
        assert list(views_on_disk()) == ["mine"]
        await app.press("v")
        assert any("mine" in line for line in app.picker)


async def test_views_are_counted_again_after_an_error_in_counting(sluice, mixed):
    def fail():
        raise ZeroDivisionError

    async with sluice() as app:
        desk, counts = app.session.desk, app.session.view_counts
        desk.keep_snoozes = fail
        app.screen.enter(counts.start)
        await app.settled()
        assert "Internal error in sluice (ZeroDivisionError" in " ".join(app.toasts)
        del desk.keep_snoozes
        before = counts.of(app.session._views.named("triaged"))
        await app.press("p")
        assert int(counts.of(app.session._views.named("triaged"))) == int(before) + 1
