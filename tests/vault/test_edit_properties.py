"""Any header, any field, any value: exactly the field's own lines change, or nothing does."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.vault.edits import (
    NAME,
    edited_items,
    expect_own_lines,
    expect_undo,
    expect_undo_on_disk,
    typed,
    vault_with,
    writes_twice,
)
from tests.vault.headers import KEYS, File, Piece, block_lists, files, flow_lists, values
from tui.errors import EditRefused
from tui.vault.header.edit import MISSING
from tui.vault.vault import FieldEdit
from tui.vault.writing.prove import as_read, change_text

EXAMPLES = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(EXAMPLES, max_examples=120)


def header_of(text: str) -> dict[str, Any]:
    """The fields, read without any code of sluice."""
    inside = re.split(r"^\ufeff?(?:---|\.\.\.)[ \t]*\r?$", text, maxsplit=2, flags=re.MULTILINE)[1]
    return yaml.load(inside.removeprefix("\n"), Loader=yaml.CSafeLoader) or {}


def readable(file: File) -> dict[str, Any]:
    """The file's fields; gives the example up when it is not YAML."""
    try:
        return header_of(file.text)
    except (yaml.YAMLError, ValueError):
        assume(False)
        raise


def expect_change(file: File, fields: dict[str, Any], key: str, value: Any) -> str | None:
    """The changed text after every promise was checked; None when it was refused."""
    piece = file.piece(key)
    try:
        after = change_text(file.text, {key: value})
    except EditRefused:
        assert piece is not None and piece.fixed, "refused for no reason"
        event("refused")
        return None
    event("changed" if piece else "added")
    if typed(fields.get(key, ...)) == typed(as_read(value)):
        assert after == file.text
        return after
    expect_own_lines(file, key, after)
    assert typed(header_of(after)) == typed({**fields, key: as_read(value)})
    return after


@EXAMPLES
@given(files(), st.sampled_from(KEYS), values)
def test_a_change_touches_the_lines_of_its_field_alone_and_can_be_undone(
    file: File, key: str, value: Any
) -> None:
    fields = readable(file)
    after = expect_change(file, fields, key, value)
    if after is not None and after != file.text:
        expect_undo(file.text, key, fields.get(key, MISSING), as_read(value), after)


@st.composite
def lists_in_files(draw: st.DrawFn) -> tuple[File, str]:
    file = draw(files())
    newline = "\r\n" if "\r\n" in file.head else "\n"
    written = draw(st.one_of(block_lists(plain=draw(st.booleans())), flow_lists))
    piece = Piece("tags", f"tags:{written}\n".replace("\n", newline))
    at = draw(st.integers(0, len(file.pieces) // 2)) * 2
    return File(file.head, [*file.pieces[:at], piece, *file.pieces[at:]], file.rest), "tags"


@EXAMPLES
@given(lists_in_files(), st.data())
def test_the_items_that_stay_in_a_list_keep_their_lines(
    made: tuple[File, str], data: st.DataObject
) -> None:
    file, key = made
    fields = readable(file)
    items = fields[key]
    action, wanted = edited_items(data, items)
    try:
        after = expect_change(file, fields, key, tuple(wanted))
    except AssertionError as error:
        if "no reason" in str(error) and writes_twice(wanted, items):
            return
        raise
    if after is None or after == file.text:
        return
    expect_undo(file.text, key, items, as_read(tuple(wanted)), after)
    own = next(piece.text for piece in file.pieces if piece.key == key)
    if action == "append" and own.split("\n")[1].lstrip().startswith("-"):
        assert after.startswith(file.around(key)[0] + own), "an item above was touched"


@pytest.mark.parametrize(
    ("written", "left", "after"),
    [
        ("[{a: 1}, [x, y], z]", ["x", "y"], "[ [x, y]]"),
        ("[[x, y], z]", ["x", "y"], "[ [x, y]]"),
        ("[[x], z]", ["x"], "[ [x]]"),
        ("[z,\n  [x]]", ["x"], "[ [x]]"),
        ("[ [x], z ]", ["x"], "[ [x] ]"),
    ],
)
def test_a_list_left_alone_in_its_list_does_not_become_a_link(
    written: str, left: list[str], after: str
) -> None:
    text = "---\ntitle: T\ntags: {}\nurl: u\n---\n[[x]]\n"
    assert change_text(text.format(written), {"tags": (left,)}) == text.format(after)
    assert header_of(text.format(after))["tags"] == [left]


@FEW
@given(files(), st.sampled_from(KEYS), values)
def test_undo_and_redo_give_back_the_bytes_on_disk(file: File, key: str, value: Any) -> None:
    readable(file)
    expect_undo_on_disk(file.text.encode(), key, value)


@FEW
@given(st.text(max_size=60), st.binary(max_size=8), st.sampled_from(KEYS), values)
def test_whatever_is_in_a_header_is_changed_as_meant_or_left_alone(
    header: str, tail: bytes, key: str, value: Any
) -> None:
    data = f"---\n{header}\n---\nbody ".encode() + tail
    with vault_with(data) as (vault, path):
        source = vault.get(NAME)
        try:
            vault.commit("a change", [FieldEdit(source, key, value)])
        except EditRefused:
            assert path.read_bytes() == data
            return
        assert path.read_bytes().endswith(b"\n---\nbody " + tail)
        vault_fields = vault.get(NAME).fields
        assert typed(vault_fields[key]) == typed(as_read(value))
        assert {k: v for k, v in vault_fields.items() if k != key} == {
            k: v for k, v in source.fields.items() if k != key
        }


@pytest.mark.parametrize("value", [datetime(2026, 1, 2, 3, 4, 5), 1e300, -0.0, 10**40])
def test_odd_numbers_and_times_read_back_equal(value: Any) -> None:
    after = change_text("---\nx: 1\n---\n", {"x": value})
    assert typed(header_of(after)) == typed({"x": value})
