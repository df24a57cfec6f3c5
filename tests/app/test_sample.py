"""The box at the end of a sample says what it means, and what its keys can do then."""

import pytest
from textual.events import Key

from tests.app.conftest import NARROW, STACKED, WIDE
from tests.samples import write_source


@pytest.fixture
def many(vault):
    """150 raw sources, with four more."""
    for number in range(200, 350):
        write_source(vault, number, f"Zebra {number}", signal_tier="noise")
    return vault


def words(app):
    """What is on the screen, without line breaks and frames."""
    return " ".join(app.picture.replace("│", " ").split())


@pytest.mark.parametrize("size", [WIDE, STACKED, NARROW])
async def test_a_good_sample_offers_the_rest_and_y_takes_it(sluice, many, size):
    async with sluice(size=size) as app:
        await app.press("r", "r", "7", "1", *["enter"] * 19)
        assert "19 of 20 right: at most 22 % wrong (95 %)" in words(app)
        assert "Take the other 134? y" in words(app)
        await app.press("r")
        assert "Take the other 134? y" in words(app)
        await app.press("y")
        assert "134 sources: tier accepted" in app.toast


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_bad_sample_offers_more_and_y_does_nothing(sluice, many, size):
    async with sluice(size=size) as app:
        await app.press("r", "r", "7", "1", "2", *["enter"] * 18)
        assert "18 of 20 right: at most 29 % wrong (95 %)" in words(app)
        assert "The limit is 25 %, so the other 134 stay guesses." in words(app)
        await app.press("y")
        assert "r judges 20 more, and the answers so far count." in words(app)
        await app.press("r")
        assert "21 of 40" in words(app) or "21/40" in words(app)


async def test_an_early_end_says_how_many_are_left(sluice, many):
    async with sluice() as app:
        await app.press("r", "r", "7", "space", "enter", "enter", "q")
        assert "2 of 2 right so far" in words(app)
        assert "r judges 18 more" in words(app)
        assert "1 skipped: counts neither way, and stays a guess." in words(app)
        await app.press("escape")
        assert "so far" not in words(app)


async def test_answers_typed_before_the_sample_is_drawn_are_answers(sluice, many, late):
    async with sluice() as app:
        late(app, app.session.desk.confirming, "guessed")
        await app.burst("r", "r", "7", "1", *["enter"] * 19)
        assert "19 of 20 right" in words(app)


async def test_a_sample_is_drawn_although_the_queue_is_shown_anew_meanwhile(sluice, many, late):
    async with sluice() as app:
        late(app, app.session.desk.confirming, "guessed")
        await app.press("r", "r")
        app.send(Key("7", "7"))
        await app.until(lambda: app.session.rapid.asked and "tier" in app.session.rapid.asked.name)
        app.session.board.refresh(app.here)
        await app.settled()
        await app.until(lambda: "1 of 20" in words(app))
