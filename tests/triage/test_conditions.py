"""``--if``: what must still be true of a source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.triage.conftest import Make
from tui.errors import Conflict
from tui.triage.conditions import conditions_of
from tui.triage.schema import Schema
from tui.vault.header.parse import read_fields
from tui.vault.writing.revert import digest


def refusal(
    schema: Schema, make: Make, header: str, *conditions: tuple[str, str], problem: str = ""
) -> str:
    source = make(problem=problem, **read_fields(header))
    try:
        conditions_of(schema, conditions, ())(source, b"")
    except Conflict as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("header", "field", "text"),
    [
        ("signal_tier: noise", "tier", "noise"),
        ("signal_tier: Noise", "signal_tier", "NOISE"),
        ("signal_tier: strategic", "tier", "strat"),
        ("tier: mine\nsignal_tier: noise", "tier", "mine"),
        ("title: ''", "title", ""),
        ("title:", "title", ""),
        ("status: raw", "title", ""),
        ("topics: []", "topics", ""),
        ("title: x", "status", "raw"),
        ("status: Triaged", "st", "triaged"),
        ("topics: [a, b]", "topics", "a, b"),
        ("topics: [a, b]", "topics", '["a", "b"]'),
        ("topics: a, b", "topics", "a, b"),
        ("topics: [a]", "topics", "a"),
        ("key_insights: ['one, and two']", "key_insights", "one, and two"),
        ("key_insights: [one, two]", "insight", "[one, two]"),
        ("signal_tier: [noise]", "tier", "noise"),
        ("date_published: 2026-02-15", "published", "2026-02-15"),
        ("date_published: Feb 15, 2026", "published", "2026-02-15"),
        ("date_published: Feb 15, 2026", "published", "Feb 15, 2026"),
        ("seen: 2026-02-15 10:00:00", "seen", "2026-02-15T10:00:00"),
        ("has_transcript: yes", "has_transcript", "true"),
        ("has_transcript: false", "has_transcript", "no"),
        ("mine: true", "mine", "true"),
        ("pages: 007", "pages", "007"),
        ("version: 3.10", "version", "3.10"),
        ("guest: '3'", "guest", "3"),
        ("分类: 小说", "分类", "小说"),
        ("parts: [1, 2]", "parts", "1, 2"),
        ("signal_tier: [noise, mine]", "tier", "noise, mine"),
        ("signal_tier: [noise, mine]", "tier", '["noise", "mine"]'),
        ("signal_tier: ['[[A]]']", "tier", '["[[A]]"]'),
        ("topics: []", "topics", "[]"),
        ("mine: []", "mine", "[]"),
        ("mine: [[A]]", "mine", "[[A]]"),
        ("mine: [a]", "mine", "[a]"),
    ],
)
def test_a_value_as_it_was_read_is_still_there(
    schema: Schema, make: Make, header: str, field: str, text: str
) -> None:
    assert refusal(schema, make, header, (field, text)) == ""


@pytest.mark.parametrize(
    ("header", "field", "text", "quoted"),
    [
        ("signal_tier: noise", "tier", "tactical", "signal_tier is “noise”, no longer “tactical”"),
        ("signal_tier: noise", "tier", "", "signal_tier is “noise”, no longer empty"),
        ("title: x", "tier", "noise", "signal_tier is missing, no longer “noise”"),
        ("signal_tier:", "tier", "noise", "signal_tier is empty, no longer “noise”"),
        ("signal_tier: noise", "tier", "xyz", "no longer “xyz”"),
        ("title: x", "status", "triaged", "status is missing, no longer “triaged”"),
        ("topics: [a, b]", "topics", "a", "topics is “a, b”, no longer “a”"),
        ("topics: [a, b]", "topics", "b, a", "topics is “a, b”, no longer “b, a”"),
        ("signal_tier: [noise, mine]", "tier", "noise", "“noise, mine”, no longer “noise”"),
        ("topics: [a]", "topics", "", "topics is “a”, no longer empty"),
        ("topics: []", "topics", "a, b", "topics is empty, no longer “a, b”"),
        ("title: x", "topics", "a, b", "topics is missing, no longer “a, b”"),
        ("version: 3.10", "version", "3.1", "version is “3.10”, no longer “3.1”"),
    ],
)
def test_a_refusal_quotes_both_values(
    schema: Schema, make: Make, header: str, field: str, text: str, quoted: str
) -> None:
    assert quoted in refusal(schema, make, header, (field, text))


def test_what_differs_is_among_what_is_quoted(schema: Schema, make: Make) -> None:
    before = ", ".join(f"t{number}" for number in range(60))
    said = refusal(schema, make, f"topics: [{before}, new]", ("topics", before))
    assert "60 items, then “new”" in said and "60 items, then empty" in said
    long = "word " * 100
    said = refusal(schema, make, f"synopsis: {long}new", ("synopsis", f"{long}old"))
    assert "word new”" in said and "word old”" in said
    assert len(said) < 400


def test_all_conditions_must_be_met(schema: Schema, make: Make) -> None:
    header = "signal_tier: noise\nguest: Ada"
    assert refusal(schema, make, header, ("tier", "noise"), ("guest", "Ada")) == ""
    assert "guest is “Ada”" in refusal(schema, make, header, ("tier", "noise"), ("guest", "Bo"))


def test_a_broken_header_is_left_to_the_change(schema: Schema, make: Make) -> None:
    assert refusal(schema, make, "guest: Ada", ("guest", "Bo"), problem="broken") == ""


def test_other_names_of_the_roles_count(schema: Schema, make: Make) -> None:
    roles = schema.roles._replace(status="cadence")
    other = schema._replace(roles=roles)
    source = make(cadence="daily", status="x")
    conditions_of(other, [("cadence", "Daily"), ("status", "x")], ())(source, b"")


@pytest.mark.parametrize("value", [date(2026, 2, 15), datetime(2026, 2, 15, 10), 3, 1.5, None])
def test_the_text_of_a_value_is_that_value(schema: Schema, make: Make, value: Any) -> None:
    text = "" if value is None else str(value)
    conditions_of(schema, [("mine", text)], ())(make(mine=value), b"")


def test_a_hash_is_that_of_the_bytes(schema: Schema, make: Make) -> None:
    check = conditions_of(schema, (), [digest(b"one"), digest(b"two")])
    check(make(title="T"), b"two")
    with pytest.raises(Conflict) as told:
        check(make(title="T"), b"three")
    assert all(digest(text)[:12] in str(told.value) for text in (b"one", b"two", b"three"))
