"""What the processes of the tests do: change without end, change many, write as a stranger."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from tests.safety.small import commit_all, draft_text
from tui.errors import Conflict, SluiceError, UnknownSource
from tui.state.drafts import Drafts
from tui.triage.conditions import conditions_of
from tui.triage.schema import load_schema
from tui.vault.vault import FieldEdit, Vault

SPAWN = get_context("forkserver")
"""Processes that begin within milliseconds and share nothing with the tests."""
SPAWN.set_forkserver_preload(["tests.safety.workers"])


def change_without_end(root: Path, state: Path, ready: Connection) -> None:
    """Change, undo, redo and keep drafts until somebody kills us."""
    vault, drafts = Vault(root, state), Drafts(state / "drafts")
    vault.load()
    ready.send("begun")
    while True:
        commit_all(vault, "new")
        drafts.put("a.md", draft_text("new"))
        vault.undo()
        vault.redo()
        drafts.put("a.md", draft_text("old"))
        vault.undo()


def set_field(root: Path, state: Path, field: str, go: Connection) -> None:
    """Set one field of every source, one change each, once told to go."""
    vault = Vault(root, state)
    vault.load()
    go.recv()
    for source in vault.sources:
        vault.commit(f"{field} of {source.name}", [FieldEdit(source, field, "set")])


def set_field_at_once(root: Path, state: Path, field: str, go: Connection) -> None:
    """Set one field of every source in a single change, once told to go."""
    vault = Vault(root, state)
    vault.load()
    go.recv()
    vault.commit(field, [FieldEdit(source, field, "set") for source in vault.sources])


def undo_all(root: Path, state: Path, count: int, go: Connection) -> None:
    """Undo so many changes, once told to go."""
    vault = Vault(root, state)
    go.recv()
    for _ in range(count):
        vault.undo()


def rewrite(paths: list[Path], rounds: int, in_place: bool, talk: Connection) -> None:
    """Count up in the bodies of files, and see whether a count of ours ever went missing.

    Says ``whole`` at the end, or what was found instead of the last count.
    """
    talk.send("begun")
    last = dict.fromkeys(paths, 0)
    for _ in range(rounds):
        for path in paths:
            head, count = counted(path, last[path])
            if int(count or -1) != last[path]:
                talk.send(f"{path.name}: {count!r} instead of {last[path]}")
                return
            last[path] += 1
            changed = f"{head}count: {last[path]}\n"
            if in_place:
                path.write_text(changed)
            else:
                other = path.with_name(f"theirs-{path.name}.tmp")
                other.write_text(changed)
                other.replace(path)
    talk.send("whole")


def counted(path: Path, expected: int) -> tuple[str, str]:
    """A file's text and count; for the moment until it is given back it may be our older one."""
    until = monotonic() + 5
    while True:
        head, _, count = path.read_text().rpartition("count: ")
        if int(count or -1) == expected or monotonic() > until:
            return head, count


def try_sets(root: Path, state: Path, names: list[str], rounds: int, talk: Connection) -> None:
    """Set a field of the sources again and again; says how many were made and refused."""
    vault = Vault(root, state)
    vault.load()
    talk.send("begun")
    made = refused = 0
    for number in range(rounds):
        for name in names:
            source = vault.reread(name)
            try:
                if source is None:
                    # A file that is half written at this moment is no source.
                    raise UnknownSource(name)
                vault.commit("t", [FieldEdit(source, "tier", f"t{number}")])
                made += 1
            except SluiceError:
                refused += 1
    talk.send((made, refused))


def add_items(root: Path, state: Path, items: list[str], talk: Connection) -> None:
    """Add items to the list of one source, each only if the list is as it was read.

    Says how often that was refused; what was refused is read and tried again.
    """
    vault, schema = Vault(root, state), load_schema()
    talk.recv()
    refused = 0
    for item in items:
        while True:
            source = vault.reread("list.md")
            assert source is not None
            check = conditions_of(schema, [("topics", ", ".join(source.items("topics")))], ())
            edit = FieldEdit(source, "topics", (*source.items("topics"), item))
            try:
                vault.commit(f"topics += {item}", [edit], check=check)
                break
            except Conflict:
                refused += 1
    talk.send(refused)


def start(work: Callable[..., None], *arguments: object) -> tuple[Connection, object]:
    """A process that does the work; our end of what it talks through, and the process."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(*arguments, theirs))
    process.start()
    theirs.close()
    return ours, process
