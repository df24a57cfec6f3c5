"""Text to the clipboards of the system and of tmux."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui.errors import NoProgram
from tui.programs import PIPE, TookTooLong, end, is_installed, module_command, scratch, start

TIMEOUT = 3.0
"""Seconds after which a clipboard program that hangs is given up."""


def copy_to_tmux(text: str) -> bool:
    """Hand ``text`` to tmux, which passes it on to the terminal around it."""
    if "TMUX" not in os.environ:
        return False
    return _fed(["tmux", "load-buffer", "-w", "-"], text) or _fed(
        ["tmux", "load-buffer", "-"], text
    )


def copy_to_system(text: str) -> bool:
    """Hand ``text`` to the clipboard of the screen the person sits at, by pyperclip.

    Over ssh that would be another machine's clipboard, so it is not tried there.
    """
    return _has_system_clipboard() and _fed(_pyperclip("--copy"), text)


def read_from_clipboard() -> str:
    """Hand over what was copied last, here or in tmux; nothing where that cannot be known."""
    text = _said(_pyperclip("--paste")) if _has_system_clipboard() else ""
    if not text and "TMUX" in os.environ:
        text = _said(["tmux", "show-buffer"])
    return text


def _pyperclip(what: str) -> list[str]:
    """In a process of its own: with a dead DISPLAY its programs write onto the screen."""
    return module_command("pyperclip", what, utf8=True)


def _has_system_clipboard() -> bool:
    if os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) or is_installed("clip.exe")


def _said(command: Sequence[str]) -> str:
    """What a command writes; nothing when it fails, or takes too long."""
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
    """Whether the command took ``text`` on its standard input without a complaint.

    Complaints are kept in a file: with a dead DISPLAY xclip still looks done, and it lives on
    holding any pipe open.
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
