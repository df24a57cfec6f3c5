"""No page uses a phrase that CONTRIBUTING's table of words refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORDS = re.search(r"^## Words\n.*?(?=^## )", CONTRIBUTING, re.MULTILINE | re.DOTALL)
assert WORDS
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def _any_of(phrases: str) -> re.Pattern[str]:
    """What finds one of the phrases between asterisks, whole words only."""
    either = "|".join(
        r"\s+".join(map(re.escape, one.split())) for one in re.findall(r"\*([^*]+)\*", phrases)
    )
    return re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])", re.IGNORECASE)


REFUSED = [
    (_any_of(cells[1].partition("fine:")[0]), _any_of(cells[1].partition("fine:")[2]), cells[2])
    for line in re.findall(r"^\|.*\|$", WORDS[0].partition("| --- |")[2], re.MULTILINE)
    if len(cells := line.split("|")) == 4
]
"""For each row of the table: what it refuses, what is fine all the same, and what to write."""


def complaints(text: str) -> list[str]:
    """Each refused phrase in a text, with the words around it and what to write."""
    return [
        f"{' '.join(text[max(0, found.start() - 30) : found.end() + 30].split())}: write{better}"
        for refused, fine, better in REFUSED
        for found in refused.finditer(text)
        if not any(
            spared.start() <= found.start() and found.end() <= spared.end()
            for spared in fine.finditer(text)
        )
    ]


def test_the_table_refuses_what_its_first_column_names_and_says_what_to_write():
    assert len(REFUSED) > 25
    (complaint,) = complaints("The rest is laid over it.")
    assert complaint.startswith("The rest is laid over it.: write *overrides*")


def test_a_phrase_is_found_over_a_line_break_but_not_within_a_word_or_in_what_is_fine():
    assert len(complaints("An option that cannot be\nmeant.")) == 1
    assert not complaints("There is no twinkle; it is no longer amended.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_uses_no_refused_phrase(page):
    text = page.read_text(encoding="utf-8").replace(WORDS[0], "")
    assert complaints(re.sub(r"`[^`\n]*`", "`…`", text)) == []
