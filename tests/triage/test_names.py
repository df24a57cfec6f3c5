"""A name that somebody gives: a field's own name comes before a short one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.triage.conftest import Make
from tests.triage.test_changes import edits
from tui.errors import MoveRefused, SchemaError, ValueRefused
from tui.triage.changes import set_field
from tui.triage.lists import append_item, relist, remove_item, set_items, turn_items
from tui.triage.order import Orders
from tui.triage.schema import Schema, load_schema

SHORTS = ("published", "by", "topic", "alias", "tier", "processed", "on", "in", "st", "cat")


@pytest.mark.parametrize("name", SHORTS)
def test_a_field_of_the_file_is_set_and_not_what_its_name_is_short_for(
    schema: Schema, make: Make, name: str
) -> None:
    source = make(**{name: "old"})
    assert edits(set_field(schema, [source], name, "new")) == [("SOURCE-x.md", name, "new")]
    assert edits(set_field(schema, [source], name, "")) == [("SOURCE-x.md", name, None)]


@pytest.mark.parametrize("name", SHORTS)
def test_a_list_of_the_file_is_changed_and_not_what_its_name_is_short_for(
    schema: Schema, make: Make, name: str
) -> None:
    source = make(**{name: ["a"], schema.full_name(name): ["a"]})
    ours = ("SOURCE-x.md", name)
    assert edits(append_item(schema, [source], name, "b")) == [(*ours, ("a", "b"))]
    assert edits(remove_item(schema, [source], name, "a")) == [(*ours, ())]
    assert edits(turn_items(schema, [source], name, ["b"], ["a"])) == [(*ours, ("b",))]
    assert edits(relist(schema, [source], name, ["a"], ["b", "a"])) == [(*ours, ("b", "a"))]
    assert edits(set_items(schema, [source], name, ["c"])) == [(*ours, ("c",))]


def test_each_source_has_its_own_field_of_that_name_before_the_short_one(
    schema: Schema, make: Make
) -> None:
    sources = [make("a.md", by="x"), make("b.md"), make("c.md", by="y", creator="z")]
    planned = set_field(schema, sources, "by", "me")
    assert sorted(edits(planned)) == [
        ("a.md", "by", "me"), ("b.md", "creator", "me"), ("c.md", "by", "me"),
    ]  # fmt: skip
    assert planned.label == "by = me, creator = me"


def test_a_short_name_of_the_status_that_is_a_field_moves_nothing(
    schema: Schema, make: Make
) -> None:
    assert edits(set_field(schema, [make(st="Ohio")], "st", "Iowa")) == [
        ("SOURCE-x.md", "st", "Iowa")
    ]
    with pytest.raises(MoveRefused):
        set_field(schema, [make(st="Ohio"), make("y.md")], "st", "Iowa")


def test_a_built_in_short_name_yields_to_a_field_that_the_vault_declares(
    tmp_path: Path, make: Make
) -> None:
    (tmp_path / "sluice.yaml").write_text(
        "fields: {published: {kind: text}, by: {kind: list}, tier: {kind: choice, open: true}}\n"
    )
    schema = load_schema(tmp_path)
    for name in ("published", "by", "tier"):
        assert schema.full_name(name) == name
    assert schema.full_name("cat") == "notebooklm_category"
    assert edits(set_field(schema, [make()], "published", "spring")) == [
        ("SOURCE-x.md", "published", "spring")
    ]
    with pytest.raises(ValueRefused, match=r"by: .* is not a list"):
        set_field(schema, [make()], "by", "[a, {")


@pytest.mark.parametrize(
    "text",
    [
        "fields: {mine: {short: title}}",
        "fields: {mine: {short: yours}, yours: {}}",
        "fields: {signal_tier: {short: creator}}",
    ],
)
def test_a_short_name_of_the_vault_that_is_another_fields_name_is_refused(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "sluice.yaml").write_text(text)
    with pytest.raises(SchemaError, match="another field's name; choose a different one"):
        load_schema(tmp_path)


def test_sorting_by_a_short_name_goes_by_the_field_that_each_source_has(
    schema: Schema, make: Make
) -> None:
    sources = [
        make("a.md", published="2026-01-01", date_published="2026-12-01"),
        make("b.md", date_published="2026-02-01"),
        make("c.md", published="2026-03-01"),
        make("d.md"),
    ]
    random.Random(1).shuffle(sources)
    for orders, given in ((Orders(schema), sources), (Orders(schema, lambda: sources), None)):
        order = orders.read("published", given)
        assert [source.name for source in order.sort(sources)] == ["c.md", "b.md", "a.md", "d.md"]
        assert order.text == "published"


def test_sorting_by_tier_goes_by_a_field_of_that_name(schema: Schema, make: Make) -> None:
    sources = [make("a.md", tier="b"), make("b.md", signal_tier="noise"), make("c.md", tier="a")]
    order = Orders(schema).read("tier", sources)
    assert [source.name for source in order.sort(sources)] == ["b.md", "c.md", "a.md"]
