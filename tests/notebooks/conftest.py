"""Sources made of nothing but their fields, and schemas from the text of a ``sluice.yaml``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.triage.schema import Schema, load_schema
from tui.vault.source import Source, Stamp

Make = Callable[..., Source]


@pytest.fixture
def schema() -> Schema:
    """The schema sluice starts from."""
    return load_schema()


@pytest.fixture
def schema_of(tmp_path: Path) -> Callable[[str], Schema]:
    """The schema of a folder with this ``sluice.yaml``."""

    def of(text: str) -> Schema:
        (tmp_path / "sluice.yaml").write_text(text, encoding="utf-8")
        return load_schema(tmp_path)

    return of


@pytest.fixture
def make() -> Make:
    """Makes a source with these fields."""

    def made(name: str = "SOURCE-x.md", **fields: Any) -> Source:
        return Source(Path("/vault"), name, fields, "", None, Stamp(1, 1, 1))

    return made
