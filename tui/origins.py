"""Where programs and modules may come from: never from a folder that sluice is pointed at.

Python runs this before it looks for any module of ours that could be planted there, so it imports
nothing that is not loaded by then (``from __future__`` is an import too).
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
"""Variables that list folders from which programs take what they run."""
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder this package is imported from; in a checkout it may be the current one."""
_vaults: list[str] = []
"""The vault this process works in, once it is known."""


def keep_out(vault: str = "") -> None:
    """Import nothing that lies in the current folder, nor in the vault once that is known."""
    if vault:
        _vaults[:] = [vault]
    sys.path[:] = module_folders()


def module_folders() -> list[str]:
    """Where modules are looked for, in that order."""
    return [folder for folder in sys.path if folder == _PACKAGE or is_trusted(folder)]


def is_trusted(folder: str) -> bool:
    """Whether what lies in a folder may run: not by a name that means another folder elsewhere."""
    if not os.path.isabs(folder):
        return False
    real = _real(folder)
    if any(_holds(_real(place), real) for place in (sys.prefix, sys.base_prefix)):
        # What we run on ourselves, wherever it was installed.
        return True
    return not any(_is_of(real, _real(place)) for place in (*_current_folder(), *_vaults))


def environment() -> dict[str, str]:
    """The environment for a program that we start: none of its lists names a folder like that."""
    settings = dict(os.environ)
    for name in SEARCHED:
        if name in settings:
            folders = settings.pop(name).split(os.pathsep)
            if trusted := os.pathsep.join(filter(is_trusted, folders)):
                settings[name] = trusted
    # Without a PATH some shells look in the current folder.
    settings.setdefault("PATH", os.defpath)
    return settings


def _current_folder() -> list[str]:
    try:
        return [os.getcwd()]
    except OSError:
        # It was removed, and holds nothing.
        return []


def _is_of(folder: str, place: str) -> bool:
    """Whether a folder belongs to a place; what lies in one's home is one's own."""
    home = _real(os.path.expanduser("~"))
    return folder == place if _holds(place, home) else _holds(place, folder)


def _holds(place: str, folder: str) -> bool:
    return folder == place or folder.startswith(os.path.join(place, ""))


def _real(folder: str) -> str:
    return os.path.normcase(os.path.realpath(folder))
