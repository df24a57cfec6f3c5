"""The screen's edges: search and views above, what was done and the keys below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text
from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

from tui.app.themes import rich_colour
from tui.display import cells, clean, fit
from tui.session.update import Figures, Key, ViewTab

GAP = 2
"""Cells between two things in a bar."""
COLOURS = {"information": "foreground", "warning": "warning", "error": "problem"}
"""The colours of sentences, by their kind."""


Parts = Sequence[tuple[str, str]]
"""Texts in a row, and their colours."""


class Bar(Widget):
    """One line that is drawn again only when its content changes.

    A part of it that does something can be clicked.
    """

    DEFAULT_CSS = """
    Bar { height: 1; color: $text-dim; text-wrap: nowrap; padding: 0 1; }
    """

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._shown: object = None
        self._spots: list[tuple[int, int, Callable[[], object]]] = []
        """The cells that can be clicked: first, one after the last, what a click does."""

    def say(self, *content: object) -> None:
        """Show this content; nothing happens if it is already shown."""
        if content != self._shown:
            self._shown = content
            self.refresh()

    def colour(self, name: str) -> str:
        """A colour of the theme, by name."""
        return rich_colour(self.app.theme_variables, name)

    def on_click(self, event: events.Click) -> None:
        """Do what is written there."""
        at = event.get_content_offset(self)
        for start, end, act in self._spots:
            if at is not None and start <= at.x < end:
                event.stop()
                act()
                return


class Brand(Bar):
    """The vault's name."""

    DEFAULT_CSS = """
    Brand { background: $panel; }
    """
    MOST = 18
    """The longest name in cells."""

    def __init__(self, vault: str) -> None:
        super().__init__("brand")
        self._vault = clean(vault, 60)
        self.styles.width = min(self.MOST, cells(self._vault)) + 4

    def render(self) -> Text:
        """Draw it."""
        name = fit(self._vault, min(self.MOST, cells(self._vault)))
        return Text(name, style=f"bold {self.colour('accent')}", no_wrap=True)


class ViewCount(Bar):
    """How many sources there are, and in a narrow row the open view; a click shows all views."""

    DEFAULT_CSS = """
    ViewCount { width: 32; background: $panel; text-align: right; }
    """
    WIDE = 24
    """Cells from which the row is not narrow."""

    def show(self, figures: Figures) -> None:
        """Show these figures."""
        self.say(
            *(figures.view, figures.shown, figures.total, figures.note),
            *(figures.is_lookup, figures.views_key),
        )

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._shown, tuple):
            return Text("")
        view, shown, total, note, is_lookup, key = self._shown
        room = self.content_size.width
        is_narrow = room < self.WIDE
        self._spots = [(0, room, lambda: self.post_message(ViewsBar.AllAsked()))]
        if note:
            return Text(note, no_wrap=True)
        if is_lookup:
            found = counted(shown)
            return Text(found if is_narrow else f"{found} of {total:,}", no_wrap=True)
        if is_narrow:
            tail = f" {shown:,}{f' · {key}' if key else ''}"
            name = clean(view)
            name = fit(name, max(1, min(cells(name), room - cells(tail))))
            return Text.assemble((name, f"bold {self.colour('foreground')}"), tail, no_wrap=True)
        # Deleted sources stay in the queue for a moment, and count until then.
        tail = "" if shown >= total else f" of {total:,}"
        head, name = f"{shown:,} ", clean(view)
        name = fit(name, max(1, min(cells(name), room - cells(head) - cells(tail))))
        return Text(f"{head}{name}{tail}", no_wrap=True)


class ViewsBar(Bar):
    """The views, each with its key and the number of its sources; a click opens one."""

    DEFAULT_CSS = """
    ViewsBar { background: $panel; }
    """
    LONGEST = 24
    """The most cells of a view's name."""

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class AllAsked(Message):
        """The person wants to see all views."""

    def show(self, figures: Figures) -> None:
        """Show these figures."""
        matches = counted(figures.shown) if figures.is_lookup else ""
        self.say(tuple(figures.views), matches or figures.note, figures.views_key)

    def render(self) -> Text:
        """Draw the views that fit, the open one in bold."""
        if not isinstance(self._shown, tuple):
            return Text("")
        views, note, key = self._shown
        text, self._spots = Text(no_wrap=True), []
        # Beside the search field it says what the row above the views has no room for.
        if note and self.id == "tabs":
            text.append(note).append(" " * GAP)
        more = f"{key} more" if key else "more"
        fitting = fitting_views(views, self.content_size.width - text.cell_len, more)
        accent = f"bold {self.colour('accent')}"
        for view in fitting:
            start = text.cell_len
            style = f"bold {self.colour('foreground')}" if view.is_open else ""
            if view.key:
                text.append(view.key, accent).append(" ")
            text.append(f"{name_of(view)} ", style).append(view.figure, style)
            self._spots.append(
                (start, text.cell_len, partial(self.post_message, self.Chosen(view.name)))
            )
            text.append(" " * GAP)
        if len(fitting) < len(views) and text.cell_len + cells(more) <= self.content_size.width:
            start = text.cell_len
            text.append(key, accent).append(" more" if key else "more")
            self._spots.append((start, text.cell_len, lambda: self.post_message(self.AllAsked())))
        return text


def counted(matches: int) -> str:
    """A number of matches, in words."""
    return f"{matches:,} match" if matches == 1 else f"{matches:,} matches"


def name_of(view: ViewTab) -> str:
    """A view's name, cut to what a bar has room for."""
    name = clean(view.name)
    return fit(name, min(cells(name), ViewsBar.LONGEST))


def fitting_views(views: Sequence[ViewTab], room: int, more: str) -> list[ViewTab]:
    """The views that fit, in their order; the open one always, then by their rank."""
    widths = [cells(f"{view.key} {name_of(view)} {view.figure}".strip()) + GAP for view in views]
    if sum(widths) - GAP <= room:
        return list(views)
    left = room - cells(more)
    taken: set[int] = set()
    for at in sorted(range(len(views)), key=lambda at: (views[at].rank, at)):
        if views[at].is_open or widths[at] <= left:
            taken.add(at)
            left -= widths[at]
    return [view for at, view in enumerate(views) if at in taken]


class KeyBar(Bar):
    """The keys that work now, as many as fit, with help at the right end; a click presses one.

    A sentence can replace them until the next key.
    """

    DEFAULT_CSS = """
    KeyBar { background: $panel; }
    """

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self._covered: tuple[str, str] | None = None

    def show(self, keys: Sequence[tuple[str, ...]], last: tuple[str, ...] | None) -> None:
        """Show these keys, with room for ``last`` at the right end in any case."""
        self.say(tuple(Key(*key) for key in keys), Key(*last) if last else None)

    def cover(self, sentence: str, kind: str = "information") -> None:
        """Show a sentence in place of the keys; an empty one shows the keys again."""
        covered = (sentence, kind) if sentence else None
        if covered != self._covered:
            self._covered = covered
            self.refresh()

    def render(self) -> Text:
        """Draw it."""
        self._spots = []
        width = self.content_size.width
        if self._covered:
            sentence, kind = self._covered
            text = Text(sentence, self.colour(COLOURS[kind]), no_wrap=True)
            text.truncate(width, overflow="ellipsis")
            return text
        if not isinstance(self._shown, tuple):
            return Text("")
        keys, last = self._shown
        tail = self._pair(last) if last else Text()
        room = width - tail.cell_len - GAP
        text = Text(no_wrap=True)
        for key in keys:
            pair = self._pair(key)
            if text.cell_len + pair.cell_len > room:
                break
            self._add_spot(key, text.cell_len, pair.cell_len)
            text.append_text(pair).append(" " * GAP)
        if text.cell_len:
            text.right_crop(GAP)
        text.append(" " * max(0, width - text.cell_len - tail.cell_len))
        if last:
            self._add_spot(last, text.cell_len, tail.cell_len)
        return text.append_text(tail)

    def _add_spot(self, key: Key, start: int, width: int) -> None:
        if presses := presses_of(key):
            self._spots.append((start, start + width, lambda: press(self.app, presses)))

    def _pair(self, key: Key) -> Text:
        return Text.assemble((key.sign, f"bold {self.colour('accent')}"), " ", key.what)


def presses_of(key: Key) -> tuple[str, ...]:
    """What a click on a hint presses, by Textual's names; nothing where it names several keys."""
    from tui.errors import SettingsError  # noqa: PLC0415 - after the first frame
    from tui.session.keys.key_names import read_key  # noqa: PLC0415 - see above

    if not key.press and " " in key.sign:
        return ()
    try:
        return tuple(read_key(key.press or key.sign).split(" "))
    except SettingsError:
        # A number of marks, or "1-4".
        return ()


def press(app: App[object], keys: Sequence[str]) -> None:
    """Press keys in the person's place."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


class StatusLine(Bar):
    """How far the work has come at the left end, what was done last at the right.

    A sentence that does not fit takes the whole line, and the keys' line below it.
    """

    BAR, SHORT_BAR = 24, 10
    """Cells of the bar, and on a screen below ``FULL`` columns."""
    FULL, NARROW = 100, 60

    def __init__(self, id: str, below: KeyBar) -> None:
        super().__init__(id)
        self._below = below
        self._figures: Figures | None = None
        self._work: tuple[str, int, int] | None = None
        self._said: tuple[Sequence[str], str] | None = None
        self._about: tuple[Sequence[Parts], Parts] = ((), ())

    def tell_of_text(self, lefts: Sequence[Parts], right: Parts) -> None:
        """Show the longest of the left parts that fits in place of the figures.

        The right part is there while nothing is said.
        """
        if self._about != (lefts, right):
            self._about = lefts, right
            self._lay()

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show the progress of a long change instead, and how to stop it."""
        self._work = what, done, total
        self.refresh()

    def end_work(self) -> None:
        """Show the progress of the day again."""
        if self._work is not None:
            self._work = None
            self.refresh()

    def show(self, figures: Figures) -> None:
        """Show these figures; while the vault is read, the ones before stay."""
        shown = figures.today, figures.goal, figures.done, tuple(figures.words), figures.pending
        if shown != self._shown and not figures.note:
            self._shown, self._figures = shown, figures
            self._lay()

    def speak(self, forms: Sequence[str], kind: str) -> None:
        """Say a sentence: the longest of its forms that fits, longest first."""
        self._said = tuple(forms), kind
        self._lay()

    def fall_silent(self) -> None:
        """Say nothing any more."""
        if self._said is not None:
            self._said = None
            self._lay()

    @property
    def said(self) -> str:
        """What is said now, at its longest; empty for nothing."""
        return self._said[0][0] if self._said else ""

    def on_resize(self) -> None:
        """Fit what is said into the new width."""
        self._lay()

    def _lay(self) -> None:
        """Draw, and let the second row of a long sentence take the keys' place."""
        rows = self._rows()
        self._below.cover(*((rows[1], self._said[1]) if self._said and len(rows) > 1 else ("",)))
        self.refresh()

    def _rows(self) -> list[str]:
        """What is said on this line and the next; one that fits beside the figures is alone."""
        if self._said is None:
            return []
        forms, width = self._said[0], self.content_size.width
        least = cells_of(self._parts()[-1])
        for form in forms:
            if cells(form) + GAP + least <= width:
                return [form]
        return in_two(forms[0], width)

    def _parts(self) -> list[Parts]:
        """What the left end can show, longest first: texts and their colours."""
        wide = self.app.size.width
        long = self.BAR if wide >= self.FULL else self.SHORT_BAR
        if self._work is not None:
            what, done, total = self._work
            words, least = [f"{done:,} of {total:,}", "esc stops it", what], 2
            bar = self._bar(done, total, long)
        elif self._about[0]:
            return list(self._about[0])
        elif self._figures is not None:
            figures = self._figures
            today = figures.today.removesuffix(" today") if figures.goal else figures.today
            words = [figures.today if wide >= self.NARROW else today, *figures.words]
            # What was done today, and what is left.
            least = 1 + bool(today)
            bar = self._bar(figures.done, figures.goal, long) if figures.goal else []
        else:
            return [[]]
        words = [word for word in words if word]
        counts = range(len(words), min(least, len(words)) - 1, -1)
        return [[*bar, (" · ".join(words[:count]), "text-dim")] for count in counts]

    @staticmethod
    def _bar(done: int, total: int, width: int) -> list[tuple[str, str]]:
        filled = min(width, round(width * done / total)) if total else 0
        if done and not filled:
            filled = 1
        return [("━" * filled, "accent"), ("━" * (width - filled) + " ", "border-quiet")]

    def render(self) -> Text:
        """Draw it."""
        width, rows = self.content_size.width, self._rows()
        kind = self._said[1] if self._said else "information"
        right = Text(rows[0], self.colour(COLOURS[kind]), no_wrap=True) if rows else Text()
        if not rows and self._figures is not None and self._figures.pending:
            right = Text(self._figures.pending, f"bold {self.colour('accent')}", no_wrap=True)
        elif not rows:
            right = self._text_of(self._about[1])
        room = width - (right.cell_len + GAP if right.cell_len else 0)
        parts = self._parts()
        left = next((part for part in parts if cells_of(part) <= room), None)
        if left is None:
            if right.cell_len:
                return right
            left = parts[-1]
        text = self._text_of(left)
        text.truncate(width, overflow="ellipsis")
        text.append(" " * max(0, width - text.cell_len - right.cell_len))
        return text.append_text(right)

    def _text_of(self, parts: Parts) -> Text:
        text = Text(no_wrap=True)
        for words, colour in parts:
            text.append(words, self.colour(colour))
        return text


def cells_of(parts: Parts) -> int:
    """The width of texts in a row."""
    return sum(cells(words) for words, _ in parts)


def in_two(sentence: str, width: int) -> list[str]:
    """A sentence in at most two rows, cut after the second."""
    if cells(sentence) <= width or width <= 0:
        return [sentence]
    words, head = sentence.split(" "), ""
    while words and cells(f"{head} {words[0]}".lstrip()) <= width:
        head = f"{head} {words.pop(0)}".lstrip()
    rest = " ".join(words)
    if not head or not rest:
        return [fit(sentence, width).rstrip()]
    return [head, rest if cells(rest) <= width else fit(rest, width).rstrip()]
