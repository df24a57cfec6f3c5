"""Opens the app on a vault."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from tui.errors import SluiceError

VAULT_SCHEMA = "sluice.yaml"
"""The name in `tui.triage.schema`, which is not imported here because it imports YAML."""


def run_app(root: Path) -> int:
    """Open the app; returns the exit code.

    Raises SluiceError before the screen opens, or after it closed because of an error.
    """
    # Garbage collection takes a tenth of the start-up time; the app turns it on again.
    gc.disable()
    if "SSH_CONNECTION" not in os.environ:
        os.environ.setdefault("TEXTUAL_FPS", "120")
    from tui.app.app import SluiceApp  # noqa: PLC0415 - after the frame rate is set
    from tui.app.faults import quiet_threads  # noqa: PLC0415
    from tui.state.config import CONFIG_FILE, load_config  # noqa: PLC0415
    from tui.state.folders import user_folders  # noqa: PLC0415

    folders = user_folders()
    desk = None
    if os.path.lexists(root / VAULT_SCHEMA):
        # An invalid one is reported before the screen opens; the built-in schema is valid.
        from tui.desk import Desk  # noqa: PLC0415 - reads YAML

        desk = Desk(root, folders)
    config = load_config(folders.config)
    if config.keys or config.commands:
        # Invalid keys are reported before the screen opens too.
        from tui.session.keys.keymap import Keymap  # noqa: PLC0415 - after Textual
        from tui.state.yaml_file import within  # noqa: PLC0415

        with within(folders.config / CONFIG_FILE):
            Keymap.of(config)
    app = SluiceApp(root, folders, config, desk)
    with quiet_threads():
        try:
            app.run()
        finally:
            line = ProgressLine()
            try:
                lost = app.saving_ends(line.tell)
            finally:
                line.tell("")
        app.watching_ends()
        app.copies_end()
    if app.fault or lost:
        raise SluiceError(" ".join(filter(None, [app.fault, *lost])))
    return app.return_code or 0


class ProgressLine:
    """A line on stderr, if that is a terminal, where each sentence replaces the one before."""

    def __init__(self) -> None:
        self._told = ""

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one clears the line."""
        if sentence != self._told and sys.stderr.isatty():
            # First: ctrl+c may come as soon as the sentence is seen, and the line is still cleared.
            self._told = sentence
            sys.stderr.write(f"\r\x1b[2K{sentence}")
            sys.stderr.flush()
