"""SluiceApp: theme, palette, signals and the first screen."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import constants, events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input, TextArea

from tui.app.helping import Helped, help_of
from tui.app.screens.triage import TriageScreen
from tui.app.textual_private import let_go_of_lines, replace_screen
from tui.app.themes import DEFAULT_DARK, VARIABLES, load_theme, load_themes
from tui.app.toasts import ToastApp
from tui.display import short
from tui.errors import SluiceError
from tui.resources import themes_folder
from tui.session.copyable import as_lines
from tui.session.limits import Limits
from tui.state.chosen_theme import ChosenTheme
from tui.state.config import Config
from tui.state.folders import Folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

    from tui.app.terminal.job import Job
    from tui.desk import Desk
    from tui.guess.guess import Guess
    from tui.session.ports import Kind
    from tui.session.session import Session

FALLBACK_THEME = "textual-dark"
"""The theme that Textual falls back to."""
SHARED = 0.001
"""Python's thread switch interval, in seconds.

Answering a key can take several switches, each of which would wait Python's default of 5 ms.
"""
THREADS = 64
"""The most threads that work beside the keys; Python starts six on two processors."""
NO_COLOR = bool(os.environ.get("NO_COLOR"))
"""Whether the user wants no colours (https://no-color.org)."""
NO_COLOR_THEME = "ansi-dark"
"""The only theme with which Textual sends no colours at all."""


class SluiceApp(ToastApp):
    """The app on one vault."""

    TITLE = "sluice"
    CSS_PATH = "screens/triage.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "copy or quit", show=False, priority=True)
    ]

    def __init__(
        self,
        root: Path,
        folders: Folders,
        config: Config,
        desk: Desk | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._own_themes = folders.config / "themes"
        self._themes: list[Theme] = []
        self._theme_errors: list[str] = []
        self._chosen_theme = ChosenTheme(folders.state)
        self._config = config
        self._wanted = self._chosen_theme.name or config.theme or DEFAULT_DARK
        if not any(self._own_themes.glob("*.toml")) and (theme := load_theme(self._wanted)):
            self._themes = [theme]
        else:
            self._load_themes()
        let_go_of_lines()
        # Textual decides here whether NO_COLOR means greys or no colours.
        super().__init__(ansi_color=True if NO_COLOR else None)
        self._folders = folders
        self._root = root
        self._desk = desk
        self._limits = limits
        self._interrupted = False
        self._job: Job | None = None
        self._triage = TriageScreen(root.resolve().name)
        self._session: Session | None = None
        self._copies = ExitStack()
        """The copy of the samples, while it is there."""
        self._take_themes()

    def _load_themes(self) -> None:
        self._themes, self._theme_errors = load_themes([themes_folder(), self._own_themes])
        names = {theme.name for theme in self._themes}
        if self._config.theme and self._config.theme not in names:
            self._theme_errors.append(
                f"config.yaml names an unknown theme, {self._config.theme}; "
                f"choose one of {', '.join(sorted(names))}."
            )

    def _take_themes(self) -> None:
        """Offer our themes and no others, and take the one chosen last."""
        for name in list(self.available_themes):
            if name not in (FALLBACK_THEME, NO_COLOR_THEME):
                self.unregister_theme(name)
        for theme in self._themes:
            self.register_theme(theme)
        if NO_COLOR:
            self.theme = NO_COLOR_THEME
            return
        names = {theme.name for theme in self._themes}
        wanted = [self._chosen_theme.name, self._config.theme, DEFAULT_DARK]
        self.theme = next(name for name in wanted if name in names)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, which Textual's themes lack."""
        if NO_COLOR:
            return dict.fromkeys(VARIABLES, "ansi_default")
        return dict(self._themes[0].variables)

    def get_default_screen(self) -> Screen[None]:
        """The triage screen, with none below it: the first frame draws only one."""
        return self._triage

    def on_mount(self) -> None:
        """Open the vault; the first frame comes before it."""
        if os.name != "nt":
            from tui.app.signals import end_in_order  # noqa: PLC0415 - Windows has none of it

            end_in_order(self, self.saving_ends)
            self._take_signals_of_shell()
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Open the vault, now that the first frame is there; keys are held until it is open."""
        sys.setswitchinterval(SHARED)
        # Each of the user's own commands takes a thread until it ends: keys must find others.
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="worker")
        asyncio.get_running_loop().set_default_executor(pool)
        self.run_worker(self._open_desk, thread=True)

    def _open_desk(self) -> None:
        """In a thread: import what a key needs, and open the vault."""
        from tui.desk import Desk  # noqa: PLC0415
        from tui.session import session  # noqa: F401, PLC0415 - takes a while

        if len(self._themes) == 1:
            self._load_themes()
        try:
            desk = self._desk or Desk(self._root, self._folders)
        except SluiceError as error:
            self.call_from_thread(self._end_for, str(error))
        else:
            self.call_from_thread(self._take_desk, desk)

    def _end_for(self, sentence: str) -> None:
        self.fault = sentence
        self.exit(return_code=1)

    def _take_desk(self, desk: Desk) -> None:
        for theme in self._themes:
            self.register_theme(theme)
        for sentence in self._theme_errors:
            self.notify(sentence, severity="warning", markup=False)
        for sentence in filter(None, (self._config.distrust, self._config.broken)):
            self.notify(sentence, severity="warning", timeout=15, markup=False)
        self._work_at(desk)
        self.deal_with_keys()
        self.call_after_refresh(self._settle_memory)

    def _work_at(self, desk: Desk) -> Session:
        """Show a desk."""
        from tui.app.shell import open_session  # noqa: PLC0415 - after the first frame
        from tui.app.world.machine import Machine  # noqa: PLC0415 - see above

        session = open_session(
            self,
            self._triage,
            desk,
            self._config,
            self._limits or Limits(),
            look=self,
            world=Machine(self, self.suspend_at_once, self.action_draw_anew, self.reopen),
        )
        self._session = session
        return session

    def reopen(
        self,
        said: str,
        opened: Callable[[], object],
        *,
        view: str = "",
        looked: Guess | None = None,
        samples: bool = False,
    ) -> None:
        """Open the vault again, with the schema that it has now, on another screen.

        With ``looked``, open it by that schema, show all and change nothing; with ``samples``,
        open a copy of the samples instead. ``said`` says what was opened, and ``opened`` is called
        once its sources are shown, or once it could not be opened.
        """
        begun = partial(self._begin_again, said, opened, view, looked)
        self.run_worker(partial(self._open_again, begun, opened, looked, samples), thread=True)

    def _open_again(
        self,
        begun: Callable[[Desk], object],
        opened: Callable[[], object],
        looked: Guess | None,
        samples: bool,
    ) -> None:
        """In a thread: open the vault, and close what was open."""
        from tui.desk import Desk  # noqa: PLC0415 - see above
        from tui.guess.write import write_schema  # noqa: PLC0415 - for a strange folder only
        from tui.samples import samples_copy  # noqa: PLC0415 - as above

        own = write_schema(looked) if looked is not None else None
        try:
            if samples:
                self._root = self._copies.enter_context(samples_copy(self._folders))
            desk = Desk(self._root, self._folders, own)
        except (SluiceError, OSError) as error:
            self.call_from_thread(self._say, str(error), "error")
            opened()
        else:
            self.watching_ends()
            self.call_from_thread(self._show_again, partial(begun, desk))

    def _show_again(self, begin: Callable[[], object]) -> None:
        self._triage = TriageScreen(self._root.resolve().name)
        replace_screen(self, self._triage)
        # As at the start: the screen is there by then.
        self._triage.call_after_refresh(begin)

    def _begin_again(
        self, said: str, opened: Callable[[], object], view: str, looked: Guess | None, desk: Desk
    ) -> None:
        session = self._work_at(desk)
        if looked is not None:
            session.contact.look(looked)
            session.when_shown(session.show_all)
        elif view:
            session.when_shown(partial(session.viewer.open, view))
        session.when_shown(opened)
        session.say(said)

    def copies_end(self) -> None:
        """Delete the copy of the samples, if one was opened."""
        self._copies.close()

    def _settle_memory(self) -> None:
        """Exclude the objects made at start-up from later garbage collections."""
        # Little of it is garbage, and looking for that would delay a key.
        gc.freeze()
        gc.enable()
        gc.set_threshold(5_000, 5, 40)

    def saving_ends(self, tell: Callable[[str], object] = lambda _: None) -> list[str]:
        """Wait until every change is on disk; returns a sentence for each that failed.

        ``tell`` gets sentences about the progress. Raises KeyboardInterrupt when the user
        stops waiting.
        """
        return self._session.finish(tell) if self._session is not None else []

    def watching_ends(self) -> None:
        """Wait for the thread that watches the vault, and close its files."""
        if self._session is not None:
            self._session.close()

    def get_driver_class(self) -> type[Driver]:
        """The driver that TEXTUAL_DRIVER names, else our own; on Windows Textual's.

        Raises SluiceError when the variable names none.
        """
        if named := constants.DRIVER:
            try:
                return super().get_driver_class()
            except (ImportError, AttributeError, ValueError, RuntimeError) as error:
                raise SluiceError(
                    f"TEXTUAL_DRIVER is not the name of a driver: {short(named)}; "
                    "unset it to use this terminal."
                ) from error
        if os.name == "nt":
            return super().get_driver_class()
        from tui.app.terminal.driver import TerminalDriver  # noqa: PLC0415 - Windows has none

        return TerminalDriver

    def _take_signals_of_shell(self) -> None:
        from tui.app.terminal.driver import TerminalDriver  # noqa: PLC0415 - Windows has none
        from tui.app.terminal.job import Job  # noqa: PLC0415 - see above

        if isinstance(self.driver, TerminalDriver):
            self._job = Job(self, self.driver, self.action_suspend_process)

    def action_suspend_process(self) -> None:
        """Suspend once all is on disk: a suspended sluice would keep its locks."""
        if self._session is not None:
            self._triage.enter(self._session.run, "app.suspend")
        else:
            self.suspend_at_once()

    def suspend_at_once(self) -> None:
        """Suspend, if a shell can continue sluice."""
        if self._job is None or not self._job.stop():
            self._say("No shell to return to.", "warning")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Help on a screen with keys of its own; elsewhere its key is the screen's or types."""
        if action == "help_there":
            return isinstance(self.screen, Helped) and not self.is_in_field
        return super().check_action(action, parameters)

    def action_help_there(self) -> None:
        """List the keys of a screen that has only its own."""
        if self._session is not None and (here := help_of(self.screen)) is not None:
            self._triage.enter(self._session.help.show_there, here)

    def action_draw_anew(self) -> None:
        """Redraw the whole screen: another program may have written over it."""
        self.refresh(layout=True)

    def action_interrupt(self) -> None:
        """Copy the selection; without one, quit at the second press."""
        selected = self._selected_text()
        screen = self.screen_stack[-1]
        if selected and self._session is not None:
            self._triage.enter(self._session.copier.copy_whole, selected, "selection")
            screen.clear_selection()
        elif self._interrupted:
            self.exit()
        else:
            self._interrupted = True
            self.set_timer(3, self._forget_interrupt)
            self._say("Press ctrl+c again to quit.")

    def _say(self, sentence: str, kind: Kind = "information") -> None:
        """Say what a key has done that the app itself acts on."""
        if self._session is not None:
            self._session.say(sentence, kind)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the screens out of sight as well: those left at another size paint over parts.

        Textual tells the topmost one, and those below as far as the first opaque one.
        """
        below = iter(self.screen_stack[-2::-1])
        for screen in below:
            if screen.styles.background.a == 1:
                break
        for hidden in below:
            hidden.post_message(events.Resize.from_dimensions(event.size, None))

    @property
    def is_in_box(self) -> bool:
        """Whether a box has the keyboard."""
        from tui.app.boxes.box import Box  # noqa: PLC0415 - after the first frame

        return isinstance(self.screen, Box)

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the terminal's clipboard; text fields cut and copy through here too."""
        super().copy_to_clipboard(as_lines(text))

    def _selected_text(self) -> str:
        focused = self.focused
        if isinstance(focused, Input | TextArea) and focused.selected_text:
            return focused.selected_text
        return self.screen.get_selected_text() or ""

    def _forget_interrupt(self) -> None:
        self._interrupted = False

    @property
    def themes(self) -> list[tuple[str, bool]]:
        """The names of the available themes, and whether each is dark; dark ones first."""
        themes = ((theme.name, theme.dark) for theme in self._themes)
        return sorted(themes, key=lambda theme: (not theme[1], theme[0]))

    def wear(self, name: str) -> None:
        """Show a theme."""
        self.theme = name

    def choose(self, name: str) -> None:
        """Show a theme, and remember it for the next start."""
        self.theme = name
        if not self._chosen_theme.remember(name):
            self.notify(self._chosen_theme.error, severity="warning", markup=False)
