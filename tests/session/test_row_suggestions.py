"""What other sources say about the rows in sight: the ≈ in the queue."""

import pytest

from tests.samples import ROSES, write_source
from tui.suggest.learner import Learner
from tui.suggest.taking import news

TITLE = "Roses and compost in spring"


@pytest.fixture(autouse=True)
def at_once(limits):
    """No row waits for the person to rest."""
    limits["rows_rest"] = 0


@pytest.fixture
def asked(monkeypatch):
    """The names of the sources that the model was asked about for a row."""
    names = []
    glance = Learner.glance

    def note(learner, source):
        names.append(source.name)
        return glance(learner, source)

    monkeypatch.setattr(Learner, "glance", note)
    return names


def in_sight(app):
    return app.rows.sources[app.first_row : app.first_row + app.page_rows + 1]


def lit(app):
    """The titles of the rows in sight with a ≈, once all are judged."""
    is_news = app.session.row_suggestions.is_news
    for source in in_sight(app):
        is_news(source)
    app.settled()
    return [source.title for source in in_sight(app) if is_news(source)]


def test_a_row_says_what_the_drawers_and_equals_say(sluice, learnt):
    with sluice() as app:
        app.page_rows = 100
        schema = app.session.desk.schema
        expected = []
        for source in app.rows.sources:
            found = app.session.suggester.of(source)
            fields = (schema.category, found.category), (schema.tier, found.tier)
            if any(news(source, field, ranked) for field, ranked in fields):
                expected.append(source.title)
        assert TITLE in expected
        assert lit(app) == expected


def test_a_row_falls_silent_when_equals_takes_what_it_says(sluice, learnt):
    with sluice() as app:
        app.page_rows = 100
        assert TITLE in lit(app)
        app.go_to(ROSES)
        app.press("=")
        assert TITLE not in lit(app)
        app.press("u")
        assert TITLE in lit(app)


def test_a_value_set_by_hand_is_not_contradicted_in_a_row(sluice, learnt):
    with sluice() as app:
        app.page_rows = 100
        app.go_to(ROSES)
        app.press("c", "1", "k", "1")
        app.go_to(ROSES)
        assert app.drawn.suggested.category is None
        assert TITLE not in lit(app)


def test_rows_are_judged_again_when_more_is_learnt(sluice, vault, write):
    for number in range(10, 22):
        write(number, f"Apples and cider {number}", notebooklm_category="general")
    with sluice() as app:
        app.page_rows = 100
        assert lit(app) == []
        for _ in range(8):
            app.go_to("Apples and cider")
            while app.dimmed(app.here):
                app.press("j")
            app.press("c", "5", "p")
        assert any("Apples" in title for title in lit(app))


def test_only_rows_in_sight_are_judged_and_each_once(sluice, learnt, asked):
    for number in range(100, 160):
        write_source(learnt, number, f"Roses {number}")
    with sluice(read=False) as app:
        app.page_rows = 10
        app.settled()
        lit(app)
        assert set(asked) == {source.name for source in in_sight(app)}
        asked.clear()
        lit(app)
        assert asked == []
        app.first_row = 20
        lit(app)
        assert sorted(asked) == sorted(source.name for source in in_sight(app))


def test_done_rows_are_not_judged(sluice, learnt, asked):
    with sluice() as app:
        app.page_rows = 100
        app.go_to(ROSES)
        app.press("1", "p")
        assert app.dimmed(ROSES)
        asked.clear()
        lit(app)
        assert ROSES not in asked


def test_rows_say_nothing_while_nothing_is_learnt(sluice, vault, asked):
    with sluice() as app:
        assert lit(app) == []
        assert app.session.suggester.refusal.startswith("No suggestions yet")


def test_few_answers_stay_in_memory(sluice, learnt, limits, asked):
    limits["judged_rows"] = 3
    for number in range(100, 120):
        write_source(learnt, number, f"Roses {number}")
    with sluice(read=False) as app:
        app.page_rows = 2
        app.settled()
        for first in (0, 5, 10):
            app.first_row = first
            lit(app)
        asked.clear()
        app.first_row = 0
        lit(app)
        assert len(asked) == len(in_sight(app))


def test_a_fault_in_a_row_leaves_the_keys_and_is_reported_by_equals(sluice, learnt, monkeypatch):
    def fail(*_):
        raise ValueError("no such column")

    monkeypatch.setattr(Learner, "glance", fail)
    with sluice() as app:
        assert lit(app) == []
        app.press("=")
        assert "no such column" in app.toast
