"""Broken headers, read line by line: nothing that can be read is hidden."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tui.vault.header.salvage import find_stray_header, salvage_fields
from tui.vault.reading.one_file import read_header


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ('title: ""Ralph" agent"\nstatus: raw\n', {"title": '"Ralph" agent', "status": "raw"}),
        ('title: "say "hi" now"\n', {"title": 'say "hi" now'}),
        ('title: "a \\"b\\" "c""\n', {"title": 'a "b" "c"'}),
        ("title: 'it's'\n", {"title": "it's"}),
        ("title: a: b\nyear: 2026\n", {"title": "a: b", "year": 2026}),
        ("creator: @someone\n", {"creator": "@someone"}),
        ("d: 2026-02-30\ne: 2026-02-28\n", {"d": "2026-02-30", "e": date(2026, 2, 28)}),
        ("title: 'open\nstatus: raw\n", {"title": "open", "status": "raw"}),
        ('k:\n  - "a "b" c"\n  - fine\nl: 1\n', {"k": ['a "b" c', "fine"], "l": 1}),
        ("k:\n- @x\n-   y: z: w\n", {"k": ["@x", "y: z: w"]}),
        ("bad: [a\nlist: [b]\n", {"bad": "[a", "list": ["b"]}),
        ("a: *none\nb: 1\n", {"a": "*none", "b": 1}),
        ("a: x: y\n  and on\n", {"a": "x: y and on"}),
        ("stray text\na: x: y\n", {"a": "x: y"}),
        ("a: raw\nMy Key: x\n  - y\nb: x: y\n", {"a": "raw", "b": "x: y"}),
        ("a: raw\n? [k]\n: x\n", {"a": "raw"}),
        ("a: !!timestamp soon\n", {"a": "!!timestamp soon"}),
        ("a:\nb: x: y\n", {"a": None, "b": "x: y"}),
        ("a: \udcff\n", {"a": "\udcff"}),
        ("a: x: y\u2028b: 1\nc: z\x85# d\n", {"a": "x: y\u2028b: 1", "c": "z\x85# d"}),
        ("", {}),
        ('a: "\n', {"a": ""}),
        ("a: &a [*a]\nb: 1\n", {"a": "&a [*a]", "b": 1}),
    ],
)
def test_every_line_that_can_be_read_is(header: str, fields: dict[str, Any]) -> None:
    assert salvage_fields(header) == fields


def test_windows_line_breaks_do_not_stick_to_values() -> None:
    fields, problem, _ = read_header("---\r\ntitle: a: b\r\nstatus: raw\r\n---\r\nbody")
    assert problem is not None
    assert fields == {"title": "a: b", "status": "raw"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_stray_line_above_the_header_is_read_with_it(newline: str, mark: str) -> None:
    text = f"{mark}has_transcript: yes\n---\ntitle: T\nstatus: raw\n---\nbody\n---\n"
    text = text.replace("\n", newline)
    fields, problem, body = read_header(text)
    assert fields == {"has_transcript": True, "title": "T", "status": "raw"}
    assert problem is not None
    assert (problem.sentence, problem.line) == ("a line above the header", 1)
    assert text[body:] == f"body{newline}---{newline}"


def test_several_stray_lines_are_counted() -> None:
    _, problem, _ = read_header("a: 1\nb: 2\n---\nc: 3\n---\n")
    assert problem is not None
    assert problem.sentence == "2 lines above the header"


@pytest.mark.parametrize(
    "text",
    [
        "Some words\n---\na: 1\n---\n",
        "# Title\n---\n\na: 1\n---\n",
        "# Title\n---\nA sentence: so\n---\n",
        "# Title\n---\nNote: so\n---\n",
        "# Title\n---\nNote: so\n\nMore: so\n---\n",
        "# Title\n---\na: 1\n\n---\n",
        "# Title\n---\na: 1\n",
        "Title\n---\na: 1\n---\n",
        "#tag\n---\na: 1\n---\n",
        "# One\n\n\n\n\n\n---\na: 1\n---\n",
        "A: so\n---\nno second fence",
        "A: 1\u2028---\nx: 1\n\n---\n",
        "",
        "a: 1",
    ],
)
def test_a_rule_in_a_text_is_no_header(text: str) -> None:
    assert find_stray_header(text) is None
    assert read_header(text) == ({}, None, 0)


def test_a_header_that_is_never_closed_shows_its_fields() -> None:
    fields, problem, body = read_header("---\nstatus: raw\ntitle: T\n\nThe text: starts\n")
    assert fields == {"status": "raw", "title": "T"}
    assert problem is not None
    assert problem.sentence == "the header has no closing --- line"
    assert "The text: starts" in "---\nstatus: raw\ntitle: T\n\nThe text: starts\n"[body:]


@pytest.mark.parametrize(
    ("above", "sentence"),
    [
        ("# Title\n", "a heading above the header"),
        ("# Title\n\n", "a heading above the header"),
        ("\n## Title ##\n\n", "a heading above the header"),
        ("Title\n=====\n\n", "a heading above the header"),
        ("<!-- a note -->\n", "a heading above the header"),
        ("\n\n", "blank lines above the header"),
        ("has_transcript: yes\n# Title\n", "a line above the header"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_heading_above_the_header_hides_no_field(
    above: str, sentence: str, newline: str, mark: str
) -> None:
    text = f"{mark}{above}---\nstatus: raw\nl:\n  - a\n# why\n---\nbody\n---\n"
    text = text.replace("\n", newline)
    fields, problem, body = read_header(text)
    assert fields.items() >= {"status": "raw", "l": ["a"]}.items()
    assert problem is not None
    assert (problem.sentence, problem.line, problem.kind) == (sentence, 1, "stray")
    assert text[body:] == f"body{newline}---{newline}"


def test_a_header_below_a_heading_may_have_blank_lines_and_names_of_any_script() -> None:
    fields, problem, _ = read_header("# T\n---\nstatus: raw\n\n分类: x\nread by: me\n---\n")
    assert fields["status"] == "raw"
    assert problem is not None


def test_a_header_without_its_first_line_shows_its_fields() -> None:
    fields, problem, body = read_header("status: raw\ntitle: T\n---\nThe text\n")
    assert fields == {"status": "raw", "title": "T"}
    assert problem is not None
    assert problem.sentence == "the --- line above the header is missing"
    assert "status: raw\ntitle: T\n---\nThe text\n"[body:] == "The text\n"


def test_many_lines_above_a_header_are_a_problem_and_no_stray_ones() -> None:
    text = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n---\nx: 1\n---\n"
    assert find_stray_header(text) is None
    assert read_header(text)[1] is not None


def test_a_file_without_a_header_is_no_problem() -> None:
    assert read_header("# Title\n\ntext\n") == ({}, None, 0)
    assert read_header("\ufefftext") == ({}, None, 1)


def test_an_empty_header_is_no_problem() -> None:
    assert read_header("---\n---\nbody") == ({}, None, 8)


def test_thousands_of_broken_lines_are_read_in_one_go() -> None:
    header = "".join(f"k{i}: x: y\n" for i in range(20_000))
    assert len(salvage_fields(header)) == 5_000
