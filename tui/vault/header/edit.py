"""Change one field in a header's text and keep every other byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from tui.display import short
from tui.errors import EditRefused
from tui.vault.header.characters import folded, looks_like
from tui.vault.header.lines import leaf_end, line_end, line_start, newline_at
from tui.vault.header.parse import BOM, read_fields, tree_of
from tui.vault.header.scalar import Scalar, write_scalar
from tui.vault.header.typed import as_link

Value = Scalar | tuple[Any, ...]
"""A value for a field; a tuple is a list. Its items are scalars, or any YAML values that the
list already contains."""


class Missing:
    """Marks a field that is not in the header."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()

_AFTER_KEY = re.compile(r"[ \t]*:|\s*\n[ \t]*:")


class _Place(NamedTuple):
    """The place of a field in a header's text."""

    key: yaml.ScalarNode
    node: yaml.Node
    colon: int
    """The index after the colon."""


def change_field(header: str, field: str, value: Value | Missing, newline: str = "\n") -> str:
    """Set, add or remove (MISSING) one field in a header's YAML.

    Raises EditRefused when the field's lines cannot be identified for certain.
    The caller must still verify the result, see ``prove.change_text``.
    """
    if header.startswith(BOM):
        # libyaml skips it and counts from the next character.
        return BOM + change_field(header[1:], field, value, newline)
    root = tree_of(header)
    if root is None:
        return header if isinstance(value, Missing) else _add(header, None, field, value, newline)
    if not isinstance(root, yaml.MappingNode):
        raise EditRefused("The header is not a list of fields.")
    place = _find(header, root, field)
    if place is None:
        if isinstance(value, Missing):
            return header
        names = [key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode)]
        refuse_lookalike(names, field, "F or `sluice check --fix` renames it if that is safe")
        return _add(header, root, field, value, newline)
    if isinstance(value, Missing):
        return _remove(header, root, place)
    if isinstance(value, tuple):
        return _set_list(header, root, place, value, newline)
    return _set_scalar(header, root, place, value)


def change_key(header: str, old: str, new: str) -> str:
    """Rename one field in a header's YAML and keep every other byte.

    Raises EditRefused unless the name appears exactly once, as plain key.
    """
    if header.startswith(BOM):
        return BOM + change_key(header[1:], old, new)
    root = tree_of(header)
    if not isinstance(root, yaml.MappingNode):
        raise EditRefused("The header is not a list of fields.")
    keys = [key for key, _ in root.value if _is_named(key, old)]
    if len(keys) != 1:
        name = short(old)
        raise EditRefused(
            f"The header has {name} twice; remove one of them first."
            if keys
            else f"The header takes {name} from an alias; use an editor."
        )
    start, end = keys[0].start_mark.index, keys[0].end_mark.index
    if header[start:end].startswith(("&", "!", "*", "|", ">")):
        raise EditRefused(f"{short(old)} has an anchor or a tag; remove it first.")
    written = write_scalar(new, header[start:end], bool(root.flow_style))
    return header[:start] + written + header[end:]


def _is_named(key: yaml.Node, field: str) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value == field


def _find(header: str, root: yaml.MappingNode, field: str) -> _Place | None:
    found = [(key, node) for key, node in root.value if _is_named(key, field)]
    if not found:
        return None
    if len(found) > 1:
        raise EditRefused(f"The header has {field} twice; remove one of them first.")
    key, node = found[0]
    after = _AFTER_KEY.match(header, key.end_mark.index)
    if after is None:
        raise EditRefused(f"{field} has no colon after it; add one first.")
    if node.start_mark.index < key.end_mark.index:
        raise EditRefused(f"{field} is an alias of another value; write the value out first.")
    if header[node.start_mark.index : node.start_mark.index + 1] in ("&", "!", "*"):
        raise EditRefused(f"{field} has an anchor or a tag; remove it first.")
    if isinstance(node, yaml.MappingNode):
        raise EditRefused(f"{field} contains fields of its own; use an editor.")
    return _Place(key, node, after.end())


def refuse_lookalike(names: Iterable[str], field: str, advice: str) -> None:
    """Raise EditRefused when an existing field looks like the one to be added."""
    wanted = folded(field)
    for name in names:
        if folded(name) == wanted:
            raise EditRefused(
                f"The header has {looks_like(name, field)}, which looks like {field}; {advice}."
            )


def _is_link(header: str, node: yaml.Node) -> bool:
    """Whether the node is an unquoted link, which is one value."""
    return as_link(header[node.start_mark.index : node.end_mark.index]) is not None


def _set_scalar(header: str, root: yaml.MappingNode, place: _Place, value: Scalar) -> str:
    node = place.node
    start, end = node.start_mark.index, node.end_mark.index
    in_flow = bool(root.flow_style)
    if isinstance(node, yaml.SequenceNode) and not _is_link(header, node):
        from tui.vault.header import edit_list  # noqa: PLC0415 - for a list only

        written = write_scalar(value, "", in_flow)
        if node.flow_style:
            return edit_list.replace_flow_list(header, node, written)
        old_items = read_fields(header)[place.key.value]
        emptied = edit_list.change_block_list(header, node, old_items, (), place.colon)
        return f"{emptied[: place.colon]} {written}{emptied[place.colon + len(' []') :]}"
    old = header[start:end]
    if old[:1] in ("|", ">"):
        return _replace_block_scalar(header, place, write_scalar(value, "", in_flow))
    if old:
        return header[:start] + write_scalar(value, old, in_flow) + header[end:]
    return _fill_empty(header, place.colon, write_scalar(value, "", in_flow))


def _fill_empty(header: str, colon: int, written: str) -> str:
    """Write a value after a colon that is followed by nothing or only a comment."""
    blank = re.compile(r"[ \t]*(?=[\r\n]|\Z)").match(header, colon)
    rest = blank.end() if blank else colon
    return f"{header[:colon]} {written}{header[rest:]}"


def _replace_block_scalar(header: str, place: _Place, written: str) -> str:
    """Replace a block scalar's lines; keep the comment on its first line and blank lines below."""
    start, end = place.node.start_mark.index, place.node.end_mark.index
    head_end = line_end(header, start)
    head = header[start:head_end]
    comment = re.search(r"[ \t]+#.*", head)
    line_break = newline_at(header, start, "\n")
    keeps_blanks = "+" in head.split("#")[0]
    body = header[head_end:end]
    text_end = line_end(body, len(body.rstrip(" \t\r\n"))) if body.strip() else len(body)
    blanks = "" if keeps_blanks else body[text_end:]
    return (
        header[:start] + written + (comment[0].rstrip("\r\n") if comment else "") + line_break
        + blanks + header[end:]
    )  # fmt: skip


def _set_list(
    header: str, root: yaml.MappingNode, place: _Place, items: tuple[Any, ...], newline: str
) -> str:
    from tui.vault.header import edit_list  # noqa: PLC0415 - for a list only

    node = place.node
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.SequenceNode) and node.value and not _is_link(header, node):
        old = read_fields(header)[place.key.value]
        if node.flow_style:
            return edit_list.change_flow_list(header, node, old, items)
        return edit_list.change_block_list(header, node, old, items, place.colon)
    line_break = newline_at(header, start, newline)
    if root.flow_style or not items:
        written = "[" + ", ".join(write_scalar(item, "", True) for item in items) + "]"
        if header[start : start + 1] in ("|", ">"):
            return _replace_block_scalar(header, place, written)
        if start == end:
            return _fill_empty(header, place.colon, written)
        return header[:start] + written + header[end:]
    if "#" in header[start:end] and isinstance(node, yaml.SequenceNode):
        raise EditRefused(f"{place.key.value} has a comment inside its brackets; move it first.")
    layout = edit_list.ListLayout.of(root)
    block = edit_list.write_block_list(items, layout, root.start_mark.column, line_break)
    if header[start : start + 1] in ("|", ">"):
        if line_start(header, start) > place.colon:
            raise EditRefused(edit_list.UNSURE)
        text = _replace_block_scalar(header, place, "")
        at = line_end(text, place.colon)
        head = text[: place.colon] + text[place.colon : at].replace(" ", "", 1)
        return head + block + text[at:]
    rest = line_end(header, end)
    tail = header[end:rest].rstrip(" \t\r\n")
    if "#" in header[place.colon : start]:
        if tail:
            raise EditRefused(edit_list.UNSURE)
        return header[: line_start(header, start)] + block + header[rest:]
    return header[: place.colon] + tail + line_break + block + header[rest:]


def _add(header: str, root: yaml.MappingNode | None, field: str, value: Value, newline: str) -> str:
    """Add the field on its own lines at the end of the header."""
    if root is not None and root.flow_style:
        raise EditRefused(f"The header is written in braces; add {field} in an editor.")
    column = root.start_mark.column if root is not None else 0
    line_break = newline_at(header, 0, newline)
    key = " " * column + write_scalar(field)
    if isinstance(value, tuple) and value:
        from tui.vault.header import edit_list  # noqa: PLC0415 - for a list only

        block = edit_list.write_block_list(value, edit_list.ListLayout.of(root), column, line_break)
        return f"{header}{key}:{line_break}{block}"
    written = "[]" if isinstance(value, tuple) else write_scalar(value)
    return f"{header}{key}: {written}{line_break}"


def _remove(header: str, root: yaml.MappingNode, place: _Place) -> str:
    """The header without the field's lines."""
    if root.flow_style:
        raise EditRefused(
            f"The header is written in braces; remove {place.key.value} in an editor."
        )
    start, end = lines_of(header, place.key, place.node)
    return header[:start] + header[end:]


def lines_of(header: str, key: yaml.Node, node: yaml.Node) -> tuple[int, int]:
    """The start of a field's first line and the end of its last line."""
    end = max(leaf_end(node), key.end_mark.index)
    return line_start(header, key.start_mark.index), line_end(header, end)
