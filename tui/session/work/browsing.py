"""Browsing: opens the addresses of sources in the browser."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from tui.address import SHOWN, read_web_address
from tui.display import clean
from tui.errors import NotOpened, ValueRefused
from tui.session.keys.keymap import Keymap
from tui.session.ports import IsStopped, Kind, Tell, Threads, World
from tui.vault.source import Source


@dataclass(eq=False)
class Browsing:
    """Opens addresses in a thread."""

    _keymap: Keymap
    _threads: Threads
    _world: World
    _tell: Tell

    def open(self, source: Source) -> None:
        """Open a source's URL in the browser, or say why not."""
        try:
            address = read_web_address(source.url)
        except ValueRefused as error:
            shown = clean(source.url.strip(), SHOWN)
            why = f"No browser can open “{shown}”: it {error.reason}."
            self._tell.say(why if shown else "This source has no URL.", "warning")
            return
        copies = self._keymap.sequel("copy.url", "copies the URL")

        def go(is_stopped: IsStopped) -> None:
            kind: Kind = "information"
            try:
                told = self._world.browse(address, is_stopped)
            except NotOpened as error:
                told, kind = f"{error}{copies}", "warning"
            with suppress(RuntimeError):
                self._threads.back(self._tell.say, told, kind)

        self._threads.run(go, "browser")
