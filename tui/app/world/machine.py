"""The machine that sluice runs on, as the session knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import SuspendNotSupported

from tui.app.key_order import KeyOrderApp
from tui.app.world.browser import open_in_browser
from tui.app.world.clipboard import copy_to_system, copy_to_tmux, read_from_clipboard
from tui.app.world.editor import editor_command, run_editor
from tui.errors import SluiceError
from tui.session.ports import IsStopped

LARGEST_OSC52 = 56_000
"""Bytes of text that common terminals accept by OSC 52: 75 kB in base64, xterm's limit."""


class Machine:
    """Its clipboards, its browser, and an editor in the app's terminal."""

    def __init__(
        self,
        app: KeyOrderApp,
        suspend: Callable[[], object],
        redraw: Callable[[], object],
        reopen: Callable[..., None],
    ) -> None:
        self._app = app
        self.suspend = suspend
        self.redraw = redraw
        self.reopen = reopen

    def send(self, text: str) -> bool:
        """Whether the text was sent by OSC 52; terminals do not say whether it arrived."""
        if self._app.is_headless or len(text.encode()) > LARGEST_OSC52:
            return False
        self._app.copy_to_clipboard(text)
        return True

    def copy(self, text: str) -> list[str]:
        """Copy a text; returns the names of the clipboards that took it."""
        ways = ("tmux", copy_to_tmux), ("clipboard", copy_to_system)
        return [name for name, mechanism in ways if mechanism(text)]

    def copied(self) -> str:
        """The text that was copied last."""
        return read_from_clipboard()

    def browse(self, address: str, is_stopped: IsStopped) -> str:
        """Open an address; returns what to say. Raises NotOpened."""
        return open_in_browser(address, is_stopped)

    def edit(self, path: Path, line: int | None) -> None:
        """Run the person's editor on a file until it ends. Raises SluiceError."""
        command, failed = editor_command(path, line), None
        try:
            with self._app.suspend():
                # An error must not leave this block, or the screen would not come back.
                try:
                    run_editor(command)
                except SluiceError as error:
                    failed = error
        except SuspendNotSupported as error:
            raise SluiceError("Cannot open an editor: this screen is not a terminal.") from error
        if failed is not None:
            raise failed

    def end(self) -> None:
        """Leave sluice."""
        self._app.exit()
