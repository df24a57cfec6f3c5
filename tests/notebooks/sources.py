"""Sources made of what a test says about them."""

from pathlib import Path

from tui.vault.source import Problem, Source, Stamp

ROOT = Path("/vault")


def a_source(name="a.md", *, heading="", problem=None, mtime=0, **fields):
    """A source with these fields in its header."""
    found = Problem(problem, 1) if problem else None
    return Source(ROOT, name, fields, heading, found, Stamp(1, int(mtime * 1e9), 1))
