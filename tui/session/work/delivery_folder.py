"""DeliveryFolder: where the files of notebooks go, asked for the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tui.desk import Desk
from tui.errors import SluiceError, StorageError
from tui.notebooks.export import refuse_inside, refuse_unwritable
from tui.notebooks.file_names import file_name
from tui.session.flow.calls import then
from tui.session.ports import Ask, Tell, Threads
from tui.session.questions import EditLine, Judgement
from tui.state.notebook_folder import NotebookFolder


@dataclass(eq=False)
class DeliveryFolder:
    """The folder that a person chose outside the vault; each notebook has its own in it."""

    _desk: Desk
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._saved = NotebookFolder(self._desk.state)

    @property
    def path(self) -> str:
        """The folder; empty while none was chosen."""
        return self._saved.path

    def of(self, notebook: str) -> str:
        """The folder of a notebook in it; empty while none was chosen. It reads a file."""
        base = self.path
        if not base:
            return ""
        try:
            return str(self._desk.delivery.exporter.folder_in(Path(base), notebook))
        except StorageError:
            # Whoever writes to it says what is wrong, and another one can be chosen.
            return str(Path(base) / file_name(notebook, ending=""))

    def ask(self, then: Callable[[], object]) -> None:
        """Ask for the folder; ``then`` is called once it is chosen. Keys wait for it."""
        root = self._desk.vault.root

        def judge(text: str) -> Judgement:
            text = text.strip()
            if not text:
                return Judgement("A folder outside the vault; each notebook gets one in it.")
            try:
                folder = refuse_inside(root, Path(text))
                refuse_unwritable(folder)
            except SluiceError as error:
                return Judgement(str(error), fits=False)
            return Judgement(f"{folder}", meant=True)

        def save(text: str) -> bool:
            if not text.strip() or not judge(text).fits:
                return False
            folder = refuse_inside(root, Path(text.strip()))
            if fault := self._saved.remember(str(folder)):
                self._tell.say(fault, "warning")
            after_frame(self._threads, then)
            return True

        start = self.path or str(Path.home() / "sluice" / root.name)
        question = EditLine(
            "folder for the files", start, judge, save, about="", takes_unchanged=True
        )
        self._ask.ask(question)


def after_frame(threads: Threads, call: Callable[[], object]) -> None:
    """Call a function once a box is closed; the keys after it wait, since it may open another."""
    threads.next_frame(then(call, threads.hold_keys()))
