"""Opens a web address in the user's browser, which never gets our terminal."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from tui.errors import NoProgram, NotOpened
from tui.programs import Process, TookTooLong, find, is_installed, let_go, start, start_by_windows

BOUND = 5.0
"""Seconds to wait for a program to fail; after that it counts as opened."""
_LOOK_EVERY = 0.05
IN_THE_TERMINAL = frozenset(
    {"www-browser", "links", "links2", "elinks", "felinks", "lynx", "lynx-cur", "w3m", "browsh",
     "carbonyl", "chawan", "cha", "edbrowse", "netrik", "retawq", "w3m-img"}
)  # fmt: skip
"""Browsers that need the terminal; without one they print the page and exit as if done."""
WITH_A_WINDOW = (
    "x-www-browser", "firefox", "firefox-esr", "google-chrome", "chromium", "chromium-browser",
    "brave-browser", "microsoft-edge", "opera", "vivaldi", "epiphany", "konqueror", "falkon",
)  # fmt: skip


class Opener(NamedTuple):
    """A program that opens addresses."""

    words: list[str]
    """Its name and arguments; ``%s`` is the address, else the address comes last."""
    settings: dict[str, str]

    def command(self, address: str) -> list[str]:
        """The command line that opens an address."""
        if any("%s" in word for word in self.words[1:]):
            return [word.replace("%s", address) for word in self.words]
        return [*self.words, address]


def open_in_browser(address: str, is_stopped: Callable[[], bool] = lambda: False) -> str:
    """Open an address with the first program that accepts it; returns what to say.

    A program that runs longer than ``BOUND``, or until ``is_stopped``, is left running.
    Raises NotOpened.
    """
    if sys.platform == "win32":
        return _started_by_windows(address)
    reasons: list[str] = []
    for opener in _openers():
        try:
            return _opened(opener, address, is_stopped)
        except NotOpened as error:
            reasons.append(str(error))
    if reasons:
        raise NotOpened(f"Could not open {address}: {reasons[0]}.")
    raise NotOpened(f"No browser found for {address}; set $BROWSER to one.")


def _openers() -> Iterator[Opener]:
    """The programs in $BROWSER; if there are none, those installed."""
    named = [entry for entry in os.environ.get("BROWSER", "").split(os.pathsep) if entry.strip()]
    if named:
        yield from (Opener(_words(entry), {}) for entry in named)
    elif sys.platform == "darwin":
        yield Opener(["/usr/bin/open"], {})
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        # By default xdg-open may choose a browser that needs the terminal.
        settings = {"BROWSER": os.pathsep.join(WITH_A_WINDOW)}
        known = (["xdg-open"], ["gio", "open", "--"], *([name] for name in WITH_A_WINDOW))
        yield from (Opener(words, settings) for words in known if is_installed(words[0]))


def _words(entry: str) -> list[str]:
    """A command in $BROWSER: a path, which may contain spaces, or a command with arguments."""
    if Path(entry).is_absolute() and Path(entry).is_file():
        return [entry]
    try:
        words = shlex.split(entry)
    except ValueError as error:
        raise NotOpened(f"$BROWSER ({entry}) is not a valid command: {error}") from error
    # A trailing & asks to run it in the background, as sluice does anyway.
    return words[:-1] if words[1:] and words[-1] == "&" else words


def _opened(opener: Opener, address: str, is_stopped: Callable[[], bool]) -> str:
    """Run a program; returns what to say. Raises NotOpened with the reason."""
    name = Path(opener.words[0]).name or opener.words[0]
    try:
        program = find(opener.words[0])
        if {name, Path(program).resolve().name} & IN_THE_TERMINAL:
            raise NotOpened(f"{name} needs the terminal, which sluice is using")
        process = start(opener.command(address), settings=opener.settings)
    except NoProgram as error:
        raise NotOpened(str(error)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotOpened(f"{name} did not start ({reason})") from error
    code = _code(process, is_stopped)
    if code is None:
        let_go(process)
        return f"Sent {address} to {name}"
    if code:
        how = f"was killed by signal {-code}" if code < 0 else f"exited with code {code}"
        raise NotOpened(f"{name} {how}")
    return f"Opened {address}"


def _code(process: Process, is_stopped: Callable[[], bool]) -> int | None:
    """A program's exit code; None when it is still running after the bound."""
    deadline = monotonic() + BOUND
    while not is_stopped() and monotonic() < deadline:
        try:
            return process.wait(_LOOK_EVERY)
        except TookTooLong:
            continue
    return process.poll()


def _started_by_windows(address: str) -> str:
    try:
        start_by_windows(address)
    except OSError as error:
        raise NotOpened(f"Could not open {address}: {error.strerror}.") from error
    return f"Opened {address}"
