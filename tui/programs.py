"""Start programs: never from untrusted folders, and without access to the terminal."""

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
"""The working folder of our own processes, where nobody can plant modules."""
_TO_END = 1.0
"""Seconds that a program gets to terminate."""
_PYTHON = re.compile(r"(?:python|pypy)[\d.]*(?:\.exe)?")
_NO_SCRIPT = re.compile(r"-[bBdEhiIOPqsSuvVx]*[mc].*|-")
"""Arguments with which Python searches the current folder for modules."""
_MODULE = """\
import sys
sys.path[:] = {folders}
from runpy import run_module
run_module({name!r}, run_name="__main__", alter_sys=True)
"""


def find(name: str) -> str:
    """The full path of a program, given by name or by a path from the root or ``~``.

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
    # Windows searches the current folder first, whatever the PATH.
    if found is None or not is_trusted(str(Path(found).parent)):
        raise NoProgram(f"there is no program {name}; install it or correct the name")
    return found


def is_installed(name: str) -> bool:
    """Whether a program can be found."""
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
    settings: Mapping[str, str | None] | None = None,
) -> Process:
    """Start a program without access to the screen and keyboard; a text runs in the shell.

    ``settings`` are variables of its environment; None removes one. Raises NoProgram, OSError,
    and ValueError for invalid arguments.
    """
    shell = isinstance(command, str)
    return subprocess.Popen(
        command if shell else _located(command),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=folder or _AWAY,
        env={
            name: value
            for name, value in {**_environment_of(command), **(settings or {})}.items()
            if value is not None
        },
        shell=shell,
        # In its own session it has no terminal, so it cannot open /dev/tty.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def run_in_terminal(command: Sequence[str]) -> int:
    """Run a program in the terminal and return its exit code. Raises as ``start`` does."""
    return subprocess.run(_located(command), env=_environment_of(command), check=False).returncode


def start_module(module: str, *arguments: str) -> Process:
    """Run a module of ours in another process, connected by two pipes. Raises OSError."""
    return start(module_command(module, *arguments), stdin=PIPE, stdout=PIPE)


def module_command(
    module: str, *arguments: str, utf8: bool = bool(sys.flags.utf8_mode)
) -> list[str]:
    """The command that runs an installed module, from this process's module folders.

    Variables and the current folder have no influence. ``utf8`` sets the encoding of text.
    """
    # Pure ASCII, which is the same in every locale.
    program = _MODULE.format(folders=ascii(module_folders()), name=module)
    return [sys.executable, "-I", "-X", f"utf8={int(utf8)}", "-c", program, *arguments]


def start_by_windows(address: str) -> None:
    """Open an address with the Windows default program. Raises OSError."""
    os.startfile(address)  # type: ignore[attr-defined, unused-ignore]  # noqa: S606


def scratch() -> IO[bytes]:
    """An unnamed file for a program's output: unlike a pipe, it never blocks."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return open(os.memfd_create("sluice"), "w+b")  # noqa: PTH123 - it is no path
    import tempfile  # noqa: PLC0415 - where there is no memory that is a file

    return tempfile.TemporaryFile()


def end(process: Process) -> None:
    """Terminate a program and everything it has started."""
    if os.name == "nt":
        process.kill()
    else:
        _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(TookTooLong):
            process.wait(_TO_END)
        _signal_group(process, signal.SIGKILL)
    process.wait()


def let_go(process: Process) -> None:
    """Detach a program: it may outlive us, and does not become a zombie if it ends first."""
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
    """Whether Python runs a script file: then it searches that file's folder for modules."""
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
