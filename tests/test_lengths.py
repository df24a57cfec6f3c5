"""Lengths of time, as headers write them and as one says them."""

import pytest
import yaml

from tui.lengths import brief_length, said_length, written_length


@pytest.mark.parametrize(
    ("text", "seconds", "unit"),
    [
        ("44m 31s", 2671, 1),
        ("44m", 2640, 60),
        ("1h 5m", 3900, 60),
        ("1h05", 3900, 60),
        ("1h", 3600, 3600),
        ("44m31", 2671, 1),
        ("90 min", 5400, 60),
        ("90 Minutes", 5400, 60),
        ("1 hour, 5 minutes and 3 secs", 3903, 1),
        ("1.5h", 5400, 60),
        ("2,5 hrs", 9000, 60),
        ("1:02:33", 3753, 1),
        ("12:30", 750, 1),
        ("0:45", 45, 1),
        ("PT44M31S", 2671, 1),
        ("pt2h", 7200, 3600),
        ("P1DT2H", 93600, 3600),
        ("~44 min", 2640, 60),
        ("about 2 hours", 7200, 3600),
        ("5 min read", 300, 60),
        ("2 days", 172800, 86400),
    ],
)
def test_a_length_is_known_however_it_is_said(text, seconds, unit):
    assert said_length(text) == (seconds, unit)
    assert written_length(text) == (seconds, unit)


@pytest.mark.parametrize("text", ["1:02:33", "12:30"])
def test_what_yaml_makes_of_a_clock_is_the_same_length(text):
    assert written_length(yaml.safe_load(text)).seconds == written_length(text).seconds


def test_a_number_alone_is_seconds_in_a_header_and_nothing_in_a_query():
    assert written_length(2671) == written_length("2671") == (2671, 1)
    assert written_length(90.5).seconds == 90
    assert said_length("10") is None


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "p", "pt", "1:75", "-5m", "5m 1h", "1m 2m", "1h 300", "10 m 5", "1w3", "m",
     "44m of talk", "1e5s", "1,5", "x" * 10_000, "1" * 10_000],
)  # fmt: skip
def test_what_says_no_length_is_none(text):
    assert said_length(text) is None


@pytest.mark.parametrize("value", [None, True, [60], {}, -5, float("nan"), float("inf")])
def test_a_header_without_a_length_has_none(value):
    assert written_length(value) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("24m 10s", "24m"), ("16m 49s", "17m"), ("59m 40s", "1h00"), ("1h 8m", "1h08"),
        ("1:02:33", "1h03"), (3753, "1h03"), ("9h 59m", "9h59"), ("9h 59m 45s", "10h"),
        ("14h 20m", "14h"), ("45s", "45s"), (59, "59s"), ("999h", "999h"), ("1000h", "41d"),
        (10**9 - 1, "999d"), (0, ""), ("0:00", ""), ("twelve pages", ""), ("", ""), (None, ""),
        (True, ""), (["1h"], ""),
    ],
)  # fmt: skip
def test_a_length_is_said_in_four_cells(value, shown):
    assert brief_length(value) == shown
