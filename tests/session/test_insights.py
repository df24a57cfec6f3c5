"""i writes an insight down; I opens the pane where insights are edited, ordered and deleted."""

import pytest

from tests.samples import Files, insights

NAME = "SOURCE-001-apples.md"


def edit(app, index):
    """Open an insight in the field, as e does in the pane."""
    app.press("I")
    app.enter(app.session.edit_insight, index)


def change(app, *order):
    """Leave these insights in this order, as the keys of the pane do."""
    app.press("I")
    assert app.enter(app.session.noter.change, order)
    app.settled()


def in_field(app):
    """The text in the field for an insight, which is open."""
    assert app.number
    return app.written[0]


def test_a_second_insight_adds_one_line(sluice, vault):
    with sluice() as app:
        app.press("i")
        app.type("first")
        app.press("enter")
        files = Files(vault)
        app.press("i")
        app.type("second")
        app.press("enter")
    assert insights(vault / NAME) == ["first", "second"]
    assert len([line for line in files.lines(NAME) if line.startswith("+")]) == 1


def test_a_draft_survives_quitting_without_esc(sluice, files, vault):
    with sluice() as app:
        app.press("i", *"not yet done")
    assert files.changes == {}
    with sluice() as app:
        app.press("i")
        assert in_field(app) == "not yet done"
        app.press("enter")
    assert insights(vault / NAME) == ["not yet done"]
    with sluice() as app:
        app.press("i")
        assert in_field(app) == ""


def test_an_empty_insight_is_not_written(sluice, files):
    with sluice() as app:
        app.press("i", "enter")
        assert app.focus == "queue"
        app.press("i", "space", "space", "enter")
        assert app.focus == "queue"
    assert files.changes == {}


def test_an_insight_that_is_there_already_is_refused_and_stays_in_the_field(sluice, vault):
    with sluice() as app:
        app.press("i")
        app.type("same")
        app.press("enter")
        files = Files(vault)
        app.press("i")
        app.type("same")
        app.press("enter")
        assert "already exists" in app.toast
        assert in_field(app) == "same"
        assert app.focused == "insights"
        app.press(*" but different", "enter")
        assert app.focus == "queue"
    assert insights(vault / NAME) == ["same", "same but different"]
    assert len(files.changes) == 1


@pytest.fixture
def three(vault, write):
    """A vault whose first source has three insights."""
    return write(1, "Apples in autumn", key_insights='[one, "two", three]')


def test_an_edit_that_is_left_with_esc_is_not_written(sluice, vault, three):
    with sluice() as app:
        edit(app, 0)
        app.press(*" more", "escape")
        assert app.focus == "list"
        assert "Draft kept" in app.toast
        edit(app, 0)
        assert in_field(app) == "one more"
        app.press("escape")
        edit(app, 1)
        assert in_field(app) == "two"
    assert insights(vault / NAME) == ["one", "two", "three"]
    with sluice() as app:
        edit(app, 0)
        app.press("enter")
        edit(app, 0)
        assert in_field(app) == "one more"
    assert insights(vault / NAME) == ["one more", "two", "three"]


def test_an_insight_is_deleted_and_undo_brings_it_back(sluice, vault, three):
    with sluice() as app:
        change(app, 0, 2)
        assert insights(vault / NAME) == ["one", "three"]
        app.press("u")
        assert insights(vault / NAME) == ["one", "two", "three"]


def test_i_in_the_insights_pane_adds_one(sluice, vault):
    with sluice() as app:
        app.press("I", "i", *"added", "enter")
    assert insights(vault / NAME) == ["added"]


def test_undo_takes_an_insight_back_and_leaves_the_first_bytes(sluice, files):
    with sluice() as app:
        app.press("i", *"a thought", "enter", "u")
        assert app.toast.startswith("Undid")
    assert files.changes == {}


def test_text_where_a_list_is_meant_becomes_the_first_insight(sluice, vault, write):
    path = write(9, "Quoted emptiness", key_insights="''")
    with sluice() as app:
        app.go_to("Quoted")
        app.press("i")
        app.type("now a list")
        app.press("enter")
    assert insights(path) == ["now a list"]


def test_an_edit_finds_its_insight_where_others_moved_it(sluice, vault, three):
    with sluice() as app:
        edit(app, 1)
        app.type(" or so")
        three.write_text(three.read_text().replace('[one, "two", three]', "[zero, one, two]"))
        app.press("enter")
        assert "zero" in app.toast
        assert in_field(app) == "two or so"
        app.press("enter")
    assert insights(three) == ["zero", "one", "two or so"]


def test_an_edit_of_an_insight_that_others_took_out_adds_it(sluice, vault, three):
    with sluice() as app:
        edit(app, 2)
        app.type("!")
        three.write_text(three.read_text().replace('[one, "two", three]', "[one]"))
        app.press("enter")
        # Only when the refusal has come is the next one about the text that is back.
        app.press("enter")
        assert app.focused == "insights"
    assert insights(three) == ["one", "three!"]


def test_a_command_from_the_palette_closes_the_field_of_the_source_it_leaves(sluice, files):
    with sluice() as app:
        app.press("i")
        app.type("about apples")
        app.command("app.palette")
        app.type("promote to the next")
        app.press("enter")
        assert app.here == "SOURCE-002-bridges.md"
        assert not app.number
        assert app.focus == "queue"
        app.press("enter", "escape")
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


def test_an_insight_added_from_the_pane_leaves_the_keys_there(sluice, vault):
    with sluice() as app:
        app.press("i")
        app.type("first")
        app.press("enter")
        assert app.focus == "queue"
        app.press("I", "i")
        app.type("second")
        app.press("enter")
        assert app.focus == "list"
        app.press("i", "escape")
        assert app.focus == "list"
        change(app, 1, 0)
    assert insights(vault / NAME) == ["second", "first"]


def test_a_search_from_the_palette_leaves_the_field(sluice, files):
    with sluice() as app:
        app.press("i")
        app.type("about apples")
        app.command("app.palette")
        app.type("search")
        app.press("enter")
        assert not app.number
        app.type("clocks")
        app.press("enter")
        assert app.title == "Clocks without hands"
    assert files.changes == {}


def test_a_view_from_the_palette_leaves_the_field(sluice, files):
    with sluice() as app:
        app.press("i")
        app.type("about apples")
        app.command("app.palette")
        app.type("views")
        app.press("enter")
        app.type("triaged")
        app.press("enter")
        assert not app.number
        assert app.shown == []
    assert files.changes == {}


def test_a_second_insight_saved_while_the_first_is_on_its_way_leaves_no_draft(sluice, vault):
    with sluice() as app:
        app.hasten("i", *"first", "enter", "i", *"second", "enter")
        app.settled()
        assert not app.session.noter.has_draft(NAME)
        app.press("i")
        assert in_field(app) == ""
    assert insights(vault / NAME) == ["first", "second"]
