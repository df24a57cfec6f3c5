"""Checks of types in a schema file; each error names the part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tui.display import listed, short
from tui.errors import SchemaError
from tui.vault.header.typed import meaning

HUGE = 1e9
"""Numbers in a schema must be smaller; the comparison also excludes NaN."""


def mapping(value: object, part: str, known: Iterable[str] | None = None) -> Mapping[str, Any]:
    """``value`` as a map with text keys, only the ``known`` ones when they are given."""
    if not isinstance(value, dict):
        raise SchemaError(f"{part} must be a map such as name: value.")
    read = {word(key, f"the key {short(key)} of {part}"): item for key, item in value.items()}
    names = None if known is None else sorted(known)
    unknown = [] if names is None else sorted(set(read) - set(names))
    if unknown and names is not None:
        sentence = f"{part} has unknown parts: {listed(unknown)}; it can have {listed(names)}."
        ignored = _ignored.get()
        if ignored is None:
            raise SchemaError(sentence, unknown[0])
        ignored[sentence] = unknown[0]
        read = {key: item for key, item in read.items() if key not in unknown}
    return read


_ignored: ContextVar[dict[str, str] | None] = ContextVar("ignored", default=None)


@contextmanager
def ignoring_unknown() -> Iterator[dict[str, str]]:
    """Ignore unknown parts, which another version of sluice may know.

    Gives the sentences about them, each with the first part it names.
    """
    found: dict[str, str] = {}
    token = _ignored.set(found)
    try:
        yield found
    finally:
        _ignored.reset(token)


def word(value: object, part: str) -> str:
    """``value`` as text."""
    if isinstance(value, bool):
        raise SchemaError(f"YAML reads {part} as yes or no; put quotes around it.")
    if value is None or isinstance(value, dict | list | set | tuple | bytes):
        raise SchemaError(f"{part} must be text.")
    return str(value)


def words(value: object, part: str) -> tuple[str, ...]:
    """``value`` as a list of texts."""
    if not isinstance(value, list):
        raise SchemaError(f"{part} must be a list such as [one, two].")
    return tuple(word(item, part) for item in value)


def number(value: object, part: str) -> float:
    """``value`` as a number."""
    value = meaning(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -HUGE < value < HUGE:
        raise SchemaError(f"{part} must be a number.")
    return float(value)


def flag(value: object, part: str) -> bool:
    """``value`` as yes or no."""
    value = meaning(value)
    if not isinstance(value, bool):
        raise SchemaError(f"{part} must be yes or no.")
    return value
