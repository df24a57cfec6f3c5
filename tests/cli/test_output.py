"""JSON and tables for whatever a header can hold."""

import json
from datetime import date

import pytest

from tui.cli.output import to_json


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        ("日本 🤖", "日本 🤖"),
        ("\ud800", "\ud800"),
        ("\x1b\x00\x9b\u2028\u202e", "\x1b\x00\x9b\u2028\u202e"),
        (date(2026, 1, 31), "2026-01-31"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1.5, 1.5),
        (True, True),
        (b"\xff", "\xff"),
        ({"b", "a"}, ["a", "b"]),
        (
            {1: None, date(2026, 1, 1): [()], (1, 2): 3},
            {"1": None, "2026-01-01": [[]], "[1, 2]": 3},
        ),
        (1 << 2000, hex(1 << 2000)),
    ],
)
def test_every_value_becomes_valid_json_that_reads_back(value, read_back):
    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    assert json.loads(to_json({"value": value}), parse_constant=refuse) == {"value": read_back}


def test_json_is_safe_on_a_terminal_and_in_any_encoding():
    text = to_json(["\x1b\x9b\u202e\u2028\ud800"])
    assert text == r'["\u001b\u009b\u202e\u2028\ud800"]'


def test_letters_of_any_script_are_written_as_they_are(vault, run_process):
    assert "日本".encode() in run_process("list", "--json").stdout


@pytest.mark.parametrize(("columns", "shown"), [(120, 5), (90, 4), (70, 3), (40, 2)])
def test_a_narrow_terminal_gets_fewer_columns(vault, run_in_terminal, columns, shown):
    outcome = run_in_terminal("list", columns=columns, environment={"NO_COLOR": "1"})
    found = ["raw", "Alpha", "tactical", "20260101", "claude-code"]
    line = outcome.lines[0]
    assert [word in line for word in found] == [number < shown for number in range(5)]


def test_fields_of_any_type_are_shown(vault, run):
    header = "status: raw\n1: one\n2026-01-01: day\nnested: {x: [1, 2]}\nbig: 0x" + "f" * 5000
    (vault / "SOURCE-odd.md").write_text(f"---\n{header}\n---\n")
    assert run("show", "SOURCE-odd", "--json").code == 0
    assert run("list", "--json").code == 0
    assert run("list").code == 0
    lines = run("show", "SOURCE-odd").lines
    assert "1           one" in lines
    assert "2026-01-01  day" in lines
    assert 'nested      {"x": [1, 2]}' in lines
