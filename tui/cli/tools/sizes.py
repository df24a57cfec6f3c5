"""Sizes: what a tool sends fits a program that reads it whole, and the rest is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tui.cli.output import to_json

MOST_CHARACTERS = 60_000
"""Most characters of the objects in one answer, as JSON; a single object has at most half."""
PART = 20_000
"""Characters of a text that one answer has, unless another number is asked for."""
LONGEST_PART = 30_000
_LEVELS = ((2_000, 500), (500, 100), (200, 20), (80, 5))
"""Most characters of a text and items of a list: the first that make an object small enough."""
_DEEPEST = 8


class Page(NamedTuple):
    """Some of many objects."""

    objects: list[Any]
    next_offset: int | None
    """Where the next page begins; None at the end."""
    is_cut: bool
    """Whether texts or lists in it are shortened."""


def page_of(found: Sequence[Any], offset: int, limit: int) -> Page:
    """At most ``limit`` objects from ``offset`` on, and no more than one answer has room for."""
    objects: list[Any] = []
    room, is_cut = MOST_CHARACTERS, False
    for record in found[offset : offset + limit]:
        small, was_cut = fitted(record)
        room -= _size(small)
        if room < 0 and objects:
            break
        objects.append(small)
        is_cut |= was_cut
    end = offset + len(objects)
    return Page(objects, end if end < len(found) else None, is_cut)


def part_of(text: str, offset: int, length: int) -> tuple[str, int | None]:
    """At most ``length`` characters from ``offset`` on, and where the next part begins.

    There are fewer where most characters are escapes, six times as long.
    """
    part = text[offset : offset + length]
    while _size(part) > 2 * length + 2 and len(part) > 1:
        part = part[: len(part) // 2]
    end = offset + len(part)
    return part, end if end < len(text) else None


def fitted(record: Any, most: int = MOST_CHARACTERS // 2) -> tuple[Any, bool]:
    """An object that is small enough, and whether something in it was shortened."""
    small: Any = None
    for longest, items in _LEVELS:
        small, is_cut = _cut(record, longest, items, _DEEPEST)
        if _size(small) <= most:
            return small, is_cut
    names = ("path", "id", "title", "field", "name", "kind")
    held = small if isinstance(small, Mapping) else {}
    return {name: held[name] for name in names if name in held}, True


def _size(value: Any) -> int:
    return len(to_json(value))


def _cut(value: Any, longest: int, items: int, depth: int) -> tuple[Any, bool]:
    """The value with texts, lists and depth within bounds, and whether that took anything away."""
    if isinstance(value, str):
        fits = len(value) <= longest
        return value if fits else f"{value[:longest]}…", not fits
    if not isinstance(value, list | dict):
        return value, False
    if not depth and value:
        return "…", True
    if isinstance(value, list):
        parts = [_cut(item, longest, items, depth - 1) for item in value[:items]]
        return [part for part, _ in parts], len(value) > items or any(was for _, was in parts)
    pairs = list(value.items())[:items]
    names = [_cut(name, longest, items, 1) for name, _ in pairs]
    cuts = [_cut(item, longest, items, depth - 1) for _, item in pairs]
    kept = {name: part for (name, _), (part, _) in zip(names, cuts, strict=True)}
    return kept, len(value) > items or any(was for _, was in (*names, *cuts))
