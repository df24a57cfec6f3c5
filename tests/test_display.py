import subprocess
import sys
import unicodedata

import pytest
from rich.cells import cell_len

from tui.display import cells, clean, clean_lines, fit


def test_plain_text_is_shown_as_it_is():
    text = "A plain title, 100% [b]as typed[/b]"
    assert clean(text) is text


def test_letters_of_every_script_are_shown_as_they_are():
    text = "Größe — naïve, Привет, 中文字幕, 日本語, 한국어, 👍🏳 ☕ e\u0301"
    assert clean(text) == text


def test_every_control_code_becomes_something_visible():
    controls = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    for control in controls:
        shown = clean(f"a{control}b")
        assert len(shown) == 3
        assert not any(unicodedata.category(c) == "Cc" for c in shown), repr(control)
        assert control in "\t\n" or shown[1] in "␦␡" or 0x2400 <= ord(shown[1]) < 0x2420


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;aGk=\x07title", "␛]52;c;aGk=␇title"),
        ("\x9b2Jcleared", "␦2Jcleared"),
        ("nul\x00byte", "nul␀byte"),
        ("one\r\ntwo\tthree\nfour", "one two three four"),
        ("over\rwritten", "over␍written"),
    ],
)
def test_terminal_commands_are_shown_and_not_obeyed(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    "hidden", "\u200b\u200d\u200e\u202a\u202e\u2028\u2029\u2066\ufeff\ufe0f\u00ad"
)
def test_characters_that_hide_or_reorder_text_are_dropped(hidden):
    assert clean(f"{hidden}exe{hidden}.txt{hidden}") == "exe.txt"
    assert clean_lines(f"exe{hidden}\n.txt") == "exe\n.txt"


def test_emoji_sequences_come_apart_into_emoji_every_terminal_measures_alike():
    assert clean("👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f 1\ufe0f\u20e3") == "👩👩👧 👍 ❤ 1\u20e3"


def test_lone_surrogates_become_replacement_characters_that_can_be_written():
    assert clean("a\ud800b").encode() == "a\ufffdb".encode()


def test_blocks_of_text_keep_their_lines_and_nothing_else_of_the_kind():
    assert clean_lines("one\r\n\ttwo\nthree\x0bfour\r") == "one\n    two\nthree␋four␍"


def test_a_megabyte_of_title_is_cut_to_the_limit():
    assert clean("x" * 1_000_000, limit=100) == "x" * 99 + "…"
    assert clean("short", limit=5) == "short"


def test_a_megabyte_of_control_codes_is_cleaned_whole():
    assert clean("\x1b" * 1_000_000) == "␛" * 1_000_000


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("中文", 4), ("e\u0301", 1), ("“curly” — café", 14), ("👍", 2), ("", 0)],
)
def test_cells_counts_what_a_terminal_fills(text, width):
    assert cells(text) == width


def test_cells_agrees_with_what_the_app_measures():
    characters = map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x20000)))
    assert [c for c in characters if (shown := clean(c)) and cells(shown) != cell_len(shown)] == []


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("title", 8, "title   "),
        ("title", 5, "title"),
        ("a long title", 7, "a long…"),
        ("two words", 5, "two… "),
        ("中文字幕", 8, "中文字幕"),
        ("中文字幕", 6, "中文… "),
        ("中文字幕", 7, "中文字…"),
        ("title", 1, "…"),
        ("title", 0, ""),
        ("title", -3, ""),
    ],
)
def test_fit_fills_exactly_the_width(text, width, shown):
    assert fit(text, width) == shown
    assert cells(fit(text, width)) == max(width, 0)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "中" * 500_000, "e" + "\u0301" * 1_000_000])
def test_fit_keeps_a_row_short_whatever_its_text(text):
    row = fit(text, 40)
    assert cells(row) == 40
    assert len(row) <= 400


def test_measuring_western_text_does_not_import_rich():
    code = (
        "import sys; from tui.display import clean, fit;"
        "fit(clean('“Größe” — naïve … Привет │'), 12); print('rich' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
