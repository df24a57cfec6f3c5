"""No page, help or sentence of the app uses a phrase that CONTRIBUTING's table of words refuses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cli.catalogue import COMMANDS
from tui.cli.main import main

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORDS = re.search(r"^## Words\n.*?(?=^## )", CONTRIBUTING, re.MULTILINE | re.DOTALL)
assert WORDS
PAGES = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md"))
MODULES = sorted((ROOT / "tui").rglob("*.py"))


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


def sentences(module: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that may be shown, with their lines: no docstrings, no patterns."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
            constant = (part.value for part in node.values if isinstance(part, ast.Constant))
            text = "…".join(str(part) for part in constant)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if " " in text.strip() and re.search(r"[A-Za-z]", text) and "(?" not in text:
            yield node.lineno, text


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


@pytest.mark.parametrize(
    "arguments", [["--help"], *([*name.split(), "--help"] for name in COMMANDS)]
)
def test_the_help_of_a_command_uses_no_refused_phrase(arguments, capsys):
    assert main(arguments) == 0
    assert complaints(capsys.readouterr().out) == []


def test_the_schema_uses_no_refused_phrase():
    schema = ROOT / "tui" / "triage" / "schema.yaml"
    assert complaints(schema.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sentence_of_the_app_uses_no_refused_phrase(module):
    found = {line: told for line, text in sentences(module) if (told := complaints(text))}
    assert found == {}
