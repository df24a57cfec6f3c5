"""One field changed: the exact header before and after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tui.errors import EditRefused
from tui.vault.header.edit import MISSING
from tui.vault.reading.one_file import read_header
from tui.vault.writing.prove import change_text

BODY = "# Title\n\n---\nstatus: not this one\n---\n"


def change(header: str, field: str, value: Any) -> str:
    """The header after the change; the fences and the body are seen to be the same."""
    newline = "\r\n" if "\r\n" in header else "\n"
    head, rest = f"---{newline}", f"---{newline}{BODY}"
    text = change_text(head + header + rest, {field: value})
    assert text.startswith(head)
    assert text.endswith(rest)
    return text[len(head) : len(text) - len(rest)]


SCALARS = [
    ("k: raw\n", "new", "k: new\n"),
    ("k: raw   # why\n", "new", "k: new   # why\n"),
    ("k:   raw\n", "new", "k:   new\n"),
    ("k:\traw\n", "new", "k:\tnew\n"),
    ('k: "raw"\n', "new", 'k: "new"\n'),
    ("k: 'raw' # why\n", "it's", "k: 'it''s' # why\n"),
    ("k: null\n", "new", "k: new\n"),
    ("k: ~\n", "new", "k: new\n"),
    ("k:\n", "new", "k: new\n"),
    ("k: \n", "new", "k: new\n"),
    ("k: # why\n", "new", "k: new # why\n"),
    ("k:\r\nl: 1\r\n", "new", "k: new\r\nl: 1\r\n"),
    ("k: raw\r\nl: 1\r\n", "new", "k: new\r\nl: 1\r\n"),
    ("k: raw\n", None, "k: null\n"),
    ("k: raw\n", "", 'k: ""\n'),
    ("k: raw\n", True, "k: yes\n"),
    ("k: no\n", True, "k: yes\n"),
    ("k: False\n", True, "k: True\n"),
    ("k: raw\n", date(2026, 2, 28), "k: 2026-02-28\n"),
    ("k: 20251128\n", date(2026, 2, 28), "k: 2026-02-28\n"),
    ("k: raw\n", "2026-02-28", 'k: "2026-02-28"\n'),
    ("k: one\n  two\n\n  three\nl: 1\n", "new", "k: new\nl: 1\n"),
    ('k: "one\n  two"  # why\nl: 1\n', "new", 'k: "new"  # why\nl: 1\n'),
    ("k:\n  below\nl: 1\n", "new", "k:\n  new\nl: 1\n"),
    ("k:\n  # above\n  below # why\nl: 1\n", "new", "k:\n  # above\n  new # why\nl: 1\n"),
    ("k: |\n  one\n  two\nl: 1\n", "new", "k: new\nl: 1\n"),
    ("k: |  # why\n  one\nl: 1\n", "new", "k: new  # why\nl: 1\n"),
    ("k: >-\n  one\n\n  two\n\n# far\nl: 1\n", "new", "k: new\n\n# far\nl: 1\n"),
    ("k: |+\n  one\n\n\nl: 1\n", "new", "k: new\nl: 1\n"),
    ("k: |2-\n    deep\n  one\nl: 1\n", "new", "k: new\nl: 1\n"),
    ("k: |\n  one  \n\nl: 1\n", "new", "k: new\n\nl: 1\n"),
    ("k: |\n  one\n  \nl: 1\n", "new", "k: new\n  \nl: 1\n"),
    ("k: |\r\n  one\r\n\r\nl: 1\r\n", "new", "k: new\r\n\r\nl: 1\r\n"),
    ("k: |\n  one\n  ---\n  two\n", "new", "k: new\n"),
    ('"k": raw\n', "new", '"k": new\n'),
    ("? k\n: raw\nl: 1\n", "new", "? k\n: new\nl: 1\n"),
    ("k : raw\n", "new", "k : new\n"),
    ("  k: raw\n  l: 1\n", "new", "  k: new\n  l: 1\n"),
    ("{k: raw, l: 1}\n", "a, b", '{k: "a, b", l: 1}\n'),
    ("{k: , l: 1}\n", "new", "{k: new , l: 1}\n"),
    ("k: []\n", "new", "k: new\n"),
    ("k: [a, b] # why\n", "new", "k: new # why\n"),
    ("k:\n  - a\n  - b\n# far\nl: 1\n", "new", "k: new\n# far\nl: 1\n"),
    ("k: # why\n- a\n# between\n- b\nl: 1\n", "new", "k: new # why\n# between\nl: 1\n"),
    ("\ufeffk: raw\nl: 1\n", "new", "\ufeffk: new\nl: 1\n"),
    ("<<: {k: 1, m: 2}\nl: 1\n", "new", "<<: {k: 1, m: 2}\nl: 1\nk: new\n"),
    ("a: &x 1\nk: raw\nb: *x\n", "new", "a: &x 1\nk: new\nb: *x\n"),
    ("a: x\u2028k: raw\n", "new", "a: x\u2028k: new\n"),
    ("a: x\u2028\nk: raw\n", "new", "a: x\u2028\nk: new\n"),
    ('a: "🚀"\nk: raw # 🚀\n', "日本", 'a: "🚀"\nk: 日本 # 🚀\n'),
]


@pytest.mark.parametrize(("before", "value", "after"), SCALARS)
def test_a_value_is_replaced_where_it_stands(before: str, value: Any, after: str) -> None:
    assert change(before, "k", value) == after


ADDED = [
    ("", "new", "k: new\n"),
    ("# nothing\n", "new", "# nothing\nk: new\n"),
    ("l: 1\n", "new", "l: 1\nk: new\n"),
    ("l: 1\r\n", "new", "l: 1\r\nk: new\r\n"),
    ("l: 1\n", (), "l: 1\nk: []\n"),
    ("l: 1\n", ("a",), 'l: 1\nk:\n  - "a"\n'),
    ("l:\n- x\n", ("a",), "l:\n- x\nk:\n- a\n"),
    ("l:\n    - 'x'\n", ("it's",), "l:\n    - 'x'\nk:\n    - 'it''s'\n"),
    ("  l: 1\n", ("a",), '  l: 1\n  k:\n    - "a"\n'),
    ("l: |\n  text\n# end\n", None, "l: |\n  text\n# end\nk: null\n"),
    ("l: |+\n  text\n\n", "new", "l: |+\n  text\n\nk: new\n"),
    ("l: one\n  two\n", "new", "l: one\n  two\nk: new\n"),
]


@pytest.mark.parametrize(("before", "value", "after"), ADDED)
def test_a_field_that_is_not_there_comes_last(before: str, value: Any, after: str) -> None:
    assert change(before, "k", value) == after


@pytest.mark.parametrize(
    ("field", "key"), [("no", '"no"'), ("a: b", '"a: b"'), ("clé", "clé"), ("<<", '"<<"')]
)
def test_a_new_key_is_quoted_when_yaml_needs_it(field: str, key: str) -> None:
    assert change("l: 1\n", field, "new") == f"l: 1\n{key}: new\n"


LISTS = [
    ("k: []\n", ("a",), 'k:\n  - "a"\n'),
    ("k: [] # why\nl: 1\n", ("a",), 'k: # why\n  - "a"\nl: 1\n'),
    ("k:\nl: 1\n", ("a",), 'k:\n  - "a"\nl: 1\n'),
    ("k:\r\nl: 1\r\n", ("a", "b"), 'k:\r\n  - "a"\r\n  - "b"\r\nl: 1\r\n'),
    ("k: []\r\nl: 1\r\n", ("a",), 'k:\r\n  - "a"\r\nl: 1\r\n'),
    ("k: null\nl:\n- 1\n", ("a",), "k:\n- a\nl:\n- 1\n"),
    ("k: ''\n", ("a",), 'k:\n  - "a"\n'),
    ("k: old text\nl: 1\n", ("old text", "b"), 'k:\n  - "old text"\n  - "b"\nl: 1\n'),
    ("k: one\n  two\nl: 1\n", ("a",), 'k:\n  - "a"\nl: 1\n'),
    ("k: # why\n  ''\nl: 1\n", ("a",), 'k: # why\n  - "a"\nl: 1\n'),
    ("k: |\n  text\n\nl: 1\n", ("a",), 'k:\n  - "a"\n\nl: 1\n'),
    ("k: | # why\n  text\nl: 1\n", ("a",), 'k: # why\n  - "a"\nl: 1\n'),
    ("k: [a]\n", ("a", "b"), "k: [a, b]\n"),
    ("k: [a, b,] # why\n", ("a", "b", "c"), "k: [a, b, c,] # why\n"),
    ("k: ['a']\n", ("a", "it's: b"), "k: ['a', 'it''s: b']\n"),
    ("k: [\n  a,\n  b,\n]\n", ("a", "b", "c"), "k: [\n  a,\n  b,\n  c,\n]\n"),
    ("k: [a, b, c]\n", ("a", "c"), "k: [a, c]\n"),
    ("k: [a, b]\n", (), "k: []\n"),
    ("k: [a, # one\n    b]\n", ("b", "a"), "k: [b, # one\n    a]\n"),
    ("k:\n- a\n", ("a", "b"), "k:\n- a\n- b\n"),
    ("k:\n    -   a\n", ("a", "b"), "k:\n    -   a\n    -   b\n"),
    ('k:\n  - "a"\n', ("a", "b"), 'k:\n  - "a"\n  - "b"\n'),
    ("k:\n  - a # one\n  # end\nl: 1\n", ("a", "b"), "k:\n  - a # one\n  - b\n  # end\nl: 1\n"),
    ("k:\n  - a\n\n# far\nl: 1\n", ("a", "b"), "k:\n  - a\n  - b\n\n# far\nl: 1\n"),
    ("k:\r\n- a\r\nl: 1\r\n", ("a", "b"), "k:\r\n- a\r\n- b\r\nl: 1\r\n"),
    ("k:\n  -\n  - a\n", (None, "a", "b"), "k:\n  -\n  - a\n  - b\n"),
    ("k:\n  - \n", (None, "b"), "k:\n  - \n  - b\n"),
    ("k:\n  - {x: 1}\n  - [y]\n", ({"x": 1}, ["y"], "b"), "k:\n  - {x: 1}\n  - [y]\n  - b\n"),
    ("k:\n- x: 1\n  y: 2\n- b\n", ({"x": 1, "y": 2}, "b", "c"), "k:\n- x: 1\n  y: 2\n- b\n- c\n"),
    ("k:\n- - x\n  - y\n- b\n", ("b", ["x", "y"]), "k:\n- b\n- - x\n  - y\n"),
    ("k:\n- one\n  two\n- b\n", ("one two", "c", "b"), "k:\n- one\n  two\n- c\n- b\n"),
    ("k:\n- |\n  text\n\n- b\n", ("b", "text\n"), "k:\n- b\n- |\n  text\n\n"),
    ("k:\n- a\n# of b\n- b\n- c\n", ("a", "c"), "k:\n- a\n# of b\n- c\n"),
    ("k:\n- a\n# of b\n- b # too\n", ("b", "a"), "k:\n- b # too\n- a\n# of b\n"),
    ("k: # why\n- a\n# of b\n- b\nl: 1\n", (), "k: [] # why\n# of b\nl: 1\n"),
    ("k:\n- 1\n- '1'\n", ("1", 1), "k:\n- '1'\n- 1\n"),
    ("k:\n- a\n- a\n", ("a",), "k:\n- a\n"),
    ("k:\n- a: &x 1\n- b\n", ({"a": 1}, "b", "c"), "k:\n- a: &x 1\n- b\n- c\n"),
    ("{k: [], l: 1}\n", ("a, b",), '{k: ["a, b"], l: 1}\n'),
    ("? k\n:\n  - a\n", ("a", "b"), "? k\n:\n  - a\n  - b\n"),
]


@pytest.mark.parametrize(("before", "items", "after"), LISTS)
def test_a_list_is_changed_item_by_item(before: str, items: tuple[Any, ...], after: str) -> None:
    assert change(before, "k", items) == after


REMOVED = [
    ("k: raw\nl: 1\n", "l: 1\n"),
    ("l: 1\nk:\n- a\n# far\nm: 2\n", "l: 1\n# far\nm: 2\n"),
    ("l: 1\nk: |\n  text\nm: 2\n", "l: 1\nm: 2\n"),
    ("l: 1\nk:\nm: 2\n", "l: 1\nm: 2\n"),
    ("l: 1\nk: [a,\n  b] # why\nm: 2\n", "l: 1\nm: 2\n"),
    ("l: 1\n", "l: 1\n"),
    ("k: 1\n", ""),
]


@pytest.mark.parametrize(("before", "after"), REMOVED)
def test_a_field_taken_away_leaves_no_trace(before: str, after: str) -> None:
    assert change(before, "k", MISSING) == after


@pytest.mark.parametrize("value", ["new", None, (), ("new",)])
@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("k: a\nk: b\n", "twice"),
        ("k: a\n'k': b\n", "twice"),
        ("k: &x a\nl: *x\n", "anchor or a tag"),
        ("k: !!str a\n", "anchor or a tag"),
        ("k: !mine a\n", "cannot be read|anchor or a tag"),
        ("l: &x a\nk: *x\n", "alias"),
        ("l: &x [a]\nk: *x\n", "alias"),
        ("k:\n  in: 1\n", "fields of its own"),
        ("k: {in: 1}\n", "fields of its own"),
        ("? k # why\n: a\n", "no colon"),
        ("k: [a, # one\n  b]\n", "comments|alias|^$"),
        ("k: 'unterminated\n", "Broken header"),
        ("k: a: b\n", "Broken header"),
        ("k: a\n  l: b\n", "Broken header"),
        ("k: a\n\tl: b\n", "Broken header"),
        ("k: \x00\n", "Broken header"),
        ("- k\n", "Broken header"),
        ("just text\n", "Broken header"),
        ("l: 2026-02-30\nk: a\n", "Broken header.*line 2.*2026-02-30"),
        ("k: " + "[" * 5000 + "\n", "deeply"),
        ("k: " + "{a: " * 5000 + "\n", "deeply"),
        ("".join("  " * i + "k:\n" for i in range(200)), "deeply"),
        ("a: &a [x]\n" + "".join(
            f"a{i}: &a{i} [{', '.join([f'*a{i - 1}' if i else '*a'] * 9)}]\n" for i in range(9)
        ) + "k: 1\n", "aliases"),
        ("a: &a " + "x" * 100_000 + "\nb: [" + "*a, " * 500 + "]\nk: 1\n", "aliases"),
        ("a: &a [*a]\nk: 1\n", "itself"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_safely_is_refused(header: str, reason: str, value: Any) -> None:
    with pytest.raises(EditRefused, match=reason):
        change_text(f"---\n{header}---\nbody", {"k": value})


@pytest.mark.parametrize(
    ("header", "items"),
    [
        ("k: [&x a, *x]\n", ("a", "a", "b")),
        ("k:\n- &x a\n- *x\n", ("a", "a", "b")),
        ("l: &x a\nk:\n- *x\n", ("a", "b")),
        ("k: [a, # one\n  b]\n", ("a",)),
        ("k:\n- a\n", ("a", {"b": 1})),
        ("k: [ # none\n  ]\n", ("a",)),
        ("? k\n: - a\n  - b\n", ("a",)),
        ("k: # one\n  '' # two\n", ("a",)),
        ("k:\n  |\n  text\n", ("a",)),
    ],
)
def test_a_list_that_cannot_be_told_apart_is_refused(header: str, items: tuple[Any, ...]) -> None:
    with pytest.raises(EditRefused):
        change_text(f"---\n{header}---\nbody", {"k": items})


def test_a_header_in_braces_takes_no_new_field() -> None:
    with pytest.raises(EditRefused, match="braces"):
        change_text("---\n{a: 1}\n---\n", {"k": "new"})


@pytest.mark.parametrize(
    ("text", "mark", "newline"),
    [
        ("", "", "\n"),
        ("body only", "", "\n"),
        ("# Title\r\n\r\nbody\n", "", "\r\n"),
        ("\ufeffbody\r\n", "\ufeff", "\r\n"),
        ("old\rmac", "", "\r"),
        ("one\u2028two\x85\n", "", "\n"),
        ("----\nk: a\n----\n", "", "\n"),
        ("---\n\nA rule above a text.\n", "", "\n"),
        ("---\nA rule above a text\n", "", "\n"),
        ("Text\n\n---\n\nNote: so\n\n---\n", "", "\n"),
        ("# Title\n---\nNote: so\n---\n", "", "\n"),
        ("k: a\n\ntext\n", "", "\n"),
    ],
)
def test_a_file_without_a_header_gets_one(text: str, mark: str, newline: str) -> None:
    after = change_text(text, {"k": "new"})
    header = "---\nk: new\n---\n".replace("\n", newline)
    assert after == mark + header + text.removeprefix(mark)
    assert read_header(after)[:2] == ({"k": "new"}, None)


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("---\nk: a\n", "repairs it"),
        ("k: a\n---\n", "repairs it"),
        ("# Title\n---\nk: a\n---\n", "repairs it"),
        ('---\nk: "a "b""\n---\n', "repairs it"),
        ("---", "use an editor"),
        ("---\n\ntext\n\n---\n", "use an editor"),
        ("+++\nk = v\n+++\n", "repairs it"),
        ("+++\nk = 1 2\n+++\n", "use an editor"),
        ("\udcff\udcfe#\0 \0T\0", "use an editor"),
    ],
)
def test_a_header_that_cannot_be_read_is_not_changed_and_what_helps_is_said(
    text: str, helps: str
) -> None:
    with pytest.raises(EditRefused, match=helps):
        change_text(text, {"k": "new"})


def test_several_fields_are_changed_together() -> None:
    text = "---\na: 1\nb: []\nc: x # why\n---\n"
    changes: dict[str, Any] = {"c": "z", "b": ("i",), "d": None, "a": 2}
    assert change_text(text, changes) == '---\na: 2\nb:\n  - "i"\nc: z # why\nd: null\n---\n'


def test_a_value_that_is_there_already_changes_nothing() -> None:
    text = "---\na:  'x'   # why\nb: [  i ]\n---\n"
    assert change_text(text, {"a": "x", "b": ("i",)}) == text


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("closing", ["---", "...", "--- \t"])
@pytest.mark.parametrize("end", ["", "\n", "\r\nbody", "\n\n---\n---\n"])
def test_fences_marks_and_file_ends_stay(mark: str, closing: str, end: str) -> None:
    text = f"{mark}---  \nk: a\n{closing}{end}"
    assert change_text(text, {"k": "b"}) == text.replace("k: a", "k: b")


def test_lone_carriage_returns_stay() -> None:
    assert change_text("---\rk: a\rl:\r---\rbody", {"k": "b", "l": ("i",)}) == (
        '---\rk: b\rl:\r  - "i"\r---\rbody'
    )
    assert change_text("---\r---\rbody", {"k": "b"}) == "---\rk: b\r---\rbody"


def test_mixed_line_breaks_stay() -> None:
    before = "---\r\na: 1\nk:\r\n- x\nl: 2\r\n---\nbody\r\n"
    after = "---\r\na: 1\nk:\r\n- x\n- z\nl: 2\r\n---\nbody\r\n"
    assert change_text(before, {"k": ("x", "z")}) == after


def test_a_body_of_megabytes_stays() -> None:
    body = "a line of text\n" * 400_000
    assert change_text(f"---\nk: a\n---\n{body}", {"k": "b"}) == f"---\nk: b\n---\n{body}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k:\n- a\n- old # c\n- b\n", "k:\n- a\n- new # c\n- b\n"),
        ("k:\n  -  'a'\n  -  \"old\" # c\n  -  b\n", "k:\n  -  'a'\n  -  \"new\" # c\n  -  b\n"),
        ("k:\n- a\n# above\n- 'old'\n# below\n- b\n", "k:\n- a\n# above\n- 'new'\n# below\n- b\n"),
        ("k:\r\n- a\r\n- old # c\r\n- b\r\n", "k:\r\n- a\r\n- new # c\r\n- b\r\n"),
        ("k: [a,  'old' ,b] # c\n", "k: [a,  'new' ,b] # c\n"),
        ('k: [ a, "old", b ]\n', 'k: [ a, "new", b ]\n'),
        ("k: [a, old, 'b']\n", "k: [a, new, 'b']\n"),
        ("k:\n- a\n- >-\n  old\n- b\n", "k:\n- a\n- new\n- b\n"),
    ],
)
def test_an_item_put_in_anothers_place_keeps_its_line(before: str, after: str) -> None:
    assert change(before, "k", ("a", "new", "b")) == after
