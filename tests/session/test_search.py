"""/ looks sources up while letters are typed; esc comes back to where one was."""

import pytest

from tests.samples import write_shelf, write_source
from tui.session.flow.body_reader import BodyReader


@pytest.fixture
def many(vault):
    """Forty more raw sources, and three that are done."""
    return write_shelf(vault)


def search(app, text):
    app.press("slash")
    app.type(text)


def test_a_typo_finds_it_and_it_is_under_the_cursor(sluice, many):
    with sluice() as app:
        search(app, "qiucksilvr gardens")
        assert app.title == "Quicksilver gardens"
        assert app.drawn.source.source.title == "Quicksilver gardens"
        assert "The body of number 62." in app.drawn.source.body


def test_down_goes_to_the_hits_with_the_best_one_under_the_cursor(sluice, many):
    with sluice() as app:
        search(app, "bridges")
        app.press("down")
        assert app.focus == "queue"
        assert app.title == "Bridges over water"


def test_esc_from_the_hits_comes_back_as_well(sluice, many):
    with sluice() as app:
        app.press(*["j"] * 25)
        title, app.first_row = app.title, 11
        search(app, "quicksilver")
        assert app.first_row == 0
        app.press("enter", "j", "escape")
        assert (app.title, app.first_row) == (title, 11)


def test_hits_outside_the_view_follow_below_a_divider(sluice, many):
    with sluice() as app:
        search(app, "quicksilver")
        assert app.title == "Quicksilver gardens"
        assert app.dividers == ["outside raw"]
        assert sorted(app.shown[-2:]) == ["Quicksilver cooking", "Quicksilver economics"]
        app.press("enter", "j")
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
def test_a_hit_outside_the_view_that_is_clearly_better_is_the_one_that_y_copies(
    sluice, alike, typed, number
):
    with sluice() as app:
        search(app, typed)
        assert app.dividers[:2] == ["outside raw", "in raw"]
        assert len(app.shown) > 1
        app.press("enter", "y")
        assert app.clipboard == [f"https://example.com/{number}"]


@pytest.mark.parametrize("typed", ["quicksilver", "ships quicksilver", "quicksilver kings"])
def test_a_hit_outside_the_view_that_is_hardly_better_stays_below(sluice, alike, typed):
    write_source(alike, 67, "Quicksilver", status="triaged")
    with sluice() as app:
        search(app, typed)
        app.press("enter", "y")
        assert app.dividers == ["outside raw"]
        assert app.clipboard[0] in ("https://example.com/62", "https://example.com/65")


def test_of_many_hits_that_are_clearly_better_outside_only_the_best_come_first(sluice, alike):
    for number in range(70, 80):
        write_source(alike, number, f"Quicksilver economics, part {number}", status="triaged")
    with sluice() as app:
        search(app, "quicksilver economics")
        assert app.title == "Quicksilver economics"
        assert app.shown.index("Quicksand economics") == 5


def test_where_the_view_has_no_hit_those_outside_are_shown_below_one_divider(sluice, many):
    with sluice() as app:
        search(app, "economics")
        assert app.dividers == ["outside raw"]
        app.press("enter", "y")
        assert app.clipboard == ["https://example.com/60"]


def test_a_hit_outside_the_view_can_be_decided(sluice, many):
    with sluice() as app:
        search(app, "quicksilver economics")
        app.press("enter", "p")
        assert app.title == "Quicksilver economics"
    assert "\nstatus: processed\n" in (many / "SOURCE-060-quicksilver.md").read_text()


def test_a_wrong_filter_says_so_below_the_bar_and_keeps_the_text(sluice, files):
    with sluice() as app:
        search(app, "title:bri colour:red")
        assert "colour" in app.line.sentence
        assert not app.line.is_hint
        assert app.bar == "title:bri colour:red"
        app.press(*["backspace"] * len(" colour:red"))
        assert "colour" not in app.line.sentence
        assert app.title == "Bridges over water"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red", "colour"),
        ("published:>soon", "needs one date"),
        ("has:colour", "colour is not a field"),
        ("has:>2026", "needs one date"),
    ],
)
def test_a_query_not_understood_keeps_the_last_hits(sluice, files, typed, said):
    with sluice() as app:
        search(app, f"bridges {typed}")
        assert said in app.line.sentence
        assert app.bar == f"bridges {typed}"
        assert app.title == "Bridges over water"
        app.press("enter")
        assert said in app.line.sentence
        app.press("escape")
        assert said not in app.line.sentence


@pytest.mark.parametrize("typed", ["has:", "body:", '"bridges ov', "by:", "published:>"])
def test_what_is_half_typed_is_not_called_wrong(sluice, files, typed):
    with sluice() as app:
        search(app, f"bridges {typed}")
        assert app.line.is_hint
        assert "is not a field" not in app.line.sentence
        assert "wants" not in app.line.sentence


def test_a_value_that_no_source_can_have_is_named_when_nothing_matches(sluice, files):
    with sluice() as app:
        search(app, "status:rwa")
        assert "No status rwa; did you mean raw?" in app.line.sentence
        app.press("backspace", "backspace", "a", "w")
        assert "did you mean" not in app.line.sentence
        assert len(app.shown) == 4


def test_values_the_vault_holds_are_offered(sluice, vault):
    write_source(vault, 70, "Foxes", creator="The Quiet Fox")
    write_source(vault, 71, "Owls", creator="The Quiet Fox")
    with sluice() as app:
        search(app, "by:")
        assert app.line.sentence == "Someone   The Quiet Fox"
        app.type("the")
        app.press("right")
        assert app.bar == 'by:"The Quiet Fox"'
        assert sorted(app.shown) == ["Foxes", "Owls"]
        app.press("escape")
        write_source(vault, 71, "Owls", creator="Therese")
        app.press("R")
        search(app, "by:The")
        assert "Therese" in app.line.sentence


def test_what_errors_while_it_is_completed_is_offered_first(sluice, many):
    with sluice() as app:
        search(app, "has:prob")
        assert app.line.sentence == "problem"
        app.type("x")
        assert "probx is not a field" in app.line.sentence


def test_a_filter_with_words(sluice, many):
    with sluice() as app:
        search(app, "status:archived quicksilver")
        assert app.shown == ["Quicksilver cooking"]


def test_no_hit_says_so_and_keys_find_nothing_to_decide(sluice, files):
    with sluice() as app:
        search(app, "zzzzqqqq")
        assert app.shown == []
        assert "No source matches" in app.rows.empty_text
        app.press("enter", "1")
        assert "no source under the cursor" in app.toast
        app.press("escape")
        assert len(app.shown) == 4
    assert files.changes == {}


def test_bodies_still_being_read_are_reported_and_fill_in(sluice, vault, monkeypatch):
    for number in range(100, 250):
        write_source(vault, number, f"Filler{number}")
    read = BodyReader.start
    monkeypatch.setattr(BodyReader, "start", lambda _self: None)
    with sluice() as app:
        search(app, "body:number")
        assert "Reading bodies… 100 of 154" in app.line.sentence
        assert len(app.shown) == 100
        title = app.title
        read(app.session.body_reader)
        app.settled()
        assert "Reading bodies" not in app.line.sentence
        assert len(app.shown) == 154
        assert app.title == title


def test_a_body_changed_while_the_app_is_open_is_found_as_it_is(sluice, vault):
    with sluice() as app:
        search(app, "body:kestrel")
        assert app.shown == []
        app.press("escape")
        path = vault / "SOURCE-002-bridges.md"
        path.write_text(path.read_text() + "A kestrel hovers.\n")
        app.press("R")
        search(app, "body:kestr")
        assert app.shown == ["Bridges over water"]


def test_a_search_after_a_search_comes_back_to_the_first_place(sluice, many):
    with sluice() as app:
        app.press(*["j"] * 12)
        title = app.title
        search(app, "quicksilver")
        app.press("enter", "slash")
        app.type(" gardens")
        assert app.title == "Quicksilver gardens"
        app.press("escape")
        assert app.title == title


def test_emptying_the_bar_with_backspace_shows_the_view_again(sluice, many):
    with sluice() as app:
        app.press("j", "j", "j")
        search(app, "qu")
        app.press("backspace", "backspace", "enter")
        assert app.title == "Deserts at night"
        assert app.dividers == []


def test_a_search_typed_while_nothing_is_there_does_no_harm(sluice, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with sluice(empty) as app:
        assert "No Markdown file" in app.rows.empty_text
        search(app, "anything")
        app.press("enter", "escape", "p")
        assert "no source under the cursor" in app.toast
        app.press("y", "i", "tab", "space", "G")
        assert app.toast == "", "it stays until the next key"
    assert list(empty.iterdir()) == []
