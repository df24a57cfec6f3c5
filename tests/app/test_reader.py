"""enter gives a source the whole screen: it is read, decided and quoted there, key by key."""

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import insights, replace, write_broken

FIRST, SECOND, THIRD = (
    "SOURCE-001-apples.md",
    "SOURCE-002-bridges.md",
    "SOURCE-003-clocks.md",
)
BROAD = (200, 60)
ROWS = {WIDE: 32, STACKED: 20, NARROW: 16}
"""The rows of text that a screen has at least."""


def transcript(lines):
    """A text with a numbered line a paragraph."""
    return "\n".join(f"Line {number} of the talk.\n" for number in range(lines))


@pytest.fixture
def long(vault):
    """The first source, with about 100 kB of text."""
    path = vault / FIRST
    head = path.read_text().partition("\n---\n")[0]
    path.write_text(f"{head}\n---\n{transcript(4000)}")
    assert path.stat().st_size > 90_000
    return path


def top(app):
    """The first words of the text in sight."""
    return next(line.strip() for line in app.picture.splitlines()[1:] if "Line " in line)


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW], ids=["wide", "stacked", "narrow"])
async def test_the_text_has_nearly_the_whole_screen(sluice, long, size):
    async with sluice(size=size) as app:
        await app.press("enter", "space")
        assert app.screen.preview.text_height >= ROWS[size]
        assert len(app.picture.splitlines()) == size[1]
        words = [line for line in app.picture.splitlines() if "of the talk." in line]
        assert len(words) >= ROWS[size] // 2
        assert not app.screen.queue.display or app.screen.queue.region.area == 0


async def test_lines_are_at_most_88_cells_wide_and_in_the_middle(sluice, vault, write):
    write(1, "Apples in autumn")
    replace(vault / FIRST, "The body of number 1.", "word " * 400)
    async with sluice(size=BROAD) as app:
        await app.press("enter")
        lines = [line for line in app.picture.splitlines() if "word word" in line]
        assert max(len(line.strip()) for line in lines) <= 88
        assert {len(line) - len(line.lstrip()) for line in lines} == {56}


async def test_three_insights_from_a_long_text_need_no_key_to_find_the_place_again(sluice, long):
    async with sluice() as app:
        await app.press("enter", *["space"] * 9)
        place = top(app)
        for number in range(3):
            await app.press("i")
            await app.type(f"thought {number}")
            await app.press("enter")
            assert top(app) == place
        await app.press("space")
        assert top(app) != place
    assert insights(long) == ["thought 0", "thought 1", "thought 2"]


async def test_the_text_scrolls_while_an_insight_is_written_and_saving_moves_nothing(sluice, long):
    async with sluice() as app:
        await app.press("enter", "i")
        await app.type("before ")
        await app.press("pagedown", "pagedown", "ctrl+down", "ctrl+down", "ctrl+up", "pageup")
        place = top(app)
        assert place != "Line 0 of the talk."
        await app.type("after")
        assert "before after" in app.picture
        await app.press("enter")
        assert top(app) == place
    assert insights(long) == ["before after"]


async def test_a_page_while_writing_shows_no_line_less_than_all(sluice, long):
    async with sluice(size=STACKED) as app:
        await app.press("enter", "i", *"word")
        seen = set()
        for _ in range(6):
            seen |= {line.strip() for line in app.picture.splitlines() if "of the talk" in line}
            await app.press("pagedown")
        assert {f"Line {number} of the talk." for number in range(30)} <= seen


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW], ids=["wide", "stacked", "narrow"])
@pytest.mark.parametrize("where", [["enter"], ["tab"]], ids=["reader", "preview"])
async def test_the_last_lines_can_be_read_while_writing_and_saving_moves_nothing(
    sluice, long, size, where
):
    last = "Line 3999 of the talk."
    async with sluice(size=size) as app:
        await app.press(*where, "G")
        assert last in app.picture
        before = app.picture
        await app.press("i", "escape")
        assert app.picture.splitlines()[:-4] == before.splitlines()[:-4]
        await app.press("i", *"the end", *["ctrl+down"] * 30)
        assert last in app.picture
        place = top(app)
        await app.press("enter")
        assert top(app) == place
        await app.press("k")
        assert last in app.picture
        await app.press("G")
        assert app.picture.splitlines()[5] == before.splitlines()[5]
    assert insights(long) == ["the end"]


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW], ids=["wide", "stacked", "narrow"])
async def test_the_field_is_below_the_text_and_whole_after_another_size(sluice, long, size):
    async with sluice(size=size) as app:
        await app.press("enter", "space", "i")
        await app.type("kept")
        for width, height in ((45, 20), (200, 60), (80, 24)):
            await app.resize(width, height)
            assert "kept" in app.picture
            assert "enter saves" in app.picture
            assert "of the talk." in app.picture
        await app.press("enter")
        assert app.screen.is_reading
    assert insights(long) == ["kept"]


async def test_the_reader_fits_every_size_and_leaves_a_queue_that_does(sluice, long):
    async with sluice() as app:
        await app.press("enter", "space")
        place = top(app)
        for size in (NARROW, STACKED, (200, 60), (30, 8), (120, 5), NARROW):
            await app.resize(*size)
            assert app.screen.is_reading
            assert all(len(line) <= size[0] for line in app.picture.splitlines())
            if size[1] > 5:
                assert place in app.picture
        await app.press("q")
        assert "Bridges over water" in app.picture
        await app.resize(*WIDE)
        assert "Bridges over water" in app.picture
        assert place in app.picture


@pytest.mark.parametrize("size", [WIDE, STACKED], ids=["wide", "stacked"])
async def test_the_title_is_said_once_in_the_reader_and_in_the_queue(sluice, long, size):
    async with sluice(size=size) as app:
        before = app.picture
        await app.press("enter")
        assert app.picture.count("Apples in autumn") == 1
        await app.press("q")
        assert app.picture == before
        assert app.picture.count("Apples in autumn") == 1


async def test_a_text_that_others_write_while_an_insight_is_written_keeps_both(sluice, long):
    async with sluice() as app:
        await app.press("enter", "space", "i", *"half")
        place = top(app)
        replace(long, "Line 0 of the talk.", "A first line.\n\nA second.")
        await app.until(lambda: "A second." in app.screen.preview._body)
        assert top(app) == place
        await app.type(" done")
        await app.press("enter")
        assert top(app) == place
    assert insights(long) == ["half done"]
    assert "A second." in long.read_text()


async def test_a_source_removed_while_an_insight_is_written_leaves_a_draft(sluice, vault, files):
    async with sluice() as app:
        await app.press("enter", "i", *"half")
        (vault / FIRST).unlink()
        await app.until(lambda: "gone" in app.toast or app.here != FIRST)
        await app.press("escape", "j", "q")
        assert not app.screen.is_reading
    assert set(files.changes) == {FIRST}


async def test_the_place_is_in_percent_and_kept_beside_the_queue_and_over_a_restart(sluice, long):
    async with sluice() as app:
        await app.press("enter")
        assert " 0 %" in app.picture
        await app.press("G")
        assert "100 %" in app.picture
        await app.press("ctrl+u", *["ctrl+u"] * 20)
        place = top(app)
        await app.press("q")
        assert place in app.picture
        await app.press("j", "k", "enter")
        assert top(app) == place
    async with sluice(size=STACKED) as app:
        await app.press("enter")
        assert top(app) == place


async def test_enter_continues_where_the_preview_was(sluice, long):
    async with sluice() as app:
        await app.press("space", "space", "J")
        place = top(app).split("│")[-2].strip()
        await app.press("enter")
        assert top(app) == place


async def test_lines_marked_by_keys_become_a_quote_in_the_file(sluice, vault):
    replace(
        vault / FIRST,
        "The body of number 1.",
        "> The *kindest* month\n> is the second one.\n\n- one number a level\n- founders too\n",
    )
    async with sluice() as app:
        await app.press("enter", "slash")
        await app.type("kindest")
        await app.press("enter", "x", "shift+down", "shift+down")
        assert "3 lines marked · i quotes it" in app.picture
        assert "i quote " in app.picture
        await app.press("i")
        assert "1 The kindest month is the second one." in " ".join(app.picture.split())
        await app.press("enter")
        assert "marked" not in app.picture
    assert insights(vault / FIRST) == [
        "The kindest month is the second one. one number a level",
    ]


async def test_a_selection_of_the_mouse_becomes_a_quote(sluice, vault):
    async with sluice() as app:
        await app.press("enter")
        lines = app.picture.splitlines()
        y = next(at for at, line in enumerate(lines) if "The body of number 1." in line)
        x = lines[y].index("body")
        await app.pilot.hover("#preview", offset=(x, y))
        await app.pilot.mouse_down("#preview", offset=(x, y))
        await app.pilot.hover("#preview", offset=(x + 7, y))
        await app.pilot.mouse_up("#preview", offset=(x + 7, y))
        await app.settled()
        assert "text selected · i quotes it" in app.picture
        await app.press("i", "enter")
    assert insights(vault / FIRST) == ["body of"]


async def test_marks_on_lines_are_dropped_with_the_next_source_and_the_queues_marks_stay(
    sluice, files
):
    async with sluice() as app:
        await app.press("x", "k", "enter", "x", "x", "l")
        assert app.here == SECOND
        assert "marked" not in app.picture
        await app.press("1", "p")
        assert app.here == THIRD
        await app.press("q")
        assert "1 marked" in app.picture
    assert set(files.changes) == {SECOND}


async def test_words_are_found_in_the_text_while_they_are_typed(sluice, long):
    async with sluice() as app:
        await app.press("enter", "slash")
        await app.type("line 37")
        assert "1 of 111" in app.picture
        assert any("Line 37 of" in line for line in app.picture.splitlines())
        await app.press("enter", "n")
        assert "2 of 111" in app.picture
        assert "Line 370 of" in app.picture
        await app.press("N", "N")
        assert "111 of 111" in app.picture
        await app.press("escape")
        assert "of 111" not in app.picture
        assert app.screen.is_reading
        assert "Line 3799 of" in app.picture


async def test_a_search_does_not_change_the_place_that_the_queue_goes_on_with(sluice, long):
    async with sluice() as app:
        await app.press("enter", "slash", *"line 2000", "enter", "q")
        assert "Line 2000 of the talk." in app.picture
        await app.press("j", "k", "enter")
        assert "Line 2000 of the talk." in app.picture
        assert "2000 of" not in app.picture.splitlines()[-2]


async def test_escape_while_typing_returns_to_where_the_search_began(sluice, long):
    async with sluice() as app:
        await app.press("enter", "space")
        place = top(app)
        await app.press("slash")
        await app.type("line 3999")
        assert top(app) != place
        await app.press("escape")
        assert top(app) == place
        assert app.screen.is_reading


async def test_the_words_before_are_selected_so_that_typing_replaces_them(sluice, long):
    async with sluice() as app:
        await app.press("enter", "slash", *"line 12", "enter", "slash", *"talk")
        assert "/ talk" in app.picture


async def test_a_paste_finds_and_is_no_key(sluice, long, files):
    async with sluice() as app:
        await app.press("enter", "slash")
        await app.paste("Line 3999\n")
        assert "1 of 1" in app.picture
        await app.press("enter")
        await app.paste("1pa")
        assert app.screen.is_reading
    assert files.changes == {}


async def test_a_deciding_key_on_a_broken_source_repairs_it_first(sluice, vault):
    path = write_broken(vault, "quotes")
    async with sluice() as app:
        await app.go_to(path.name)
        await app.press("enter")
        assert "F" in app.picture
        await app.press("1", "enter")
        assert app.screen.is_reading
        assert app.session.board.current.problem is None
    assert "signal_tier: paradigm" in path.read_text()


async def test_an_empty_text_can_be_decided_and_has_no_lines_to_mark(sluice, vault, files):
    path = vault / FIRST
    path.write_text(path.read_text().partition("\n---\n")[0] + "\n---\n")
    async with sluice() as app:
        await app.press("enter", "x")
        assert app.toast == "This text has no lines to mark."
        await app.press("slash", *"word")
        assert "not found" in app.picture
        await app.press("enter", "n", "J", "space", "G", "g", "1", "i", "enter", "p")
        assert app.here == SECOND
    assert "signal_tier: paradigm # guessed" in path.read_text()


async def test_a_megabyte_is_searched_marked_and_left_at_its_place(sluice, vault):
    path = vault / FIRST
    path.write_text(path.read_text() + transcript(40_000))
    async with sluice(size=STACKED) as app:
        await app.press("enter", "slash", *"line 39999", "enter")
        assert "Line 39999 of the talk." in app.picture
        await app.press("x", "i", "enter", "q", "enter")
        assert "Line 39999 of the talk." in app.picture
    assert insights(path) == ["Line 39999 of the talk."]


async def test_a_text_written_by_others_keeps_the_place_and_drops_the_marks(sluice, long):
    async with sluice() as app:
        await app.press("enter", *["space"] * 4, "x", "x")
        place = top(app)
        replace(long, "Line 0 of the talk.", "A first line.\n\nA second.")
        await app.until(lambda: "marked" not in app.picture)
        assert top(app) == place


async def test_a_source_removed_by_others_leaves_the_reader_on_the_next_one(sluice, vault):
    async with sluice() as app:
        await app.press("enter", "x")
        (vault / FIRST).unlink()
        await app.until(lambda: "Apples" not in app.shown)
        await app.press("j", "1")
        assert app.screen.is_reading == (app.here != "")
        await app.press("q")
        assert not app.screen.is_reading


async def test_promoting_the_last_source_stays_on_it(sluice, files):
    async with sluice() as app:
        await app.press("G", "enter", "p")
        assert app.screen.is_reading
        await app.press("q")
        assert not app.screen.is_reading
        assert app.pane == "queue"
    assert len(files.changes) == 1


async def test_undo_in_the_reader_brings_a_source_back(sluice, files):
    async with sluice() as app:
        await app.press("enter", "p", "u")
        assert app.screen.is_reading
        await app.press("q")
    assert files.changes == {}


async def test_undo_shows_the_source_that_it_changed_when_that_had_left_the_view(sluice, files):
    async with sluice() as app:
        await app.press("slash", *"status:raw", "enter", "enter", "a")
        assert app.screen.is_reading
        await app.press("u")
        assert app.screen.is_reading
    assert files.changes == {}


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "v", "D", "t", "f", "P", "Y", "r"])
async def test_every_box_opens_over_the_reader_and_gives_the_keys_back(sluice, long, files, key):
    async with sluice() as app:
        await app.press("enter", "space")
        place = top(app)
        await app.press(key, "escape")
        if app.app.screen is not app.screen:
            await app.press("escape")
        assert app.app.screen is app.screen
        if key != "r":
            assert top(app) == place
            await app.press("j")
            assert app.here == FIRST
    assert files.changes == {}


async def test_copying_copies_what_is_read(sluice, clipboard):
    async with sluice() as app:
        await app.press("x", "x", "enter", "y")
    assert clipboard == ["https://example.com/3"]


async def test_insights_stand_right_of_the_text_on_a_broad_screen(sluice, vault, write):
    words = " ".join(f"word{number}" for number in range(30))
    write(1, "Apples in autumn", key_insights=f'["{words}", "中文 wide 🎉", short]')
    async with sluice(size=(150, 40)) as app:
        await app.press("enter")
        beside = [line[119 + 2 :].strip() for line in app.picture.splitlines()[1:-3]]
        said = " ".join(filter(None, beside))
        assert said.startswith("I insights 1 word0 word1")
        assert "word29 2 中文 wide 🎉 3 short" in said
        await app.press("i", *"new", "enter")
        assert "4 new" in app.picture
        await app.resize(149, 40)
        assert "2 中文" not in app.picture


async def test_many_insights_beside_the_text_are_counted_where_there_is_no_room(
    sluice, vault, write
):
    items = ", ".join(f"thought {number} that needs two lines here" for number in range(60))
    write(1, "Apples in autumn", key_insights=f"[{items}]")
    async with sluice(size=(160, 30)) as app:
        await app.press("enter")
        assert "1 thought 0" in app.picture
        assert "more" in app.picture


async def test_a_click_on_the_decision_opens_its_drawer(sluice, long, files):
    async with sluice() as app:
        await app.press("enter")
        lines = app.picture.splitlines()
        y = next(at for at, line in enumerate(lines) if "○ raw" in line)
        for word, title in (("general", "CATEGORY"), ("raw", "STATUS")):
            await app.pilot.click(offset=(lines[y].index(word) + 1, y))
            await app.settled()
            assert title in app.picture
            await app.press("escape")
    assert files.changes == {}
