"""A small vault to be killed in, and what must be true of it afterwards."""

from __future__ import annotations

import os
from pathlib import Path

from tui.state.drafts import Drafts
from tui.vault.vault import FieldEdit, NewFile, Vault

NAMES = ("a.md", "deep/b.md", "deep/c.md")
ADDED = "deep/SOURCE-d.md"
"""A source that is added."""
FIELDS = ("tier", "status")
BIG = bool(os.environ.get("SLUICE_SWEEPS"))
"""Whether the long sweeps are wanted (`.ci/run --sweeps`)."""


def text(value: str) -> str:
    """A source whose fields hold ``value``, longer than one write of Python's buffers."""
    header = "".join(f"{field}: {value} # kept\n" for field in FIELDS)
    return f"---\r\n{header}---\n" + "body\n" * 4_000


def draft_text(value: str) -> str:
    """A draft that is longer than one write."""
    return f"{value} insight " * 2_000


def build(folder: Path) -> tuple[Path, Path]:
    """A vault of three sources with a draft, and its state folder."""
    root, state = folder / "vault", folder / "state"
    for name in NAMES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text("old").encode())
    Drafts(state / "drafts").put("a.md", draft_text("old"))
    return root, state


def commit_all(vault: Vault, value: str) -> None:
    """One change of every field of every source."""
    edits = [FieldEdit(source, field, value) for source in vault.sources for field in FIELDS]
    vault.commit(value, edits)


def check_whole(root: Path, state: Path, *, turned: bool = False) -> dict[str, str]:
    """What each file holds after the next start: old or new, never anything else.

    Nothing else is there, and the journal says the same as the files. A change that was
    ``turned`` (undone or redone) when it was killed counts as made while any file holds it.
    """
    vault = Vault(root, state)
    vault.load()
    found = {name: (root / name).read_bytes() for name in NAMES}
    by_bytes = {text(value).encode(): value for value in ("old", "new")}
    held = {name: by_bytes[data] for name, data in found.items()}
    entries = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    assert entries == {*NAMES, "deep"}
    assert Drafts(state / "drafts").get("a.md") in (draft_text("old"), draft_text("new"))
    kept = {path.name for path in state.rglob("*") if path.is_file()}
    assert not [name for name in kept if "tmp" in name or "bad" in name or "-" in name]
    said = {name for change in vault.log() if not change.undone for name in change.names}
    made = {name for name, value in held.items() if value == "new"}
    assert said >= made
    assert bool(said) == bool(made) if turned else said == made
    return held


def check_added(root: Path, state: Path) -> None:
    """After the next start the added file is there whole or not at all, as the journal says.

    Nothing else is there, and it can be taken away and added again.
    """
    vault = Vault(root, state)
    vault.load()
    entries = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    assert entries in ({*NAMES, "deep"}, {*NAMES, "deep", ADDED})
    there = ADDED in entries
    assert not there or (root / ADDED).read_bytes() == text("new").encode()
    assert there == any(not change.undone for change in vault.log())
    if there:
        vault.undo()
    else:
        vault.create("add", lambda: NewFile(ADDED, text("new")))
    assert (root / ADDED).exists() != there


def check_undo(root: Path, state: Path) -> None:
    """What was changed can be taken back, and everything be changed anew."""
    vault = Vault(root, state)
    vault.load()
    while any(not change.undone for change in vault.log()):
        vault.undo()
    assert {(root / name).read_bytes() for name in NAMES} == {text("old").encode()}
    commit_all(vault, "new")
    assert {(root / name).read_bytes() for name in NAMES} == {text("new").encode()}
