"""RowPainter: draws the rows of the queue as strips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.app.widgets.line_view import strip_of
from tui.app.widgets.queue_columns import (
    INDENT,
    MARGIN,
    NEWS,
    RATED,
    Columns,
    age_of,
    category_cells,
    columns_below,
    columns_beside,
    duration_of,
    longest_until,
    waits_for,
)
from tui.display import cells, clean, fit
from tui.session.model.rows import DividerRow, SourceRow

if TYPE_CHECKING:
    from tui.triage.field import Field
    from tui.triage.schema import Schema
    from tui.vault.source import Source

BAR, MARK, DONE, PROBLEM, INSIGHTS, UNKNOWN = "▌", "+", "✓", "!", "✎", "?"
_COUNTED = 9
"""The most insights of a source that are counted in its row."""
_LEAST_PROBLEM = 12
"""The least cells in which a problem is named."""
_BOLD = Style(bold=True)

Spans = list[tuple[int, int]]


class RowFacts(NamedTuple):
    """What a row shows that its source does not say."""

    schema_of: Callable[[], Schema]
    problem_of: Callable[[Source], str | None]
    news_of: Callable[[Source], str]
    """The symbol of a value that is proposed or suggested and that the source does not have."""
    snoozed_until: Callable[[Source], date | None] = lambda _: None
    """The day until which the source is snoozed; None when it is not."""
    waits_since: Callable[[Source], date | None] = lambda _: None
    """The day since which the source has been waiting; None when that is unknown."""


class RowState(NamedTuple):
    """The state of a row that is not part of its source."""

    cursor: bool
    focused: bool
    marked: bool
    done: bool
    news: str
    """The symbol of what is proposed or suggested; empty for nothing."""


class RowForm(NamedTuple):
    """The room of a row."""

    width: int
    """The cells of a line."""
    screen: int
    """The cells of a line of the whole screen."""
    lines: int
    """1 with everything on one line, 2 with the columns below the title."""
    with_creator: bool
    """Whether a single line has a creator."""


class RowPainter:
    """Draws rows for one schema."""

    def __init__(
        self,
        facts: RowFacts,
        spans: Callable[[str, str], Spans],
        look: Callable[[str], Style],
    ) -> None:
        self.query = ""
        self.days: tuple[str, ...] = ()
        """The date fields whose age is shown: the first one that a source has counts."""
        self.tell_waits = False
        """Whether rows say how long their sources have been waiting, in place of an age."""
        self.now = datetime.min
        """The time from which ages are counted."""
        self._facts = facts
        self._spans = spans
        self._look = look

    @cached_property
    def _schema(self) -> Schema:
        """The schema, only read when there are rows: it is not loaded for the first frame."""
        return self._facts.schema_of()

    @cached_property
    def _status_of(self) -> Callable[[Schema, Source], str]:
        from tui.triage.status import status_of  # noqa: PLC0415 - after the first frame

        return status_of

    @cached_property
    def _longest_category(self) -> int:
        return max((cells(clean(name)) for name in self._schema.category.values), default=0)

    @cached_property
    def _duration(self) -> str:
        """The field for the duration; empty in a schema without one."""
        fields = (field.name for field in self._schema.fields.values() if field.kind == "duration")
        return next(fields, "")

    @property
    def _known(self) -> frozenset[str]:
        """The columns the schema can fill."""
        fields = self._schema.fields
        there = {
            "category": bool(self._schema.roles.category),
            "age": bool(self.days) or self.tell_waits,
            "duration": bool(self._duration),
            "platform": "platform" in fields,
            "creator": bool(self._schema.roles.author),
        }
        return frozenset(name for name, is_there in there.items() if is_there)

    def divider(self, row: DividerRow, form: RowForm, ground: Style) -> tuple[Strip, ...]:
        """The text on a rule; where there is room, below an empty line."""
        width, quiet = form.width, ground + self._look("line--quiet")
        words = f" {clean(row.text, width * 2)} "
        words = fit(words, max(0, min(cells(words), width - 5)))
        after = max(0, width - 4 - cells(words))
        rule = [
            Segment(" ───"[:width], quiet),
            Segment(words, ground + self._look("line--dim")),
            Segment("─" * after, quiet),
        ]
        return (*(Strip.blank(width, ground),) * (form.lines - 1), strip_of(rule, width))

    def source(
        self, row: SourceRow, form: RowForm, state: RowState, ground: Style
    ) -> tuple[Strip, ...]:
        """The lines of a source: title and columns, below each other or side by side."""
        if state.cursor:
            focus = "" if state.focused else "-blurred"
            ground += self._look(f"queue--cursor{focus}")
        width, gutter = form.width, self._gutter(row, state, ground)
        if form.lines == 1:
            columns = self._beside(form)
            title = self._title(row, columns["title"], state, ground)
            rest = self._columns(row, columns, state, ground, columns.cells)
            return (strip_of([*gutter, *title, Segment(" ", ground), *rest], width),)
        first = strip_of([*gutter, *self._title(row, self.title_room(form), state, ground)], width)
        columns = columns_below(
            self._room(form), self._known, self._category_cells(form), waits=self.tell_waits
        )
        second = [
            self._bar(state, ground),
            Segment(
                DONE if state.done and state.marked else " ", ground + self._look("line--faint")
            ),
            *self._news(row, state, ground),
            *((Segment(" ", ground),) if self._has_tiers else ()),
            *self._columns(row, columns, state, ground, self._room(form)),
        ]
        return first, strip_of(second, width)

    def title_room(self, form: RowForm) -> int:
        """The cells of a title: a longer one is cut."""
        if form.lines == 1:
            return self._beside(form)["title"]
        return self._room(form)

    @cached_property
    def _has_tiers(self) -> bool:
        return bool(self._schema.tier.values)

    def _room(self, form: RowForm) -> int:
        """The cells of a row between its symbols and its end."""
        return max(0, form.width - INDENT - RATED * self._has_tiers - MARGIN)

    @property
    def has_columns(self) -> bool:
        """Whether the schema can fill a line below the title."""
        return bool(self._known or self._schema.roles.snoozed)

    def _beside(self, form: RowForm) -> Columns:
        return columns_beside(
            self._room(form),
            self._known,
            self._category_cells(form),
            form.with_creator,
            waits=self.tell_waits,
        )

    def _category_cells(self, form: RowForm) -> int:
        return category_cells(self._longest_category, form.screen)

    def _bar(self, state: RowState, ground: Style) -> Segment:
        look = self._look("line--accent" if state.focused else "line--faint")
        return Segment(BAR if state.cursor else " ", ground + look)

    def _done_look(self, state: RowState) -> Style:
        # The faint colour is too close to the background of the cursor's row.
        return self._look("line--dim" if state.cursor else "line--faint")

    def _gutter(self, row: SourceRow, state: RowState, ground: Style) -> Iterator[Segment]:
        faint = ground + self._done_look(state)
        yield self._bar(state, ground)
        if state.marked:
            yield Segment(MARK, ground + self._look("queue--mark"))
        else:
            yield Segment(DONE if state.done else " ", faint)
        tier, status = self._schema.tier, self._schema.status
        values = [(status, self._status_of(self._schema, row.source))]
        if self._has_tiers:
            values.insert(0, (tier, tier.value_in(row.source)))
        for field, value in values:
            glyph, look = glyph_of(field, value, self._look)
            yield Segment(glyph, faint if state.done else ground + look)
            yield Segment(" ", ground)

    def _title(
        self, row: SourceRow, room: int, state: RowState, ground: Style
    ) -> Iterator[Segment]:
        if self._facts.problem_of(row.source) and room > cells(PROBLEM):
            yield Segment(PROBLEM, ground + self._look("line--problem"))
            yield Segment(" ", ground)
            room -= cells(PROBLEM) + 1
        style = ground
        if state.done:
            style += self._done_look(state)
        elif row.outside:
            style += self._look("line--dim")
        if state.cursor:
            style += _BOLD
        yield from self._lit(clean(row.source.title, room * 4 + 64), room, style)

    def _news(self, row: SourceRow, state: RowState, ground: Style) -> Iterator[Segment]:
        """Whether something else is proposed or suggested, and how many insights there are."""
        yield Segment(state.news or " ", ground + self._look("line--accent"))
        count = len(row.source.items(self._schema.roles.insights))
        text = f"{INSIGHTS}{count if count <= _COUNTED else '+'}" if count else ""
        yield Segment(fit(text, NEWS - 1), ground + self._quiet_look(state))

    def _quiet_look(self, state: RowState) -> Style:
        return self._done_look(state) if state.done else self._look("line--dim")

    def _columns(
        self, row: SourceRow, columns: Columns, state: RowState, ground: Style, room: int
    ) -> Iterator[Segment]:
        """The source's values in so many cells; if it has none, its problem."""
        quiet = ground + self._quiet_look(state)
        if (until := self._facts.snoozed_until(row.source)) is not None:
            columns = columns.with_until(room)
        texts = {name: self._value(name, row.source, width) for name, width in columns.items()}
        texts.pop("title", None)
        if self.tell_waits and state.done and "age" in texts:
            # It waits no longer.
            texts["age"] = ""
        if not any(texts.values()) and (problem := self._facts.problem_of(row.source)):
            room = columns.cells - (columns["title"] + 1 if "title" in columns else 0)
            said = clean(problem, room * 4) if room >= _LEAST_PROBLEM else ""
            yield Segment(fit(said, room), quiet)
            return
        for place, name in enumerate(texts):
            if place:
                yield Segment(" ", ground)
            text, width = texts[name], columns[name]
            if name == "news":
                yield from self._news(row, state, ground)
            elif name == "creator":
                yield from self._lit(text, width, quiet)
            elif name == "until" and until is not None:
                yield Segment(fit(longest_until(until, self.now.date(), width), width), quiet)
            elif name in ("age", "duration"):
                yield Segment(" " * (width - cells(text)) + text, quiet)
            else:
                plain = name == "category" and not state.done
                yield Segment(fit(text, width), ground if plain else quiet)

    def _value(self, column: str, source: Source, width: int) -> str:
        """What a column shows of a source, unless the source's state decides that."""
        if column == "age" and self.tell_waits:
            since = self._facts.waits_since(source)
            return waits_for(since, self.now.date(), width) if since is not None else ""
        if column == "age":
            return age_of(source, self.days, self.now)
        if column == "duration":
            return duration_of(source, self._duration)
        if column == "platform":
            field = self._schema.fields[column]
            name = field.value_in(source)
            return clean(field.abbreviated(name), width * 4) if name else ""
        if column == "creator":
            return clean(source.author, width * 4)
        if column == "category":
            return clean(source.text(self._schema.roles.category), width * 4)
        return ""

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


def glyph_of(field: Field, name: str, look: Callable[[str], Style]) -> tuple[str, Style]:
    """The symbol of a value in one cell, and how it looks; ``look`` gives the styles."""
    if not name:
        return " ", Style.null()
    choice = field.choice(name)
    if choice.name not in field.values:
        return UNKNOWN, look("line--problem")
    return fit(clean(choice.glyph, 4) or "•", 1), look(f"line--{choice.colour}")
