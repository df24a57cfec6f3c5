"""Sources made from a header's text, and what a check says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.triage.schema import Schema, load_schema
from tui.vault.reading.one_file import source_from
from tui.vault.source import Source, Stamp


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def read() -> Callable[..., Source]:
    """Read a source from its header's lines, or from a whole file's text."""

    def source(header: str, name: str = "SOURCE-a.md", whole: bool = False) -> Source:
        text = header if whole else f"---\n{header}\n---\nBody.\n"
        found = source_from(Path("/vault"), name, text, Stamp(0, 0, 0))
        assert found is not None
        return found

    return source
