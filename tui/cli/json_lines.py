"""Proposals as JSON lines on stdin."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from tui.display import listed, short
from tui.errors import SluiceError, ValueRefused
from tui.reasons import reason
from tui.triage.proposed import Operator
from tui.vault.history.author import read_author_name, read_reason

LONGEST_LINE = 1 << 20
"""Most characters of a line."""
_KEYS = ("ref", "field", "value", "operator", "by", "why")
_OPERATORS: tuple[Operator, ...] = ("=", "+=", "-=")


class Given(NamedTuple):
    """What one line proposes."""

    ref: str
    field: str
    operator: Operator
    texts: tuple[str, ...]
    """The value as typed; each of several items to add or to remove."""
    by: str
    why: str


class _Number(str):
    """A number as written."""

    __slots__ = ()


def read_lines() -> Iterator[tuple[int, Given | None, str]]:
    """The lines of stdin by number, each with what it proposes, or why that is invalid.

    Empty lines are skipped. Raises SluiceError when stdin cannot be read.
    """
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    number = 0
    try:
        while line := sys.stdin.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                while line and not line.endswith("\n"):
                    line = sys.stdin.readline(LONGEST_LINE)
                yield number, None, f"it is longer than {LONGEST_LINE >> 20} MB"
                continue
            # Some programs begin a file with a byte order mark.
            if line := line.removeprefix("\ufeff").strip():
                try:
                    yield number, _read(line), ""
                except ValueRefused as error:
                    yield number, None, str(error)
    except OSError as error:
        raise SluiceError(
            f"Cannot read proposals from stdin ({reason(error)}); pipe them in, one per line."
        ) from error


def _read(line: str) -> Given:
    """What a line proposes. Raises ValueRefused."""
    try:
        held = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except json.JSONDecodeError as error:
        raise ValueRefused(f"it is not JSON: {error.msg}, column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise ValueRefused("it is not JSON that sluice can read") from error
    if not isinstance(held, dict):
        raise ValueRefused(
            'it is not a JSON object, such as {"ref": "…", "field": "…", "value": "…"}'
        )
    if unknown := [key for key in held if key not in _KEYS]:
        raise ValueRefused(f"unknown key {short(unknown[0])}; use {listed(_KEYS)}")
    texts = {key: _text(held, key) for key in ("ref", "field", "by", "why", "operator")}
    if not texts["ref"] or not texts["field"]:
        raise ValueRefused(f"it has no {'field' if texts['ref'] else 'ref'}")
    operator = next((o for o in _OPERATORS if o == (texts["operator"] or "=")), None)
    if operator is None:
        raise ValueRefused(f"the operator {short(texts['operator'])} is not one of = += -=")
    if "value" not in held:
        raise ValueRefused("it has no value; null clears a field")
    return Given(
        texts["ref"],
        texts["field"],
        operator,
        _values(held["value"], operator),
        read_author_name(texts["by"]) if texts["by"] else "",
        read_reason(texts["why"]) if texts["why"] else "",
    )


def _text(held: dict[str, Any], key: str) -> str:
    value = held.get(key)
    if value is not None and (not isinstance(value, str) or isinstance(value, _Number)):
        raise ValueRefused(f"{key} is not text")
    return value or ""


def _values(value: Any, operator: Operator) -> tuple[str, ...]:
    """A value as ``set`` takes it; of a list, each item to add or to remove."""
    if not isinstance(value, list):
        return (_scalar(value),)
    items = list(map(_scalar, value))
    if operator == "=":
        # Quoted, so that each item stays the text that it is.
        written = (
            item if isinstance(one, bool | _Number) else json.dumps(item, ensure_ascii=False)
            for item, one in zip(items, value, strict=True)
        )
        return (f"[{', '.join(written)}]",)
    if not items:
        raise ValueRefused("the value is an empty list")
    return tuple(items)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    raise ValueRefused("the value is not text, a number, yes or no, or a list of these")
