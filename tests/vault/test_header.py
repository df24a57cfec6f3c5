"""Where a header stands, what it holds, and what stops it from being read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tui.errors import HeaderError
from tui.vault.header.parse import find_header, read_fields
from tui.vault.reading.one_file import read_header


def split(text: str) -> tuple[str, str] | None:
    span = find_header(text)
    return (text[span.start : span.end], text[span.body :]) if span else None


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        ("---\na: 1\n---\nbody", "a: 1\n", "body"),
        ("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n", "body"),
        ("---\ra: 1\r---\rbody", "a: 1\r", "body"),
        ("---\r\na: 1\n---\nbody", "a: 1\n", "body"),
        ("\ufeff---\na: 1\n---\nbody", "a: 1\n", "body"),
        ("---\na: 1\n...\nbody", "a: 1\n", "body"),
        ("--- \t\na: 1\n---  \nbody", "a: 1\n", "body"),
        ("---\na: 1\n---", "a: 1\n", ""),
        ("---\na: 1\n---\n", "a: 1\n", ""),
        ("---\n---\nbody", "", "body"),
        ("---\n---", "", ""),
        ("---\na: 1\n---\n\n---\nb: 2\n---\n", "a: 1\n", "\n---\nb: 2\n---\n"),
        ("---\na: 1\n----\nb: 2\n---\nbody", "a: 1\n----\nb: 2\n", "body"),
        ("---\na: 1\n --- \n---x\n---\n", "a: 1\n --- \n---x\n", ""),
        ("---\na: |\n  one\n  ---\n  two\n---\nbody", "a: |\n  one\n  ---\n  two\n", "body"),
        ("---\na: x\u2028---\nb: 1\n---\nbody", "a: x\u2028---\nb: 1\n", "body"),
    ],
)
def test_a_header_stands_between_the_first_two_fences(text: str, header: str, body: str) -> None:
    assert split(text) == (header, body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\na: 1\n",
        "----\na: 1\n----\n",
        "--\na: 1\n--\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "---a: 1\n---\n",
        "--- # why\na: 1\n---\n",
        "text\n---\na: 1\n---\n",
        "\ufeff\ufeff---\na: 1\n---\n",
        "...\na: 1\n---\n",
        "---\u2028a: 1\n",
    ],
)
def test_anything_else_is_no_header(text: str) -> None:
    assert find_header(text) is None


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("null\n", {}),
        (
            "a: no\nb: 2026-01-01\nc: 12:30:45\n",
            {"a": False, "b": date(2026, 1, 1), "c": "12:30:45"},
        ),
        ("a: 2026-01-01T10:00:00Z\n", {"a": "2026-01-01T10:00:00Z"}),
        ("1: one\n2026-01-01: d\n", {"1": "one", "2026-01-01": "d"}),
        ("clé: é\n'quoted': x\n", {"clé": "é", "quoted": "x"}),
        ("a: 1\na: 2\n", {"a": 2}),
        ("b: &x {m: 1}\na:\n  <<: *x\n  n: 2\n", {"b": {"m": 1}, "a": {"m": 1, "n": 2}}),
        ("a: !!str 1\nb: !!binary aGk=\n", {"a": "1", "b": b"hi"}),
        ("a: x\u2028b: y\n", {"a": "x", "b": "y"}),
        ("a: x\u2028y\nb: 1\n", {"a": "x\u2028y", "b": 1}),
        ("# x\u2029b: 1\na: 1 # y\x85c: 2\n", {"a": 1}),
        ("a\u2028b: [x\x85, 'y\u2029']\n", {"a\u2028b": ["x\x85", "y\u2029"]}),
        ("a: |\n  x\x85y\n  \ue000\n", {"a": "x\x85y\n\ue000\n"}),
        ("a: [[x\u2028y]]\n", {"a": "[[x\u2028y]]"}),
        ("b: &x {m: \x85}\na:\n  <<: *x\n", {"b": {"m": "\x85"}, "a": {"m": "\x85"}}),
        ("\ufeffa: 1\n", {"a": 1}),
        ("a: " + "[" * 98 + "]" * 98 + "\n", None),
        ("a: {}\n".format("9" * 3000), {"a": int("9" * 3000)}),
        ("a: 0x{}\n".format("f" * 5000), {"a": "0x" + "f" * 5000}),
    ],
)
def test_fields_are_what_pyyaml_reads(header: str, fields: dict[Any, Any] | None) -> None:
    found = read_fields(header)
    assert fields is None or found == fields


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ('a: 1\ntitle: ""Ralph" agent"\n', 3, "quotes inside quotes"),
        ("a: 1\nb: x: y\n", 3, "with a colon needs quotes"),
        ("a: 1\nb: @x\n", 3, "begins with @ needs quotes"),
        ("a: 'open\nb: 1\n", 2, "never closed"),
        ("a: 1\n\tb: 2\n", 3, "a tab where"),
        ("a: *x\n", 2, r"begins with \* needs quotes"),
        ("a: !mine x\n", 2, "begins with ! needs quotes"),
        ("a: !!python/object/apply:os.system [true]\n", 2, "does not support tags"),
        ("a: !!python/name:os.system\n", 2, "does not support tags"),
        ("a: x\u2028y\nb: @x\n", 3, "begins with @ needs quotes"),
        ("a: 1\rb: 日\r\nc: @x\n", 4, "begins with @ needs quotes"),
        ("b: 1{}\n".format(":1" * 100_000), 2, "not a valid number"),
        ("? [a]\n: b\n", 2, "cannot be the name of a field"),
        ("a: {{date}}\n", 2, "text with {{ }} needs quotes"),
        ("a: 1\nb: {{date}} x\n", 3, "text with {{ }} needs quotes"),
        ("title: Foo\n  bar: baz\n", 3, "indented below a line that has a value"),
        ("a: [b\nc: d\n", 2, "a bracket is not closed, or a comma"),
        ("a: {b\n\nc: d\n", 2, "a bracket is not closed, or a comma"),
        ("tags: ['x' y]\n", 2, "a bracket is not closed, or a comma"),
        ("tags: [#a, #b]\n", 2, "begins with # needs quotes"),
        ("tags: [a, @b]\n", 2, "begins with @ needs quotes"),
        ("tags: [a] b\n", 2, "follows a bracket that closes"),
        ("a\nb: c\n", 2, "it has no colon"),
        ("a: 1\nb\n", 3, "it has no colon"),
        ("a: 1\nmore text\n\nb: c\n", 3, "it has no colon"),
        ("a:b\nc: d\n", 2, "a space is missing after its colon"),
        ("a: 1\nb: - c\n", 3, "needs a line of its own"),
        ("a: ]\n", 2, "begins with ] needs quotes"),
        ("a: >x\n  b\n", 2, "begins on the next line"),
        ("%a\nb: c\n", 2, "no line can begin with %"),
        ("  a: b\nc: d\n", 3, "indentation does not fit"),
        ("a:\n  - b\n - c\n", 4, "indentation does not fit"),
        ("<<: x\n", 2, "from an anchor"),
        ("a: =\n", 2, "text that is only = needs quotes"),
        ('a: "\\q"\n', 2, "must be doubled"),
        ("a: 1\nb: \"\n", 3, "never closed"),
        ("a: 1\nb: \"" + " " * 100_000 + "x\n", 3, "never closed"),
        ("a: 1\n--- b\n", 3, "another document"),
        ("a: 1\nb: 2026-02-30\n", 3, "“2026-02-30” is not a valid date"),
        ("a: 1\nb: !!timestamp soon\n", 3, "“soon” is not a valid date"),
        ("b: 2026-01-01 10:00:00 +99:99\n", 2, "not a valid date"),
        ("b: !!bool maybe\n", 2, "not a valid yes or no"),
        ('b: !!int ""\n', 2, "not a valid number"),
        ('b: !!float ""\n', 2, "not a valid number"),
        ("b: {}\n".format("9" * 5000), 2, "not a valid number"),
        ("b: 1:{}.0\n".format("1:" * 500 + "1"), 2, "not a valid number"),
        ("a: 1\nb: \x00\n", 3, "control character"),
        ("a: 1\nb: \x1b[31m\n", 3, "control character"),
        ("a: 1\nb: \udcff\n", 3, "not UTF-8"),
        ("- a\n", 2, "not a list of fields"),
        ("words\n", 2, "not a list of fields"),
        ("[" * 100_000, 2, "nested too deeply"),
        ("- " * 100_000, 2, "nested too deeply"),
        ("? " * 100_000, 2, "nested too deeply"),
        ("a: " + "[" * 200 + "]" * 200 + "\n", 2, "nested too deeply"),
        ("a: &a [*a]\n", 2, "contains itself"),
        ("a: &a {b: &b [*a]}\n", 2, "contains itself"),
        ("a: &a " + "x" * 50_000 + "\nb: [" + "*a," * 50 + "]\n", 2, "too many values"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_broken_header_tells_the_line_and_the_reason(header: str, line: int, reason: str) -> None:
    with pytest.raises(HeaderError, match=reason) as caught:
        read_fields(header)
    assert caught.value.line == line
    assert not re.search("expected|mapping|scalar|node|context|token|stream", str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_billion_laughs_is_refused_before_it_is_built() -> None:
    laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    laughs += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    with pytest.raises(HeaderError, match="too many values"):
        read_fields("\n".join(laughs))
    merged = ["m0: &m0 {x: 1}"]
    merged += [f"m{i}: &m{i} {{<<: [{', '.join([f'*m{i - 1}'] * 9)}]}}" for i in range(1, 12)]
    with pytest.raises(HeaderError, match="too many values"):
        read_fields("\n".join(merged))


def test_a_long_header_with_a_star_in_its_text_is_no_bomb() -> None:
    text = "a: |\n" + "  **bold** text\n" * 200_000 + "b: &x short\nc: *x\n"
    fields = read_fields(text)
    assert len(fields["a"]) == 200_000 * 14
    assert fields["c"] == "short"


def test_a_problem_names_the_line_of_the_file() -> None:
    fields, problem, body = read_header("---\na: 1\nb: x: y\n---\nbody")
    assert problem is not None
    assert problem.line == 3
    assert "line 3" in problem.sentence
    assert fields == {"a": 1, "b": "x: y"}
    assert body == len("---\na: 1\nb: x: y\n---\n")
