"""Whole texts worked out beforehand, such as repairs, planned as one change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.errors import Conflict
from tui.vault.plan import FileDiff, Planned, planned
from tui.vault.read import decode
from tui.vault.storage import read_snapshot


def plan_rewrites(root: Path, diffs: Sequence[FileDiff]) -> list[Planned]:
    """The files as ``diffs`` make them; those that are so already are left out.

    Raises Conflict when a file no longer holds the text its diff began with, and
    StorageError when it cannot be read.
    """
    plan: dict[Path, Planned] = {}
    for diff in diffs:
        snapshot = read_snapshot(root, diff.name)
        if decode(snapshot.data) != diff.before:
            raise Conflict(
                f"{diff.name} was changed by another program just now, so nothing was repaired; "
                "try again."
            )
        # Two names of one file hold one text, and get one and the same repair.
        if diff.after != diff.before:
            plan[snapshot.path] = planned(diff.name, snapshot, diff.after)
    return list(plan.values())
