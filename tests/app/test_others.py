"""A toast tells what others did; u undoes it once the toast could be read to its end."""

import pytest

from tests.samples import value_of
from tui.cli.main import main
from tui.session.flow.watcher import Watcher

FIRST, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
TIER = "signal_tier"
OFFER = "importer set tier on “Apples in autumn” · u undoes that"


@pytest.fixture(autouse=True)
def not_noticed_yet(monkeypatch):
    """A test says when it is noticed what others wrote."""
    monkeypatch.setattr(Watcher, "start", lambda _watcher: None)


@pytest.fixture
def imported(vault):
    """Set the tier of the first source as a script does, and have the app notice it."""

    async def run(app):
        arguments = ["set", str(vault / FIRST), "tier=noise", "--by", "importer"]
        assert main([*arguments, "--vault", str(vault)]) == 0
        app.session.outside.take([FIRST])
        await app.until(lambda: app.toasts)
        await app.settled()

    return run


async def test_u_undoes_what_the_toast_says(sluice, vault, files, imported, monkeypatch):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice() as app:
        await app.press("j")
        await imported(app)
        assert app.toasts == [OFFER]
        assert OFFER in app.picture
        await app.press("u")
        assert app.said == ("Undid: importer set tier on “Apples in autumn” · U redoes")
        assert app.toasts == []
        assert app.here == SECOND
    assert files.changes == {}


async def test_a_key_pressed_as_the_toast_comes_is_no_answer_to_it(
    sluice, vault, imported, monkeypatch
):
    monkeypatch.setattr("tui.app.telling.AWARE", 1000)
    async with sluice() as app:
        await app.press("j", "1")
        await imported(app)
        assert app.said == "", "one thing at a time says what u does"
        await app.press("u")
        assert app.said.startswith("Undid: ◆ paradigm")
        assert app.toasts == ["importer set tier on “Apples in autumn”"]
    assert value_of(vault, FIRST, TIER) == "noise"


async def test_a_toast_whose_end_is_still_to_come_offers_nothing(
    sluice, vault, files, imported, monkeypatch
):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice(size=(50, 24)) as app:
        await imported(app)
        assert "undoes that" not in app.picture
        await app.press("u")
        assert value_of(vault, FIRST, TIER) == "noise"
        assert "Only “importer” has changes left to undo" in app.said


async def test_the_toast_waits_while_somebody_types(sluice, vault, imported, monkeypatch):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice() as app:
        await app.press("slash")
        await imported(app)
        assert OFFER not in app.picture
        await app.press("u")
        assert value_of(vault, FIRST, TIER) == "noise"
        await app.press("escape", "escape")
        await app.until(lambda: OFFER in app.picture)
        await app.press("u")
    assert value_of(vault, FIRST, TIER) == "tactical"


async def test_on_the_distribution_the_toast_is_in_sight_and_u_undoes_it(
    sluice, vault, files, imported, monkeypatch
):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice() as app:
        await app.press("D")
        await imported(app)
        assert OFFER in app.picture
        await app.press("u")
        await app.until(lambda: "Undid: importer set tier" in app.picture)
        await app.press("D")
        assert app.here == FIRST
    assert files.changes == {}


async def test_u_on_the_distribution_undoes_an_own_decision_and_counts_again(sluice, files):
    async with sluice() as app:
        await app.press("1", "D")
        await app.until(lambda: "Distribution" in app.picture or "Tier" in app.picture)
        await app.press("u")
        await app.until(lambda: not files.changes)
        assert "Undid: ◆ paradigm" in app.picture
        await app.press("U")
        await app.until(lambda: files.changes)


async def test_in_the_reader_the_toast_is_in_sight_and_u_undoes_it(
    sluice, files, imported, monkeypatch
):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice() as app:
        await app.press("enter")
        await imported(app)
        assert OFFER in app.picture
        await app.press("u")
        await app.until(lambda: not files.changes)


async def test_behind_a_box_the_toast_waits_until_it_is_closed(
    sluice, vault, files, imported, monkeypatch
):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    async with sluice() as app:
        await app.press("c")
        arguments = ["set", str(vault / FIRST), "tier=noise", "--by", "importer"]
        assert main([*arguments, "--vault", str(vault)]) == 0
        app.session.outside.take([FIRST])
        await app.settled()
        assert OFFER not in app.picture
        await app.press("escape")
        await app.until(lambda: OFFER in app.picture)
        await app.press("u")
        await app.until(lambda: not files.changes)


async def test_fifty_changes_of_a_script_are_undone_by_one_key(sluice, vault, write, monkeypatch):
    monkeypatch.setattr("tui.app.telling.AWARE", 0)
    for number in range(100, 150):
        write(number, f"Import {number}")
    before = {path: path.read_bytes() for path in vault.iterdir()}
    names = [path.name for path in sorted(vault.glob("SOURCE-1*.md"))]
    async with sluice() as app:
        for name in names:
            arguments = ["set", str(vault / name), "tier=noise", "--by", "importer"]
            assert main([*arguments, "--vault", str(vault)]) == 0
        app.session.outside.take(names)
        await app.until(lambda: "importer set tier on 50 sources · u undoes that" in app.picture)
        await app.press("u")
        await app.until(lambda: {path: path.read_bytes() for path in vault.iterdir()} == before)
        await app.until(lambda: "Undid: importer set tier on 50 sources" in app.said)
    assert {path: path.read_bytes() for path in vault.iterdir()} == before
