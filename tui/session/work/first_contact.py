"""First contact: looks at a folder whose notes sluice cannot use, and proposes a schema for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TYPE_CHECKING

from tui.desk import Desk
from tui.errors import Conflict, SluiceError, Stopped
from tui.session.model.board import Board
from tui.session.ports import Ask, IsStopped, Panes, Tell, Threads, World
from tui.session.questions import ProposeSchema
from tui.session.update import Key
from tui.triage.schema import VAULT_SCHEMA
from tui.vault.progress import Progress

if TYPE_CHECKING:
    from tui.guess.contact import Contact
    from tui.guess.guess import Guess

_SHOWN_EVERY = 1_000
"""Notes looked at between two reports on the screen."""


class _Steps(Progress):
    """Stops with the thread, leaves time to the keys, and reports now and then."""

    def __init__(self, give_way: Callable[[], None], report: Callable[[], object]) -> None:
        super().__init__()
        self.thread_is_stopped: IsStopped = lambda: False
        self._give_way = give_way
        self._report = report

    def step(self, done: int, total: int) -> None:
        """Report progress. Raises Stopped when a stop was requested."""
        if self.thread_is_stopped():
            self.stop()
        super().step(done, total)
        self._give_way()
        if done % _SHOWN_EVERY == 0:
            self._report()


@dataclass(eq=False)
class FirstContact:
    """Says in the place of the queue what a folder has, and opens it with the schema proposed.

    ``is_saving`` says whether a change is on its way to the disk; ``show_all`` opens a view of
    every source, if there is one.
    """

    _desk: Desk
    _board: Board
    _panes: Panes
    _threads: Threads
    _world: World
    _ask: Ask
    _tell: Tell
    _: KW_ONLY
    is_saving: Callable[[], bool]
    show_all: Callable[[], object]

    def __post_init__(self) -> None:
        self._steps: _Steps | None = None
        """How far the survey has come; None when none is made."""
        self._found: tuple[Guess, Contact] | None = None
        self._opens_soon = False
        """Whether enter was pressed before the survey had ended."""
        self._text = ""
        """What the queue was last given to say."""

    def start(self) -> None:
        """Look at the notes, if sluice cannot use them."""
        if self._steps is not None:
            self._steps.stop()
        self._steps, self._found, self._opens_soon = None, None, False
        if not self._desk.guidance():
            return
        say = partial(self._threads.back, self._board.say_when_empty)
        self._steps = steps = _Steps(self._threads.give_way, say)
        self._threads.run(partial(self._look, steps), "first contact", exclusive=True)

    def _look(self, steps: _Steps, is_stopped: IsStopped) -> None:
        steps.thread_is_stopped = is_stopped
        found: tuple[Guess, Contact] | None = None
        try:
            found = self._found_in(steps)
        except (OSError, Stopped):
            # What was said before stays true.
            pass
        finally:
            # Also after an error in sluice, which is logged.
            if not is_stopped():
                self._threads.back(self._take, found)

    def _found_in(self, steps: _Steps) -> tuple[Guess, Contact] | None:
        """What to propose for the folder; None for nothing. Raises OSError and Stopped."""
        from tui.guess.contact import contact_of  # noqa: PLC0415 - for a strange folder only
        from tui.guess.guess import guess  # noqa: PLC0415 - as above
        from tui.guess.survey import survey  # noqa: PLC0415 - as above

        root, schema = self._desk.vault.root, self._desk.schema
        if os.path.lexists(root / VAULT_SCHEMA):
            # A schema of the person's own is not replaced.
            return None
        guessed = guess(survey(root, steps))
        contact = contact_of(guessed, schema.roles.status, schema.status.values)
        return (guessed, contact) if contact is not None else None

    def _take(self, found: tuple[Guess, Contact] | None) -> None:
        opens, self._opens_soon = self._opens_soon, False
        self._steps, self._found = None, found
        self._board.say_when_empty()
        if opens and self.is_asking:
            self.take_key("enter")

    # What the queue says

    def words(self) -> str:
        """What to say in the place of the queue, its first line as a headline; else empty."""
        self._text = self._worded()
        return self._text

    def _worded(self) -> str:
        if (steps := self._steps) is not None:
            far = f"{steps.done:,} of {steps.total:,} read\n" if steps.total else ""
            return f"Looking at the notes of this folder…\n{far}esc stops"
        if self._found is None:
            return ""
        _, contact = self._found
        keys = [f"{one.key} {one.words}" for one in contact.choices] or [f"enter {contact.enter}"]
        keys.append(contact.leave)
        return "\n".join((contact.headline, *contact.lines, *keys))

    @property
    def is_asking(self) -> bool:
        """Whether that is on the screen, and gets the keys."""
        rows = self._board.rows
        return (
            bool(self._text)
            and not len(rows)
            and rows.empty_text == self._text
            and self._panes.is_on_top
            and self._panes.focus == "queue"
        )

    @property
    def keys(self) -> list[Key]:
        """The keys that answer, for the bar."""
        if self._steps is not None:
            return [Key("esc", "stop")]
        if self._found is None:
            return []
        contact = self._found[1]
        key, _, words = contact.leave.partition(" ")
        answers = [Key(one.key, "answer") for one in contact.choices] or [Key("enter", "set up")]
        return [*answers, Key(key, words)]

    def take_key(self, key: str) -> bool:
        """Do what a key does here; whether it does anything."""
        if self._steps is not None:
            return self._take_key_early(self._steps, key)
        if self._found is None:
            return False
        guessed, contact = self._found
        chosen = next((one.guess for one in contact.choices if one.key == key), None)
        if chosen is not None:
            self._propose(chosen)
        elif key == "enter" and not contact.choices:
            self._propose(guessed)
        elif key == contact.leave[:1]:
            self._leave()
        else:
            return False
        return True

    def _take_key_early(self, steps: Progress, key: str) -> bool:
        if key == "enter":
            self._opens_soon = True
        elif key == "escape":
            steps.stop()
        return key in ("enter", "escape")

    def _leave(self) -> None:
        self._found = None
        self._board.say_when_empty()
        self.show_all()

    # The proposal

    def _propose(self, guessed: Guess) -> None:
        from tui.guess.explain import found_in, summary  # noqa: PLC0415 - as above

        place = self._desk.vault.root.resolve().name
        question = ProposeSchema(found_in(guessed, place), tuple(summary(guessed)))
        self._ask.ask(question, partial(self._answer, guessed))

    def _answer(self, guessed: Guess, answer: str | None) -> None:
        if answer == "write":
            self._write(guessed)

    def _write(self, guessed: Guess) -> None:
        if self.is_saving():
            # Another desk must not open before all is on disk.
            self._threads.after(0.05, partial(self._write, guessed))
            return
        ended = self._threads.hold_keys()
        self._threads.run(partial(self._create, guessed, ended), "schema")

    def _create(self, guessed: Guess, ended: Callable[[], None], _: IsStopped) -> None:
        from tui.guess.contact import waiting_status  # noqa: PLC0415 - as above
        from tui.guess.write import write_schema  # noqa: PLC0415 - as above
        from tui.vault.disk.presence import create  # noqa: PLC0415 - as above

        try:
            create(self._desk.vault.root, VAULT_SCHEMA, write_schema(guessed).encode())
        except Conflict:
            sentence = (
                f"{VAULT_SCHEMA} exists by now, and sluice did not overwrite it; "
                "quit and start again to use it."
            )
            self._threads.back(self._refuse, sentence, ended)
        except SluiceError as error:
            self._threads.back(self._refuse, str(error), ended)
        else:
            self._threads.back(self._world.reopen, waiting_status(guessed), ended)

    def _refuse(self, sentence: str, ended: Callable[[], None]) -> None:
        self._tell.say(sentence, "error")
        ended()
