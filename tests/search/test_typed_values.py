"""Filters by numbers and by yes or no, whatever words and forms the files use."""

import pytest

from tests.search.made import SHORTS, lookup, stems
from tui.errors import QueryError
from tui.search.duplicate_finder import NoDuplicates
from tui.search.query import parse_query
from tui.vault.header.parse import read_fields

KINDS = {
    "price": "number", "level": "choice", "requires": "list", "title": "text",
    "date_published": "date", "has_transcript": "bool",
}  # fmt: skip
VALUES = {
    "n4": "rating: 4", "n40": "rating: 40", "n45": "rating: 4.5", "n400": "rating: 4.0",
    "half": "rating: .5", "odd": "rating: 007", "version": "rating: 3.10", "clock": "rating: 12:30",
    "text4": 'rating: "4"', "good": "rating: good", "many": "rating: [4, 165]",
    "thousand": "rating: 1_000", "year": "rating: 2026", "day": "rating: 20260105",
    "big": "rating: 30000", "iso": "rating: 2026-03-01",
    "p3": "price: 3", "p35": "price: 3.5", "p10": "price: 10", "ptext": 'price: "7"',
    "pbad": "price: cheap", "podd": "price: 007",
    "l1": "level: 1", "l10": "level: 10", "r16": "requires: [16]", "r165": "requires: [165, 20]",
    "true": "draft: true", "yes": "draft: yes", "on": "draft: On", "quoted": 'draft: "True"',
    "false": "draft: false", "no": "draft: NO", "maybe": "draft: maybe",
    "heard": "has_transcript: TRUE", "silent": "has_transcript: off",
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    from tests.search.made import source

    made = lookup(source(name, **read_fields(f"{line}\n")) for name, line in VALUES.items())
    made.know(NoDuplicates(), [], kinds=KINDS)
    return lambda query: set(stems(made, query))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("rating:4", "n4 n400 text4 many"),
        ("rating:4.0", "n4 n400 many"),
        ("rating:40", "n40"),
        ("rating:4,40", "n4 n400 text4 many n40"),
        ("rating:165", "many"),
        ("rating:16", ""),
        ("rating:007", "odd"),
        ("rating:3.10", "version"),
        ("rating:.5", "half"),
        ("rating:12:30", "clock"),
        ("rating:12", "clock"),
        ("rating:1_000", "thousand"),
        ("rating:good", "good"),
        ("rating:3..5", "n4 n400 n45 text4 many version"),
        ("rating:>30", "n40 many thousand year day big"),
        ("rating:>=30000", "big day"),
        ("rating:<1", "half"),
        ("rating:>-1 rating:<1", "half"),
        ("rating:>2025", "year day big iso"),
        ("rating:2026", "year day iso"),
        ("price:3", "p3"),
        ("price:3.50", "p35"),
        ("price:>3", "p35 p10 ptext podd"),
        ("price:>=3.5", "p35 p10 ptext podd"),
        ("price:3..7", "p3 p35 ptext podd"),
        ("price:..3", "p3"),
        ("price:7", "ptext podd"),
        ("-price:>3 has:price", "p3 pbad"),
        ("level:1", "l1"),
        ("level:>1", "l10"),
        ("requires:16", "r16"),
        ("requires:20", "r165"),
        ("draft:yes", "true yes on quoted"),
        ("draft:true", "true yes on quoted"),
        ("draft:On", "true yes on quoted"),
        ("draft:no", "false no"),
        ("draft:false", "false no"),
        ('draft:"true"', "true quoted"),
        ("-draft:yes has:draft", "false no maybe"),
        ("draft:yes,no", "true yes on quoted false no"),
        ("has_transcript:yes", "heard"),
        ("has_transcript:false", "silent"),
    ],
)
def test_a_filter_finds_by_what_a_value_means(found, query, names):
    assert found(query) == set(names.split())


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("price:cheap", "“cheap” is not a number; write price:4, price:3..5 or price:>3.5."),
        (
            "price:>cheap",
            '"price:>" needs one number, such as price:>4 or price:>3.5; “cheap” is not one',
        ),
        ("price:5..3", "“5..3” is in reverse order; write 3..5"),
        ("price:>1,2", "needs one number"),
    ],
)
def test_what_is_no_number_is_reported(query, reason):
    with pytest.raises(QueryError, match=reason.replace("..", r"\.\.")):
        parse_query(query, SHORTS, ("price",), KINDS)
