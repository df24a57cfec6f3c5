"""The starts and ends of lines, for all kinds of line breaks."""

from __future__ import annotations

import re

import yaml

BREAK = re.compile(r"\r\n|\r|\n")
"""The end of a line, as editors count them."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its break, or the last one without."""


def line_start(text: str, index: int) -> int:
    """The index of the first character of the line that ``index`` is on."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """The index after the line break of the line that ``index`` is on.

    An index right after a line break belongs to the line before it: block scalars end there.
    """
    if index and text[index - 1] in "\r\n" and not text.startswith("\r\n", index - 1):
        return index
    ends = [end for end in (text.find("\n", index), text.find("\r", index)) if end >= 0]
    if not ends:
        return len(text)
    end = min(ends)
    return end + 2 if text.startswith("\r\n", end) else end + 1


def newline_at(text: str, index: int, default: str) -> str:
    """The line break at the end of the line that ``index`` is on."""
    end = line_end(text, index)
    if end == index < len(text):
        end = line_end(text, index + 1)
    for newline in ("\r\n", "\n", "\r"):
        if text[:end].endswith(newline):
            return newline
    return default


def leaf_end(node: yaml.Node) -> int:
    """The end of a node's last character; a block node's own end mark is too far down."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return int(node.end_mark.index)
    children = (
        node.value
        if isinstance(node, yaml.SequenceNode)
        else [part for pair in node.value for part in pair]
    )
    return max(leaf_end(child) for child in children) if children else int(node.end_mark.index)
