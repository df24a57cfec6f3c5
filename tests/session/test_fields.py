"""f asks for any field, then for its value in the box that fits the field's kind."""

from datetime import date, timedelta

import pytest

from tests.samples import Files, header
from tui.session.questions import EditLine, EditList, TurnItems

NAME = "SOURCE-001-apples.md"


def field(app, letters):
    """Press f and choose the field that the letters find."""
    app.press("f")
    app.type(letters)
    app.press("enter")


def judge(app, text):
    """What the box that is open makes of a text."""
    assert isinstance(app.box.question, EditLine)
    return app.enter(app.box.question.judge, text)


def save(app, text):
    """Save a text that the box accepts."""
    assert judge(app, text).fits
    return app.box.save(text)


def test_every_field_is_listed_with_its_value_and_its_meaning(sluice, write):
    write(0, "Aardvarks", id="SOURCE-0\nmood: sunny")
    with sluice() as app:
        app.press("f")
        notes = app.box.notes
        assert "web" in notes["platform"]
        assert "site or medium" in notes["platform"]
        assert "[3] one, two, three" in notes["topics"]
        assert "sunny" in notes["mood"]
        assert "not in the schema" in notes["mood"]
        assert set(app.session.desk.schema.fields) < set(notes)


def test_a_closed_field_offers_its_values_and_takes_one_by_its_digit(sluice, files):
    with sluice() as app:
        field(app, "tier")
        assert "changes how you think" in app.box.options[0].note
        assert app.box.under_cursor.value == "tactical"
        app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
        field(app, "platform")
        app.type("podc")
        app.press("enter")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed", "+ signal_tier: paradigm # guessed",
        "- platform: web", "+ platform: podcast",
    ]  # fmt: skip


def test_a_value_can_be_cleared(sluice, files):
    with sluice() as app:
        field(app, "teleology")
        app.press("0")
        assert app.toast == "no teleology, was extract · u undoes"
    assert files.lines(NAME) == ["- teleology: extract", "+ teleology: null"]


def test_a_closed_field_takes_no_other_value(sluice, files):
    with sluice() as app:
        field(app, "platform")
        app.type("myspace")
        assert app.picker == []
        app.press("enter", "escape")
    assert files.changes == {}


def test_the_status_goes_by_the_rules_of_moves(sluice, files):
    with sluice() as app:
        field(app, "status")
        app.press("j", "enter")
        assert "raw and cannot become processed" in app.toast
        field(app, "status")
        app.press("p")
        assert app.dimmed(NAME)
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


def test_a_date_is_shown_as_it_is_meant_before_it_is_saved(sluice, files):
    meant = date.today() - timedelta(days=3)
    with sluice() as app:
        field(app, "published")
        said = judge(app, "-3d")
        assert said.sentence == f"{meant:%A}, {meant.isoformat()} · 3 days ago"
        assert said.meant
        assert files.changes == {}
        assert save(app, "-3d")
    assert files.lines(NAME)[1] == f"+ date_published: {meant.isoformat()}"


def test_digits_alone_are_a_date(sluice, files):
    with sluice() as app:
        field(app, "captured")
        assert save(app, "20260301")
    assert files.lines(NAME) == ["+ captured_date: 2026-03-01"]


def test_a_bool_is_yes_no_or_nothing(sluice, vault):
    with sluice() as app:
        field(app, "transcript")
        app.press("y")
        assert "has_transcript: yes\n" in (vault / NAME).read_text()
        field(app, "transcript")
        app.press("0")
    assert header(vault / NAME)["has_transcript"] is None


def test_a_url_must_be_one(sluice, files):
    with sluice() as app:
        field(app, "url")
        said = judge(app, "example.org")
        assert not said.fits
        assert said.sentence.startswith("url: ")
        assert save(app, "https://example.org")
    assert files.lines(NAME)[1] == "+ url: https://example.org"


@pytest.mark.parametrize("text", ["no", "a: b", "2026-01-01", "@x", 'it\'s "so"', "[x]", "# y"])
def test_a_text_is_read_back_as_it_was_typed(sluice, vault, files, text):
    with sluice() as app:
        field(app, "creator")
        assert save(app, text)
    assert header(vault / NAME)["creator"] == text
    assert len(files.lines(NAME)) == 2


def test_an_emptied_text_clears_the_field(sluice, files):
    with sluice() as app:
        field(app, "creator")
        assert "leave empty to clear it" in judge(app, "").sentence
        assert save(app, "")
    assert files.lines(NAME) == ["- creator: Someone", "+ creator: null"]


def test_a_draft_stays_with_a_file_that_is_renamed(sluice, vault):
    with sluice() as app:
        field(app, "creator")
        app.enter(app.box.question.keep, "Someone Else")
        app.press("escape")
        (vault / NAME).rename(vault / "SOURCE-001-renamed.md")
        app.noticed(NAME, "SOURCE-001-renamed.md")
        assert app.here == "SOURCE-001-renamed.md"
        field(app, "creator")
        assert app.box.question.draft == "Someone Else"


def test_what_others_wrote_meanwhile_is_reported_before_it_is_written_over(sluice, vault):
    path = vault / NAME
    with sluice() as app:
        field(app, "creator")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Theirs"))
        app.noticed(NAME)
        assert app.session.board.current.text("creator") == "Theirs"
        assert not app.box.save("Someone Else")
        assert "another program changed creator to “Theirs”" in app.toast
        assert "creator: Theirs" in path.read_text()
        assert app.box.save("Someone Else")
    assert "creator: Someone Else" in path.read_text()


def test_items_that_are_not_texts_stay_what_they_are(sluice, write, vault):
    path = write(0, "Aardvarks", aliases="[2026-01-01, 7, x]")
    files = Files(vault)
    with sluice() as app:
        field(app, "aliases")
        assert app.box.question.texts == ("2026-01-01", "7", "x")
        assert app.box.save((1, 0))
    assert header(path)["aliases"] == [7, date(2026, 1, 1)]
    assert files.lines(path.name)[1] == "+ aliases: [7, 2026-01-01]"


def test_an_unknown_field_keeps_its_kind(sluice, write):
    path = write(0, "Aardvarks", id="SOURCE-0\nstars: 4\nplaces: [a]\nmap: {x: 1}")
    with sluice() as app:
        field(app, "stars")
        said = judge(app, "5")
        assert (said.sentence, said.meant) == ("a number, as before", True)
        assert save(app, "5")
        field(app, "places")
        assert isinstance(app.box.question, EditList)
        assert app.box.save((0, "b"))
        field(app, "map")
        assert "map contains fields of its own" in app.toast
        assert app.is_on_top
    assert header(path)["stars"] == 5
    assert header(path)["places"] == ["a", "b"]


def test_a_header_beyond_repair_is_reported_before_anything_is_typed(sluice, write, vault):
    path = write(0, "Aardvarks")
    path.write_text(path.read_text().replace("platform: web", "nobody's line"))
    files = Files(vault)
    with sluice() as app:
        app.press("f")
        assert app.toast.startswith("“Aardvarks”: no safe repair, line 7 does not belong")
        assert app.is_on_top
    assert files.changes == {}


def test_the_picker_begins_at_the_field_edited_last(sluice):
    with sluice() as app:
        field(app, "creator")
        app.press("escape", "j", "f")
        assert app.box.under_cursor.value == "creator"


def test_a_field_of_all_marked_is_one_change(sluice, files, vault):
    with sluice() as app:
        app.press("x", "x", "x")
        field(app, "creator")
        assert app.box.question.heading == "creator of 3 marked"
        assert save(app, "Someone Else")
        assert app.toast == "creator: Someone Else, was Someone · 3 sources · u undoes"
        assert len(files.changes) == 3
        app.press("u")
    assert files.changes == {}


def test_marked_sources_that_differ_are_reported_and_one_value_becomes_that_of_all(sluice, vault):
    path = vault / NAME
    path.write_text(path.read_text().replace("Someone", "Ada"))
    with sluice() as app:
        app.press("x", "x", "f")
        assert "2 values" in app.box.notes["creator"]
        app.type("creator")
        app.press("enter")
        assert app.box.question.text == ""
        assert "the sources differ" in judge(app, "").sentence
        assert save(app, "Both")
    assert header(path)["creator"] == "Both"
    assert header(vault / "SOURCE-002-bridges.md")["creator"] == "Both"


def test_a_list_of_marked_sources_gains_and_loses_items(sluice, vault, write):
    write(0, "Aardvarks", aliases="[old, gone]")
    with sluice() as app:
        app.press("x", "x")
        field(app, "aliases")
        assert isinstance(app.box.question, TurnItems)
        assert list(app.box.question.lists) == [("old", "gone"), ()]
        assert app.box.save(("old", "shared"), ("gone",))
    for name in ("SOURCE-000-aardvarks.md", NAME):
        assert header(vault / name)["aliases"] == ["old", "shared"]


def test_what_others_wrote_into_one_of_the_marked_is_left_and_reported(sluice, vault):
    path = vault / NAME
    with sluice() as app:
        app.press("x", "x")
        field(app, "creator")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Theirs"))
        app.noticed(NAME)
        assert app.session.desk.vault.get(NAME).text("creator") == "Theirs"
        app.box.save("Someone Else")
        assert "1 refused" in app.toast
    assert header(path)["creator"] == "Theirs"
    assert header(vault / "SOURCE-002-bridges.md")["creator"] == "Someone Else"
