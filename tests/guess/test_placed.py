"""Statuses are moved along the line, beside it, and made the archive."""

import pytest

from tui.guess.guess import guess, with_order
from tui.guess.order import Order, Value
from tui.guess.placed import Placed, placed_in, with_places
from tui.guess.survey import survey
from tui.guess.write import write_schema
from tui.triage.schema import load_schema

START = Placed(("a", "b", "c"), ("x",), "z")


def test_a_status_moves_along_the_line_and_on_to_what_is_beside_it():
    assert START.moved("a", 1).main == ("b", "a", "c")
    assert START.moved("a", -1) == START
    assert START.moved("c", 1) == Placed(("a", "b"), ("c", "x"), "z")
    assert START.moved("x", -1) == Placed(("a", "b", "c", "x"), (), "z")
    assert START.moved("x", 1) == START


def test_the_archive_is_one_status_or_none():
    assert START.archived("b") == Placed(("a", "c"), ("x", "z"), "b")
    assert START.archived("z") == Placed(("a", "b", "c"), ("x", "z"), "")
    assert START.moved("z", -1) == START.archived("z")


def test_beside_and_back():
    assert START.turned("a") == Placed(("b", "c"), ("x", "a"), "z")
    assert START.turned("x") == Placed(("a", "b", "c", "x"), (), "z")


def test_the_line_keeps_its_last_status():
    alone = Placed(("a",), ("x",), "")
    assert alone.moved("a", 1) == alone.turned("a") == alone.archived("a") == alone


def test_what_is_beside_the_line_moves_into_it():
    values = tuple(Value(name, 1, (name.upper(),)) for name in "abxyz")
    order = Order(values, ("a", "b"), "z", {"x": ("b",), "y": ("a",)}, ("y",))
    assert placed_in(order) == Placed(("a", "b"), ("x", "y"), "z")
    found = with_places(order, Placed(("b",), ("a", "x", "z"), "y"))
    assert found.main == ("b",) and found.archive == "y" and not found.unplaced
    assert found.moves == {"a": ("b",), "x": ("b",), "z": ("b",)}
    assert sorted(found.values) == sorted(values)


def test_an_archive_at_the_end_of_the_line_is_no_part_of_it():
    order = Order((Value("a", 1), Value("z", 1)), ("a", "z"), "z", {})
    assert placed_in(order) == Placed(("a",), (), "z")


HEADERS = {
    "choice": ["status: To Do", "status: Done", "status: Blocked", "status: Dropped"],
    "bool": ["draft: true", "draft: false"],
    "tag": ["tags: [a, status/inbox]", "tags: [a, status/done]", "tags: [a, status/archived]"],
    "new": ["title: One", "title: Two"],
    "list": ['status: ["[[Active]]"]', 'status: ["[[Published]]"]'],
}


@pytest.mark.parametrize("kind", HEADERS)
def test_every_place_of_a_status_is_a_schema_that_loads(kind, tmp_path):
    headers = HEADERS[kind]
    for number in range(24):
        text = f"---\nname: {number}\n{headers[number % len(headers)]}\n---\nText.\n"
        (tmp_path / f"{number:02}.md").write_text(text)
    found = guess(survey(tmp_path))
    start = placed_in(found.order)
    assert sorted(start.names) == sorted(value.name for value in found.order.values)
    for name in start.names:
        for placed in (
            start.moved(name, 1), start.moved(name, -1), start.archived(name), start.turned(name),
            start.archived(name).turned(start.main[-1]), start.turned(name).moved(start.main[0], 1),
        ):  # fmt: skip
            text = write_schema(with_order(found, with_places(found.order, placed)))
            schema = load_schema(tmp_path, text)
            assert not schema.warnings
            assert schema.flow.main == placed.main
            assert schema.flow.archive == placed.archive
            assert set(schema.status.values) == set(start.names)
