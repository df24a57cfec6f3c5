"""YAML bombs: headers that nest or repeat more than a person would write are not parsed."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tui.errors import HeaderError

MAX_DEPTH = 100
"""Maximum nesting: libyaml overflows the C stack on very deep headers."""
MAX_NODES = 20_000
"""Maximum number of values: a few lines of aliases can expand to gigabytes."""
MAX_REPEATED = 1_000_000
"""Maximum number of characters that aliases may repeat: showing or storing a value expands them."""
TOO_DEEP = "the header is nested too deeply"
_OPENS_BLOCK = re.compile(r"[-?:](?=[\s\0]|\Z)")
"""The start of a list or map without brackets. In brackets, an item such as ``[a: b]`` may be
another map."""


class _Open:
    """An open list or map: its anchor and its expanded size."""

    __slots__ = ("anchor", "characters", "nodes")

    def __init__(self, anchor: str | None, nodes: int = 1, characters: int = 0) -> None:
        self.anchor = anchor
        self.nodes = nodes
        self.characters = characters

    def take(self, part: _Open) -> None:
        """Add the size of ``part``."""
        self.nodes += part.nodes
        self.characters += part.characters


def may_be_bomb(header: str) -> bool:
    """Whether a scan is needed: in an ordinary header, counting these characters is enough."""
    opened = 2 * header.count("[") + header.count("{") + len(_OPENS_BLOCK.findall(header))
    return opened > MAX_DEPTH or ("*" in header and "&" in header)


def refuse_bomb(header: str) -> None:
    """Raise HeaderError when the header nests or repeats more than a person would write."""
    if not may_be_bomb(header):
        return
    stack = [_Open(None)]
    anchored: dict[str | None, _Open] = {}
    repeated = aliased = 0
    for event in yaml.parse(header, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Open(event.anchor))
            if len(stack) > MAX_DEPTH:
                raise HeaderError(TOO_DEEP, 2)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = stack.pop()
            anchored[closed.anchor] = closed
            stack[-1].take(closed)
        elif isinstance(event, yaml.AliasEvent):
            if any(event.anchor == above.anchor for above in stack):
                raise HeaderError("a value in the header contains itself", 2)
            named = anchored.get(event.anchor, _Open(None))
            stack[-1].take(named)
            repeated += named.characters
            aliased += named.nodes
        elif isinstance(event, yaml.ScalarEvent):
            scalar = _Open(event.anchor, 1, len(event.value))
            anchored[event.anchor] = scalar
            stack[-1].take(scalar)
        if repeated > MAX_REPEATED or aliased > MAX_NODES:
            raise HeaderError("the header's aliases expand to too many values", 2)
        if stack[-1].nodes > MAX_NODES:
            raise HeaderError(f"the header has more than {MAX_NODES:,} values", 2)


def is_deep(value: Any) -> bool:
    """Whether maps and lists nest deeper than a person would write."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
