"""What the user set in ``config.yaml``, and what the app remembers by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui.errors import SettingsError
from tui.state.files import read_json, sweep, write_json

CONFIG_FILE = "config.yaml"
CHOICES_FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Config:
    """The user's own settings; sluice reads them and never writes them."""

    advance: bool = True
    """Whether the cursor moves to the next open source after a deciding key."""
    theme: str | None = None
    """The theme to start with until another is chosen in the app."""


def load_config(folder: Path) -> Config:
    """Read the settings in ``config.yaml``; the defaults when there is no such file."""
    path = folder / CONFIG_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SettingsError(f"{path} cannot be read ({reason}); correct or remove it.") from error
    return _config(path, _mapping(path, text))


class Choices:
    """What was chosen in the app, kept in the state folder's ``settings.json``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CHOICES_FILE
        sweep(folder)
        self.error = ""
        """Why the last choice could not be remembered; empty when it was."""

    @property
    def theme(self) -> str | None:
        """The theme chosen last, if any."""
        theme = read_json(self._path).get("theme")
        return theme if isinstance(theme, str) and theme else None

    def remember_theme(self, name: str) -> bool:
        """Keep the theme for the next start; on failure ``error`` says why."""
        try:
            write_json(self._path, {**read_json(self._path), "theme": name})
        except OSError as error:
            self.error = f"The theme will not be remembered: {self._path} {_why(error)}."
            return False
        self.error = ""
        return True


def _mapping(path: Path, text: str) -> dict[object, object]:
    import yaml  # noqa: PLC0415 - most users have no config file

    try:
        value = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(
            f"{path}: line {line} is not valid YAML ({error.problem}); correct it."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid YAML ({error}); correct it.") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SettingsError(f"{path} holds no settings; write one a line, like `advance: off`.")
    return value


def _config(path: Path, values: dict[object, object]) -> Config:
    unknown = [key for key in values if key not in ("advance", "theme")]
    if unknown:
        raise SettingsError(
            f"{path}: `{unknown[0]}` is not a setting; remove it, or use `advance` or `theme`."
        )
    advance = values.get("advance", True)
    if not isinstance(advance, bool):
        raise SettingsError(f"{path}: `advance` is `{advance}`; write `on` or `off`.")
    theme = values.get("theme")
    if theme is not None and not (isinstance(theme, str) and theme):
        raise SettingsError(f"{path}: `theme` is `{theme}`; write a theme's name.")
    return Config(advance=advance, theme=theme)


def _why(error: OSError) -> str:
    return f"cannot be written ({error.strerror or error})"
