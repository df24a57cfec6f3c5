import pytest

from tui.checks.not_a_date import not_a_date


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("20251128", "'20251128'"),
        ('"Feb 15, 2026"', "'Feb 15, 2026'"),
        ('"2026-02-30"', "'2026-02-30'"),
        ('"2026-01-01x"', "'2026-01-01x'"),
        ("[2026-01-01]", "a list"),
        ("yes", "'yes'"),
    ],
)
def test_what_is_no_day_is_found(schema, read, value, shown):
    (finding,) = not_a_date(schema)(read(f"status: raw\ndate_published: {value}"))
    assert finding.check == "not_a_date"
    assert (
        finding.sentence == f"date_published is {shown}, not a date; write one such as 2026-01-31"
    )


@pytest.mark.parametrize("value", ["Nov 4, 2025, 9:30 AM", "2025", "jan 2025", "today"])
def test_what_says_more_or_less_than_a_day_is_not_written_again(schema, read, value):
    (finding,) = not_a_date(schema)(read(f"status: raw\ndate_published: {value}"))
    assert finding.fix is None


@pytest.mark.parametrize(
    "value", ["2026-01-31", '"2026-01-31"', "2026-01-31T10:00:00Z", "", "null", '""']
)
def test_days_and_nothing_are_in_order(schema, read, value):
    assert list(not_a_date(schema)(read(f"status: raw\ndate_published: {value}"))) == []


def test_fields_that_are_no_dates_are_not_its_business(schema, read):
    assert list(not_a_date(schema)(read("duration: 20251128"))) == []
