"""Trusted folders for programs and modules: never the vault or the current folder.

Python runs this before it searches for any other module of ours, so it imports nothing that is not
already loaded (``from __future__`` is an import too).
"""

import os
import sys

SEARCHED = (
    "PATH",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "PERL5LIB",
    "RUBYLIB",
    "NODE_PATH",
)
"""Environment variables with lists of folders to run code from."""
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder that this package is imported from; in a checkout it may be the current one."""
_vaults: list[str] = []
"""The vault of this process, once it is known."""


def keep_out(vault: str = "") -> None:
    """Import nothing from the current folder, nor from the vault once it is known."""
    if vault:
        _vaults[:] = [vault]
    sys.path[:] = module_folders()


def module_folders() -> list[str]:
    """The folders to search for modules, in order."""
    return [folder for folder in sys.path if folder == _PACKAGE or is_trusted(folder)]


def is_trusted(folder: str) -> bool:
    """Whether code in a folder may run; relative folder names are never trusted."""
    if not os.path.isabs(folder):
        return False
    real = _real(folder)
    if any(_holds(_real(place), real) for place in (sys.prefix, sys.base_prefix)):
        # Our own Python, wherever it is installed.
        return True
    return not any(_is_of(real, _real(place)) for place in (*_current_folder(), *_vaults))


def environment() -> dict[str, str]:
    """The environment for a program, without untrusted folders in its lists."""
    settings = dict(os.environ)
    for name in SEARCHED:
        if name in settings:
            folders = settings.pop(name).split(os.pathsep)
            if trusted := os.pathsep.join(filter(is_trusted, folders)):
                settings[name] = trusted
    # Without a PATH, some shells search the current folder.
    settings.setdefault("PATH", os.defpath)
    return settings


def _current_folder() -> list[str]:
    try:
        return [os.getcwd()]
    except OSError:
        # The current folder was removed.
        return []


def _is_of(folder: str, place: str) -> bool:
    """Whether a folder is inside a place; folders in the user's home are the user's own."""
    home = _real(os.path.expanduser("~"))
    return folder == place if _holds(place, home) else _holds(place, folder)


def _holds(place: str, folder: str) -> bool:
    return folder == place or folder.startswith(os.path.join(place, ""))


def _real(folder: str) -> str:
    return os.path.normcase(os.path.realpath(folder))
