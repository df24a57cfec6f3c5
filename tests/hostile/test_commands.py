"""Every command on every kind of hostile vault: bounded, harmless, and nothing is changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.hostile.conftest import (
    SOME_MEGABYTES,
    Drive,
    Report,
    assert_harmless,
    bytes_of,
)
from tests.hostile.vaults import KINDS

FEW = (["list", "--json"], ["find", "quiet zebra"], ["check"], ["init", "--dry-run"])
READING = (
    *FEW, ["list"], ["list", "--query=has:problem"], ["list", "--sort=title"], ["check", "--json"],
    ["list", "--query=body:zebra"], ["find", "quiet", "--json"], ["urls"], ["stats"],
    ["stats", "--json"], ["log"], ["undo"], ["init", "--explain"],
)  # fmt: skip
MEGABYTES = {"terabytes": 120, "sixteen_megabytes": 350}
"""Where less memory than usual is enough."""
SIZES = frozenset(
    {"title_of_a_megabyte", "broken_title_of_a_megabyte", "texts_made_for_backtracking"}
    | {"body_of_many_lines", "line_of_five_megabytes", "header_never_closed", "numbers_too_long"}
    | {"terabytes", "sixteen_megabytes"}
    | {"header_of_many_keys", "lists_of_many_items", "deep_nesting", "nested_folders"}
)
"""Kinds that take a second a command on a busy machine: a sweep tries every command on them."""


def reading(kind: str) -> tuple[list[str], ...]:
    """The commands that are tried on a kind."""
    return FEW if kind in SIZES and not os.environ.get("SLUICE_SWEEPS") else READING


def named(report: Report) -> list[str]:
    """What a program would call each source by: the paths of the first command's list."""
    return [str(record["path"]) for record in report.runs[0].records]


@pytest.mark.parametrize("kind", KINDS)
def test_reading_is_harmless_and_bounded_and_writes_nothing(
    kind: str, place: Path, drive: Drive
) -> None:
    KINDS[kind](place)
    before = bytes_of(place.parent)
    report = drive(place, *reading(kind))
    for run in report.runs:
        assert_harmless(run)
    assert report.megabytes < MEGABYTES.get(kind, SOME_MEGABYTES)
    shown = drive(
        place,
        *(["show", name] for name in named(report)),
        *(["show", "--json", name] for name in named(report)),
        *(["log", name] for name in named(report)),
    )
    for run in shown.runs:
        assert_harmless(run)
        assert run.code == 0, run.err
    assert shown.megabytes < MEGABYTES.get(kind, SOME_MEGABYTES)
    assert bytes_of(place.parent) == before
    # What the tags and names would have made if anything had run them.
    assert not list(place.parent.parent.glob("owned"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_touches_its_line_alone_or_is_refused_and_undo_brings_every_byte_back(
    kind: str, place: Path, drive: Drive
) -> None:
    KINDS[kind](place)
    before = bytes_of(place.parent)
    names = named(drive(place, ["list", "--json"]))
    tried = drive(place, *(["set", name, "tier=strategic", "--dry-run"] for name in names)).runs
    assert bytes_of(place.parent) == before
    made = drive(place, *(["set", name, "tier=strategic"] for name in names)).runs
    for run, dry in zip(made, tried, strict=True):
        assert_harmless(run)
        assert run.code == dry.code
        assert run.code == 0 or run.err.startswith("sluice: ")
    after = bytes_of(place.parent)
    # Two names of one file are changed once.
    changed = {name for name in before if before[name] != after[name]}
    assert set(after) - set(before) == set()
    for name in changed:
        assert_only_the_tier_came(before[name], after[name])
    assert len(changed) <= sum(run.code == 0 for run in made)
    for run in drive(place, *(["undo"] for _ in changed), ["log"], ["log", "--json"]).runs:
        assert_harmless(run)
        assert run.code == 0, run.err
    assert bytes_of(place.parent) == before


def assert_only_the_tier_came(before: bytes, after: bytes) -> None:
    """One line came or was replaced, and it is about the tier; or a header of that line."""
    if not before.lstrip(b"\xef\xbb\xbf").startswith((b"---", b"+++")):
        assert after == b"---\nsignal_tier: strategic\n---\n" + before
        return
    both = enumerate(zip(before, after, strict=False))
    start = next((at for at, (old, new) in both if old != new), len(before))
    start = max(before.rfind(b"\n", 0, start), before.rfind(b"\r", 0, start)) + 1
    came = len(after) - len(before)
    is_toml = before.startswith(b"+++")
    line = after.index(b"signal_tier" + (b" =" if is_toml else b":"), max(start - 1, 0))
    end = re.compile(rb"\r\n|\r|\n").search(after, line)
    assert end is not None
    old = before[line : end.end() - came]
    assert after == before[:line] + after[line : end.end()] + before[end.end() - came :]
    if is_toml:
        assert after[line : end.end()] == b'signal_tier = "strategic"\n'
        assert not old or re.fullmatch(rb"signal_tier = [^\r\n]*\s+", old)
        return
    assert re.fullmatch(
        rb'signal_tier: (?:"?strategic"?|\[strategic\])\s+', after[line : end.end()]
    )
    assert not old or re.fullmatch(rb"signal_tier:[^\r\n]*\s+", old)
