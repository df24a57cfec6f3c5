"""What a text becomes before it is copied."""

from __future__ import annotations

import pytest

from tui.session.copyable import as_line, as_lines

KEPT = ["é", "日本", "👩\u200d👧", "می\u200cخواهم", "❤\ufe0f", "a\u00adb", "שלום\u200f!", "\u00a0x"]
"""Marks that writing needs, among them joiners, selectors and a mark of direction."""


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x2028, 0xD800])
def test_no_control_character_is_copied(code):
    text = f"a{chr(code)}b"
    for copied in (as_line(text), as_lines(text)):
        assert copied in ("ab", "a b", "a\nb", "a    b", "a\ufffdb")
        copied.encode()
    assert "\n" not in as_line(text)


@pytest.mark.parametrize("text", KEPT)
def test_what_writing_needs_is_kept(text):
    assert as_lines(text) == text
    assert as_line(f"x{text}x") == f"x{text}x"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one(end):
    assert as_lines(f"one{end}two{end}") == "one\ntwo\n"
    assert as_line(f"one{end}two{end}") == "one two"


def test_a_tab_is_as_wide_as_it_is_shown_and_one_blank_in_a_line():
    assert as_lines("\ta\tb") == "    a    b"
    assert as_line("\ta\tb") == "a b"


def test_blanks_within_a_line_are_kept():
    assert as_line("two  blanks") == "two  blanks"
