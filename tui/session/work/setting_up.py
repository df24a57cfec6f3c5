"""Setting up: shows a schema for a folder, has it ordered, and opens the folder with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TYPE_CHECKING

from tui.desk import Desk
from tui.errors import Conflict, SluiceError
from tui.session.ports import Ask, IsStopped, Tell, Threads, World
from tui.session.questions import OrderStatuses, ProposeSchema
from tui.state.log import tell_fault
from tui.triage.schema import VAULT_SCHEMA

if TYPE_CHECKING:
    from tui.guess.guess import Guess
    from tui.guess.placed import Placed


def _nothing() -> None:
    """Go back to nothing."""


@dataclass(eq=False)
class SettingUp:
    """Sets a folder up; ``is_saving`` says whether a change is on its way to the disk."""

    _desk: Desk
    _threads: Threads
    _world: World
    _ask: Ask
    _tell: Tell
    _: KW_ONLY
    is_saving: Callable[[], bool]

    def propose(self, guessed: Guess, back: Callable[[], object] = _nothing) -> None:
        """Show a schema; its statuses come first where their order is unknown.

        Where it is closed without an answer, go back.
        """
        from tui.guess.explain import found_in, summary  # noqa: PLC0415 - for a strange folder only

        if not guessed.order.is_known:
            self.order(guessed, back)
            return
        place = self._desk.vault.root.resolve().name
        question = ProposeSchema(found_in(guessed, place), tuple(summary(guessed)))
        self._ask.ask(question, partial(self._answer, guessed, back))

    def _answer(self, guessed: Guess, back: Callable[[], object], answer: str | None) -> None:
        if answer == "write":
            self._write(guessed)
        elif answer == "order":
            self._order(guessed, back, partial(self.propose, guessed, back))
        else:
            back()

    def order(self, guessed: Guess, back: Callable[[], object]) -> None:
        """Have the statuses ordered, and show the schema with that; else go back."""
        self._order(guessed, back, back)

    def _order(
        self, guessed: Guess, back: Callable[[], object], closed: Callable[[], object]
    ) -> None:
        """The same, with ``closed`` for where the order is left unchanged."""
        from tui.guess.guess import with_order  # noqa: PLC0415 - for a strange folder only
        from tui.guess.placed import placed_in, with_places  # noqa: PLC0415 - as above

        def take(placed: Placed | None) -> None:
            if placed is None:
                closed()
            else:
                self.propose(with_order(guessed, with_places(guessed.order, placed)), back)

        numbers = {value.name: value.files for value in guessed.order.values}
        self._ask.ask(OrderStatuses(placed_in(guessed.order), numbers), take)

    def look(self, guessed: Guess) -> None:
        """Open the folder with a schema that is not written, and change nothing in it."""
        said = "You only look: sluice changes no file here. Your first decision asks first."
        self._world.reopen(said, self._threads.hold_keys(), looked=guessed)

    def show_samples(self) -> None:
        """Open a copy of the samples in place of the folder."""
        said = "These are samples: a copy, which sluice deletes when you quit."
        self._world.reopen(said, self._threads.hold_keys(), samples=True)

    def _write(self, guessed: Guess) -> None:
        """Write it and open the folder with it; the next keys are for what is shown then."""
        self._write_once_saved(guessed, self._threads.hold_keys())

    def _write_once_saved(self, guessed: Guess, ended: Callable[[], None]) -> None:
        if self.is_saving():
            # Another desk must not open before all is on disk.
            self._threads.after(0.05, partial(self._write_once_saved, guessed, ended))
            return
        self._threads.run(partial(self._create, guessed, ended), "schema")

    def _create(self, guessed: Guess, ended: Callable[[], None], _: IsStopped) -> None:
        from tui.guess.contact import waiting_status  # noqa: PLC0415 - as above
        from tui.guess.write import write_schema  # noqa: PLC0415 - as above
        from tui.vault.disk.presence import create  # noqa: PLC0415 - as above

        try:
            create(
                self._desk.vault.root,
                VAULT_SCHEMA,
                write_schema(guessed, by="the sluice app").encode(),
            )
        except Conflict:
            sentence = (
                f"{VAULT_SCHEMA} exists by now, and sluice did not overwrite it; "
                "quit and start again to use it."
            )
            self._threads.back(self._refuse, sentence, ended)
        except SluiceError as error:
            self._threads.back(self._refuse, str(error), ended)
        except Exception as error:
            self._threads.back(self._refuse, tell_fault(error), ended)
        else:
            said = f"Opened with the new {VAULT_SCHEMA}; no note was changed."
            view = waiting_status(guessed)
            self._threads.back(partial(self._world.reopen, said, ended, view=view))

    def _refuse(self, sentence: str, ended: Callable[[], None]) -> None:
        self._tell.say(sentence, "error")
        ended()
