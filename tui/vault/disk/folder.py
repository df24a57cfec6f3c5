"""Folder: a folder of the vault kept open, so that a link put in its place is not followed.

All operations affect the open folder, even if its path now leads elsewhere. Systems without open
folders (Windows) compare the path with its expected target instead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat

HELD = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether the system can open folders and refuse links."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_UNLISTED = getattr(os, "O_PATH", 0)
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags to read a file without waiting if it has become a named pipe."""
_LINKS = frozenset({errno.ELOOP, errno.EMLINK})
"""The errors for a link that must not be followed."""


class Outside(OSError):
    """A name that leads out of the vault; ``sentence`` says which part does."""

    def __init__(self, name: str, by: str) -> None:
        if by == name:
            self.sentence = f"A link leads out of the vault: {name}; open its target there."
        else:
            self.sentence = f"Not in the vault: {name}, because {by} leads out of it."
        super().__init__(errno.ELOOP, self.sentence)


def is_link(error: OSError) -> bool:
    """Whether the error means a link, or a folder that was moved."""
    return error.errno in _LINKS


class Folder:
    """An open folder: ``inner`` below ``root``, reached without links.

    The methods take the name of a file in it, do not follow links, and raise OSError.
    """

    def __init__(self, root: str, inner: str, *, make: bool = False) -> None:
        """Open the folder; ``make`` creates missing folders. Raises OSError."""
        self._root = root
        self._inner = inner
        self._path = f"{root}/{inner}" if inner else root
        if make and not HELD:
            os.makedirs(self._path, exist_ok=True)  # noqa: PTH103 - see HELD
        self.descriptor = _walk(root, inner, make) if HELD else None
        """The descriptor, for calls with ``dir_fd``; None on systems without them."""
        if not HELD:
            self.check()

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the folder."""
        if self.descriptor is not None:
            os.close(self.descriptor)

    def at(self, name: str) -> str:
        """The path for a call that also gets ``descriptor``."""
        return f"{self._path}/{name}" if self.descriptor is None else name

    def check(self) -> None:
        """Raise OSError when its path in the vault is now another folder, or gone."""
        if not self._inner:
            # The vault itself may have moved.
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
        """Open a file."""
        return os.open(self.at(name), flags | _NO_LINK, mode, dir_fd=self.descriptor)

    def status(self, name: str) -> os.stat_result:
        """The file's status."""
        return os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)

    def has(self, name: str, descriptor: int) -> bool:
        """Whether the name still refers to the open file."""
        try:
            return os.path.samestat(self.status(name), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def move(self, name: str, to: str) -> None:
        """Rename a file, replacing any file of the new name."""
        one = self.descriptor
        os.replace(self.at(name), self.at(to), src_dir_fd=one, dst_dir_fd=one)

    def link(self, name: str, to: str) -> None:
        """Add a hard link to the file under an unused name."""
        one = self.descriptor
        os.link(self.at(name), self.at(to), src_dir_fd=one, dst_dir_fd=one)

    def remove(self, name: str) -> None:
        """Delete a file."""
        os.unlink(self.at(name), dir_fd=self.descriptor)

    def names(self) -> list[str]:
        """The names in the folder."""
        return os.listdir(self._path if self.descriptor is None else self.descriptor)  # noqa: PTH208

    def sync(self) -> None:
        """Sync the folder's entries, so that a rename survives a power cut.

        Errors are ignored: the rename has happened, and must not be reported as failed.
        """
        with contextlib.suppress(OSError):
            if self.descriptor is not None:
                os.fsync(self.descriptor)


def _walk(root: str, inner: str, make: bool) -> int:
    """Open the folder step by step, each part inside the previous one. Raises OSError."""
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
        # The folder may be entered and perhaps written, but not listed.
        return os.open(name, flags | _UNLISTED, dir_fd=above)
    except NotADirectoryError as error:
        # Linux gives the same error for a file and for a link to a folder.
        status = os.stat(name, dir_fd=above, follow_symlinks=False)
        if not stat.S_ISLNK(status.st_mode):
            raise
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name) from error


def parted(name: str) -> tuple[str, str]:
    """Split a name into the folder below the vault (empty for the vault itself) and file name."""
    inner, _, file = name.rpartition("/")
    return inner, file


def real_name(root: str, name: str) -> str:
    """The name below ``root`` that a name leads to, through links that stay inside.

    The file need not exist. Raises Outside, and OSError when the path cannot be resolved.
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
    """The path with all links resolved. Raises OSError."""
    try:
        return os.path.realpath(path)
    except (RuntimeError, ValueError) as error:
        # A loop of links, or an invalid file name.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path) from error


class Opener:
    """Opens files below a folder for reading; keeps the folder of the last one open."""

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
        """Open a file, through links that stay inside. Raises Outside and OSError."""
        return self.find(name)[0]

    def find(self, name: str) -> tuple[int, str]:
        """Open a file and return its name without links. Raises as ``open`` does."""
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
            # Links above the vault are trusted.
            return os.open(f"{self._root}/{file}", READ | _NO_LINK)
        if self._folder is None or inner != self._inner:
            folder, old = Folder(self._root, inner), self._folder
            self._folder, self._inner = folder, inner
            if old is not None:
                old.close()
        return self._folder.open(file, READ)
