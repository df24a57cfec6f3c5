"""Commands that open the app: the one without a name, and demo."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.root import vault_root
from tui.display import short
from tui.errors import SluiceError, VaultError
from tui.state.folders import user_folders

if TYPE_CHECKING:
    from argparse import Namespace

DRIVER = "TEXTUAL_DRIVER"
"""The variable that names what reads keys and draws, where that is not a terminal."""


def open_app(vault: str) -> int:
    """Open the app on a vault."""
    root = vault_root(vault)
    if not root.is_dir():
        what = f"{short(root.name)} is not a folder" if root.exists() else f"No folder {root}"
        raise VaultError(f"{what}; name a folder of Markdown sources.")
    return _open(root)


def run_demo(request: Namespace) -> int:  # noqa: ARG001 - all commands share one signature
    """Open the app on a copy of the samples; afterwards the copy and its state are deleted."""
    from tui.samples import samples_copy  # noqa: PLC0415 - for the copy only

    _require_terminal()
    with samples_copy(user_folders()) as root:
        return _open(root)


def _open(root: Path) -> int:
    _require_terminal()
    from tui.app import main as app  # noqa: PLC0415 - Textual costs a quarter of a second

    return app.run_app(root)


def _require_terminal() -> None:
    if os.environ.get(DRIVER):
        return
    dumb = os.environ.get("TERM", "") in ("", "dumb") and os.name == "posix"
    # Textual draws on stderr.
    if dumb or not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise SluiceError(
            "The app needs a terminal that can draw a screen; `sluice list` works in any."
        )
