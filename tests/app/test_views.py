"""v opens another view; what was decided leaves when a view is opened."""

import asyncio
import threading

import pytest
from textual.events import Key

from tests.app.conftest import NARROW, write_source
from tui.app import key_order
from tui.app.boxes.view import ViewBox
from tui.state import saved_views
from tui.state.config import load_config
from tui.state.folders import user_folders
from tui.state.views import View


@pytest.fixture
def mixed(vault):
    """A source in each status, and one whose header is broken."""
    for number, status in enumerate(("triaged", "processed", "integrated", "archived"), 10):
        write_source(vault, number, f"The {status} one", status=status)
    write_source(vault, 20, "Broken one", creator='""Quoted" badly')
    return vault


async def test_the_app_opens_on_the_raw_sources(sluice, mixed):
    async with sluice() as app:
        assert "raw  5 of 9" in app.picture
        assert "The triaged one" not in app.shown


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("triaged", ["The triaged one"]),
        ("processed", ["The processed one"]),
        ("problems", ["Broken one"]),
    ],
)
async def test_a_view_shows_its_sources(sluice, mixed, view, titles):
    async with sluice() as app:
        await app.press("v")
        await app.type(view)
        await app.press("enter")
        shown = app.shown
        assert [title for title in shown if title in titles] == titles
        assert set(shown) <= {*titles, "The integrated one"}
        assert view in app.picture.splitlines()[0]


async def test_all_shows_every_source(sluice, mixed):
    async with sluice() as app:
        await app.press("v")
        assert any("all" in line and "9" in line for line in app.picker)
        await app.type("all")
        await app.press("enter")
        assert len(app.shown) == 9


async def test_a_slot_opens_a_view_at_once_and_the_cursor_is_at_its_first_source(sluice, mixed):
    async with sluice() as app:
        await app.press("j", "j", "v", "2")
        assert app.title == "The triaged one"
        assert app.pane == "queue"


async def test_esc_keeps_the_view_and_the_place(sluice, mixed):
    async with sluice() as app:
        await app.press("j", "j", "v")
        await app.type("all")
        await app.press("escape")
        assert app.title == "Clocks without hands"
        assert len(app.shown) == 5


async def test_a_view_leaves_the_search(sluice, mixed):
    async with sluice() as app:
        await app.press("slash")
        await app.type("clocks")
        await app.press("enter", "v", "2")
        assert app.screen.search.value == ""
        assert app.shown == ["The triaged one"]


async def test_an_empty_view_says_what_to_do(sluice):
    async with sluice() as app:
        await app.press("v", "2")
        assert "Nothing in triaged" in app.picture
        assert "v opens another view" in app.picture
        await app.press("p", "j", "k", "G", "g", "pagedown", "ctrl+d")
        assert "no source under the cursor" in app.toast
        await app.press("v", "1")
        assert len(app.shown) == 4


async def test_a_view_of_the_vaults_own_schema_is_offered(sluice, mixed, files):
    (mixed / "sluice.yaml").write_text("views:\n  cold: tier:noise\n")
    write_source(mixed, 30, "Cold one", signal_tier="noise")
    async with sluice() as app:
        await app.press("v")
        await app.type("cold")
        await app.press("enter")
        assert app.shown == ["Cold one"]


async def choose(app, view):
    await app.press("v")
    await app.type(view)
    await app.press("enter")


async def test_no_url_shows_what_no_browser_can_open(sluice, vault):
    write_source(vault, 11, "Inside", url="internal")
    write_source(vault, 12, "Nowhere", url="")
    async with sluice() as app:
        await choose(app, "no url")
        assert app.shown == ["Inside", "Nowhere"]


async def test_duplicates_stand_side_by_side(sluice, vault):
    write_source(vault, 11, "Zebras", url="https://www.example.com/1/?utm_source=mail")
    write_source(vault, 12, "Bridges over watr")
    async with sluice() as app:
        await choose(app, "duplicates")
        assert app.shown == [
            "Apples in autumn", "Zebras", "Bridges over water", "Bridges over watr",
        ]  # fmt: skip


async def test_a_duplicate_that_comes_from_outside_is_in_the_view_when_it_is_opened(sluice, vault):
    async with sluice() as app:
        await choose(app, "duplicates")
        assert "Nothing in duplicates" in app.picture
        write_source(vault, 11, "Copied", url="https://example.com/1")
        app.session.outside.take(["SOURCE-011-copied.md"])
        await app.until(lambda: "Copied" in app.shown)
        await choose(app, "duplicates")
        assert app.shown == ["Apples in autumn", "Copied"]


def test_there_is_a_view_for_each_step_and_each_kind_of_trouble(sluice, vault):
    from tui.triage.schema import load_schema

    assert list(load_schema().views) == [
        "raw", "triaged", "processed", "all", "problems", "integrated", "archived", "no URL",
        "duplicates", "looks wrong",
    ]  # fmt: skip


# Saved views


def views_text():
    """The saved views on disk, without the heading."""
    lines = (user_folders().config / "views.yaml").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def saved():
    return load_config(user_folders().config).views


@pytest.fixture
def configured(home):
    """A config file with a comment and a view; no test's keys write to it."""
    folder = user_folders().config
    folder.mkdir(parents=True)
    path = folder / "config.yaml"
    path.write_text('# mine\nadvance: off  # stay\nviews:\n  quick: "by:some"\n')
    return path


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
        assert [line.split()[1] for line in app.picker][-3:] == ["looks", "quick", "on"]
        assert app.picker[-1].startswith("=")


async def test_the_view_that_is_open_is_saved_with_what_it_is_sorted_by(sluice, mixed):
    async with sluice() as app:
        await app.press("s")
        await app.type("title")
        await app.press("enter", "s", "enter")
        await save_as(app, "backwards")
    assert saved() == {"backwards": View("backwards", "status:raw", "-title")}


async def test_a_name_that_exists_is_asked_about_once(sluice, mixed, configured):
    async with sluice() as app:
        await save_as(app, "quick")
        assert "A view named quick exists; enter again replaces it" in app.picture
        assert saved()["quick"].query == "by:some"
        await app.press("enter")
        assert saved()["quick"].query == "status:raw"
        await save_as(app, "raw")
        await app.press("x", "backspace", "enter")
        assert "A view named raw exists" in app.picture
        await app.press("escape")
    assert "raw" not in saved()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stats:raw", "is not a field; did you mean status:"),
        ("status:rax", "No status rax; did you mean raw?"),
        ("published:>soon", "needs one date"),
    ],
)
async def test_a_wrong_query_is_reported_under_its_field_and_not_saved(
    sluice, mixed, configured, query, sentence
):
    async with sluice() as app:
        await app.press("v")
        await app.type("quick")
        await app.press("ctrl+e", "tab", "home", "ctrl+k")
        await app.type(query)
        await app.press("enter")
        lines = app.picture.splitlines()
        at = next(index for index, line in enumerate(lines) if sentence in line)
        assert "query" in lines[at - 1] and query in lines[at - 1]
        assert saved()["quick"].query == "by:some"
        await app.press("home", "ctrl+k")
        await app.type("status:triaged")
        await app.press("enter")
        assert saved()["quick"] == View("quick", "status:triaged")
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
    assert list(saved()) == ["quick"]


async def test_a_built_in_view_that_is_edited_is_overridden_until_that_is_deleted(sluice, mixed):
    async with sluice() as app:
        await app.press("v", "ctrl+e", "tab", "home", "ctrl+k")
        await app.type("status:triaged")
        await app.press("enter", "escape")
        assert app.shown == ["The triaged one"]
        assert saved() == {"raw": View("raw", "status:triaged")}
        await app.press("v", "ctrl+d")
        assert "ctrl+d again deletes it" in app.under_picker_cursor
        assert list(saved()) == ["raw"]
        await app.press("ctrl+d")
        assert saved() == {}
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
        assert saved() == {}
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
        await app.press("v", "pagedown", "pagedown", "ctrl+d")
        assert "ctrl+d again deletes it" in app.under_picker_cursor
        assert any("raw" in line and "5" in line for line in app.picker)
        await app.press("up", "ctrl+d")
        assert "Cannot be deleted" in app.under_picker_cursor
        await app.press("down", "ctrl+d", "ctrl+d")
    assert saved() == {}


async def test_a_saved_view_gets_another_name_in_its_place(sluice, mixed, configured):
    views = configured.with_name("views.yaml")
    views.write_text("first: x\nquick: by:some\nlast: y\n")
    configured.unlink()
    async with sluice() as app:
        await choose(app, "quick")
        await app.press("v", "ctrl+e", "home", "ctrl+k")
        await app.type("slow")
        await app.press("enter", "escape")
        assert "slow" in app.picture.splitlines()[0]
    assert views_text() == ["first: x", "slow: by:some", "last: y"]


async def test_a_view_written_in_the_config_file_is_renamed_and_deleted_without_writing_there(
    sluice, mixed, configured
):
    before = configured.read_bytes()
    async with sluice() as app:
        await choose(app, "quick")
        await app.press("v", "ctrl+e", "home", "ctrl+k")
        await app.type("slow")
        await app.press("enter", "escape")
        assert "slow" in app.picture.splitlines()[0]
    assert views_text() == ["slow: by:some", "quick: null"]
    async with sluice() as app:
        await app.press("v")
        assert any(" slow " in line for line in app.picker)
        assert not any(" quick " in line for line in app.picker)
        await app.press("pagedown", "pagedown", "ctrl+d", "ctrl+d")
        assert not any(" slow " in line for line in app.picker)
    assert saved() == {}
    assert configured.read_bytes() == before


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


async def test_a_view_that_cannot_be_written_is_reported_in_its_box(sluice, mixed, home):
    (user_folders().state / "views.lock").mkdir(parents=True)
    async with sluice() as app:
        await save_as(app, "mine")
        assert "so the view is not saved" in " ".join(app.picture.split())
        (user_folders().state / "views.lock").rmdir()
        await app.press("enter")
    assert views_text() == ["mine: status:raw"]


async def test_a_view_saved_in_another_app_meanwhile_is_kept_and_offered(sluice, mixed):
    async with sluice() as app:
        saved_views.save_view(user_folders(), View("theirs", "status:triaged"))
        await save_as(app, "ours")
        await app.press("v")
        assert any(" theirs " in line for line in app.picker)
    assert views_text() == ["theirs: status:triaged", "ours: status:raw"]


async def test_what_was_asked_about_one_view_deletes_no_other(sluice, mixed, configured):
    configured.write_text("views: {one: x, two: y}\n")
    async with sluice() as app:
        await app.press("v")
        await app.press("pagedown", "pagedown", "up")
        assert " one " in app.under_picker_cursor
        await app.press("ctrl+d", "down", "ctrl+d")
        assert list(saved()) == ["one", "two"]
        await app.press("ctrl+d")
        assert list(saved()) == ["one"]


async def test_a_config_file_that_is_wrong_by_now_is_reported_and_left(sluice, mixed, configured):
    async with sluice() as app:
        configured.write_text("advance: maybe\n")
        await save_as(app, "mine")
        assert "`advance` is `maybe`" in " ".join(app.picture.split())
        configured.write_text("advance: on # better\n")
        await app.press("enter")
        assert app.toast == "Saved the view mine. v opens it."
    assert configured.read_text() == "advance: on # better\n"
    assert views_text() == ["mine: status:raw"]


async def test_a_view_with_a_wrong_query_is_reported_when_it_is_opened(sluice, mixed, configured):
    configured.write_text('views: {bad: "stats:raw", odd: "x\\e[31m"}\n')
    with pytest.raises(Exception, match="not text on one line"):
        load_config(user_folders().config)
    configured.write_text('views: {bad: "stats:raw"}\n')
    async with sluice() as app:
        await app.press("v")
        assert any("bad" in line and "!  stats:raw" in line for line in app.picker)
        await app.type("bad")
        await app.press("enter")
        assert "did you mean" in app.toast
        assert len(app.shown) == 5


async def test_saving_works_on_a_small_screen(sluice, mixed):
    async with sluice(size=NARROW) as app:
        await save_as(app, "mine")
        assert list(saved()) == ["mine"]
        await app.press("v")
        assert any("mine" in line for line in app.picker)
