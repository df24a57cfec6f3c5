"""A folder in which everything is planted that something might run: each tells that it did."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGES = (
    "PyQt5", "argcomplete", "frontmatter", "markdown_it", "platformdirs", "pygments",
    "pyperclip", "qtpy", "rapidfuzz", "rich", "textual", "watchfiles", "yaml",
)  # fmt: skip
PROGRAMS = (
    "bash", "chromium", "clip.exe", "code", "emacs", "env", "firefox", "gio", "git", "ldconfig",
    "micro", "my-tool", "nano", "pbcopy", "pbpaste", "powershell.exe", "python", "python3", "sh",
    "tmux", "uname", "vi", "vim", "w3m", "which", "wl-copy", "wl-paste", "x-www-browser", "xclip",
    "xdg-open", "xdg-settings", "xsel",
)  # fmt: skip
EARLY = frozenset(sys.stdlib_module_names) & {
    # What Python imports before it runs a module named by -m, from the current folder at last.
    "__future__", "collections", "contextlib", "functools", "importlib", "keyword", "operator",
    "pkgutil", "reprlib", "runpy", "types", "typing", "warnings",
}  # fmt: skip


class Planted:
    """What lies in a folder, and what of it has run."""

    def __init__(self, folder: Path, ran: Path) -> None:
        self.folder = folder
        self._ran = ran
        ran.mkdir()

    @property
    def ran(self) -> list[str]:
        """The names of what has run."""
        return sorted(path.name for path in self._ran.iterdir())

    def module(self, name: str, place: str = "") -> None:
        """A module."""
        path = self.folder / place / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        marker = self._ran / f"{place}{path.name}"
        path.write_text(f"import os\nos.close(os.open({str(marker)!r}, os.O_CREAT))\n")

    def program(self, name: str, place: str = "") -> Path:
        """A program."""
        path = self.folder / place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n: > '{self._ran / name}'\ncat > /dev/null\n")
        path.chmod(0o755)
        return path

    def everything(self, without: frozenset[str] = frozenset()) -> None:
        """All modules of Python and of ours, and the programs, here and in ``bin``."""
        standard = sys.stdlib_module_names - set(sys.builtin_module_names)
        for name in {*standard, *PACKAGES, "sitecustomize", "usercustomize"} - without:
            self.module(name)
        for name in PACKAGES:
            self.module("__init__", name)
        for name in PROGRAMS:
            self.program(name)
            self.program(name, "bin")
