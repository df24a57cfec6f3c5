"""Programs that sluice starts: found where no folder can plant one, and kept off the terminal."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tui.errors import NoProgram
from tui.origins import environment, is_trusted, module_folders

Process = subprocess.Popen[bytes]
NOWHERE, PIPE = subprocess.DEVNULL, subprocess.PIPE
TookTooLong = subprocess.TimeoutExpired
_AWAY = Path(sys.executable or os.sep).anchor or os.sep
"""Where our own programs run: a folder in which nobody plants anything."""
_TO_END = 1.0
"""Seconds a program has to end by itself when it is asked to."""
_PYTHON = re.compile(r"(?:python|pypy)[\d.]*(?:\.exe)?")
_NO_SCRIPT = re.compile(r"-[bBdEhiIOPqsSuvVx]*[mc].*|-")
"""With such an argument Python looks for modules in the current folder."""
_MODULE = """\
import sys
sys.path[:] = {folders}
from runpy import run_module
run_module({name!r}, run_name="__main__", alter_sys=True)
"""


def find(name: str) -> str:
    """The full path of a program that is named by a word, or by a path from the root or ``~``.

    Raises NoProgram.
    """
    path = os.path.expanduser(name)  # noqa: PTH111 - a Path would forget the ./ of a name
    if Path(path).is_absolute():
        return path
    if Path(path).name != path:
        raise NoProgram(
            f"{name} depends on the current folder; give its full path, starting with / or ~"
        )
    found = shutil.which(path, path=environment()["PATH"])
    # Windows looks in the current folder first, whatever the PATH says.
    if found is None or not is_trusted(str(Path(found).parent)):
        raise NoProgram(f"there is no program {name}; install it or correct the name")
    return found


def is_installed(name: str) -> bool:
    """Whether a program is found by its name."""
    try:
        find(name)
    except NoProgram:
        return False
    return True


def start(
    command: Sequence[str] | str,
    stdin: IO[bytes] | int = NOWHERE,
    stdout: IO[bytes] | int = NOWHERE,
    stderr: IO[bytes] | int = NOWHERE,
    folder: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Process:
    """Start a program that can reach neither the screen nor the keyboard; a text is for the shell.

    Raises NoProgram, OSError, and ValueError for arguments that cannot be handed over.
    """
    shell = isinstance(command, str)
    return subprocess.Popen(
        command if shell else _located(command),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=folder or _AWAY,
        env=_environment_of(command) | dict(settings or {}),
        shell=shell,
        # In a session of its own it has no terminal: /dev/tty cannot be opened.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def run_in_terminal(command: Sequence[str]) -> int:
    """Run a program that gets the terminal until it ends; its exit code. As for ``start``."""
    return subprocess.run(_located(command), env=_environment_of(command), check=False).returncode


def start_module(module: str, *arguments: str) -> Process:
    """A module of ours run in a process of its own, between two pipes. Raises OSError."""
    return start(module_command(module, *arguments), stdin=PIPE, stdout=PIPE)


def module_command(
    module: str, *arguments: str, utf8: bool = bool(sys.flags.utf8_mode)
) -> list[str]:
    """The command that runs an installed module: found where this process finds its modules.

    No variable and no folder has a say in that. ``utf8`` is how it understands text and names.
    """
    # Pure ASCII: it arrives as it was sent in every locale.
    program = _MODULE.format(folders=ascii(module_folders()), name=module)
    return [sys.executable, "-I", "-X", f"utf8={int(utf8)}", "-c", program, *arguments]


def start_by_windows(address: str) -> None:
    """Have Windows open an address as it is set to. Raises OSError."""
    os.startfile(address)  # type: ignore[attr-defined, unused-ignore]  # noqa: S606


def scratch() -> IO[bytes]:
    """A file without a name to hand to a program: nobody waits for the other at a file."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return open(os.memfd_create("sluice"), "w+b")  # noqa: PTH123 - it is no path
    import tempfile  # noqa: PLC0415 - where there is no memory that is a file

    return tempfile.TemporaryFile()


def end(process: Process) -> None:
    """End a program and all it has started."""
    if os.name == "nt":
        process.kill()
    else:
        _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(TookTooLong):
            process.wait(_TO_END)
        _signal_group(process, signal.SIGKILL)
    process.wait()


def let_go(process: Process) -> None:
    """Leave a program to itself: it outlives us, and is not kept as dead when it ends first."""
    threading.Thread(target=process.wait, daemon=True).start()


def _located(command: Sequence[str]) -> list[str]:
    return [find(command[0]), *command[1:]]


def _environment_of(command: Sequence[str] | str) -> dict[str, str]:
    settings = environment()
    if isinstance(command, str):
        return settings
    if _PYTHON.fullmatch(Path(command[0]).name.lower()) and not _has_script(command[1:]):
        settings["PYTHONSAFEPATH"] = "1"
    return settings


def _has_script(arguments: Sequence[str]) -> bool:
    """Whether Python is given a file to run: then it looks for modules beside that."""
    words = iter(arguments)
    for word in words:
        if _NO_SCRIPT.fullmatch(word):
            return False
        if not word.startswith("-"):
            return True
        if word in ("-W", "-X"):
            next(words, "")
    return False


def _signal_group(process: Process, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
