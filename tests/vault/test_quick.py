"""Plain headers are read as YAML reads them, and the others not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import HeaderError
from tui.vault.header.parse import find_header, read_fields
from tui.vault.header.quick import quick_fields
from tui.vault.header.typed import same_value
from tui.vault.reading import one_file
from tui.vault.reading.one_file import source_from
from tui.vault.source import Stamp

VALUES = [
    "",
    " ",
    "text",
    "two words",
    "a: b",
    "a:b",
    "a:",
    "a #b",
    "a#b",
    "# b",
    '"quoted"',
    "'it''s'",
    "'it'",
    '"a\\nb"',
    '"a" b',
    "yes",
    "No",
    "on",
    "y",
    "null",
    "~",
    "12",
    "012",
    "1.5",
    "1e3",
    "0x1F",
    "1:30",
    "2026-01-02",
    "2026-02-30",
    "2026-01-02 10:00",
    "2026-01-02T10:00:00Z",
    "[]",
    "[a, b]",
    "[a, [b]]",
    "[a",
    "[[link]]",
    "[a, 'b']",
    "[yes, 1, 2026-01-01]",
    "[,]",
    "{}",
    "{a: b}",
    "- a",
    "-a",
    "@a",
    "*a",
    "&a b",
    "!a",
    "|",
    ">",
    "%a",
    "`a`",
    "?",
    "? a",
    "a\tb",
    "日本: 語",
    "日本語",
    "é",
    "a\u2028b",
    "a\x85b",
    "\ufeffa",
    "<<",
    "=",
    "a - b",
    "a, b",
    "100%",
    "(x)",
    "a]",
    "None",
    "TRUE",
    "[ a ,b ]",
    "[a b, c]",
]
NAMES = ["title", "a-b", "_x", "A1", "yes", "on", "1", "two words", "a:b", "日本", "<<", '"q"']
BELOW = [
    "- a",
    "  - a",
    "  - b: c",
    "   - [x]",
    "-",
    "- ",
    "  more",
    "",
    "# comment",
    "\t- a",
    "- 'x'",
    "- - a",
]


@st.composite
def headers(draw):
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        value = draw(st.sampled_from(VALUES))
        lines.append(f"{draw(st.sampled_from(NAMES))}:{' ' * bool(value)}{value}")
        lines += draw(st.lists(st.sampled_from(BELOW), max_size=3))
    return "\n".join(lines) + "\n"


@settings(max_examples=1_000, deadline=None)
@given(headers())
def test_a_header_is_read_as_yaml_reads_it_or_not_at_all(header):
    found = quick_fields(header)
    if found is not None:
        try:
            expected = read_fields(header)
        except HeaderError as error:
            raise AssertionError(f"YAML cannot read {header!r}") from error
        assert same_value(found, expected), header


@settings(max_examples=400, deadline=None)
@given(headers(), st.sampled_from(["", "note: a\u200bb\n", "see: a#b\n", "q: 'x # y'\n"]))
def test_a_source_is_read_the_same_with_a_parser_and_without(header, more):
    text = f"---\n{header}{more}---\n# Heading\n"
    stamp = Stamp(1, 1, 1)
    read = source_from(Path("/v"), "SOURCE-x.md", text, stamp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_file, "quick_fields", lambda _header: None)
        parsed = source_from(Path("/v"), "SOURCE-x.md", text, stamp)
    assert read is not None and parsed is not None
    assert same_value(dict(read.fields), dict(parsed.fields))
    assert (read.flaws, read.problem, read.heading) == (
        parsed.flaws, parsed.problem, parsed.heading)  # fmt: skip


@pytest.mark.parametrize(
    "header", ["title: null\n- a\n", "a:\n- b\n - c\n", "- a\n", "a: b\n- c\n"]
)
def test_a_list_where_none_can_be_is_left_to_yaml(header):
    assert quick_fields(header) is None


@pytest.mark.parametrize(
    "value", ["text", '"quoted"', "[a, b]", "12", "yes", "2026-01-02", "日本語"]
)
def test_ordinary_values_are_read(value):
    assert quick_fields(f"title: {value}\ntags:\n  - a\n  - b\nlast:\n") is not None


def test_the_headers_of_the_corpus_are_read_the_same(corpus):
    read = 0
    for path in corpus.rglob("*.md"):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        span = find_header(text)
        found = quick_fields(text[span.start : span.end]) if span else None
        if span and found is not None:
            read += 1
            assert same_value(found, read_fields(text[span.start : span.end])), path
    assert read > 400


def test_a_name_that_yaml_refuses_for_its_length_is_left_to_yaml():
    assert quick_fields(f"{'a' * 1000}: b\n") is not None
    assert quick_fields(f"{'a' * 1100}: b\n") is None
