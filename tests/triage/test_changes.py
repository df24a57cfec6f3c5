"""Changes worked out: which fields of which sources would become what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.triage.conftest import Make
from tui.errors import EditRefused, MoveRefused, ValueRefused
from tui.triage.changes import archive, promote, set_field
from tui.triage.lists import append_item, relist, remove_item, set_items, turn_items
from tui.triage.planned import PlannedChange, combine
from tui.triage.schema import Schema
from tui.vault.header.typed import Typed

TODAY = date(2026, 3, 1)


def edits(planned: PlannedChange) -> list[tuple[str, str, Any]]:
    return [(edit.source.name, edit.field, edit.value) for edit in planned.edits]


def test_a_field_is_set_in_every_source(schema: Schema, make: Make) -> None:
    sources = [make("a.md"), make("b.md", signal_tier="noise")]
    planned = set_field(schema, sources, "tier", "strategic")
    assert edits(planned) == [
        ("a.md", "signal_tier", "strategic"),
        ("b.md", "signal_tier", "strategic"),
    ]
    assert planned.label == "signal_tier = strategic"


def test_clearing_a_field_that_is_not_there_changes_nothing(schema: Schema, make: Make) -> None:
    sources = [make("a.md"), make("b.md", title="T")]
    planned = set_field(schema, sources, "title", "")
    assert edits(planned) == [("b.md", "title", None)]
    assert planned.label == "title = nothing"


def test_a_status_is_set_only_by_an_allowed_move(schema: Schema, make: Make) -> None:
    source = make(status="triaged", key_insights=["i"])
    moved = set_field(schema, [source], "st", "processed")
    assert ("SOURCE-x.md", "status", "processed") in edits(moved)
    assert ("SOURCE-x.md", "date_processed", date.today()) in edits(moved)
    with pytest.raises(MoveRefused, match="cannot become integrated"):
        set_field(schema, [source], "status", "integrated")
    with pytest.raises(MoveRefused, match="cannot be empty"):
        set_field(schema, [source], "status", "")


def test_an_item_is_added_at_the_end_once(schema: Schema, make: Make) -> None:
    sources = [make("a.md", topics=["x", 7]), make("b.md"), make("c.md", topics=["new"])]
    assert edits(append_item(schema, sources, "topic", "new")) == [
        ("a.md", "topics", ("x", 7, "new")),
        ("b.md", "topics", ("new",)),
    ]
    assert edits(append_item(schema, [make(topics="text")], "topics", "new")) == [
        ("SOURCE-x.md", "topics", ("text", "new"))
    ]
    assert edits(append_item(schema, [make(key_insights="")], "insight", "a: b")) == [
        ("SOURCE-x.md", "key_insights", ("a: b",))
    ]


def test_an_item_is_removed_wherever_it_is(schema: Schema, make: Make) -> None:
    sources = [make("a.md", topics=["x", "y", "x"]), make("b.md", topics=["y"]), make("c.md")]
    assert edits(remove_item(schema, sources, "topics", "x")) == [("a.md", "topics", ("y",))]
    assert edits(remove_item(schema, [make(topics=[1, "2"])], "topics", "1")) == [
        ("SOURCE-x.md", "topics", ("2",))
    ]
    with pytest.raises(ValueRefused, match="no item “z” to remove"):
        remove_item(schema, sources, "topics", "z")


def test_a_list_is_set_as_a_whole(schema: Schema, make: Make) -> None:
    assert edits(set_items(schema, [make()], "insight", iter(["b", "a"]))) == [
        ("SOURCE-x.md", "key_insights", ("b", "a"))
    ]


@pytest.mark.parametrize("field", ["title", "status", "signal_tier", "url"])
def test_a_field_that_is_no_list_takes_no_items(schema: Schema, make: Make, field: str) -> None:
    with pytest.raises(ValueRefused, match="is not a list"):
        append_item(schema, [make()], field, "x")
    with pytest.raises(ValueRefused, match="is not a list"):
        remove_item(schema, [make()], field, "x")


@pytest.mark.parametrize("held", ["text", 7, 7.5, True, date(2026, 1, 1), {"a": 1}])
def test_a_field_nobody_knows_is_a_list_only_when_it_holds_one(
    schema: Schema, make: Make, held: Any
) -> None:
    with pytest.raises(ValueRefused, match="is not a list in these sources"):
        append_item(schema, [make(other=held)], "other", "x")
    assert edits(append_item(schema, [make(other=["a"])], "other", "x")) == [
        ("SOURCE-x.md", "other", ("a", "x"))
    ]
    assert edits(append_item(schema, [make()], "other", "x")) == [("SOURCE-x.md", "other", ("x",))]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_item_is_refused(schema: Schema, make: Make, text: str) -> None:
    with pytest.raises(ValueRefused, match="cannot be empty"):
        append_item(schema, [make()], "topics", text)


def test_promoting_stamps_the_day(schema: Schema, make: Make) -> None:
    source = make(status="triaged", date_processed=date(2025, 1, 1), key_insights=["i"])
    planned = promote(schema, [source], TODAY)
    assert sorted(edits(planned)) == [
        ("SOURCE-x.md", "date_processed", TODAY),
        ("SOURCE-x.md", "status", "processed"),
    ]
    assert (planned.label, planned.warnings) == ("triaged → processed", ())


def test_going_back_stamps_nothing_it_leaves(schema: Schema, make: Make) -> None:
    assert edits(promote(schema, [make(status="processed")], TODAY, "raw")) == [
        ("SOURCE-x.md", "status", "raw")
    ]


def test_archiving_a_raw_source_is_one_change_to_the_end(schema: Schema, make: Make) -> None:
    planned = archive(schema, [make(status="raw", signal_tier="noise")], TODAY)
    assert edits(planned) == [("SOURCE-x.md", "status", "archived")]
    assert planned.label == "raw → triaged → archived"


def test_sources_in_different_statuses_move_together(schema: Schema, make: Make) -> None:
    sources = [make("a.md", status="raw"), make("b.md", status="processed")]
    planned = promote(schema, sources, TODAY)
    assert [value for _, field, value in edits(planned) if field == "status"] == [
        "triaged",
        "integrated",
    ]
    assert planned.label == "2 sources moved"
    assert len(planned.warnings) == 2


def test_the_same_warning_is_given_once(schema: Schema, make: Make) -> None:
    sources = [make(f"{name}.md", status="raw") for name in "abc"]
    assert len(promote(schema, sources, TODAY).warnings) == 1


def test_one_source_that_may_not_move_holds_back_all(schema: Schema, make: Make) -> None:
    sources = [make("a.md", status="raw"), make("b.md", status="integrated")]
    with pytest.raises(MoveRefused, match="“b” is integrated"):
        promote(schema, sources, TODAY)


def test_a_broken_source_is_refused_by_every_change(schema: Schema, make: Make) -> None:
    sources = [make("a.md", status="raw"), make("b.md", "line 3 cannot be read", status="raw")]
    for attempt in (
        lambda: set_field(schema, sources, "title", "x"),
        lambda: set_items(schema, sources, "topics", ["x"]),
        lambda: append_item(schema, sources, "topics", "x"),
        lambda: promote(schema, sources, TODAY),
        lambda: archive(schema, sources, TODAY),
    ):
        with pytest.raises(EditRefused, match=r"“b”: broken header, line 3 cannot be read"):
            attempt()


def test_proposals_combine_and_the_later_value_counts(schema: Schema, make: Make) -> None:
    source = make(status="raw")
    combined = combine(
        "decision",
        [
            set_field(schema, [source], "title", "one"),
            promote(schema, [source], TODAY),
            set_field(schema, [source], "title", "two"),
        ],
    )
    assert sorted(edits(combined)) == [
        ("SOURCE-x.md", "status", "triaged"),
        ("SOURCE-x.md", "title", "two"),
    ]
    assert combined.label == "decision"
    assert len(combined.warnings) == 1


def test_a_list_becomes_what_it_was_edited_to(schema: Schema, make: Make) -> None:
    source = make(aliases=["a", 7, "c"])
    planned = relist(schema, [source], "alias", ["a", 7, "c"], [7, "new", "a"])
    assert edits(planned) == [("SOURCE-x.md", "aliases", (7, "new", "a"))]
    assert planned.label == "aliases += new -= c"


@pytest.mark.parametrize(
    ("held", "made"),
    [
        (["a", "b", "theirs"], ("new", "b", "theirs")),
        (["theirs"], ("theirs", "new")),
        ([], ("new",)),
        (["b", "new"], None),
    ],
)
def test_a_list_that_reads_otherwise_gains_and_loses_the_same_items(
    schema: Schema, make: Make, held: list[str], made: tuple[str, ...] | None
) -> None:
    planned = relist(schema, [make(aliases=held)], "aliases", ["a", "b"], ["new", "b"])
    assert [edit.value for edit in planned.edits] == ([made] if made else [])


def test_an_item_that_comes_stands_behind_the_one_it_followed(schema: Schema, make: Make) -> None:
    planned = relist(schema, [make(aliases=["b", "a", "z"])], "aliases", ["a"], ["a", "x", "y"])
    assert planned.edits[0].value == ("b", "a", "x", "y", "z")


def test_an_order_alone_is_no_change_of_other_items(schema: Schema, make: Make) -> None:
    with pytest.raises(ValueRefused, match="cannot reorder them"):
        relist(schema, [make(aliases=["x"])], "aliases", ["a", "b"], ["b", "a"])
    same = relist(schema, [make(aliases=["a", "b"])], "aliases", ["a", "b"], ["b", "a"])
    assert same.label == "aliases reordered"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a, b, c", ("a", "b", "c")),
        ("a,b ,, c,", ("a", "b", "c")),
        ("one thing", ("one thing",)),
        ("[[A]], [[B]]", ("[[A]]", "[[B]]")),
        ("[[A, b]], c", ("[[A, b]]", "c")),
        ("see [[A, b|x, y]] there, c", ("see [[A, b|x, y]] there", "c")),
        ('"a, b", c', ('"a, b"', "c")),
        ('5" disk, 3" disk', ('5" disk', '3" disk')),
        ("largo, 日本、東京", ("largo", "日本、東京")),
    ],
)
def test_text_with_commas_where_a_list_is_meant_is_its_items(
    schema: Schema, make: Make, text: str, items: tuple[str, ...]
) -> None:
    source = make(topics=text)
    assert edits(append_item(schema, [source], "topics", "new")) == [
        ("SOURCE-x.md", "topics", (*items, "new"))
    ]
    assert edits(append_item(schema, [source], "topics", items[-1])) == []
    assert edits(remove_item(schema, [source], "topics", items[0])) == [
        ("SOURCE-x.md", "topics", items[1:])
    ]
    assert edits(turn_items(schema, [source], "topics", ["new"], [items[0]])) == [
        ("SOURCE-x.md", "topics", (*items[1:], "new"))
    ]


def test_a_comma_in_an_insight_parts_nothing(schema: Schema, make: Make) -> None:
    source = make(key_insights="First, do x")
    assert edits(append_item(schema, [source], "insight", "Second, y")) == [
        ("SOURCE-x.md", "key_insights", ("First, do x", "Second, y"))
    ]


def test_an_unquoted_link_is_one_item(schema: Schema, make: Make) -> None:
    (edit,) = append_item(schema, [make(topics=Typed("[[A, b]]", None))], "topics", "new").edits
    assert edit.value == ("[[A, b]]", "new")


ONE_VALUE = [
    ("title", "new"), ("signal_tier", "noise"), ("notebooklm_category", "general"),
    ("has_transcript", "yes"), ("date_published", "2026-01-01"), ("url", "https://a.b/c"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text"), ONE_VALUE)
def test_a_list_in_a_field_of_one_value_stays_a_list(
    schema: Schema, make: Make, field: str, text: str
) -> None:
    (plain,) = set_field(schema, [make()], field, text).edits
    for held in ([], ["old"]):
        (edit,) = set_field(schema, [make(**{field: held})], field, text).edits
        assert edit.value == (plain.value,)
    (edit,) = set_field(schema, [make(**{field: ["a", "b"]})], field, "").edits
    assert edit.value == ()


@pytest.mark.parametrize(("field", "text"), ONE_VALUE)
def test_a_longer_list_in_a_field_of_one_value_is_changed_item_by_item_alone(
    schema: Schema, make: Make, field: str, text: str
) -> None:
    source = make(**{field: ["a", "b"]})
    with pytest.raises(ValueRefused, match=rf"{field} has 2 items \(a, b\).*{field}-=OLD"):
        set_field(schema, [source], field, text)
    assert edits(remove_item(schema, [source], field, "a")) == [("SOURCE-x.md", field, ("b",))]
    (plain,) = set_field(schema, [make()], field, text).edits
    (edit,) = append_item(schema, [source], field, text).edits
    assert edit.value == ("a", "b", plain.value)
    (edit,) = turn_items(schema, [source], field, [text], ["a"]).edits
    assert edit.value == ("b", plain.value)


def test_an_item_that_the_field_does_not_know_is_refused(schema: Schema, make: Make) -> None:
    source = make(signal_tier=["noise"])
    for change in (
        lambda: append_item(schema, [source], "tier", "gold"),
        lambda: turn_items(schema, [source], "tier", ["gold"], []),
        lambda: relist(schema, [source], "tier", ["noise"], ["noise", "gold"]),
    ):
        with pytest.raises(ValueRefused, match="“gold” is not a value of signal_tier"):
            change()
    with pytest.raises(MoveRefused, match="promote, archive or name a status"):
        append_item(schema, [make(status=["raw"])], "status", "processed")


def test_a_stamp_in_a_list_stays_in_it(schema: Schema, make: Make) -> None:
    source = make(status="triaged", key_insights=["i"], date_processed=["soon"])
    assert ("SOURCE-x.md", "date_processed", (TODAY,)) in edits(promote(schema, [source], TODAY))
