"""Read a vault's ``sluice.yaml`` and merge it into the built-in schema."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode, YAMLError

from tui.errors import HeaderError, SchemaError
from tui.reasons import failed
from tui.triage.shape import mapping
from tui.vault.disk.contents import read_whole
from tui.vault.disk.folder import Opener, Outside
from tui.vault.header.parse import read_fields, tree_of

MOST = 1024 * 1024
"""The largest file to read, in bytes."""


def read_override(text: str, known: set[str]) -> Mapping[str, Any]:
    """Read the text of a vault's file. Raises SchemaError."""
    try:
        data = read_fields(text, first_line=1)
    except HeaderError as error:
        raise SchemaError(f"not valid YAML: {error}; fix or move the file.") from error
    return mapping(data, "the file", known)


def line_of(text: str, named: object) -> int | None:
    """The first line of YAML that has ``named`` as a key or value; None if there is none.

    A tuple has keys that lead to it: where it is not found, the line of the last key counts.
    """
    try:
        node = tree_of(text)
    except (HeaderError, YAMLError):
        return None
    *keys, wanted = named if isinstance(named, tuple) else (named,)
    line: int | None = None
    for key in keys:
        pair = next((pair for pair in _pairs(node) if pair[0].value == key), None)
        if pair is None:
            break
        line, node = _line(pair[0]), pair[1]
    for key, _ in _pairs(node) if keys else ():
        if key.value == wanted:
            return _line(key)
    found = _found(node, str(wanted))
    return line if found is None else found


def doubled_keys(text: str) -> Iterator[tuple[str, int, int]]:
    """The keys that a map of YAML has twice, with the lines of the first and the last one."""
    waiting, seen = [tree_of(text)], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            # An alias, perhaps of what it is in.
            continue
        seen.add(id(node))
        places: dict[str, list[int]] = {}
        for key, value in _pairs(node):
            if isinstance(key, ScalarNode) and key.value != "<<":
                places.setdefault(key.value, []).append(_line(key))
            waiting.append(value)
        if isinstance(node, SequenceNode):
            waiting += node.value
        yield from ((name, of[0], of[-1]) for name, of in places.items() if len(of) > 1)


def _found(tree: Node | None, wanted: str) -> int | None:
    waiting, seen = [tree], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode) and node.value == wanted:
            return _line(node)
        waiting += [part for pair in reversed(_pairs(node)) for part in reversed(pair)]
        if isinstance(node, SequenceNode):
            waiting += reversed(node.value)
    return None


def _pairs(node: Node | None) -> Sequence[tuple[Node, Node]]:
    return node.value if isinstance(node, MappingNode) else ()


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def read_text(root: Path, name: str) -> str | None:
    """The file's text; None when neither a file nor a link exists. Raises SchemaError."""
    try:
        data = _read(root, name)
    except FileNotFoundError:
        if os.path.lexists(root / name):
            raise SchemaError("a broken link; fix or remove it.") from None
        return None
    except Outside as error:
        raise SchemaError(
            "a link that leaves the folder, which sluice does not follow; put the file itself here."
        ) from error
    except OSError as error:
        raise SchemaError(f"cannot be read {failed(error, 'read')}") from error
    if len(data) > MOST:
        raise SchemaError("larger than 1 MB, too large for a schema; move it away.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError("not UTF-8 text; save it as UTF-8.") from error


def _read(root: Path, name: str) -> bytes:
    """The file's bytes, at most one more than ``MOST``. Raises OSError and SchemaError."""
    data = None
    try:
        with Opener(str(root)) as opener:
            descriptor = opener.open(name)
        try:
            data, _ = read_whole(descriptor, MOST)
        finally:
            os.close(descriptor)
    except OSError as error:
        # The errors for a folder and for a socket.
        if error.errno not in (errno.EISDIR, errno.ENXIO):
            raise
    if data is None:
        raise SchemaError("not a regular file; move it away.")
    return data


WHOLE = ("values", "views", "passes", "lookup", "moves", "stamps", "wants", "targets")
"""Maps that are replaced, not merged: leaving out an entry removes it."""


def merge(base: Any, over: Any) -> Any:
    """Merge ``over`` into ``base``; maps are merged, and null removes a key."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value if key in WHOLE else merge(base.get(key), value)
    return merged
