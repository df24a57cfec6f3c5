"""CardColumns: the columns of the notebooks' board; only the cards in sight are drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.app.widgets.line_view import LineView, strip_of
from tui.app.widgets.row_painter import BAR, MARK, PROBLEM, glyph_of
from tui.display import cells, clean, counted, fit
from tui.session.model import rows
from tui.session.model.card_facts import Card, CardFacts
from tui.session.model.cards import HEAD, WITHOUT, At, Cards, Column
from tui.triage.schema import Schema

LEAST, MOST = 28, 47
"""The cells of a column, at least and at most."""
GAP = 2
"""Cells between two columns."""
BESIDE = 4
"""Columns side by side before they are as wide as ``MOST``."""
HEAD_ROWS, CARD_ROWS = 4, 2
"""The rows of a head and of a card."""
SENT, STAGED = "✓", "staged"
_BOLD = Style(bold=True)


class CardColumns(LineView):
    """Draws heads and cards; ``on_pick`` gets column and row of what was clicked."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--cursor",
        "cards--mark",
        "cards--warning",
        "cards--success",
    }
    DEFAULT_CSS = """
    CardColumns { overflow-y: hidden; scrollbar-size-vertical: 0; }
    CardColumns > .cards--cursor { background: $row-cursor; }
    CardColumns > .cards--mark { color: $accent; text-style: bold; }
    CardColumns > .cards--warning { color: $warning; }
    CardColumns > .cards--success { color: $success; }
    CardColumns:nocolor > .cards--cursor { text-style: reverse; }
    """

    def __init__(
        self,
        cards: Cards,
        facts: CardFacts,
        schema: Schema,
        marked: Collection[str],
        empty: Sequence[str],
        find: Callable[[int, int], object],
    ) -> None:
        super().__init__(id="cards")
        self._cards = cards
        self._facts = facts
        self._schema = schema
        self._marked = marked
        self._empty = empty
        self._on_pick = find
        self._left = 0
        """The first column in sight."""
        self._first: dict[str, int] = {}
        """The first card in sight of each column, by its name."""
        self._drawn: tuple[object, ...] = ()
        self._cursor: At | None = None

    # What is in sight

    @property
    def _beside(self) -> int:
        """How many columns are side by side."""
        width = self.text_width
        wide = width // (MOST + GAP)
        return wide if wide >= BESIDE else max(1, min(BESIDE, width // (LEAST + 1)))

    @property
    def _column_width(self) -> int:
        """The cells of a column, without the gap behind it."""
        count = self._beside
        return max(1, (self.text_width - GAP * (count - 1)) // count)

    @property
    def card_rows(self) -> int:
        """How many cards are in sight."""
        return max(1, (self.text_height - HEAD_ROWS) // CARD_ROWS)

    @property
    def shown_columns(self) -> tuple[int, int]:
        """The first column in sight, and one after the last."""
        return self._left, min(len(self._cards.columns), self._left + self._beside)

    def draw(self) -> None:
        """Draw what changed: all of it, or where the cursor was and where it is."""
        self._cards.page = self.card_rows
        scrolled = self._reveal()
        now = (self._cards.version, len(self._marked), self.text_width, self.text_height)
        cursor = self._cards.cursor
        if now != self._drawn or scrolled == "all" or self._cursor is None:
            self.refresh()
        elif cursor != self._cursor:
            for at in {self._cursor, cursor}:
                self._refresh_at(at)
            if scrolled:
                self._refresh_column(cursor.column)
        self._drawn, self._cursor = now, cursor

    def _reveal(self) -> str:
        """Scroll to the cursor; whether ``all`` is to be drawn again, a ``column``, or nothing."""
        cards, count = self._cards, self._beside
        # The column of the sources in none takes no room while it is empty.
        least = 1 if cards.at and not cards.without.count else 0
        left = max(least, min(self._left, max(0, len(cards.columns) - count)))
        left = min(max(left, cards.at - count + 1), cards.at)
        scrolled = "all" if left != self._left else ""
        self._left = left
        name, row = cards.cursor
        before = first = self._first.get(name, 0)
        rows, total = self.card_rows, len(cards.shown)
        if row < first or row >= first + rows:
            # By half a page: most moves then draw two cards, and few the whole column.
            first = max(0, row - rows // 2)
        first = max(0, min(first, total - rows))
        if row == HEAD:
            first = 0
        self._first[name] = first
        return scrolled or ("column" if first != before else "")

    def _refresh_at(self, at: At) -> None:
        """Draw a head or a card again."""
        column = self._place_of(at.column)
        if column is None:
            return
        if at.row == HEAD:
            self.refresh(Region(column, 0, self._column_width, HEAD_ROWS))
            return
        y = HEAD_ROWS + (at.row - self._first.get(at.column, 0)) * CARD_ROWS
        if HEAD_ROWS <= y < self.text_height:
            self.refresh(Region(column, y, self._column_width, CARD_ROWS))

    def _refresh_column(self, name: str) -> None:
        column = self._place_of(name)
        if column is not None:
            self.refresh(Region(column, 0, self._column_width, self.text_height))

    def _place_of(self, name: str) -> int | None:
        """The first cell of a column in sight."""
        start, end = self.shown_columns
        for at in range(start, end):
            if self._cards.columns[at].name == name:
                return (at - start) * (self._column_width + GAP)
        return None

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._drawn = ()
        if self._cards.columns:
            self.draw()

    def on_click(self, event: events.Click) -> None:
        """Report what is under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = self._left + offset.x // (self._column_width + GAP)
        if at >= self.shown_columns[1]:
            return
        column = self._cards.columns[at]
        row = HEAD
        if offset.y >= HEAD_ROWS:
            row = self._first.get(column.name, 0) + (offset.y - HEAD_ROWS) // CARD_ROWS
        if row < len(self._cards.shown_in(column)):
            self._on_pick(at, row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down in the cursor's column."""
        self._turn(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        self._turn(event, -1)

    def _turn(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        row, count = self._cards.column.row + by, len(self._cards.shown)
        if HEAD <= row < count:
            self._on_pick(self._cards.at, row)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of all columns in sight."""
        width, ground = self.text_width, self.ground
        if not self._cards.columns:
            return Strip.blank(width, ground)
        segments: list[Segment] = []
        start, end = self.shown_columns
        for at in range(start, end):
            if at > start:
                segments.append(Segment(" " * GAP, ground))
            segments += self._line(self._cards.columns[at], y, at == self._cards.at)
        if end - start < self._beside and not self._cards.notebooks:
            segments += self._line_of_empty(y)
        segments.append(Segment(" ", ground))
        return strip_of(segments, width)

    def _line_of_empty(self, y: int) -> Iterator[Segment]:
        """What is said beside the sources while there is no notebook."""
        if 0 <= y - 1 < len(self._empty):
            words = clean(self._empty[y - 1], 300)
            look = "line--headline" if y == 1 else "line--dim"
            yield Segment(" " * GAP, self.ground)
            room = self.text_width - self._column_width - 2 * GAP
            yield Segment(fit(words, max(0, room)), self.ground + self.look(look))

    def _line(self, column: Column, y: int, is_here: bool) -> list[Segment]:
        """One line of a column, exactly as wide as it."""
        width = self._column_width
        if y < HEAD_ROWS:
            on = is_here and column.row == HEAD
            parts = self._head_line(column, y, width, on)
        else:
            row, line = divmod(y - HEAD_ROWS, CARD_ROWS)
            row += self._first.get(column.name, 0)
            names = self._cards.shown_in(column)
            if row >= len(names):
                parts = self._after_cards(column, row - len(names), line, width)
            else:
                parts = self._card_line(
                    column, names[row], line, width, is_here and column.row == row
                )
        strip = strip_of([*parts, Segment(" ", parts[-1].style if parts else self.ground)], width)
        return list(strip)

    def _ground_at(self, on: bool) -> Style:
        return self.ground + self.look("cards--cursor") if on else self.ground

    def _bar(self, on: bool, ground: Style) -> Segment:
        return Segment(BAR if on else " ", ground + self.look("line--accent"))

    # The head

    def _head_line(self, column: Column, y: int, width: int, on: bool) -> list[Segment]:
        ground = self._ground_at(on and y == 0)
        if y == 0:
            return self._name_line(column, width, on, ground)
        count = column.count
        if column.name == WITHOUT:
            if y == 1:
                return [Segment("─" * width, self.ground + self.look("line--quiet"))]
            words = ("judged, not archived", "")[y - 2]
            return [Segment(fit(f" {words}", width), self.ground + self.look("line--dim"))]
        cap = self._facts.cap_of(column.name)
        if y == 1:
            filled = min(width, round(width * count / cap)) if cap else width
            filled = max(filled, 1) if count else 0
            look = "cards--warning" if count > cap else "line--accent"
            return [
                Segment("━" * filled, self.ground + self.look(look)),
                Segment("─" * (width - filled), self.ground + self.look("line--quiet")),
            ]
        if y == 2:
            return self._figures(column, width)
        if count > cap:
            words = f" ! {count - cap:,} over the cap"
            return [Segment(fit(words, width), self.ground + self.look("cards--warning"))]
        purpose = clean(self._facts.purpose_of(column.name), width * 4)
        return [Segment(fit(f" {purpose}", width), self.ground + self.look("line--dim"))]

    def _name_line(self, column: Column, width: int, on: bool, ground: Style) -> list[Segment]:
        without = column.name == WITHOUT
        cap = "" if without else f"/{self._facts.cap_of(column.name):,}"
        shown = len(self._cards.shown_in(column))
        figure = f"{column.count:,}{cap}"
        if shown != column.count:
            figure = f"{shown:,} of {figure}"
        name = "in no notebook" if without else clean(column.name, width * 4 + 64)
        room = max(1, width - cells(figure) - 3)
        look = self.look("line--headline") if not without else _BOLD
        return [
            self._bar(on, ground),
            Segment(fit(name, room), ground + look),
            Segment(" ", ground),
            Segment(figure, ground + self.look("line--dim")),
            Segment(" ", ground),
        ]

    def _figures(self, column: Column, width: int) -> list[Segment]:
        """How its sources go, and how many were delivered."""
        if not column.count:
            return [Segment(fit(" empty", width), self.ground + self.look("line--dim"))]
        known = self._facts.summary(column)
        if known is None:
            return [Segment(fit(" counting…", width), self.ground + self.look("line--dim"))]
        numbers = (known.sent, "sent"), (known.changed, "changed")
        states = [f"{number:,} {word}" for number, word in numbers if number]
        ways = (known.addresses, "address"), (known.files, "file")
        routes = [counted(number, word) for number, word in ways if number]
        brief = [
            route.replace("addresses", "addr.").replace("address", "addr.") for route in routes
        ]
        # Where that has no room either, what was delivered says more than how.
        choices = ([*routes, *states], [*brief, *states], states, routes[:1])
        forms = [" · ".join(some) for some in choices if some]
        said = next((form for form in forms if cells(form) < width), (forms or [""])[-1])
        return [Segment(fit(f" {said}", width), self.ground + self.look("line--dim"))]

    # A card

    def _after_cards(self, column: Column, row: int, line: int, width: int) -> list[Segment]:
        """What is below the last card."""
        words = ""
        if not self._cards.shown_in(column) and row == 0 and line == 0:
            words = "no match" if self._cards.words else ""
        return [Segment(fit(f"  {words}", width), self.ground + self.look("line--dim"))]

    def _card_line(
        self, column: Column, name: str, line: int, width: int, on: bool
    ) -> list[Segment]:
        ground = self._ground_at(on)
        source = self._cards.find(name)
        if source is None:
            return [self._bar(on, ground)]
        if line:
            return self._route_line(self._facts.card(source, column.name), column, width, on)
        tier = self._schema.tier
        room = width - 2
        parts = [
            self._bar(on, ground),
            Segment(MARK if name in self._marked else " ", ground + self.look("cards--mark")),
        ]
        if tier.values:
            glyph, look = glyph_of(tier, tier.value_in(source), self.look)
            parts += [Segment(glyph, ground + look), Segment(" ", ground)]
            room -= 2
        if source.problem is not None and room > 4:
            parts.append(Segment(f"{PROBLEM} ", ground + self.look("line--problem")))
            room -= 2
        title = fit(clean(source.title, max(1, room) * 4 + 64), max(1, room))
        parts.append(Segment(title, ground + _BOLD if on else ground))
        return parts

    def _route_line(self, card: Card, column: Column, width: int, on: bool) -> list[Segment]:
        """The route in words, and what was delivered when; or the likeliest notebook."""
        ground = self._ground_at(on)
        indent = 4 if self._schema.tier.values else 2
        lead = [self._bar(on, ground), Segment(" " * (indent - 1), ground)]
        states, look = self._state(card, column)
        least = cells(card.route.kind) + indent + 2
        right = next((one for one in states if cells(one) + least <= width), states[-1])
        room = max(0, width - indent - (cells(right) + 2 if right else 0))
        if card.likeliest is not None:
            name, percent, is_sure = card.likeliest
            before, after = "≈ " if is_sure else "maybe ", f" {percent} %"
            free = max(1, room - cells(before) - cells(after))
            named = clean(name, room * 4 + 8)
            named = named if cells(named) <= free else fit(named, free).rstrip()
            words = f"{before}{named}{after}" if name else "none fits well"
            look = "line--accent" if is_sure else "line--dim"
            left = Segment(fit(words, room), ground + self.look(look))
        else:
            kind, host = card.route.kind, card.route.page.partition("/")[0]
            forms = (f"{kind}: {card.route.reason}", f"{kind}: {host}" if host else kind, kind)
            words = next((form for form in forms if cells(clean(form)) <= room), kind)
            left = Segment(fit(clean(words, room * 4 + 8), room), ground + self.look("line--dim"))
        if not right:
            return [*lead, left]
        return [
            *lead,
            left,
            Segment(" ", ground),
            Segment(right, ground + self.look(look)),
            Segment(" ", ground),
        ]

    def _state(self, card: Card, column: Column) -> tuple[Sequence[str], str]:
        """What is said at the right end of a card, longest first, and how it looks."""
        if self._cards.is_staged(column.name, card.source.name):
            return (STAGED,), "cards--mark"
        if not card.is_sent:
            return ("",), ""
        day = said_day(card.sent, rows.local_now().date()) if card.sent is not None else "sent"
        if card.has_changed:
            return (f"changed {SENT} {day}", f"changed {SENT}"), "cards--warning"
        return (f"{SENT} {day}", SENT), "cards--success"


def said_day(day: date, today: date) -> str:
    """A day gone by, as briefly as possible: ``28 Nov``, with its year if that is another one."""
    return f"{day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")
