"""U+0085, U+2028 and U+2029 in a header, which YAML 1.1 reads as line breaks."""

from __future__ import annotations

import yaml

_UNSEEN_BREAKS = ("\x85", "\u2028", "\u2029")
"""Characters that only YAML 1.1 takes for line breaks."""
_PRIVATE = range(0xE000, 0xF900)


def as_texts(header: str) -> tuple[str, dict[int, str]]:
    """Replace invisible line breaks in the header with private characters, and map them back.

    libyaml would end lines, comments and so values there.
    """
    found = [sign for sign in _UNSEEN_BREAKS if sign in header]
    if not found:
        return header, {}
    free = (chr(code) for code in _PRIVATE if chr(code) not in header)
    signs = dict(zip(found, free, strict=False))
    plain = header.translate({ord(sign): other for sign, other in signs.items()})
    return plain, {ord(other): sign for sign, other in signs.items()}


def restore(node: yaml.Node, signs: dict[int, str], seen: set[int]) -> None:
    """Put the original characters back into the values of a tree."""
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
