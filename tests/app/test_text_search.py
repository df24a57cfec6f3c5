"""What is found in a text, which lines are marked in it, and what words a quote has."""

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from tui.app.widgets.line_marks import LineMarks
from tui.app.widgets.text_layout import TextLayout, TextPlace, TextSpot
from tui.app.widgets.text_quote import Piece, quote_of, selected_pieces
from tui.app.widgets.text_search import MOST_COUNTED, ShownText, TextSearch

ARTICLE = """\
Hire for the **work** that
is left over. See [the list](https://example.com/work).

> A salary table ends
> bargaining.

- one number a level,
  no ranges
- it changes once a *year*

## Let go early

```
pay = 1
  kept = 2
```
The last line.
"""
TOP = TextSpot(1, 0, 0)


def laid(body, width=40):
    return TextLayout([], body, 0, width)


def search(body, phrase, start=TOP, width=40):
    return TextSearch(ShownText(laid(body, width)), phrase, start)


def lines(layout):
    parts = range(1, layout.last_part + 1)
    return [(TextPlace(p, row), line) for p in parts for row, line in enumerate(layout.lines_of(p))]


def marked(body, *moves, width=40):
    """The quote of what is marked by these moves, from the first line on."""
    layout, marks = laid(body, width), LineMarks()
    marks.put(layout, TextPlace(1, 0))
    for move, count in moves:
        if move == "x":
            marks.toggle(layout)
        elif move == "j":
            marks.move(layout, count)
        else:
            marks.stretch(layout, count)
    return marks, layout, quote_of(layout, marks.pieces)


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("work", 1),  # The address of the link is not shown.
        ("WORK that is left", 1),
        ("ends bargaining", 1),
        ("a level, no ranges", 1),
        ("once a year", 1),
        ("**work**", 0),
        ("pay = 1 kept", 1),
        ("a", 15),
        ("nowhere", 0),
        ("   ", 0),
    ],
)
def test_the_words_that_are_shown_are_found(phrase, count):
    assert search(ARTICLE, phrase).count == count


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("Café Müller", "cafe muller"),
        ("Cafe\u0301 Mu\u0308ller", "café müller"),
        ("cafe muller", "Café Müller"),
        ("Łódź, Ørsted", "lodz, orsted"),
        ("it’s “quoted” – twice", 'it\'s "quoted" - twice'),
        ("한국어 텍스트", "한국"),
        ("ガギグ", "ガ"),
        ("a\u00a0b", "a b"),
        ("漢字" * 3000 + "終", "漢字終"),
        ("İstanbul ßtraße", "ßtraße"),
        ("price (1.5*2) [x]", "(1.5*2) [x"),
    ],
)
def test_case_accents_and_typographic_characters_do_not_matter(body, phrase):
    assert search(body, phrase).count == 1


def test_a_voiced_kana_is_another_letter():
    assert search("ガギグ", "カ").count == 0


def test_the_search_begins_at_the_place_in_sight_and_goes_around_both_ends():
    body = "one\n\ntwo one\n\nthree\n\none\n"
    found = search(body, "one", TextSpot(1, 4, 0))
    assert (found.spot, found.said) == (TextSpot(1, 6, 0), "3 of 3")
    assert found.step(1)
    assert (found.spot, found.said) == (TOP, "1 of 3")
    assert found.step(-1)
    assert found.said == "3 of 3"
    found.step(-1)
    assert found.spot == TextSpot(1, 2, 4)


def test_a_text_of_megabytes_is_not_read_to_its_end_for_a_count():
    body = "some words of no matter\n" * 300_000
    found = search(body, "matter")
    assert found.said == f"1 of {MOST_COUNTED}+"
    found.step(1)
    assert found.said == f"2 of {MOST_COUNTED}+"
    found.step(-1)
    found.step(-1)
    assert found.said == "300,000 of 300,000"


def test_a_match_below_a_place_far_down_is_found_at_once():
    body = "word\n" * 400_000 + "the end"
    layout = laid(body)
    there = TextSpot(layout.part_at(1_500_000), 0, 0)
    found = TextSearch(ShownText(layout), "word", there)
    assert found.spot is not None
    assert found.spot.part == there.part


def test_a_match_over_two_lines_is_lit_in_both():
    layout = laid("The first line ends\nhere it goes on", 40)
    found = TextSearch(ShownText(layout), "ends here", TOP)
    assert found.spans(1, 0, 19) == [(15, 19, True)]
    assert found.spans(1, 1, 15) == [(0, 4, True)]


def test_a_match_keeps_its_place_at_another_width():
    body = "word " * 200 + "needle " + "word " * 50
    spot = search(body, "needle").spot
    assert spot is not None
    for width in (10, 33, 90):
        layout = laid(body, width)
        place = layout.place_of(spot)
        assert "needle" in layout.lines_of(place.part)[place.row].text


def test_wrapped_lines_of_a_paragraph_become_one_line_without_markup():
    marks, layout, quote = marked(ARTICLE, ("x", 1), ("x", 1), ("x", 1), width=20)
    assert quote == "Hire for the work that is left over. See"
    assert marks.count(layout) == 3


def test_lines_broken_in_the_file_are_joined_and_bullets_and_quote_signs_are_dropped():
    assert marked(ARTICLE, ("s", 1), ("s", 1), ("s", 1))[2] == (
        "Hire for the work that is left over. See the list. A salary table ends bargaining."
    )
    assert marked(ARTICLE, ("j", 4), ("s", 1), ("s", 1), ("s", 1))[2] == (
        "one number a level, no ranges; it changes once a year; Let go early"
    )


def test_lines_of_code_are_told_apart():
    assert marked(ARTICLE, ("j", 8), ("s", 1), ("s", 1))[2] == ("pay = 1; kept = 2; The last line.")


def test_a_mark_is_taken_away_by_the_same_key_and_the_stretch_shrinks():
    assert marked(ARTICLE, ("x", 1), ("j", -1), ("x", 1))[2] == ""
    assert marked(ARTICLE, ("s", 1), ("s", 1), ("s", -1))[2] == (
        "Hire for the work that is left over. See the list."
    )


def test_the_cursor_skips_lines_without_words_and_stays_at_the_ends():
    layout, marks = laid("First\n\n---\n\nLast\n\n"), LineMarks()
    assert marks.put(layout, TextPlace(0, 0))
    marks.move(layout, 1)
    assert marks.cursor == TextSpot(1, 4, 0)
    marks.move(layout, 1)
    assert marks.cursor == TextSpot(1, 4, 0)
    marks.move(layout, -5)
    assert marks.cursor == TextSpot(1, 0, 0)
    assert not LineMarks().put(laid("\n\n---\n"), TextPlace(1, 0))


def test_marks_stay_at_another_width():
    body = "some words that are wrapped at every width there is " * 6
    marks, _, quote = marked(body, ("x", 1), ("x", 1), width=20)
    wide = laid(body, 60)
    assert quote_of(wide, marks.pieces) == quote
    assert marks.count(wide) == 1


def test_a_selection_becomes_a_quote_of_the_selected_words():
    layout = laid("- Some words of an item\n  and its rest\n\nAnother.")
    selection = Selection(Offset(7, TextPlace(1, 0).key), Offset(8, TextPlace(1, 1).key))
    assert quote_of(layout, selected_pieces(layout, selection)) == "words of an item and it"


def test_pieces_with_a_gap_in_one_paragraph_say_so():
    layout = laid("alpha beta gamma delta")
    assert quote_of(layout, [Piece(1, 0, 0, 5), Piece(1, 0, 17, 22)]) == "alpha … delta"
