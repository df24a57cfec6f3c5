"""v opens another view; what was decided leaves when a view is opened."""

import pytest

from tests.samples import (
    views_on_disk,
    views_text,
    write_mixed,
    write_quick_view,
    write_source,
)
from tui.session.questions import EditView, PickView
from tui.state import saved_views
from tui.state.config import load_config
from tui.state.folders import user_folders
from tui.state.views import View
from tui.triage.schema import load_schema


@pytest.fixture
def mixed(vault):
    """A source in each status, and one whose header is broken."""
    return write_mixed(vault)


def test_the_app_opens_on_the_raw_sources(sluice, mixed):
    with sluice() as app:
        assert app.figures[:3] == ("raw", 5, 9)
        assert "The triaged one" not in app.shown


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("triaged", ["The triaged one"]),
        ("processed", ["The processed one"]),
        ("problems", ["Broken one"]),
    ],
)
def test_a_view_shows_its_sources(sluice, mixed, view, titles):
    with sluice() as app:
        app.press("v")
        app.type(view)
        app.press("enter")
        shown = app.shown
        assert [title for title in shown if title in titles] == titles
        assert set(shown) <= {*titles, "The integrated one"}
        assert app.figures.view == view


def test_all_shows_every_source(sluice, mixed):
    with sluice() as app:
        app.press("v")
        assert app.box.notes["all"].split()[0] == "9"
        app.type("all")
        app.press("enter")
        assert len(app.shown) == 9


def test_a_slot_opens_a_view_at_once_and_the_cursor_is_at_its_first_source(sluice, mixed):
    with sluice() as app:
        app.press("j", "j", "v", "2")
        assert app.title == "The triaged one"
        assert app.is_on_top
        assert app.focus == "queue"


def test_esc_keeps_the_view_and_the_place(sluice, mixed):
    with sluice() as app:
        app.press("j", "j", "v")
        app.type("all")
        app.press("escape")
        assert app.title == "Clocks without hands"
        assert len(app.shown) == 5


def test_a_view_leaves_the_search(sluice, mixed):
    with sluice() as app:
        app.press("slash")
        app.type("clocks")
        app.press("enter", "v", "2")
        assert app.bar == ""
        assert app.shown == ["The triaged one"]


def test_an_empty_view_says_what_to_do(sluice):
    with sluice() as app:
        app.press("v", "2")
        assert app.shown == []
        assert "Nothing in triaged" in app.rows.empty_text
        assert "v opens another view" in app.rows.empty_text
        app.press("p")
        assert "no source under the cursor" in app.toast
        app.press("j", "k", "G", "g", "pagedown", "ctrl+d")
        assert app.toast == ""
        app.press("v", "1")
        assert len(app.shown) == 4


def test_a_view_of_the_vaults_own_schema_is_offered(sluice, mixed, files):
    (mixed / "sluice.yaml").write_text("views:\n  cold: tier:noise\n")
    write_source(mixed, 30, "Cold one", signal_tier="noise")
    with sluice() as app:
        app.press("v")
        app.type("cold")
        app.press("enter")
        assert app.shown == ["Cold one"]


def test_no_url_shows_what_no_browser_can_open(sluice, vault):
    write_source(vault, 11, "Inside", url="internal")
    write_source(vault, 12, "Nowhere", url="")
    with sluice() as app:
        app.open_view("no url")
        assert app.shown == ["Inside", "Nowhere"]


def test_duplicates_stand_side_by_side(sluice, vault):
    write_source(vault, 11, "Zebras", url="https://www.example.com/1/?utm_source=mail")
    write_source(vault, 12, "Bridges over watr")
    with sluice() as app:
        app.open_view("duplicates")
        assert app.shown == [
            "Apples in autumn", "Zebras", "Bridges over water", "Bridges over watr",
        ]  # fmt: skip


def test_a_duplicate_that_comes_from_outside_is_in_the_view_when_it_is_opened(sluice, vault):
    with sluice() as app:
        app.open_view("duplicates")
        assert app.shown == []
        assert "Nothing in duplicates" in app.rows.empty_text
        write_source(vault, 11, "Copied", url="https://example.com/1")
        app.noticed("SOURCE-011-copied.md")
        assert "Copied" in app.shown
        app.open_view("duplicates")
        assert app.shown == ["Apples in autumn", "Copied"]


def test_there_is_a_view_for_each_step_and_each_kind_of_trouble():
    assert list(load_schema().views) == [
        "raw", "triaged", "processed", "all", "problems", "integrated", "archived", "no URL",
        "duplicates", "looks wrong", "snoozed", "proposed",
    ]  # fmt: skip


# Saved views


@pytest.fixture
def configured(home):
    """A config file with a saved view."""
    return write_quick_view()


def save(app, **parts):
    """Change parts of the view in the box that is open, and save it."""
    question = app.box.question
    assert isinstance(question, EditView)
    view = question.view._replace(**parts)
    assert app.enter(question.fault_of, view) is None
    assert not app.enter(question.replaces, view.name)
    app.enter(question.save, view)
    app.settled()


def save_as(app, name):
    """Save the search or the view that is open under a name."""
    app.press("V")
    save(app, name=name)


def edit(app, view, **parts):
    """Change parts of a view from the list of views."""
    app.press("v")
    app.enter(app.box.question.on_edit, view)
    save(app, **parts)


def delete(app, view):
    """Delete a view from the list of views, which is open."""
    assert isinstance(app.box.question, PickView)
    assert view in app.box.question.saved()
    app.enter(app.box.question.on_delete, view)
    app.settled()


def test_the_view_that_is_open_is_saved_with_what_it_is_sorted_by(sluice, mixed):
    with sluice() as app:
        app.press("s")
        app.type("title")
        app.press("enter", "s", "enter")
        save_as(app, "backwards")
    assert views_on_disk() == {"backwards": View("backwards", "status:raw", "-title")}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stats:raw", "is not a field; did you mean status:"),
        ("status:rax", "No status rax; did you mean raw?"),
        ("published:>soon", "needs one date"),
    ],
)
def test_a_wrong_query_is_refused_before_it_is_saved(sluice, mixed, configured, query, sentence):
    with sluice() as app:
        app.press("v")
        app.enter(app.box.question.on_edit, "quick")
        question = app.box.question
        part, said = question.fault_of(question.view._replace(query=query))
        assert part == "query"
        assert sentence in said
        save(app, query="status:triaged")
        assert views_on_disk()["quick"] == View("quick", "status:triaged")
        assert app.box.notes["quick"] == "1  status:triaged"


def test_a_saved_view_gets_another_name_in_its_place(sluice, mixed, configured):
    views = configured.with_name("views.yaml")
    views.write_text("first: x\nquick: by:some\nlast: y\n")
    configured.unlink()
    with sluice() as app:
        app.open_view("quick")
        edit(app, "quick", name="slow")
        assert app.figures.view == "slow"
    assert views_text() == ["first: x", "slow: by:some", "last: y"]


def test_a_view_written_in_the_config_file_is_renamed_and_deleted_without_writing_there(
    sluice, mixed, configured
):
    before = configured.read_bytes()
    with sluice() as app:
        app.open_view("quick")
        edit(app, "quick", name="slow")
        assert app.figures.view == "slow"
    assert views_text() == ["slow: by:some", "quick: null"]
    with sluice() as app:
        app.press("v")
        assert "slow" in app.picker
        assert "quick" not in app.picker
        delete(app, "slow")
        assert "slow" not in app.picker
    assert views_on_disk() == {}
    assert configured.read_bytes() == before


def test_a_view_that_cannot_be_written_is_reported_in_its_box(sluice, mixed, home):
    (user_folders().state / "views.lock").mkdir(parents=True)
    with sluice() as app:
        save_as(app, "mine")
        assert "so the view is not saved" in app.box.complaint
        (user_folders().state / "views.lock").rmdir()
        save(app, name="mine")
        assert app.is_on_top
    assert views_text() == ["mine: status:raw"]


def test_a_view_saved_in_another_app_meanwhile_is_kept_and_offered(sluice, mixed):
    with sluice() as app:
        saved_views.save_view(user_folders(), View("theirs", "status:triaged"))
        save_as(app, "ours")
        app.press("v")
        assert "theirs" in app.picker
    assert views_text() == ["theirs: status:triaged", "ours: status:raw"]


def test_a_config_file_that_is_wrong_by_now_is_reported_and_left(sluice, mixed, configured):
    with sluice() as app:
        configured.write_text("advance: maybe\n")
        save_as(app, "mine")
        assert "`advance` is `maybe`" in app.box.complaint
        configured.write_text("advance: on # better\n")
        save(app, name="mine")
        assert app.toast == "Saved the view mine. v opens it."
    assert configured.read_text() == "advance: on # better\n"
    assert views_text() == ["mine: status:raw"]


def test_a_view_with_a_wrong_query_is_reported_when_it_is_opened(sluice, mixed, configured):
    configured.write_text('views: {bad: "stats:raw", odd: "x\\e[31m"}\n')
    with pytest.raises(Exception, match="not text on one line"):
        load_config(user_folders().config)
    configured.write_text('views: {bad: "stats:raw"}\n')
    with sluice() as app:
        app.press("v")
        assert app.box.notes["bad"] == "!  stats:raw"
        app.type("bad")
        app.press("enter")
        assert "did you mean" in app.toast
        assert len(app.shown) == 5
