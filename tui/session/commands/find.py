"""Commands that find: search, matches in the preview, problems and their repair."""

from __future__ import annotations

from functools import partial

from tui.desk import Desk
from tui.session.keys.command import Actions
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.rows import SourceRow
from tui.session.ports import Panes, Tell
from tui.session.work.repairer import Repairer
from tui.session.work.searcher import Searcher


def finding(
    desk: Desk,
    board: Board,
    searcher: Searcher,
    repairer: Repairer,
    keymap: Keymap,
    panes: Panes,
    tell: Tell,
) -> Actions:
    """The actions of the group ``find`` that are not about views."""

    def hit(direction: int) -> None:
        if not board.worklist.looking_up:
            said = keymap.refusal("find.search", "starts a search", "none is open")
            tell.say(said, "warning")
        elif not panes.find_next(direction):
            tell.say("No match in this text.", "warning")

    def problem(direction: int) -> None:
        rows, at = board.rows.all, board.rows.cursor or 0
        for index in range(at + direction, len(rows) if direction > 0 else -1, direction):
            row = rows[index]
            if isinstance(row, SourceRow) and desk.problem_of(row.source) is not None:
                board.rows.move_to(index)
                return
        where = "below" if direction > 0 else "above"
        views = keymap.sequel("find.view", "opens the views; “problems” lists them all")
        tell.say(f"No more problems {where}.{views}", "warning")

    return {
        "find.search": searcher.start,
        "find.next_hit": partial(hit, 1),
        "find.previous_hit": partial(hit, -1),
        "find.next_problem": partial(problem, 1),
        "find.previous_problem": partial(problem, -1),
        "find.repair": repairer.start,
    }
