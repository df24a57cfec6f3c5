"""Every field of real headers set to another value of its kind; nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from tui.errors import EditRefused, ValueRefused
from tui.triage import changes, lists
from tui.triage.alike import class_of
from tui.triage.redate import day_of
from tui.triage.schema import Schema, load_schema
from tui.vault.header.parse import find_header
from tui.vault.header.typed import text_of
from tui.vault.reading.one_file import source_from
from tui.vault.source import Source, Stamp
from tui.vault.writing.prove import change_text

SHARED = Path(__file__).parents[3] / "shared"
HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_BUILT_IN = load_schema()
SCHEMA = _BUILT_IN._replace(
    fields={}, shorts={}, roles=_BUILT_IN.roles._replace(status="no such field")
)
"""One that knows no field: the kind of each is what the header holds."""


def files() -> Iterator[tuple[str, str]]:
    """The real files that begin with a header, and their texts."""
    for folder in ("corpus", "vaults"):
        for path in sorted((SHARED / folder).rglob("*.md*")):
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            if path.is_file() and find_header(text) is not None:
                yield path.relative_to(SHARED).as_posix(), text


def another(value: Any) -> str:
    """What a person types who means another value of the same kind."""
    kind = class_of(value)
    if kind == "yes or no":
        return "no" if text_of(value).lower() in ("yes", "true", "on") else "true"
    if kind == "number":
        return "7.5" if "." in str(value) else "7"
    if kind == "date" or day_of(text_of(value)):
        return "2031-04-05"
    return "7" if text_of(value).isdigit() else "Another: value"


def plain(text: str) -> dict[Any, Any]:
    """The header, read without any code of sluice."""
    span = find_header(text)
    assert span is not None
    found = yaml.safe_load(text[span.start : span.end])
    return found if isinstance(found, dict) else {}


def same_kind(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return [type(item) for item in one] == [type(item) for item in other][: len(one)]
    return type(one) is type(other)


def tried(schema: Schema, source: Source, field: str, text: str) -> str | None:
    """The file's text after the field was set to another value; None where that is refused."""
    value = source.fields[field]
    try:
        if isinstance(value, list):
            item = another(value[-1]) if value else "new"
            planned = lists.append_item(schema, [source], field, item)
        else:
            planned = changes.set_field(schema, [source], field, another(value))
        return change_text(text, {edit.field: edit.value for edit in planned.edits})
    except (EditRefused, ValueRefused):
        return None


def test_no_real_value_changes_its_kind() -> None:
    if not SHARED.is_dir():
        pytest.skip("the real sources are not on this machine")
    count, wrong = Counter[str](), []
    # One in eight: all of them take a minute, and were tried.
    for name, text in islice(files(), 0, None, 8):
        source = source_from(Path("/vault"), "SOURCE-x.md", text, Stamp(1, 1, 1))
        if source is None or source.problem is not None:
            count["files that cannot be read"] += 1
            continue
        count["files"] += 1
        before = plain(text)
        for field in source.fields:
            value = source.fields[field]
            if value is None or isinstance(value, dict | set):
                continue
            after_text = tried(SCHEMA, source, field, text)
            if after_text is None:
                count["refused"] += 1
                continue
            count["edits"] += 1
            after = plain(after_text)
            old = [(key, held) for key, held in before.items() if text_of(key) != field]
            new = [(key, held) for key, held in after.items() if text_of(key) != field]
            was = next((held for key, held in before.items() if text_of(key) == field), None)
            now = next((held for key, held in after.items() if text_of(key) == field), None)
            if repr(old) != repr(new) or not same_kind(was, now):
                wrong.append((name, field, was, now))
    assert wrong == []
    assert count["edits"] > count["refused"]
