"""m lists the likeliest notebooks first, as they are after every change and its undo."""

import pytest

from tests.notebooks.made_notebooks import THEMES, themed
from tests.samples import write_source

GARDENS, ENGINES, HARBOURS, OPERA = THEMES
GARDEN, ENGINE = "SOURCE-900-compost.md", "SOURCE-901-pistons.md"


@pytest.fixture
def filled(vault):
    """Members of four notebooks, and two sources that are in none, the last of all."""
    for path in vault.glob("*.md"):
        path.unlink()
    for number, one in enumerate(themed(8, share=0.9), 1):
        (notebook,) = one.listed("notebooks")
        path = write_source(vault, number, f"{number} {one.title}")
        text = path.read_text()
        path.write_text(text.replace("key_insights:", f'notebooks: ["{notebook}"]\nkey_insights:'))
    write_source(vault, 900, "compost and roses for the garden soil")
    write_source(vault, 901, "pistons of a steel engine with a boiler")
    return vault


def values(question):
    return [option.value for option in question.options]


def test_the_likeliest_notebook_comes_first_with_how_likely_it_is(sluice, filled):
    with sluice() as app:
        app.press("G", "m")
        question = app.box.question
        assert values(question)[0] == ENGINES
        numbers = [int(option.number.removesuffix(" %")) for option in question.options]
        assert numbers == sorted(numbers, reverse=True)
        assert not question.held
        app.box.close()
        app.press("k", "m")
        assert values(app.box.question)[0] == GARDENS


def test_nothing_is_put_anywhere_by_itself(sluice, filled, watch):
    files = watch(filled)
    with sluice() as app:
        app.press("G", "m")
        app.box.close()
        app.press("k", "m")
        app.box.close()
    assert files.changes == {}


def test_a_change_counts_at_once_and_so_does_its_undo(sluice, filled):
    with sluice() as app:
        app.press("G", "m")
        app.box.save(("Boilers",), ())
        app.press("k", "m")
        assert "Boilers" in values(app.box.question)
        app.box.close()
        app.press("u", "m")
        assert "Boilers" not in values(app.box.question)


def test_a_member_keeps_its_notebooks_at_the_top_of_the_list(sluice, filled):
    with sluice() as app:
        app.press("G", "m")
        app.box.save((OPERA,), ())
        app.press("G", "m")
        assert values(app.box.question)[:2] == [OPERA, ENGINES]


def test_for_marks_the_common_notebook_comes_first(sluice, filled):
    with sluice() as app:
        app.press("g", "x", "x", "x", "m")
        question = app.box.question
        rest = [name for name in values(question) if name not in question.held]
        numbers = {option.value: option.number for option in question.options}
        assert all(numbers.values())
        percents = [int(numbers[name].removesuffix(" %")) for name in rest]
        assert percents == sorted(percents, reverse=True)


def test_it_says_where_no_notebook_fits_well(sluice, filled):
    write_source(filled, 950, "zebra savanna giraffe")
    with sluice() as app:
        app.press("G", "m")
        assert list(app.box.question.said) == ["none fits well"]
        assert not any(option.sign for option in app.box.question.options)
        app.box.close()
        app.press("k", "m")
        assert list(app.box.question.said) == []


def test_without_a_notebook_the_picker_opens_and_has_none(sluice, vault):
    with sluice() as app:
        app.press("m")
        assert values(app.box.question) == []
        app.box.save(("Fruit",), ())
        app.press("j", "m")
        assert values(app.box.question) == ["Fruit"]


def test_a_fault_in_the_suggestions_leaves_the_picker_working(sluice, filled, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    with sluice() as app:
        monkeypatch.setattr(app.session.desk.notebook_learner, "of_all", broken)
        app.press("G", "m")
        assert set(values(app.box.question)) == set(THEMES)
        assert app.box.save((ENGINES,), ())


def test_a_drawer_that_was_opened_early_shows_what_is_learnt_later(sluice, filled, monkeypatch):
    with sluice() as app:
        learner = app.session.desk.notebook_learner
        real = learner.of_all
        monkeypatch.setattr(learner, "of_all", lambda _: None)
        app.press("G", "m")
        before = values(app.box.question)
        assert not any(option.number for option in app.box.question.options)
        monkeypatch.setattr(learner, "of_all", real)
        app.enter(app.session.shelver.learnt)
        # The order stays: enter may be on its way.
        assert [option.value for option in app.box.options] == before
        numbers = {option.value: option.number for option in app.box.options}
        assert max(numbers, key=lambda name: int(numbers[name].split()[0])) == ENGINES
