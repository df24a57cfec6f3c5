"""PreviewText: what the preview lays out for a source, and how long reading it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.app.widgets.markdown_lines import MarkdownBlock
from tui.app.widgets.preview_head import head_of
from tui.app.widgets.text_layout import TextLayout
from tui.display import cells, clean
from tui.triage.content_start import content_start
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.search.body_hits import BodyHits

LETTERS_A_MINUTE, WIDE_A_MINUTE = 1_400, 450
"""Characters that a person reads in a minute: of an alphabet, and of Chinese or Japanese."""


class PreviewText(NamedTuple):
    """Two equal ones look the same: a decision that leaves it equal lays nothing out again."""

    head: list[MarkdownBlock]
    """What comes above the body."""
    body: str
    start: int
    """Where in the body the text begins."""
    width: int
    """The cells of a line."""
    words: str
    """What to find in it; empty for nothing."""

    @classmethod
    def of(
        cls, source: Source, problem: str, body: str, words: str, width: int, *, names_title: bool
    ) -> PreviewText:
        """What to lay out for a source with this body; ``names_title`` puts its title above."""
        start = content_start(body, source)
        head = head_of(source, problem, body[start:], names_title=names_title)
        return cls(head, body, start, width, words if words.strip() else "")

    @property
    def laid_out(self) -> TextLayout:
        """Its lines."""
        return TextLayout(self.head, self.body, self.start, self.width)

    @property
    def hits(self) -> BodyHits | None:
        """Where the words are; None without any."""
        if not self.words:
            return None
        from tui.search.body_hits import BodyHits  # noqa: PLC0415 - for a search only

        names = " ".join(block.text for block in self.head)
        return BodyHits(self.words, names, self.body)

    @property
    def minutes(self) -> int:
        """How many minutes reading it takes; at least one if there is a text."""
        return minutes_of(self.body, self.start)


def minutes_of(body: str, start: int = 0) -> int:
    """How many minutes reading a body from an offset on takes; at least one if there is a text."""
    if start >= len(body):
        return 0
    sample = body[start : start + 2_000]
    # Chinese and Japanese say about three times as much in a character.
    is_wide = cells(clean(sample)) > len(sample) * 4 // 3
    return max(1, round((len(body) - start) / (WIDE_A_MINUTE if is_wide else LETTERS_A_MINUTE)))
