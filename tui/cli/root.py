"""The folder a command works in."""

from __future__ import annotations

import os
from pathlib import Path


def vault_root(asked: str | None) -> Path:
    """The vault's folder: the one asked for, else $SLUICE_VAULT, else the current folder."""
    folder = Path(asked or os.environ.get("SLUICE_VAULT") or ".")
    try:
        return folder.expanduser().absolute()
    except RuntimeError:
        # `~name` of a user this machine does not know is a folder's name like any other.
        return folder.absolute()
