"""Which sources are in which notebook, and what a typed name means."""

from datetime import date

import pytest

from tui.errors import EditRefused, ValueRefused
from tui.links import name_of
from tui.notebooks.members import Members, names_of
from tui.notebooks.sent import Sent, read_sent, sent_of, sent_to
from tui.notebooks.shelf import Shelf

ODD = (" leading", 'say "hi"', "me@home", "分类 🧠", "[[A link]]", "a, b", "yes", "2025", "- x: y")


@pytest.fixture
def shelf_of():
    return lambda schema, *sources: Shelf(schema, lambda: sources)


def test_a_source_can_be_in_several_notebooks_or_in_none(schema, make):
    both, one, none = (
        make("a.md", notebooks=["B", "A"]),
        make("b.md", notebooks="A"),
        make("c.md", notebooks=None),
    )
    members = Members(schema, [both, one, none])
    assert members.names == ("A", "B")
    assert members.of("A") == [both, one]
    assert members.without == [none]
    assert members.counts() == {"A": 2, "B": 1}


def test_planned_notebooks_come_first_in_their_order_and_without_members(schema_of, make):
    schema = schema_of("notebooks: {names: [Zebra, Mole]}")
    members = Members(schema, [make(notebooks=["ant", "mole", "Bee"])])
    assert members.names == ("Zebra", "Mole", "ant", "Bee")
    assert names_of(schema, make(notebooks=["mole", "Mole"])) == ("Mole",)


@pytest.mark.parametrize("name", ODD)
def test_a_name_stays_as_it_is_written(schema, make, name):
    # A link to a note is called by the note's name.
    shown = name_of(name)
    assert names_of(schema, make(notebooks=[name])) == (shown,)
    assert Members(schema, [make(notebooks=[name])]).found(name) == shown
    assert read_sent(f"{name}@2026-11-30") == Sent(name, date(2026, 11, 30))
    assert read_sent(Sent(name, date(2026, 11, 30)).text).notebook == name


def test_a_typed_name_is_found_exactly_then_without_case_then_without_spaces(schema, make):
    members = Members(schema, [make(notebooks=["Rust", "RUST", " Été  à Paris", "Ants"])])
    assert members.found("RUST") == "RUST"
    assert members.found("ants") == "Ants"
    assert members.found("e\u0301te\u0301 a\u0300 paris") == " Été  à Paris"
    assert members.found("new") is None
    with pytest.raises(ValueRefused, match="write it exactly"):
        members.found("rust")


def test_an_unknown_name_is_refused_with_those_that_are_near(schema, make):
    with pytest.raises(ValueRefused, match="did you mean Ants"):
        Members(schema, [make(notebooks=["Ants"])]).meant("Antz")


def test_adding_keeps_the_order_and_the_form_of_what_is_there(schema, make, shelf_of):
    source = make(notebooks=["B", 2025])
    planned = shelf_of(schema, source).add("A", "b", "2025")(schema, [source])
    assert [edit.value for edit in planned.edits] == [("B", 2025, "A", "b")]
    same = shelf_of(schema, source).add("B")(schema, [source])
    assert not same.edits
    assert same.label == "into B"


def test_putting_and_removing_is_one_edit(schema, make, shelf_of):
    source = make(notebooks=["B", "C"])
    planned = shelf_of(schema, source).put(["A"], ["B"])(schema, [source])
    assert [edit.value for edit in planned.edits] == [("C", "A")]
    assert planned.label == "into A, out of B"


def test_a_category_as_notebook_is_replaced_with_a_warning(schema_of, make, shelf_of):
    schema = schema_of("notebooks: {from: notebooklm_category}")
    source = make(notebooklm_category="general")
    shelf = shelf_of(schema, source)
    assert shelf.is_single
    planned = shelf.add(shelf.name_for("CLAUDE-code"))(schema, [source])
    assert [edit.value for edit in planned.edits] == ["claude-code"]
    assert planned.warnings == (
        "notebooklm_category has one value, so claude-code replaces general",
    )
    listed = make(notebooklm_category=["general"])
    planned = shelf.add("claude-code")(schema, [listed])
    assert [edit.value for edit in planned.edits] == [("general", "claude-code")]


def test_a_rename_reaches_members_and_deliveries(schema, make, shelf_of):
    member = make("a.md", notebooks=["x", "Old", "New"], notebooks_sent=["Old@2026-11-01"])
    left = make("b.md", notebooks_sent=["Old@2026-11-02", "x@2026-11-02"])
    shelf = shelf_of(schema, member, left, make("c.md"))
    assert shelf.having("Old") == [member, left]
    planned = shelf.rename("Old", "New")(schema, shelf.having("Old"))
    assert {(edit.source.name, edit.field): edit.value for edit in planned.edits} == {
        ("a.md", "notebooks"): ("x", "New"),
        ("a.md", "notebooks_sent"): ("New@2026-11-01",),
        ("b.md", "notebooks_sent"): ("New@2026-11-02", "x@2026-11-02"),
    }


def test_a_second_delivery_replaces_the_first_at_its_place(schema, make, shelf_of):
    source = make(notebooks_sent=["A@2026-11-01", "me@home@2026-11-01", "no day"])
    shelf = shelf_of(schema, source)
    planned = shelf.mark_sent("A", date(2026, 12, 1))(schema, [source])
    assert planned.edits[0].value == ("A@2026-12-01", "me@home@2026-11-01", "no day")
    assert not shelf.mark_sent("A", date(2026, 11, 1))(schema, [source]).edits
    planned = shelf.unmark_sent("me@home")(schema, [source])
    assert planned.edits[0].value == ("A@2026-11-01", "no day")
    assert [sent.day for sent in sent_of(schema, source)][2] is None
    assert sent_to(schema, source, "me@home") == Sent("me@home", date(2026, 11, 1))


@pytest.mark.parametrize("name", ["", "  ", "a\nb"])
def test_what_cannot_be_a_name_is_refused(schema, make, shelf_of, name):
    with pytest.raises(ValueRefused):
        shelf_of(schema, make()).name_for(name)


def test_a_vault_without_notebooks_refuses_and_says_what_helps(schema_of, make, shelf_of):
    schema = schema_of("roles: {notebooks: null}")
    shelf = shelf_of(schema, make(notebooks=["A"]))
    assert shelf.members().names == ()
    with pytest.raises(EditRefused, match=r"sluice\.yaml"):
        shelf.add("A")(schema, [make()])


def test_a_link_is_written_as_typed_and_only_once(schema, make, shelf_of):
    source = make(notebooks=["x"])
    shelf = shelf_of(schema, source)
    name = shelf.name_for("[[Notes/A link]]")
    planned = shelf.add(name)(schema, [source])
    assert planned.edits[0].value == ("x", "[[Notes/A link]]")
    there = make(notebooks=["x", "[[Notes/A link]]"])
    assert not shelf.add(name)(schema, [there]).edits
    assert not shelf.add("A link")(schema, [there]).edits
    planned = shelf.rename("A link", "x")(schema, [there])
    assert planned.edits[0].value == ("x",)


def test_a_field_for_one_value_can_have_a_name_with_a_comma(schema_of, make, shelf_of):
    schema = schema_of("notebooks: {from: creator}")
    source = make(creator="Clark, Wolff & Co")
    shelf = shelf_of(schema, source)
    assert shelf.members().names == ("Clark, Wolff & Co",)
    planned = shelf.rename("Clark, Wolff & Co", "a, b")(schema, [source])
    assert [edit.value for edit in planned.edits] == ["a, b"]
    planned = shelf.remove("Clark, Wolff & Co")(schema, [source])
    assert [edit.value for edit in planned.edits] == [None]
