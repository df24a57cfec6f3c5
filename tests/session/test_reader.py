"""enter gives the source the whole screen; every command works there on that source."""

import pytest

from tests.samples import write_source

FIRST, SECOND, THIRD, FOURTH = (
    "SOURCE-001-apples.md",
    "SOURCE-002-bridges.md",
    "SOURCE-003-clocks.md",
    "SOURCE-004-deserts.md",
)


def position(app):
    return app.drawn.source.position


def test_enter_opens_the_source_under_the_cursor_and_says_which_it_is(sluice):
    with sluice() as app:
        app.press("j", "enter")
        assert app.text.fills_screen
        assert (app.source.name, position(app)) == (SECOND, (2, 4))
        app.press("q")
        assert not app.text.fills_screen
        assert (app.here, app.focused, position(app)) == (SECOND, "queue", None)


@pytest.mark.parametrize("keys", [["q"], ["escape"], ["enter"]])
def test_every_way_back_leaves_the_cursor_on_the_source_read_last(sluice, keys):
    with sluice() as app:
        app.press("enter", "l", "right", *keys)
        assert (app.here, app.focused, app.ended) == (THIRD, "queue", False)


def test_a_source_that_comes_or_goes_is_counted_while_another_is_read(sluice, vault):
    with sluice() as app:
        app.press("j", "enter", "j")
        write_source(vault, 9, "Zebras")
        app.noticed("SOURCE-009-zebras.md")
        assert (position(app), app.place) == ((2, 5), 1)
        (vault / FIRST).unlink()
        app.noticed(FIRST)
        assert position(app)[1] == 4 + (FIRST in [s.name for s in app.rows.sources])
        app.press("l", "h")
        assert (app.here, position(app)) == (SECOND, (1, 4))


def test_l_and_h_read_the_next_and_the_previous_source(sluice):
    with sluice() as app:
        app.press("enter", "l", "l", "h")
        assert (app.source.name, position(app)) == (SECOND, (2, 4))
        app.press("left", "h")
        assert app.source.name == FIRST
        assert app.toast == "This is the first source."
        app.press("l", "l", "l", "l")
        assert app.source.name == FOURTH
        assert app.toast == "This is the last source."


def test_in_the_queue_l_and_h_do_nothing_but_say_where_they_work(sluice, files):
    with sluice() as app:
        app.press("l", "h", "right", "left")
        assert (app.here, app.toast) == (FIRST, "This key is for the reader; enter opens it.")
    assert files.changes == {}


def test_deciding_keys_change_the_file_of_the_source_that_is_read(sluice, files):
    with sluice() as app:
        app.press("enter", "l", "1")
        app.press("c", "5")
        assert app.text.fills_screen
        assert app.source.name == SECOND
    assert set(files.changes) == {SECOND}
    assert "+ signal_tier: paradigm # guessed" in files.changes[SECOND]


@pytest.mark.parametrize("key", ["p", "a"])
def test_a_move_of_the_status_goes_on_to_the_next_source_and_stays_in_the_reader(
    sluice, files, key
):
    with sluice() as app:
        app.press("enter", "1", key)
        assert app.text.fills_screen
        assert (app.source.name, position(app)) == (SECOND, (2, 4))
        app.press(key, "q")
        assert app.here == THIRD
    assert set(files.changes) == {FIRST, SECOND}


def test_with_advance_off_the_reader_stays_on_its_source(sluice, config):
    config("advance: false\n")
    with sluice() as app:
        app.press("enter", "p")
        assert (app.source.name, app.text.fills_screen) == (FIRST, True)


def test_undo_works_in_the_reader(sluice, files):
    with sluice() as app:
        app.press("enter", "1", "u")
        assert app.text.fills_screen
    assert files.changes == {}


def test_a_decision_is_about_what_is_read_and_not_about_marks_in_the_queue(sluice, files):
    with sluice() as app:
        app.press("x", "x", "j", "enter", "1")
        assert not any("marked" in key for key in app.keys)
        app.press("q")
        assert list(app.rows.marked) == [FIRST, SECOND]
        assert any("marked" in key for key in app.keys)
    assert set(files.changes) == {FOURTH}


def test_j_and_k_scroll_a_line_and_the_cursor_of_the_queue_stays(sluice):
    with sluice() as app:
        app.press("enter", "j", "j", "down", "k")
        assert (app.place, app.here) == (2, FIRST)


def test_the_place_is_the_same_beside_the_queue_and_in_the_reader_and_at_the_next_start(sluice):
    with sluice() as app:
        app.press("J", "enter")
        assert app.place == 3
        app.press("j", "1", "l", "j", "h")
        assert app.place == 4
        app.press("i")
        app.type("one more thing")
        app.press("enter")
        assert app.place == 4
        app.press("q")
        assert app.place == 4
    with sluice() as app:
        assert (app.here, app.place) == (FIRST, 4)
        app.press("j")
        assert app.place == 1


def test_after_an_insight_the_keys_are_back_in_the_text(sluice, files):
    with sluice() as app:
        app.press("enter", "i")
        app.type("worth keeping")
        app.press("enter")
        assert (app.focused, app.text.fills_screen) == ("preview", True)
        app.press("j")
        assert app.place == 1
    assert any("worth keeping" in line for line in files.changes[FIRST])


def test_a_slash_searches_in_the_text_and_n_goes_on(sluice):
    with sluice() as app:
        app.press("enter", "/")
        app.type("status")
        app.press("enter")
        assert (app.bar, app.shown[0]) == ("", "Apples in autumn")
        assert "status" in app.text.lines[app.place]
        app.press("n")
        assert "status" in app.text.lines[app.place]
        app.press("escape")
        assert (app.text.words, app.text.fills_screen) == ("", True)
        app.press("n")
        assert app.toast == "Nothing is searched for in this text; press / to search."
        app.press("escape")
        assert not app.text.fills_screen


def test_the_words_of_a_lookup_stay_what_n_looks_for(sluice):
    with sluice() as app:
        app.press("/")
        app.type("apples")
        app.press("enter", "enter", "n")
        assert app.toast == "No match in this text."
        app.press("q")
        assert app.bar == "apples"


def test_marked_lines_become_an_insight_in_the_file(sluice, files):
    with sluice() as app:
        app.press("enter", "j", "j", "x", "x", "j", "x", "i")
        assert app.written[0] == "The body of number 1. ---"
        app.press("backspace", "backspace", "backspace", "backspace", "enter")
        assert app.text.fills_screen
        app.press("q")
    added = [line for line in files.changes[FIRST] if line.startswith("+")]
    assert added == ["+ key_insights:", '+   - "The body of number 1."']


def test_a_count_is_of_lines_and_of_sources_read(sluice, files):
    with sluice() as app:
        app.press("enter", "6", "j", "8", "k", "5", "j")
        assert (app.place, app.here) == (5, FIRST)
        app.press("9", "k", "8", "x")
        assert app.text.marked == set(range(7))
        app.press("X", "X", "7", "shift+down")
        assert app.text.marked == set(range(7))
        assert app.rows.marked == {}
        app.press("5", "asterisk")
        assert app.rows.marked == {}
        app.press("9", "l")
        assert app.here == FOURTH
        app.press("9", "h")
        assert app.here == FIRST
    assert files.changes == {}


def test_shift_and_an_arrow_mark_lines_and_i_without_a_mark_quotes_the_line(sluice):
    with sluice() as app:
        app.press("enter", "shift+down", "i", "escape")
        assert app.rows.marked == {}
        app.press("escape")
    with sluice() as app:
        app.press("enter", "i")
        assert app.written[0] == "# Apples in autumn "
    with sluice() as app:
        app.go_to("Clocks")
        app.press("enter", "j", "j", "x", "i")
        assert app.written[0] == "The body of number 3."


def test_a_quote_is_a_draft_at_once_and_follows_the_draft_that_was_there(sluice):
    with sluice() as app:
        app.press("i")
        app.type("so far:")
        app.press("escape", "enter", "j", "j", "x", "i")
        assert app.written[0] == "so far: The body of number 1."
    with sluice() as app:
        app.press("i")
        assert app.written[0] == "so far: The body of number 1."


def test_a_mouse_selection_beside_the_queue_becomes_a_quote(sluice):
    with sluice() as app:
        app.text.selected = "body of number"
        app.press("i")
        assert app.written[0] == "body of number"


def test_escape_drops_the_marks_then_the_cursor_and_then_leaves(sluice):
    with sluice() as app:
        app.press("x", "k", "enter", "x", "x")
        app.press("escape")
        assert (app.text.marked, app.text.has_cursor) == (set(), True)
        app.press("X")
        assert (app.text.has_cursor, app.text.fills_screen) == (False, True)
        assert app.rows.marked, "the marks of the queue stay"
        app.press("escape")
        assert not app.text.fills_screen


def test_tab_goes_around_without_the_queue(sluice):
    with sluice() as app:
        app.press("enter", "tab")
        assert app.focused == "insights"
        app.press("shift+tab", "shift+tab")
        assert (app.focused, app.boxes != []) == ("preview", True)
        app.press("escape", "j")
        assert (app.place, app.here) == (1, FIRST)


def test_another_view_leaves_the_reader(sluice):
    with sluice() as app:
        app.press("enter", "v")
        app.type("all")
        app.press("enter")
        assert not app.text.fills_screen
        assert app.focused == "queue"


def test_a_source_that_is_written_by_others_is_shown_as_it_is_now(sluice, vault):
    with sluice() as app:
        app.press("enter", "j")
        path = vault / FIRST
        path.write_text(path.read_text().replace("The body", "Another body"))
        app.noticed(FIRST)
        assert "Another body of number 1." in app.drawn.source.body
        assert (app.text.fills_screen, app.place) == (True, 1)


def test_a_source_without_which_nothing_is_left_to_read_closes_the_reader(sluice, vault):
    with sluice() as app:
        app.press("/")
        app.type("clocks")
        app.press("enter", "enter")
        for path in vault.glob("*.md"):
            path.unlink()
        app.noticed(FIRST, SECOND, THIRD, FOURTH)
        app.press("l", "q")
        assert not app.text.fills_screen


def test_a_persons_own_keys_mean_the_same_in_the_reader(sluice, config):
    config(
        "keys: {move.down: s, find.sort: j, select.mark: m, read.next_source: t, decide.topics: z}"
    )
    with sluice() as app:
        app.press("enter", "s", "s")
        assert app.place == 2
        app.press("m", "m", "i")
        assert app.written[0] == "The body of number 1."
        app.press("escape", "t")
        assert app.source.name == SECOND


def test_all_keys_of_the_reader_are_in_its_key_bar(sluice, vault):
    write_source(vault, 9, "Zebras")
    with sluice() as app:
        app.press("enter")
        keys = app.keys
        for wanted in ("1-4 tier", "c category", "i insight", "p promote", "/ in text"):
            assert wanted in keys
        assert "x mark lines" in keys
        app.press("x")
        assert "i quote" in app.keys
