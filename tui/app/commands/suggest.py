"""The command that accepts suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.commands.command import Command, needs_source
from tui.suggest.taking import take_suggestions
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def take_all(screen: TriageScreen) -> None:
    """Accept the suggested category, tier and topics, in one change."""

    def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
        return take_suggestions(schema, sources, screen.suggester.of)

    screen.decider.decide(make)


def _refusal(screen: TriageScreen) -> str | None:
    """Why there is nothing to accept."""
    return needs_source(screen) or screen.suggester.refusal or None


COMMANDS = (
    Command(
        "decide.suggested", ("equals_sign",), "Accept all suggestions", take_all, refusal=_refusal
    ),
)
