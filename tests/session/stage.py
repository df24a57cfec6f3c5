"""A stage without a terminal: it gives a session everything that it asks of its screen.

What runs in a thread of the app runs at once here, what waits for a frame waits for ``settled``.
The saver's own thread stays, so that saving is what it is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import get_ident
from typing import Any

from tui.desk import Desk
from tui.session.keys.characters import key_of_character
from tui.session.keys.command import key_sign
from tui.session.limits import Limits
from tui.session.model.rows import DividerRow, Rows
from tui.session.option import Option, matching
from tui.session.ports import Focus, IsStopped, Pane
from tui.session.questions import (
    AddSource,
    AnyQuestion,
    Compare,
    Complaint,
    ConfirmBulk,
    ConfirmRepair,
    CopiedAddress,
    CountedOptions,
    FindCards,
    Moments,
    NextKey,
    Options,
    PickOne,
    PickStatus,
    PickView,
    Sheet,
    ShowHelp,
    ShowMoments,
    ShowNotebooks,
    ShowOutput,
    ShowSheet,
    ShowStatistics,
    ShowSummary,
    ShowVerdict,
    TypedSource,
)
from tui.session.session import Ports, Session
from tui.session.update import Asked, Figures, SearchLine, Update
from tui.state.config import Config
from tui.triage.bulk import BulkPlan
from tui.triage.moment import Moment, signed
from tui.vault.progress import Progress
from tui.vault.source import Source

PATIENCE = 20.0
"""Seconds after which something that should come to rest is a failure."""
LEAVING: dict[type[AnyQuestion], str] = {
    Compare: "q d", ShowOutput: "q", ShowStatistics: "q D",
    ShowSummary: "q enter space",
    ShowVerdict: "q enter space n",
}  # fmt: skip
"""The keys that close a box as escape does."""


def named(key: str) -> str:
    """Textual's name of the key that types a character; a name stays as it is."""
    return "space" if key == " " else key_of_character(key) if len(key) == 1 else key


def written(key: str) -> str:
    """What a key types into a field."""
    return {"space": " ", "slash": "/"}.get(key, key)


@dataclass(eq=False)
class Timer:
    """A function that is due in so many seconds."""

    due: float
    call: Callable[[], object]
    stopped: bool = False

    def stop(self) -> None:
        """Do not call it."""
        self.stopped = True


@dataclass(eq=False)
class StageText:
    """The text of a source: a line of the file is a line of the screen, and ten are in sight."""

    stage: Stage
    fills_screen: bool = False
    cursor: int | None = None
    marked: set[int] = field(default_factory=set)
    selected: str = ""
    """What was selected with the mouse."""
    words: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        shown = self.stage.drawn.source
        return shown.body.splitlines() if shown else []

    @property
    def is_searched(self) -> bool:
        """Whether words are searched for."""
        return bool(self.words)

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor."""
        return self.cursor is not None

    @property
    def has_quote(self) -> bool:
        """Whether there is something to quote."""
        return self.has_cursor or bool(self.selected)

    def fill_screen(self) -> None:
        """Take the queue's place."""
        self.fills_screen = True
        self.stage.show("preview")

    def leave_screen(self) -> None:
        """Be beside the queue."""
        self.fills_screen = False
        self.stage.show("queue")

    def ask(self) -> None:
        """Open the field."""
        self.stage.focus = "phrase"
        self.stage.session.focus_moved()

    def forget(self) -> bool:
        """Search for nothing."""
        words, self.words = self.words, ""
        return bool(words)

    def find_next(self, direction: int) -> bool:
        """Go to the next line with the words."""
        lines = self.lines
        steps = (direction * step for step in range(1, len(lines) + 1))
        around = ((self.stage.place + step) % len(lines) for step in steps)
        found = next((at for at in around if self.words in lines[at]), None)
        if found is not None:
            self.stage.place = found
        return found is not None

    def point(self) -> bool:
        """Show the cursor."""
        if self.lines:
            self.cursor = self.stage.place
        return bool(self.lines)

    def move(self, lines: int) -> None:
        """Move the cursor, or scroll."""
        if self.cursor is None:
            self.stage.scroll(lines)
        else:
            self.cursor = min(max(0, self.cursor + lines), len(self.lines) - 1)

    def mark(self) -> None:
        """Mark a line."""
        assert self.cursor is not None
        self.marked ^= {self.cursor}
        self.move(1)

    def stretch(self, by: int) -> None:
        """Mark from the cursor on."""
        assert self.cursor is not None
        before = self.cursor
        self.move(by)
        self.marked |= set(range(min(before, self.cursor), max(before, self.cursor) + 1))

    def drop(self) -> bool:
        """Drop the marks, else the cursor."""
        dropped = bool(self.marked) or self.has_cursor
        if not self.marked:
            self.cursor = None
        self.marked = set()
        return dropped

    def drop_all(self) -> None:
        """Drop everything."""
        self.cursor, self.marked, self.words, self.selected = None, set(), "", ""

    def take_quote(self) -> str:
        """The words that are marked, selected or under the cursor."""
        at = self.marked or ({self.cursor} if self.cursor is not None else set())
        quote = " ".join(self.lines[line] for line in sorted(at)) or self.selected
        self.cursor, self.marked, self.selected = None, set(), ""
        return quote


@dataclass(eq=False)
class Box:
    """A question on the stage."""

    stage: Stage
    question: AnyQuestion
    take: Callable[[Any], object]
    news: list[Any] = field(default_factory=list)
    typed: str = ""
    """What was typed into a picker's filter, or what stands in the field for an address."""
    at: int | None = None
    """Where the cursor of a picker was moved to since then."""
    asked: str = ""
    """The new value that enter was pressed on once, to confirm."""

    def __post_init__(self) -> None:
        """Begin with the draft."""
        if isinstance(self.question, AddSource):
            self.typed = self.question.typed.address

    @property
    def is_open(self) -> bool:
        """Whether it has not been answered."""
        return self in self.stage.boxes

    @property
    def is_on_top(self) -> bool:
        """Whether it is the last one."""
        return self.is_open and self.stage.boxes[-1] is self

    def show(self, news: Any) -> None:
        """Take what became known."""
        self.news.append(news)
        if isinstance(news, CopiedAddress):
            self.typed = self.typed or news.address

    def latest(self, *kinds: type[Any]) -> Any:
        """The latest news of these kinds; None without any."""
        return next((news for news in reversed(self.news) if isinstance(news, kinds)), None)

    def close(self, answer: Any = None) -> None:
        """Close it with an answer."""
        if self.is_on_top:
            self.stage.boxes.remove(self)
            self.stage.enter(self.take, answer)

    def save(self, *values: object) -> bool:
        """Save what was edited, as the box's own key does; it closes once that is accepted."""
        question: Any = self.question
        if question.leaves_first:
            self.close()
        saved = bool(self.stage.enter(question.save, *values))
        if saved and self.is_open:
            self.close()
        self.stage.settled()
        return saved

    @property
    def notes(self) -> dict[str, str]:
        """What is said of each option of a picker, by its label."""
        return {one.label: f"{one.number}  {one.note}".strip() for one in self.options}

    @property
    def options(self) -> Sequence[Option]:
        """The options of a picker that match the typed letters, best first, and a new one."""
        options: Sequence[Option] = self.question.options  # type: ignore[attr-defined]
        for news in self.news:
            if isinstance(news, Options | CountedOptions):
                options = news.options
        read = getattr(self.question, "read", None)
        if read is not None and self.typed.strip():
            return list(read(self.typed.strip()))
        return matching(options, self.typed, getattr(self.question, "new", ""))

    @property
    def cursor(self) -> int:
        """The cursor of a picker, among its options."""
        values, current = [one.value for one in self.options], getattr(self.question, "current", "")
        start = values.index(current) if not self.typed.strip() and current in values else 0
        return start if self.at is None else self.at

    @property
    def under_cursor(self) -> Option | None:
        """The option of a picker that enter would choose."""
        return self.options[self.cursor] if self.options else None

    @cached_property
    def plan(self) -> BulkPlan:
        """What a change of many would do, as it was when the box was opened."""
        assert isinstance(self.question, ConfirmBulk)
        return self.question.work(Progress(), True)

    @property
    def moments(self) -> Sequence[Moment]:
        """The changes in a list of them, newest first."""
        said = self.latest(Moments)
        return said.moments if said else ()

    @property
    def rows(self) -> list[str]:
        """The same as they are shown: who, what, which source, and whether it is undone."""
        return [
            " · ".join(filter(None, (signed(m.who, m.what, m.why), m.about, m.undone * "undone")))
            for m in self.moments
        ]

    @property
    def sheet(self) -> Sheet:
        """The lines to read."""
        assert isinstance(self.question, ShowSheet)
        said = self.latest(Sheet)
        return said if isinstance(said, Sheet) else self.question.sheet

    @property
    def lines(self) -> list[str]:
        """The same without their colours."""
        return [line for line, _ in self.sheet.lines]

    @property
    def complaint(self) -> str:
        """Why it was refused; empty when it was not."""
        said = self.latest(Complaint)
        return said.sentence if said else ""


class Stage:
    """One session and the person in front of it, who sees no colours."""

    def __init__(self, desk: Desk, config: Config, limits: Limits) -> None:
        self._queue: deque[Callable[[], object]] = deque()
        self._timers: list[Timer] = []
        self._thread = get_ident()
        self._depth = 0
        self.boxes: list[Box] = []
        self.toasts: list[tuple[str, str]] = []
        """What was told and is still true, oldest first, and of which kind."""
        self.reported: list[str] = []
        """What of it no key has caused."""
        self.work: tuple[str, int, int] | None = None
        self.focused: Pane = "queue"
        self.focus: Focus = "queue"
        self.bar = ""
        """What is in the search bar."""
        self._selected = False
        """Whether the next letter replaces it."""
        self._field = self._opened = ""
        self.number = 0
        """Of the insight in the open field; 0 while it is closed."""
        self._opener: Pane = "queue"
        """What had the focus when the insights were opened."""
        self.first_row, self.page_rows, self.width = 0, 15, 120
        self.scrolled = 0
        self.place = 0
        """The place in the text that is shown: a line is a character long here."""
        self.clipboard: list[str] = []
        self.sent: list[str] = []
        self.browsed: list[str] = []
        self.edited: list[tuple[Path, int | None]] = []
        self.editor: Callable[[Path], object] = lambda _: None
        self.ended = False
        self.reopened = False
        self.waits_for_disk = True
        """Whether a key has only done all it does when everything is on disk."""
        self.theme = "dark"
        self.themes = [("dark", True), ("light", False)]
        self.drawn = Update()
        """The newest of everything that was drawn."""
        self.draws = 0
        rows = Rows()
        self.text = StageText(self)
        ports = Ports(
            threads=self,
            tell=self,
            ask=self,
            panes=self,
            text=self.text,
            world=self,
            look=self,
            canvas=self,
        )
        self.session = Session(desk, config, rows, ports, limits)
        self.rows = rows

    # Threads

    def enter(self, call: Callable[..., Any], *arguments: object) -> Any:
        """Call a function, then draw."""
        if get_ident() != self._thread:
            return call(*arguments)
        self._depth += 1
        try:
            result = call(*arguments)
        finally:
            self._depth -= 1
        if not self._depth and hasattr(self, "session"):
            self.session.drawer.draw()
        return result

    def run(
        self, work: Callable[[IsStopped], object], group: str, *, exclusive: bool = False
    ) -> None:
        """Work soon, where keys are answered: nobody can see the difference."""
        self._queue.append(lambda: work(lambda: False))

    def back(self, call: Callable[..., object], *arguments: object) -> None:
        """Call a function."""
        self.enter(call, *arguments)

    def later(self, call: Callable[..., object], *arguments: object) -> None:
        """Call a function soon."""
        self._queue.append(lambda: call(*arguments))

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call a function once ``settled`` waits for it, if it is soon."""
        timer = Timer(time.monotonic() + seconds, call)
        if seconds < 1:
            self._timers.append(timer)
        return timer

    def next_frame(self, call: Callable[[], object]) -> None:
        """Call a function soon."""
        self._queue.append(call)

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Work soon; nothing it awaits takes time here."""

        def run() -> None:
            try:
                while True:
                    work.send(None)
            except StopIteration:
                pass

        self._queue.append(run)

    async def answer(self, work: Callable[[], Any]) -> Any:
        """The result of a function."""
        return work()

    async def pause(self, seconds: float) -> None:
        """Draw what changed."""
        if not self._depth:
            self.session.drawer.draw()

    def give_way(self) -> None:
        """Nothing waits."""

    def hold_keys(self) -> Callable[[], None]:
        """Every key waits until all is done anyway."""
        return lambda: None

    # What is said

    def say(self, sentence: str, kind: str = "information", *shorter: str) -> None:
        """Take note of a sentence; it replaces what was said before."""
        self.toasts = [told for told in self.toasts if told[0] in self.reported]
        self.toasts.append((sentence, kind))

    def report(self, sentence: str, kind: str = "warning") -> None:
        """Take note of what no key has caused; news may not be true any more."""
        if kind != "information":
            self.drop()
        self.reported.append(sentence)
        self.toasts.append((sentence, kind))

    def offer(self, sentence: str) -> None:
        """Take note of what others did."""
        self.reported.append(sentence)
        self.toasts.append((sentence, "information"))

    def has_offer(self, sentence: str) -> bool:
        """Whether it is still true."""
        return any(said == sentence for said, _ in self.toasts)

    @property
    def offered(self) -> str:
        """What others did last, to someone who does not type."""
        can_answer = self.is_on_top and self.focus not in ("field", "search", "phrase")
        return (
            next((said for said, _ in reversed(self.toasts) if said in self.reported), "")
            if (can_answer)
            else ""
        )

    def drop(self, sentence: str = "") -> None:
        """Forget a sentence, or all news."""
        self.toasts = [
            (said, kind)
            for said, kind in self.toasts
            if (said != sentence if sentence else kind != "information")
        ]

    def show_work(self, what: str, done: int, total: int) -> None:
        """Take note of long work."""
        self.work = (what, done, total)

    def end_work(self) -> None:
        """No work is shown."""
        self.work = None

    @property
    def toast(self) -> str:
        """What was told last, in the status line or as a toast."""
        return self.toasts[-1][0] if self.toasts else ""

    # What is asked

    def ask(self, question: AnyQuestion, take: Callable[[Any], object] = lambda _: None) -> Box:
        """Open a box."""
        box = Box(self, question, take)
        self.boxes.append(box)
        if isinstance(question, ConfirmBulk):
            assert box.plan
        return box

    @property
    def box(self) -> Box:
        """The box on top."""
        assert self.boxes, f"no box is open; said: {self.toasts}"
        return self.boxes[-1]

    @property
    def picker(self) -> list[str]:
        """The labels of the picker that is open."""
        return [option.label for option in self.box.options]

    # Panes

    @property
    def is_on_top(self) -> bool:
        """Whether no box is open."""
        return not self.boxes

    @property
    def written(self) -> tuple[str, bool]:
        """The text in the field for an insight, and whether it is as it was opened."""
        return self._field, self._field == self._opened

    def show(self, pane: Pane) -> None:
        """Focus a pane."""
        if pane == "insights" and self.focused != "insights":
            self._opener = self.focused
        if pane == "queue" and self.text.fills_screen:
            pane = "preview"
        self.focused = pane
        self.focus = "list" if pane == "insights" else pane
        self.session.focus_moved()

    def search(self) -> None:
        """Focus the search bar, its words selected."""
        self.focused, self.focus, self._selected = "queue", "search", True
        self.session.focus_moved()

    def fill_bar(self, words: str) -> None:
        """Put words into the search bar."""
        self.bar = words
        self.enter(self.session.searcher.look_up, words, True)

    def leave(self) -> None:
        """Leave the pane."""
        self.show(self._opener if self.focused == "insights" else "queue")

    def scroll(self, lines: int) -> None:
        """Scroll the preview."""
        self.scrolled += lines
        self.place = max(0, self.place + lines)

    @property
    def text_place(self) -> tuple[str, int]:
        """The source that is shown, and the place in it."""
        shown = self.drawn.source.source if self.drawn.source else None
        return (shown.name if shown else ""), self.place

    def page(self, pages: float) -> None:
        """Scroll the preview."""
        self.scrolled += round(pages * 20)

    def find_next(self, direction: int) -> bool:
        """There is nothing to find but in the reader."""
        return self.text.is_searched and self.text.find_next(direction)

    def write(self, number: int, text: str, draft: str) -> None:
        """Open the field for an insight."""
        if self.focused != "insights":
            self._opener = self.focused
        self.number, self._opened, self._field = number, text, draft or text
        self.focused, self.focus = "insights", "field"

    def fill_field(self, text: str) -> None:
        """Put a text into the field."""
        self._field = text

    def stop_writing(self) -> None:
        """Close the field."""
        self.number = 0

    def end_welcome(self) -> bool:
        """There is no welcome."""
        return False

    def select_insight(self, by: int) -> None:
        """There is no list to move in."""

    # The world

    def send(self, text: str) -> bool:
        """The terminal takes a text."""
        self.sent.append(text)
        return True

    def copy(self, text: str) -> list[str]:
        """The clipboard takes a text."""
        self.clipboard.append(text)
        return ["clipboard"]

    def copied(self) -> str:
        """What was copied last."""
        return self.clipboard[-1] if self.clipboard else ""

    def browse(self, address: str, is_stopped: IsStopped) -> str:
        """The browser opens an address."""
        self.browsed.append(address)
        return f"Opened {address}"

    def edit(self, path: Path, line: int | None) -> None:
        """The editor runs."""
        self.edited.append((path, line))
        self.editor(path)

    def suspend(self) -> None:
        """Nothing to return to."""

    def redraw(self) -> None:
        """Nothing to draw."""

    def end(self) -> None:
        """The person leaves."""
        self.ended = True

    def wear(self, name: str) -> None:
        """Show a theme."""
        self.theme = name

    choose = wear

    def draw(self, changes: Update) -> None:
        """Take note of what is drawn."""
        self.draws += 1
        shown = changes.source
        if shown is not None and (shown.source.name if shown.source else "") != self.text_place[0]:
            self.place = shown.place
            self.text.drop_all()
        known = {name: value for name, value in changes._asdict().items() if value is not None}
        self.drawn = self.drawn._replace(**known)
        if changes.rows is not None and changes.rows.first_row is not None:
            self.first_row = changes.rows.first_row

    def reopen(self, said: str, opened: Callable[[], object], **_: object) -> None:
        """Take note; another session is another stage."""
        self.reopened = True
        opened()

    # The person

    def settled(self) -> None:
        """Until all is done and on disk."""
        end = time.monotonic() + PATIENCE
        while True:
            while self._queue:
                self.enter(self._queue.popleft())
            now = time.monotonic()
            assert now < end, "it does not come to rest"
            due = [timer for timer in self._timers if timer.due <= now]
            self._timers = [timer for timer in self._timers if timer.due > now]
            for timer in due:
                if not timer.stopped:
                    self.enter(timer.call)
            saving = self.waits_for_disk and self.session.saver.busy
            session = self.session
            finders = session.finder, session.view_finder, session.pass_finder
            waiting = saving or any(finder.working for finder in finders)
            if not self._queue and not due and not waiting:
                return
            if not self._queue:
                time.sleep(0.0005)

    def press(self, *keys: str) -> None:
        """Press keys by their names or by what they write; wait for all that they start."""
        for key in keys:
            self._press(key)
            self.settled()

    def hasten(self, *keys: str) -> None:
        """Press keys faster than anything is taken in that they start."""
        for key in keys:
            self._press(key)

    def noticed(self, *names: str) -> None:
        """Let the watcher tell that these files have changed; wait for all that follows."""
        self.enter(self.session.outside.take, list(names))
        self.settled()

    def type(self, text: str) -> None:
        """Type into the bar, the field or the picker that has the focus; else press the keys."""
        for letter in text:
            self._press(letter)
        self.settled()

    def until(self, condition: Callable[[], object]) -> None:
        """Until something is the case that other threads bring about."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "it does not come to be"
            time.sleep(0.001)
            self.settled()

    def open_view(self, name: str) -> None:
        """Choose a view by its name."""
        self.press("v")
        self.type(name)
        self.press("enter")

    def go_to(self, part: str) -> None:
        """Move the cursor with j to the source with this in its name or title."""
        self.press("g")
        for _ in range(len(self.rows)):
            if part in self.here or part in self.title:
                return
            self.press("j")
        raise AssertionError(f"{part} is not in the queue")

    def command(self, id: str) -> None:
        """Run a command as the palette does, wherever the focus is."""
        self.enter(self.session.run, id)
        self.settled()

    def _press(self, key: str) -> None:
        self.toasts = [told for told in self.toasts if told[0] in self.reported]
        if self.boxes:
            self._press_in_box(self.boxes[-1], key)
        elif self.focus == "search":
            self._press_in_bar(key)
        elif self.focus == "field":
            self._press_in_field(key)
        elif self.focus == "phrase":
            self._press_in_phrase(key)
        elif self.enter(self.session.take_key, "space" if key == " " else key):
            pass
        elif key == "escape":
            self.enter(self.session.clear)
        else:
            name = named(key)
            ids = [id for bound, id in self.session.keymap.bindings if bound == name]
            assert ids, f"{key} does nothing here"
            self.enter(self.session.run, ids[0])

    def _press_in_bar(self, key: str) -> None:
        if key in ("enter", "down", "tab"):
            self.enter(self.session.searcher.finish)
        elif key == "escape":
            self.enter(self.session.searcher.clear)
        elif key == "right":
            offered = self.line.offered.texts if self.line else ()
            if offered:
                self.fill_bar(offered[0])
        else:
            before = "" if self._selected else self.bar
            self.fill_bar(before[:-1] if key == "backspace" else before + written(key))
        self._selected = False

    def _press_in_field(self, key: str) -> None:
        if key == "enter":
            self.enter(self.session.noter.save)
        elif key == "escape":
            self.enter(self.session.noter.leave)
        else:
            self._field = self._field[:-1] if key == "backspace" else self._field + written(key)
            self.enter(self.session.noter.typed)

    def _press_in_phrase(self, key: str) -> None:
        if key in ("enter", "escape"):
            if key == "escape":
                self.text.forget()
            self.show("preview")
            return
        words = self.text.words
        self.text.words = words[:-1] if key == "backspace" else words + written(key)
        self.text.find_next(1)

    def _press_in_box(self, box: Box, key: str) -> None:
        press = {
            AddSource: self._press_in_capture,
            NextKey: self._press_in_which_key,
            PickOne: self._press_in_picker,
            PickStatus: self._press_in_status,
            PickView: self._press_in_picker,
            ShowHelp: self._press_in_picker,
            ShowMoments: self._press_in_moments,
            ShowNotebooks: self._press_on_board,
            ShowSheet: self._press_in_sheet,
        }.get(type(box.question), self._press_in_menu)
        press(box, key)

    def _press_in_menu(self, box: Box, key: str) -> None:
        question = box.question
        if key == "escape" or key in LEAVING.get(type(question), "").split():
            if isinstance(question, ShowOutput):
                question.stop()
            box.close()
        elif isinstance(question, ShowVerdict):
            verdict, rules = question.verdict, question.rules
            if key == "y" and verdict.accepts(rules):
                box.close("take")
            elif key == "r" and not verdict.is_whole:
                box.close("more")
        elif isinstance(question, ConfirmRepair) and key == "s" and question.other:
            box.question = replace(question, repair=question.other, other=question.repair)
        else:
            assert key == "enter", f"{type(question).__name__} knows no {key}"
            answer: Any = True
            if isinstance(question, ConfirmBulk):
                answer = box.plan if box.plan.changed else None
            elif isinstance(question, ConfirmRepair):
                answer = question.repair
            box.close(answer)

    def _press_in_capture(self, box: Box, key: str) -> None:
        assert isinstance(box.question, AddSource)
        title = box.question.typed.title
        if key == "escape":
            box.close()
        elif key == "enter":
            self.enter(box.question.add, TypedSource(box.typed.strip(), title))
        else:
            box.typed = box.typed[:-1] if key == "backspace" else box.typed + written(key)
            self.enter(box.question.keep, TypedSource(box.typed.strip(), title))

    def _press_in_moments(self, box: Box, key: str) -> None:
        question = box.question
        assert isinstance(question, ShowMoments)
        box.news = [news for news in box.news if not isinstance(news, Complaint)]
        moments = box.moments
        moment = moments[box.at or 0] if moments else None
        if key in ("escape", "q"):
            box.close()
        elif key in ("j", "k"):
            box.at = min(max((box.at or 0) + (1 if key == "j" else -1), 0), len(moments) - 1)
            if box.at == len(moments) - 1:
                self.enter(question.more)
        elif moment is None:
            return
        elif key == "enter":
            if refusal := self.enter(question.refuses, moment):
                box.news.append(Complaint(refusal))
            else:
                box.close(moment)
        else:
            found = question.keymap.in_box(("undo.undo", "undo.redo", "go.history"))
            signs = {id: key_sign(keys[0]) if keys else "" for id, keys in found.items()}
            (id,) = (id for id, keys in found.items() if key in keys)
            if id == "go.history":
                self.enter(question.history, moment)
            else:
                turn = question.undo if id == "undo.undo" else question.redo
                self.enter(turn, moment, signs)

    def _press_on_board(self, box: Box, key: str) -> None:
        question = box.question
        assert isinstance(question, ShowNotebooks)
        finding = box.latest(FindCards)
        if finding is not None and finding.is_open:
            if key in ("enter", "escape"):
                self.enter(question.leave_field if key == "enter" else question.back)
                box.typed = ""
            else:
                box.typed = box.typed[:-1] if key == "backspace" else box.typed + written(key)
                self.enter(question.filter, box.typed)
        elif key == "escape":
            self.enter(question.back)
        else:
            ids = [id for bound, id in question.bindings if bound == named(key)]
            assert ids, f"{key} does nothing here"
            self.enter(question.run, ids[0])

    def _press_in_sheet(self, box: Box, key: str) -> None:
        assert isinstance(box.question, ShowSheet)
        self.enter(box.question.press, key)

    def paste(self, text: str) -> None:
        """Paste a text where the keyboard is."""
        paste = getattr(self.box.question, "paste", None) if self.boxes else None
        self.enter(paste, text) if paste else self.enter(self.session.refuse_paste)
        self.settled()

    def _press_in_which_key(self, box: Box, key: str) -> None:
        assert isinstance(box.question, NextKey)
        following = {one.key: one.id for one in box.question.after(box.question.begun)}
        id = following.get(named(key))
        if key == "escape" or id is not None:
            box.close(id)

    def _press_in_status(self, box: Box, key: str) -> None:
        question = box.question
        assert isinstance(question, PickStatus)
        moves = {one.slot: one.value for one in question.options if one.slot}
        rates = {one.slot: one.value for one in question.tiers if one.slot}
        if key in ("escape", "q"):
            box.close()
        elif key in rates:
            box.close()
            self.enter(question.rate, rates[key])
        elif key in moves:
            box.close(moves[key])
        elif key in ("j", "k"):
            box.at = min(max(box.cursor + (1 if key == "j" else -1), 0), len(box.options) - 1)
        elif key in ("tab", "shift+tab"):
            assert question.on_tab is not None
            box.close()
            self.enter(question.on_tab, 1 if key == "tab" else -1)
        else:
            assert key == "enter", f"the drawer knows no {key}"
            assert box.under_cursor is not None
            box.close(box.under_cursor.value)

    def move_to(self, status: str) -> None:
        """Open the drawer of the status, and move to one as j, k and enter do."""
        self.press("P")
        values = [one.value for one in self.box.options]
        by = values.index(status) - self.box.cursor
        self.press(*("j" if by > 0 else "k") * abs(by), "enter")

    def _press_in_picker(self, box: Box, key: str) -> None:
        is_read = getattr(box.question, "read", None) is not None
        chooses = not box.typed and not is_read
        slots = {one.slot: one for one in box.options if one.slot and chooses}
        under, on_tab = box.under_cursor, getattr(box.question, "on_tab", None)
        can = getattr(box.question, "can_refuse", None)
        if key == "escape":
            box.close()
        elif key in ("tab", "shift+tab") and on_tab is not None:
            box.close()
            self.enter(on_tab, 1 if key == "tab" else -1)
        elif key in slots:
            box.close(slots[key].value)
        elif key in ("up", "down"):
            at = box.cursor + (1 if key == "down" else -1)
            box.at = min(max(at, 0), max(len(box.options) - 1, 0))
        elif key == "enter":
            if under is not None and under.is_new and box.asked != under.value:
                box.asked = under.value
            elif under is not None:
                box.close(under.value)
        elif key in self._refusing(box.question):
            if under is not None and (can is None or under.value in can):
                box.close()
                self.enter(box.question.on_refuse, under.value)
        elif not getattr(box.question, "filtered", True):
            if key in ("j", "k"):
                self._press_in_picker(box, "down" if key == "j" else "up")
                return
            assert key == "q", f"the menu knows no {key}"
            box.close()
        else:
            box.typed = box.typed[:-1] if key == "backspace" else box.typed + written(key)
            box.at, box.asked = None, ""

    @staticmethod
    def _refusing(question: AnyQuestion) -> tuple[str, ...]:
        """The keys that delete or refuse what is under the cursor of a picker."""
        if getattr(question, "on_refuse", None) is None:
            return ()
        return ("delete",) if getattr(question, "filtered", True) else ("delete", "-")

    @property
    def keys(self) -> list[str]:
        """The keys that the bar shows, each with what it does; how many are marked comes first."""
        assert self.drawn.keys is not None
        return [f"{key.sign} {key.what}" for key in self.drawn.keys.keys]

    @property
    def source(self) -> Source:
        """The source that preview and panes show."""
        assert self.drawn.source is not None
        assert self.drawn.source.source is not None
        return self.drawn.source.source

    @property
    def here(self) -> str:
        """The file name of the source under the cursor."""
        return self.rows.here

    @property
    def title(self) -> str:
        """The title of the source under the cursor."""
        return self.rows.current.title if self.rows.current else ""

    @property
    def shown(self) -> list[str]:
        """The titles in the queue."""
        return [source.title for source in self.rows.sources]

    @property
    def dividers(self) -> list[str]:
        """The headings between the rows of the queue."""
        return [row.text for row in self.rows.all if isinstance(row, DividerRow)]

    @property
    def asked(self) -> Asked | None:
        """The question of a rapid pass; none when no pass runs."""
        return self.drawn.asked[0] if self.drawn.asked else None

    @property
    def here_in_pass(self) -> str:
        """The name of the source that a rapid pass asks about."""
        return self.source.name

    @property
    def figures(self) -> Figures:
        """The figures that are shown."""
        assert self.drawn.figures is not None
        return self.drawn.figures

    @property
    def line(self) -> SearchLine | None:
        """The line below the search bar."""
        return self.drawn.line

    def dimmed(self, name: str) -> bool:
        """Whether the queue shows this source as done."""
        return self.rows.is_dimmed(name)
