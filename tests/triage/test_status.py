"""Which moves between statuses are allowed, and what is asked for on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.triage.conftest import Make
from tui.errors import MoveRefused
from tui.triage.schema import Schema
from tui.triage.status import (
    allowed_moves,
    next_status,
    plan_archive,
    plan_move,
    plan_promote,
    status_of,
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
        ("integrated", "SOURCE-x is integrated and goes no further; it goes back only by name"),
        ("archived", "SOURCE-x is archived and goes no further; it goes back only by name"),
        ("inbox", "SOURCE-x is inbox and goes no further"),
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
        ("archived", "is archived already"),
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
    with pytest.raises(MoveRefused, match="it may become processed or archived"):
        plan_move(schema, make(status="triaged"), "integrated")


def test_a_status_nobody_knows_is_refused_with_those_there_are(schema: Schema, make: Make) -> None:
    with pytest.raises(MoveRefused, match="no status “done”; there are raw, triaged"):
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
        ("raw", "triaged", {}, "triaged wants signal_tier; it is empty."),
        ("raw", "triaged", {"signal_tier": "noise"}, ""),
        ("triaged", "processed", {"key_insights": []}, "processed wants key_insights; it is empty"),
        ("triaged", "processed", {"key_insights": ""}, "processed wants key_insights"),
        ("triaged", "processed", {"key_insights": ["one"]}, ""),
        ("triaged", "archived", {}, "archived wants signal_tier noise or tactical; it is empty"),
        ("triaged", "archived", {"signal_tier": "paradigm"}, "noise or tactical; it is paradigm"),
        ("triaged", "archived", {"signal_tier": "tactical"}, ""),
        ("processed", "archived", {"signal_tier": "paradigm"}, ""),
        ("processed", "integrated", {}, "integrated wants integrated_into"),
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
        with pytest.raises(MoveRefused, match="SOURCE-x: "):
            plan_move(strict, source, to)
    else:
        assert plan_move(strict, source, to).steps == (to,)


def test_archiving_a_raw_source_asks_for_what_triaged_asks_there(
    schema: Schema, make: Make
) -> None:
    move = plan_archive(schema, make(status="raw", signal_tier="paradigm"))
    assert move.steps == ("triaged", "archived")
    assert move.warnings == ("archived wants signal_tier noise or tactical; it is paradigm.",)
