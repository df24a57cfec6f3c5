"""BulkBox: what a change would do to many sources, shown before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.app.boxes.box import Box
from tui.app.textual_private import call_after
from tui.app.themes import rich_colour
from tui.app.widgets.line_view import LineView, strip_of
from tui.app.widgets.scrolling import ENDS, LINES
from tui.display import cells, clean, counted, fit
from tui.errors import SluiceError, Stopped
from tui.session.questions import ConfirmBulk
from tui.state.log import tell_fault
from tui.triage.bulk import BulkPlan
from tui.vault.progress import Progress

CHECKED_AT_ONCE = 500
"""Sources that are checked before the box is drawn, in a few milliseconds; more in a thread."""
REFUSED = "!"
_MOST_REASON = 200


class RefusedList(LineView, can_focus=False):
    """A line for each refused source, with the reason; draws only the lines in sight."""

    DEFAULT_CSS = """
    RefusedList { height: auto; background: $surface; scrollbar-background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__(id="refused")
        self._lines: list[tuple[str, str]] = []

    def show(self, plan: BulkPlan) -> None:
        """Show the sources that a plan refuses, the most frequent reason first."""
        order = list(dict(plan.reasons.most_common()))
        ranked = sorted(plan.refused, key=lambda pair: order.index(pair[1].reason))
        self._lines = [(source.title, error.reason) for source, error in ranked]
        self.styles.height = min(len(self._lines), 12)
        self.set_line_count(len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Fit the scrollbar to the new size."""
        self.set_line_count(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, ground, index = self.text_width, self.ground, y + self.first_line
        if index >= len(self._lines):
            return Strip.blank(width, ground)
        title, reason = self._lines[index]
        reason = clean(reason, _MOST_REASON)
        room = min(cells(reason), max(0, width - 4) * 3 // 5)
        segments = [
            Segment(f"{REFUSED} ", ground + self.look("line--problem")),
            Segment(fit(clean(title, width * 4), max(0, width - room - 4)), ground),
            Segment("  ", ground),
            Segment(fit(reason, room), ground + self.look("line--dim")),
        ]
        return strip_of(segments, width)


class BulkBox(Box[BulkPlan | None]):
    """Shows how many sources a change affects, and which it refuses and why.

    Returns the plan to carry out, or None when the person cancels or nothing would change.
    """

    widest = 84
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "change"),
        Binding("s", "switch", "skip or repair broken headers"),
        Binding("escape,q", "leave", "cancel"),
        *LINES,
        Binding("pagedown,space,ctrl+d", "scroll(10)", "10 lines down"),
        Binding("pageup,ctrl+u", "scroll(-10)", "10 lines up"),
        *ENDS,
    ]

    def __init__(self, question: ConfirmBulk) -> None:
        also = f" · {question.hidden:,} hidden" if question.hidden else ""
        super().__init__(f"change {counted(question.count, 'marked source')}{also}")
        self._question = question
        self._count = question.count
        self._work = question.work
        self._progress = Progress()
        self._plan: BulkPlan | None = None
        self._repairs = True
        """Whether broken headers are repaired first."""
        self._broken = 0
        """How many broken headers could be."""
        self._list = RefusedList()

    def parts(self) -> ComposeResult:
        """The counts, and below them each refused source."""
        yield Static(id="what", markup=False)
        yield self._list

    def on_mount(self) -> None:
        """Check the sources."""
        self._check()

    def _check(self) -> None:
        """Check the sources; very many of them in a thread."""
        self._list.display = False
        if self._count <= CHECKED_AT_ONCE:
            self._show(self._work(self._progress, self._repairs))
            return
        self._plan = None
        self._tell_progress()
        self.run_worker(self._work_out, thread=True, exit_on_error=False)

    def _tell_progress(self) -> None:
        if self._plan is not None or not self.is_attached:
            return
        done = self._progress.done
        self._say(f"Checking {done:,} of {self._count:,}…", "esc cancels")
        call_after(self, 0.1, self._tell_progress)

    def _work_out(self) -> None:
        worker = get_current_worker()
        try:
            plan = self._work(self._progress, self._repairs)
        except Stopped:
            return
        except SluiceError as error:
            self.app.call_from_thread(self._say, str(error), "esc closes")
        except Exception as error:
            self.app.call_from_thread(self._say, tell_fault(error), "esc closes")
        else:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show, plan)

    def _say(self, words: str | Text, *keys: str) -> None:
        if self.is_attached:
            self.query_one("#what", Static).update(Text(words) if isinstance(words, str) else words)
            self.hint(*keys)

    def _show(self, plan: BulkPlan) -> None:
        if not self.is_attached:
            return
        self._plan = plan
        accent = rich_colour(self.app.theme_variables, "accent")
        width = len(f"{self._count:,}")
        words = Text()
        sums = list(_sums(self._question, plan))
        pad = width + 1 if any(number for number, _ in sums) else 0
        for number, text in sums:
            words.append(f"{number:>{width}} " if number else " " * pad, f"bold {accent}")
            words.append(f"{clean(text, _MOST_REASON)}\n")
        words.rstrip()
        changes, repairs = len(plan.changed), len(plan.repairs)
        self._broken = max(self._broken, repairs)
        first = f"repairs {repairs:,}, " if repairs else ""
        verb = "skips the broken" if repairs else "repairs the broken"
        switch = f" · s {verb} {self._broken:,}" if self._broken else ""
        them = "them" if changes == self._count else ""
        if changes:
            self._say(
                words,
                f"enter {first}changes {them or counted(changes)}{switch} · esc cancels",
                f"enter {first}changes {them or f'{changes:,}'}{switch} · esc",
                f"enter changes {them or f'{changes:,}'}{switch and ' · s'} · esc",
            )
        else:
            self._say(words, f"esc closes{switch}")
        self._list.display = bool(plan.refused)
        self._list.show(plan)

    def action_make(self) -> None:
        """Return the plan, once there is one."""
        if self._plan is not None:
            self.dismiss(self._plan if self._plan.changed else None)

    def action_switch(self) -> None:
        """Repair the broken headers first, or skip their sources."""
        if self._plan is not None and self._broken:
            self._repairs = not self._repairs
            self._check()

    def action_leave(self) -> None:
        """Close without a change."""
        self._progress.stop()
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the refused sources."""
        self._list.scroll_by_lines(lines)


def _sums(question: ConfirmBulk, plan: BulkPlan) -> Iterator[tuple[str, str]]:
    """Lines of the summary: a count, and what it counts; the count of all is in the title."""
    for count, what in question.summed(plan):
        yield f"{count:,}" if count != question.count else "", what
    if old := question.replaced(plan):
        yield "", f"replaces {old}"
    if plan.same:
        yield f"{len(plan.same):,}", "already set"
    if not plan.changed:
        yield "", "Nothing would change"
    if plan.repairs:
        yield f"{len(plan.repairs):,}", "with a broken header, repaired first"
    for warning, count in plan.warnings.most_common():
        yield f"{count:,}", f"with a warning: {warning}"
    if plan.refused:
        yield "", ""
        yield f"{len(plan.refused):,}", "refused, left unchanged:"
        for reason, count in plan.reasons.most_common():
            yield f"{count:,}", f"· {reason}"
        yield "", ""
