"""The files that come with sluice, in the installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def themes_folder() -> Path:
    """The folder of the built-in themes."""
    return _folder("themes")


def seeds_folder() -> Path:
    """The folder of the sample sources."""
    return _folder("seeds")


def _folder(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
