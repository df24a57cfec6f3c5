"""Past: what was done to one source, by sluice and in git."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import GitFailed, StorageError
from tui.vault.disk.contents import decode
from tui.vault.disk.storage import read_snapshot, real_paths
from tui.vault.history.change import Change, Commit
from tui.vault.reading.one_file import read_header
from tui.vault.vault import Vault
from tui.vault.writing.revert import digest, fields_between

if TYPE_CHECKING:
    from tui.vault.history.commits import Git

SECONDS = 2.0
"""The most time that git gets."""
NAMES = 4
"""How many names of a file git is asked about."""
READ = 200
"""The newest commits for which the changed fields are found."""


class Past(NamedTuple):
    """The changes and commits of one source, newest first."""

    moments: tuple[Change | Commit, ...]
    """Of a change of many sources, only the part of this one."""
    note: str = ""
    """Why commits are missing, as a sentence; else empty."""


def changes_of(vault: Vault, name: str) -> list[Change]:
    """The changes of a source, oldest first, also under earlier names of its file.

    Raises JournalError.
    """
    held = ""
    # A file that is gone, or too large to change, has only its name.
    with suppress(StorageError):
        held = digest(read_snapshot(vault.root, name).data)
    return vault.journal.of_file(name, held, vault.exists)


def past_of(vault: Vault, name: str, seconds: float = SECONDS) -> Past:
    """The past of a source; its commits only if git answers in time. Raises JournalError."""
    return with_commits(vault, name, changes_of(vault, name), seconds)


def with_commits(
    vault: Vault, name: str, changes: Sequence[Change], seconds: float = SECONDS
) -> Past:
    """The changes of a source, given oldest first, with its commits if git answers in time."""
    names = [name, *(each for change in reversed(changes) for each in change.names)]
    try:
        commits = commits_of(vault.root, list(dict.fromkeys(names))[:NAMES], seconds)
        note = ""
    except GitFailed as error:
        commits, note = [], f"{error}, so the commits are missing."
    return Past(tuple(by_time(changes[::-1], commits)), note)


def commits_of(root: Path, names: Sequence[str], seconds: float) -> list[Commit]:
    """The commits of a file, newest first, with the fields that the newest changed.

    ``names`` are those it has and had: a rename may not be committed yet. Raises GitFailed.
    """
    from tui.vault.history.commits import Git  # noqa: PLC0415 - the journal does without git

    git, found = Git(root, seconds), dict[str, Commit]()
    for name in names:
        (path,) = real_paths(root, [name])
        real = Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else name
        if any(commit.name == real for commit in found.values()):
            continue
        commits = git.commits(real)
        above = commits[0].name.removesuffix(real) if commits else ""
        for commit in commits:
            found.setdefault(commit.id, commit._replace(name=commit.name.removeprefix(above)))
    return _with_fields(git, sorted(found.values(), key=lambda commit: commit.time, reverse=True))


def _with_fields(git: Git, commits: list[Commit]) -> list[Commit]:
    ids = [id for commit in commits[:READ] for id in (commit.before, commit.after)]
    headers: dict[str, dict[Any, Any]] = {id: {} for id in ids if not id.strip("0")}
    hashes: dict[str, str] = {}
    # The commits are worth having without their fields.
    with suppress(GitFailed):
        for id, data in git.texts([id for id in dict.fromkeys(ids) if id not in headers]):
            if git.is_late:
                break
            headers[id], hashes[id] = read_header(decode(data))[0], digest(data)
    return [_with_its_fields(commit, headers, hashes.get(commit.after, "")) for commit in commits]


def _with_its_fields(commit: Commit, headers: dict[str, dict[Any, Any]], hash: str) -> Commit:
    if commit.before not in headers or commit.after not in headers:
        return commit
    fields = fields_between(headers[commit.before], headers[commit.after])
    return commit._replace(fields=tuple(fields), hash=hash)


def by_time(changes: Sequence[Change], commits: Sequence[Commit]) -> list[Change | Commit]:
    """Both in one list, each in its own order.

    A commit has the time in whole seconds. It comes after a change in the same second if that
    left what was committed.
    """
    left = {
        file.patch.digest_after: change.time.astimezone()
        for change in changes
        for file in change.files
    }

    def when(moment: Change | Commit) -> datetime:
        if isinstance(moment, Change):
            # Somebody may have written a time without its zone into the journal.
            return moment.time.astimezone()
        then = left.get(moment.hash, moment.time)
        return then if timedelta() < then - moment.time < timedelta(seconds=1) else moment.time

    lists: Sequence[Sequence[Change | Commit]] = commits, changes
    return list(merge(*lists, key=when, reverse=True))
