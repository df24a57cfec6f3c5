"""The user's settings in ``config.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.display import clean, short
from tui.errors import SettingsError
from tui.state.trust import distrust_of
from tui.state.views import View, load_saved_views, read_views, together
from tui.state.yaml_file import read_map, within

if TYPE_CHECKING:
    from tui.state.own_commands import OwnCommand

CONFIG_FILE = "config.yaml"
MOST_A_DAY = 100_000
"""The largest goal of a day."""


@dataclass(frozen=True, slots=True)
class Config:
    """The user's settings; sluice only ever writes views, into a file of their own."""

    advance: bool = True
    """Whether the cursor moves to the next open source after a deciding key."""
    goal: int = 0
    """The sources to move on in a day; 0 for no goal."""
    theme: str | None = None
    """The theme, unless another one was chosen in the app."""
    views: Mapping[str, View] = field(default_factory=dict)
    """The user's views by name: of ``config.yaml``, and saved in the app."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by command id, as written; an empty tuple removes a command's key."""
    commands: tuple[OwnCommand, ...] = ()
    """Programs to run with a key; empty when other users could change the file."""
    distrust: str = ""
    """A sentence on who else could change the file and how to fix it; empty when nobody can."""
    broken: str = ""
    """A sentence on saved views that cannot be read; empty when they can."""


def load_config(folder: Path) -> Config:
    """The user's settings with the saved views; the defaults when there are no files.

    Raises SettingsError for ``config.yaml``. A broken ``views.yaml`` is reported in ``broken``.
    """
    config = config_alone(folder)
    try:
        return replace(config, views=together(config.views, load_saved_views(folder)))
    except SettingsError as error:
        return replace(config, broken=clean(f"The views you saved are missing: {error}"))


def config_alone(folder: Path) -> Config:
    """The settings in ``config.yaml`` alone. Raises SettingsError."""
    path = folder / CONFIG_FILE
    values = read_map(path, "settings; write one per line, such as `advance: off`")
    if values is None:
        return Config()
    config = read_config(path, values)
    if distrust := distrust_of(path):
        return replace(config, commands=(), distrust=distrust)
    return config


def read_config(path: Path, values: Mapping[object, object]) -> Config:
    """The settings with these values in the file at ``path``. Raises SettingsError."""
    known = list(READERS)
    unknown = [key for key in values if key not in known]
    if unknown:
        raise SettingsError(
            f"{path}: `{short(unknown[0])}` is not a setting; remove it, or use {_either(known)}."
        )
    with within(path):
        return Config(**{str(name): READERS[str(name)](value) for name, value in values.items()})


def _advance(value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"`advance` is `{short(value)}`; write `on` or `off`.")
    return value


def _goal(value: object) -> int:
    if value is None:
        return 0
    if type(value) is not int or not 0 <= value <= MOST_A_DAY:
        raise SettingsError(f"`goal` is `{short(value)}`; write a number of sources, such as 40.")
    return value


def _theme(value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and value):
        raise SettingsError(f"`theme` is `{short(value)}`; write a theme's name.")
    return value


def _keys(value: object) -> dict[str, tuple[str, ...]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SettingsError('`keys` is not a map; write lines such as `decide.promote: "m"`.')
    return {str(id): _keys_of(str(id), keys) for id, keys in value.items()}


def _keys_of(id: str, value: object) -> tuple[str, ...]:
    keys = value if isinstance(value, list) else [] if value is None else [value]
    # YAML reads a bare 1 as a number, and `no` and `on` as neither key nor text.
    digits = {number: str(number) for number in range(10)}
    keys = [digits.get(key, key) if type(key) is int else key for key in keys]
    for key in keys:
        if not isinstance(key, str) or not key:
            raise SettingsError(
                f"`{short(id)}` has the key `{short(key)}`; write keys in quotes, or null."
            )
    return tuple(keys)


def _commands(value: object) -> tuple[OwnCommand, ...]:
    from tui.state.own_commands import read_own_commands  # noqa: PLC0415 - most have none

    return read_own_commands(value)


READERS: Mapping[str, Callable[[object], Any]] = {
    "advance": _advance,
    "goal": _goal,
    "theme": _theme,
    "views": read_views,
    "keys": _keys,
    "commands": _commands,
}
"""The reader of each setting. It raises SettingsError, to which the file's path is added."""


def _either(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]])
