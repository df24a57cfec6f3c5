"""U+0085, U+2028 and U+2029 in a header, which YAML 1.1 takes for the ends of lines."""

from __future__ import annotations

import yaml

_UNSEEN_BREAKS = ("\x85", "\u2028", "\u2029")
"""What ends a line to YAML 1.1, and to nobody else."""
_PRIVATE = range(0xE000, 0xF900)


def as_texts(header: str) -> tuple[str, dict[int, str]]:
    """The header with private signs for unseen line breaks, and what each stands for.

    libyaml ends lines, comments and with them values at those; here they are as other letters.
    """
    found = [sign for sign in _UNSEEN_BREAKS if sign in header]
    if not found:
        return header, {}
    free = (chr(code) for code in _PRIVATE if chr(code) not in header)
    signs = dict(zip(found, free, strict=False))
    plain = header.translate({ord(sign): other for sign, other in signs.items()})
    return plain, {ord(other): sign for sign, other in signs.items()}


def restore(node: yaml.Node, signs: dict[int, str], seen: set[int]) -> None:
    """The values of a tree as they are written."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        node.value = node.value.translate(signs)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            restore(item, signs, seen)
    else:
        for key, value in node.value:
            restore(key, signs, seen)
            restore(value, signs, seen)
