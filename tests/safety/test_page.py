"""What docs/safety.md says can be looked up."""

from __future__ import annotations

import re
from pathlib import Path

from tui.vault.disk import locks
from tui.vault.history import journal
from tui.vault.writing import writer

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")


def test_every_test_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", PAGE))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_safety_test_is_named_on_the_page() -> None:
    tests = {path.name for path in (ROOT / "tests" / "safety").glob("test_*.py")}
    assert {name for name in tests if f"tests/safety/{name}`" not in PAGE} == {"test_page.py"}


def test_the_numbers_are_the_programs() -> None:
    assert f"{locks.SLOTS} locks" in PAGE
    assert f"more than {locks.PATIENCE:.0f} seconds" in PAGE
    assert f"{journal.KEEP:,} to {2 * journal.KEEP:,} changes" in PAGE
    assert writer.ATTEMPTS == 5
    assert "five times at most" in PAGE
