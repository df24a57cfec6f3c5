import ast
import inspect
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from tui.app.widgets.line_view import CHOICE_COLOURS, LineView
from tui.app.widgets.queue import QueueList
from tui.app.widgets.queue_columns import (
    INDENT,
    MARGIN,
    RATED,
    category_cells,
    columns_below,
    columns_beside,
)
from tui.app.widgets.row_painter import RowFacts
from tui.display import cells
from tui.search.dates import shown_day
from tui.session.model.rows import DividerRow, Row, Rows, SourceRow
from tui.triage.schema import Schema, load_schema
from tui.vault.source import Problem, Source, Stamp

SCHEMA = load_schema()
COLOURS = {
    **dict.fromkeys(["text-dim", "text-faint", "border-quiet", "border-focus"], "#808080"),
    **dict.fromkeys(["row-cursor", "row-cursor-blurred"], "#203040"),
    **dict.fromkeys(["hit", "problem", *CHOICE_COLOURS], "#c08040"),
}
ODD_TEXTS = [
    "[/red]",
    "[@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[31mred\x00",
    "漢字の見出しはとても長いので行の終わりで切られるはずです",
    "👩‍👩‍👧‍👦 e\u0301\u0301\u0301 \u202edesrever\u2066",
    "\ud800 alone",
    "line\nbreak\ttab",
    "",
]


def source(number: int, problem: Problem | None = None, **fields: object) -> Source:
    name = f"SOURCE-{number}.md"
    fields = {"title": f"Title {number}", "status": "raw", "signal_tier": "strategic"} | fields
    return Source(Path("/vault"), name, fields, "", problem, Stamp(0, 0, 0))


def letters(query: str, text: str) -> list[tuple[int, int]]:
    at = text.lower().find(query.lower())
    return [(at, at + len(query))] if at >= 0 else []


class ClockedRows(Rows):
    """Rows on a day that stays until a test moves it."""

    clock = datetime(2026, 11, 30, 14, 20)

    @property
    def now(self) -> datetime:
        """The test's time."""
        return self.clock


class Queue(QueueList):
    """A queue that is drawn after every change of its rows."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.suggested: set[str] = set()
        super().__init__(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("rows", "suggested"):
            raise AttributeError(name)
        verb = getattr(self.rows, name)

        def change(*arguments: object, **options: object) -> None:
            verb(*arguments, **options)
            self.redraw()

        return change if name in VERBS else verb

    def redraw(self) -> None:
        if (changes := self.rows.take_changes()) is not None:
            self.draw(changes)

    def page(self, pages: float) -> None:
        self.rows.move(round(self.page_rows * pages), follow=True)
        self.redraw()


VERBS = {
    "show", "extend", "renew", "update", "mark", "light", "head", "recolour", "move", "move_to"
}  # fmt: skip
KNOWN = frozenset({"category", "age", "duration", "platform", "creator"})
LONGEST = max(map(len, SCHEMA.category.values))


def queue_of(
    spans: Callable[[str, str], list[tuple[int, int]]] = letters, schema: Schema = SCHEMA
) -> Queue:
    queue = Queue(
        ClockedRows(),
        RowFacts(
            lambda: schema,
            lambda s: s.problem.sentence if s.problem else None,
            lambda s: "≈" if s.name in queue.suggested else "",
        ),
        spans=spans,
        on_pick=lambda row: queue.move_to(row),  # noqa: PLW0108 - it comes later
    )
    queue.rows.head("queue", ("date_published", "captured_date"))
    return queue


class Trial(App[None]):
    schema = SCHEMA

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return COLOURS

    def compose(self) -> ComposeResult:
        yield queue_of(schema=self.schema)

    @property
    def queue(self) -> Queue:
        return self.query_one(Queue)


def sources(count: int) -> list[Row]:
    return [SourceRow(source(number)) for number in range(count)]


def line(queue: QueueList, y: int) -> str:
    return queue.render_line(y).text


def screen(queue: QueueList) -> list[str]:
    return [line(queue, y) for y in range(queue.size.height)]


def hits(queue: QueueList, y: int) -> list[str]:
    return [s.text for s in queue.render_line(y) if s.style and s.style.underline]


FULL = {
    "title": "A title",
    "platform": "youtube",
    "date_published": date(2026, 9, 24),
    "duration": "1h 8m",
    "notebooklm_category": "claude-code",
    "key_insights": ["one", "two", "three"],
    "creator": "Someone",
}


async def test_a_row_shows_insights_category_age_duration_platform_and_creator() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)):
        app.queue.suggested = {"SOURCE-1.md"}
        app.queue.show([SourceRow(source(1, **FULL))], 0)
        assert line(app.queue, 0).rstrip() == "▌ ▲ ○ A title"
        assert line(app.queue, 1).rstrip() == "▌ ≈✎3 claude-code           2mo 1h08 yt  Someone"


async def test_a_wide_screen_has_a_source_on_every_line() -> None:
    app = Trial()
    async with app.run_test(size=(200, 10)):
        app.queue.suggested = {"SOURCE-1.md"}
        app.queue.show([SourceRow(source(1, **FULL)), *sources(3)], 0)
        shown = line(app.queue, 0)
        assert shown.startswith("▌ ▲ ○ A title   ")
        assert shown.split()[5:] == ["claude-code", "2mo", "1h08", "yt", "Someone", "≈✎3"]
        assert [line(app.queue, y).split()[2:4] for y in (1, 2, 3)] == [
            ["Title", "0"], ["Title", "1"], ["Title", "2"]
        ]  # fmt: skip
        assert (app.queue.row_lines, app.queue.page_rows) == (1, 10)


async def test_the_creator_has_a_place_on_one_line_from_190_columns_on() -> None:
    app = Trial()
    async with app.run_test(size=(189, 10)) as pilot:
        app.queue.show([SourceRow(source(1, **FULL))], 0)
        assert "yt" in line(app.queue, 0)
        assert "Someone" not in line(app.queue, 0)
        await pilot.resize_terminal(190, 10)
        assert "Someone" in line(app.queue, 0)


async def test_a_resize_to_one_line_a_source_and_back_keeps_cursor_and_place() -> None:
    app = Trial()
    async with app.run_test(size=(120, 20)) as pilot:
        queue = app.queue
        queue.show(sources(1_000), 500)
        first = queue.first_row
        await pilot.resize_terminal(170, 20)
        assert (queue.row_lines, queue.first_row, queue.cursor) == (1, first, 500)
        assert sum("▌" in text for text in screen(queue)) == 1
        queue.move(14)
        assert queue.first_row == first
        await pilot.resize_terminal(120, 20)
        assert (queue.row_lines, queue.cursor) == (2, 514)
        assert sum("▌" in text and "Title 514" in text for text in screen(queue)) == 1
        assert queue.virtual_size.height == 2_000


async def test_one_line_a_source_is_paged_clicked_and_divided() -> None:
    app = Trial()
    async with app.run_test(size=(170, 10)) as pilot:
        queue, rows = app.queue, sources(100)
        queue.show([*rows[:2], DividerRow("outside"), *rows[2:]], 0)
        assert line(queue, 2).startswith(" ─── outside ─")
        await pilot.click(QueueList, offset=(10, 2))
        assert queue.cursor == 0
        await pilot.click(QueueList, offset=(10, 4))
        assert queue.cursor == 4
        queue.page(1)
        assert (queue.cursor, queue.first_row) == (14, 10)
        queue.move(-5)
        assert "▌" in "".join(screen(queue))
        assert queue.first_row < 10


@pytest.mark.parametrize(
    ("count", "sign"), [(0, "  "), (1, "✎1"), (9, "✎9"), (10, "✎+"), (60, "✎+")]
)
async def test_insights_are_counted_up_to_nine(count: int, sign: str) -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        insights = [f"insight {number}" for number in range(count)]
        app.queue.show([SourceRow(source(1, key_insights=insights))], 0)
        assert line(app.queue, 1)[3:6] == f"{sign} "


@pytest.mark.parametrize("size", [(60, 10), (170, 10)])
async def test_what_is_suggested_shows_when_it_is_known_but_not_in_a_done_row(
    size: tuple[int, int],
) -> None:
    app = Trial()
    async with app.run_test(size=size):
        queue = app.queue
        queue.show(sources(3), 0)
        assert not any("≈" in text for text in screen(queue))
        queue.suggested = {"SOURCE-1.md", "SOURCE-2.md"}
        queue.rows.done = {"SOURCE-2.md"}
        queue.recolour(queue.suggested)
        assert sum("≈" in text for text in screen(queue)) == 1
        assert "≈" in line(queue, 3 if queue.row_lines == 2 else 1)


async def test_only_the_category_of_the_columns_has_the_colour_of_the_text() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)):
        app.queue.show([SourceRow(source(number, **FULL)) for number in range(2)], 0)
        looks = {s.text.strip(): s.style for s in app.queue.render_line(3) if s.text.strip()}
        plain, dim = app.queue.ground, app.queue.ground + app.queue.look("line--dim")
        assert looks["claude-code"] == plain
        assert {looks[text] for text in ("2mo", "1h08", "yt", "Someone", "✎3")} == {dim}


async def test_the_age_is_of_the_date_that_the_view_is_sorted_by() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)):
        queue = app.queue
        dates = {"date_published": "2024-01-02", "captured_date": "2026-11-28"}
        queue.show([SourceRow(source(1, **dates)), SourceRow(source(2))], 0)
        assert line(queue, 1).split() == ["▌", "2y"]
        queue.head("queue", ("captured_date",))
        assert line(queue, 1).split() == ["▌", "2d"]
        assert line(queue, 3).split() == []
        queue.head("queue", ())
        assert line(queue, 1).split() == ["▌"]


async def test_ages_rise_while_the_queue_stays_open() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)):
        app.queue.show([SourceRow(source(1, date_published="2026-11-28"))], 0)
        assert "2d" in line(app.queue, 1)
        app.queue.rows.clock = datetime(2026, 12, 2, 0, 5)  # type: ignore[attr-defined]
        app.queue.move(1)
        app.queue.rows.light("x")
        app.queue.redraw()
        assert "4d" in line(app.queue, 1)


@pytest.mark.parametrize("width", [80, 200])
async def test_what_the_schema_does_not_have_is_not_a_column(width: int) -> None:
    gone = ("platform", "duration", "creator")
    fields = {name: field for name, field in SCHEMA.fields.items() if name not in gone}
    app = Trial()
    app.schema = SCHEMA._replace(fields=fields, roles=SCHEMA.roles._replace(author=""))
    async with app.run_test(size=(width, 10)):
        app.queue.show([SourceRow(source(1, **FULL))], 0)
        shown = "".join(screen(app.queue)).split()
        assert "2mo" in shown
        assert not {"yt", "1h08", "Someone"} & set(shown)


async def test_columns_of_all_rows_stand_below_each_other() -> None:
    app = Trial()
    async with app.run_test(size=(100, 10)):
        app.queue.show(
            [
                SourceRow(source(1, platform="x", creator="Ann", key_insights=["a"])),
                SourceRow(source(2, platform="newsletter", signal_tier="noise", creator="Ann")),
            ],
            0,
        )
        assert line(app.queue, 1).index("Ann") == line(app.queue, 3).index("Ann")


@pytest.mark.parametrize("width", [1, 5, 12, 20, 30, 45, 60, 80, 118, 160, 189, 190, 200, 400])
async def test_rows_fill_any_width_exactly(width: int) -> None:
    app = Trial()
    async with app.run_test(size=(width, 8)):
        rows = [
            SourceRow(
                source(n, title=odd, creator=odd, platform=odd, notebooklm_category=odd,
                       duration=odd, date_published=odd, key_insights=[odd] * n)
            )
            for n, odd in enumerate(ODD_TEXTS)
        ]  # fmt: skip
        app.queue.suggested = {"SOURCE-1.md"}
        app.queue.show([*rows[:2], DividerRow("outside this view · 6"), *rows[2:]], 0)
        for index in range(len(app.queue.rows)):
            app.queue.move_to(index)
            for y in range(app.queue.size.height):
                assert app.queue.render_line(y).cell_length == app.queue.text_width
                assert cells(line(app.queue, y)) == app.queue.text_width


def test_the_creator_goes_first_then_platform_duration_and_age_and_the_category_never() -> None:
    gone = [KNOWN - set(columns_below(room, KNOWN, 20)) for room in range(10, 90)]
    steps = list(dict.fromkeys(gone))
    assert steps == [
        {"creator", "platform", "duration", "age"},
        {"creator", "platform", "duration"},
        {"creator", "platform"},
        {"creator"},
        set(),
    ]


@pytest.mark.parametrize("missing", ["", "age", "duration", "platform", "creator"])
def test_columns_fit_into_every_room_and_the_category_stays_whole(missing: str) -> None:
    known = KNOWN - {missing}
    for width in range(10, 401):
        room = max(0, width - INDENT - RATED - MARGIN)
        for screen_width in (width, 2 * width):
            category = category_cells(LONGEST, screen_width)
            columns = columns_below(room, known, category)
            assert columns.cells <= room
            assert columns["category"] == min(category, room)
            assert columns.get("creator", 6) >= 6
            if screen_width >= 80 and width >= 40:
                assert columns["category"] >= LONGEST
        for with_creator in (False, True):
            columns = columns_beside(room, known, 20, with_creator)
            assert columns.cells == room
            assert ("creator" in columns) <= (with_creator and "creator" in known)
            if width >= 80:
                assert columns["category"] == 20
                assert {"age", "duration", "platform"} & known <= set(columns)
                assert next(iter(columns)) == "title"
                assert list(columns)[-1] == "news"


@pytest.mark.parametrize(
    ("longest", "screen_width", "shown"),
    [(20, 80, 20), (20, 45, 20), (8, 80, 20), (8, 45, 8), (0, 45, 12), (0, 80, 20), (40, 80, 26)],
)
def test_a_category_gets_the_room_of_the_longest_in_the_schema(
    longest: int, screen_width: int, shown: int
) -> None:
    assert category_cells(longest, screen_width) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 1, 2), "2026-01-02"),
        ("2026-01-02T10:00:00Z", "2026-01-02"),
        (20260102, "2026-01-02"),
        ("Feb 15, 2026", "2026-02-15"),
        ("January 17, 2026", "2026-01-17"),
        ("2026-13-45", ""),
        ("soon", ""),
        (True, ""),
        (None, ""),
    ],
)
def test_a_date_is_shown_only_when_it_can_be_read(value: object, shown: str) -> None:
    day = shown_day(source(1, date_published=value))
    assert (day.isoformat() if day else "") == shown


def test_the_capture_date_stands_in_for_a_publishing_date_that_cannot_be_read() -> None:
    day = shown_day(source(1, date_published="?", captured_date="2026-02-01"))
    assert day is not None and day.isoformat() == "2026-02-01"


async def test_a_problem_is_a_sign_before_the_title() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show([SourceRow(source(1, Problem("A quote is not closed.", 3)))], 0)
        assert "○ ! Title 1" in line(app.queue, 0)


async def test_a_source_without_any_field_shows_its_problem_below_the_title() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        bare = source(1, Problem("A quote is not closed.", 3), signal_tier=None)
        app.queue.show([SourceRow(bare)], 0)
        assert "A quote is not closed." in line(app.queue, 1)


async def test_an_unknown_tier_is_a_question_mark() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show([SourceRow(source(1, signal_tier="gold"))], 0)
        assert line(app.queue, 0).startswith("▌ ? ○ Title 1")


async def test_done_and_marked_sources_carry_signs() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show(sources(3), 2)
        app.queue.rows.done = {"SOURCE-0.md", "SOURCE-1.md"}
        app.queue.mark({"SOURCE-1.md"}, True)
        assert [line(app.queue, y)[1] for y in range(4)] == ["✓", " ", "+", "✓"]
        app.queue.rows.done = set()
        app.queue.mark({"SOURCE-1.md"}, False)
        assert [line(app.queue, y)[1] for y in range(4)] == [" "] * 4


async def test_letters_of_the_query_are_highlighted_in_title_and_creator() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)):
        app.queue.show([SourceRow(source(1, title="Mind the gap", creator="Gapminder"))], 0)
        app.queue.light("gap")
        assert (hits(app.queue, 0), hits(app.queue, 1)) == (["gap"], ["Gap"])
        app.queue.light("")
        assert (hits(app.queue, 0), hits(app.queue, 1)) == ([], [])


async def test_letters_beyond_the_cut_are_not_highlighted() -> None:
    app = Trial()
    async with app.run_test(size=(30, 10)):
        app.queue.show([SourceRow(source(1, title="word " * 20 + "gap"))], 0)
        app.queue.light("gap")
        assert "…" in line(app.queue, 0)
        assert hits(app.queue, 0) == []


async def test_the_cursor_skips_dividers_and_stops_at_the_ends() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        queue, rows = app.queue, sources(4)
        queue.show([*rows[:2], DividerRow("outside"), *rows[2:]], 1)
        path = []
        for delta in (1, 1, 1, -1, -1, -9):
            queue.move(delta)
            path.append(queue.cursor)
        assert path == [3, 4, 4, 3, 1, 0]
        queue.move_to(2)
        assert queue.cursor == 3


@pytest.mark.parametrize("rows", [[], [DividerRow("nothing below")]])
async def test_a_list_without_sources_has_no_cursor(rows: list[Row]) -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        queue = app.queue
        queue.show(rows, 0)
        for step in (
            lambda: queue.move(1),
            lambda: queue.move_to(0),
            lambda: queue.move_to(10**9),
            lambda: queue.page(-0.5),
        ):
            step()
            assert (queue.cursor, queue.current) == (None, None)


async def test_rows_can_be_shown_without_a_cursor_until_the_first_move() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show(sources(3), None)
        assert app.queue.current is None
        app.queue.move(1)
        assert app.queue.cursor == 0


async def test_a_source_is_found_by_name_after_every_change_of_the_rows() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        queue, rows = app.queue, sources(4)
        queue.show([DividerRow("a line"), *rows[:2]], 1)
        assert (queue.row_of("SOURCE-1.md"), queue.row_of("SOURCE-3.md")) == (2, None)
        assert queue.source_count == 2
        queue.extend(rows[2:])
        assert (queue.row_of("SOURCE-3.md"), queue.source_count) == (4, 4)
        queue.update([source(3, title="Another title")])
        assert queue.row_of("SOURCE-3.md") == 4
        queue.renew([rows[3], rows[0]], 0)
        assert (queue.row_of("SOURCE-3.md"), queue.row_of("SOURCE-1.md")) == (0, None)
        queue.show(rows, 0)
        assert (queue.row_of("SOURCE-3.md"), queue.source_count) == (3, 4)


async def test_the_cursor_stays_in_sight_wherever_it_goes() -> None:
    app = Trial()
    async with app.run_test(size=(60, 9)):
        queue = app.queue
        queue.show(sources(100_000), 0)
        for step in (1, 1, 1, 1, 1, 50_000, -3, 99_999, -1, -99_999):
            queue.move(step)
            assert sum(text.startswith("▌") for text in screen(queue)) == 2
        queue.move_to(10**9)
        assert queue.current is not None and queue.current.name == "SOURCE-99999.md"
        assert "Title 99999" in "".join(screen(queue))


async def test_the_view_scrolls_half_a_page_when_the_cursor_leaves_it() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show(sources(50), 0)
        firsts = []
        for _ in range(8):
            app.queue.move(1)
            firsts.append(app.queue.first_row)
        assert firsts == [0, 0, 0, 0, 3, 3, 3, 6]


async def test_a_page_moves_cursor_and_view_together() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        queue = app.queue
        queue.show(sources(50), 2)
        queue.page(1)
        assert (queue.cursor, queue.first_row) == (7, 5)
        queue.page(-0.5)
        assert (queue.cursor, queue.first_row) == (5, 3)
        queue.page(-1)
        assert (queue.cursor, queue.first_row) == (0, 0)


async def test_a_smaller_window_keeps_the_cursor_in_sight() -> None:
    app = Trial()
    async with app.run_test(size=(60, 40)) as pilot:
        app.queue.show(sources(100), 18)
        await pilot.resize_terminal(40, 6)
        assert any("▌" in text and "Title 18" in text for text in screen(app.queue))


async def test_new_rows_leave_the_source_below_the_cursor_on_its_screen_line() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        queue, rows = app.queue, sources(100)
        queue.show(rows, 40)
        before = next(y for y, text in enumerate(screen(queue)) if "Title 40" in text)
        queue.show(rows[10:], 30)
        assert "Title 40" in screen(queue)[before]


async def test_the_view_comes_back_to_the_row_it_is_given() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        queue, rows = app.queue, sources(100)
        queue.show(rows, 40)
        first = queue.first_row
        queue.show(rows[:3], 0)
        queue.show(rows, 40, first_row=first)
        assert (queue.first_row, queue.cursor) == (first, 40)


async def test_a_row_read_again_shows_the_new_values() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show(sources(3), 1)
        app.queue.update([source(1, title="Renamed", signal_tier="paradigm")])
        assert line(app.queue, 2).startswith("▌ ◆ ○ Renamed")
        assert app.queue.current is not None and app.queue.current.title == "Renamed"


async def test_clicking_a_row_moves_the_cursor_and_a_divider_does_not() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        rows = sources(3)
        app.queue.show([*rows[:2], DividerRow("outside"), rows[2]], 0)
        await pilot.click(QueueList, offset=(10, 3))
        assert app.queue.cursor == 1
        await pilot.click(QueueList, offset=(10, 4))
        assert app.queue.cursor == 1
        await pilot.click(QueueList, offset=(10, 9))
        assert app.queue.cursor == 1


async def test_an_empty_list_shows_its_words_in_the_middle() -> None:
    app = Trial()
    async with app.run_test(size=(40, 9)):
        app.queue.empty_text = "Nothing matches\nTry fewer letters [/red]"
        shown = screen(app.queue)
        assert shown[3].strip() == "Nothing matches"
        assert shown[4].strip() == "Try fewer letters [/red]"
        assert abs(len(shown[3]) - len(shown[3].lstrip()) - 12) <= 1


async def test_words_of_an_empty_list_are_wrapped_and_not_cut() -> None:
    app = Trial()
    async with app.run_test(size=(20, 9)):
        app.queue.empty_text = "A headline of two lines\nTry fewer letters than these"
        shown = " ".join(line.strip() for line in screen(app.queue))
        assert shown.strip() == "A headline of two lines Try fewer letters than these"


async def test_moving_in_view_repaints_two_rows_and_lays_nothing_out() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)) as pilot:
        app.queue.show(sources(50), 0)
        await pilot.pause()
        regions: list[Region] = []
        layouts: list[bool] = []
        refresh = app.queue.refresh

        def watched(*dirty: Region, layout: bool = False, **rest: bool) -> object:
            regions.extend(dirty)
            layouts.append(layout)
            return refresh(*dirty, layout=layout, **rest)

        app.queue.refresh = watched  # type: ignore[method-assign,assignment]
        app.queue.move(1)
        assert sorted((r.y, r.height) for r in regions) == [(0, 2), (2, 2)]
        app.queue.show(sources(60), 3)
        assert not any(layouts)


async def test_another_length_reaches_the_scrollbar_without_a_layout() -> None:
    """The one private call, `_scroll_update`, does what assigning `virtual_size` did."""
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        queue = app.queue
        queue.show(sources(100), 99)
        await pilot.pause()
        assert queue.virtual_size == Size(queue.text_width, 200)
        assert queue.vertical_scrollbar.window_virtual_size == 200
        assert queue.scroll_offset.y == 190
        queue.show(sources(4), 3)
        assert (queue.scroll_offset.y, queue.max_scroll_y) == (0, 0)


async def test_another_theme_recolours_rows_already_drawn() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        app.queue.show(sources(3), 0)
        app.theme = "textual-dark"
        await pilot.pause()
        dark = app.queue.render_line(2)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.queue.render_line(2) != dark


async def test_the_cursor_row_shows_whether_keys_come_to_the_list() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        app.queue.show(sources(3), 0)
        app.queue.focus()
        await pilot.pause()
        focused, picture = app.queue.render_line(0), app.export_screenshot()
        app.set_focus(None)
        await pilot.pause()
        assert app.queue.render_line(0) != focused
        assert app.queue.render_line(0).text == focused.text
        assert app.export_screenshot() != picture
        app.queue.focus()
        await pilot.pause()
        assert app.export_screenshot() == picture


async def test_without_colours_the_cursor_row_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        app.queue.show(sources(3), 0)
        app.queue.focus()
        await pilot.pause()
        reversed_lines = [
            y
            for y in range(6)
            if all(s.style and s.style.reverse for s in app.queue.render_line(y))
        ]
        assert reversed_lines == [0, 1]


async def test_keys_are_left_to_the_screen() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)) as pilot:
        app.queue.show(sources(50), 0)
        app.queue.focus()
        await pilot.press("pagedown", "down", "end")
        assert (app.queue.cursor, app.queue.first_line) == (0, 0)


@pytest.mark.parametrize("size", [(20, 5), (5, 2), (1, 1)])
async def test_the_list_works_in_the_smallest_windows(size: tuple[int, int]) -> None:
    app = Trial()
    async with app.run_test(size=size) as pilot:
        app.queue.show(sources(10), 0)
        for step in range(10):
            app.queue.move(1)
            app.queue.page(1 - step % 3)
            await pilot.pause()
        app.queue.move_to(10**9)
        assert app.queue.cursor == 9


async def test_a_title_of_a_megabyte_is_a_row_like_any_other() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        app.queue.show([SourceRow(source(1, title="漢\x1b[31m" * 250_000))], 0)
        assert "…" in line(app.queue, 0)
        assert "\x1b" not in line(app.queue, 0)


async def test_rows_may_be_given_before_the_screen_is_there() -> None:
    app = Trial()
    queue = queue_of()
    queue.rows.show(sources(30), 20)
    async with app.run_test(size=(60, 10)) as pilot:
        await app.mount(queue)
        queue.redraw()
        await pilot.pause()
        assert any("▌" in text and "Title 20" in text for text in screen(queue))


@pytest.mark.parametrize("view", [LineView, QueueList])
def test_no_attribute_of_ours_hides_one_of_textuals(view: type) -> None:
    tree = ast.walk(ast.parse(inspect.getsource(view)))
    stored = {
        node.attr
        for node in tree
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
    }
    assert stored
    assert stored & set(dir(ScrollView())) == set()
