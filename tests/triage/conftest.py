"""Sources made of nothing but their fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.triage.schema import Schema, load_schema
from tui.vault.source import Problem, Source, Stamp

Make = Callable[..., Source]


@pytest.fixture
def schema() -> Schema:
    """The schema sluice starts from."""
    return load_schema()


@pytest.fixture
def make() -> Make:
    """Makes a source with these fields."""

    def made(name: str = "SOURCE-x.md", problem: str = "", **fields: Any) -> Source:
        stopped = Problem(problem, 2) if problem else None
        return Source(Path("/vault"), name, fields, "", stopped, Stamp(1, 1, 1))

    return made
