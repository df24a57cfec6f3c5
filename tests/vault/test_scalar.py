"""Every value written reads back the same, under YAML 1.1 and under YAML 1.2."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import yaml

from tests.vault.headers import TRICKY
from tui.errors import EditRefused
from tui.vault.header.scalar import is_plain, write_scalar

CORE_12 = (
    r"null|Null|NULL|~|",
    r"true|True|TRUE|false|False|FALSE",
    r"[-+]?[0-9]+",
    r"0o[0-7]+",
    r"0x[0-9a-fA-F]+",
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    r"[-+]?(\.inf|\.Inf|\.INF)",
    r"\.nan|\.NaN|\.NAN",
)
"""The YAML 1.2.2 specification's table in section 10.3.2."""
WORDS = (
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "true", "True", "TRUE", "false",
    "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF", "null", "Null", "NULL", "~", "0",
    "-1", "+12", "007", "0o7", "0x1f", "0b11", "1_000", "1e3", "1E3", "1e+3", "1.", ".5", "-.5",
    "12e03", ".inf", "-.INF", ".nan", ".NaN", "1:30", "190:20:30", "190:20:30.15", "12:30:45",
    "2026-01-01", "2026-1-1", "2001-12-14t21:59:43.10-05:00", "=", "<<", ".", "..", "...", "_",
    "1_", "._", "+.5", "0.", "-0", "0x", "0o", "08", "09.5", "685_230.15", "6.8523015e+5",
    "---", "-",
)  # fmt: skip


def read_back(written: str, shape: str = "k: {}\n") -> Any:
    return yaml.load(shape.format(written), Loader=yaml.CSafeLoader)["k"]


@pytest.mark.parametrize("text", [*TRICKY, *WORDS], ids=repr)
def test_a_text_reads_back_as_that_text(text: str) -> None:
    for old in ("", "plain", '"double"', "'single'"):
        assert read_back(write_scalar(text, old)) == text
        inside = write_scalar(text, old, True)
        assert read_back(inside, "k: [x, {}, z]\n") == ["x", text, "z"]
        assert yaml.load(f"{{k: {inside}, l: 1}}", Loader=yaml.CSafeLoader) == {"k": text, "l": 1}
        assert read_back(write_scalar(text, old), "k:\n- {}\n") == [text]


@pytest.mark.parametrize("text", [*TRICKY, *WORDS], ids=repr)
def test_what_is_written_without_quotes_is_text_for_every_reader(text: str) -> None:
    written = write_scalar(text)
    if written[:1] in ("'", '"'):
        return
    assert written == text
    assert not any(re.fullmatch(pattern, text) for pattern in CORE_12)
    assert not re.fullmatch("[yYnN]|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF", text)
    assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+", text)
    assert "\n" not in text
    assert text == text.strip()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("raw", "raw"),
        ("two words", "two words"),
        ("claude-code", "claude-code"),
        ("https://a.b/c?d=e#f", "https://a.b/c?d=e#f"),
        ("it's", "it's"),
        ('say "hi"', 'say "hi"'),
        ("é", "é"),
        ("日本語", "日本語"),
        ("C# is fine", "C# is fine"),
        ("a:b", "a:b"),
        ("a, b", "a, b"),
        ("no", '"no"'),
        ("yes", '"yes"'),
        ("1e3", '"1e3"'),
        ("2026-01-01", '"2026-01-01"'),
        ("12:30:45", '"12:30:45"'),
        ("@x", '"@x"'),
        ("a: b", '"a: b"'),
        ("ends:", '"ends:"'),
        ("- x", '"- x"'),
        ("a #b", '"a #b"'),
        ("trailing ", '"trailing "'),
        ("", '""'),
        ("🚀 go", '"🚀 go"'),
        ('🚀 "go": now', '"🚀 \\"go\\": now"'),
        ("a\tb\nc", '"a\\tb\\nc"'),
        ("\x1b[31m", '"\\e[31m"'),
        ("\x00\x85\u2028\ufeff", '"\\0\\x85\\u2028\\ufeff"'),
        ("C:\\x", "C:\\x"),
        ("a\x07b\\", '"a\\x07b\\\\"'),
    ],
)
def test_quotes_appear_only_where_yaml_needs_them(text: str, written: str) -> None:
    assert write_scalar(text) == written


@pytest.mark.parametrize(
    ("text", "old", "written"),
    [
        ("new", '"old"', '"new"'),
        ("new", "'old'", "'new'"),
        ("it's", "'old'", "'it''s'"),
        ("a\nb", "'old'", '"a\\nb"'),
        ("C:\\x", "'old'", "'C:\\x'"),
        ('"q"', "'old'", "'\"q\"'"),
        ("no", "'off'", "'no'"),
        ("new", "old", "new"),
    ],
)
def test_quotes_that_were_there_stay_where_they_can_hold_the_text(
    text: str, old: str, written: str
) -> None:
    assert write_scalar(text, old) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("a, b", '"a, b"'), ("[x]", '"[x]"'), ("a b", "a b"), ("k:v", '"k:v"'), ("a#b", '"a#b"')],
)
def test_signs_of_a_flow_list_are_quoted_inside_one(text: str, written: str) -> None:
    assert write_scalar(text, in_flow=True) == written


@pytest.mark.parametrize(
    ("value", "old", "written"),
    [
        (True, "", "yes"),
        (False, "", "no"),
        (False, "yes", "no"),
        (True, "false", "true"),
        (True, "Off", "On"),
        (False, "TRUE", "FALSE"),
        (True, "Some Title", "yes"),
        (True, "X", "yes"),
        (True, '"yes"', "yes"),
    ],
)
def test_yes_and_no_are_written_as_the_header_writes_them(
    value: bool, old: str, written: str
) -> None:
    assert write_scalar(value, old) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (date(2026, 2, 8), "2026-02-08"),
        (date(1, 1, 1), "0001-01-01"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
        (datetime(2026, 1, 2, 3, 4, 5, 600), "2026-01-02 03:04:05.000600"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02 00:00:00+00:00"),
        (
            datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
            "2026-01-02 00:00:00-05:30",
        ),
        (42, "42"),
        (-7, "-7"),
        (3.5, "3.5"),
        (1e17, "1.0e+17"),
        (float("inf"), ".inf"),
    ],
)
def test_other_values_keep_their_type(value: Any, written: str) -> None:
    assert write_scalar(value, "old") == written
    back = read_back(written)
    assert (type(back), back) == (type(value), value)


@pytest.mark.parametrize(
    "value", [{"a": 1}, ["a"], ("a",), {"a"}, b"a", pytest.param(object(), id="object")], ids=repr
)
def test_what_is_no_scalar_is_refused(value: Any) -> None:
    with pytest.raises(EditRefused, match="cannot rewrite"):
        write_scalar(value)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(EditRefused, match="UTF-8"):
        write_scalar("a\udc80")


def test_a_plain_text_may_be_long() -> None:
    assert is_plain("word " * 50_000 + "end")
