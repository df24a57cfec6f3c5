"""A value set anew keeps the kind, the form and the quotes that it has."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.errors import EditRefused, ValueRefused
from tui.triage import changes, lists
from tui.triage.alike import Habits, class_of
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema, load_schema
from tui.vault.reading.one_file import source_from
from tui.vault.source import Source, Stamp
from tui.vault.writing.prove import change_text

SCHEMA = load_schema()


def source_of(header: str, name: str = "SOURCE-a.md") -> Source:
    source = source_from(Path("/vault"), name, f"---\nstatus: raw\n{header}\n---\n", Stamp(1, 1, 1))
    assert source is not None
    return source


def written(header: str, planned: PlannedChange) -> str:
    """The header with what is proposed written into it."""
    text = f"---\nstatus: raw\n{header}\n---\n"
    meant = {edit.field: edit.value for edit in planned.edits}
    changed = change_text(text, meant)
    return changed.removeprefix("---\nstatus: raw\n").removesuffix("\n---\n")


def put(header: str, text: str, name: str = "x", schema: Schema = SCHEMA) -> str:
    """The header after a field of it was set to a text."""
    return written(header, changes.set_field(schema, [source_of(header)], name, text))


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        # numbers
        ("4", "5", "5"),
        ("4", "-5", "-5"),
        ("4", "4.5", "4.5"),
        ("4", "1e3", "1000"),
        ("4", "1_000", "1_000"),
        ("4", "0x1F", "0x1F"),
        ("4", "+5", "+5"),
        ("4", " 7 ", "7"),
        ("4.0", "5", "5.0"),
        ("3.5", "4", "4.0"),
        ("3.10", "3.2", "3.2"),
        ("3.5", ".5", ".5"),
        (".5", "1e-3", "0.001"),
        ("1.0e+3", "2.0e+3", "2.0e+3"),
        (".inf", "2", "2.0"),
        ("005", "007", "007"),
        ("007", "7", "7"),
        ("1_000", "2_500", "2_500"),
        ("12:30", "13:05", "13:05"),
        ("12:30", "09:30", "09:30"),
        ("1:02:33", "0:45:10", "0:45:10"),
        ("20251128", "20260305", "20260305"),
        ("20251128", "2026-03-05", "20260305"),
        ('"5"', "6", '"6"'),
        ("'5'", "6", "'6'"),
        ('"005"', "007", '"007"'),
        # yes and no
        ("true", "no", "false"),
        ("true", "false", "false"),
        ("False", "yes", "True"),
        ("TRUE", "0", "FALSE"),
        ("yes", "false", "no"),
        ("No", "true", "Yes"),
        ("on", "n", "off"),
        ("Off", "y", "On"),
        ('"true"', "no", '"no"'),
        # days
        ("2026-01-31", "2026-03-05", "2026-03-05"),
        ("2026-01-31", "2026/3/5", "2026-03-05"),
        ("2026/01/31", "2026-03-05", "2026/03/05"),
        ('"2026-01-31"', "2026-03-05", '"2026-03-05"'),
        ("'2026/01/31'", "2026-03-05", "'2026/03/05'"),
        ('"Feb 15, 2026"', "2026-03-05", '"Mar 5, 2026"'),
        ("Feb 15, 2026", "2026-03-05", "Mar 5, 2026"),
        ("31.01.2026", "2026-03-05", "05.03.2026"),
        ("01/31/2026", "2026-03-05", "03/05/2026"),
        ("2026-01-01T10:00:00+02:00", "2026-03-05", "2026-03-05T10:00:00+02:00"),
        ("2026-01-01 10:00:00", "2026-03-05", "2026-03-05 10:00:00"),
        ("2026-01-01 10:00", "2026-03-05", "2026-03-05 10:00"),
        ("2026-01-01T10:00:00Z", "2026-03-05T11:30:00+01:00", "2026-03-05T11:30:00+01:00"),
        ("2026-01-01T10:00:00Z", "2026-03-05 11:30", "2026-03-05T11:30:00Z"),
        ("2026-01-31", "2026-03-05 11:30", "2026-03-05 11:30:00"),
        ('"2026-01-01T10:00:00Z"', "2026-03-05", '"2026-03-05T10:00:00Z"'),
        # text
        ("abc", "3.10", '"3.10"'),
        ("abc", "no", '"no"'),
        ("abc", "1:02:33", '"1:02:33"'),
        ("abc", "2026-01-01", '"2026-01-01"'),
        ("abc", "~x", '"~x"'),
        ("abc", "=", '"="'),
        ("abc", "0o7", '"0o7"'),
        ('""', "5", '"5"'),
        ("~", "yes", '"yes"'),
    ],
)
def test_a_field_of_nobodys_schema_keeps_its_kind(old: str, text: str, new: str) -> None:
    header = f"a: 007\nx: {old}  # why\nz: On"
    assert put(header, text) == f"a: 007\nx: {new}  # why\nz: On"


@pytest.mark.parametrize(
    ("name", "old", "text", "new"),
    [
        ("date_published", "20251128", "2026-03-05", "20260305"),
        ("date_published", '"Feb 15, 2026"', "2026-03-05", '"Mar 5, 2026"'),
        ("date_published", '"03/04/2026"', "2026-03-05", '"2026-03-05"'),
        ("date_published", "unknown", "2026-03-05", "2026-03-05"),
        ("date_published", "", "2026-03-05", "2026-03-05"),
        ("date_published", "", "2026-03-05T11:30:00Z", "2026-03-05T11:30:00Z"),
        ("date_published", "2026-01-01T10:00:00Z", "2026-03-05", "2026-03-05T10:00:00Z"),
        ("has_transcript", "True", "no", "False"),
        ("has_transcript", '"yes"', "no", '"no"'),
        ("title", "1984", "2001", "2001"),
        ("title", "1984", "Brazil", "Brazil"),
        ("title", "Brazil", "1984", '"1984"'),
        ("title", "Brazil", "3.10", '"3.10"'),
        ("duration", "1:02:33", "1:05:00", "1:05:00"),
        ("duration", "1:02:33", "45 min", "45 min"),
        ("duration", "45 min", "1:05:00", '"1:05:00"'),
        ("signal_tier", "noise", "str", "strategic"),
    ],
)
def test_a_field_of_the_schema_keeps_its_kind(name: str, old: str, text: str, new: str) -> None:
    assert put(f"{name}: {old}\nz: On", text, name) == f"{name}: {new}\nz: On"


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("[165]", "20", "[165, 20]"),
        ('["165"]', "20", '["165", "20"]'),
        ("['165']", "20", "['165', '20']"),
        ("\n  - 165", "20", "\n  - 165\n  - 20"),
        ('\n- "165"', "20", '\n- "165"\n- "20"'),
        ("[1.5]", "2", "[1.5, 2.0]"),
        ("[007]", "008", "[007, 8]"),
        ("[165, ERC-20]", "20", "[165, ERC-20, 20]"),
        ("[165, ERC-20]", "ERC-7", "[165, ERC-20, ERC-7]"),
        ('["165", 20]', "7", '["165", 20, 7]'),
        ("[abc]", "20", '[abc, "20"]'),
        ("[]", "20", '\n  - "20"'),
        ("[true]", "no", "[true, false]"),
        ("[yes, maybe]", "no", "[yes, maybe, no]"),
        ("[abc]", "no", '[abc, "no"]'),
        ("[2026-01-31]", "2026-03-05", "[2026-01-31, 2026-03-05]"),
        ('["Feb 15, 2026"]', "2026-03-05", '["Feb 15, 2026", "Mar 5, 2026"]'),
        ("[20260131]", "2026-03-05", "[20260131, 20260305]"),
        ("[abc]", "2026-03-05", '[abc, "2026-03-05"]'),
        ("[2026-01-31]", "monday", "[2026-01-31, monday]"),
        ("[165, 20]", "20", "[165, 20]"),
        ("[yes]", "true", "[yes]"),
    ],
)
def test_an_item_takes_the_kind_of_those_beside_it(old: str, text: str, new: str) -> None:
    source = source_of(f"x: {old}" if not old.startswith("\n") else f"x:{old}")
    header = f"x:{'' if old.startswith(chr(10)) else ' '}{old}"
    after = f"x:{'' if new.startswith(chr(10)) else ' '}{new}"
    ways = (
        lists.append_item(SCHEMA, [source], "x", text),
        lists.append_items(SCHEMA, [source], "x", [text]),
        lists.turn_items(SCHEMA, [source], "x", [text], []),
    )
    if isinstance(source.fields["x"], list):
        assert [written(header, way) for way in ways] == [after] * 3
        held = list(source.fields["x"])
        again = lists.set_items(SCHEMA, [source], "x", [*held, text])
        assert written(header, again) == after
        assert written(header, lists.relist(SCHEMA, [source], "x", held, [*held, text])) == after


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("[165, 20]", "20", "[165]"),
        ('["165", "20"]', "20", '["165"]'),
        ("[yes, a]", "yes", "[a]"),
        ("[yes, a]", "true", "[a]"),
        ("[2026-01-31, a]", "2026-01-31", "[a]"),
        ("[007, a]", "007", "[a]"),
    ],
)
def test_an_item_of_any_kind_is_taken_out(old: str, text: str, new: str) -> None:
    header = f"x: {old}"
    for way in (
        lists.remove_item(SCHEMA, [source_of(header)], "x", text),
        lists.turn_items(SCHEMA, [source_of(header)], "x", [], [text]),
    ):
        if text != "true":
            assert written(header, way) == f"x: {new}"


def test_a_whole_list_keeps_the_kind_of_its_items() -> None:
    assert put("x: [165, 7]", "20, 165") == "x: [20, 165]"
    assert put('x: ["165"]', "20, 165") == 'x: ["20", "165"]'
    assert put("x: [165]", '["20", 7]') == 'x: ["20", 7]'


@pytest.mark.parametrize(
    ("old", "text", "note"),
    [
        ("4", "good", "x changed from number to text"),
        ("yes", "maybe", "x changed from yes or no to text"),
        ("2026-01-31", "soon", "x changed from date to text"),
        ("12:30", "noon", ""),
        ("abc", "def", ""),
        ("4", "5", ""),
    ],
)
def test_a_value_that_becomes_text_is_noted(old: str, text: str, note: str) -> None:
    planned = changes.set_field(SCHEMA, [source_of(f"x: {old}")], "x", text)
    assert planned.warnings == ((note,) if note else ())


def test_a_field_that_a_source_lacks_is_what_it_is_in_most_others() -> None:
    others = [
        source_of(header)
        for header in ("x: 4\nrefs: [1]\nd: true", "x: 5\nd: false", 'x: "no"', "x:", "refs: []")
    ]
    habits = Habits(lambda: others)
    here = source_of("a: b")

    def put_new(name: str, text: str) -> str:
        return written("a: b", changes.set_field(SCHEMA, [here], name, text, habits))

    assert put_new("x", "3") == "a: b\nx: 3"
    assert put_new("d", "yes") == "a: b\nd: true"
    assert put_new("refs", "2, 3") == "a: b\nrefs:\n  - 2\n  - 3"
    assert put_new("new", "3") == 'a: b\nnew: "3"'
    added = lists.append_item(SCHEMA, [here], "refs", "2", habits)
    assert written("a: b", added) == "a: b\nrefs:\n  - 2"


def test_a_new_yes_or_no_takes_the_words_of_the_header() -> None:
    assert put("a: True", "no", "has_transcript") == "a: True\nhas_transcript: False"
    assert put("a: yes", "true", "has_transcript") == "a: yes\nhas_transcript: yes"
    assert put("a: b", "true", "has_transcript") == "a: b\nhas_transcript: yes"


@pytest.mark.parametrize(
    ("old", "pattern"),
    [
        ("20250101", "%Y%m%d"),
        ('"2025/01/01"', '"%Y/%m/%d"'),
        ("'Jan 01, 2025'", "'%b %d, %Y'"),
        ("2025-01-01 10:00", "%Y-%m-%d %H:%M"),
        ("2025-01-01", "%Y-%m-%d"),
        ("", "%Y-%m-%d"),
        ("2025-01-01T10:00:00", "%Y-%m-%dT"),
    ],
)
def test_a_stamp_keeps_the_form_that_is_there(old: str, pattern: str) -> None:
    header = f"key_insights: [a]\ndate_processed: {old}"
    text = f"---\nstatus: triaged\n{header}\n---\n"
    source = source_from(Path("/vault"), "SOURCE-a.md", text, Stamp(1, 1, 1))
    assert source is not None
    planned = changes.promote(SCHEMA, [source], date.today())
    changed = change_text(text, {edit.field: edit.value for edit in planned.edits})
    stamp = changed.partition("date_processed: ")[2].removesuffix("\n---\n")
    assert stamp.startswith(f"{datetime.now():{pattern}}"[:-1])


OLD = st.sampled_from(
    ["4", "-3", "4.5", "007", "1_000", "0x1F", ".5", "3.10", "1:02:33", "12:30", "true", "False",
     "yes", "On", "NO", "2026-01-31", "2026-01-01T10:00:00Z", "2026-01-01 10:00:00", "20251128",
     '"5"', "'yes'", '"Feb 15, 2026"', "2026/01/31", "abc", '"a: b"', "1e3", "~x"]
)  # fmt: skip
TEXT = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.sampled_from(
        ["yes", "No", "true", "0o7", "1_0", "=", "~", "<<", "- a", "a: b", "1:30", "!x"]
    ),
)


@settings(max_examples=400, deadline=None)
@given(OLD, TEXT, st.sampled_from(["x", "title", "date_published", "has_transcript"]))
@example("4", "nan", "x")
@example("2026-01-01T10:00:00Z", "2026-03-05 24:00", "date_published")
def test_no_value_changes_its_kind_unless_it_is_reported(old: str, text: str, name: str) -> None:
    header = f"a: 007\n{name}: {old}\nz: On"
    source = source_of(header)
    try:
        planned = changes.set_field(SCHEMA, [source], name, text)
        after = written(header, planned)
    except (ValueRefused, EditRefused):
        return
    assert after.startswith("a: 007\n")
    assert after.endswith("\nz: On")
    before, now = (yaml.safe_load(one)[name] for one in (header, after))
    kinds: list[Any] = [class_of(before), class_of(now)]
    declared = {"date_published": "date", "has_transcript": "yes or no"}.get(name)
    is_kept = kinds[0] == kinds[1] or now is None or kinds[1] == declared
    # `09:30` is a text to YAML 1.1, where `12:30` is a number.
    assert is_kept or planned.warnings or ":" in old
