"""Any TOML header, any field, any value: the field's own lines change, or nothing does."""

from __future__ import annotations

import re
import tomllib
from typing import Any

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
from tests.vault.headers import KEYS, Piece, values
from tests.vault.toml_headers import TomlFile, line_arrays, short_arrays, toml_files
from tui.errors import EditRefused, RepairRefused
from tui.vault.header.edit import MISSING
from tui.vault.header.typed import meaning
from tui.vault.reading.one_file import read_header
from tui.vault.repair.propose import propose
from tui.vault.vault import FieldEdit
from tui.vault.writing.prove import as_read, change_text

EXAMPLES = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(EXAMPLES, max_examples=100)


def toml_of(text: str) -> dict[str, Any]:
    """The fields, read without any code of sluice."""
    inside = re.split(r"^\ufeff?\+\+\+[ \t]*\r?$", text, maxsplit=2, flags=re.MULTILINE)[1]
    return tomllib.loads(inside.removeprefix("\n"))


def compared(fields: dict[str, Any]) -> Any:
    """Fields that compare with their types, in no order; NaN equals itself."""
    # TOML has no summer time, so it has no `fold`.
    return sorted((key, shown(typed(value))) for key, value in fields.items())


def shown(value: Any) -> str:
    return repr(value).replace(", fold=1", "")


def readable(file: TomlFile) -> dict[str, Any]:
    """The file's fields; gives the example up when it is not TOML."""
    try:
        return toml_of(file.text)
    except ValueError:
        assume(False)
        raise


def changed(fields: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    others = {name: held for name, held in fields.items() if name != key}
    return others if value is None else {**others, key: as_read(value)}


def may_refuse(piece: Piece, value: Any) -> bool:
    """Whether a change may be refused: a list with comments becomes no text."""
    is_commented = "[" in piece.text and "#" in piece.text and not isinstance(value, tuple)
    return piece.fixed or is_commented


def expect_change(file: TomlFile, fields: dict[str, Any], key: str, value: Any) -> str | None:
    """The changed text after every promise was checked; None when it was refused."""
    piece = file.piece(key)
    too_long = isinstance(value, int) and value.bit_length() > 63
    try:
        after = change_text(file.text, {key: value})
    except EditRefused:
        assert too_long or (piece is not None and may_refuse(piece, value)), "refused for no reason"
        event("refused")
        return None
    event("changed" if piece else "added")
    if value is None and piece is None:
        assert after == file.text
        return after
    if piece is not None and shown(typed(fields.get(key))) == shown(typed(as_read(value))):
        assert after == file.text
        return after
    expect_own_lines(file, key, after)
    assert compared(toml_of(after)) == compared(changed(fields, key, value))
    return after


def expect_undone(file: TomlFile, key: str, value: Any, after: str) -> None:
    """Undone byte for byte; TOML has no empty values, so clearing a field removes it."""
    held = read_header(file.text)[0].get(key, MISSING)
    expect_undo(file.text, key, held, MISSING if value is None else as_read(value), after)


@EXAMPLES
@given(toml_files(), st.sampled_from(KEYS), values)
def test_a_change_touches_the_lines_of_its_field_alone_and_can_be_undone(
    file: TomlFile, key: str, value: Any
) -> None:
    fields = readable(file)
    after = expect_change(file, fields, key, value)
    if after is not None and after != file.text:
        expect_undone(file, key, value, after)


@EXAMPLES
@given(toml_files())
def test_fields_are_read_as_the_standard_library_reads_them(file: TomlFile) -> None:
    fields = readable(file)
    read, problem, _ = read_header(file.text)
    assert problem is None
    assert list(read) == list(fields)
    for name, value in fields.items():
        # What is shown as typed still means the same.
        items = read[name] if isinstance(value, list) else [read[name]]
        wanted = value if isinstance(value, list) else [value]
        assert repr([meaning(item) for item in items]) == repr(wanted)


@st.composite
def lists_in_files(draw: st.DrawFn) -> TomlFile:
    file = draw(toml_files())
    array = draw(st.one_of(line_arrays(), short_arrays()))
    return file.with_field(draw(st.integers(0, 4)), Piece("tags", f"tags = {array}\n"))


@EXAMPLES
@given(lists_in_files(), st.data())
def test_the_items_that_stay_in_a_list_keep_their_lines(
    file: TomlFile, data: st.DataObject
) -> None:
    fields = readable(file)
    items = read_header(file.text)[0]["tags"]
    action, wanted = edited_items(data, items)
    try:
        after = expect_change(file, fields, "tags", tuple(map(meaning, wanted)))
    except AssertionError as error:
        if "no reason" in str(error) and writes_twice(wanted, items):
            return
        raise
    if after is None or after == file.text:
        return
    expect_undone(file, "tags", tuple(map(meaning, wanted)), after)
    own = next(piece.text for piece in file.pieces if piece.key == "tags")
    if action in ("append", "remove"):
        for comment in re.findall(r"# (?:first|above|below)", own):
            assert after.count(comment) == file.text.count(comment), "a comment was lost"


@FEW
@given(toml_files(), st.sampled_from(KEYS), values)
def test_undo_and_redo_restore_the_bytes_on_disk(file: TomlFile, key: str, value: Any) -> None:
    readable(file)
    expect_undo_on_disk(file.text.encode(), key, value)


@FEW
@given(st.text(max_size=60), st.binary(max_size=8), st.sampled_from(KEYS), values)
def test_whatever_is_in_a_header_is_changed_as_asked_or_left_alone(
    header: str, tail: bytes, key: str, value: Any
) -> None:
    data = f"+++\n{header}\n+++\nbody ".encode() + tail
    with vault_with(data) as (vault, path):
        source = vault.get(NAME)
        try:
            vault.commit("a change", [FieldEdit(source, key, value)])
        except EditRefused:
            assert path.read_bytes() == data
            return
        assert path.read_bytes().endswith(b"\n+++\nbody " + tail)
        fields = vault.get(NAME).fields
        assert compared(dict(fields)) == compared(changed(dict(source.fields), key, value))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A file with a few characters of its header lost or added."""
    values = st.sampled_from(["'raw'", '"raw"', '"two words"', "'it'", '"a \\\\ b"', "1", "true"])
    line = st.tuples(st.sampled_from("abcd"), values).map(lambda pair: f"{pair[0]} = {pair[1]}\n")
    simple = st.lists(line, max_size=4).map(
        lambda lines: TomlFile("+++\n", [Piece("", "".join(lines))], "", "+++\nBody\n")
    )
    file = draw(st.one_of(toml_files(), simple))
    text, end = file.text, len(file.text) - len(file.rest)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(len(file.head), max(end, len(file.head))))
        marks = [i for i in range(len(file.head), end) if text[i] in "\"'=\\"]
        at = draw(st.sampled_from([at, *marks]))
        cut = draw(st.integers(0, 2))
        added = draw(
            st.sampled_from(["", '"', "'", "[", "]", "=", ":", "\n", "\\", "#", " ", "\x00"])
        )
        text = text[:at] + added + text[min(at + cut, end) :]
        end += len(added) - min(cut, max(end - at, 0))
    return text


@FEW
@given(damaged())
def test_a_damaged_header_is_repaired_in_whole_fields_or_left_with_a_sentence(text: str) -> None:
    before, problem, body = read_header(text)
    try:
        repair = propose(text)
    except RepairRefused as refused:
        assert str(refused)
        return
    if repair is None:
        assert problem is None
        return
    event("repaired")
    after, left, _ = read_header(repair.text)
    assert left is None
    assert repair.text.endswith(text[body:])
    # What could be read before reads the same; only text of the faulty lines may differ.
    for name, value in before.items():
        assert name in after
        if not isinstance(value, str):
            assert shown(after[name]) == shown(value)
