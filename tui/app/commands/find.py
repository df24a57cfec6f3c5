"""Commands that find: search, matches in the preview, problems and their repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.boxes.repair import RepairBox
from tui.app.commands.command import Command, needs_source
from tui.app.saving import Save
from tui.app.widgets.queue_row import SourceRow
from tui.checks.file_repair import FileRepair, find_repair
from tui.errors import SluiceError
from tui.vault.history.change import Change
from tui.vault.source import Source
from tui.vault.vault import FileDiff

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _search(screen: TriageScreen) -> None:
    screen.searcher.start()


def _next_hit(screen: TriageScreen) -> None:
    _hit(screen, 1)


def _previous_hit(screen: TriageScreen) -> None:
    _hit(screen, -1)


def _hit(screen: TriageScreen, direction: int) -> None:
    if not screen.worklist.looking_up:
        press = screen.keymap.press("find.search")
        screen.say(f"No search is open; {press} to start one.")
    elif not screen.preview.find_next(direction):
        screen.say("No match in this text.")


def _next_problem(screen: TriageScreen) -> None:
    _problem(screen, 1)


def _previous_problem(screen: TriageScreen) -> None:
    _problem(screen, -1)


def _problem(screen: TriageScreen, direction: int) -> None:
    rows, at = screen.queue.rows, screen.queue.cursor or 0
    for index in range(at + direction, len(rows) if direction > 0 else -1, direction):
        row = rows[index]
        if isinstance(row, SourceRow) and screen.desk.problem_of(row.source) is not None:
            screen.queue.move_to(index)
            return
    where = "below" if direction > 0 else "above"
    views = screen.keymap.sequel("find.view", "opens the views; “problems” lists them all")
    screen.say(f"No more problems {where}.{views}")


def _repair(screen: TriageScreen) -> None:
    source = screen.current
    if source is not None:
        waits = screen.saver.busy

        def show() -> None:
            from tui.app.hints import may_interrupt  # noqa: PLC0415 - a ring

            if not waits or may_interrupt(screen):
                _show_repair(screen, source)

        screen.saver.when_idle(show)


def _show_repair(screen: TriageScreen, source: Source) -> None:
    """Show a source's repair, or say why there is none."""
    desk = screen.desk
    try:
        text = desk.vault.read_text(source)
    except SluiceError as error:
        screen.say(str(error), "error")
        return
    repair = find_repair(desk.schema, source, text, "header")
    if repair.done:
        other = find_repair(desk.schema, source, text, "line") if repair.doubled else None
        screen.app.push_screen(
            RepairBox(source.title, repair, other), lambda chosen: _make(screen, chosen)
        )
        return
    problem = repair.refusal or desk.problem_of(source)
    if problem is None:
        screen.say("This source has no problem.")
        return
    line = f" at line {source.problem.line}" if source.problem else ""
    edit = screen.keymap.hint("go.edit", f"opens your editor{line}.")
    screen.say(f"No safe repair: {problem}. {edit}".rstrip(), "warning")


def _make(screen: TriageScreen, repair: FileRepair | None) -> None:
    """Write the repair and show the source."""
    if repair is None:
        return
    desk, diff = screen.desk, FileDiff(repair.name, repair.before, repair.after)

    def done(_change: Change) -> None:
        fresh = desk.vault.find(repair.name)
        if fresh is None:
            return
        screen.worklist.settle(fresh, moved=False)
        screen.show_changed(fresh)
        left = desk.problem_of(fresh)
        undo = screen.keymap.hint("undo.undo", "undoes it")
        done = " · ".join(filter(None, ("Repaired", undo)))
        screen.say(f"Repaired, but another problem remains: {left}" if left else done)

    def failed(error: SluiceError) -> None:
        screen.decider.take_in(repair.name)
        screen.say(screen.saver.named(error, repair.name), "error")

    screen.saver.put(Save(lambda: desk.repair("repair", [diff]), done, failed, about=repair.name))


COMMANDS = (
    Command("find.search", ("slash",), "Search: words or field:value", _search, bar="search"),
    Command("find.next_hit", ("n",), "Next match in the preview", _next_hit),
    Command("find.previous_hit", ("N",), "Previous match in the preview", _previous_hit),
    Command(
        "find.previous_problem", ("left_square_bracket",), "Previous problem", _previous_problem,
    ),
    Command(
        "find.next_problem", ("right_square_bracket",), "Next problem", _next_problem,
    ),
    Command("find.repair", ("F",), "Repair the source", _repair, refusal=needs_source),
)  # fmt: skip
