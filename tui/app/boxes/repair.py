"""RepairBox: shows the lines that a repair changes, and asks whether to make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.themes import rich_colour
from tui.app.widgets.scrolling import LINES
from tui.checks.file_repair import FileRepair
from tui.display import clean
from tui.session.questions import ConfirmRepair
from tui.vault.header.lines import LINE, line_start
from tui.vault.writing.revert import make_patch

_MOST_LINES = 200
_MOST_TEXT = 2_000
"""Characters of a line that are shown."""
_FENCE = "---"

Opcode = tuple[str, int, int, int, int]


class DiffLine(NamedTuple):
    """A line of the difference between two texts."""

    symbol: str
    """``-`` for a removed line, ``+`` for an added one, a space for one that stays."""
    number: int
    """Its number in the file: in the old text, for an added line in the new one."""
    text: str
    changed: tuple[tuple[int, int], ...] = ()
    """From where to where it differs from the line that replaces it."""


class RepairBox(Box[FileRepair | None]):
    """The removed and added lines; returns the repair to make, or None when it is closed."""

    DEFAULT_CSS = """
    RepairBox #does { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "repair"),
        Binding("s", "switch", "switch the value"),
        Binding("e", "edit", "editor"),
        Binding("escape,q", "dismiss(None)", "back"),
        *LINES,
    ]

    def __init__(self, question: ConfirmRepair) -> None:
        then = f", then {clean(question.then, 40)}" if question.then else ""
        switch = " · s switches" if question.other else ""
        super().__init__(
            f"repair · {clean(question.title, 60)}",
            f"enter repairs{then}{switch and ' · s switches to the other value'} · e editor · esc",
            f"enter repairs{then}{switch} · e editor · esc",
            f"enter repairs{then}{switch} · e · esc",
            f"enter repairs{then}{switch} · esc",
            f"enter repairs{switch} · e · esc",
        )
        self._question = question
        self._repair = question.repair
        self._other = question.other

    def parts(self) -> ComposeResult:
        """The repair in words, above the lines it changes."""
        with VerticalScroll(can_focus=False):
            yield Static(id="does", markup=False)
            yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        """Show the repair."""
        self._show()

    def _show(self) -> None:
        variables = self.app.theme_variables
        lines = list(diff_lines(self._repair.before, self._repair.after))
        said = Text()
        for sentence in sentences(self._question.problem, self._repair, lines):
            look = rich_colour(variables, "text-dim") if said else ""
            said.append(f"{clean(sentence, _MOST_TEXT)}\n", look)
        said.rstrip()
        self.query_one("#does", Static).update(said)
        colours = {
            "-": rich_colour(variables, "error"),
            "+": rich_colour(variables, "success"),
            " ": rich_colour(variables, "text-dim"),
        }
        width = len(str(max((line.number for line in lines), default=1)))
        shown = Text()
        for line in lines[:_MOST_LINES]:
            shown.append_text(_drawn(line, width, colours[line.symbol])).append("\n")
        if len(lines) > _MOST_LINES:
            shown.append(f"… {len(lines) - _MOST_LINES:,} more lines")
        shown.rstrip()
        self.query_one("#lines", Static).update(shown)

    def action_make(self) -> None:
        """Return the repair."""
        self.dismiss(self._repair)

    def action_edit(self) -> None:
        """Open the editor instead."""
        self.dismiss(None)
        self.call_later(self._question.edit)

    def action_switch(self) -> None:
        """Show the repair that keeps the other value of the duplicate field."""
        if self._other is not None:
            self._repair, self._other = self._other, self._repair
            self._show()


def _drawn(line: DiffLine, width: int, colour: str) -> Text:
    """A line with its number; the characters that change are reversed."""
    drawn = Text(f"{line.symbol} {line.number:>{width}}  ", colour)
    at = 0
    for start, end in line.changed:
        drawn.append(clean(line.text[at:start], _MOST_TEXT), colour)
        drawn.append(clean(line.text[start:end], _MOST_TEXT), f"{colour} reverse")
        at = end
    return drawn.append(clean(line.text[at:], _MOST_TEXT), colour)


def sentences(problem: str, repair: FileRepair, lines: Sequence[DiffLine]) -> Iterator[str]:
    """What is wrong, and what the repair does, in the present tense."""
    moved = _moved_down(lines)
    if not moved and problem:
        yield problem
    for does in repair.does:
        # One line that is replaced explains itself.
        if not (problem and problem.startswith(does.rpartition(" in ")[2] + " ")):
            yield moved if moved and "into the header" in does else does


def _moved_down(lines: Sequence[DiffLine]) -> str:
    """Where a single line above the header goes, in words; empty for another change."""
    gone = [line for line in lines if line.symbol == "-"]
    come = [line for line in lines if line.symbol == "+"]
    fence = next((line for line in lines if line.symbol == " " and line.text == _FENCE), None)
    if not fence or len(gone) != 1 or [line.text for line in come] != [gone[0].text]:
        return ""
    return f"line {gone[0].number} goes below line {fence.number}, into the header"


def diff_lines(before: str, after: str) -> Iterator[DiffLine]:
    """The changed lines in the file's order, with an unchanged one before and after them."""
    patch = make_patch(before, after)
    end = patch.start + len(patch.before)
    above = LINE.findall(before[line_start(before, max(0, patch.start - 1)) : patch.start])
    below = LINE.findall(before[end : before.find("\n", end) + 1 or None])[:1]
    first = before.count("\n", 0, patch.start) + 1 - len(above)
    old = [line.rstrip("\r\n") for line in (*above, *LINE.findall(patch.before), *below)]
    new = [line.rstrip("\r\n") for line in (*above, *LINE.findall(patch.after), *below)]
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            shown = {i1, i2 - 1}
            shown -= {i1} if i1 == 0 and i2 - i1 > 1 else set()
            shown -= {i2 - 1} if i2 == len(old) and i2 - i1 > 1 else set()
            yield from (DiffLine(" ", first + index, old[index]) for index in sorted(shown))
            continue
        pairs = zip(old[i1:i2], new[j1:j2], strict=False)
        spans = [_differences(*pair) for pair in pairs] if i2 - i1 == j2 - j1 else []
        for index, text in enumerate(old[i1:i2]):
            yield DiffLine("-", first + i1 + index, text, spans[index][0] if spans else ())
        for index, text in enumerate(new[j1:j2]):
            yield DiffLine("+", first + j1 + index, text, spans[index][1] if spans else ())


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """The steps from the old lines to the new ones, so that a header's fence stays if it can."""
    forward = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    turned = SequenceMatcher(None, old[::-1], new[::-1], autojunk=False).get_opcodes()
    backward: list[Opcode] = [
        (tag, len(old) - i2, len(old) - i1, len(new) - j2, len(new) - j1)
        for tag, i1, i2, j1, j2 in reversed(turned)
    ]

    def moved_fences(steps: Sequence[Opcode]) -> int:
        changed = ((*old[i1:i2], *new[j1:j2]) for tag, i1, i2, j1, j2 in steps if tag != "equal")
        return sum(line.strip() == _FENCE for lines in changed for line in lines)

    return min(list(forward), backward, key=moved_fences)


def _differences(old: str, new: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The parts of two lines that differ, in each of them."""
    steps = SequenceMatcher(None, old[:_MOST_TEXT], new[:_MOST_TEXT], autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    return (
        tuple((i1, i2) for _, i1, i2, _, _ in changed if i1 < i2),
        tuple((j1, j2) for _, _, _, j1, j2 in changed if j1 < j2),
    )
