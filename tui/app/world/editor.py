"""Opens the user's editor at a line of a file."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.errors import NoProgram, SluiceError
from tui.programs import is_installed, run_in_terminal
from tui.reasons import failed

FALLBACKS = ("nano", "vim", "vi", "micro", "emacs")
_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "gvim", "nano", "micro", "emacs", "emacsclient", "kak", "joe", "ne", "mg"}
)
_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})


def editor_command(path: Path, line: int | None) -> list[str]:
    """The command that opens ``path``: $VISUAL, else $EDITOR, else one that is installed.

    Raises SluiceError when there is none.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise SluiceError(f"$EDITOR ({named}) is not a valid command: {error}.") from error
    if not words:
        words = [name for name in FALLBACKS if is_installed(name)][:1]
    if not words:
        raise SluiceError("No editor found; set $EDITOR to one.")
    name = Path(words[0]).name
    if line is None:
        return [*words, str(path)]
    if name in _PLUS_LINE:
        return [*words, f"+{line}", str(path)]
    if name in _COLON_LINE:
        return [*words, f"{path}:{line}"]
    if name in ("code", "codium"):
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, str(path)]


def run_editor(command: list[str]) -> None:
    """Run the command in the terminal until it ends. Raises SluiceError.

    Meanwhile ctrl+c goes to the command, and ctrl+z suspends it together with sluice.
    """
    try:
        with _keys_of_the_terminal():
            code = run_in_terminal(command)
    except NoProgram as error:
        raise SluiceError(
            f"Cannot start the editor {command[0]}: {error}, or set $EDITOR."
        ) from error
    except OSError as error:
        so = ", so check $EDITOR" if isinstance(error, FileNotFoundError) else ""
        raise SluiceError(
            f"Cannot start the editor {command[0]} {failed(error, 'start', so)}"
        ) from error
    if code:
        raise SluiceError(f"The editor {command[0]} exited with code {code}.")


@contextmanager
def _keys_of_the_terminal() -> Iterator[None]:
    """Handle ctrl+c and ctrl+z as another program in this terminal expects."""
    # Not SIG_IGN, which the command would inherit.
    wanted: dict[int, Any] = {signal.SIGINT: lambda *_: None}
    if os.name != "nt":
        wanted |= dict.fromkeys((signal.SIGTSTP, signal.SIGCONT), signal.SIG_DFL)
    before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
