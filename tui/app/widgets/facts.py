"""CategoryPane and StatusPane: a source's category, status and tier."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from tui.app.themes import rich_colour
from tui.display import clean

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap
    from tui.suggest.suggestions import Suggestion
    from tui.triage.field import Field
    from tui.triage.schema import Schema
    from tui.vault.source import Source


class FactPane(Widget, can_focus=True):
    """A pane of one or two lines about the source under the cursor."""

    DEFAULT_CSS = """
    FactPane {
        border: round $border-quiet; padding: 0 1; border-title-color: $text-dim;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    FactPane:focus {
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "change", "change")]

    class Change(Message):
        """The person wants to change the value in the pane."""

        def __init__(self, pane: FactPane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, schema_of: Callable[[], Schema], title: str, id: str) -> None:
        super().__init__(id=id)
        self._schema_of = schema_of
        self._source: Source | None = None
        self._suggested: Suggestion | None = None
        self.keys: Keymap | None = None
        self.border_title = Text(title)

    @property
    def _schema(self) -> Schema:
        return self._schema_of()

    def show(self, source: Source | None) -> None:
        """Show a source, or nothing."""
        self._source = source
        self.refresh()

    def suggest(self, suggestion: Suggestion | None) -> None:
        """Show a suggested value, or none."""
        if suggestion != self._suggested:
            self._suggested = suggestion
            self.refresh()

    def suggestion(self) -> Text:
        """The suggestion and its probability; empty when there is none."""
        one = self._suggested
        if one is None:
            return Text("")
        return Text.assemble(
            (f"≈ {self.named(one.value)}", self.colour("accent")),
            (f" {one.percent}", self.colour("text-dim")),
        )

    def named(self, value: str) -> str:
        """A short name of a suggested value."""
        return clean(value, 60)

    def action_change(self) -> None:
        """Ask for the picker."""
        self.post_message(self.Change(self))

    def colour(self, name: str) -> str:
        """A colour of the theme, by name; the text's own for an unknown name."""
        return rich_colour(self.app.theme_variables, name)

    def render(self) -> Text:
        """The lines, cut to the pane."""
        if self._source is None:
            return Text("")
        lines = self.lines(self._source, self.content_size.height)
        text = Text("\n", no_wrap=True, overflow="ellipsis").join(lines)
        text.no_wrap, text.overflow = True, "ellipsis"
        return text

    def key_of(self, id: str) -> str:
        """The key of a command, as people write it; empty if it has none."""
        return self.keys.sign(id) if self.keys else ""

    def lines(self, _source: Source, _height: int) -> list[Text]:
        """The pane's lines about the source; each pane has its own."""
        return []


class CategoryPane(FactPane):
    """The notebook the source feeds, and its topics."""

    def __init__(self, schema_of: Callable[[], Schema]) -> None:
        super().__init__(schema_of, "category", "category")

    def lines(self, source: Source, height: int) -> list[Text]:
        """The category; below it the suggestion and the topics."""
        field = self._schema.category
        value = clean(source.text(field.name).strip(), 200)
        key = self.key_of("decide.category")
        if not value:
            hint = f" · {key} picks one" if key else ""
            first = Text.assemble(("none yet", self.colour("text-dim")))
        else:
            at = field.values.index(value) if value in field.values else len(self._schema.slots)
            hint = f"  {key} {self._schema.slots[at : at + 1]}".rstrip() if key else ""
            first = Text.assemble((value, "bold"))
        suggestion = self.suggestion()
        if height < 2 and suggestion:
            # There is no second line; the part that may be cut comes last.
            return [Text.assemble(first, " ", suggestion)]
        first.append(hint, style=self.colour("text-dim"))
        topics = clean(" · ".join(source.listed("topics")), 400)
        below = Text(topics, style=self.colour("text-dim"))
        return [first, Text.assemble(suggestion, "  ", below) if suggestion else below]


class StatusPane(FactPane):
    """The status with the next one, and the tier among its values."""

    def __init__(self, schema_of: Callable[[], Schema]) -> None:
        super().__init__(schema_of, "status · tier", "status")

    def lines(self, source: Source, height: int) -> list[Text]:
        """The status above the tier, or both on the only line."""
        status = self._status(source)
        tier = self._tier(source)
        if height < 2:
            dot = Text(" · ", style=self.colour("border-quiet"))
            tier = self._value(self._schema.tier, source)
            suggestion = self.suggestion()
            middle = Text.assemble(" ", suggestion) if suggestion else ""
            return [Text.assemble(tier, middle, dot, status)]
        return [status, tier]

    def _status(self, source: Source) -> Text:
        from tui.triage.status import next_status, status_of  # noqa: PLC0415 - not for the frame

        now = status_of(self._schema, source)
        choice = self._schema.status.choice(now)
        text = Text(
            f"{choice.glyph or '?'} {clean(now, 40)}", style=f"bold {self.colour(choice.colour)}"
        )
        following = next_status(self._schema, now)
        if following:
            after = self._schema.status.choice(following)
            key = self.key_of("decide.promote")
            text.append(f"  {key} " if key else "  → ", style=self.colour("text-dim"))
            text.append(f"{after.glyph} {following}", style=self.colour("text-dim"))
        return text

    def _value(self, field: Field, source: Source) -> Text:
        value = field.value_in(source)
        if not value:
            return Text("no tier", style=self.colour("text-dim"))
        choice, several = field.choice(value), len(source.items(field.name)) > 1
        shown = clean(source.text(field.name) if several else value, 40)
        return Text(f"{choice.glyph or '?'} {shown}", style=f"bold {self.colour(choice.colour)}")

    def _tier(self, source: Source) -> Text:
        field = self._schema.tier
        held = set(map(field.spelt, source.items(field.name))) - {""}
        suggestion = self.suggestion()
        if suggestion:
            return Text.assemble(self._value(field, source), " ", suggestion)
        text = Text()
        for number, choice in enumerate(self._schema.tier.choices, 1):
            if text:
                text.append("  ")
            if choice.name in held:
                text.append(
                    f"{choice.glyph} {choice.name}", style=f"bold {self.colour(choice.colour)}"
                )
            else:
                key = self.key_of(f"decide.tier_{number}") if number <= 4 else ""
                text.append(key, style=self.colour("text-dim"))
                text.append(choice.glyph, style=self.colour("text-dim"))
        for unknown in sorted(held.difference(field.values)):
            text.append(f"  {clean(unknown, 40)}", style=self.colour("problem"))
        return text

    def named(self, value: str) -> str:
        """The key that sets the tier, and its glyph."""
        tier = self._schema.tier
        number = tier.values.index(value) + 1 if value in tier.values else ""
        return f"{number}{tier.choice(value).glyph}"
