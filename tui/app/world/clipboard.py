"""Text to the clipboards of the system and of tmux."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui.errors import NoProgram
from tui.programs import PIPE, TookTooLong, end, is_installed, module_command, scratch, start

TIMEOUT = 3.0
"""Seconds after which a hanging clipboard program is stopped."""


def copy_to_tmux(text: str) -> bool:
    """Copy to tmux, which passes the text on to its terminal; whether that worked."""
    if "TMUX" not in os.environ:
        return False
    return _fed(["tmux", "load-buffer", "-w", "-"], text) or _fed(
        ["tmux", "load-buffer", "-"], text
    )


def copy_to_system(text: str) -> bool:
    """Copy to the desktop's clipboard with pyperclip; whether that worked.

    Not tried over ssh, where it would be the remote machine's clipboard.
    """
    return _has_system_clipboard() and _fed(_pyperclip("--copy"), text)


def read_from_clipboard() -> str:
    """The text copied last, here or in tmux; empty where it cannot be read."""
    text = _said(_pyperclip("--paste")) if _has_system_clipboard() else ""
    if not text and "TMUX" in os.environ:
        text = _said(["tmux", "show-buffer"])
    return text


def _pyperclip(what: str) -> list[str]:
    """The command for pyperclip, in its own process: its programs may write to the terminal."""
    return module_command("pyperclip", what, utf8=True)


def _has_system_clipboard() -> bool:
    if os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) or is_installed("clip.exe")


def _said(command: Sequence[str]) -> str:
    """A command's output; empty when it fails or takes too long."""
    try:
        process = start(command, stdout=PIPE)
    except (NoProgram, OSError):
        return ""
    try:
        said, _ = process.communicate(timeout=TIMEOUT)
    except TookTooLong:
        end(process)
        return ""
    return "" if process.returncode else said.decode("utf-8", "replace")


def _fed(command: Sequence[str], text: str) -> bool:
    """Whether the command accepted ``text`` on stdin and wrote nothing to stderr.

    stderr is a file: without a display xclip exits as if it had worked, and with one it stays
    alive and would keep a pipe open.
    """
    with scratch() as given, scratch() as complaints:
        given.write(text.encode("utf-8", "replace"))
        given.seek(0)
        try:
            process = start(command, stdin=given, stderr=complaints)
        except (NoProgram, OSError):
            return False
        try:
            failed = process.wait(TIMEOUT)
        except TookTooLong:
            end(process)
            return False
        complaints.seek(0)
        return not failed and not complaints.read(1)
