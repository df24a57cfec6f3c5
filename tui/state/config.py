"""The user's settings in ``config.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.display import short
from tui.errors import SettingsError
from tui.private import read_given
from tui.reasons import failed
from tui.state.trust import distrust_of
from tui.state.views import View, read_views

if TYPE_CHECKING:
    from tui.state.own_commands import OwnCommand

CONFIG_FILE = "config.yaml"
MOST = 1 << 20
"""Maximum size of the config file in bytes."""


@dataclass(frozen=True, slots=True)
class Config:
    """The user's settings; sluice only ever writes the views that the user saves."""

    advance: bool = True
    """Whether the cursor moves to the next open source after a deciding key."""
    theme: str | None = None
    """The theme, unless another one was chosen in the app."""
    views: Mapping[str, View] = field(default_factory=dict)
    """The views saved in the app, by name."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by command id, as written; an empty tuple removes a command's key."""
    commands: tuple[OwnCommand, ...] = ()
    """Programs to run with a key; empty when other users could change the file."""
    distrust: str = ""
    """A sentence on who else could change the file and how to fix it; empty when nobody can."""


def load_config(folder: Path) -> Config:
    """Read the settings in ``config.yaml``; the defaults when there is no such file."""
    path = folder / CONFIG_FILE
    try:
        text = read_given(path, MOST).decode("utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    return read_config(path, text)


def unreadable(path: Path, error: Exception) -> SettingsError:
    """The error for a config file that cannot be read."""
    if isinstance(error, OSError):
        return SettingsError(f"Cannot read {path} {failed(error, 'read')}")
    return SettingsError(f"{path} is not UTF-8 text; fix or remove it.")


def read_config(path: Path, text: str) -> Config:
    """Read the settings from a config file's text. Raises SettingsError."""
    config = _config(path, _mapping(path, text))
    if distrust := distrust_of(path):
        return replace(config, commands=(), distrust=distrust)
    return config


def _mapping(path: Path, text: str) -> dict[object, object]:
    import yaml  # noqa: PLC0415 - most users have no config file

    try:
        value = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(
            f"{path}: line {line} is not valid YAML ({short(error.problem)}); fix it."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid YAML ({short(error)}); fix it.") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SettingsError(f"{path} has no settings; write one per line, such as `advance: off`.")
    return value


def _config(path: Path, values: dict[object, object]) -> Config:
    known = list(READERS)
    unknown = [key for key in values if key not in known]
    if unknown:
        raise SettingsError(
            f"{path}: `{short(unknown[0])}` is not a setting; remove it, or use {_either(known)}."
        )
    with about_config(path.parent):
        return Config(**{str(name): READERS[str(name)](value) for name, value in values.items()})


@contextmanager
def about_config(folder: Path) -> Iterator[None]:
    """Add the file's path to a SettingsError."""
    try:
        yield
    except SettingsError as error:
        raise SettingsError(f"{folder / CONFIG_FILE}: {error}") from error


def _advance(value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"`advance` is `{short(value)}`; write `on` or `off`.")
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
    "theme": _theme,
    "views": read_views,
    "keys": _keys,
    "commands": _commands,
}
"""The reader of each setting. It raises SettingsError, to which the file's path is added."""


def _either(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]])
