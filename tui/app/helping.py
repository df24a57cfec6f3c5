"""Helping: screens that have keys of their own, and what help says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.screen import Screen

from tui.app.textual_private import bind_keys

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap
    from tui.session.work.help import Here


class Helped:
    """A screen that help describes."""

    help_name: ClassVar[str]
    """Its name, in small letters."""
    help_prose: ClassVar[Sequence[str]]
    """A few words about it."""


def bind_commands(
    screen: Screen[Any], keymap: Keymap, actions: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """Bind the keys of commands to actions of a screen, each with what it does.

    The screen's own keys stay. Returns the key of each command as people write it, or none.
    """
    from tui.session.keys.command import key_sign  # noqa: PLC0415 - after the first frame

    own = {
        key
        for kind in type(screen).__mro__
        for binding in vars(kind).get("BINDINGS", ())
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    found = keymap.in_box(tuple(actions), own)
    bind_keys(screen, (Binding(",".join(keys), *actions[id]) for id, keys in found.items() if keys))
    return {id: key_sign(keys[0]) if keys else "" for id, keys in found.items()}


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
