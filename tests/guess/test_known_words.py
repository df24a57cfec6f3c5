"""The words that init knows fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

import tui.guess.words
from tui.guess.words import AWAY, fold, load_words
from tui.vault.header.parse import read_own

DATA = read_own(Path(tui.guess.words.__file__).with_name("words.yaml").read_text(encoding="utf-8"))
PARTS = [*((name, by) for line in DATA["line"] for name, by in line.items())] + [
    (name, DATA[name]) for name in ("beside", "away")
]


def test_no_word_is_in_two_places():
    seen: dict[str, str] = {}
    for name, by_language in PARTS:
        for words in by_language.values():
            for word in words:
                assert seen.setdefault(fold(word), name) == name, word


def test_every_language_has_the_words_that_are_added():
    languages = {language for _, by_language in PARTS for language in by_language}
    assert languages == set(DATA["added"])
    words = load_words()
    for language, added in DATA["added"].items():
        stages = [words.stage(added[key]) for key in ("inbox", "read", "done", "archived")]
        assert None not in stages, language
        places = [stage.place for stage in stages if stage]
        assert places == sorted(places), language
        assert places[-1] == AWAY, language


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("To-Do", "todo"),
        ("[[Status/In Progress|WIP]]", "inprogress"),
        ("[[Status/Done]]", "done"),
        ("01 - Inbox", "inbox"),
        ("2024", "2024"),
        ("✅ Done", "done"),
        ("+", "+"),
        ("Ａ", "ａ"),
        ("e\u0301tat", "état"),
    ],
)
def test_names_and_values_are_folded(text, folded):
    assert fold(text) == folded
