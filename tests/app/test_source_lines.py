"""The lines around a source's text, at any size and for any source."""

import pytest

from tui.app.widgets.facts import Facts, Hint, Keys, Value
from tui.app.widgets.source_lines import Around, Place, View, framed, open_head, ruled
from tui.display import cells
from tui.session.update import ALL_DRAWERS

KEYS = Keys("I", "i", "c", "p", "P", "1-4", "=")
PLACE = Place(62, 135)
RAW, TRIAGED = Value("○", "raw"), Value("◔", "triaged")
WIDE = "日本語で考える🤖" * 12
LONG = "a very long name that never ends " * 8
SOURCES = {
    "nothing": Facts("", status=RAW),
    "usual": Facts(
        "A title", "Mara Voss", "lecture", "24 Sep 2025", "youtube.com", ("company", "work"),
        ("Hire for the work that is left over", "A salary table ends bargaining"), 2, False, True,
        "coding-tools", Hint(Value("", "career-growth"), "74 %"), RAW, TRIAGED,
        Value("▲", "strategic"), Hint(Value("■", "tactical"), "61 %"),
    ),
    "wide letters": Facts(
        WIDE, WIDE, WIDE, "24 Sep 2025", WIDE, (WIDE,) * 30, (WIDE,) * 60, 4_000, True, True, WIDE,
        Hint(Value("", WIDE), "74 %"), Value("○", WIDE), Value("◔", WIDE), Value("▲", WIDE),
    ),
    "long names": Facts(
        LONG, LONG, LONG, "24 Sep 2025", LONG, (LONG,) * 30, (LONG,) * 60, 60, False, False, LONG,
        None, Value("○", LONG), None, None,
    ),
    "a draft of a folder without other roles": Facts(
        "A stool", status=Value("○", "draft"), next_status=Value("●", "published"),
        has_tiers=False, drawers={"status": "status"},
    ),
}  # fmt: skip


def lines(around: Around) -> list[str]:
    """The lines as text, those above the text first."""
    return [
        line.ends[0] + "".join(piece.text for piece in line.pieces) + line.ends[1]
        for line in (*around.head, *around.foot)
    ]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("surround", [framed, ruled])
def test_every_line_fills_its_row_at_any_size(surround, name) -> None:
    for width in (*range(2, 70), 120, 300):
        for height in (1, 2, 3, 5, 8, 12, 20, 34):
            around = surround(View(width, height, SOURCES[name], PLACE), KEYS)
            assert {cells(line) for line in lines(around)} <= {width}, (width, height)
            assert len(lines(around)) <= height, (width, height)


@pytest.mark.parametrize("surround", [framed, ruled])
def test_a_folder_without_categories_and_insights_has_no_line_for_them(surround) -> None:
    facts = SOURCES["a draft of a folder without other roles"]
    for height in (5, 12, 34):
        said = "\n".join(lines(surround(View(80, height, facts, PLACE), KEYS)))
        assert "category" not in said
        assert "insights" not in said
        assert "published" in said or "draft" in said


@pytest.mark.parametrize("absent", [(), ("category",), ("insights",), ("insights", "category")])
def test_the_edge_of_an_open_drawer_fills_its_row_at_any_width(absent) -> None:
    drawers = {drawer: name for drawer, name in ALL_DRAWERS.items() if drawer not in absent}
    for width in range(2, 120):
        for said in ("", "A title", WIDE, LONG):
            for drawer in drawers:
                pieces = open_head(width, drawer, said, drawers, has_ends=width % 2 > 0)
                assert sum(cells(piece.text) for piece in pieces) == width


def test_the_usual_source_is_said_once() -> None:
    around = framed(View(58, 34, SOURCES["usual"], PLACE), KEYS)
    assert lines(around) == [
        "╭─ Mara Voss · lecture · 24 Sep 2025 ────── youtube.com ─╮",
        "├─ #company #work ────────────────── 62 % of 2 h 15 min ─┤",
        "│ I insights     1 Hire for the work that is left over i │",
        "│                2 A salary table ends bargaining        │",
        "│ c category     coding-tools  ≈ career-growth 74 %    = │",
        "│ P status·tier  ○ raw  ▲ strategic  ≈ ■ tactical    1-4 │",
        "╰────────────────────────────────────────────────────────╯",
    ]


def test_the_numbers_of_many_insights_stand_below_each_other() -> None:
    many = SOURCES["usual"]._replace(insights=("text",) * 12, insight_count=12)
    around = lines(framed(View(58, 60, many, PLACE), KEYS))
    assert [line[17:23] for line in around if "text" in line][8:10] == [" 9 tex", "10 tex"]


def test_a_source_without_a_text_has_no_place_in_it() -> None:
    said = lines(framed(View(58, 34, SOURCES["usual"], Place(0, 0)), KEYS))
    assert said[1].endswith("─" * 20 + "┤")
    assert "min" not in "".join(said)
