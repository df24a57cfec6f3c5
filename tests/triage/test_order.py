"""By what sources are sorted, and where one more belongs."""

import random
from datetime import date, datetime
from pathlib import Path

import pytest

from tui.errors import QueryError
from tui.triage.order import Orders, ranked_key, sort_names
from tui.triage.schema import load_schema
from tui.vault.header.parse import read_fields
from tui.vault.source import Source, Stamp

ORDERS = Orders(load_schema())


def source(name, **fields):
    return Source(Path("/v"), name, fields, "", None, Stamp(0, 0, 0))


def names(order, sources):
    return "".join(found.name for found in ORDERS.read(order).sort(sources))


@pytest.mark.parametrize(
    ("order", "field", "values", "expected"),
    [
        ("tier", "signal_tier", ["noise", None, "odd", "paradigm"], "dacb"),
        ("-tier", "signal_tier", ["noise", None, "odd", "paradigm"], "cadb"),
        ("signal_tier", "signal_tier", ["noise", "tactical"], "ba"),
        ("status", "status", ["archived", "raw", "triaged"], "bca"),
        ("cat", "notebooklm_category", ["general", "Ab", "", "zz"], "badc"),
        ("creator", "creator", ["\u00c9mile", "Zoe", "eva", " "], "acbd"),
        ("title", "title", ["beta", "Alpha", "\u00e0 la"], "cba"),
        ("topics", "topics", [["b"], [], ["a", "c"], "ab"], "cdab"),
        ("has_transcript", "has_transcript", [True, False, None], "bac"),
        ("duration", "duration", ["1:02:33", "9m", "90 min", None], "bacd"),
        ("-duration", "duration", ["44m 31s", 3753, "a while", "12:30"], "badc"),
        ("flavour", "flavour", ["sweet", "bitter"], "ba"),
        ("rating", "rating", [10, 9.5, None, 100], "badc"),
        ("-rating", "rating", [10, 9.5, None, 100], "dabc"),
        ("rating", "rating", ["10", 9, "9.5", "good"], "bcad"),
        ("rating", "rating", [True, "x", date(2026, 1, 1), [3]], "dcba"),
        ("rating", "rating", [{"a": 1}, 5, {1, 2}, float("nan")], "bdac"),
    ],
)
def test_sources_are_sorted_as_fits_the_field(order, field, values, expected):
    sources = [source(name, **{field: value}) for name, value in zip("abcd", values, strict=False)]
    assert names(order, sources) == expected


def test_numbers_are_sorted_as_they_are_typed():
    typed = ["1_000", ".5", "007", "12:30", "1e3x", "+5", "no", "True", "010"]
    sources = [
        source(n, **read_fields(f"rating: {text}\n"))
        for n, text in zip("abcdefghi", typed, strict=True)
    ]
    assert names("rating", sources) == "bfciadegh"


def test_one_more_belongs_where_it_would_be_sorted_to_whatever_it_holds():
    values = [10, "9", "x", 2.5, date(2026, 1, 1), True, None, "10", [4], "12:30"]
    sources = [source(f"{n}", rating=value) for n, value in enumerate(values)]
    order = ORDERS.read("rating")
    for one in sources:
        others = order.sort([other for other in sources if other is not one])
        place = order.place(one, len(others), others.__getitem__)
        others.insert(place, one)
        assert others == order.sort(others)


def test_dates_of_every_form_are_compared_as_days_and_what_is_none_comes_last():
    days = [
        date(2026, 1, 3), datetime(2026, 1, 5, 12), 20260104, "20260106", "Jan 2, 2026", "soon",
        None,
    ]  # fmt: skip
    sources = [source(n, date_published=day) for n, day in zip("abcdefg", days, strict=True)]
    assert names("date", sources) == "dbcaefg"
    assert names("-date", sources) == "eacbdfg"
    assert names("published", sources) == "dbcaefg"


def test_a_source_that_says_no_day_goes_by_the_one_it_was_captured():
    sources = [
        source("a", date_published="2026-01-01"),
        source("b", captured_date="2026-01-02"),
        source("c", date_processed="2026-01-03"),
    ]
    assert names("date", sources) == "bac"


@pytest.mark.parametrize("order", ["tier", "-tier", "date", "-date", "title", "-name", "rank"])
def test_one_more_source_belongs_where_sorting_all_would_put_it(order):
    chance = random.Random(5)
    orders = Orders(load_schema())
    ranks = {f"{n:03}": chance.random() for n in range(0, 200, 3)}
    orders.add(ranked_key("rank", "rank", ("low", "high"), lambda _names: ranks))
    sources = [
        source(
            f"{n:03}",
            title=chance.choice(["b", "a", "\u00e9", ""]),
            signal_tier=chance.choice(["noise", "tactical", "odd", None]),
            date_published=chance.choice(["2026-01-01", 20260102, "soon", None]),
        )
        for n in range(200)
    ]
    found = orders.read(order)
    everything = found.sort(sources)
    for one in chance.sample(sources, 40):
        others = [other for other in everything if other is not one]
        assert found.place(one, len(others), others.__getitem__) == everything.index(one)


def test_a_key_that_no_source_knows_is_refused_where_sources_are_given():
    held = [source("a", flavour="sweet")]
    assert ORDERS.read("flavour", held).text == "flavour"
    with pytest.raises(QueryError, match="Unknown sort field colour"):
        ORDERS.read("-colour", held)


def test_every_name_that_is_offered_can_be_read_and_says_which_way():
    for name in sort_names(load_schema()):
        order = ORDERS.read(name)
        assert order.text.lstrip("-") in (name, *(key.name for key in ORDERS.offered))
        turned = order.turned()
        assert (turned.text[0] == "-", turned.turned()) == (True, order)
        assert {order.arrow, turned.arrow} == {"\u2191", "\u2193"}
        assert order.words != turned.words


def test_a_vault_with_other_fields_is_offered_what_it_has(tmp_path):
    (tmp_path / "sluice.yaml").write_text(
        "fields: {creator: null, date_published: null, captured_date: null}\n"
    )
    offered = [key.name for key in Orders(load_schema(tmp_path)).offered]
    assert offered == ["tier", "category", "title", "status", "name"]


@pytest.mark.parametrize(
    ("order", "heading", "days"),
    [
        ("date", "newest first", ("date_published", "captured_date")),
        ("-date", "oldest first", ("date_published", "captured_date")),
        ("captured_date", "captured_date, newest first", ("captured_date",)),
        ("title", "title, A to Z", ()),
        ("-tier", "tier, noise first", ()),
        ("duration", "duration, shortest first", ()),
    ],
)
def test_an_order_says_what_comes_first_and_which_dates_it_is_about(order, heading, days):
    found = ORDERS.read(order)
    assert (found.heading, found.key.days) == (heading, days)
