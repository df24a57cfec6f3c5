"""Text to the clipboards of the system and of tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

TIMEOUT = 3.0
"""Seconds after which a clipboard program that hangs is given up."""


def copy_to_tmux(text: str) -> bool:
    """Hand ``text`` to tmux, which passes it on to the terminal around it."""
    if "TMUX" not in os.environ or shutil.which("tmux") is None:
        return False
    return _fed(["tmux", "load-buffer", "-w", "-"], text) or _fed(
        ["tmux", "load-buffer", "-"], text
    )


def copy_to_system(text: str) -> bool:
    """Hand ``text`` to the clipboard of the screen the person sits at, by pyperclip.

    Over ssh that would be another machine's clipboard, so it is not tried there.
    """
    if not _has_system_clipboard():
        return False
    return _fed([sys.executable, "-m", "pyperclip", "--copy"], text)


def read_from_clipboard() -> str:
    """Hand over what was copied last, here or in tmux; nothing where that cannot be known."""
    text = ""
    if _has_system_clipboard():
        text = _said([sys.executable, "-m", "pyperclip", "--paste"])
    if not text and "TMUX" in os.environ and shutil.which("tmux"):
        text = _said(["tmux", "show-buffer"])
    return text


def _said(command: list[str]) -> str:
    """What a command writes; nothing when it fails, or takes too long."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
            env=environment,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _has_system_clipboard() -> bool:
    if os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or (
        shutil.which("clip.exe") is not None
    )


def _fed(command: list[str], text: str) -> bool:
    """Whether the command took ``text`` on its standard input without a complaint.

    In a process of its own with its complaints kept in a file: with a dead DISPLAY xclip
    writes onto the screen and still looks done, and it lives on holding any pipe open.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryFile() as complaints:
        try:
            subprocess.run(
                command,
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                timeout=TIMEOUT,
                check=True,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        complaints.seek(0)
        return not complaints.read(1)
