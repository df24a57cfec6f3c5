"""Change a list in a header's text item by item; unchanged items keep their bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from tui.errors import EditRefused
from tui.vault.header.lines import leaf_end, line_end, line_start
from tui.vault.header.scalar import write_scalar
from tui.vault.header.typed import Typed, as_link

UNSURE = "sluice cannot change this list safely; use an editor."
COMMENTED = "The list has comments inside its brackets; use an editor."


class ListLayout(NamedTuple):
    """The layout of a header's block lists."""

    indent: int
    quote: str

    @classmethod
    def of(cls, root: yaml.MappingNode | None) -> ListLayout:
        """The layout of most block lists in the header; two spaces when there are none."""
        indents: Counter[int] = Counter()
        quotes: Counter[str] = Counter()
        for key, node in root.value if root is not None else ():
            if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
                indents[node.start_mark.column - key.start_mark.column] += 1
                quotes.update(
                    item.style or "" for item in node.value if isinstance(item, yaml.ScalarNode)
                )
        indent = indents.most_common(1)[0][0] if indents else 2
        quote = quotes.most_common(1)[0][0] if quotes else '"'
        return cls(max(indent, 0), quote if quote in ("'", '"') else "")


def write_block_list(items: tuple[Any, ...], layout: ListLayout, column: int, newline: str) -> str:
    """The lines of a new block list, for a key at ``column``."""
    lead = " " * (column + layout.indent) + "- "
    return "".join(f"{lead}{write_scalar(item, layout.quote)}{newline}" for item in items)


def _identity(value: Any) -> tuple[str, str]:
    """A key that differs for 1, True and "1"."""
    if isinstance(value, Typed) and value.is_link:
        value = str(value)
    return type(value).__name__, repr(value)


class _Reuse(NamedTuple):
    """The places of old items, each reused at most once."""

    pool: dict[tuple[str, str], list[int]]

    @classmethod
    def of(cls, old: Sequence[Any], places: Iterable[int]) -> _Reuse:
        pool: dict[tuple[str, str], list[int]] = {}
        for place in places:
            pool.setdefault(_identity(old[place]), []).append(place)
        return cls(pool)

    def take(self, value: Any) -> int | None:
        places = self.pool.get(_identity(value))
        return places.pop(0) if places else None


def _check_nodes(node: yaml.SequenceNode, old: list[Any]) -> None:
    previous = node.start_mark.index - 1
    for item in node.value:
        if item.start_mark.index <= previous:
            raise EditRefused("The list contains an alias; write its value out first.")
        previous = item.start_mark.index
    if len(old) != len(node.value):
        raise EditRefused(UNSURE)


def change_block_list(
    header: str, node: yaml.SequenceNode, old: list[Any], new: tuple[Any, ...], colon: int
) -> str:
    """Replace the items ``old`` of a block list with ``new``.

    ``colon`` is the index after the key's colon, where ``[]`` goes when the list becomes empty.
    """
    _check_nodes(node, old)
    chunks = _block_chunks(header, node)
    first, last = chunks[0][0], chunks[-1][1]
    gaps = [header[above[1] : below[0]] for above, below in pairwise(chunks)]
    if not new:
        kept = "".join(gaps)
        return f"{header[:colon]} []{header[colon:first]}{kept}{header[last:]}"
    texts = [header[start:end] for start, end in chunks]
    write = _item_writer(header, node, chunks)

    def replace(at: int, item: Any) -> str:
        return _in_its_place(header, node.value[at], chunks[at], item) or write(item)

    return header[:first] + arranged(old, new, texts, gaps, (write, replace)) + header[last:]


def arranged(
    old: Sequence[Any],
    new: Sequence[Any],
    texts: Sequence[str],
    gaps: Sequence[str],
    writers: tuple[Callable[[Any], str], Callable[[int, Any], str]],
) -> str:
    """The lines of a list's ``new`` items.

    ``texts`` are the lines of its old items, ``gaps`` those between two of them. The first writer
    makes the lines of an item, the second those of one that replaces an old item.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a list's change compares

    write, replace = writers
    same = SequenceMatcher(None, list(map(_identity, old)), list(map(_identity, new)), False)
    staying = {
        i for block in same.get_matching_blocks() for i in range(block.a, block.a + block.size)
    }
    moved = _Reuse.of(old, (i for i in range(len(old)) if i not in staying))
    pieces: list[str] = []
    for tag, old_from, old_to, new_from, new_to in same.get_opcodes():
        if tag == "equal":
            for i in range(old_from, old_to):
                pieces += [gaps[i - 1] if i else "", texts[i]]
            continue
        if old_to - old_from == new_to - new_from:
            # One item replaces another: its comment and quotes stay.
            for i, item in zip(range(old_from, old_to), new[new_from:new_to], strict=True):
                at = moved.take(item)
                pieces += [gaps[i - 1] if i else "", replace(i, item) if at is None else texts[at]]
            continue
        fresh = []
        for item in new[new_from:new_to]:
            at = moved.take(item)
            fresh.append(write(item) if at is None else texts[at])
        dropped = [gaps[i - 1] for i in range(old_from, old_to) if i]
        # A comment between items stays when the item below it goes.
        pieces += [*dropped, *fresh] if tag == "replace" else [*fresh, *dropped]
    return "".join(pieces)


def _in_its_place(header: str, node: yaml.Node, chunk: tuple[int, int], item: Any) -> str | None:
    """An item's lines with a new value; None when the item shares its lines."""
    start, end = node.start_mark.index, node.end_mark.index
    written = header[start:end]
    if not isinstance(node, yaml.ScalarNode) or not written or written[0] in "|>&!*":
        return None
    return header[chunk[0] : start] + write_scalar(item, written) + header[end : chunk[1]]


def _item_writer(header: str, node: yaml.SequenceNode, chunks: list[tuple[int, int]]) -> Any:
    lead = " " * node.start_mark.column + "-"
    sample = node.value[-1]
    between = header[chunks[-1][0] + len(lead) : sample.start_mark.index]
    gap = between if between.strip(" ") == "" and between else " "
    quote = (sample.style or "") if isinstance(sample, yaml.ScalarNode) else ""
    style = quote if quote in ("'", '"') else ""
    end = header[: chunks[0][1]]
    newline = "\r\n" if end.endswith("\r\n") else end[-1:]

    def write(item: Any) -> str:
        return f"{lead}{gap}{write_scalar(item, style)}{newline}"

    return write


def _block_chunks(header: str, node: yaml.SequenceNode) -> list[tuple[int, int]]:
    """The start and end of each item's lines, from the line of its dash."""
    column = node.start_mark.column
    chunks: list[tuple[int, int]] = []
    position = line_start(header, node.start_mark.index)
    for item in node.value:
        while not _is_dash_line(header, position, column):
            if position > item.start_mark.index or position >= len(header):
                raise EditRefused(UNSURE)
            position = line_end(header, position + 1)
        end = line_end(header, max(leaf_end(item), position + column + 1))
        if item.start_mark.index > end or (chunks and position < chunks[-1][1]):
            raise EditRefused(UNSURE)
        chunks.append((position, end))
        position = end
    return chunks


def _is_dash_line(header: str, start: int, column: int) -> bool:
    lead = header[start : start + column]
    return (
        len(lead) == column
        and not lead.strip(" ")
        and header[start + column : start + column + 1] == "-"
        and header[start + column + 1 : start + column + 2] in ("", " ", "\t", "\r", "\n")
    )


def change_flow_list(
    header: str, node: yaml.SequenceNode, old: list[Any], new: tuple[Any, ...]
) -> str:
    """Replace the items ``old`` of a flow list with ``new``."""
    _check_nodes(node, old)
    spans = [(item.start_mark.index, leaf_end(item)) for item in node.value]
    texts = [header[a:b] for a, b in spans]
    joints = [header[above[1] : below[0]] for above, below in pairwise(spans)]
    if not new:
        return replace_flow_list(header, node, "[]")
    written = joined(old, new, texts, joints, lambda item, style: write_scalar(item, style, True))
    start, end = node.start_mark.index, node.end_mark.index
    changed = header[start : spans[0][0]] + written + header[spans[-1][1] : end]
    if as_link(changed):
        # A list left alone in its list reads as a link without the space.
        changed = f"{changed[0]} {changed[1:]}"
    return header[:start] + changed + header[end:]


def joined(
    old: Sequence[Any],
    new: Sequence[Any],
    texts: Sequence[str],
    joints: Sequence[str],
    write: Callable[[Any, str], str],
) -> str:
    """The ``new`` items of a list in brackets, from the first to the last.

    ``texts`` are its old items, ``joints`` what is between two of them. ``write`` makes the text
    of an item in the style of another one. Raises EditRefused.
    """
    if len(new) != len(old) and any("#" in joint for joint in joints):
        raise EditRefused(COMMENTED)
    reuse = _Reuse.of(old, range(len(old)))
    style = texts[-1][:1] if texts[-1][:1] in ("'", '"') else ""
    # An item that replaces another takes over its quotes.
    styles = texts if len(new) == len(old) else [style] * len(new)
    default = joints[0] if joints and joints[0].strip() == "," else ", "
    pieces: list[str] = []
    above: int | None = None
    for i, (item, like) in enumerate(zip(new, styles, strict=True)):
        at = reuse.take(item)
        if i:
            beside = above is not None and at == above + 1
            same_place = joints[i - 1] if len(new) == len(old) else default
            pieces.append(joints[at - 1] if at and beside else same_place)
        pieces.append(write(item, like) if at is None else texts[at])
        above = at
    return "".join(pieces)


def replace_flow_list(header: str, node: yaml.SequenceNode, written: str) -> str:
    """Replace a flow list without comments with ``written``."""
    start = node.start_mark.index
    for item in node.value:
        if "#" in header[start : item.start_mark.index]:
            raise EditRefused(COMMENTED)
        start = leaf_end(item)
    if "#" in header[start : node.end_mark.index]:
        raise EditRefused(COMMENTED)
    return header[: node.start_mark.index] + written + header[node.end_mark.index :]
