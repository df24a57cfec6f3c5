"""A copy of the samples to try sluice on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.private import make_folder, temporary_folder
from tui.resources import seeds_folder
from tui.state.folders import Folders


@contextmanager
def samples_copy(folders: Folders) -> Iterator[Path]:
    """A folder with the samples; at the end it and its state are deleted."""
    with temporary_folder("sluice-demo-") as folder:
        root = folder / "demo"
        make_folder(root)
        sources_only = shutil.ignore_patterns("README.md", "schemas")
        shutil.copytree(seeds_folder(), root, dirs_exist_ok=True, ignore=sources_only)
        try:
            yield root
        finally:
            shutil.rmtree(folders.vault_state(root), ignore_errors=True)
