"""Values that YAML 1.1 reads as something else than was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tui.vault.header.packed import pack
from tui.vault.header.parse import read_fields, typed_again
from tui.vault.header.typed import Typed, same_value
from tui.vault.history.change import FieldRecord, dump_value, load_value
from tui.vault.reading.one_file import source_from
from tui.vault.source import Stamp
from tui.vault.writing.prove import change_text

AS_TYPED = [
    "1:02:33",
    "12:30",
    "007",
    "010",
    "0x1F",
    "1_000",
    "+5",
    "3.10",
    ".5",
    "1.0e+3",
    ".inf",
    "On",
    "off",
    "Yes",
    "NO",
    "true",
    "False",
    "2026-01-01T10:00:00Z",
    "2026-1-5 7:00:00 +02:00",
    "[[A Name]]",
    "[[folder/A name, with a comma|shown]]",
    "[[日本]]",
]
"""What a person types without quotes; PyYAML's safe loader reads no such text."""


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_was_typed_is_what_is_shown(text: str) -> None:
    value = read_fields(f"x: {text}\n")["x"]
    assert isinstance(value, Typed)
    assert str(value) == text
    assert (
        read_fields(f"x: [{text}, b]\n")["x"][0] == read_fields(f"x:\n- {text}\n")["x"][0] == text
    )


@pytest.mark.parametrize("text", ["5", "-3", "3.5", "yes", "no", "2026-01-31", "null", "abc"])
def test_what_python_writes_as_it_was_typed_is_a_plain_value(text: str) -> None:
    assert not isinstance(read_fields(f"x: {text}\n")["x"], Typed)


@pytest.mark.parametrize(
    ("text", "items"),
    [("[ [a] ]", [["a"]]), ("[[a], [b]]", [["a"], ["b"]]), ("[[[a]]]", ["[[a]]"])],
)
def test_a_list_in_a_list_that_is_no_link_stays_one(text: str, items: list[Any]) -> None:
    assert read_fields(f"x: {text}\n")["x"] == items


@pytest.mark.parametrize("text", AS_TYPED)
def test_a_typed_value_is_the_same_in_the_cache_and_the_journal(text: str) -> None:
    fields = read_fields(f"x: {text}\ny:\n  - {text}\n")
    assert same_value(dict(pack(fields)), fields)
    record = FieldRecord("x", fields["x"], fields["y"])
    assert same_value(load_value(dump_value(record.before)), fields["x"])
    assert same_value(load_value(dump_value(record.after)), fields["y"])
    assert same_value(typed_again(text), fields["x"])


@pytest.mark.parametrize("text", AS_TYPED)
def test_an_edit_beside_a_typed_value_leaves_its_text(text: str) -> None:
    before = f"---\nx: {text}\ny:\n- {text}\nz: a\n---\n"
    after = change_text(before, {"z": "b"})
    assert after == before.replace("z: a", "z: b")
    items = [*read_fields(f"y:\n- {text}\n")["y"], "new"]
    assert change_text(before, {"y": tuple(items)}) == before.replace(
        f"- {text}\n", f"- {text}\n- new\n"
    )


@pytest.mark.parametrize("name", ["on", "2026", "007", "yes", "3.10", "2026-01-31", "~"])
def test_a_field_goes_by_its_name_as_it_is_typed(name: str) -> None:
    text = f"---\n{name}: a\n---\n"
    assert read_fields(f"{name}: a\n") == {name: "a"}
    assert change_text(text, {name: "b"}) == text.replace("a\n", "b\n", 1)


def test_an_unquoted_link_that_gets_company_stays_whole() -> None:
    text = "---\ntopics: [[Alpha]]\n---\n"
    items = (read_fields("t: [[Alpha]]\n")["t"], "new")
    assert change_text(text, {"topics": items}) == (
        '---\ntopics:\n  - "[[Alpha]]"\n  - "new"\n---\n'
    )
    assert change_text(text, {"topics": "[[Beta]]"}) == '---\ntopics: "[[Beta]]"\n---\n'


def test_a_source_shows_what_was_typed() -> None:
    text = "---\nduration: 1:02:33\nup: [[A Name]]\nrated: [007, On]\n---\n"
    source = source_from(Path(), "SOURCE-x.md", text, Stamp(0, 0, 0))
    assert source is not None
    assert source.text("duration") == "1:02:33"
    assert source.text("up") == "A Name"
    assert source.items("rated") == ("007", "On")
