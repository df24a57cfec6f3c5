"""The part of the preview above a source's body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.app.widgets.markdown_lines import BLANK, MarkdownBlock
from tui.display import clean

if TYPE_CHECKING:
    from tui.vault.source import Source

LONGEST_TEXT = 2_000
COMPARED = 60
"""Letters by which a synopsis is found again at the top of a text."""
NEAR_TOP = 4_000
"""Characters of a text where they are looked for."""
NO_TEXT = "No text beyond the header."
_BAR = "▌   "
PROBLEM_BAR = "▌ ! "


def head_of(source: Source, sentence: str, text: str, *, names_title: bool) -> list[MarkdownBlock]:
    """What comes before the text: the title, the problem, what the synopsis adds to the text.

    Where there is no text, that is said.
    """
    parts = [
        [MarkdownBlock(title_of(source), look="preview--title", most=3)] if names_title else [],
        [*_notice(source, sentence)],
        [*_synopsis(source, text)],
        [] if text or sentence else [MarkdownBlock(NO_TEXT, look="line--dim")],
    ]
    return [block for part in parts if part for block in (*part, BLANK)]


def title_of(source: Source) -> str:
    """The title, safe to show."""
    return clean(source.title, LONGEST_TEXT).strip()


def _notice(source: Source, sentence: str) -> Iterator[MarkdownBlock]:
    if not sentence:
        return
    line = f"line {source.problem.line}" if source.problem and not source.is_cut else ""
    where = f"{line}: " if line and line not in sentence.casefold() else ""
    text = clean(where + sentence, LONGEST_TEXT)
    yield MarkdownBlock(text, (), "", PROBLEM_BAR, _BAR, "line--problem")


def _synopsis(source: Source, text: str) -> Iterator[MarkdownBlock]:
    synopsis = clean(source.text(source.rule.names.summary), LONGEST_TEXT).strip()
    if not synopsis or source.synopsis_is_template:
        return
    begin = _letters(synopsis)[:COMPARED]
    if begin not in _letters(title_of(source)) and begin not in _letters(clean(text[:NEAR_TOP])):
        yield MarkdownBlock(synopsis, look="line--dim", most=3)


def _letters(text: str) -> str:
    """A text without what differs between two ways to write it."""
    return "".join(filter(str.isalnum, text.casefold()))
