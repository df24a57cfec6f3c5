import ast
import inspect
import random
import re
from datetime import date
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView

from tui.app.widgets import markdown_lines
from tui.app.widgets.line_view import CHOICE_COLOURS
from tui.app.widgets.markdown_lines import LONGEST, inline, parts
from tui.app.widgets.preview import AHEAD, Preview
from tui.app.widgets.text_layout import TextLayout
from tui.app.widgets.wrapping import chop, wrap
from tui.display import cells
from tui.search.body_hits import BodyHits
from tui.triage.content_start import content_start
from tui.vault.source import Problem, Source, Stamp

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
COLOURS = {
    **dict.fromkeys(["text-dim", "text-faint", "border-quiet", "border-focus"], "#808080"),
    **dict.fromkeys(["hit", "problem", *CHOICE_COLOURS], "#c08040"),
}
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
ODD_TEXTS = [
    "[/red] [@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[31mred\x00",
    "漢字の本文は空白なしで続くので、どこかで折り返さなければならない。" * 5,
    "👩‍👩‍👧‍👦 e" + "\u0301" * 300 + " \u202edesrever\u2066 \ud800",
    "** * __ _ ~~ ` `` [[ [ ]( ![",
    "`" * 500 + "*" * 500 + "_" * 500,
    "\u2028\u2029\x85\x0b\x0c",
    "a\r\nb\rc\n\n\n\nd",
    "```",
    "",
]


def source(**fields: object) -> Source:
    path = Path("/vault/SOURCE-1.md")
    fields = {"title": "A title"} | fields
    return Source(path.parent, path.name, fields, "", None, Stamp(0, 0, 0))


class Trial(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return COLOURS

    def __init__(self, names_title: bool = True) -> None:
        super().__init__()
        self.names_title = names_title

    def compose(self) -> ComposeResult:
        yield Preview(names_title=lambda _: self.names_title)

    @property
    def preview(self) -> Preview:
        return self.query_one(Preview)


def screen(preview: Preview) -> list[str]:
    return [preview.render_line(y).text.rstrip() for y in range(preview.size.height)]


def body_of(preview: Preview) -> list[str]:
    """What is on the screen below the title."""
    shown = screen(preview)
    assert shown[:2] == ["A title", ""]
    return "\n".join(shown[2:]).strip("\n").splitlines()


def styled(preview: Preview, attribute: str) -> list[str]:
    return [
        segment.text
        for y in range(preview.size.height)
        for segment in preview.render_line(y)
        if segment.style and getattr(segment.style, attribute) and segment.text.strip()
    ]


async def test_the_text_begins_with_content_and_no_fact_that_is_said_elsewhere() -> None:
    app = Trial(names_title=False)
    async with app.run_test(size=(80, 20)):
        header = source(
            platform="youtube",
            format="solo_presentation",
            creator="Someone",
            date_published=date(2026, 2, 3),
            duration="3m",
            url="https://example.org/x",
            topics=["one", "two"],
            synopsis="What it says.",
        )
        facts = "# A title\n\n**Channel**: Someone\n**Published**: 2026-02-03\n\n---\n\n"
        for body in ("Body.", facts + "## Description\n\nBody.\n", facts + "Body.\n" * 4_000):
            app.preview.show(header, body)
            assert screen(app.preview)[:3] == ["What it says.", "", "Body."]


@pytest.mark.parametrize(
    "body", ["", "\n \n", "# A title\n", "# A title\n\n**Creator**: Someone\n"]
)
async def test_a_source_without_a_text_of_its_own_says_so(body: str) -> None:
    app = Trial(names_title=False)
    async with app.run_test(size=(80, 20)):
        app.preview.show(source(creator="Someone"), body)
        assert "\n".join(screen(app.preview)).strip() == "No text beyond the header."
        broken = source()._replace(problem=Problem("A quote in the title is not closed.", 7))
        app.preview.show(broken, body)
        assert "No text" not in "\n".join(screen(app.preview))


@pytest.mark.parametrize("body", ["```\n```\n", "~~~\n", "```\n```\n" * 3_000])
async def test_a_text_of_markup_alone_is_shown_as_an_empty_one(body: str) -> None:
    app = Trial(names_title=False)
    async with app.run_test(size=(80, 20)) as pilot:
        app.preview.show(source(), body)
        for lines in (1, -1, 10_000, -10_000):
            app.preview.scroll_by_lines(lines)
            await pilot.pause()
        assert "".join(screen(app.preview)) == ""
        app.preview.show(source(), "Body.")
        assert screen(app.preview)[0] == "Body."


async def test_the_title_is_above_the_text_where_it_is_in_no_other_line() -> None:
    app = Trial(names_title=True)
    async with app.run_test(size=(80, 20)):
        app.preview.show(source(), "Body.")
        assert screen(app.preview)[:3] == ["A title", "", "Body."]


@pytest.mark.parametrize(
    "synopsis",
    ["A title", "The body’s own, first sentence", "A title by Someone. A lecture covering x."],
)
async def test_a_synopsis_that_says_nothing_new_is_left_out(synopsis: str) -> None:
    app = Trial()
    async with app.run_test(size=(40, 20)):
        app.preview.show(source(synopsis=synopsis), "The body's own first\nsentence is here.")
        assert body_of(app.preview) == ["The body's own first", "sentence is here."]


async def test_a_long_title_takes_three_lines_at_most() -> None:
    app = Trial()
    async with app.run_test(size=(30, 20)):
        app.preview.show(source(title="many words " * 50), "Body.")
        shown = screen(app.preview)
        assert shown[2].endswith("…")
        assert shown[3:5] == ["", "Body."]


async def test_a_problem_is_reported_with_its_line() -> None:
    app = Trial()
    async with app.run_test(size=(40, 20)):
        broken = source()._replace(problem=Problem("A quote in the title is not closed.", 7))
        app.preview.show(broken, "Body.")
        assert screen(app.preview)[2:4] == [
            "▌ ! line 7: A quote in the title is",
            "▌   not closed.",
        ]
        broken = source()._replace(problem=Problem("Line 7 is not closed.", 7))
        app.preview.show(broken, "Body.")
        assert screen(app.preview)[2:4] == ["▌ ! Line 7 is not closed.", ""]


async def test_a_problem_with_a_value_is_reported_too() -> None:
    app = Trial()
    preview = Preview(problem_of=lambda _: "The status foo is not known.")
    async with app.run_test(size=(40, 20)) as pilot:
        await app.preview.remove()
        await app.mount(preview)
        await pilot.pause()
        preview.show(source(), "Body.")
        assert screen(preview)[2:4] == ["▌ ! The status foo is not known.", ""]


async def test_markdown_is_dressed_and_its_marks_are_gone() -> None:
    app = Trial()
    async with app.run_test(size=(40, 30)):
        app.preview.show(
            source(),
            "# A title\n\n## Heading ##\n- **bold** item\n  1. second *level*\n> said `so`\n\n\n"
            "***\n```python\n  x  = 1\n```\n[label](https://x.org/a_(b)) [[Note|alias]] \\*star\\*",
        )
        assert body_of(app.preview) == [
            "Heading",
            "• bold item",
            "  1. second level",
            "▎ said so",
            "",
            "─" * 38,
            "python",
            "  x  = 1",
            "label alias *star*",
        ]
        assert styled(app.preview, "underline") == ["label", "alias"]
        assert "bold" in styled(app.preview, "bold")
        assert "level" in styled(app.preview, "italic")


async def test_a_fence_keeps_marks_as_they_are() -> None:
    app = Trial()
    async with app.run_test(size=(40, 30)):
        app.preview.show(source(), "~~~\n# no heading **x**\n```\n- no item\n~~~\n# Heading")
        assert body_of(app.preview) == ["# no heading **x**", "```", "- no item", "Heading"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**bold _nested_ end**", "bold nested end"),
        ("`**code**`", "**code**"),
        ("![chart](x.png)", "[image: chart]"),
        ("[a](b) [not a link]", "a [not a link]"),
        ("** unclosed", "** unclosed"),
    ],
)
def test_only_marks_that_mean_something_are_taken_away(text: str, shown: str) -> None:
    assert inline(text)[0] == shown


def test_a_url_ends_before_the_punctuation_of_its_sentence() -> None:
    text, spans = inline("See https://x.org/a?b=c. Or not")
    assert [text[span.start : span.end] for span in spans] == ["https://x.org/a?b=c"]


async def test_list_items_hang_below_their_text() -> None:
    app = Trial()
    async with app.run_test(size=(24, 20)):
        app.preview.show(source(), "- some words that go on and on")
        assert body_of(app.preview) == ["• some words that go", "  on and on"]


@pytest.mark.parametrize("width", [1, 2, 7, 20, 80])
@pytest.mark.parametrize("text", [*ODD_TEXTS, "word " * 30, "x" * 200, "  indented " * 9])
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, width: int) -> None:
    pieces = [text[start:end] for start, end in wrap(text, width)]
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert all(cells(piece) <= width or len(piece) == 1 for piece in pieces)
    assert "".join(text[start:end] for start, end in chop(text, width)) == text


def test_lines_break_between_words() -> None:
    text = "one two three four"
    assert [text[start:end] for start, end in wrap(text, 8)] == ["one two", "three", "four"]


def test_an_endless_line_comes_in_parts_that_lose_nothing() -> None:
    body = "first\r\n" + "word " * 5_000 + "\n" + "x" * 9_000
    pieces = [body[part.start : part.end] for part in parts(body, 0)]
    assert "".join(pieces) == body
    assert max(map(len, pieces)) <= LONGEST
    assert all(piece.endswith((" ", "\n")) for piece in pieces if "x" not in piece)


MANY = 100_000
LARGE_BODIES = {
    "paragraphs": "".join(f"Line {n} {'of some words ' * (n % 9)}\n" for n in range(MANY)),
    "carriage returns": "".join(f"Line {n}\r\n\r\n" for n in range(MANY)),
    "wide letters": "".join(f"{n} {'漢字' * (n % 50)}\n" for n in range(MANY // 10)),
    "fences": "".join(f"```\n# {n}\n\n\n~~~\n```\n# {n}\n\n\n- x\n" for n in range(MANY // 10)),
    "an open fence": "text\n~~~~py\n" + "~~~\n# no **heading**\n\n\n" * (MANY // 10),
    "blank lines": "begin\n" + "\n" * MANY + "end\n" + " \n" * MANY,
    "one line": "word and *more* of it " * (MANY // 4),
}


@pytest.mark.parametrize("name", LARGE_BODIES)
async def test_any_place_of_a_large_body_is_reached_by_laying_out_what_is_around_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[int] = []
    lay = TextLayout._lay

    def counted(layout, blocks):
        lines = list(lay(layout, blocks))
        laid.append(len(lines))
        return iter(lines)

    monkeypatch.setattr(TextLayout, "_lay", counted)
    app = Trial()
    async with app.run_test(size=(60, 20)):
        preview = app.preview
        preview.show(source(), LARGE_BODIES[name], "Line end more")
        for count in (10**9, -60, -30_000, -20, 20, 5_000, -(10**9), 10**9):
            laid.clear()
            preview.scroll_by_lines(count)
            # A part may bring a line for each two of its letters, and a few parts are in sight.
            assert sum(laid) <= 4 * LONGEST
        for share in (0.5, 0.1, 0.9, 1.0):
            laid.clear()
            height = preview.max_scroll_y
            preview.scroll_to(y=height * share, animate=False, immediate=True, force=True)
            assert sum(laid) <= 4 * LONGEST
        for direction in (1, 1, -1, -1):
            laid.clear()
            preview.find_next(direction)
            assert sum(laid) <= 4 * LONGEST


def in_one_piece(body: str, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line of a body, laid out as a single part."""
    with monkeypatch.context() as patched:
        patched.setattr(markdown_lines, "LONGEST", 10**9)
        lines = TextLayout([], body, 0, width).lines_of(1)
        return [(line.before + line.text).rstrip() for line in lines]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["paragraphs", "carriage returns", "wide letters", "fences",
                                  "an open fence", "blank lines"])  # fmt: skip
async def test_the_lines_in_sight_follow_each_other_whatever_way_led_there(
    name: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, body = random.Random(seed), LARGE_BODIES[name]
    body = body[: body.rindex("\n", 0, 60_000) + 1]
    app = Trial()
    async with app.run_test(size=(60, 20)):
        preview = app.preview
        preview.show(source(), body)
        head = [text.rstrip() for text in screen(preview)[:2]]
        whole = head + in_one_piece(body, preview.text_width, monkeypatch)
        whole += [""] * max(0, 20 - len(whole))
        exact = 0
        for _ in range(60):
            way = dice.choice(["step", "step", "page", "wheel", "bar", "jump"])
            before = exact
            if way == "step":
                count = dice.randint(-40, 40)
                preview.scroll_by_lines(count)
            elif way == "page":
                count = dice.choice([-18, 18])
                preview.page(count // 18)
            elif way == "wheel":
                count = dice.choice([-3, 3])
                preview.scroll_to(
                    y=preview.scroll_target_y + count, animate=False, immediate=True, force=True
                )
            elif way == "bar":
                y = dice.random() * preview.max_scroll_y
                preview.scroll_to(y=y, animate=False, immediate=True, force=True)
            else:
                preview.scroll_by_lines(dice.choice([-(10**9), 10**9, 2_000, -2_000]))
            layout, top = preview._text_layout, preview._in_sight[0][0]
            assert preview.first_line == layout.number_of(top)
            full = TextLayout([], body, 0, preview.text_width)
            above = sum(len(full.lines_of(part)) for part in range(1, top.part))
            exact = above + top.row + (2 if top.part else 0)
            if way in ("step", "page", "wheel"):
                assert exact == max(0, min(before + count, len(whole) - 20))
            assert screen(preview) == whole[exact : exact + 20]


async def test_scrolling_to_the_end_shows_the_last_line() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        preview = app.preview
        preview.show(source(), "".join(f"line {n} and more words to wrap it\n" for n in range(900)))
        for _ in range(4):
            preview.scroll_by_lines(10_000)
        assert "line 899" in "".join(screen(preview))
        preview.scroll_by_lines(-10_000)
        assert screen(preview)[0] == "A title"


async def test_pages_overlap_by_two_lines() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        app.preview.show(source(), "line\n" * 100)
        app.preview.page(1)
        assert app.preview.first_line == 8
        app.preview.page(-0.5)
        assert app.preview.first_line == 4


async def test_the_wheel_brings_lines_into_sight() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)) as pilot:
        app.preview.show(source(), "\n".join(f"line {n}" for n in range(1_000)))
        for _ in range(150):
            app.preview._scroll_down_for_pointer(animate=False)
        await pilot.pause()
        assert app.preview.first_line > AHEAD + 10
        assert all(text.startswith("line ") for text in screen(app.preview))


async def test_the_scrollbar_reaches_the_end_of_lines_longer_than_estimated() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        preview = app.preview
        preview.show(source(), ("w" * 21 + " ") * 2_000 + "end")
        for _ in range(20):
            preview.scroll_to(y=preview.max_scroll_y, animate=False, immediate=True, force=True)
        assert screen(preview)[-1] == "w" * 21 + " end"


async def test_another_source_starts_at_its_top_and_the_same_one_stays() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        preview, body = app.preview, "line\n" * 100
        preview.show(source(), body)
        preview.scroll_by_lines(30)
        preview.show(source(status="triaged"), body)
        assert preview.first_line == 30
        preview.show(source()._replace(name="SOURCE-2.md"), body)
        assert preview.first_line == 0


async def test_another_width_keeps_the_text_at_the_top() -> None:
    app = Trial()
    async with app.run_test(size=(80, 10)) as pilot:
        app.preview.show(source(), "\n".join(f"item {n} " + "word " * 20 for n in range(200)))
        app.preview.scroll_by_lines(101)
        top = next(text for text in screen(app.preview) if text.startswith("item"))
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        number = top.split()[1]
        shown = screen(app.preview)
        assert any(text.startswith(f"item {number} ") for text in shown)
        assert max(map(len, shown)) <= 38


async def test_words_of_the_query_are_highlighted_but_filters_are_not() -> None:
    app = Trial()
    async with app.run_test(size=(60, 10)):
        text = "Agents and raw agents, on status."
        app.preview.show(source(), text, 'agents status:raw "on st')
        assert styled(app.preview, "underline") == ["Agents", "agents", "on st"]
        # A phrase whose quotes are closed ends where a word ends.
        app.preview.show(source(), text, 'agents status:raw "on st"')
        assert styled(app.preview, "underline") == ["Agents", "agents"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", []),
        ("a", []),
        ("status:raw -words", []),
        ("body:other", ["other"]),
        ('-"two words" other', ["other"]),
        ("two words word", ["two", "words", "word"]),
        ("https://x.org c++", ["https://x.org", "c++"]),
        ("[/red] (", ["[/red]"]),
    ],
)
def test_what_is_looked_for_in_a_body(query: str, found: list[str]) -> None:
    text = "a two words, other word https://x.org c++ status raw [/red]"
    pattern = BodyHits(query, "", text).pattern
    assert sorted(pattern.findall(text) if pattern else []) == sorted(found)


async def test_the_next_hit_comes_into_sight_and_after_the_last_the_first() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        preview = app.preview
        lines = ["filler"] * 400
        lines[50], lines[300] = "needle one and needle two", "needle three"
        preview.show(source(title="needle in the title"), "\n".join(lines), "needle")
        seen = []
        for direction in (1, 1, 1, 1, -1, -1):
            assert preview.find_next(direction)
            y, x = next(
                (y, preview.render_line(y).text[: at + 1])
                for y in range(10)
                for at in [_reversed_at(preview, y)]
                if at >= 0
            )
            seen.append((screen(preview)[y], len(x) - 1))
        one, two, three = (
            ("needle one and needle two", 0),
            ("needle one and needle two", 15),
            ("needle three", 0),
        )
        assert seen == [one, two, three, one, three, two]


async def test_the_hit_before_the_first_is_the_last() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        body = "needle one\n" + "filler\n" * 2_000 + "needle two\n" + "filler\n" * 50
        app.preview.show(source(), body, "needle")
        assert app.preview.find_next(-1)
        assert "needle two" in screen(app.preview)


async def test_hits_hidden_in_links_do_not_make_a_key_read_the_whole_body() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        body = "[label](https://x.org/needle)\n" * 20_000 + "needle shown\n"
        app.preview.show(source(), body, "needle")
        app.preview.find_next(1)
        laid = sum(part in app.preview._text_layout._laid for part in range(1_000))
        assert laid < 20
        for _ in range(20):
            app.preview.find_next(1)
            if "needle shown" in screen(app.preview):
                break
        assert "needle shown" in screen(app.preview)


def _reversed_at(preview: Preview, y: int) -> int:
    at = 0
    for segment in preview.render_line(y):
        if segment.style and segment.style.reverse:
            return at
        at += len(segment.text)
    return -1


@pytest.mark.parametrize("body", ["", "filler\n" * 50, "text\n``` $needle", "\n\n\n"])
async def test_a_body_without_hits_says_so(body: str) -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        app.preview.show(source(), body, "needle")
        assert not app.preview.find_next(1)
        assert not app.preview.find_next(-1)
        app.preview.show(source(), "needle", "")
        assert not app.preview.find_next(1)


async def test_nothing_to_show_is_said_in_the_middle() -> None:
    app = Trial()
    async with app.run_test(size=(40, 9)):
        app.preview.show(source(), "Body.")
        app.preview.show_empty("Nothing here\nPress v for another view")
        assert [text.strip() for text in screen(app.preview)][3:5] == [
            "Nothing here",
            "Press v for another view",
        ]
        assert not app.preview.find_next(1)


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 5), (120, 36)])
async def test_odd_texts_fill_any_window_exactly_and_reach_it_clean(size: tuple[int, int]) -> None:
    app = Trial()
    async with app.run_test(size=size) as pilot:
        for odd in ODD_TEXTS:
            fields = dict.fromkeys(["title", "creator", "url", "synopsis", "platform"], odd)
            broken = source(**fields, topics=[odd])._replace(problem=Problem(odd, 1))
            app.preview.show(broken, "\n".join(ODD_TEXTS), odd)
            app.preview.find_next(1)
            app.preview.page(1)
            await pilot.pause()
            for y in range(app.preview.size.height):
                strip = app.preview.render_line(y)
                assert strip.cell_length == app.preview.text_width
                assert not CONTROL.search(strip.text)


async def test_texts_of_a_megabyte_are_shown_like_any_other() -> None:
    app = Trial()
    async with app.run_test(size=(40, 20)):
        huge = "漢\x1b[31m " * 200_000
        app.preview.show(source(title=huge, creator=huge, url=huge, synopsis=huge), huge, "31m")
        assert screen(app.preview)[2].endswith("…")
        assert app.preview.find_next(1)


async def test_another_length_can_be_scrolled_over_without_a_layout() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)):
        preview = app.preview
        preview.show(source(), "line\n" * 30)
        assert preview.virtual_size == Size(preview.text_width, 32)
        assert preview.max_scroll_y == 22
        preview.scroll_by_lines(99)
        assert preview.first_line == 22
        preview.show(source()._replace(name="SOURCE-2.md"), "line")
        assert (preview.first_line, preview.max_scroll_y) == (0, 0)


async def test_another_theme_recolours_lines_already_drawn() -> None:
    app = Trial()
    async with app.run_test(size=(40, 10)) as pilot:
        app.preview.show(source(), "## Heading")
        app.theme = "textual-dark"
        await pilot.pause()
        dark = app.preview.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.preview.render_line(0) != dark


async def test_text_selected_with_the_mouse_comes_back_unwrapped() -> None:
    app = Trial()
    async with app.run_test(size=(24, 12)) as pilot:
        preview = app.preview
        preview.show(source(), "- one two three four five six seven\n\nAnother paragraph.")
        await pilot.mouse_down(Preview, offset=(7, 2))
        await pilot.hover(Preview, offset=(7, 5))
        await pilot.mouse_up(Preview, offset=(7, 5))
        await pilot.pause()
        assert screen(preview)[2] == "• one two three four"
        assert app.screen.get_selected_text() == "two three four five six seven\n\nAnother"
        paint = app.screen.get_component_rich_style("screen--selection").bgcolor
        painted = [
            segment.text
            for y in range(2, 7)
            for segment in preview.render_line(y)
            if segment.style and segment.style.bgcolor == paint
        ]
        assert painted == ["two three four", "five six seven", "Another"]
        preview.show(source()._replace(name="SOURCE-2.md"), "text")
        await pilot.pause()
        assert not app.screen.get_selected_text()


def test_no_attribute_of_ours_hides_one_of_textuals() -> None:
    stored = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(Preview)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
    }
    assert stored
    assert stored & set(dir(ScrollView())) == set()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real sources are not here")
async def test_every_real_body_is_laid_out_to_its_end() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        for path in sorted(CORPUS.glob("*.md"))[::6]:
            body = path.read_text(encoding="utf-8", errors="replace")
            app.preview.show(source()._replace(name=path.name), body, "claude")
            layout = app.preview._text_layout
            last = body.rstrip().rsplit(maxsplit=1)[-1]
            lines = [line for part in range(layout.end.part + 1) for line in layout.lines_of(part)]
            assert not any(CONTROL.search(line.text) for line in lines)
            assert last[:4] in "".join(line.text for line in lines[-40:]) or not last.isalnum()


def test_a_desert_of_blank_lines_is_not_crossed_line_by_line_for_a_title():
    class Counted(str):
        """A text that counts how often something is looked for in it."""

        __slots__ = ("looks",)

        def find(self, *args):
            self.looks = getattr(self, "looks", 0) + 1
            return super().find(*args)

    body = Counted("\n" * 1_000_000 + "# A title\n")
    assert content_start(body, source()) < len(body)
    assert body.looks < 100


READ = "\n\n".join(f"Paragraph {number}: " + "some words to wrap, " * 12 for number in range(60))


def place_on_screen(preview: Preview) -> str:
    """The number of the first paragraph that begins in sight."""
    return next(found[0] for line in screen(preview) if (found := re.search(r"\d+(?=:)", line)))


async def test_a_text_begins_at_the_place_it_is_given_and_tells_where_it_is() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        app.preview.show(source(), READ, place=READ.index("Paragraph 30:"))
        assert screen(app.preview)[0].startswith("Paragraph 30:")
        assert app.preview.place == ("SOURCE-1.md", READ.index("Paragraph 30:"))
        app.preview.scroll_by_lines(-1)
        app.preview.scroll_by_lines(1)
        assert app.preview.place[1] == READ.index("Paragraph 30:")


async def test_any_width_and_back_keeps_the_place_to_the_letter() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)) as pilot:
        app.preview.show(source(), READ, place=READ.index("Paragraph 30:") + 80)
        before, place = screen(app.preview), app.preview.place
        for width in (23, 200, 41, 60):
            await pilot.resize_terminal(width, 20)
            while app.preview.outer_size.width != width:
                await pilot.pause()
            assert place_on_screen(app.preview) in "30 31"
        assert (screen(app.preview), app.preview.place) == (before, place)


async def test_a_change_elsewhere_in_the_text_keeps_the_place() -> None:
    app = Trial()
    async with app.run_test(size=(60, 20)):
        app.preview.show(source(), READ, place=READ.index("Paragraph 30:"))
        before = screen(app.preview)
        app.preview.show(source(), "A new beginning.\n\n" + READ)
        assert screen(app.preview) == before
        app.preview.show(source(), "A new beginning.\n\n" + READ + "\n\nAnd an end.")
        assert screen(app.preview) == before


async def test_a_decision_lays_nothing_out_again_and_what_changes_the_text_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid: list[int] = []
    lay = TextLayout._lay

    def counted(layout, blocks):
        laid.append(1)
        return lay(layout, blocks)

    monkeypatch.setattr(TextLayout, "_lay", counted)
    app, body = Trial(), "A line\n\n" * 200
    async with app.run_test(size=(60, 20)) as pilot:
        preview = app.preview
        preview.show(source(signal_tier="noise"), body)
        preview.scroll_by_lines(7)
        place = preview.place
        laid.clear()
        preview.show(source(signal_tier="paradigm"), body)
        await pilot.pause()
        assert (laid, preview.place) == ([], place)
        for fields, text, query in (
            ({"title": "Another"}, body, ""),
            ({"title": "Another", "synopsis": "What it says"}, body, ""),
            ({"title": "Another"}, body + "more", ""),
            ({"title": "Another"}, body + "more", "line"),
        ):
            laid.clear()
            preview.show(source(**fields), text, query)
            await pilot.pause()
            assert laid, (fields, query)


async def test_beside_a_broad_text_insights_change_at_once(sluice):
    async with sluice(size=(200, 60)) as app:
        await app.press("i", *"kept", "enter", "escape", "enter")
        assert "kept" in app.picture
        await app.press("1")
        assert "kept" in app.picture
        await app.press("u", "u")
        assert "kept" not in app.picture
