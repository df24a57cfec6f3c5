"""One act on a vault in a process of its own, between two marks a tracer can see.

python -m tests.safety.act ROOT STATE ACT
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from tests.safety.small import ADDED, FIELDS, draft_text, text
from tui.state.drafts import Drafts
from tui.vault.vault import FieldEdit, NewFile, Vault

BEGINS, ENDS = "/sluice-begins", "/sluice-ends"


def act(root: Path, state: Path, name: str) -> None:
    """Do it, having read what is needed before."""
    vault = Vault(root, state)
    vault.load()
    edits = [FieldEdit(source, field, "new") for source in vault.sources for field in FIELDS]
    drafts = Drafts(state / "drafts")
    acts = {
        "change": lambda: vault.commit("all", edits),
        "undo": vault.undo,
        "redo": vault.redo,
        "add": lambda: vault.create("add", lambda: NewFile(ADDED, text("new"))),
        "draft": lambda: drafts.put("a.md", draft_text("new")),
    }
    mark(BEGINS)
    acts[name]()
    mark(ENDS)


def mark(path: str) -> None:
    """A system call that does nothing and stands out."""
    with contextlib.suppress(FileNotFoundError):
        os.open(path, os.O_RDONLY)


if __name__ == "__main__":
    act(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
