"""Manifest: what of a notebook is where, for a person's own uploader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import NamedTuple

JSON_NAME = "manifest.json"
CSV_NAME = "manifest.csv"


class Row(NamedTuple):
    """A source of a notebook, or a part of one, and how it gets there."""

    source: str
    """The source's path in the vault."""
    title: str
    route: str
    """``address`` or ``file``."""
    reason: str
    address: str = ""
    file: str = ""
    """The name of the exported file that has it; empty if there is none."""
    hash: str = ""
    """SHA-256 of that file, in hex."""
    sent: str = ""
    """The day of its last delivery; empty if there was none."""
    left_out: str = ""
    """Why it was not exported, where that went wrong."""


_EMPTY_IS_NULL = ("address", "file", "hash", "sent", "left_out")
_HEAD = ("source", "route", "file", "hash", "title", "address", "reason", "sent", "left_out")


def manifest_json(notebook: str, rows: Sequence[Row]) -> bytes:
    """The manifest as one JSON object, a source on each line."""
    lines = ",\n".join(f"    {_dumped(_object(row))}" for row in rows)
    sources = f"[\n{lines}\n  ]" if rows else "[]"
    return f'{{\n  "notebook": {_dumped(notebook)},\n  "sources": {sources}\n}}\n'.encode()


def _object(row: Row) -> dict[str, str | None]:
    values = row._asdict()
    return {name: values[name] or (None if name in _EMPTY_IS_NULL else "") for name in _HEAD}


def _dumped(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        # The name of a file that is not UTF-8.
        text = json.dumps(value)
    return text


def manifest_csv(rows: Sequence[Row]) -> bytes:
    """The manifest as CSV with a heading, a source on each line."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    write(_HEAD)
    for row in rows:
        values = row._asdict()
        write([values[name] for name in _HEAD])
    return file.getvalue().encode("utf-8", "backslashreplace")
