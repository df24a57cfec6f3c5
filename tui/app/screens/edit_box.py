"""EditBox and DraftBox: what the boxes share that edit one field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui.app.screens.box import Box
from tui.app.themes import rich_colour
from tui.display import clean


class EditBox(Box[None]):
    """A box with a heading, a field, and below it a line that explains the value."""

    DEFAULT_CSS = """
    EditBox TextArea { border: none; padding: 0; background: $surface; }
    EditBox #meaning { max-height: 3; color: $text-dim; }
    """

    def __init__(self, heading: str, *keys: str) -> None:
        super().__init__(heading, *keys)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
        self.leaves_first = False
        """Whether to close before saving: a question in another box may follow."""

    def parts(self) -> ComposeResult:
        """The field, and the line below it."""
        yield from self.fields()
        yield Static(id="meaning", markup=False)

    def fields(self) -> Iterable[Widget]:
        """The widgets between heading and last line; each kind of box has its own."""
        return ()

    def finish(self, save: Callable[[], bool]) -> None:
        """Close when ``save`` accepts the value; else stay open."""
        if self.leaves_first:
            self.dismiss(None)
            save()
        elif save():
            self.dismiss(None)

    def tell(self, sentence: str, symbol: str = "", colour: str = "text-dim") -> None:
        """Show what the value means, or why it is invalid."""
        shown = Text(f"{symbol} " if symbol else "")
        shown.append(clean(sentence, 600))
        shown.stylize(rich_colour(self.app.theme_variables, colour))
        self.query_one("#meaning", Static).update(shown)


class DraftBox(EditBox):
    """Asks for a text; closes when ``save`` accepts it.

    Leaving it keeps a draft, if there is a ``keep``. ``key`` saves, and ``what`` is the text
    that is saved so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", priority=True),
        Binding("ctrl+r", "restore", "restore what is saved", priority=True),
    ]

    def __init__(
        self,
        heading: str,
        *,
        key: str,
        what: str,
        save: Callable[[str], bool],
        keep: Callable[[str], object] | None,
        draft: str,
    ) -> None:
        super().__init__(
            heading, f"{key} saves · {'esc keeps the draft' if keep else 'esc closes'}"
        )
        self._save = save
        self._keep = keep
        self._draft = draft
        keys = f"{key} saves · ctrl+r restores"
        self._draft_keys = f"{keys} the saved {what}", keys

    opened: str
    """The saved text, as the field shows it."""

    @property
    def text(self) -> str:
        """The text in the field."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Replace the text in the field."""
        raise NotImplementedError

    def fits(self, text: str) -> bool:  # noqa: ARG002 - a box may accept any text
        """Whether a text can be saved."""
        return True

    def on_mount(self) -> None:
        """Say that the text is a draft."""
        if self._draft:
            self.head(f"{self._heading} · draft", *self._draft_keys)

    def keep(self, text: str) -> None:
        """Keep a draft; none of an unchanged text."""
        if self._keep is not None:
            self._keep("" if text == self.opened else text)

    def action_save(self) -> None:
        """Save the text, unless it is invalid. If it is unchanged, write nothing."""
        text = self.text
        if text == self.opened:
            self.keep(text)
            self.dismiss(None)
        elif self.fits(text):
            self.finish(lambda: self._save(text))

    def action_restore(self) -> None:
        """Replace the text with the saved one."""
        self.put(self.opened)
