"""What comes before a command, and the folder it works in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.origins import keep_out

_TAKING_A_VALUE = ("--vault", "--color")


def leading_options(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options before any command, each as one argument, and the other arguments."""
    options: list[str] = []
    others = list(arguments)
    while others:
        name, equals, _ = others[0].partition("=")
        if others[0] == "--plain" or (name in _TAKING_A_VALUE and equals):
            options.append(others.pop(0))
        elif name in _TAKING_A_VALUE and len(others) > 1:
            options.append(f"{name}={others[1]}")
            del others[:2]
        else:
            break
    return options, others


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
