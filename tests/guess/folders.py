"""Made-up folders of notes, to guess schemas for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tui.guess.guess import Guess, Said, guess
from tui.guess.survey import survey


def note(fields: Mapping[str, Any] | str | None = None, body: str = "Some text.\n") -> str:
    """A note with these fields: a map, or the lines of a header."""
    if fields is None:
        return body
    if not isinstance(fields, str):
        fields = yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{fields.rstrip()}\n---\n\n{body}"


def write(root: Path, notes: Mapping[str, str]) -> Path:
    """Write notes by their names below ``root``."""
    for name, text in notes.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def with_values(
    root: Path, field: str, counts: Mapping[Any, int], folder: str = "", **others: Any
) -> Path:
    """Notes that have these values of a field so many times, each with a title."""
    number = 0
    for value, count in counts.items():
        for _ in range(count):
            number += 1
            fields = {"title": f"About matter {field} {number}", field: value, **others}
            name = f"{folder}note {field} {number:04}.md"
            write(root, {name: note({key: one for key, one in fields.items() if one is not ...})})
    return root


def bare(root: Path, count: int, folder: str = "", body: str = "Some text.\n") -> Path:
    """Notes without a header."""
    return write(root, {f"{folder}bare {number:04}.md": body for number in range(count)})


def titled(root: Path, count: int, folder: str = "", **fields: Any) -> Path:
    """Notes with a title and other fields, the same in all."""
    for number in range(count):
        text = note({"title": f"Matter {folder} {number}", **fields})
        write(root, {f"{folder}titled {number:04}.md": text})
    return root


def guessed(root: Path, main: Iterable[str] = (), **said: Any) -> Guess:
    """What is guessed about a folder."""
    return guess(survey(root), Said(main=tuple(main), **said))
