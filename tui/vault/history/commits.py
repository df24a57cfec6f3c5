"""Commits: which of a folder's git commits changed a file, asked of git within a time limit.

The folder may be somebody else's. git runs no program that its settings name, fetches nothing, and
refuses by itself a repository of another user.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from tui.display import clean
from tui.errors import GitFailed, NoProgram
from tui.programs import TookTooLong, end, scratch, start
from tui.vault.history.change import Commit

MOST = 1_000
"""The most commits of a file."""
LARGEST = 1 << 18
"""The largest text to read of a commit, in bytes."""
TOTAL = 1 << 25
"""The most bytes to read of all of them."""
LATEST = 1 << 36
"""The latest time of a commit, in seconds since 1970: the year 4147."""
_ISOLATED: dict[str, str | None] = {
    "GIT_DIR": None,
    "GIT_WORK_TREE": None,
    "GIT_INDEX_FILE": None,
    "GIT_COMMON_DIR": None,
    "GIT_NAMESPACE": None,
    "GIT_EXTERNAL_DIFF": None,
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = (
    *("--no-pager", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "i18n.logOutputEncoding=utf-8"),
)
_MOVED = ("HEAD", "logs/HEAD", "COMMIT_EDITMSG", "reftable/tables.list")
"""What git writes when it commits, or checks something else out."""
_LOG = (
    *("log", "--follow", "-z", "--raw", "--no-abbrev", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--no-notes", f"--max-count={MOST}", "--format=%x00%H%x00%at%x00%an%x00%s"),
)


class Git:
    """Asks git about the files below ``root``, for at most ``seconds`` in total."""

    def __init__(self, root: Path, seconds: float) -> None:
        self._root = root
        self._seconds = seconds
        self._until = monotonic() + seconds

    @property
    def is_late(self) -> bool:
        """Whether the time is up."""
        return monotonic() > self._until

    def commits(self, name: str) -> list[Commit]:
        """The commits that changed a file, newest first, also under earlier names.

        None of a folder that is not in git. Raises GitFailed.
        """
        if not any((folder / ".git").exists() for folder in (self._root, *self._root.parents)):
            return []
        return list(_parsed(self._run([*_LOG, "--", name])))

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The texts of these ids, without large ones. Raises GitFailed."""
        given = "\n".join(ids).encode()
        sizes = self._run(["cat-file", "--batch-check=%(objectname) %(objectsize)"], given)
        wanted: list[tuple[str, int]] = []
        total = 0
        for line in sizes.decode("ascii", "replace").splitlines():
            id, _, digits = line.partition(" ")
            size = int(digits) if digits.isdecimal() else LARGEST + 1
            if size <= LARGEST and (total := total + size) <= TOTAL:
                wanted.append((id, size))
        data = self._run(["cat-file", "--batch"], "\n".join(id for id, _ in wanted).encode())
        place = 0
        for id, size in wanted:
            place = data.find(b"\n", place) + 1
            yield id, data[place : place + size]
            place += size + 1

    def _run(self, arguments: Sequence[str], given: bytes = b"") -> bytes:
        """What git prints. Raises GitFailed."""
        command = ["git", "-C", str(self._root), *_OPTIONS, *arguments]
        with scratch() as stdin, scratch() as output, scratch() as complaint:
            stdin.write(given)
            stdin.seek(0)
            try:
                process = start(command, stdin, output, complaint, settings=_ISOLATED)
            except NoProgram as error:
                raise GitFailed("git is not installed") from error
            except (OSError, ValueError) as error:
                raise GitFailed("git does not start") from error
            try:
                code = process.wait(max(self._until - monotonic(), 0))
            except TookTooLong as error:
                end(process)
                raise GitFailed(f"git took longer than {self._seconds:g} seconds") from error
            for file in (output, complaint):
                file.seek(0)
            if code:
                said = complaint.read(1 << 12).decode("utf-8", "replace").splitlines()
                why = clean(said[0], 200) if said else f"it ended with {code}"
                raise GitFailed(f"git refused: {why}")
            return output.read()


def head_of(root: Path) -> object:
    """What differs once something was committed to the repository of a folder; None without one.

    It looks at git's files, and reads only the one that leads to them.
    """
    above = (folder / ".git" for folder in (root, *root.parents))
    if (found := next(filter(Path.exists, above), None)) is None:
        return None
    place = _led_to(found) if found.is_file() else found
    stamps: list[tuple[int, int, int] | None] = []
    for name in _MOVED:
        try:
            held = (place / name).stat()
            stamps.append((held.st_ino, held.st_size, held.st_mtime_ns))
        except (OSError, ValueError):
            stamps.append(None)
    return tuple(stamps)


def _led_to(file: Path) -> Path:
    """The folder that the file in place of ``.git`` names, as in a work tree of its own."""
    try:
        with file.open("rb") as opened:
            said = opened.read(1 << 12).decode("utf-8", "replace")
    except OSError:
        return file
    return file.parent / said.removeprefix("gitdir:").strip()


def _parsed(printed: bytes) -> Iterator[Commit]:
    """The commits that git prints: id, time, name and subject, then what it did to the file."""
    words = iter(printed.decode("utf-8", "replace").split("\0"))
    head: list[str] = []
    for word in words:
        if word.startswith("\n:") and len(head) == 4:
            path = next(words, "")
            with suppress(ValueError):
                _, _, before, after, what = word.split(" ", 4)
                if what[:1] in ("R", "C"):
                    path = next(words, path)
                id, seconds, by, subject = head
                # The year of a commit can be any number.
                time = datetime.fromtimestamp(min(max(int(seconds), 0), LATEST), UTC)
                yield Commit(id, time, by, subject, path, before, after)
            head = []
        elif word:
            head = [word, *(next(words, "") for _ in range(3))]
