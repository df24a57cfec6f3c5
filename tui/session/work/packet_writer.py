"""PacketWriter: writes the sources of a notebook and the questions asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.desk import Desk
from tui.display import short
from tui.errors import SluiceError
from tui.notebooks.export import refuse_inside
from tui.notebooks.packet import write_packet
from tui.session.ports import Ask, IsStopped, Threads
from tui.session.questions import EditText, Judgement
from tui.session.work.delivery_folder import DeliveryFolder, after_frame
from tui.state.log import tell_fault


@dataclass(eq=False)
class PacketWriter:
    """Asks for the questions, and writes a packet as a new file."""

    _desk: Desk
    _folder: DeliveryFolder
    _threads: Threads
    _ask: Ask

    def ask(self, notebook: str, say: Callable[[str], object]) -> None:
        """Ask for the questions; ``say`` gets what became of it, faults with ``!`` first."""
        if not self._folder.path:
            self._folder.ask(lambda: self.ask(notebook, say))
            return

        def judge(_: str) -> Judgement:
            return Judgement("A question on each line, or none; then the list of sources follows.")

        def save(text: str) -> bool:
            questions = [line.strip() for line in text.splitlines() if line.strip()]
            after_frame(self._threads, lambda: self._write(notebook, questions, say))
            return True

        self._ask.ask(
            EditText("questions for the packet", "", judge, save, about="", takes_unchanged=True)
        )

    def _write(self, notebook: str, questions: Sequence[str], say: Callable[[str], object]) -> None:
        lets_keys = self._threads.hold_keys()

        def work(_: IsStopped) -> None:
            try:
                text = self._desk.delivery.packet(notebook, questions)
                folder = refuse_inside(self._desk.vault.root, Path(self._folder.path))
                said = f"✓ packet: {short(str(write_packet(folder, notebook, text)))}"
            except SluiceError as error:
                said = f"! {error}"
            except Exception as error:
                said = f"! {tell_fault(error)}"
            try:
                self._threads.back(say, said)
            finally:
                lets_keys()

        self._threads.run(work, "packet")
