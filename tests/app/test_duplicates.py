"""d shows a source beside those that are likely the same, and keeps one of them."""

import pytest
import yaml

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import write_twin
from tui.app.screens.duplicates import DuplicatesScreen
from tui.app.screens.triage import TriageScreen
from tui.checks import same_body

NAME, TWIN = "SOURCE-001-apples.md", "SOURCE-007-apples.md"


def header(path):
    """The header's fields as PyYAML reads them from the file."""
    return yaml.safe_load(path.read_text().split("\n---\n")[0].removeprefix("---\n"))


@pytest.fixture
def duplicate(vault):
    """The first source once more."""
    return write_twin(vault)


async def test_the_two_stand_side_by_side_with_the_reason(sluice, duplicate):
    async with sluice() as app:
        await app.press("d")
        assert isinstance(app.app.screen, DuplicatesScreen)
        assert "duplicates · 1 of 1 · same URL, title 97 %" in app.picture
        assert "next pair" not in app.picture
        lines = {line.strip()[:7].strip(): line for line in app.picture.splitlines()}
        assert "Apples in autumn  " in lines["≠ title"]
        assert "Apples in autumn!" in lines["≠ title"]
        assert lines["= forma"].count("article") == 2
        assert " % identical" in app.picture


@pytest.mark.parametrize("size", [STACKED, NARROW])
async def test_on_a_smaller_screen_they_stand_one_above_the_other(sluice, duplicate, size):
    async with sluice(size=size) as app:
        await app.press("d")
        assert "≠ file" in app.picture
        assert f"1 {NAME}" in app.picture
        assert f"2 {TWIN}" in app.picture
        for _ in range(12):
            await app.press("j")
        assert "≠ topics" in app.picture
        await app.press("1")
        assert "+ key_insights: theirs: so" in app.picture
        await app.press("escape", "escape")
        assert isinstance(app.app.screen, TriageScreen)


async def test_keeping_the_first_archives_the_other_and_carries_over_what_it_has(
    sluice, duplicate, vault, watch
):
    files = watch(vault)
    async with sluice() as app:
        await app.press("d", "1")
        assert "Archive 2: Apples in autumn! · SOURCE-20260101-007" in app.picture
        assert "+ topics: four" in app.picture
        assert "+ aliases: Apples" in app.picture
        assert files.changes == {}
        await app.press("enter")
        assert "SOURCE-20260101-001 kept, SOURCE-20260101-007 archived" in app.toast
        assert app.dimmed(TWIN)
        assert not app.dimmed(NAME)
        kept, other = header(vault / NAME), header(vault / TWIN)
        assert kept["topics"] == ["one", "two", "three", "four"]
        assert kept["key_insights"] == ["theirs: so"]
        assert kept["aliases"] == ["Apples"]
        assert (kept["status"], other["status"]) == ("raw", "archived")
        assert files.changes[TWIN] == ["- status: raw", "+ status: archived"]
        await app.press("u")
        assert app.toast.startswith("Undid")
    assert files.changes == {}


async def test_the_second_is_kept_with_the_same_key_twice(sluice, duplicate, vault):
    async with sluice() as app:
        await app.press("d", "l", "l")
        assert app.dimmed(NAME)
    assert header(vault / TWIN)["topics"] == ["one", "four", "two", "three"]
    assert header(vault / NAME)["status"] == "archived"


@pytest.mark.parametrize("keys", [["escape"], ["q"], ["1", "escape", "q"], ["enter", "d"]])
async def test_both_are_kept_when_it_is_left(sluice, duplicate, vault, watch, keys):
    files = watch(vault)
    async with sluice() as app:
        await app.press("d", *keys)
        assert app.app.screen is app.screen
        assert app.here == NAME
    assert files.changes == {}


@pytest.mark.parametrize("keys", [["d", "escape"], ["d", "1", "escape", "q"]])
async def test_keys_typed_while_duplicates_are_looked_for_go_to_their_screen(
    sluice, duplicate, vault, watch, late, keys
):
    files = watch(vault)
    async with sluice() as app:
        late(app, app.session.desk.duplicates, "prepare")
        await app.burst(*keys)
        assert app.app.screen is app.screen
        assert app.here == NAME
    assert files.changes == {}


async def test_keys_typed_while_the_same_text_is_looked_for_go_to_its_screen(
    sluice, vault, write, watch, late
):
    text = "# One text\n\n" + "Words that stand in both of them. " * 20
    for path in (vault / NAME, write(8, "Quite another")):
        head, sign, _ = path.read_text().partition("\n---\n")
        path.write_text(head + sign + text)
    files = watch(vault)
    async with sluice() as app:
        late(app, same_body, "_text")
        await app.burst("d", "1", "escape", "q")
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_n_goes_through_several_candidates(sluice, duplicate, write):
    write(8, "Quite another", url="https://m.example.com/1/")
    async with sluice() as app:
        await app.press("d")
        seen = set()
        for _ in range(2):
            seen.update(name for name in ("007-apples", "008-quite") if name in app.picture)
            await app.press("n")
        assert "1 of 2" in app.picture and "n N next pair" in app.picture
        await app.press("N")
        assert "2 of 2" in app.picture
        assert seen == {"007-apples", "008-quite"}


async def test_a_source_with_the_same_text_is_found_by_it(sluice, vault, write):
    text = "# One text\n\n" + "Words that stand in both of them. " * 20
    for path in (vault / NAME, write(8, "Quite another")):
        head, sign, _ = path.read_text().partition("\n---\n")
        path.write_text(head + sign + text)
    async with sluice() as app:
        await app.press("d")
        assert "1 of 1 · same body" in app.picture
        assert "= body · identical" in app.picture


async def test_one_that_cannot_be_archived_is_reported_and_nothing_is_done(
    sluice, duplicate, vault, watch
):
    duplicate.write_text(duplicate.read_text().replace("status: raw", "status: integrated"))
    files = watch(vault)
    async with sluice() as app:
        await app.press("d", "1")
        assert "cannot become archived" in app.picture
        await app.press("enter")
        assert isinstance(app.app.screen, DuplicatesScreen)
        await app.press("2", "enter")
        assert header(vault / NAME)["status"] == "archived"
    assert set(files.changes) == {NAME, TWIN}


async def test_what_acts_on_a_terminal_is_shown_as_text(sluice, write):
    write(
        8, "Apples in autumn", creator='"[/red] \\e[31m\\u202e [b]x"', url="https://example.com/1"
    )
    async with sluice() as app:
        await app.press("d")
        for size in (WIDE, NARROW):
            await app.resize(*size)
            assert "\x1b" not in app.picture
            assert "\u202e" not in app.picture
        await app.resize(*WIDE)
        assert "[/red]" in app.picture


async def test_an_insight_is_written_on_when_the_duplicates_are_looked_for_again(
    sluice, write, held_vault
):
    for number, title in (5, "Eagles"), (6, "Falcons"):
        write(number, title, url="https://example.com/birds")
    async with sluice() as app:
        await app.press("v")
        await app.type("duplicates")
        await app.press("enter")
        assert app.shown == ["Eagles", "Falcons"]
        with held_vault(app):
            await app.press("j")
            await app.burst_key("R")
            await app.burst_key("i")
            write(7, "Geese", url="https://example.com/birds")
        await app.settled()
        await app.type("pa")
        assert app.screen.insights.editor.text == "pa"
        assert (app.title, app.shown) == ("Falcons", ["Eagles", "Falcons", "Geese"])


async def test_that_none_was_found_while_the_vault_is_read_is_not_the_last_word(
    sluice, duplicate, half_read
):
    go_on = half_read()
    async with sluice(read=False) as app:
        await app.until(lambda: len(app.session.board.rows.all) == 2)
        await app.burst_key("d")
        await app.until(lambda: app.said.startswith("No duplicates"))
        assert app.said.endswith(" read so far. d looks again once all are read.")
        go_on.set()
        await app.settled()
        await app.press("g", "d")
        assert isinstance(app.app.screen, DuplicatesScreen)


async def test_what_is_said_stays_for_keys_that_were_pressed_before_it(sluice, late):
    async with sluice() as app:
        late(app, app.session.desk.duplicates, "prepare")
        await app.burst("d", "j")
        assert app.said == "No duplicates: no other source has this URL, title or text."
        await app.press("k")
        assert app.said == ""
