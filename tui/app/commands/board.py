"""Commands for many sources: distribution and progress, the rapid pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _distribution(screen: TriageScreen) -> None:
    from tui.app.screens.distribution import DistributionScreen  # noqa: PLC0415 - on its key

    desk, saver = screen.desk, screen.saver
    shown = DistributionScreen(desk.schema, desk.vault, lambda words: screen.say(words, "warning"))
    screen.app.push_screen(shown)
    if saver.busy:
        # Again, once the latest decisions are in the journal.
        saver.when_idle(shown.count)


def _still_reading(screen: TriageScreen) -> str | None:
    return "Still loading the vault." if screen.busy else None


def _rapid(screen: TriageScreen) -> None:
    screen.rapid.start()


COMMANDS = (
    Command(
        "board.distribution",
        ("D",),
        "Distribution and progress",
        _distribution,
        "",
        _still_reading,
    ),
    Command("board.rapid", ("r",), "Rapid pass: one key per source", _rapid, "rapid"),
)
