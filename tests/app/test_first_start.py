"""The first start in a vault shows the first steps, once; empty queues say what to do."""

import pytest

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import write_source
from tui.app.widgets.welcome import LINES
from tui.session.keys.catalogue import TIERS


def welcomed(app) -> bool:
    return "welcome" in app.picture


@pytest.mark.parametrize(
    ("folder", "said", "unsaid"),
    [
        ("backlog", ["1-3 rate it", "c category", "i insight", "a archive"], []),
        ("clippings", ["i insight", "a archive"], ["rate it", "category"]),
        ("blog", ["p promote"], ["rate it", "category", "insight", "archive"]),
    ],
)
async def test_the_first_start_names_only_what_the_folder_has(
    sluice, other_folder, folder, said, unsaid
):
    async with sluice(other_folder(folder), size=(80, 24), greeted=False) as app:
        box = app.picture.partition("welcome")[2].partition("closes this")[0]
        assert [words for words in said if words not in box] == []
        assert [words for words in unsaid if words in box] == []


async def test_the_first_start_names_the_keys_of_all_tiers(sluice, tmp_path):
    (tmp_path / "sluice.yaml").write_text(
        """base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, tier: rating}
fields:
  status: {kind: choice, values: [new, done]}
  rating: {kind: number, values: [5, 4, 3, 2, 1]}
flow: {main: [new, done], archive: null}
"""
    )
    (tmp_path / "one.md").write_text("---\nstatus: new\nrating: 4\n---\nText.\n")
    async with sluice(tmp_path, greeted=False) as app:
        assert "1-5 rate it, best first" in app.picture


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_the_first_start_shows_what_to_do_first(sluice, size):
    async with sluice(size=size, greeted=False) as app:
        picture = app.picture
        assert "Judge this source with one key:" in picture
        assert "1-4 rate it, best first" in picture
        for line in LINES:
            for ids, words in line:
                there = [id for id in ids if id not in TIERS[4:]]
                key = "esc" if ids == ("esc",) else app.session.keymap.row(*there)
                assert f"{key} {words}".strip() in picture


async def test_the_next_start_does_not(sluice):
    async with sluice(greeted=False) as app:
        assert welcomed(app)
    async with sluice(greeted=False) as app:
        assert not welcomed(app)


async def test_another_vault_has_its_own_first_start(sluice, tmp_path):
    async with sluice(greeted=False):
        pass
    (tmp_path / "other").mkdir()
    write_source(tmp_path / "other", 1, "Elsewhere")
    async with sluice(root=tmp_path / "other", greeted=False) as app:
        assert welcomed(app)


async def test_moving_leaves_the_lines_and_esc_takes_them_away(sluice):
    async with sluice(greeted=False) as app:
        await app.press("j", "k", "G")
        assert welcomed(app)
        await app.press("escape")
        assert not welcomed(app)


@pytest.mark.parametrize("size", [STACKED, NARROW])
async def test_on_a_small_screen_the_lines_do_not_hide_where_one_moves(sluice, size):
    async with sluice(size=size, greeted=False) as app:
        await app.press("j")
        assert not welcomed(app)


async def test_on_a_wide_screen_the_lines_leave_the_queue_alone(sluice, write):
    for number in range(30, 50):
        write(number, f"Zebra {number}")
    async with sluice(greeted=False) as app:
        for _ in range(16):
            await app.press("j")
            assert welcomed(app)
            (line, *_) = [line for line in app.picture.splitlines() if line.startswith("│▌")]
            assert f" {app.title} " in line


async def test_a_decision_is_made_and_takes_the_lines_away(sluice, files):
    async with sluice(greeted=False) as app:
        await app.press("1")
        assert not welcomed(app)
    assert list(files.changes) == ["SOURCE-001-apples.md"]


async def test_an_empty_folder_says_how_to_begin(sluice, tmp_path):
    (tmp_path / "empty").mkdir()
    async with sluice(root=tmp_path / "empty") as app:
        await app.until(lambda: "No Markdown file in" in app.picture)
        assert "+ add a note" in app.picture


async def test_the_first_source_of_an_empty_folder_is_shown(sluice, tmp_path, monkeypatch):
    monkeypatch.setattr("tui.app.world.machine.read_from_clipboard", lambda: "")
    (tmp_path / "empty").mkdir()
    async with sluice(root=tmp_path / "empty") as app:
        await app.press("+")
        await app.type("example.org/first")
        await app.press("enter")
        assert len(app.shown) == 1
        assert "example.org/first" in app.title


async def test_a_view_that_is_worked_off_says_where_to_go(sluice):
    async with sluice() as app:
        for _ in range(4):
            await app.press("p")
        await app.press("R")
        assert "Nothing left in raw" in app.picture
        assert "v opens another view" in app.picture


async def test_a_search_without_hits_says_how_to_leave(sluice):
    async with sluice() as app:
        await app.press("/")
        await app.type("zzzzqqqq")
        assert "No source matches" in app.picture
        assert "esc clears the search" in app.picture
