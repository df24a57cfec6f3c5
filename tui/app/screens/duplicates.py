"""DuplicatesScreen: a source side by side with its likely duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.helping import Helped
from tui.app.themes import rich_colour
from tui.app.widgets.bars import KeyBar
from tui.app.widgets.scrolling import LINES
from tui.app.widgets.wrapping import wrap
from tui.display import clean, fit, short
from tui.errors import SluiceError
from tui.session.questions import Candidate, Compare, Pair
from tui.triage.lists import item_texts
from tui.triage.merge import carried, merge
from tui.vault.header.lines import LINE
from tui.vault.source import Source

LONGEST = 1_000
"""Characters of a value that are read; the rest is cut."""
MOST_LINES, MOST_OF_SAME = 10, 2
"""The most lines for a value, and for one that both sources share."""
BODY_LINES = 12
BESIDE = 100
"""Cells of a screen from which the two sources are side by side."""
NAMES = 20
"""Cells for the names of fields where the two sources are side by side."""
KEYS = (("1 2", "keep one"), ("j k", "scroll"), ("?", "help")), ("q", "keep both")
CHOSEN = (("enter", "confirm"), ("1 2", "switch")), ("esc", "cancel")
"""The keys before and after choosing one, and the key that leaves."""
STEP = "n N", "next pair"
"""The keys that matter when there are several duplicates."""


Row = tuple[str, str, str]
"""A field's name and its two values."""


class DuplicatesScreen(Helped, ModalScreen[None]):
    """Two sources side by side, to keep one or both.

    ``read`` reads the two texts and calls back with them later. ``keep`` gets the source to
    keep and the one to archive. They stand one above the other on a screen that is narrower
    than ``BESIDE`` cells.
    """

    DEFAULT_CSS = """
    DuplicatesScreen { background: $background; layout: vertical; }
    DuplicatesScreen #head { height: 1; background: $panel; padding: 0 1; }
    DuplicatesScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    DuplicatesScreen #rows { height: auto; }
    DuplicatesScreen #plan { height: auto; max-height: 8; padding: 0 1; background: $surface; }
    """
    help_name = "duplicates"
    help_prose = ("Keep one of two likely duplicates; the", "other one is archived. Or keep both.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,h,left", "choose(0)", "keep the first"),
        Binding("2,l,right", "choose(1)", "keep the second"),
        Binding("enter", "make", "confirm"),
        Binding("n,tab", "step(1)", "next"),
        Binding("N,shift+tab", "step(-1)", "previous"),
        *LINES,
        Binding("space,pagedown", "scroll(10)", "page down"),
        Binding("pageup", "scroll(-10)", "page up"),
        Binding("escape,q,d", "leave", "back"),
    ]

    def __init__(self, question: Compare) -> None:
        super().__init__()
        self.source = question.source
        """The source that is compared with its likely duplicates."""
        self._question = question
        self._candidates = list(question.candidates)
        self._at = 0
        self._chosen: int | None = None
        self._pairs: dict[str, Pair] = {}

    def compose(self) -> ComposeResult:
        """The two sources, with the head above, and plan and keys below."""
        yield Static(id="head", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="rows", markup=False)
        yield Static(id="plan", markup=False)
        yield KeyBar("keys")

    def on_mount(self) -> None:
        """Show the likeliest duplicate."""
        self._show()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        if self.is_mounted:
            self._show()

    def extend(self, candidates: Sequence[Candidate]) -> None:
        """Add duplicates that were found meanwhile."""
        self._candidates += candidates
        if self.is_mounted:
            self._show()

    @property
    def _other(self) -> Source:
        return self._candidates[self._at].source

    @property
    def _sides(self) -> tuple[Source, Source]:
        return self.source, self._other

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= BESIDE

    # Showing

    def _show(self) -> None:
        number = f"{self._at + 1} of {len(self._candidates)}"
        reasons = ", ".join(self._candidates[self._at].reasons)
        head = fit(f"duplicates · {number} · {reasons}", max(8, self.app.size.width - 2))
        self.query_one("#head", Static).update(Text(head, style="bold"))
        pair = self._pairs.get(self._other.name)
        if pair is None:
            name = self._other.name
            self._question.read(*self._sides, lambda found: self._take(name, found))
        width = max(30, self.app.size.width - 4)
        rows = _beside if self._is_wide else _stacked
        lines = Text("\n", no_wrap=True).join([*rows(self._rows(), width, self._look), Text("")])
        lines.append_text(Text("\n").join(self._bodies(pair, width)))
        self.query_one("#rows", Static).update(lines)
        self.query_one("#plan", Static).update(self._plan())
        keys, leave = KEYS if self._chosen is None else CHOSEN
        self.query_one(KeyBar).show([*keys, STEP] if len(self._candidates) > 1 else keys, leave)

    def _take(self, name: str, pair: Pair) -> None:
        self._pairs[name] = pair
        if self.is_attached and name == self._other.name:
            self._show()

    def _look(self, colour: str) -> str:
        return rich_colour(self.app.theme_variables, colour)

    def _rows(self) -> list[Row]:
        """The file names, then the fields: different ones first."""
        one, other = self._sides
        names = [*self._question.schema.fields, *map(str, one.fields), *map(str, other.fields)]
        rows = [(name, _value(one, name), _value(other, name)) for name in dict.fromkeys(names)]
        rows = [row for row in rows if row[1] or row[2]]
        return [
            ("file", clean(one.name, LONGEST), clean(other.name, LONGEST)),
            *(row for row in rows if row[1] != row[2]),
            *(row for row in rows if row[1] == row[2]),
        ]

    def _bodies(self, pair: Pair | None, width: int) -> Iterator[Text]:
        if pair is None:
            yield Text("  Comparing the texts…", style=self._look("text-dim"))
            return
        same = pair.alike == 100 and pair.left == pair.right
        said = "identical" if same else f"{pair.alike} % identical"
        yield Text(f"{'=' if same else '≠'} body · {said}", style="bold")
        left, right = _first_lines(pair.left), _first_lines(pair.right)
        if same:
            yield from (Text(f"  {fit(line, width - 2)}") for line in left)
        elif self._is_wide:
            half = (width - 5) // 2
            for index in range(max(len(left), len(right))):
                pieces = (lines[index] if index < len(lines) else "" for lines in (left, right))
                yield Text("  " + " │ ".join(fit(piece, half) for piece in pieces))
        else:
            for number, lines in (("1", left), ("2", right)):
                yield from (Text(f"{number} {fit(line, width - 2)}") for line in lines[:5])

    def _plan(self) -> Text:
        """What confirming would do."""
        if self._chosen is None:
            return Text(
                "1 keeps the first, 2 keeps the second. sluice archives the other one and copies "
                "the list items that only it has.",
                style=self._look("text-dim"),
            )
        kept, other = self._sides if self._chosen == 0 else self._sides[::-1]
        try:
            planned = merge(self._question.schema, kept, other, date.today())
        except SluiceError as error:
            return Text(f"! {clean(str(error), 600)}", style=self._look("error"))
        number = self._chosen + 1
        plan = Text(f"Keep {number}: {_named(kept)}\n", style="bold")
        plan.append(f"Archive {3 - number}: {_named(other)}\n")
        for field, items in carried(self._question.schema, kept, other).items():
            shown = " · ".join(clean(text, 120) for text in item_texts(items))
            plan.append(f"+ {field}: {clean(shown, 300)}\n")
        for warning in planned.warnings:
            plan.append(f"! {clean(warning, 300)}\n", style=self._look("warning"))
        plan.rstrip()
        return plan

    # Keys

    def action_choose(self, side: int) -> None:
        """Show what keeping this one would do; the same key again confirms."""
        if self._chosen == side:
            self.action_make()
            return
        self._chosen = side
        self._show()

    def action_make(self) -> None:
        """Keep the chosen source, unless sluice refuses."""
        if self._chosen is None:
            return
        kept, other = self._sides if self._chosen == 0 else self._sides[::-1]
        try:
            merge(self._question.schema, kept, other, date.today())
        except SluiceError:
            # The plan shows the reason.
            return
        self.dismiss(None)
        self._question.keep(kept, other)

    def action_step(self, by: int) -> None:
        """Compare with the next likely duplicate, or the previous one."""
        self._at = (self._at + by) % len(self._candidates)
        self._chosen = None
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll the two sources."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Cancel the choice; without one, close and keep both."""
        if self._chosen is None:
            self.dismiss(None)
        else:
            self._chosen = None
            self._show()


Look = Callable[[str], str]


def _beside(rows: Sequence[Row], width: int, look: Look) -> Iterator[Text]:
    """Each field with its two values side by side."""
    half = (width - NAMES - 7) // 2
    for name, left, right in rows:
        differs = left != right
        most = MOST_LINES if differs else MOST_OF_SAME
        columns = [_wrapped(left, half, most), _wrapped(right, half, most)]
        for index in range(max(1, *map(len, columns))):
            label = f"{'≠' if differs else '='} {name}" if index == 0 else ""
            line = Text(fit(label, NAMES + 2), style="bold" if differs else look("text-dim"))
            pieces = (lines[index] if index < len(lines) else "" for lines in columns)
            text = " │ ".join(fit(piece, half) for piece in pieces)
            line.append(f" {text}", style="not bold" if differs else look("text-dim"))
            yield line


def _stacked(rows: Sequence[Row], width: int, look: Look) -> Iterator[Text]:
    """Each field with its two values below its name."""
    for name, left, right in rows:
        if left == right:
            yield Text(f"= {name}: {fit(left, max(4, width - len(name) - 4))}", look("text-dim"))
            continue
        yield Text(f"≠ {name}", style="bold")
        for number, value in (("1", left), ("2", right)):
            for index, line in enumerate(_wrapped(value, width - 4, MOST_LINES) or ["–"]):
                yield Text(f"  {number if index == 0 else ' '} {line}")


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """The wrapped text, cut after ``most`` lines."""
    lines = [text[start:end] for start, end in wrap(text, max(4, width))]
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(f"{lines[most - 1].rstrip()[: width - 2]} …", width)]
    return [line for line in lines if line.strip()]


def _named(source: Source) -> str:
    """The title and the id: duplicates may share either."""
    return f"{short(source.title)} · {short(source.id)}" if source.id else short(source.title)


def _value(source: Source, name: str) -> str:
    value = source.fields.get(name)
    if value is None:
        return ""
    if isinstance(value, list):
        return clean(" · ".join(item_texts(value)), LONGEST)
    return clean(source.text(name) or str(value), LONGEST)


def _first_lines(body: str) -> list[str]:
    lines = (clean(line, LONGEST) for line in LINE.findall(body[:20_000]))
    return [line for line in lines if line.strip()][:BODY_LINES]
