"""The lists of changes on the screen: L, H, and their keys, in terminals of every size."""

import subprocess
from datetime import date, timedelta

import pytest

from tests.samples import Files, value_of, write_source
from tui.app.boxes.moments import MomentsBox
from tui.cli.main import main
from tui.session.work import historian

APPLES, BRIDGES = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
SIZES = [(120, 36), (80, 24), (45, 20), (200, 60)]


def box(app):
    """The list that has the keys."""
    assert isinstance(app.app.screen, MomentsBox), app.app.screen
    return app.app.screen


def sentence(app):
    """What is said below the list."""
    return str(box(app).query_one("#said").render())


def drawn(app):
    """All words in the frame, as the terminal shows them."""
    frame = box(app).query_one("#frame").region
    lines = app.picture.splitlines()[frame.y : frame.bottom]
    return " ".join(" ".join(line[frame.x + 1 : frame.right - 1] for line in lines).split())


@pytest.mark.parametrize("size", SIZES)
async def test_l_u_and_h_work_in_a_terminal_of_any_size(sluice, vault, files, size):
    async with sluice(size=size) as app:
        await app.press("2", "j", "1")
        alone = Files(vault)
        await app.press("L")
        await app.until(lambda: len(app.rows) == 2)
        assert "◆ paradigm" in app.rows[0] and "▲ strategic" in app.rows[1]
        assert "today 2 on 2" in app.picture
        assert "Bridges" in app.rows[0] and "Bridges" in sentence(app)
        await app.press("j", "u")
        await app.until(lambda: "undone" in app.rows[1])
        assert "undone" in app.picture
        await app.press("H")
        await app.until(lambda: len(app.rows) == 1)
        assert "history" in app.picture and "Apples in autumn" in app.picture
        await app.press("U")
        await app.until(lambda: "undone" not in app.rows[0])
        await app.press("escape", "escape")
        assert app.here == BRIDGES
    assert alone.changes == {} and set(files.changes) == {APPLES, BRIDGES}


async def test_enter_in_the_history_over_the_list_closes_both_and_goes_there(sluice):
    async with sluice() as app:
        await app.press("2", "j", "1", "j", "L")
        await app.until(lambda: len(app.rows) == 2)
        await app.press("j", "H")
        await app.until(lambda: len(app.rows) == 1)
        await app.press("enter")
        await app.until(lambda: app.app.screen is app.screen)
        assert app.here == APPLES


async def test_letters_filter_after_a_slash_and_are_keys_again_after_enter(sluice, vault):
    main(["set", str(vault / BRIDGES), "tier=noise", "--by", "importer", "--vault", str(vault)])
    async with sluice() as app:
        await app.press("2", "L")
        await app.until(lambda: len(app.rows) == 2)
        await app.press("/")
        await app.type("noise imp")
        assert len(app.rows) == 1 and "importer: · noise" in app.rows[0]
        await app.press("enter", "u")
        await app.until(lambda: "undone" in app.rows[0])
        await app.press("escape")
        assert len(app.rows) == 2
        await app.press("escape")
        assert app.app.screen is app.screen
    assert value_of(vault, BRIDGES, "signal_tier") == "tactical"
    assert value_of(vault, APPLES, "signal_tier") == "strategic"


@pytest.mark.parametrize("size", SIZES)
async def test_a_repository_that_git_cannot_read_is_a_sentence_below_the_changes(
    sluice, vault, size
):
    subprocess.run(["git", "init", "-q"], cwd=vault, check=True)
    (vault / ".git" / "HEAD").write_text("nothing\n")
    async with sluice(size=size) as app:
        await app.press("1", "H")
        await app.until(lambda: "git refused" in app.picture)
        assert "◆ paradigm" in app.rows[0] and len(app.rows) == 2
        await app.press("j", "u")
        await app.until(lambda: "undone" in app.rows[0])
    assert value_of(vault, APPLES, "signal_tier") == "tactical"


async def test_a_key_pressed_before_the_rows_are_there_is_for_them(sluice, vault):
    async with sluice() as app:
        await app.press("1")
        await app.burst("L", "u", "escape")
        await app.until(lambda: app.app.screen is app.screen)
        await app.settled()
        assert value_of(vault, APPLES, "signal_tier") == "tactical"


async def test_help_lists_its_keys_and_a_question_mark_can_be_searched_for(sluice):
    async with sluice() as app:
        await app.press("1", "L")
        await app.until(lambda: app.rows)
        await app.press("question_mark")
        assert "HERE: changes" in app.picture and "Go there" in app.picture
        await app.press("escape", "slash", "question_mark")
        assert box(app).query_one("LineField").value == "?" and app.rows == []


async def test_many_sources_show_that_they_are_being_undone(sluice, vault, late):
    async with sluice() as app:
        await app.press("*", "2", "enter", "L")
        await app.until(lambda: app.rows)
        late(app, app.session.desk.vault.journal, "mark")
        app.waits_for_disk = False
        await app.burst_key("u")
        assert "was ■ tactical  … " in app.rows[0]
        app.waits_for_disk = True
        await app.until(lambda: "undone" in app.rows[0])
    assert value_of(vault, BRIDGES, "signal_tier") == "tactical"


@pytest.mark.parametrize("size", SIZES)
async def test_a_refusal_is_there_whole_until_the_cursor_moves(sluice, size):
    async with sluice(size=size) as app:
        await app.press("1", "2", "L")
        await app.until(lambda: len(app.rows) == 2)
        await app.press("j", "u")
        await app.until(lambda: "by a later change" in " ".join(sentence(app).split()))
        assert "so sluice did not undo that." in drawn(app)
        assert "▲ strategic" in drawn(app) and "◆ paradigm" in drawn(app)
        await app.press("k")
        assert "by a later change" not in sentence(app)


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_the_change_under_the_cursor_is_there(sluice, vault, size):
    title = "A long title of thirty-seven cells, whole"
    path = write_source(vault, 50, title)
    main(["set", str(path), "tier=noise", "--by", "importer", "--vault", str(vault)])
    async with sluice(size=size) as app:
        await app.press("L")
        await app.until(lambda: app.rows)
        assert f"· noise, was ■ tactical · {title} importer" in drawn(app)


async def test_a_wide_screen_has_room_for_the_reason_beside_the_title(sluice, vault):
    words = ["--by", "importer", "--why", "rule 4: a newsletter"]
    main(["set", str(vault / APPLES), "tier=noise", *words, "--vault", str(vault)])
    async with sluice(size=(200, 60)) as app:
        await app.press("L")
        await app.until(lambda: app.rows)
        (row,) = (line for line in app.picture.splitlines() if "· noise" in line and ":" in line)
        assert "importer: · noise, was ■ tactical (rule 4: a newsletter)" in row
        assert "Apples in autumn" in row


async def test_what_others_typed_is_text_and_no_row_is_wider_than_the_box(sluice, vault):
    main([
        "set", str(vault / APPLES), "guest=[red]日本[/red] 👍🏽 " + "x" * 5_000,
        "--by", "[bold]", "--why", "日本語" * 300, "--vault", str(vault),
    ])  # fmt: skip
    async with sluice(size=(45, 20)) as app:
        await app.press("L")
        await app.until(lambda: app.rows)
        assert "[bold" in app.picture
        lines = app.picture.splitlines()
        await app.resize(20, 5)
        await app.resize(1, 1)
        await app.resize(120, 36)
        assert "[red]日本[/red]" in app.picture.replace(" ", "") or "guest" in app.picture
        assert len(lines) == 20


@pytest.mark.parametrize("size", SIZES)
async def test_the_lower_edge_says_the_keys_that_undo_has_now(sluice, config, vault, size):
    config('keys: {undo.undo: "f8", undo.redo: null, go.history: ", h"}')
    async with sluice(size=size) as app:
        await app.press("1", "L")
        await app.until(lambda: app.rows)
        assert "f8 undoes" in app.picture and "u undoes" not in app.picture
        assert size[0] < 80 or "H " in app.picture
        await app.press("f8")
        await app.until(lambda: "undone" in app.rows[0])
        assert "U redoes" in app.picture and "undoes" not in app.picture
        await app.press("U")
        await app.until(lambda: "undone" not in app.rows[0])
    assert value_of(vault, APPLES, "signal_tier") == "paradigm"


async def test_a_key_of_the_list_itself_stays_its_own(sluice, config, vault):
    config('keys: {undo.undo: "j", undo.redo: "k", move.down: "down", move.up: "up"}')
    async with sluice() as app:
        await app.press("1", "down", "2", "L")
        await app.until(lambda: len(app.rows) == 2)
        await app.press("j", "u")
        await app.until(lambda: "undone" in app.rows[1])
        await app.press("u")
        await app.until(lambda: "Already undone; U redoes it." in app.picture)
    assert value_of(vault, APPLES, "signal_tier") == "tactical"


async def test_days_are_named_again_after_midnight(sluice, monkeypatch):
    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.today() + timedelta(days=1)

    async with sluice() as app:
        await app.press("1", "L")
        await app.until(lambda: app.rows)
        monkeypatch.setattr(historian, "date", Tomorrow)
        await app.until(lambda: "yesterday" in app.picture)
        assert "none today" in app.picture


async def test_the_row_of_a_change_under_an_earlier_name_says_that_name(sluice, vault):
    main(["set", str(vault / APPLES), "tier=noise", "--vault", str(vault)])
    (vault / APPLES).rename(vault / "SOURCE-000-renamed.md")
    async with sluice() as app:
        await app.press("H")
        await app.until(lambda: app.rows)
        assert f"as {APPLES}" in app.rows[0]


async def test_the_cursor_stays_on_its_change_when_others_come(sluice, vault):
    async with sluice() as app:
        await app.press("1", "j", "2", "L")
        await app.until(lambda: len(app.rows) == 2)
        await app.press("j")
        under = app.under_picker_cursor
        main(["set", str(vault / BRIDGES), "guest=Bo", "--by", "script", "--vault", str(vault)])
        await app.until(lambda: len(app.rows) == 3)
        assert app.under_picker_cursor == under
        assert "script" in app.rows[0]


@pytest.mark.parametrize("size", SIZES)
async def test_with_no_change_the_edge_names_no_key_for_one(sluice, size):
    async with sluice(size=size) as app:
        for key in ("L", "H"):
            await app.press(key)
            await app.until(lambda: "what you decide appears here" in app.picture)
            edge = next(line for line in app.picture.splitlines() if "esc" in line)
            assert not any(word in edge for word in ("undoes", "redoes", "goes", "history"))
            await app.press("escape")
