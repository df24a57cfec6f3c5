"""What others propose, on the screen: in the rows, in the lines below the text, in the drawers."""

import pytest
from textual.widgets import Input

from tests.app.conftest import NARROW, STACKED
from tests.samples import value_of
from tui.cli.main import main

TIER = "signal_tier"


@pytest.fixture
def names(vault):
    """The names of the sources, in their order."""
    return sorted(path.name for path in vault.glob("*.md"))


@pytest.fixture
def propose(vault):
    """Propose values for a source, as another process does."""

    def run(name, *assignments, by="tagger", why="cited in two notes"):
        says = ("--by", by, "--why", why, "--vault", str(vault))
        assert main(["propose", str(vault / name), *assignments, *says]) == 0

    return run


def line(app, name):
    """The line of the screen that begins with a drawer's name, without frames."""
    lines = app.picture.splitlines()
    return next((one.strip(" │") for one in lines if f" {name} " in one), "")


def has_news(app):
    """Whether a row of the queue says that something is proposed."""
    return any(one.lstrip("│▌ ").startswith("»") for one in app.picture.splitlines())


async def test_a_proposal_shows_with_its_author_and_reason_in_place_of_a_suggestion(
    sluice, names, propose
):
    propose(names[0], "tier=paradigm")
    async with sluice() as app:
        await app.until(lambda: "» ◆ paradigm" in app.picture)
        assert "» ◆ paradigm" in line(app, "status·tier")
        assert "» tier = paradigm  tagger: cited in" in line(app, "proposed")
        propose(names[0], "url=https://example.org/", why="found")
        await app.until(lambda: "» url = https://example.org/" in line(app, "proposed"))
        await app.until(lambda: has_news(app))
        await app.press("j")
        assert line(app, "proposed") == ""


@pytest.mark.parametrize("size", [NARROW, STACKED])
async def test_the_symbol_is_in_sight_on_small_screens_too(sluice, names, propose, size):
    propose(names[0], "tier=paradigm")
    async with sluice(size=size) as app:
        await app.until(lambda: "»" in app.picture)
        await app.until(lambda: has_news(app))
        await app.press("=")
        await app.until(lambda: "»" not in app.picture)


async def test_a_reason_is_text_and_no_longer_than_its_place(sluice, names, propose):
    propose(names[0], "tier=paradigm", why="[bold red]rule[/] " + "because " * 100)
    async with sluice() as app:
        await app.until(lambda: "» ◆ paradigm" in app.picture)
        assert "tagger: [bold" in line(app, "proposed")
        await app.press("-")
        assert "tagger: [bold red]" in app.picture
        assert len({len(one) for one in app.picture.splitlines()}) == 1


async def test_a_click_on_the_line_opens_the_drawer_and_minus_refuses(
    sluice, vault, files, names, propose
):
    propose(names[0], "url=https://example.org/")
    async with sluice() as app:
        await app.until(lambda: line(app, "proposed"))
        lines = app.picture.splitlines()
        y = next(at for at, one in enumerate(lines) if " proposed " in one)
        await app.pilot.click(offset=(lines[y].index("url ="), y))
        await app.settled()
        assert "url = https://example.org/" in app.picker[0]
        await app.press("-")
        await app.until(lambda: not line(app, "proposed"))
        assert "refused url" in app.toast
        assert files.changes == {}
        await app.press("u")
        await app.until(lambda: line(app, "proposed"))


async def test_delete_removes_a_letter_while_one_types_in_the_drawer(sluice, files, names, propose):
    propose(names[0], "cat=claude-code")
    async with sluice() as app:
        await app.until(lambda: "» claude-code" in app.picture)
        await app.press("c")
        assert "» 6 claude-code" in app.picker[0] or "claude-code" in app.picker[0]
        await app.type("cl")
        await app.press("home", "delete")
        assert app.app.screen.query_one(Input).value == "l"
        await app.press("backspace", "delete", "backspace")
        await app.press("escape", "c", "delete")
        await app.until(lambda: "»" not in app.picture)
        assert files.changes == {}


async def test_the_drawer_of_the_tiers_says_who_proposes_one_and_its_digit_takes_it(
    sluice, vault, names, propose
):
    propose(names[0], "tier=paradigm")
    async with sluice() as app:
        await app.until(lambda: "» ◆ paradigm" in app.picture)
        await app.press("P")
        assert "» ◆ paradigm  tagger: cited in two notes" in app.picture
        await app.press("1")
        assert value_of(vault, names[0], TIER) == "paradigm"
        await app.until(lambda: "»" not in app.picture)


async def test_the_pass_says_above_its_answers_who_proposes_what(sluice, vault, names, propose):
    propose(names[0], "tier=paradigm")
    propose(names[1], "tier=noise", by="importer", why="rule 3")
    async with sluice(size=NARROW) as app:
        await app.until(lambda: "»" in app.picture)
        await app.press("v")
        await app.type("proposed")
        await app.press("enter", "r")
        await app.until(lambda: "» tagger proposes tier = paradigm" in app.picture)
        await app.press("-")
        await app.until(lambda: "» importer proposes tier = noise" in app.picture)
        await app.press("enter")
        assert value_of(vault, names[1], TIER) == "noise"
        await app.until(lambda: "taken" in app.picture)
        assert "refused" in app.picture


async def test_what_is_proposed_while_the_app_is_open_comes_by_itself(sluice, names, propose):
    async with sluice() as app:
        propose(names[0], "tier=paradigm")
        await app.until(lambda: "» ◆ paradigm" in app.picture)
        await app.until(lambda: has_news(app))
