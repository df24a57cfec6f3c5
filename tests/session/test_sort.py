"""s sorts the view; the cursor stays on its source."""

import pytest

from tests.samples import write_source, write_tiered
from tui.triage.order import ranked_key


@pytest.fixture
def tiered(vault):
    """Four raw sources of other tiers and dates than their names' order; one has no tier."""
    return write_tiered(vault)


def sort(app, key):
    app.press("s")
    app.type(key)
    app.press("enter")


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("tier", "élan Mango Zebra Apple"),
        ("date", "élan Zebra Apple Mango"),
        ("title", "Apple élan Mango Zebra"),
        # That is the order already: it is turned round.
        ("file name", "Mango Apple élan Zebra"),
        ("status", "Zebra élan Apple Mango"),
    ],
)
def test_a_view_is_sorted_with_empty_values_last(sluice, tiered, key, order):
    with sluice() as app:
        sort(app, key)
        assert app.shown == order.split()


def test_the_cursor_stays_on_its_source_and_esc_sorts_nothing(sluice, tiered):
    with sluice() as app:
        app.press("j", "j")
        assert app.title == "Apple"
        sort(app, "tier")
        assert app.title == "Apple"
        app.press("s", "down", "escape")
        assert app.shown[-1] == app.title == "Apple"


def test_what_was_decided_stays_in_its_place_until_the_view_is_opened(sluice, tiered):
    with sluice() as app:
        sort(app, "tier")
        app.press("g", "4")
        assert app.shown == ["élan", "Mango", "Zebra", "Apple"]
        app.press("v", "1")
        assert app.shown == ["Mango", "Zebra", "élan", "Apple"]


def test_a_source_others_write_comes_in_where_it_belongs(sluice, tiered):
    with sluice() as app:
        sort(app, "tier")
        app.press("g", "j")
        write_source(tiered, 9, "Between", signal_tier="strategic")
        app.noticed("SOURCE-009-between.md")
        assert app.shown == ["élan", "Mango", "Between", "Zebra", "Apple"]
        assert app.title == "Mango"


def test_an_undone_decision_comes_back_where_it_belongs(sluice, tiered):
    with sluice() as app:
        sort(app, "tier")
        app.press("g", "j", "p", "v", "1")
        assert app.shown == ["élan", "Zebra", "Apple"]
        app.press("u")
        assert app.shown == ["élan", "Mango", "Zebra", "Apple"]
        assert app.title == "Mango"


def test_hits_stay_best_first_and_that_is_said(sluice, tiered):
    with sluice() as app:
        sort(app, "title")
        app.press("slash")
        app.type("zebra")
        app.press("enter", "s")
        assert app.toast == "Matches stay best first; esc clears the search, then s sorts the view."
        app.press("escape")
        assert app.shown == ["Apple", "élan", "Mango", "Zebra"]


def test_a_view_says_itself_what_it_is_sorted_by(sluice, tiered):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: -title}}\n")
    with sluice() as app:
        assert app.shown == ["Zebra", "Mango", "élan", "Apple"]
        assert app.title == "Zebra"
        assert app.rows.heading == "queue · title, Z to A"


def test_the_heading_says_the_order_in_words_and_what_a_lookup_is(sluice, tiered):
    with sluice() as app:
        assert app.rows.heading == "queue · by file name"
        sort(app, "date")
        assert app.rows.heading == "queue · newest first"
        app.press("slash")
        app.type("zebra")
        assert app.rows.heading == "matches · best first"
        app.press("escape")
        assert app.rows.heading == "queue · newest first"
        app.press("v", "2")
        assert app.rows.heading == "queue · by file name"


def test_rows_have_the_age_of_the_date_they_are_sorted_by(sluice, tiered):
    (tiered / "sluice.yaml").write_text(
        "views: {all: '', new: {query: '', sort: captured_date}, old: {query: '', sort: tier}}\n"
    )
    usual = "date_published", "captured_date"
    with sluice() as app:
        assert app.rows.days == usual
        app.press("v", "2")
        assert app.rows.days == ("captured_date",)
        app.press("slash")
        app.type("zebra")
        assert app.rows.days == usual
        app.press("escape", "v", "3")
        assert app.rows.days == usual


def test_reading_again_keeps_the_order(sluice, tiered):
    with sluice() as app:
        sort(app, "title")
        write_source(tiered, 9, "Banana")
        app.press("R")
        assert app.shown == ["Apple", "Banana", "élan", "Mango", "Zebra"]


@pytest.mark.parametrize("at_once", [0, 10_000])
def test_sources_read_in_batches_come_in_where_they_belong(limits, sluice, tiered, at_once):
    (tiered / "sluice.yaml").write_text("views: {mine: {query: 'st:raw', sort: title}}\n")
    limits["batch"] = 1
    limits["shown_every"] = 0
    limits["found_at_once"] = at_once
    limits["sorted_at_once"] = at_once
    with sluice() as app:
        assert app.shown == ["Apple", "élan", "Mango", "Zebra"]
        assert app.title == "Apple"


def test_a_key_that_is_worked_out_elsewhere_is_offered_once_it_is_known(sluice, tiered):
    with sluice() as app:
        app.press("s")
        assert "loudness" not in app.picker
        assert not any("loudest" in note for note in app.box.notes.values())
        app.press("escape")
        loudness = {"SOURCE-002-élan.md": 0.9, "SOURCE-004-mango.md": 0.1}
        words = ("quietest first", "loudest first")
        app.session.desk.orders.add(ranked_key("loud", "loudness", words, lambda _names: loudness))
        sort(app, "loudness")
        assert app.shown == ["Mango", "élan", "Zebra", "Apple"]
