"""Commands that mark sources; the next deciding key changes all marked ones."""

from __future__ import annotations

from functools import partial

from tui.session.flow.finder import Finder
from tui.session.flow.marker import Marker
from tui.session.keys.command import Actions, Refusals
from tui.session.keys.keymap import Keymap
from tui.session.model.reading import ReadingState
from tui.session.ports import Tell


def marking(
    marker: Marker, finder: Finder, reading: ReadingState, keymap: Keymap, tell: Tell
) -> Actions:
    """The actions of the group ``select``."""

    def mark_all() -> None:
        if finder.working or reading.busy:
            tell.say(f"Still loading; {keymap.press('select.all')} again in a moment.")
        elif not marker.mark_all():
            tell.say("Nothing here to mark.")

    return {
        "select.mark": marker.toggle,
        "select.down": partial(marker.stretch, 1),
        "select.up": partial(marker.stretch, -1),
        "select.all": mark_all,
        "select.clear": marker.clear,
    }


def refusals(marker: Marker, keymap: Keymap) -> Refusals:
    """Why marks cannot be changed."""

    def no_marks() -> str | None:
        if marker.count:
            return None
        one, every = keymap.hint("select.mark", "marks one"), keymap.sign("select.all")
        how = ", ".join(filter(None, (one, f"{every} marks all" if one and every else "")))
        return f"No source is marked{'; ' if how else ''}{how}."

    return {"select.clear": no_marks}
