"""A header read from its changed lines alone is read as if all of it were read."""

# ruff: noqa: E501
from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.vault.edits import typed
from tests.vault.headers import files
from tui.vault.header.within import read_within

EXAMPLES = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
VALUES = (
    " a", " 'a'", ' "a"', " 'a", ' "a', " [a", " [a, b]", " {a: b}", " {a", "", "  # why", " 'it''s'",
    " a #b", " a: b", " - x", " |", " >+", " &x a", " *x", " !t a", " ? a", " ]", " }", " '", ' "',
    " 2026-01-01", " yes", "\ta", " \\", " @", " `", " %", " a:", ":", " ,", " [a,", " 'a' b", " [a] b",
)  # fmt: skip
LINES = (
    "- a", "  - a", " b", "  b: c", "b: c", "'", '"', "]", "}", "# c", "  # c", "", " ", "---", "...",
    "--- x", "%a", "? b", ": b", "-", "  'b", '  "b', "  ]", "\tb", "  \tb", "next: b", "? [", "- [",
    "  -", "  ? x", "<<: b", "'b'", '"b": c', "b", "\x85", "\u2028b: c", "\ufeff",
)  # fmt: skip
ABOVE = (
    "", "a: 1\n", "a:\n- x\n", "a: |\n  x\n\n", "a: >+\n  x\n\n", "a: 'x\n\n  y'\n", 'a: "x\n  y"\n',
    "a: x\n  y\n", "a: [x,\n  y]\n", "a: &q x\n", "# c\n", "a:\n", "a:\n  b:\n    - c\n", "? a\n",
    "a: 'x\nkey: y\n  '\n", "a: [x,\nkey: y\n ]\n", "- a\n", "'a': 1\n", " a: 1\n", "%YAML 1.1\n---\n",
)  # fmt: skip
BELOW = (
    "", "z: 1\n", "z: 'x'\nzz: [a,\n b]\n", "# c\nz: 1\n", "\nz: 1\n", "- x\n", "  x\n", "  z: 1\n",
    "'z': 1\n", "z: *q\n", "z: 'x\nkey: y\n'\n", "? z\n: 1\n", "z", "...\n", "z: |\n  x\n", "]\n", "'\n",
)  # fmt: skip
some = st.builds(
    lambda value, lines, end: "\n".join((f"key:{value}", *lines)) + end,
    st.sampled_from(VALUES),
    st.lists(st.sampled_from(LINES), max_size=3),
    st.sampled_from(("\n", "\n", "\n", "\r\n", "", "\n\n", "\r")),
)


OTHER_SIGNS = {0x85: "\ue085", 0x2028: "\ue028"}


def whole(header: str) -> Any:
    """The header's fields, read without any code of sluice; None when they cannot be.

    Other signs stand for U+0085 and U+2028, which are text as long as that can be read.
    """
    for text in (header.translate(OTHER_SIGNS), header):
        try:
            return yaml.load(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError, TypeError):
            continue
    return None


def compare(before: str, after: str, field: str) -> None:
    assume(isinstance(whole(before), dict))
    found = read_within(before, after, field)
    event("read alone" if found is not None else "read as a whole")
    if found is not None:
        read = repr(typed(found)).replace(r"\x85", r"\ue085").replace(r"\u2028", r"\ue028")
        assert read == repr(typed(whole(after)))


@EXAMPLES
@given(st.sampled_from(ABOVE), some, some, st.sampled_from(BELOW))
def test_any_lines_put_for_those_of_a_field_read_as_in_the_whole_header(
    above: str, own: str, new: str, below: str
) -> None:
    compare(above + own + below, above + new + below, "key")


@EXAMPLES
@given(files(), st.data())
def test_any_field_of_any_header_with_any_lines_reads_as_in_the_whole_header(
    file: Any, data: st.DataObject
) -> None:
    piece = data.draw(st.sampled_from([piece for piece in file.pieces if piece.key] or [None]))
    assume(piece is not None)
    before = "".join(part.text for part in file.pieces)
    lines = data.draw(some).replace("key", piece.key, 1)
    after = "".join(lines if part is piece else part.text for part in file.pieces)
    compare(before, after, piece.key)


@pytest.mark.parametrize(
    ("before", "after", "read_alone"),
    [
        ("a: 1\nkey: x\nz: 2\n", "a: 1\nkey: y\nz: 2\n", True),
        ("key: x\n", "key: [a, b]\n", True),
        ("key:\n- a\nz: 2\n", "key:\n- a\n- 'b: c'\nz: 2\n", True),
        ("key: x\r\nz: 2\r\n", "key: y\r\nz: 2\r\n", True),
        ("key: x\nz: 2\n", "key: 'y\nz: 2\n", False),
        ("key: x\nz: 2\n", "key: y\nb: 1\nz: 2\n", False),
        ("key: x\nz: 2\n", "key: y\nz: 3\n", False),
        ("key: x\nz: 2\n", "key: y\n... \nz: 2\n", False),
        ("a: 'b\nkey: x\n'\nz: 2\n", "a: 'b\nkey: y\n'\nz: 2\n", False),
        ("key: &x 1\nz: *x\n", "key: 2\nz: *x\n", False),
        ("key: x\nkey: x\n", "key: y\nkey: x\n", False),
        ("key: |\n  x\nz: 2\n", "key: y\nz: 2\n", False),
    ],
)
def test_only_lines_that_are_one_whole_field_are_read_alone(
    before: str, after: str, read_alone: bool
) -> None:
    assert (read_within(before, after, "key") is not None) == read_alone
