"""RapidScreen: one source at a time on the whole screen; one key decides and shows the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from tui.app.widgets.bars import Bar, KeyBar
from tui.app.widgets.preview import Preview
from tui.app.widgets.scrolling import LINES, Scrolling
from tui.display import clean
from tui.session.questions import RapidPass
from tui.triage.passes import Answer, Pass

if TYPE_CHECKING:
    from tui.vault.source import Source

TICK = 0.25
"""Seconds between two updates of the clock."""
APART = 3
"""Cells between two answers."""
CELLS = 10
"""Cells of the timer's bar."""

KEYS = (
    ("enter", "keep"), ("space", "skip"), ("u", "undo"), ("r", "switch pass"),
    ("j k", "scroll"), ("o", "open URL"),
)  # fmt: skip


class PassLine(Bar):
    """The pass, its progress, and the time spent on this source."""

    DEFAULT_CSS = """
    PassLine { background: $panel; padding: 0 1; }
    """

    def render(self) -> Text:
        """Draw it: timer and progress at the right end, the pass in the remaining room."""
        if not isinstance(self._shown, tuple):
            return Text("")
        name, meaning, place, seconds, limit = self._shown
        tail = Text(no_wrap=True)
        tail.append_text(self._timer(seconds, limit))
        tail.append(f"  {place}", style="bold")
        head = Text.assemble((name, f"bold {self.colour('accent')}"), no_wrap=True)
        if meaning:
            head.append(f"  {meaning}", style=self.colour("text-dim"))
        room = max(0, self.content_size.width - tail.cell_len - 1)
        head.truncate(room, overflow="ellipsis")
        head.append(" " * (room - head.cell_len + 1))
        return head.append_text(tail)

    def _timer(self, seconds: int, limit: float) -> Text:
        """The seconds as a bar; past the limit it only says so."""
        if limit <= 0:
            return Text(f"{seconds} s")
        filled = min(CELLS, round(CELLS * seconds / limit))
        over = seconds > limit
        colour = self.colour("problem" if over else "accent")
        timer = Text("━" * filled, style=colour, no_wrap=True)
        timer.append("─" * (CELLS - filled), style=self.colour("border-quiet"))
        words = f" {seconds} s, over {limit:g} s" if over else f" {seconds} of {limit:g} s"
        return timer.append(words, style=self.colour("text-dim"))


class AnswerLine(Bar):
    """The answers and their keys, the current value in brackets; a suggestion below."""

    DEFAULT_CSS = """
    AnswerLine { height: auto; max-height: 5; padding: 0 1; }
    """

    def render(self) -> Text:
        """Draw it; an answer is never split over two lines."""
        if not isinstance(self._shown, tuple):
            return Text("")
        room = max(10, self.app.size.width - 2)
        text, used = Text(no_wrap=True), 0
        answers, hint = self._shown
        for key, glyph, name, now in answers:
            words = f"{glyph} {name}" if glyph else name
            answer = Text(f"{key} ", style=f"bold {self.colour('accent')}")
            answer.append(f"[{words}]" if now else words, style="bold" if now else "not bold")
            if used and used + APART + answer.cell_len > room:
                text.append("\n")
                used = 0
            text.append(" " * APART if used else "")
            text.append_text(answer)
            used += (APART if used else 0) + answer.cell_len
        if hint:
            text.append("\n" if text else "").append(hint, style=self.colour("text-dim"))
        return text


class RapidScreen(Scrolling[Preview], Screen[None]):
    """Shows one source after the other; its owner carries out what the keys ask for."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    RapidScreen { background: $background; align: center top; }
    RapidScreen > Container { max-width: 104; height: 1fr; padding: 1 1 0 1; }
    RapidScreen Preview, RapidScreen Preview:focus { border: none; }
    RapidScreen #answers { dock: bottom; margin: 0 0 1 0; }
    RapidScreen #keys { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    RapidScreen ToastRack { margin-bottom: 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "act('end')", "end"),
        Binding("space", "act('skip')", "skip"),
        Binding("enter", "act('keep')", "keep the value"),
        Binding("u", "act('back')", "undo"),
        Binding("o", "act('open')", "open the URL"),
        Binding("r", "act('other')", "switch pass"),
        *LINES,
        Binding("J,pagedown,ctrl+d", "page(1)", "page down"),
        Binding("K,pageup,ctrl+u", "page(-1)", "page up"),
    ]

    def __init__(self, question: RapidPass) -> None:
        super().__init__()
        self._question = question
        self._answers: Sequence[Answer] = ()
        self._view = Preview(id="rapid")
        self._line = PassLine("pass")
        self._choices = AnswerLine("answers")
        self._keys = KeyBar("keys")

    @property
    def own_keys(self) -> set[str]:
        """Keys of the answers: the keyboard layout never turns them into other keys."""
        return {answer.key for answer in self._answers}

    def compose(self) -> ComposeResult:
        """The pass above the source, the answers below it."""
        yield self._line
        with Container():
            yield self._view
        yield self._keys
        yield self._choices

    def on_mount(self) -> None:
        """Show the keys, and start the clock."""
        self._keys.show(KEYS, ("esc", "end"))
        self.set_interval(TICK, self._question.on_tick)

    def show_clock(self, chosen: Pass, place: str, seconds: float) -> None:
        """Show the progress of the pass and the seconds spent on this source."""
        self._line.say(
            clean(chosen.name, 40), clean(chosen.meaning, 80), place, int(seconds), chosen.seconds
        )

    def show_source(self, chosen: Pass, source: Source, body: str, hint: str = "") -> None:
        """Show a source, the answers, and a suggestion if there is one."""
        self._answers = chosen.answers
        drawn = tuple(self._drawn(answer, chosen, source) for answer in chosen.answers)
        self._choices.say(drawn, clean(hint, 100))
        self.call_after_refresh(self._view.show, source, body)

    def show_nothing(self, chosen: Pass) -> None:
        """Show that a pass has no sources."""
        self._answers = ()
        self._choices.say((), "")
        self.show_clock(chosen, "0 of 0", 0.0)
        self.show_words(
            f"No sources left in the pass {clean(chosen.name, 40)}\n"
            f"Nothing matches {clean(chosen.find, 60)}\nr switches pass · esc closes"
        )

    def show_words(self, words: str) -> None:
        """Show a message in place of a source."""
        self.call_after_refresh(self._view.show_empty, words)

    def _drawn(self, answer: Answer, chosen: Pass, source: Source) -> tuple[str, str, str, bool]:
        value = dict(answer.sets).get(chosen.ask, "")
        field = self._question.schema.fields.get(chosen.ask)
        glyph = field.choice(value).glyph if field and value else ""
        return (
            answer.key,
            glyph,
            clean(answer.name, 40),
            field is not None and value in map(field.spelt, source.items(field.name)),
        )

    def on_key(self, event: events.Key) -> None:
        """Give an answer by its key."""
        key = event.character or ""
        if any(answer.key == key for answer in self._answers):
            event.stop()
            self._question.on_action(f"answer {key}")

    def action_act(self, action: str) -> None:
        """Let the owner carry out what a key asks for."""
        self._question.on_action(action)
