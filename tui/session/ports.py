"""What the session asks of whatever shows it: small protocols, each for one concern.

Whoever implements them draws after every function that the session has it call: see ``Drawer``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from tui.session.questions import Answer, News, Question
from tui.session.update import Update

if TYPE_CHECKING:
    from tui.guess.guess import Guess

Result = TypeVar("Result")
Kind = Literal["information", "warning", "error"]
"""What a sentence is: news, something to know, or something that went wrong."""
IsStopped = Callable[[], bool]
"""Whether work in a thread should end: its result is no longer wanted."""
FARTHEST = 10**9
"""More lines than any text has: scrolling by it goes to the end."""
Pane = Literal["queue", "preview", "insights"]
"""What can have the keyboard; category and status open a box instead."""

Focus = Literal["queue", "preview", "list", "field", "search", "phrase", "nothing"]
"""What has the focus: a pane, the list of insights or the field for one, the search bar, the field
for words to find in the text."""


class Timer(Protocol):
    """A function that will be called."""

    def stop(self) -> object:
        """Do not call it."""


class Threads(Protocol):
    """Runs work beside the keys, and brings its answers back."""

    def run(
        self, work: Callable[[IsStopped], object], group: str, *, exclusive: bool = False
    ) -> None:
        """Run work in a thread; if ``exclusive``, what runs in its group is no longer wanted."""

    def back(self, call: Callable[..., object], *arguments: object) -> None:
        """From a thread: call a function where keys are answered, and wait for its end.

        Raises RuntimeError once nothing answers keys any more.
        """

    def later(self, call: Callable[..., object], *arguments: object) -> None:
        """Call a function where keys are answered, soon; any thread may ask for it."""

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call a function in so many seconds."""

    def next_frame(self, call: Callable[[], object]) -> None:
        """Call a function once what changed is on the screen."""

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Run work in turns with the keys; it pauses by ``pause``."""

    async def pause(self, seconds: float) -> None:
        """Draw what changed, and leave so many seconds to the keys."""

    async def answer(self, work: Callable[[], Result]) -> Result:
        """In such work: the result of a function that runs in a thread."""

    def give_way(self) -> None:
        """In a thread: wait while a key that has just come is answered."""

    def hold_keys(self) -> Callable[[], None]:
        """Hold the next keys until the returned function is called, by any thread."""


class Tell(Protocol):
    """Says things beside the queue."""

    def say(self, sentence: str, kind: Kind = "information", *shorter: str) -> None:
        """Say what a key has done, or why it did nothing.

        It is shown until the next key, and news for some seconds at most. ``shorter`` are forms
        of the sentence for less room, the longest first.
        """

    def report(self, sentence: str, kind: Kind = "warning") -> None:
        """Report what no key has caused, once nobody is typing into a field or a box."""

    def offer(self, sentence: str) -> None:
        """Report what others did, for long enough to press the key that it may end with.

        It waits until nobody is typing into a field or a box.
        """

    def has_offer(self, sentence: str) -> bool:
        """Whether such a report is in sight or still to come."""

    @property
    def offered(self) -> str:
        """The report in sight, if there was time to read it to its end; else empty."""

    def drop(self, sentence: str = "") -> None:
        """Remove a sentence that is no longer true, or all news."""

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show how far long work has come."""

    def end_work(self) -> None:
        """Show no work any more."""


class Panes(Protocol):
    """Where the focus is, and what only the screen knows: sizes and places of what is drawn."""

    @property
    def focused(self) -> Pane:
        """The pane that has the focus; the queue when none has."""

    @property
    def focus(self) -> Focus:
        """What has the focus."""

    @property
    def is_on_top(self) -> bool:
        """Whether no box lies over the panes."""

    @property
    def first_row(self) -> int:
        """The queue's row at the top of the view."""

    @property
    def page_rows(self) -> int:
        """The queue's rows in sight."""

    @property
    def width(self) -> int:
        """The cells of a line of the screen."""

    def show(self, pane: Pane) -> None:
        """Give the keyboard to a pane; the insights open with it, and close without it."""

    def leave(self) -> None:
        """Leave the pane: the insights for what they were opened from, the text for the queue."""

    def search(self) -> None:
        """Focus the search bar, its words selected, with the queue in sight."""

    def press(self, key: str) -> None:
        """Send a key to what has the focus."""

    def fill_bar(self, words: str) -> None:
        """Put words into the search bar, in place of what is there."""

    def scroll(self, lines: int) -> None:
        """Scroll the preview by lines."""

    def page(self, pages: float) -> None:
        """Scroll the preview by pages."""

    @property
    def text_place(self) -> tuple[str, int]:
        """The name of the source that the preview shows, and the place in its body."""

    def find_next(self, direction: int) -> bool:
        """Go to the next match in the preview; whether there is one."""

    @property
    def written(self) -> tuple[str, bool]:
        """The text in the field for an insight, and whether it is as it was opened."""

    def write(self, number: int, text: str, draft: str) -> None:
        """Open the field for the insight of that number, with a text or the draft if any."""

    def fill_field(self, text: str) -> None:
        """Put a text into the open field."""

    def stop_writing(self) -> None:
        """Close the field for an insight."""

    def end_welcome(self) -> bool:
        """Remove the welcome; whether it was there."""

    def select_insight(self, by: int) -> None:
        """Move the cursor in the list of insights."""


class TextView(Protocol):
    """The text of the source under the cursor, beside the queue or on the whole screen."""

    def fill_screen(self) -> None:
        """Show the text in place of the queue, with the keyboard, at the same place."""

    def leave_screen(self) -> None:
        """Show the queue again, with the keyboard, and the text beside it at the same place."""

    def ask(self) -> None:
        """Open the field for words to find in the text."""

    @property
    def is_searched(self) -> bool:
        """Whether words are searched for in the text."""

    def forget(self) -> bool:
        """Forget the words that are searched for; whether there were any."""

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor on the lines."""

    @property
    def has_quote(self) -> bool:
        """Whether something is marked or selected or under the cursor."""

    def point(self) -> bool:
        """Show a cursor on the lines, on the match if one is in sight; whether there is a line."""

    def move(self, lines: int) -> None:
        """Move the cursor on the lines, or scroll where there is none."""

    def mark(self) -> None:
        """Mark or unmark the line under the cursor, and move down."""

    def stretch(self, by: int) -> None:
        """Move the cursor, and mark from where that began."""

    def drop(self) -> bool:
        """Drop the marks, else the cursor on the lines; whether there were any."""

    def drop_all(self) -> None:
        """Drop marks, cursor and search."""

    def take_quote(self) -> str:
        """The words that are marked or selected or under the cursor; they are dropped then."""


class Canvas(Protocol):
    """Draws."""

    def draw(self, changes: Update) -> None:
        """Draw what changed, in this frame."""


class OpenBox(Protocol):
    """A question on the screen."""

    @property
    def is_open(self) -> bool:
        """Whether it is still there."""

    @property
    def is_on_top(self) -> bool:
        """Whether no other box lies over it."""

    def show(self, news: News) -> None:
        """Show what became known since it was asked; which news it takes, its question says."""

    def close(self, answer: object = None) -> None:
        """Close it as if this had been answered, if it is on top."""


class Ask(Protocol):
    """Asks a person."""

    def ask(
        self, question: Question[Answer], take: Callable[[Answer | None], object] = lambda _: None
    ) -> OpenBox:
        """Show a question; ``take`` gets the answer, or None when it was closed without one."""


class World(Protocol):
    """What lies outside sluice and the vault: clipboards, the browser, the editor."""

    def send(self, text: str) -> bool:
        """Send a text to the terminal's clipboard; whether it was sent."""

    def copy(self, text: str) -> list[str]:
        """In a thread: copy a text; returns the names of the clipboards that took it."""

    def copied(self) -> str:
        """In a thread: the text that was copied last."""

    def browse(self, address: str, is_stopped: IsStopped) -> str:
        """In a thread: open an address; returns what to say. Raises NotOpened."""

    def edit(self, path: Path, line: int | None) -> None:
        """Run the person's editor on a file until it ends. Raises SluiceError."""

    def suspend(self) -> object:
        """Suspend sluice, as ctrl+z does."""

    def redraw(self) -> object:
        """Draw the whole screen again."""

    def reopen(
        self,
        said: str,
        opened: Callable[[], object],
        *,
        view: str = "",
        looked: Guess | None = None,
        samples: bool = False,
    ) -> None:
        """Open the vault again, with the schema that it has now, at a view if it has that.

        With ``looked``, open it by that schema, which is not written, show all and change nothing;
        with ``samples``, open a copy of the samples instead. ``said`` says what was opened.
        ``opened`` is called once its sources are shown, or once it could not be opened.
        """

    def end(self) -> None:
        """Leave sluice."""


class Look(Protocol):
    """The themes."""

    @property
    def theme(self) -> str:
        """The name of the theme that is shown."""

    @property
    def themes(self) -> list[tuple[str, bool]]:
        """The names of the themes, and whether each is dark."""

    def wear(self, name: str) -> None:
        """Show a theme."""

    def choose(self, name: str) -> None:
        """Show a theme, and remember it for the next start."""
