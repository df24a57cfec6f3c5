"""Write saved views to ``config.yaml`` and keep every other byte."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from tui.errors import SettingsError
from tui.private import read_given, replacing
from tui.reasons import failed
from tui.state.config import CONFIG_FILE, MOST, Config, read_config, unreadable
from tui.state.views import View

_BOM = b"\xef\xbb\xbf"
_INDENT = "  "
Edit = tuple[int, int, str]
"""A replacement in the text: start, end, new text."""


def save_view(folder: Path, view: View, instead_of: str = "") -> Config:
    """Save a view in the config file, replacing one called ``instead_of`` or of the same name.

    Returns the new settings. Raises SettingsError; the file is then unchanged.
    """

    def change(views: dict[str, View]) -> dict[str, View]:
        kept = {name: known for name, known in views.items() if name != instead_of}
        return {**kept, view.name: view}

    return _edit(folder, change)


def remove_view(folder: Path, name: str) -> Config:
    """Remove a view from the config file. Returns and raises as ``save_view`` does."""
    return _edit(folder, lambda views: {n: view for n, view in views.items() if n != name})


def _edit(folder: Path, change: Callable[[dict[str, View]], dict[str, View]]) -> Config:
    path = folder / CONFIG_FILE
    before = _read(path)
    mark = _BOM if before.startswith(_BOM) else b""
    try:
        text = before.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        raise unreadable(path, error) from error
    config = read_config(path, text)
    wanted = change(dict(config.views))
    after = _with_views(text, dict(config.views), wanted)
    _prove(path, text, after, wanted)
    _replace(path, before, mark + after.encode())
    return read_config(path, after)


def _read(path: Path) -> bytes:
    try:
        return read_given(path, MOST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise unreadable(path, error) from error


def _prove(path: Path, before: str, after: str, wanted: dict[str, View]) -> None:
    """Refuse a text whose settings are not exactly as intended."""
    old, new = (_others(text) for text in (before, after))
    if old != new or dict(read_config(path, after).views) != wanted:
        raise SettingsError(
            f"sluice cannot change {path} safely; add the view below `views:` yourself."
        )


def _others(text: str) -> dict[object, object]:
    try:
        values = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        return {"": None}
    return {key: value for key, value in values.items() if key != "views"}


# The text


def _with_views(text: str, had: dict[str, View], wanted: dict[str, View]) -> str:
    """The text with the wanted views; lines of unchanged views stay."""
    end = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        return text
    views = next(((key, value) for key, value in pairs if key.value == "views"), None)
    if views is None:
        return _append(text, end, ["views:", *_lines(wanted.values(), _INDENT)])
    key, value = views
    if not isinstance(value, yaml.MappingNode) or value.flow_style or not value.value:
        return _written_anew(text, end, key, value, wanted)
    return _changed(text, end, value, had, wanted)


def _append(text: str, end: str, lines: list[str]) -> str:
    body = text if not text or text.endswith("\n") else text + end
    return body + "".join(line + end for line in lines)


def _written_anew(
    text: str, end: str, key: yaml.Node, value: yaml.Node, wanted: dict[str, View]
) -> str:
    """Rewrite the whole block, which was empty or written in braces."""
    colon = text.index(":", key.end_mark.index)
    holds = value.end_mark.index > value.start_mark.index
    stop = value.end_mark.index if holds else colon + 1
    # A comment after it stays after the key.
    rest, _, below = text[stop:].partition("\n")
    lines = [text[: colon + 1] + rest.rstrip("\r"), *_lines(wanted.values(), _INDENT)]
    return "".join(line + end for line in lines) + below


def _changed(
    text: str, end: str, node: yaml.MappingNode, had: dict[str, View], wanted: dict[str, View]
) -> str:
    """The block with single entries replaced, removed and added."""
    edits: list[Edit] = []
    indent = _INDENT
    last = 0
    left = [view for view in wanted.values() if view.name not in had]
    for key, value in node.value:
        begin, stop = key.start_mark.index, _stop(text, value, key)
        indent = " " * key.start_mark.column
        last = stop
        name = str(yaml.safe_load(text[begin : key.end_mark.index]))
        view = wanted.get(name)
        if view is None and left:
            # A renamed view keeps its place.
            view = left.pop(0)
        if view is None:
            line = text.rfind("\n", 0, begin) + 1
            edits.append((line, _line_end(text, stop), ""))
        elif had.get(name) != view:
            edits.append((begin, stop, _entry(view)))
    if left:
        added = "".join(end + indent + _entry(view) for view in left)
        place = _line_end(text, last, whole=False)
        edits.append((place, place, added))
    for begin, stop, put in sorted(edits, reverse=True):
        text = text[:begin] + put + text[stop:]
    return text


def _stop(text: str, node: yaml.Node, key: yaml.Node) -> int:
    """The end of a value; a block's own end mark is after the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        last_key, last = node.value[-1]
        return _stop(text, last, last_key)
    if node.start_mark.index == node.end_mark.index:
        # The value is empty.
        return text.index(":", key.end_mark.index) + 1
    begin = node.start_mark.index
    return begin + len(text[begin : node.end_mark.index].rstrip())


def _line_end(text: str, index: int, *, whole: bool = True) -> int:
    """The end of the line at an index, after or before its line break."""
    found = text.find("\n", index)
    if found < 0:
        return len(text)
    if whole:
        return found + 1
    return found - 1 if text[found - 1] == "\r" else found


def _lines(views: Iterable[View], indent: str) -> list[str]:
    return [indent + _entry(view) for view in views]


def _entry(view: View) -> str:
    """A view as one line of YAML."""
    query = json.dumps(view.query, ensure_ascii=False)
    if view.sort:
        query = f"{{query: {query}, sort: {_word(view.sort)}}}"
    return f"{_word(view.name)}: {query}"


def _word(text: str) -> str:
    """A name, quoted unless YAML reads it unchanged."""
    plain = text.replace(" ", "").replace("-", "").replace("_", "")
    if plain.isascii() and plain.isalnum() and not text.startswith("-"):
        with contextlib.suppress(yaml.YAMLError):
            if yaml.safe_load(text) == text:
                return text
    if text.startswith("-") and plain.isascii() and plain.isalpha() and " " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


# The file


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Replace the file atomically, unless someone else wrote it meanwhile."""
    # A config file is often a link into a dotfiles folder: keep the link.
    real = path.resolve()
    temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else None
        with replacing(real, temporary) as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(mode)
            if _read(real) != before:
                raise SettingsError(f"Another program just changed {path}; save again.")
    except OSError as error:
        raise SettingsError(
            f"Cannot write {path} {failed(error, 'write', ', so the view is not saved')}"
        ) from error
