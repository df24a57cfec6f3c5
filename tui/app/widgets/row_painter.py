"""RowPainter: draws the rows of the queue as strips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.app.widgets.line_view import strip_of
from tui.app.widgets.queue_columns import gap_of, plan_columns, readable_date
from tui.display import cells, clean, fit
from tui.session.model.rows import DividerRow, SourceRow

if TYPE_CHECKING:
    from tui.triage.field import Field
    from tui.triage.schema import Schema
    from tui.vault.source import Source

ROW_LINES = 2
INDENT = 7
"""The cells before the title: cursor bar, mark, gap, tier, gap, status, gap."""
BAR, MARK, DONE, PROBLEM, INSIGHTS, UNKNOWN = "▌", "+", "✓", "!", "✎", "?"
_BOLD = Style(bold=True)

Spans = list[tuple[int, int]]


class RowState(NamedTuple):
    """The state of a row that is not part of its source."""

    cursor: bool
    focused: bool
    marked: bool
    done: bool


class RowPainter:
    """Draws rows for one schema."""

    def __init__(
        self,
        schema_of: Callable[[], Schema],
        problem_of: Callable[[Source], str | None],
        spans: Callable[[str, str], Spans],
        look: Callable[[str], Style],
    ) -> None:
        self.query = ""
        self._schema_of = schema_of
        self._problem_of = problem_of
        self._spans = spans
        self._look = look

    @cached_property
    def _schema(self) -> Schema:
        """The schema, only read when there are rows: it is not loaded for the first frame."""
        return self._schema_of()

    @cached_property
    def _status_of(self) -> Callable[[Schema, Source], str]:
        from tui.triage.status import status_of  # noqa: PLC0415 - after the first frame

        return status_of

    @cached_property
    def _category_width(self) -> int:
        return min(20, max(map(len, self._schema.category.values), default=12))

    @cached_property
    def _known(self) -> frozenset[str]:
        """The columns the schema can fill."""
        from tui.search.dates import DATE_FIELDS  # noqa: PLC0415 - after the first frame

        has = self._schema.fields.__contains__
        return frozenset(
            name
            for name, there in {
                "platform": has("platform"),
                "date": any(map(has, DATE_FIELDS)),
                "tier": True,
                "category": True,
                "insights": True,
                "creator": has("creator"),
            }.items()
            if there
        )

    def divider(self, row: DividerRow, width: int, ground: Style) -> tuple[Strip, Strip]:
        """An empty line, then the text on a rule."""
        quiet = ground + self._look("line--quiet")
        words = f" {clean(row.text, width * 2)} "
        words = fit(words, max(0, min(cells(words), width - 5)))
        after = max(0, width - 4 - cells(words))
        rule = [
            Segment(" ───"[:width], quiet),
            Segment(words, ground + self._look("line--dim")),
            Segment("─" * after, quiet),
        ]
        return Strip.blank(width, ground), strip_of(rule, width)

    def source(
        self, row: SourceRow, width: int, state: RowState, ground: Style
    ) -> tuple[Strip, Strip]:
        """The line with the title, and the line with the columns."""
        if state.cursor:
            focus = "" if state.focused else "-blurred"
            ground += self._look(f"queue--cursor{focus}")
        first = strip_of(
            [*self._gutter(row, state, ground), *self._title(row, width, state, ground)], width
        )
        second = [
            Segment(BAR if state.cursor else " ", ground + self._bar(state)),
            Segment(
                DONE if state.done and state.marked else " ", ground + self._look("line--faint")
            ),
            Segment(" " * (INDENT - 2), ground),
            *self._columns(row, width - INDENT - 1, state, ground),
        ]
        return first, strip_of(second, width)

    def _bar(self, state: RowState) -> Style:
        return self._look("line--accent" if state.focused else "line--faint")

    def _done_look(self, state: RowState) -> Style:
        # The faint colour is too close to the background of the cursor's row.
        return self._look("line--dim" if state.cursor else "line--faint")

    def _gutter(self, row: SourceRow, state: RowState, ground: Style) -> Iterator[Segment]:
        faint = ground + self._done_look(state)
        yield Segment(BAR if state.cursor else " ", ground + self._bar(state))
        if state.marked:
            yield Segment(MARK, ground + self._look("queue--mark"))
        else:
            yield Segment(DONE if state.done else " ", faint)
        yield Segment(" ", ground)
        tier, status = self._schema.tier, self._schema.status
        values = (
            (tier, tier.value_in(row.source)),
            (status, self._status_of(self._schema, row.source)),
        )
        for field, value in values:
            glyph, look = self._glyph(field, value)
            yield Segment(glyph, faint if state.done else ground + look)
            yield Segment(" ", ground)

    def _glyph(self, field: Field, name: str) -> tuple[str, Style]:
        if not name:
            return " ", Style.null()
        choice = field.choice(name)
        if choice.name not in field.values:
            return UNKNOWN, self._look("line--problem")
        return fit(clean(choice.glyph, 4) or "•", 1), self._look(f"line--{choice.colour}")

    def _title(
        self, row: SourceRow, width: int, state: RowState, ground: Style
    ) -> Iterator[Segment]:
        room = width - INDENT - 1
        if self._problem_of(row.source):
            yield Segment(PROBLEM, ground + self._look("line--problem"))
            yield Segment(" ", ground)
            room -= 2
        style = ground
        if state.done:
            style += self._done_look(state)
        elif row.outside:
            style += self._look("line--dim")
        if state.cursor:
            style += _BOLD
        yield from self._lit(clean(row.source.title, room * 4 + 64), room, style)

    def _columns(
        self, row: SourceRow, room: int, state: RowState, ground: Style
    ) -> Iterator[Segment]:
        """The source's values; if it has none, its problem."""
        style = ground + (self._done_look(state) if state.done else self._look("line--dim"))
        columns = plan_columns(room, self._known, self._category_width)
        texts = {name: self._value(name, row.source, width) for name, width in columns.items()}
        if not any(texts.values()):
            yield Segment(fit(clean(self._problem_of(row.source) or "", room * 4), room), style)
            return
        gap = " " * gap_of(room)
        for name, width in columns.items():
            if name == "creator":
                yield from self._lit(texts[name], width, style)
            else:
                yield Segment(fit(texts[name], width) + gap, style)

    def _value(self, column: str, source: Source, width: int) -> str:
        roles = self._schema.roles
        if column == "date":
            return readable_date(source)
        if column == "insights":
            count = len(source.items(roles.insights))
            text = f"{INSIGHTS}{count}" if count else ""
            return text if len(text) <= width else f"{INSIGHTS}+"
        field = {"tier": roles.tier, "category": roles.category}.get(column, column)
        return clean(source.text(field), width * 4)

    def _lit(self, text: str, width: int, style: Style) -> Iterator[Segment]:
        """The text in `width` cells, with the letters that match the query highlighted."""
        shown = fit(text, width)
        if not self.query or not text:
            yield Segment(shown, style)
            return
        kept = len(text) if shown.startswith(text) else max(0, len(shown.rstrip()) - 1)
        lit = style + self._look("line--hit")
        at = 0
        for start, end in sorted(self._spans(self.query, text)):
            left, right = max(at, start), min(end, kept)
            if left < right:
                yield Segment(shown[at:left], style)
                yield Segment(shown[left:right], lit)
                at = right
        yield Segment(shown[at:], style)
