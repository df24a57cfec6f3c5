"""Commands that mark sources; the next deciding key changes all marked ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tui.display import counted
from tui.session.flow.finder import Finder
from tui.session.flow.marker import Marker
from tui.session.keys.command import Actions, CountedActions, Refusals
from tui.session.keys.keymap import Keymap
from tui.session.model.reading import ReadingState
from tui.session.ports import Tell


def marking(
    marker: Marker,
    finders: Sequence[Finder],
    reading: ReadingState,
    keymap: Keymap,
    tell: Tell,
) -> Actions:
    """The actions of the group ``select``."""

    def mark_all() -> None:
        if reading.busy or any(finder.working for finder in finders):
            tell.say(f"Still loading; {keymap.press('select.all')} again in a moment.", "warning")
        elif not marker.mark_all():
            tell.say("Nothing here to mark.", "warning")

    return {
        "select.mark": marker.toggle,
        "select.down": partial(marker.stretch, 1),
        "select.up": partial(marker.stretch, -1),
        "select.all": mark_all,
        "select.clear": marker.clear,
    }


def counted_marking(marker: Marker, keymap: Keymap, tell: Tell) -> CountedActions:
    """The same with a count: so many sources from the cursor on."""

    def mark_next(count: int) -> None:
        marked = marker.mark_next(count)
        if not marked:
            tell.say("No open source here to mark.", "warning")
            return
        unmarks = keymap.hint("select.clear", "unmarks")
        short = "" if marked == count else ": no more below"
        said = f"{counted(marked)} marked{short}"
        tell.say(" · ".join(filter(None, (said, unmarks))), "information", said)

    return {"select.mark": mark_next, "select.all": mark_next}


def refusals(marker: Marker, keymap: Keymap) -> Refusals:
    """Why marks cannot be changed."""

    def no_marks() -> str | None:
        if marker.count:
            return None
        one, every = keymap.hint("select.mark", "marks one"), keymap.sign("select.all")
        how = ", ".join(filter(None, (one, f"{every} marks all" if one and every else "")))
        return f"{how}: no source is marked." if how else "No source is marked."

    return {"select.clear": no_marks}
