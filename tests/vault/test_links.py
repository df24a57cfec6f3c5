"""Links to notes stay whole, whatever is done to the field they stand in."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import EditRefused, RepairRefused
from tui.vault.header.parse import find_header
from tui.vault.reading.one_file import read_header
from tui.vault.repair.links import LINK, is_balanced
from tui.vault.repair.propose import propose
from tui.vault.writing.prove import change_text

BODY = "\n[[Body]], [[Text\n"


def file(value: str) -> str:
    return f"---\nid: x\nrelated: {value}\nstatus: raw\n---\n{BODY}"


def safely(text: str) -> Any:
    """What other programs read."""
    span = find_header(text)
    assert span is not None
    return yaml.safe_load(text[span.start : span.end])


def repaired(value: str) -> Any:
    """The field after the repair, the same to sluice and to PyYAML."""
    repair = propose(file(value))
    assert repair is not None
    assert repair.text.endswith(f"---\n{BODY}")
    fields, problem, _ = read_header(repair.text)
    assert problem is None
    assert (fields["id"], fields["status"]) == ("x", "raw")
    assert safely(repair.text) is not None
    return fields["related"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[[A]], [[B]]", ["[[A]]", "[[B]]"]),
        ("[[A]], [[B]] # both", ["[[A]]", "[[B]]"]),
        ("[[A|two, three]], [[B#part]]", ["[[A|two, three]]", "[[B#part]]"]),
        ("[[A]],\n  [[B]],\n  [[C]]", ["[[A]]", "[[B]]", "[[C]]"]),
        ("[[A]], \"[[B]]\", '[[C]]'", ["[[A]]", "[[B]]", "[[C]]"]),
        ("![[one.png]], ![[two.png]]", ["![[one.png]]", "![[two.png]]"]),
        ('[[The "A"]], [[B\'s]]', ['[[The "A"]]', "[[B's]]"]),
        ("[[[A]], [[@B]]]", ["[[A]]", "[[@B]]"]),
        ("[[A]] [[B]]", "[[A]] [[B]]"),
        ("[[A]] and [[B]]", "[[A]] and [[B]]"),
        ("[[A]] and\n  [[B]]", "[[A]] and [[B]]"),
        ("[[A]] | [[B]]", "[[A]] | [[B]]"),
        ("[[A]], and more", "[[A]], and more"),
        ("[[A]](x)", "[[A]](x)"),
        ("[text](url)", "[text](url)"),
        ("[one](url), [two](url)", "[one](url), [two](url)"),
        ("[one](url) [two]", "[one](url) [two]"),
        ("![[one.png]]", "![[one.png]]"),
        ("[[@name]]", "[[@name]]"),
        ("[[C #1]]", "[[C #1]]"),
        ("[[A]]: a note", "[[A]]: a note"),
        ("\n  - [[A]]: a note\n  - [[B]], [[C]]", ["[[A]]: a note", "[[B]], [[C]]"]),
        ('\n  - [[A]]\n  - "the "[[B]]" of"', ["[[A]]", 'the "[[B]]" of']),
    ],
)
def test_a_repair_keeps_links_whole(written: str, read: Any) -> None:
    assert repaired(written) == read


@pytest.mark.parametrize("written", ["[[A]", "[[[A]], [[B]]", "[one, [[B]]", "[[a]b]], [[c]]"])
def test_a_link_that_is_not_whole_is_not_repaired(written: str) -> None:
    with pytest.raises(RepairRefused, match=r"line 3 .*bracket|there is no safe repair"):
        propose(file(written))


_PIECES = st.sampled_from(
    ["[[A]]", "[[B|b, c]]", "[[C#d]]", '[[The "E"]]', "[[F's]]", "![[g.png]]", "[h](i)", "word",
     "@x", "a: b", ", ", ", ", " ", " and ", '"', "'", "[", "]", " # c", "[[", "]]", ":", "\n  "]
)  # fmt: skip
_VALUES = st.lists(_PIECES, min_size=1, max_size=7).map("".join)


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [] if value is None else [str(value)]


def expect_whole(before: str, value: Any) -> None:
    held = texts(value)
    comment = before.find(" # c")
    for link in LINK.findall(before if comment < 0 else before[:comment]):
        assert any(link in text for text in held), (before, value)
    assert all(map(is_balanced, held)), (before, value)


@given(st.lists(_VALUES, min_size=1, max_size=3), st.booleans())
def test_whatever_is_repaired_has_whole_links_and_balanced_brackets(
    values: list[str], as_items: bool
) -> None:
    written = "".join(f"\n  - {value}" for value in values) if as_items else values[0]
    text = file(written)
    try:
        repair = propose(text)
    except RepairRefused:
        return
    if repair is None:
        return
    assert repair.text.endswith(f"---\n{BODY}")
    assert safely(repair.text) is not None
    if "[[" in written or "]]" in written:
        expect_whole(written, read_header(repair.text)[0]["related"])


_WRITTEN = [
    "[[A]]", "[[A]] # c", "[[[A]], x]", "[[[A|b, c]], [[B]]]", "[x, [[A]]]", '["[[A]]", y]',
    "[ [[A]] , [[B]], ]", "\n  - [[A]]\n  - x", "\n- [[A]] # c\n- [[B]]",
    '\n  - "[[A]]"\n  - [[B]]', "\n  - '[[A]]'", "[]", "",
]  # fmt: skip


@pytest.mark.parametrize("written", _WRITTEN)
@pytest.mark.parametrize("new", ["[[New, one]]", "plain", 'The "[[N]]"'])
def test_an_item_more_or_less_or_elsewhere_leaves_links_whole(written: str, new: str) -> None:
    text = file(written)
    held = read_header(text)[0]["related"]
    items = held if isinstance(held, list) else [held] if held else []
    for changed in ([*items, new], [new, *items], items[1:], items[:-1], items[::-1], [new]):
        after = change_text(text, {"related": tuple(changed)})
        read = read_header(after)[0]["related"]
        assert list(map(str, read)) == list(map(str, changed))
        assert after.endswith(f"status: raw\n---\n{BODY}")
        assert after.startswith("---\nid: x\nrelated:")
        assert after.count(" # c") == text.count(" # c") or len(changed) < len(items)


@given(_VALUES, st.sampled_from(["[[N]]", "n", "a, [b]"]))
def test_an_appended_item_tears_no_link(value: str, new: str) -> None:
    text = file(value)
    fields, problem, _ = read_header(text)
    if problem is not None or "related" not in fields or not LINK.search(value):
        return
    held = fields["related"]
    items = held if isinstance(held, list) else [held] if held else []
    try:
        after = change_text(text, {"related": (*items, new)})
    except EditRefused:
        return
    read = read_header(after)[0]["related"]
    assert texts(read) == [*texts(items), new]
