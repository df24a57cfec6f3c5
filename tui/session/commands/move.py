"""Commands that move: the cursor, the focus, the preview."""

from __future__ import annotations

from functools import partial

from tui.session.flow.marker import Marker
from tui.session.keys.command import Actions, CountedActions
from tui.session.model.rows import Rows
from tui.session.ports import FARTHEST, Panes
from tui.session.work.ring import Ring


def movements(rows: Rows, panes: Panes, ring: Ring) -> Actions:
    """The actions of the group ``move``."""

    def by(count: int) -> None:
        if panes.focused == "preview":
            panes.scroll(count)
        elif panes.focus == "list":
            panes.select_insight(count)
        else:
            rows.move(count)

    def to_end(lines: int, row: int) -> None:
        if panes.focused == "preview":
            panes.scroll(lines)
        else:
            rows.move_to(row)

    def page(pages: float) -> None:
        if panes.focused == "preview":
            panes.page(pages)
        else:
            count = round(panes.page_rows * pages) or (1 if pages > 0 else -1)
            rows.move(count, follow=True)

    return {
        "move.down": partial(by, 1),
        "move.up": partial(by, -1),
        "move.first": partial(to_end, -FARTHEST, 0),
        "move.last": lambda: to_end(FARTHEST, len(rows) - 1),
        "move.half_down": partial(page, 0.5),
        "move.half_up": partial(page, -0.5),
        "move.page_down": partial(page, 1),
        "move.page_up": partial(page, -1),
        "move.next_pane": partial(ring.step, 1),
        "move.previous_pane": partial(ring.step, -1),
        "move.preview_down": partial(panes.scroll, 3),
        "move.preview_up": partial(panes.scroll, -3),
        "move.preview_page": partial(panes.page, 1),
    }


def counted_movements(rows: Rows, marker: Marker, panes: Panes) -> CountedActions:
    """The same with a count: so many sources, lines or marks."""

    def by(sign: int, count: int) -> None:
        if panes.focused == "preview":
            panes.scroll(sign * count)
        elif panes.focus == "list":
            panes.select_insight(sign * count)
        else:
            rows.move(sign * count)

    return {
        "move.down": partial(by, 1),
        "move.up": partial(by, -1),
        "move.preview_down": panes.scroll,
        "move.preview_up": lambda count: panes.scroll(-count),
        "select.down": marker.stretch,
        "select.up": lambda count: marker.stretch(-count),
    }
