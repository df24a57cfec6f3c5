"""TOML headers: read, changed in exactly the lines of a field, and explained when broken."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import Conflict, EditRefused, RepairRefused
from tui.vault.header.edit import MISSING
from tui.vault.header.typed import Typed, same_value
from tui.vault.reading.one_file import read_header
from tui.vault.repair.propose import propose
from tui.vault.vault import FieldEdit
from tui.vault.writing.prove import as_read, change_text, rename_text

NAME = "a.md"
HEAD = '+++\nstatus = "raw"\n'


def file(header: str, body: str = "Body\n") -> str:
    return f"+++\n{header}+++\n{body}"


def lines_changed(before: str, after: str) -> list[str]:
    """The lines that are only in one of two texts."""
    old, new = before.splitlines(), after.splitlines()
    return [f"-{line}" for line in old if line not in new] + [
        f"+{line}" for line in new if line not in old
    ]


# Reading


def test_fields_are_read_and_shown_as_typed(write: Write, open_vault: Open) -> None:
    write(
        NAME,
        file(
            'status = "raw"\ndate = 2026-01-02T10:00:00Z\nday = 2026-01-02\nat = 07:32:00\n'
            "draft = true\nweight = 1_000\nprice = 3.10\n\"a b\" = 'c'\ntags = ['x', 2_0, true]\n"
            "a.b = 1\n[extra]\nx = [1]\n[[people]]\nname = 'n'\n"
        ),
    )
    for _ in range(2):  # read from the file, then from the cache
        source = open_vault().get(NAME)
        assert source.problem is None
        assert source.fields["day"] == date(2026, 1, 2)
        assert source.fields["at"] == time(7, 32)
        assert source.text("date") == "2026-01-02T10:00:00Z"
        assert [source.text(name) for name in ("draft", "weight", "price", "a b", "at")] == [
            "true", "1_000", "3.10", "c", "07:32:00",
        ]  # fmt: skip
        assert source.items("tags") == ("x", "2_0", "true")
        assert source.fields["a"] == {"b": 1}
        assert source.fields["extra"] == {"x": [1]}
        assert source.fields["people"] == [{"name": "n"}]


@pytest.mark.parametrize("written", ["1e3", "0o17", "inf", "2026-01-02t10:00:00z"])
def test_what_yaml_reads_otherwise_keeps_its_value_in_the_cache(
    written: str, write: Write, open_vault: Open
) -> None:
    write(NAME, file(f"status = 'raw'\nx = {written}\n"))
    first, second = (open_vault().get(NAME).fields["x"] for _ in range(2))
    assert (type(first), first) == (type(second), second)
    assert not isinstance(first, str)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("+++\nstatus = 'raw'\n+++", ""),
        ("+++  \nstatus = 'raw'\n+++\t\n", ""),
        ("\ufeff+++\r\nstatus = 'raw'\r\n+++\r\n\r\nBody", "\r\nBody"),
        ("+++\nstatus = 'raw'\n+++\n+++\nx = 1\n+++\n", "+++\nx = 1\n+++\n"),
        ("+++\nstatus = 'raw'\n++++\n+++\n", None),
    ],
)
def test_a_header_is_between_lines_of_three_plus_signs(
    text: str, end: str | None, write: Write, open_vault: Open
) -> None:
    write(NAME, text)
    vault = open_vault()
    source = vault.get(NAME)
    assert source.text("status") == "raw"
    assert (source.problem is None) == (end is not None)
    if end is not None:
        assert vault.read_body(source) == end


# Changing

ALL = """\
title = "A # b" # why
draft = true # keep
weight = 1_000
date = 2026-01-02T10:00:00Z
on = 2026-01-02 10:00:00
literal = 'C:\\x' # path
long = \"\"\"
two
lines\"\"\"
raw = '''
one
other'''
tags = ["a", 'b'] # tags
many = [
  "a", # first
  # alone
  'b'
]
# about the tables
[extra]
title = "inner"
"""


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("title", "new", ['-title = "A # b" # why', '+title = "new" # why']),
        ("title", 'a "q" \\ \u202e', ['-title = "A # b" # why',
                                      '+title = "a \\"q\\" \\\\ \\u202e" # why']),
        ("draft", False, ["-draft = true # keep", "+draft = false # keep"]),
        ("draft", Typed("no", False), ["-draft = true # keep", "+draft = false # keep"]),
        ("weight", Typed("007", 7), ["-weight = 1_000", "+weight = 7"]),
        ("weight", Typed("2_000", 2000), ["-weight = 1_000", "+weight = 2_000"]),
        ("weight", 1.5, ["-weight = 1_000", "+weight = 1.5"]),
        ("date", date(2026, 3, 4), ["-date = 2026-01-02T10:00:00Z", "+date = 2026-03-04"]),
        ("date", datetime(2026, 3, 4, 5, tzinfo=UTC),
         ["-date = 2026-01-02T10:00:00Z", "+date = 2026-03-04T05:00:00Z"]),
        ("date", datetime(2026, 3, 4, 5, tzinfo=timezone(timedelta(hours=2))),
         ["-date = 2026-01-02T10:00:00Z", "+date = 2026-03-04T05:00:00+02:00"]),
        ("on", datetime(2026, 3, 4, 5),
         ["-on = 2026-01-02 10:00:00", "+on = 2026-03-04 05:00:00"]),
        ("literal", "D:\\y", ["-literal = 'C:\\x' # path", "+literal = 'D:\\y' # path"]),
        ("literal", "it's", ["-literal = 'C:\\x' # path", '+literal = "it\'s" # path']),
        ("long", "one", ['-long = """', "-two", '-lines"""', '+long = "one"']),
        ("long", 'x\n"""\n', ["-two", '-lines"""', "+x", '+\\"""', '+"""']),
        ("raw", "three\nfour", ["-one", "-other'''", "+three", "+four'''"]),
        ("tags", ("a", "b", "c"),
         ["-tags = [\"a\", 'b'] # tags", "+tags = [\"a\", 'b', 'c'] # tags"]),
        ("tags", ("b",), ["-tags = [\"a\", 'b'] # tags", "+tags = ['b'] # tags"]),
        ("tags", (), ["-tags = [\"a\", 'b'] # tags", "+tags = [] # tags"]),
        ("many", ("a", "b", "c"), ["-  'b'", "+  'b',", "+  'c'"]),
        ("many", ("b",), ['-  "a", # first']),
        ("many", ("a",), ["-  'b'"]),
        ("many", ("z", "b"), ['-  "a", # first', '+  "z", # first']),
        ("many", (), ['-  "a", # first', "-  'b'"]),
        ("new", "x", ['+new = "x"']),
        ("a b", ("x", "y"), ['+"a b" = ["x", "y"]']),
        ("weight", None, ["-weight = 1_000"]),
        ("raw", MISSING, ["-raw = '''", "-one", "-other'''"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_lines_of_the_field_change(
    field: str, value: Any, expected: list[str], newline: str
) -> None:
    text = file(ALL).replace("\n", newline)
    after = change_text(text, {field: value})
    assert after.replace("\r\n", "\n").count("\n") == after.count("\n")
    assert after.count("\r") == (after.count("\n") if newline == "\r\n" else 0)
    assert lines_changed(text, after) == expected
    assert change_text(after, {field: value}) == after


def test_a_new_field_comes_above_the_tables() -> None:
    for header, at in (
        ("a = 1\n\n[t]\nb = 2\n", "a = 1\n"),
        ("[t]\nb = 2\n", ""),
        ("# c\n[[t]]\n", ""),
        ("a = 1 # c\n# about t\n[t]\n", "a = 1 # c\n"),
        ("a = [\n'[x]'\n]\n", "a = [\n'[x]'\n]\n"),
        ("", ""),
    ):
        after = change_text(file(header), {"new": "x"})
        assert after == file(f'{at}new = "x"\n{header[len(at) :]}')


@pytest.mark.parametrize(
    ("header", "field", "said"),
    [
        ("[extra]\nx = 1\n", "extra", "extra contains fields of its own; use an editor."),
        ("[[extra]]\nx = 1\n", "extra", "extra contains fields of its own; use an editor."),
        ("extra = { x = 1 }\n", "extra", "extra contains fields of its own; use an editor."),
        ("extra.x = 1\nextra.y = 2\n", "extra", "extra contains fields of its own"),
        ("[extra.deep]\nx = 1\n", "extra.deep.x", "x is in the table extra.deep; use an editor."),
        ("extra.x = 1\n", "extra.x", "x is in the table extra; use an editor."),
        ('"Statuѕ" = 1\n', "Status", "looks like Status; rename it first"),
        ("l = ['a', # why\n 'b']\n", "l", "has comments inside its brackets"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_a_sentence(
    header: str, field: str, said: str
) -> None:
    with pytest.raises(EditRefused, match=said.replace(".", r"\.").replace("[", r"\[")):
        change_text(file(header), {field: "new"})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (("a", None), "TOML has no empty items; write a text instead"),
        (1 << 63, "TOML has no numbers that long; write a text instead"),
        ("\udcff", "bytes that are not UTF-8, which TOML does not allow"),
        (({"a": 1},), "cannot rewrite the list or table"),
    ],
)
def test_values_that_toml_does_not_have_are_refused(value: Any, said: str) -> None:
    with pytest.raises(EditRefused, match=said):
        change_text(file("a = 1\n"), {"a": value})


def test_a_field_is_renamed_in_place() -> None:
    text = file("'old' = 1 # c\n[old2]\nold = 3\n")
    assert rename_text(text, "old", "new") == file("new = 1 # c\n[old2]\nold = 3\n")
    assert rename_text(text, "old", "a b") == file('"a b" = 1 # c\n[old2]\nold = 3\n')
    with pytest.raises(EditRefused, match="contains fields of its own"):
        rename_text(text, "old2", "new")


# Undo


def test_a_removed_field_returns_to_its_place_in_a_file_changed_since(
    write: Write, open_vault: Open
) -> None:
    text = file('status = "raw" # c\ntitle = "t"\nx = 1\n[extra]\n')
    path = write(NAME, text)
    for field in ("title", "x", "status"):
        vault = open_vault()
        vault.commit("clear", [FieldEdit(vault.get(NAME), field, None)])
        path.write_text(path.read_text() + "later\n")
        if field == "status":
            vault.undo()
        else:
            open_vault().undo()
        assert path.read_text() == text + "later\n"
        path.write_text(text)


def test_undo_of_one_field_keeps_what_others_wrote(write: Write, open_vault: Open) -> None:
    path = write(NAME, file('status = "raw"\ntags = [\n  "a",\n]\nx = 1\n'))
    vault = open_vault()
    vault.commit("add", [FieldEdit(vault.get(NAME), "tags", ("a", "b"))])
    assert '  "a",\n  "b",\n' in path.read_text()
    path.write_text(path.read_text().replace("x = 1", "y = 0 # mine\nx = 2"))
    open_vault().undo()
    assert path.read_text() == file('status = "raw"\ntags = [\n  "a",\n]\ny = 0 # mine\nx = 2\n')


def test_a_value_that_others_changed_is_not_overwritten(write: Write, open_vault: Open) -> None:
    path = write(NAME, file('status = "raw"\nat = 07:32:00\n'))
    vault = open_vault()
    source = vault.get(NAME)
    vault.commit("set", [FieldEdit(source, "at", time(8, 0))])
    path.write_text(file('status = "raw"\nat = 09:00:00\n'))
    with pytest.raises(Conflict, match="another program changed at to “09:00:00”"):
        vault.commit("set", [FieldEdit(source, "at", time(10, 0))])
    with pytest.raises(Conflict, match="at is now “09:00:00”, no longer “08:00:00”"):
        open_vault().undo()
    assert path.read_text() == file('status = "raw"\nat = 09:00:00\n')


@pytest.mark.parametrize(
    ("first", "second"), [(None, "x"), (Typed("no", False), True), (("a",), ("a", "b"))]
)
def test_a_field_is_changed_again_before_the_first_change_is_read_back(
    first: Any, second: Any, write: Write, open_vault: Open
) -> None:
    path = write(NAME, file('status = "raw"\nx = 1\n'))
    vault = open_vault()
    source = vault.get(NAME)
    edits = [FieldEdit(source, "x", first)]
    vault.expect("first", edits)
    pending = vault.get(NAME)
    vault.commit("first", edits)
    vault.commit("second", [FieldEdit(pending, "x", second)])
    assert same_value(read_header(path.read_text())[0]["x"], as_read(second))


# Broken headers

DEEP = "[" * 3_000 + "]" * 3_000


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        ('status = raw\n', 2, "text needs quotes"),
        ('a = 1\nstatus: "raw"\n', 3, "TOML needs = between a name and its value"),
        ('a = 1\na = 2\n', 3, "a name appears twice"),
        ('a.b = 1\na = 2\n', 3, "a name appears twice"),
        ("[t]\nx = 1\n[t]\n", 4, "a table appears twice"),
        ('a = "x\nb = 1\n', 2, "an opening quote is never closed"),
        ("a = 'x\nb = 1\n", 2, "an opening quote is never closed"),
        ('x = 1\na = """x\nb = 1\n', 3, "an opening quote is never closed"),
        ('a = "C:\\x"\n', 2, "a backslash in double quotes must be doubled"),
        ("a = [1, 2\nb = 1\n", 2, "a bracket is never closed"),
        ("d = 2026-02-30\n", 2, "it is not a valid date"),
        ("a =\n", 2, "the value is missing"),
        ("just words\n", 2, "it is not a field such as name = value"),
        ("a = 1 2\n", 2, "it is not valid TOML"),
        ('a = "\x01"\n', 2, "TOML forbids control characters"),
        ("a = 1\rb = 2\n", 2, "TOML does not end lines with a carriage return alone"),
        ("x = 1\na = '\udcff'\n", 3, "has bytes that are not UTF-8"),
        (f"n = {'9' * 5_000}\n", 2, "a number is too long"),
        (f"n = 0x{'f' * 5_000}\n", 2, "a number is too long"),
        (f"l = {DEEP}\n", 2, "the header is nested too deeply"),
        (".".join("a" * 500) + " = 1\n", 2, "the header is nested too deeply"),
        ("x = { " + ' . '.join(["'a'"] * 90_000) + " = 1 }\n", 2, "nested too deeply"),
        ("".join(f"a{i}{'.b' * 90} = 1\n" for i in range(400)), 2, "nested too deeply"),
    ],
)  # fmt: skip
def test_a_broken_header_is_a_problem_with_its_line_and_never_changed(
    header: str, line: int, said: str, write: Write, open_vault: Open
) -> None:
    data = file(header).encode("utf-8", "surrogateescape")
    path = write("SOURCE-x.md", data)
    vault = open_vault()
    source = vault.get("SOURCE-x.md")
    assert source.problem is not None
    assert (source.problem.line, source.problem.kind) == (line, "yaml")
    assert said in source.problem.sentence
    with pytest.raises(EditRefused, match="Broken header: "):
        vault.commit("set", [FieldEdit(source, "status", "read")])
    assert path.read_bytes() == data


def test_the_fields_of_a_broken_header_are_shown_as_far_as_they_can_be_read() -> None:
    header = (
        "status = raw\ntitle: 'T'\ntags = [\n  'a',\n  'b',\n]\n\"a b\" = 1 # c\n"
        'open = "x\nd = 2026-02-30\n[extra]\nstatus = "inner"\n'
    )
    fields, problem, _ = read_header(file(header))
    assert problem is not None
    assert fields == {
        "status": "raw", "title": "T", "tags": ["a", "b"], "a b": 1, "open": "x",
        "d": "2026-02-30",
    }  # fmt: skip


def test_a_header_without_its_last_line_is_a_problem(write: Write, open_vault: Open) -> None:
    path = write(NAME, "+++\nstatus = 'raw'\ntitle = 'T'\n\nBody\n")
    vault = open_vault()
    source = vault.get(NAME)
    assert source.title == "T"
    assert source.problem is not None
    assert source.problem.sentence == "the header has no closing +++ line"
    with pytest.raises(EditRefused, match=r"Unreadable header; F or .* repairs it"):
        vault.commit("set", [FieldEdit(source, "status", "read")])
    assert path.read_text() == "+++\nstatus = 'raw'\ntitle = 'T'\n\nBody\n"


@pytest.mark.parametrize(
    ("header", "repaired", "done"),
    [
        ("x = 1\nstatus = raw # c\n", 'x = 1\nstatus = "raw" # c\n', "quoted “raw” in line 3"),
        ("u = https://x.y/z#f\n", 'u = "https://x.y/z#f"\n', "quoted “https://x.y/z#f” in line 2"),
        ('a: "x"\n', 'a = "x"\n', "replaced : by = in line 2"),
        ("a: x\n", 'a = "x"\n', "replaced : by = and quoted “x” in line 2"),
        ("a = True\n", "a = true\n", "wrote True in small letters in line 2"),
        ('t = "a "b" c"\n', 't = "a \\"b\\" c"\n', 'escaped quotes in “a "b" c” in line 2'),
        ('t = "C:\\dir"\n', 't = "C:\\\\dir"\n', "escaped backslashes in “C:\\dir” in line 2"),
        ("t = 'it's'\n", 't = "it\'s"\n', "escaped quotes in “it's” in line 2"),
        ('t = "open\nx = 1\n', 't = "open"\nx = 1\n', "closed the quotes of “open” in line 2"),
        ("a = b\r\nc = d\r\n", 'a = "b"\r\nc = "d"\r\n', "quoted “b” in line 2"),
    ],
)
def test_a_faulty_line_is_repaired_and_no_other(header: str, repaired: str, done: str) -> None:
    found = propose(file(header))
    assert found is not None
    assert found.text == file(repaired)
    assert found.done[0] == done


@pytest.mark.parametrize(
    "header",
    [
        "a = 1\na = 2\n",
        "d = 2026-02-30\n",
        "a = yes\n",
        "a = null\n",
        "a =\n",
        "a = [b]\n",
        'a = "x" "y\n',
        "a = b = c\n",
        "words\n",
        "[t]\nx = raw\n",
        'l = ["a", "b"\n',
        "a = 'x\n  and on'\n",
    ],
)
def test_what_may_be_another_slip_is_not_repaired(header: str) -> None:
    with pytest.raises(RepairRefused) as refused:
        propose(file(header))
    assert refused.value.line is not None


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("+++\na = 1\n\nBody\n", "+++\na = 1\n+++\n\nBody\n"),
        ("\ufeff+++\r\na = 1\r\n", "\ufeff+++\r\na = 1\r\n+++\r\n"),
        ("+++\na = 1", "+++\na = 1\n+++\n"),
        ("+++\na = b\n\nBody\n", '+++\na = "b"\n+++\n\nBody\n'),
        ("+++\na = 1\n\nb = 2\n", None),
        ("+++\na = 1\nBody\n", None),
    ],
)
def test_a_header_is_closed_where_its_end_is_clear(text: str, repaired: str | None) -> None:
    if repaired is None:
        with pytest.raises(RepairRefused, match=r"no closing .* line, and its place is unclear"):
            propose(text)
        return
    found = propose(text)
    assert found is not None
    assert found.text == repaired
    assert found.done[0] == "closed the header with +++"


@pytest.mark.parametrize("text", [file("a = 1\n"), file(""), "+++\n\nText\n", '{"a": 1}\n'])
def test_a_sound_header_needs_no_repair(text: str) -> None:
    assert propose(text) is None


def test_a_large_header_is_read_and_changed_in_time(write: Write, open_vault: Open) -> None:
    fields = "".join(f"field_{i} = 'value {i}' # c\n" for i in range(5_000))
    long = "x" * 1_000_000
    text = file(f'status = "raw"\nlong = """{long}"""\n{fields}')
    path: Path = write(NAME, text)
    vault = open_vault()
    vault.commit("set", [FieldEdit(vault.get(NAME), "status", "read")])
    assert path.read_text() == text.replace('"raw"', '"read"')
    vault.undo()
    assert path.read_text() == text
