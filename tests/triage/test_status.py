"""Which moves between statuses are allowed, and what is asked for on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.triage.conftest import Make
from tui.errors import MoveRefused, ValueRefused
from tui.triage.changes import promote, set_field
from tui.triage.schema import Schema, load_schema
from tui.triage.status import (
    allowed_moves,
    next_status,
    plan_archive,
    plan_move,
    plan_named,
    plan_promote,
    status_of,
    way_to,
)

READY: dict[str, Any] = {
    "signal_tier": "noise",
    "key_insights": ["one"],
    "integrated_into": ["note"],
}


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("raw", ("triaged",)),
        ("triaged", ("processed",)),
        ("processed", ("integrated",)),
        ("", ("triaged",)),
        (None, ("triaged",)),
    ],
)
def test_promoting_takes_the_next_step(
    schema: Schema, make: Make, status: str | None, steps: tuple[str, ...]
) -> None:
    assert plan_promote(schema, make(status=status, **READY)).steps == steps


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("integrated", "“SOURCE-x” is integrated and has no next status; to move it back, use P"),
        ("archived", "“SOURCE-x” is archived and has no next status; to move it back, use P"),
        ("inbox", "“SOURCE-x” is inbox and has no next status"),
    ],
)
def test_promoting_ends_with_the_main_line(
    schema: Schema, make: Make, status: str, reason: str
) -> None:
    with pytest.raises(MoveRefused, match=reason):
        plan_promote(schema, make(status=status))


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("raw", ("triaged", "archived")),
        ("triaged", ("archived",)),
        ("processed", ("archived",)),
        ("", ("triaged", "archived")),
    ],
)
def test_archiving_goes_through_the_statuses_between(
    schema: Schema, make: Make, status: str, steps: tuple[str, ...]
) -> None:
    assert plan_archive(schema, make(status=status, **READY)).steps == steps


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("archived", "is already archived"),
        ("integrated", "cannot become archived"),
        ("inbox", "cannot become archived"),
    ],
)
def test_what_cannot_be_archived_says_why(
    schema: Schema, make: Make, status: str, reason: str
) -> None:
    with pytest.raises(MoveRefused, match=reason):
        plan_archive(schema, make(status=status))


ALLOWED = {
    ("raw", "triaged"),
    ("triaged", "processed"),
    ("processed", "integrated"),
    ("triaged", "archived"),
    ("processed", "archived"),
    # Back, when asked for by name.
    ("triaged", "raw"),
    ("processed", "raw"),
    ("processed", "triaged"),
    ("integrated", "raw"),
    ("integrated", "triaged"),
    ("integrated", "processed"),
    ("archived", "raw"),
    ("archived", "triaged"),
    ("archived", "processed"),
    ("archived", "integrated"),
}
STATUSES = ("raw", "triaged", "processed", "integrated", "archived")


@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_asked_for_by_name_may_go_back_but_skip_nothing(
    schema: Schema, make: Make, status: str, to: str
) -> None:
    source = make(status=status, **READY)
    if status == to:
        assert plan_move(schema, source, to).steps == ()
    elif (status, to) in ALLOWED:
        assert plan_move(schema, source, to).steps == (to,)
    else:
        with pytest.raises(MoveRefused, match=f"is {status} and cannot become {to}"):
            plan_move(schema, source, to)


def test_a_refused_move_names_the_moves_that_are_allowed(schema: Schema, make: Make) -> None:
    with pytest.raises(MoveRefused, match="it can become processed or archived"):
        plan_move(schema, make(status="triaged"), "integrated")


def test_a_status_nobody_knows_is_refused_with_those_there_are(schema: Schema, make: Make) -> None:
    with pytest.raises(MoveRefused, match="Unknown status “done”; use raw, triaged"):
        plan_move(schema, make(status="raw"), "done")


def test_a_source_with_an_unknown_status_can_be_put_on_the_line(schema: Schema, make: Make) -> None:
    assert plan_move(schema, make(status="inbox"), "raw").steps == ("raw",)


def test_a_source_without_a_status_counts_as_the_first(schema: Schema, make: Make) -> None:
    for source in (make(), make(status=None), make(status=""), make(status=["odd"])):
        assert status_of(schema, source) == "raw"
    assert next_status(schema, "raw") == "triaged"
    assert next_status(schema, "integrated") is None
    assert allowed_moves(schema.flow, "raw") == ("triaged",)


@pytest.mark.parametrize(
    ("status", "to", "fields", "warning"),
    [
        ("raw", "triaged", {}, "signal_tier is empty; triaged expects a value."),
        ("raw", "triaged", {"signal_tier": "noise"}, ""),
        ("triaged", "processed", {"key_insights": []}, "key_insights is empty; processed expects"),
        ("triaged", "processed", {"key_insights": ""}, "key_insights is empty; processed"),
        ("triaged", "processed", {"key_insights": ["one"]}, ""),
        ("triaged", "archived", {}, "signal_tier is empty; archived expects noise or tactical"),
        ("triaged", "archived", {"signal_tier": "paradigm"}, "is paradigm; archived expects noise"),
        ("triaged", "archived", {"signal_tier": "tactical"}, ""),
        ("processed", "archived", {"signal_tier": "paradigm"}, ""),
        ("processed", "integrated", {}, "integrated_into is empty; integrated"),
        ("processed", "integrated", {"integrated_into": ["note"]}, ""),
        ("processed", "triaged", {}, ""),
    ],
)
def test_what_a_status_asks_for_is_only_a_warning(
    schema: Schema, make: Make, status: str, to: str, fields: dict[str, Any], warning: str
) -> None:
    source = make(status=status, **fields)
    warnings = plan_move(schema, source, to).warnings
    assert len(warnings) == bool(warning)
    assert warning in " ".join(warnings)
    strict = schema._replace(flow=schema.flow._replace(refuse=True))
    if warning:
        with pytest.raises(MoveRefused, match="“SOURCE-x”: "):
            plan_move(strict, source, to)
    else:
        assert plan_move(strict, source, to).steps == (to,)


def test_archiving_a_raw_source_asks_for_what_triaged_asks_there(
    schema: Schema, make: Make
) -> None:
    move = plan_archive(schema, make(status="raw", signal_tier="paradigm"))
    assert move.steps == ("triaged", "archived")
    assert move.warnings == ("signal_tier is paradigm; archived expects noise or tactical.",)


NOTHING = ({}, *({"status": value} for value in (None, "", " ", [], [""], [None], ["odd"])))


@pytest.mark.parametrize("fields", NOTHING)
def test_the_first_status_is_written_where_there_is_none(
    schema: Schema, make: Make, fields: dict[str, Any]
) -> None:
    source = make(**fields)
    assert status_of(schema, source) == "raw"
    planned = set_field(schema, [source], "status", "raw")
    (edit,) = planned.edits
    wanted = ("raw",) if isinstance(fields.get("status"), list) else "raw"
    assert (edit.field, edit.value) == ("status", wanted)
    assert planned.label == "status = raw"


@pytest.mark.parametrize("held", ["Raw", " raw ", "RAW", ["Raw"]])
def test_a_status_is_known_in_any_capitals_and_written_as_the_schema_has_it(
    schema: Schema, make: Make, held: Any
) -> None:
    source = make(status=held, signal_tier="noise")
    assert status_of(schema, source) == "raw"
    assert [edit.value for edit in promote(schema, [source], date.today()).edits] == [
        ("triaged",) if isinstance(held, list) else "triaged"
    ]
    assert len(set_field(schema, [source], "status", "Raw").edits) == 1


def test_what_the_header_says_already_is_not_written_again(schema: Schema, make: Make) -> None:
    for held in ("raw", ["raw"], ["note", "raw"]):
        assert set_field(schema, [make(status=held)], "status", "raw").edits == ()


def test_a_status_written_in_other_capitals_is_no_move_and_stamps_nothing(
    schema: Schema, make: Make
) -> None:
    planned = set_field(schema, [make(status="Processed")], "status", "processed")
    assert [edit.field for edit in planned.edits] == ["status"]
    assert planned.warnings == ()


def test_a_status_in_a_list_is_the_item_that_moves(schema: Schema, make: Make) -> None:
    source = make(status=["note", "Raw", "deep"], signal_tier="noise")
    (edit,) = promote(schema, [source], date.today()).edits
    assert edit.value == ("note", "triaged", "deep")
    with pytest.raises(ValueRefused, match="has 2 items"):
        promote(schema, [make(status=["raw", "triaged"])], date.today())


DRAFTS = """
fields:
  status: {values: {Draft: {}, Review: {}, Final: {}, Stagnant: {}, Withdrawn: {}, Gone: {}}}
flow:
  main: [Draft, Review, Final]
  archive: Gone
  moves: {Review: [Gone], Stagnant: [Draft], Withdrawn: [Draft, Review]}
  stamps: {}
  wants: {}
"""


@pytest.fixture
def drafts(tmp_path: Path) -> Schema:
    """A line with statuses beside it."""
    (tmp_path / "sluice.yaml").write_text(DRAFTS)
    return load_schema(tmp_path)


def test_promoting_takes_the_only_move_of_a_status_beside_the_line(
    drafts: Schema, make: Make
) -> None:
    assert plan_promote(drafts, make(status="stagnant")).steps == ("Draft",)
    assert next_status(drafts, "Stagnant") == "Draft"


def test_of_several_moves_beside_the_line_it_says_which_there_are(
    drafts: Schema, make: Make
) -> None:
    with pytest.raises(
        MoveRefused, match="has several next statuses; it can become Draft or Review, with P"
    ):
        plan_promote(drafts, make(status="Withdrawn"))
    with pytest.raises(MoveRefused, match="is Gone and has no next status; to move it back, use P"):
        plan_promote(drafts, make(status="Gone"))


def test_the_archive_asked_for_by_name_is_reached_through_what_lies_before_it(
    schema: Schema, drafts: Schema, make: Make
) -> None:
    assert plan_named(schema, make(status="raw"), "archived").steps == ("triaged", "archived")
    assert plan_named(schema, make(), "Archived").steps == ("triaged", "archived")
    assert plan_named(schema, make(status="archived"), "archived").steps == ()
    for to in ("integrated", "processed"):
        with pytest.raises(MoveRefused, match=f"cannot become {to}"):
            plan_named(schema, make(status="raw"), to)
    with pytest.raises(MoveRefused, match="cannot become archived"):
        plan_named(schema, make(status="integrated"), "archived")
    assert plan_named(drafts, make(status="Stagnant"), "Gone").steps == ("Draft", "Review", "Gone")


def test_a_way_in_a_circle_ends(drafts: Schema, make: Make) -> None:
    turning = {"Stagnant": ("Withdrawn",), "Withdrawn": ("Stagnant",)}
    schema = drafts._replace(flow=drafts.flow._replace(moves=turning))
    assert way_to(schema, "Stagnant", "Gone") == ()
    with pytest.raises(MoveRefused, match="cannot become Gone"):
        plan_archive(schema, make(status="Stagnant"))
