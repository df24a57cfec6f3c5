"""The part of the preview above a source's body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.app.widgets.markdown_lines import BLANK, MarkdownBlock
from tui.app.widgets.queue_columns import readable_date
from tui.display import clean

if TYPE_CHECKING:
    from tui.vault.source import Source

LONGEST_TEXT = 2_000
UNBROKEN = "\u00a0"
_BAR = "▌ "


def head_of(source: Source, sentence: str) -> list[MarkdownBlock]:
    """The title, the facts, the problem if any, the synopsis, and a rule below them."""
    return [
        MarkdownBlock(title_of(source), look="preview--title", most=3),
        *_facts(source),
        *_notice(source, sentence),
        *_synopsis(source),
        MarkdownBlock("", edge="line--quiet", rule=True),
        BLANK,
    ]


def title_of(source: Source) -> str:
    """The title, safe to show."""
    return clean(source.title, LONGEST_TEXT).strip()


def _facts(source: Source) -> Iterator[MarkdownBlock]:
    facts = (
        source.text("platform"),
        source.text("format").replace("_", " "),
        source.text("creator"),
        readable_date(source),
        source.text("duration").replace(" ", UNBROKEN),
    )
    if line := " · ".join(clean(fact, 200).strip() for fact in facts if fact.strip()):
        yield MarkdownBlock(line, look="line--dim", most=2)
    if url := clean(source.text("url"), LONGEST_TEXT).strip():
        yield MarkdownBlock(url, look="line--dim", most=1)
    if topics := [clean(topic, 100).strip() for topic in source.listed("topics")[:20]]:
        yield MarkdownBlock(
            "  ".join(f"#{topic}" for topic in topics if topic), look="line--dim", most=2
        )


def _notice(source: Source, sentence: str) -> Iterator[MarkdownBlock]:
    if not sentence:
        return
    where = f" at line {source.problem.line}" if source.problem and not source.is_cut else ""
    bar = (_BAR, _BAR, "line--problem")
    yield BLANK
    yield MarkdownBlock(f"! Problem{where}", (), "line--problem", *bar)
    yield MarkdownBlock(clean(sentence, LONGEST_TEXT), (), "", *bar)


def _synopsis(source: Source) -> Iterator[MarkdownBlock]:
    synopsis = clean(source.text("synopsis"), LONGEST_TEXT).strip()
    if synopsis and synopsis != title_of(source):
        yield BLANK
        template = source.synopsis_is_template
        yield MarkdownBlock(
            synopsis, look="line--faint" if template else "", most=2 if template else 8
        )
