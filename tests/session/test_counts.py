"""A number before a command: 50x marks fifty sources, 50Y copies the next fifty addresses."""

import pytest

from tests.samples import Files, write_shelf, write_source

NAME = "SOURCE-001-apples.md"


@pytest.fixture
def shelf(vault):
    """Forty-seven sources, 45 of them raw."""
    return write_shelf(vault)


def test_50x_marks_as_many_from_the_cursor_on(sluice, shelf):
    with sluice() as app:
        app.press("j", "9", "x")
        assert len(app.session.marker.names) == 9
        assert NAME not in app.session.marker.names
        assert app.toast == "9 sources marked · X unmarks"
        app.press("4")
        assert app.session.marker.count == 9, "the bulk box asks first"


def test_a_number_of_several_digits_may_have_the_digits_of_tiers(sluice, shelf):
    with sluice() as app:
        app.press("5", "1")
        assert app.figures.pending == "51…"
        app.press("x")
        assert app.toast == "45 sources marked: no more below · X unmarks"
        assert app.figures.pending == ""


def test_a_digit_of_a_tier_is_no_number(sluice, vault):
    files = Files(vault)
    with sluice() as app:
        app.press("1", "x")
        assert app.session.marker.count == 1
    assert "+ signal_tier: paradigm # guessed" in files.changes[NAME]


def test_a_number_ends_with_the_next_command(sluice, shelf):
    with sluice() as app:
        app.press("5", "0", "j", "x")
        assert app.session.marker.count == 1
        assert app.figures.pending == ""


def test_50j_goes_as_far(sluice, shelf):
    with sluice() as app:
        app.press("7", "j")
        assert app.rows.cursor == 7


def test_50_y_copies_the_next_addresses_from_the_cursor_on(sluice, shelf):
    with sluice() as app:
        app.press("j", "5", "Y")
        [copied] = app.clipboard
        numbers = [line.rpartition("/")[2] for line in copied.splitlines()]
        assert numbers == ["2", "3", "4", "10", "11"]
        assert app.toast == "Copied 5 URLs: the last of “Filler11 of the shelf”"


def test_an_address_of_two_sources_is_copied_once(sluice, vault):
    for number in (10, 11):
        write_source(vault, number, f"Twin {number}", url="https://example.com/twin")
    with sluice() as app:
        app.press("5", "0", "Y")
        [copied] = app.clipboard
        assert copied.splitlines().count("https://example.com/twin") == 1
        assert app.toast.startswith("Copied 5 URLs: no more than 5 from here on")


def test_the_copy_menu_takes_a_number_and_says_how_many_it_copies(sluice, shelf):
    with sluice() as app:
        app.press("Y")
        question = app.box.question
        assert "a number: the next URLs" in question.hint
        assert question.on_number(12)[0].label == "next 12 URLs"
        assert question.on_number(100)[0].note == "from here on: 45"
        question.on_number(12)
        app.box.close("u")
        app.settled()
        [copied] = app.clipboard
        assert len(copied.splitlines()) == 12
