"""Folder: a folder of the vault held open, so that no link put in its place is followed.

What is done in it is done there, whatever its path leads to by then. Where the system cannot
hold folders (Windows), a path is compared with where it should lead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat

HELD = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether the system holds folders open and refuses links when it is asked to."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_UNLISTED = getattr(os, "O_PATH", 0)
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""To read a file; what became a named pipe is not waited for."""
_LINKS = frozenset({errno.ELOOP, errno.EMLINK})
"""What systems say of a link where none is followed."""


class Outside(OSError):
    """A name that leads out of the vault; the sentence says by what."""

    def __init__(self, name: str, by: str) -> None:
        if by == name:
            self.sentence = f"A link leads out of the vault: {name}; open its target there."
        else:
            self.sentence = f"Not in the vault: {name}, because {by} leads out of it."
        super().__init__(errno.ELOOP, self.sentence)


def is_link(error: OSError) -> bool:
    """Whether this is what opening says of a link, or of a folder that was moved."""
    return error.errno in _LINKS


class Folder:
    """A folder held open: ``inner`` below ``root``, reached through no link.

    The calls take a file's name in it, follow no link, and raise OSError.
    """

    def __init__(self, root: str, inner: str, *, make: bool = False) -> None:
        """Open it; ``make`` makes what is missing of it. Raises OSError."""
        self._root = root
        self._inner = inner
        self._path = f"{root}/{inner}" if inner else root
        if make and not HELD:
            os.makedirs(self._path, exist_ok=True)  # noqa: PTH103 - see HELD
        self.descriptor = _walk(root, inner, make) if HELD else None
        """The open folder, for calls that take one; None where there are none."""
        if not HELD:
            self.check()

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hold it no longer."""
        if self.descriptor is not None:
            os.close(self.descriptor)

    def at(self, name: str) -> str:
        """What a call is to be told besides ``descriptor``."""
        return f"{self._path}/{name}" if self.descriptor is None else name

    def check(self) -> None:
        """Raises OSError when the vault has another folder under its name by now, or none."""
        if not self._inner:
            # The vault itself may have been moved.
            return
        if self.descriptor is None:
            here = os.path.join(os.path.realpath(self._root), *self._inner.split("/"))  # noqa: PTH118
            same = os.path.realpath(self._path) == here
        else:
            named = _walk(self._root, self._inner, False)
            try:
                same = os.path.samestat(os.fstat(named), os.fstat(self.descriptor))
            finally:
                os.close(named)
        if not same:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), self._path)

    def open(self, name: str, flags: int, mode: int = 0o600) -> int:
        """The file, open."""
        return os.open(self.at(name), flags | _NO_LINK, mode, dir_fd=self.descriptor)

    def status(self, name: str) -> os.stat_result:
        """The file's status."""
        return os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)

    def has(self, name: str, descriptor: int) -> bool:
        """Whether the name still names the open file."""
        try:
            return os.path.samestat(self.status(name), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def move(self, name: str, to: str) -> None:
        """The file under another name, in the place of what has it."""
        one = self.descriptor
        os.replace(self.at(name), self.at(to), src_dir_fd=one, dst_dir_fd=one)

    def link(self, name: str, to: str) -> None:
        """A second name for the file, which must be free."""
        one = self.descriptor
        os.link(self.at(name), self.at(to), src_dir_fd=one, dst_dir_fd=one)

    def remove(self, name: str) -> None:
        """The file away."""
        os.unlink(self.at(name), dir_fd=self.descriptor)

    def names(self) -> list[str]:
        """What is in it."""
        return os.listdir(self._path if self.descriptor is None else self.descriptor)  # noqa: PTH208

    def sync(self) -> None:
        """Its entries on disk, so that a rename outlives a power cut.

        Passed over where the system cannot: the rename has happened and must not be denied.
        """
        with contextlib.suppress(OSError):
            if self.descriptor is not None:
                os.fsync(self.descriptor)


def _walk(root: str, inner: str, make: bool) -> int:
    """The folder, open; each part of the way is looked up in the one before. Raises OSError."""
    descriptor = _open(root, _FOLDER, None)
    for part in inner.split("/") if inner else ():
        try:
            below = _step(descriptor, part, make)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def _step(descriptor: int, part: str, make: bool) -> int:
    if part in ("", ".", ".."):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), part)
    try:
        return _open(part, _FOLDER | _NO_LINK, descriptor)
    except FileNotFoundError:
        if not make:
            raise
    with contextlib.suppress(FileExistsError):
        os.mkdir(part, dir_fd=descriptor)
    return _open(part, _FOLDER | _NO_LINK, descriptor)


def _open(name: str, flags: int, above: int | None) -> int:
    try:
        return os.open(name, flags, dir_fd=above)
    except PermissionError:
        if not _UNLISTED:
            raise
        # One may go through it, and perhaps write in it, but not list what is there.
        return os.open(name, flags | _UNLISTED, dir_fd=above)
    except NotADirectoryError as error:
        # Linux says the same of a file and of a link to a folder.
        status = os.stat(name, dir_fd=above, follow_symlinks=False)
        if not stat.S_ISLNK(status.st_mode):
            raise
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name) from error


def parted(name: str) -> tuple[str, str]:
    """A file's folder below the vault, empty for the vault itself, and its name in there."""
    inner, _, file = name.rpartition("/")
    return inner, file


def real_name(root: str, name: str) -> str:
    """The name below ``root`` that a name leads to, there or not, through links that stay inside.

    Raises Outside, and OSError when that cannot be told.
    """
    above = os.path.realpath(root).rstrip(os.sep) + os.sep
    found = realpath(f"{root}/{name}")
    if found.startswith(above):
        return found[len(above) :].replace(os.sep, "/")
    parts = name.split("/")
    ways = ("/".join(parts[:count]) for count in range(1, len(parts)))
    by = (way for way in ways if not (realpath(f"{root}/{way}") + os.sep).startswith(above))
    raise Outside(name, next(by, name))


def realpath(path: str) -> str:
    """Where a path really leads. Raises OSError."""
    try:
        return os.path.realpath(path)
    except (RuntimeError, ValueError) as error:
        # A ring of links, or a name that no file can have.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path) from error


class Opener:
    """Opens files below a folder to read them; the folder of the last one is held."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._inner = ""
        self._folder: Folder | None = None

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.close()

    def open(self, name: str) -> int:
        """The file of that name, through links that stay inside. Raises Outside and OSError."""
        return self.find(name)[0]

    def find(self, name: str) -> tuple[int, str]:
        """The file of that name, open, and its name without links. Raises as ``open`` does."""
        if HELD:
            try:
                return self._open(name), name
            except OSError as error:
                if not is_link(error):
                    raise
        real = real_name(self._root, name)
        return self._open(real), real

    def _open(self, name: str) -> int:
        inner, file = parted(name)
        if not inner:
            # Links above the vault are the user's own.
            return os.open(f"{self._root}/{file}", READ | _NO_LINK)
        if self._folder is None or inner != self._inner:
            folder, old = Folder(self._root, inner), self._folder
            self._folder, self._inner = folder, inner
            if old is not None:
                old.close()
        return self._folder.open(file, READ)
