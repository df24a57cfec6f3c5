"""The text of a schema says what was guessed, whatever the names and values are."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guess.folders import guessed, note, titled, with_values, write
from tui.guess.guess import Said, guess
from tui.guess.survey import Note, Survey
from tui.guess.words import fold
from tui.guess.write import write_schema
from tui.vault.header.parse import read_fields

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12)
ODD = st.sampled_from(
    [
        *"~*|%@`=",
        "a: b",
        "- x",
        "yes",
        "1e3",
        "#tag",
        "it's",
        "[x]",
        "\u202ered",
        "日本 語",
        '"q"',
        "{x}",
    ]
)
MORE = st.sampled_from(
    [
        "null",
        "a\nb",
        "\x85",
        "\u2028",
        "&a",
        "!x",
        "x:",
        "? x",
        "<<",
        "0x1f",
        "1_0",
        "1:30",
        "' '",
        "\t",
    ]
)


def notes_of(field, values, folder):
    return [
        Note(f"{folder}/{n}.md", "yaml", {field: value, "tags": [value]}, "", False, False)
        for n, value in enumerate(values)
    ]


@settings(max_examples=300, deadline=None)
@given(
    field=TEXTS | ODD | MORE,
    values=st.lists(TEXTS | ODD | MORE, min_size=2, max_size=6, unique_by=fold),
    folder=TEXTS | ODD | MORE,
)
def test_it_is_yaml_that_names_what_is_there(field, values, folder):
    notes = notes_of(field, [value for value in values for _ in range(4)], folder.replace("/", "-"))
    named = [value.strip() for value in values if value.strip()]
    found = guess(Survey(tuple(notes), {}, {}), Said(main=tuple(named)))
    schema = read_fields(write_schema(found))
    assert schema["base"] == "none"
    assert schema["roles"]["status"] == found.field
    kind = schema["fields"][found.field]
    assert list(kind["values"]) == [value.name for value in found.order.values]
    assert schema["flow"]["main"] == list(found.order.main)
    assert schema["sources"]["include"] == list(found.sources.include)


def test_bytes_that_are_no_text_are_named_by_nothing(tmp_path):
    with_values(tmp_path, "status", {"todo": 20, "done": 20})
    folder = tmp_path / os.fsdecode(b"t\xff")
    folder.mkdir()
    for number in range(3):
        text = b"---\ntitle: {{x}}\nstatus: b\xff\nb\xfe: 1\n---\n"
        (folder / f"{number}.md").write_bytes(text)
    text = write_schema(guessed(tmp_path))
    text.encode()
    assert read_fields(text)["sources"]["exclude"] == ["t?/0.md", "t?/1.md", "t?/2.md"]


def test_a_line_break_in_a_folder_does_not_end_a_comment(tmp_path):
    titled(tmp_path, 400, "Notes/")
    titled(tmp_path, 20, "a\nb: c/Inbox/")
    text = write_schema(guessed(tmp_path))
    assert read_fields(text)["sources"]["include"] == ["a\nb: c/Inbox/**"]


def test_signs_of_globs_in_names_match_themselves(tmp_path):
    titled(tmp_path, 20)
    write(tmp_path, {"[1] *x*.md": note('title: "{{t}}"')})
    assert read_fields(write_schema(guessed(tmp_path)))["sources"]["exclude"] == [
        "[[]1[]] [*]x[*].md"
    ]


def test_numbers_and_texts_of_a_tier_stay_what_they_are(tmp_path):
    numbers = with_values(tmp_path / "a", "rating", {5: 4, 3: 4})
    texts = with_values(tmp_path / "b", "rating", {"5": 4, "3": 4})
    for root, value in ((numbers, 5), (texts, "5")):
        field = read_fields(write_schema(guessed(root)))["fields"]["rating"]
        assert field["values"][0] == value
        assert field["kind"] == ("number" if root == numbers else "choice")


def test_tags_that_are_text_in_most_notes_are_no_problem(tmp_path):
    write(tmp_path, {f"{n}.md": note(f"title: A {n}\ntags: '#a #b{n}'") for n in range(20)})
    write(tmp_path, {f"x{n}.md": note(f"title: B {n}\nkeywords: [a, b]") for n in range(20)})
    text = write_schema(guessed(tmp_path))
    assert "  keywords: {kind: list}\n" in text
    assert "  tags: {kind: list, form: text}\n" in text
