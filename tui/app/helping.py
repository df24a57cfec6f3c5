"""Helping: screens that have only keys of their own, and what help says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

if TYPE_CHECKING:
    from tui.session.work.help import Here


class Helped:
    """A screen that help describes."""

    help_name: ClassVar[str]
    """Its name, in small letters."""
    help_prose: ClassVar[Sequence[str]]
    """A few words about it."""


def help_of(screen: Screen[object]) -> Here | None:
    """What help says of a screen; None for one that is the session's, and for a box."""
    from tui.session.keys.command import key_sign  # noqa: PLC0415 - after the first frame
    from tui.session.work.help import PRESS, Here, KeyHere  # noqa: PLC0415 - see above

    if not isinstance(screen, Helped):
        return None
    keys: dict[tuple[str, str], list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.node is screen and active.binding.show:
            keys.setdefault((active.binding.action, active.binding.description), []).append(key)
    rows = [
        KeyHere(" ".join(map(key_sign, found)), what, f"{PRESS}{found[0]}")
        for (_, what), found in keys.items()
    ]
    return Here(screen.help_name, screen.help_prose, rows)
