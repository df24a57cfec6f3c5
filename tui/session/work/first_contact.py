"""First contact: looks at a folder whose notes sluice cannot use, and says what it found."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from tui.desk import Desk
from tui.errors import Stopped
from tui.session.model.board import Board
from tui.session.option import Option
from tui.session.ports import Ask, IsStopped, Panes, Threads
from tui.session.questions import PickOne
from tui.session.update import Key
from tui.session.work.setting_up import SettingUp
from tui.triage.schema import VAULT_SCHEMA
from tui.vault.progress import Progress

if TYPE_CHECKING:
    from tui.guess.contact import Act, Answer, Contact, WhichPlace
    from tui.guess.guess import Guess

_SHOWN_EVERY = 1_000
"""Notes looked at between two reports on the screen."""
_IN_BAR = 3
"""How many digits the bar of keys names; the queue names all."""
_WIDE = 40
"""The cells of a line in a box that fits any screen."""
_IN_SHORT = {"enter": "set up", "a": "all notes", "f": "a folder", "+": "add a note"}
"""What the bar says of keys about which the queue says more."""
_CHANGING = ("decide.", "undo.", "app.add", "board.rapid", "find.repair")
"""How the names of the commands begin that change a file, or ask for what does."""


def _words(answer: Answer) -> str:
    return f"{answer.key} {answer.words}"


def _whole(answer: Answer) -> str:
    """The same where no line ends within it."""
    return _words(answer).replace(" ", "\N{NO-BREAK SPACE}")


def _changes(id: str) -> bool:
    return id.startswith(_CHANGING)


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
    """Says in the place of the queue what a folder has, and asks what sluice cannot know.

    ``show_all`` opens a view of every source, if there is one.
    """

    _desk: Desk
    _board: Board
    _panes: Panes
    _threads: Threads
    _setting_up: SettingUp
    _ask: Ask
    _actions: Mapping[str, Callable[[], object]]
    """What else its keys do, by the name of the act."""
    _: KW_ONLY
    show_all: Callable[[], object]

    def __post_init__(self) -> None:
        self._steps: _Steps | None = None
        """How far the survey has come; None when none is made."""
        self._found: list[Contact] = []
        """What is asked, behind what was asked before it."""
        self._looked_at: Guess | None = None
        """The schema of a folder in which nothing is changed."""
        self._in_box = False
        """Whether sources were there before it was asked."""
        self._opens_soon = False
        """Whether enter was pressed before the survey had ended."""
        self._text = ""
        """What the queue was last given to say."""

    def look(self, guessed: Guess) -> None:
        """Change nothing; the first key that would shows the schema that the folder is read by."""
        self._looked_at = guessed

    def asks_first(self, id: str) -> bool:
        """Show that schema in place of what a command would change; whether it was shown."""
        if self._looked_at is None or not _changes(id):
            return False
        self._setting_up.propose(self._looked_at)
        return True

    def start(self) -> None:
        """Look at the notes, if sluice cannot use them."""
        if self._looked_at is not None:
            return
        if self._steps is not None:
            self._steps.stop()
        self._steps, self._found, self._opens_soon = None, [], False
        if not self._desk.guidance():
            return
        self._in_box = len(self._board.rows) > 0 and not self._knows_any
        say = partial(self._threads.back, self._board.say_when_empty)
        self._steps = steps = _Steps(self._threads.give_way, say)
        self._threads.run(partial(self._look, steps), "first contact", exclusive=True)

    @property
    def _knows_any(self) -> bool:
        """Whether some source has a status of the schema used so far, written out."""
        status, field = self._desk.schema.status, self._desk.schema.roles.status
        return any(
            status.known_in(source.value(field)) in status.values
            for source in self._desk.vault.sources
        )

    def _look(self, steps: _Steps, is_stopped: IsStopped) -> None:
        steps.thread_is_stopped = is_stopped
        found: Contact | None = None
        try:
            found = self._found_in(steps)
        except (OSError, Stopped):
            # What was said before stays true.
            pass
        finally:
            # Also after an error in sluice, which is logged.
            if not is_stopped():
                self._threads.back(self._take, steps, found)

    def _found_in(self, steps: _Steps) -> Contact | None:
        """What to propose for the folder; None for nothing. Raises OSError and Stopped."""
        from tui.guess.contact import contact_of  # noqa: PLC0415 - for a strange folder only
        from tui.guess.guess import guess  # noqa: PLC0415 - as above
        from tui.guess.survey import survey  # noqa: PLC0415 - as above

        root, schema = self._desk.vault.root, self._desk.schema
        if os.path.lexists(root / VAULT_SCHEMA):
            # A schema of the person's own is not replaced.
            return None
        found = survey(root, steps)
        return contact_of(
            guess(found), schema.roles.status, schema.status.values, root.resolve().name,
            lambda: survey(root, None, found.hidden),
        )  # fmt: skip

    def _take(self, steps: _Steps, found: Contact | None) -> None:
        if steps is not self._steps:
            # The notes were read again meanwhile.
            return
        opens, self._opens_soon = self._opens_soon, False
        self._steps, self._found = None, [found] if found is not None else []
        self._show()
        if opens and self.is_asking:
            self.take_key("enter")

    def _show(self) -> None:
        """Ask in the place of the queue; in a box where that shows sources."""
        self._board.say_when_empty()
        if self._found and self._in_box and self._panes.is_on_top:
            self._ask_in_box(self._found[-1], "set up this folder")

    def _ask_in_box(self, contact: Contact, title: str) -> None:
        said = [part for line in (contact.headline, *contact.lines) for part in wrap(line, _WIDE)]
        lines = [Option("", line, is_prose=True) for line in said]
        answers = [one for row in contact.answers for one in row]
        options = [Option(one.key, one.words, slot=one.key) for one in answers]
        self._ask.ask(PickOne(title, [*lines, *options], filtered=False), self._hear)

    def _hear(self, key: str | None) -> None:
        if key is not None:
            self.take_key(key)
        elif self._in_box and not self.take_key("escape"):
            self._found = []

    # What the queue says

    def words(self) -> str:
        """What to say in the place of the queue, its first line as a headline; else empty."""
        self._text = self._worded()
        return self._text

    def _worded(self) -> str:
        if (steps := self._steps) is not None:
            far = f"{steps.done:,} of {steps.total:,} read\n" if steps.total else ""
            return f"Looking at the notes of this folder…\n{far}esc stops"
        if not self._found or (self._found[0].is_empty and self._desk.vault.count):
            return ""
        contact = self._found[-1]
        rows = (" · ".join(map(_whole if row[1:] else _words, row)) for row in contact.answers)
        return "\n".join((contact.headline, *contact.lines, *rows, *self._way_back))

    @property
    def _way_back(self) -> list[str]:
        return ["esc back"] if len(self._found) > 1 else []

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
        if not self._found:
            return []
        answers = [one for row in self._found[-1].answers for one in row]
        digits = [one.key for one in answers if one.key.isdecimal()]
        keys = [Key(digit, "answer") for digit in digits[:_IN_BAR]]
        return keys + [
            Key(one.key, _IN_SHORT.get(one.key, one.words))
            for one in answers
            # To quit is in the bar everywhere.
            if one.key not in digits and one.act != "quit"
        ]

    def take_key(self, key: str) -> bool:
        """Do what a key does here; whether it does anything."""
        if self._steps is not None:
            return self._take_key_early(self._steps, key)
        if key == "escape" and self._way_back:
            self._found.pop()
            self._show()
            return True
        answer = self._found[-1].answer(key) if self._found else None
        if answer is None:
            return key == "enter" and self._ask_for_digit()
        if answer.then is not None:
            self._work_out(answer.act, answer.then)
        elif answer.act == "leave":
            self._leave()
        else:
            self._actions[answer.act]()
        return True

    def _ask_for_digit(self) -> bool:
        """Let enter pick an answer in a box where only digits answer; whether they do."""
        rows = self._found[-1].answers if self._found else []
        asks = any(one.key.isdecimal() for row in rows for one in row)
        if asks:
            self._ask_in_box(self._found[-1], "your answer")
        return asks

    def _work_out(self, act: Act, then: Callable[[], Guess | Contact | WhichPlace]) -> None:
        """Do what was answered once it is known: to guess takes a while in a large folder."""
        ended = self._threads.hold_keys()

        def work(_: IsStopped) -> None:
            try:
                self._threads.back(self._go_on, act, then())
            except OSError:
                # A folder that was readable is not any more; what was said before stays.
                pass
            finally:
                ended()

        self._threads.run(work, "answer")

    def _go_on(self, act: Act, result: Guess | Contact | WhichPlace) -> None:
        """Ask what is still to be asked, else do what was answered."""
        from tui.guess.contact import Contact, WhichPlace  # noqa: PLC0415 - for a strange folder

        if isinstance(result, Contact):
            self._found.append(result)
            self._show()
        elif isinstance(result, WhichPlace):
            self._ask_place(result)
        elif act == "look":
            self._setting_up.look(result)
        elif act == "order":
            self._setting_up.order(result, self._show)
        else:
            self._setting_up.propose(result, self._show)

    def _ask_place(self, which: WhichPlace) -> None:
        options = [Option(one.name, one.name, number=f"{one.files:,}") for one in which.places]
        title = "which notes wait for you?"
        question = PickOne(title, options, typed="type a folder or #tag")

        def choose(place: str | None) -> None:
            if place is not None:
                self._work_out("set up", partial(which.choose, place))
            else:
                self._show()

        self._ask.ask(question, choose)

    def _take_key_early(self, steps: Progress, key: str) -> bool:
        if key == "enter":
            self._opens_soon = True
        elif key == "escape":
            steps.stop()
        return key in ("enter", "escape")

    def _leave(self) -> None:
        self._found = []
        self._board.say_when_empty()
        self.show_all()
