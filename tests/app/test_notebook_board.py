"""The notebooks' board on the screen: columns, cards, keys, at every size."""

import random
import threading
import time

import pytest
from textual.events import Paste

from tests.samples import value_of
from tui.app.boxes.sheet import SheetBox
from tui.app.screens.notebooks import NotebooksScreen
from tui.notebooks.export import Exporter

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
SIZES = [(120, 36), (200, 60), (80, 24), (45, 20)]


@pytest.fixture
def shelf(vault, write):
    """Three notebooks, one of them with 30 cards, and two judged sources in none."""
    for number in range(10, 40):
        give(write(number, f"Fruit {number}", status="triaged"), "fruit")
    give(write(50, "漢字 and 🍎 [/red] [bold]", status="triaged"), "towns [/x] \\[link=y]")
    give(vault / APPLES, "towns [/x] \\[link=y]")
    give(vault / BRIDGES, "a very long name of a notebook that no column has room for")
    write(60, "Loose one", status="triaged")
    write(61, "Loose two", status="processed")
    return vault


def give(path, notebook):
    """Put a source into a notebook."""
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("teleology:", f"notebooks: ['{notebook}']\nteleology:", 1), "utf-8"
    )


def rows(app):
    return [line.rstrip() for line in app.picture.splitlines()]


@pytest.mark.parametrize(("size", "columns"), zip(SIZES, [4, 4, 2, 1], strict=True))
async def test_as_many_columns_as_there_is_room_for(sluice, shelf, size, columns):
    async with sluice(shelf, size=size) as app:
        await app.press("b")
        assert isinstance(app.app.screen, NotebooksScreen)
        start, end = app.app.screen.columns.shown_columns
        assert end - start == columns
        assert all(len(line) <= size[0] for line in rows(app))
        assert "3 notebooks" in app.picture


async def test_a_head_says_name_count_and_cap_and_a_card_its_route(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b")
        assert "in no notebook" in app.picture
        assert "30/50" in app.picture
        assert "30 address" in app.picture
        assert "address: web page" in app.picture
        assert "2 judged, in no notebook" in app.picture


async def test_titles_and_names_are_text_and_never_markup(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b")
        assert "towns [/x] \\[link=y]" in app.picture
        assert "漢字" in app.picture and "[/red]" in app.picture
        await app.press("Y")
        assert isinstance(app.app.screen, SheetBox)
        assert "towns [/x]" in app.picture


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_under_the_cursor_is_in_sight_wherever_it_goes(sluice, shelf, size):
    async with sluice(shelf, size=size) as app:
        await app.press("b")
        for key in ("G", "g", "ctrl+d", "pagedown", "k", "l", "G", "h", "ctrl+u", *"j" * 35):
            await app.press(key)
            cards = app.session.board.cards
            if cards.here:
                title = app.session.board.current.title
                assert any("▌" in line and title[:12] in line for line in rows(app)), key


async def test_enter_reads_a_card_and_q_comes_back_to_it(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b", "h", "j", "enter")
        assert app.app.screen is app.screen
        assert "2 of 30" in app.picture
        await app.press("l", "1", "q")
        assert isinstance(app.app.screen, NotebooksScreen)
        name = app.here
        assert value_of(shelf, name, "signal_tier") == "paradigm"
        assert app.session.board.cards.cursor == ("fruit", 0)
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.pane == "queue"


async def test_letters_in_the_field_filter_and_escape_shows_all(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b", "h", "/")
        await app.type("fruit 33")
        assert "1 of 30/50" in app.picture
        await app.press("enter", "j")
        assert app.title == "Fruit 33"
        await app.press("escape")
        assert "1 of 30/50" not in app.picture
        assert isinstance(app.app.screen, NotebooksScreen)


async def test_a_key_moves_a_card_and_undo_brings_it_back(sluice, shelf, files):
    async with sluice(shelf) as app:
        before = (shelf / BRIDGES).read_bytes()
        await app.press("b", "h", "h", "h", "l", ">")
        assert b"fruit" in (shelf / BRIDGES).read_bytes()
        await app.press("u")
        assert (shelf / BRIDGES).read_bytes() == before


async def test_a_click_puts_the_cursor_on_a_card(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b")
        await app.pilot.click(app.app.screen.columns, offset=(3, 7))
        await app.settled()
        assert app.session.board.cards.cursor == ("", 1)


async def test_drawers_open_over_the_board(sluice, shelf):
    async with sluice(shelf) as app:
        await app.press("b", "h", "h", "h", "c")
        assert "CATEGORY" in app.picture
        await app.press("escape", "P", "escape", "t", "escape")
        assert isinstance(app.app.screen, NotebooksScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_what_m_has_done_is_said_on_the_board(sluice, shelf, size):
    async with sluice(shelf, size=size) as app:
        await app.press("b", "h", "h", "h", "m")
        await app.press(*"herbs", "enter")
        await app.press("enter")
        changed = [path for path in shelf.glob("*.md") if "herbs" in path.read_text("utf-8")]
        assert len(changed) == 1
        assert "+ herbs" in rows(app)[-1]
        await app.press("u")
        assert "Undid" in rows(app)[-1]
        await app.press("j")
        assert "enter" in rows(app)[-1]


async def test_without_a_notebook_the_board_says_how_to_begin(sluice, vault, write):
    write(60, "Loose one", status="triaged")
    async with sluice() as app:
        await app.press("b")
        assert "No notebook yet" in app.picture
        assert "in no notebook" in app.picture


@pytest.mark.parametrize(("size", "is_sure"), [(size, sure) for size in SIZES for sure in (0, 1)])
async def test_a_long_name_of_the_likeliest_notebook_leaves_its_percentage(
    sluice, shelf, size, is_sure
):
    name = "an old and very long name of a notebook that no card has room for"
    async with sluice(shelf, size=size) as app:
        await app.press("b", "h", "h", "h")
        columns, suggester = app.app.screen.columns, app.session.suggester
        await app.until(lambda: suggester.notebooks_version)
        await app.settled()
        # Of what is learnt now: else it would be found out again.
        version = suggester.notebooks_version
        for at, row in enumerate(columns._cards.shown):
            source = columns._cards.find(row)
            columns._facts.take_likeliest(source, version, (name, (70, 100)[at], bool(is_sure)))
        columns.refresh()
        await app.settled()
        before = "≈" if is_sure else "maybe"
        assert f"{before} an old" in app.picture
        assert "… 70 %" in app.picture and "… 100 %" in app.picture


@pytest.mark.parametrize("size", [*SIZES, (20, 5), (1, 1), (300, 20)])
async def test_every_size_can_be_opened_and_turned_to(sluice, shelf, size):
    async with sluice(shelf, size=size) as app:
        await app.press("b", "j", "l", "Y", "escape", "?", "escape")
        await app.resize(*random.Random(1).choice(SIZES))
        await app.press("j", "l")
        assert app.app._exception is None


async def test_a_resize_with_a_box_over_the_board_reaches_the_queue_below(sluice, shelf):
    async with sluice(shelf, size=(45, 20)) as app:
        await app.press("b", "j", "?")
        await app.resize(120, 36)
        await app.press("escape")
        for screen in app.app.screen_stack:
            assert screen.query_one("#keys").outer_size.width == 120


@pytest.mark.parametrize("seed", range(2))
async def test_random_keys_on_the_board_break_nothing(sluice, shelf, clipboard, seed):
    dice = random.Random(seed)
    keys = [
        *"hjklgGxX*<>SY/uUmMcPt12345zaI=.DLH?bb ", "enter", "escape", "escape", "tab", "delete",
        "ctrl+v", "ctrl+d", "ctrl+u", "shift+left", "shift+right", "shift+down", "home", "end",
        "pagedown", "backspace", "n", "y", "f", "p", "w",
    ]  # fmt: skip
    async with sluice(shelf, size=dice.choice(SIZES)) as app:
        for _ in range(40):
            await app.burst("escape", "b", *dice.choices(keys, k=dice.choice([1, 3, 8])))
            if dice.random() < 0.1:
                await app.resize(*dice.choice([*SIZES, (20, 5)]))
            if dice.random() < 0.1:
                await app.paste("Fruit 12\nsomething [/red]\x1b[31m\n")
            assert app.app._running and app.app._exception is None
        for _ in range(12):
            await app.press("escape")
        assert app.pane == "queue"
    assert all(path.read_text("utf-8").startswith("---\n") for path in shelf.glob("*.md"))


async def test_twenty_judged_sources_are_delivered_with_eight_keys(sluice, vault, write, clipboard):
    for path in vault.glob("*.md"):
        path.unlink()
    for number in range(10, 30):
        write(number, f"Title {number}", status="triaged")
    (vault / "sluice.yaml").write_text("notebooks: {names: [reading]}\n", encoding="utf-8")
    async with sluice() as app:
        await app.press("v", "2")
        await app.press("*", "m", "enter", "enter", "b", "Y", "enter", "y")
        assert clipboard[-1].count("\n") == 19
        desk = app.session.desk
        assert all(source.has("notebooks_sent") for source in desk.vault.sources)
        assert [len(change.names) for change in desk.vault.log()] == [20, 20]


@pytest.fixture
def slow_export(monkeypatch):
    """Files that take longer to write than keys to come."""
    export = Exporter.export

    def slowly(*arguments, **named):
        time.sleep(0.3)
        return export(*arguments, **named)

    monkeypatch.setattr(Exporter, "export", slowly)


async def test_keys_typed_ahead_wait_for_the_folder_and_for_the_files(
    sluice, vault, write, slow_export
):
    give(write(10, "A thread", status="triaged", url="https://x.com/a/status/1"), "reading")
    async with sluice() as app:
        # The first enter begins, the next one takes the folder that is offered.
        await app.burst("b", "l", "Y", "enter", "enter", "y", "q", "j")
        (source,) = (one for one in app.session.desk.vault.sources if one.title == "A thread")
        assert source.has("notebooks_sent")
        assert app.pane == "queue"
        await app.press("u")
        await app.burst("b", "Y", "enter", "y")
        (source,) = (one for one in app.session.desk.vault.sources if one.title == "A thread")
        assert source.has("notebooks_sent")


async def test_every_key_that_the_delivery_names_reaches_it(sluice, vault, write, tmp_path):
    give(write(10, "A thread", status="triaged", url="https://x.com/a/status/1"), "reading")
    async with sluice() as app:
        await app.press("b", "l", "Y")
        assert "p packs · f folder · w packet" in app.picture
        await app.press("p")
        assert "1 source in packs" in app.picture
        await app.press("f")
        assert "folder for the files" in app.picture
        await app.press("escape", "w")
        assert "folder for the files" in app.picture
        await app.press("enter")
        assert "questions for the packet" in app.picture


async def test_a_pasted_list_counts_and_not_a_clipboard_that_answers_later(
    sluice, shelf, monkeypatch
):
    asked, answer = threading.Event(), threading.Event()

    def copied():
        asked.set()
        answer.wait(20)
        return "Something else"

    monkeypatch.setattr("tui.app.world.machine.read_from_clipboard", copied)
    async with sluice(shelf) as app:
        await app.press("b", "h")
        await app.burst_key("ctrl+v")
        await app.until(asked.is_set)
        app.send(Paste("Fruit 12"))
        await app.until(lambda: "1 delivered" in app.picture)
        answer.set()
        await app.settled()
        assert "1 delivered" in app.picture


async def test_a_narrow_head_says_what_was_delivered_too(sluice, vault, write):
    for number in range(10, 30):
        url = f"https://{'x' if number % 2 else 'example'}.com/{number}"
        give(write(number, f"Fruit {number}", status="triaged", url=url), "fruit")
    for number in range(3):
        give(write(40 + number, f"Other {number}", status="triaged"), f"other {number}")
    async with sluice() as app:
        await app.press("b", "g", "*", "S", "enter")
        assert " 10 addr. · 10 files · 20 sent" not in app.picture
        assert " 20 sent " in app.picture
        await app.resize(45, 20)
        assert " 10 addresses · 10 files · 20 sent" in app.picture
