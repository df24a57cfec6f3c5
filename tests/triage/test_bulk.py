"""A change of many sources, tried on each alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.triage.conftest import Make
from tui.errors import Stopped
from tui.triage import changes, lists
from tui.triage.bulk import plan_each
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema
from tui.vault.progress import Progress
from tui.vault.source import Source

TODAY = date(2026, 3, 1)


def promote(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
    return changes.promote(schema, sources, TODAY)


def names(sources: Sequence[Source]) -> list[str]:
    return [source.name for source in sources]


def test_refused_sources_are_left_out_and_grouped_by_reason(schema: Schema, make: Make) -> None:
    sources = [
        make("a.md", status="raw", signal_tier="noise"),
        make("b.md", problem="a quote is missing"),
        make("c.md", status="integrated"),
        make("d.md", status="raw", signal_tier="noise"),
        make("e.md", problem="a colon is too many"),
    ]
    plan = plan_each(promote, schema, sources)
    assert names(plan.changed) == ["a.md", "d.md"]
    assert {edit.source.name for edit in plan.planned.edits} == {"a.md", "d.md"}
    assert [source.name for source, _ in plan.refused] == ["b.md", "c.md", "e.md"]
    assert plan.refusal == ("3 refused: broken header (2), integrated: has no next status (1)")
    assert plan.planned.label == "raw → triaged"


def test_the_label_counts_what_happens_to_how_many(schema: Schema, make: Make) -> None:
    sources = [
        make("a.md", status="triaged", key_insights=["x"]),
        make("b.md", status="raw", signal_tier="noise"),
        make("c.md", status="raw"),
    ]
    plan = plan_each(promote, schema, sources)
    assert plan.planned.label == "raw → triaged (2), triaged → processed (1)"
    assert plan.warnings == {"signal_tier is empty; triaged expects a value.": 1}
    assert plan.moved(schema) == {"a.md", "b.md", "c.md"}


def test_sources_that_hold_the_value_already_count_as_the_same(schema: Schema, make: Make) -> None:
    sources = [make("a.md", signal_tier="noise"), make("b.md", signal_tier="tactical")]
    plan = plan_each(
        lambda schema, sources: changes.set_field(schema, sources, "tier", "noise"), schema, sources
    )
    assert (names(plan.changed), names(plan.same)) == (["b.md"], ["a.md"])
    assert not plan.refused and plan.refusal == ""


def test_an_insight_goes_to_every_source_that_does_not_have_it(schema: Schema, make: Make) -> None:
    sources = [make("a.md", key_insights=["seen"]), make("b.md")]
    plan = plan_each(
        lambda schema, sources: lists.append_item(schema, sources, "key_insights", "seen"),
        schema,
        sources,
    )
    assert (names(plan.changed), names(plan.same)) == (["b.md"], ["a.md"])
    assert plan.planned.label == "key_insights += seen"


def test_working_it_out_can_be_stopped(schema: Schema, make: Make) -> None:
    progress = Progress()
    seen = 0

    def stopping(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        nonlocal seen
        seen += 1
        progress.stop()
        return promote(schema, sources)

    with pytest.raises(Stopped):
        plan_each(stopping, schema, [make("a.md"), make("b.md")], progress)
    assert seen == 1
    assert (progress.done, progress.total) == (0, 2)
