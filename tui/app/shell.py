"""The shell: builds a session for the triage screen, and gives its keys to Textual.

It is imported after the first frame.
"""

from __future__ import annotations

import re

from textual.binding import Binding

from tui.app.asking import Asker, load_boxes
from tui.app.key_order import STEADY, STEADY_ABROAD
from tui.app.screens.triage import TriageScreen
from tui.app.telling import Teller
from tui.app.textual_private import bind_keys
from tui.app.threads import TextualThreads
from tui.app.toasts import ToastApp
from tui.app.widgets import preview_head, text_hits
from tui.app.widgets.welcome import Welcome
from tui.desk import Desk
from tui.session.keys.keymap import Keymap
from tui.session.limits import Limits
from tui.session.ports import Look, World
from tui.session.session import Ports, Session
from tui.state.config import Config

__all__ = ["open_session", "preview_head", "text_hits"]

STEADY_COMMANDS = (
    *("move.down", "move.up", "move.half_down", "move.half_up", "move.page_down", "move.page_up"),
    *("move.preview_down", "move.preview_up", "move.preview_page"),
)
"""Commands that do not move the focus."""
EVERYWHERE = {"app.redraw": "draw_anew", "app.suspend": "suspend_process"}
"""Commands that work in every screen and box, with the app's actions."""

load_boxes()


def open_session(
    app: ToastApp,
    screen: TriageScreen,
    desk: Desk,
    config: Config,
    limits: Limits,
    *,
    look: Look,
    world: World,
) -> Session:
    """Build the session of a desk, and show it."""
    ports = Ports(
        threads=TextualThreads(app, screen, screen.enter),
        tell=Teller(app, screen.status_line),
        ask=Asker(app, screen.enter, screen),
        panes=screen.panes,
        text=screen.text,
        world=world,
        look=look,
        canvas=screen,
    )
    session = Session(desk, config, screen.rows, ports, limits)
    _take_keys(app, screen, session.keymap)
    if session.is_new:
        screen.greet(Welcome(session.keymap, session.absent, len(desk.schema.tier.values)))
    screen.show(session)
    return session


def _take_keys(app: ToastApp, screen: TriageScreen, keymap: Keymap) -> None:
    bind_keys(screen, (Binding(key, f"run('{id}')") for key, id in keymap.bindings))
    # These also work in boxes and text fields, where the key types no text.
    bind_keys(
        app,
        (
            Binding(key, action, show=False, priority=True)
            for id, action in EVERYWHERE.items()
            for key in keymap.keys_of(id)
            if re.fullmatch(r"(ctrl|alt)\+.+|f\d+", key)
        ),
    )
    # Here only what help says is asked for: see SluiceApp.check_action.
    bind_keys(
        app,
        (
            Binding(key, "help_there", show=False, priority=True)
            for key in keymap.keys_of("app.help")
            if " " not in key
        ),
    )
    app.steady = STEADY_ABROAD | (STEADY & keymap.keys_of(*STEADY_COMMANDS))
