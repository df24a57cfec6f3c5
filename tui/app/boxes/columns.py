"""Columns: how a picker draws its options, with the matching letters highlighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.app import App

from tui.app.themes import rich_colour
from tui.display import clean, fit
from tui.search.highlight import match_spans
from tui.session.option import Option

LONGEST = 300
"""Characters of a label or a note that are read; the rest is cut."""
SHORTEST_NOTE = 9
"""Cells below which a note is left out, if labels would be cut for it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths in cells of a picker's three columns."""

    lead: int
    label: int
    note: int

    @classmethod
    def of(cls, options: Sequence[Option], width: int) -> Columns:
        """Columns that fit into ``width``; long labels leave a third to the notes, or all go."""
        lead = max((cell_len(option.lead or option.slot) for option in options), default=0)
        room = max(8, width - (lead + 2 if lead else 0))
        label = max((cell_len(clean(c.label, LONGEST)) for c in options), default=0)
        note = max((cell_len(clean(c.note, LONGEST)) for c in options), default=0)
        if not note:
            return cls(lead, room, 0)
        widest, label = label, min(label, max(room * 2 // 3, room - note - 2))
        note = max(0, room - label - 2)
        if label < widest and note < SHORTEST_NOTE:
            # Half a label beside a word of its note says less than the label alone.
            return cls(lead, room, 0)
        return cls(lead, label, note)

    def shifted(self, label: str, note: str) -> Columns:
        """The columns for one row: where both texts fit, the longer one borrows room."""
        wants_label, wants_note = cell_len(label), cell_len(note)
        room = self.label + self.note
        fits = self.note and wants_label + wants_note <= room
        if not fits or (wants_label <= self.label and wants_note <= self.note):
            return self
        width = max(wants_label, min(self.label, room - wants_note))
        return Columns(self.lead, width, room - width)


def draw(option: Option, words: str, columns: Columns, colours: Mapping[str, str]) -> Text:
    """The option on one line, with the matching letters highlighted."""
    line = Text(no_wrap=True, overflow="crop")
    if columns.lead:
        lead = fit(option.lead or option.slot, columns.lead)
        line.append(f"{lead}  ", style=f"bold {colours['accent']}")
    label = clean(option.label, LONGEST)
    columns = columns.shifted(label, clean(option.note, LONGEST))
    text = Text(fit(label, columns.label))
    for start, end in match_spans(words, label):
        if end <= len(text.plain):
            text.stylize(f"bold {colours['hit']}", start, end)
    line.append_text(text)
    if option.note and columns.note > 3:
        note = fit(clean(option.note, LONGEST), columns.note)
        line.append(f"  {note}", style=colours["text-dim"])
    return line


def colours_of(app: App[None]) -> Mapping[str, str]:
    """The colours that options are drawn in."""
    variables = app.theme_variables
    return {name: rich_colour(variables, name) for name in ("accent", "hit", "text-dim")}
