"""Exported files have names that every system takes, and that people know again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.notebooks.file_names import MOST, Names, file_name, taken_as

FORBIDDEN = set("<>:\"/\\|?*'@`")
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in "0123456789")}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (' Leading "quotes" by @me ', "Leading quotes by me.md"),
        ("it's AC/DC: 10:30 | part 1?", "it’s AC-DC - 10-30 - part 1.md"),
        ("Beta: a “quoted” 日本 title", "Beta - a quoted 日本 title.md"),
        ("C# and F#", "C# and F#.md"),
        ("CON", "CON_.md"),
        ("nul.tar", "nul_.tar.md"),
        ("COM1 notes", "COM1 notes.md"),
        ("trailing. ", "trailing.md"),
        ("-rf ~", "rf.md"),
        ("a\x00b\u202ec\n d\t e", "abc d e.md"),
        ("e\u0301te\u0301", "été.md"),
        ("...", "untitled.md"),
        ("", "untitled.md"),
        ("🚀", "🚀.md"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert file_name(title) == name


@given(st.text(), st.text())
def test_whatever_the_title_is_every_system_takes_the_name(title, more):
    for name in (file_name(title), file_name(title, more), file_name(title * 100, more * 50)):
        assert len(name.encode()) <= MOST
        stem = name.removesuffix(".md")
        assert name.endswith(".md") and stem
        assert not FORBIDDEN & set(name)
        assert all(char.isprintable() for char in name)
        assert stem == stem.strip() and stem[0] not in ".-" and stem[-1] != "."
        assert name.partition(".")[0].strip().lower() not in DEVICES


def test_a_long_title_is_cut_between_words_and_between_letters():
    cut = file_name("word " * 100)
    assert cut.endswith("word.md") and len(cut.encode()) > MOST - 10
    assert len(file_name("日本語" * 100).encode()) <= MOST
    assert file_name("e" + "\u0301" * 300).removesuffix(".md")


def test_equal_names_are_told_apart_also_where_case_does_not_count():
    names = Names()
    given_names = [
        names.take("a", "Same title", "SOURCE-1"),
        names.take("b", "same TITLE", "SOURCE-2"),
        names.take("c", "Same title", "SOURCE-2"),
    ]
    assert given_names[:2] == ["Same title.md", "same TITLE (SOURCE-2).md"]
    assert len({taken_as(name) for name in given_names}) == 3


def test_a_source_keeps_its_name_when_others_with_its_title_come():
    names = Names({"b": "Same.md"})
    assert names.take("a", "Same", "SOURCE-A") == "Same (SOURCE-A).md"
    assert names.take("b", "Same", "SOURCE-B") == "Same.md"
    assert Names({"b": "Same.md"}).take("b", "Other", "SOURCE-B") == "Other.md"
