"""Commands for many sources: distribution and progress, the rapid pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _distribution(screen: TriageScreen) -> None:
    from tui.app.screens.distribution import DistributionScreen  # noqa: PLC0415 - on its key

    screen.app.push_screen(DistributionScreen(screen))


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
