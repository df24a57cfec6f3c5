"""The folder a command works in."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui.origins import keep_out


def vault_root(asked: str | None) -> Path:
    """The vault's folder: the one asked for, else $SLUICE_VAULT, else the current folder.

    Nothing in it is run from then on.
    """
    folder = Path(asked or os.environ.get("SLUICE_VAULT") or ".")
    # `~name` of a user this machine does not know is a folder's name like any other.
    with suppress(RuntimeError):
        folder = folder.expanduser()
    root = folder.absolute()
    keep_out(str(root))
    return root
