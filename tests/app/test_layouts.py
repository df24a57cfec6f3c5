"""Cyrillic and Greek letters are the keys they stand on, outside text fields."""

import pytest

from tui.app.layouts import LETTERS, KeyboardLayout
from tui.session.keys.catalogue import COMMANDS

NAME = "SOURCE-001-apples.md"


@pytest.mark.parametrize(
    ("letters", "keys"),
    [
        ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
        ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'),
        ("йцукенгшщзхїфівапролджєячсмитьбюґ", "qwertyuiop[]asdfghjkl;'zxcvbnm,.\\"),
        ("ЇІЄҐ", '}S"|'),
        ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
        ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ],
)
def test_every_letter_is_the_sign_on_its_key(letters, keys):
    assert "".join(LETTERS[letter] for letter in letters) == keys


@pytest.mark.parametrize("script", ["а", "α"])
def test_every_letter_that_is_a_command_can_be_typed(script):
    first, last = ("α", "ω") if script == "α" else ("а", "я")
    typed = {sign for letter, sign in LETTERS.items() if first <= letter.lower() <= last}
    letters = {key for command in COMMANDS.values() for key in command.keys if len(key) == 1}
    missing = {key for key in letters - typed if key.isalpha()}
    # Greek types its own signs on the keys of q, and has one capital sigma.
    assert missing <= ({"q", "Q", "w", "W"} if script == "α" else set())


@pytest.mark.parametrize("promote", ["з", "π"])
async def test_a_deciding_key_works_on_another_layout(sluice, files, promote):
    async with sluice() as app:
        await app.press(promote)
    assert "+ status: triaged" in files.lines(NAME)


@pytest.mark.parametrize(("down", "up"), [("о", "л"), ("ξ", "κ")])
async def test_moving_works_in_one_burst_on_another_layout(sluice, down, up):
    async with sluice() as app:
        await app.burst(*(down * 3 + up))
        assert app.session.board.rows.cursor == 2
        await app.press("П" if down == "о" else "Γ")
        assert app.session.board.rows.cursor == 3


async def test_the_key_of_the_slash_searches_and_the_field_takes_what_is_typed(sluice, write):
    write(5, "Яблоки осенью")
    async with sluice() as app:
        await app.press("о", "л", ".")
        assert app.app.focused is app.screen.search
        await app.type("яблоки")
        assert app.screen.search.value == "яблоки"
        assert app.title == "Яблоки осенью"
        await app.press("enter", "к")
        assert app.screen.search.value == "яблоки"


async def test_a_full_stop_typed_among_latin_letters_is_one(sluice, files):
    async with sluice() as app:
        await app.press("1", "j", ".")
        assert app.app.focused is not app.screen.search
    assert len(files.changes) == 2


async def test_an_insight_is_written_in_its_own_letters(sluice, files):
    async with sluice() as app:
        await app.press("ш")
        await app.type("мысль: да.")
        await app.press("enter")
    assert any("мысль: да." in line for line in files.lines(NAME))


async def test_boxes_panes_and_whole_screens_understand_the_letters(sluice, clipboard):
    async with sluice() as app:
        await app.press("Н", "ц")
        assert clipboard == ["[[SOURCE-001-apples]]"]
        await app.press("enter")
        assert "q back" in app.picture
        await app.press("й")
        assert "q back" not in app.picture
        await app.press("Ш")
        assert app.pane == "insights"
        await app.press("й")
        assert app.pane == "queue"


async def test_control_and_a_letter_work_too(sluice):
    async with sluice() as app:
        await app.press("ctrl+з")
        assert any("Theme" in line for line in app.picker)


async def test_a_letter_filters_a_picker_as_it_is(sluice, write):
    write(6, "Other", notebooklm_category="общее")
    async with sluice() as app:
        await app.press("с")
        await app.type("общ")
        assert "общее" in app.under_picker_cursor


async def test_a_key_the_user_gave_such_a_letter_wins(sluice, config, files):
    config('keys: {decide.archive: "з"}')
    async with sluice() as app:
        await app.press("з")
        await app.press("p")
    assert [line for lines in files.changes.values() for line in lines if "+ status" in line] == [
        "+ status: archived",
        "+ status: triaged",
    ]


def test_what_is_on_the_russian_keyboard_as_a_sign_of_a_command_stays_that_sign():
    layout = KeyboardLayout()
    layout.see("й")
    assert layout.key_of("question_mark") is None
    assert layout.key_of("slash") is None
    assert layout.key_of("asterisk") is None
    assert layout.key_of("comma") == "question_mark"
    layout.see("q")
    assert layout.key_of("comma") is None


def test_a_greek_semicolon_is_the_key_of_q():
    layout = KeyboardLayout()
    layout.see("α")
    assert (layout.key_of("semicolon"), layout.key_of("colon")) == ("q", "Q")
