import ast
import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from tui.app.widgets.line_view import CHOICE_COLOURS, LineView
from tui.app.widgets.queue import QueueList
from tui.app.widgets.queue_columns import gap_of, plan_columns, readable_date
from tui.session.model.rows import DividerRow, Row, Rows, SourceRow
from tui.triage.schema import load_schema
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


class Queue(QueueList):
    """A queue that is drawn after every change of its rows."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "rows":
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


VERBS = {"show", "extend", "renew", "update", "mark", "light", "move", "move_to"}


def queue_of(spans: Callable[[str, str], list[tuple[int, int]]] = letters) -> Queue:
    queue = Queue(
        Rows(),
        lambda: SCHEMA,
        problem_of=lambda s: s.problem.sentence if s.problem else None,
        spans=spans,
        on_pick=lambda row: queue.move_to(row),  # noqa: PLW0108 - it comes later
    )
    return queue


class Trial(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return COLOURS

    def compose(self) -> ComposeResult:
        yield queue_of()

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


async def test_a_row_shows_title_platform_date_tier_category_insights_and_creator() -> None:
    app = Trial()
    async with app.run_test(size=(100, 10)):
        app.queue.show(
            [
                SourceRow(
                    source(
                        1,
                        title="A title",
                        platform="youtube",
                        date_published=date(2026, 2, 3),
                        notebooklm_category="claude-code",
                        key_insights=["one", "two", "three"],
                        creator="Someone",
                    )
                )
            ],
            0,
        )
        assert line(app.queue, 0).rstrip() == "▌  ▲ ○ A title"
        assert line(app.queue, 1).split() == [
            "▌", "youtube", "2026-02-03", "strategic", "claude-code", "✎3", "Someone"
        ]  # fmt: skip


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


@pytest.mark.parametrize("width", [1, 5, 12, 20, 30, 45, 60, 80, 118])
async def test_rows_fill_any_width_exactly(width: int) -> None:
    app = Trial()
    async with app.run_test(size=(width, 8)):
        rows = [SourceRow(source(n, title=odd, creator=odd)) for n, odd in enumerate(ODD_TEXTS)]
        app.queue.show([*rows[:2], DividerRow("outside this view · 6"), *rows[2:]], 0)
        for index in range(len(app.queue.rows)):
            app.queue.move_to(index)
            for y in range(app.queue.size.height):
                assert app.queue.render_line(y).cell_length == app.queue.text_width


def test_the_tier_word_gives_way_first_then_the_creator_then_the_platform() -> None:
    known = frozenset({"platform", "date", "tier", "category", "insights", "creator"})
    dropped = [known - set(plan_columns(room, known, 20)) for room in (110, 60, 45, 30, 15)]
    assert dropped == [
        set(),
        {"tier"},
        {"tier", "creator"},
        {"tier", "creator", "platform"},
        {"tier", "creator", "platform", "category"},
    ]


def test_columns_never_need_more_cells_than_there_are() -> None:
    known = frozenset({"platform", "date", "tier", "category", "insights", "creator"})
    for room in range(1, 120):
        columns = plan_columns(room, known, 20)
        assert sum(columns.values()) + gap_of(room) * (len(columns) - 1) <= room


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
    assert readable_date(source(1, date_published=value)) == shown


def test_the_capture_date_stands_in_for_a_publishing_date_that_cannot_be_read() -> None:
    assert readable_date(source(1, date_published="?", captured_date="2026-02-01")) == "2026-02-01"


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
        assert line(app.queue, 0).startswith("▌  ? ○ Title 1")


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
        assert line(app.queue, 2).startswith("▌  ◆ ○ Renamed")
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
