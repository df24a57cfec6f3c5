"""The folder a command works in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.origins import keep_out


def leading_vault(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The folder that ``--vault`` names before any command, and the other arguments."""
    first, *others = arguments or [""]
    if first == "--vault" and others:
        return others[0], others[1:]
    if first.startswith("--vault="):
        return first.removeprefix("--vault="), others
    return None, list(arguments)


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
