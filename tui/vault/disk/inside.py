"""Check that a name stays in the vault before its path is used."""

from __future__ import annotations

from pathlib import Path

from tui.errors import StorageError
from tui.vault.disk.folder import Outside, real_name


def refuse_outside(root: Path, name: str) -> None:
    """Raise StorageError when a file's name leads out of the vault."""
    try:
        real_name(str(root), name)
    except Outside as error:
        raise StorageError(error.sentence) from error


def folder_for_new(root: Path, name: str) -> str:
    """The name of a folder for new sources, without links; it need not exist.

    Raises StorageError when sluice would not list a source in it.
    """
    try:
        real = real_name(str(root), name)
    except OSError as error:
        raise StorageError(
            f"The folder {name} is outside the vault; choose one inside it."
        ) from error
    if any(part.startswith((".", "_")) for part in real.split("/")):
        raise StorageError(
            f"The folder {name} leads to {real}, which sluice does not scan; choose another."
        )
    return real
