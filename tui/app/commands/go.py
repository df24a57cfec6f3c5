"""Commands that leave the queue: read, open in the browser, edit."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.worker import get_current_worker

from tui.address import SHOWN, read_web_address
from tui.app.browser import open_in_browser
from tui.app.commands.command import Command, needs_source
from tui.app.editor import editor_command, run_editor
from tui.app.screens.read import ReadScreen
from tui.display import clean
from tui.errors import NotOpened, SluiceError, ValueRefused
from tui.vault.disk.inside import refuse_outside

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.vault.source import Source


def read(screen: TriageScreen) -> None:
    """Show the source in full screen."""
    source = screen.current
    if source is not None:
        screen.app.push_screen(ReadScreen(source, screen.body_of(source), screen.worklist.lit))


def _open(screen: TriageScreen) -> None:
    if screen.current is not None:
        open_address(screen, screen.current)


def open_address(screen: TriageScreen, source: Source) -> None:
    """Open a source's URL in the browser, or say why not."""
    try:
        address = read_web_address(source.text("url"))
    except ValueRefused as error:
        shown = clean(source.text("url").strip(), SHOWN)
        why = f"No browser can open “{shown}”: it {error.reason}."
        screen.say(why if shown else "This source has no URL.", "warning")
        return
    copies = screen.keymap.sequel("copy.url", "copies the URL")

    def go() -> None:
        worker = get_current_worker()
        try:
            told = open_in_browser(address, lambda: worker.is_cancelled), "information"
        except NotOpened as error:
            told = f"{error}{copies}", "warning"
        with suppress(RuntimeError):
            screen.app.call_from_thread(screen.say, *told)

    screen.run_worker(go, thread=True, exit_on_error=False)


def _edit(screen: TriageScreen) -> None:
    source = screen.current
    if source is not None:
        # The editor must find on disk what the screen shows.
        screen.saver.when_idle(lambda: _edit_file(screen, source))


def _edit_file(screen: TriageScreen, source: Source) -> None:
    refused = ""
    try:
        refuse_outside(source.root, source.name)
        command = editor_command(source.path, source.problem.line if source.problem else None)
        with screen.app.suspend():
            # An error must not leave this block, or the screen would not come back.
            try:
                run_editor(command)
            except SluiceError as error:
                refused = str(error)
    except SuspendNotSupported:
        screen.say("Cannot open an editor: this screen is not a terminal.", "error")
        return
    except SluiceError as error:
        refused = str(error)
    screen.decider.take_in(source.name)
    if refused:
        screen.say(refused, "error")


def _duplicates(screen: TriageScreen) -> None:
    screen.comparer.start()


COMMANDS = (
    Command("go.read", ("enter",), "Read in full screen", read, "read", needs_source),
    Command("go.open", ("o",), "Open the URL in the browser", _open, "", needs_source),
    Command("go.edit", ("e",), "Edit in $EDITOR", _edit, "", needs_source),
    Command("go.duplicates", ("d",), "Duplicates side by side", _duplicates, "", needs_source),
)
