"""Theme files turned into Textual themes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from textual.theme import Theme

from tui.display import clean, short
from tui.errors import ThemeError
from tui.private import read_given
from tui.reasons import failed
from tui.resources import themes_folder

DEFAULT_DARK = "sluice-dark"
DEFAULT_LIGHT = "sluice-light"
COLOURS = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
)
"""The colours at the top of a theme file."""
VARIABLES = (
    "text-dim",
    "text-faint",
    "border-quiet",
    "border-focus",
    "row-cursor",
    "row-cursor-blurred",
    "hit",
    *(f"tier-{number}" for number in range(1, 5)),
    *(f"status-{number}" for number in range(1, 6)),
    "problem",
)
"""The colours in a theme file's ``[variables]``."""
_TEXTUAL = {
    "text-muted": "text-dim",
    "text-disabled": "text-faint",
    "block-cursor-background": "row-cursor",
    "block-cursor-foreground": "foreground",
    "block-cursor-blurred-background": "row-cursor-blurred",
    "block-hover-background": "row-cursor-blurred",
    "border": "border-focus",
    "border-blurred": "border-quiet",
    "scrollbar": "border-quiet",
    "scrollbar-hover": "text-faint",
    "scrollbar-active": "accent",
    "scrollbar-background": "background",
    "footer-background": "background",
    "footer-key-foreground": "accent",
    "footer-description-foreground": "text-dim",
    "input-cursor-background": "accent",
    "input-selection-background": "row-cursor",
    "screen-selection-background": "row-cursor",
}
"""Variables of Textual's own widgets, so that a picker looks like the queue."""
MOST = 1 << 20
"""The most bytes of a theme file."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class _ThemeFile:
    """The checked contents of a theme file."""

    name: str
    dark: bool
    colours: dict[str, str]
    """Its colours, including those in ``[variables]``."""


def load_theme(name: str) -> Theme | None:
    """The built-in theme of that name; reads only its file."""
    path = themes_folder() / f"{name}.toml"
    return _themed(_parse(path)) if _NAME.fullmatch(name) and path.is_file() else None


def load_themes(folders: Sequence[Path]) -> tuple[list[Theme], list[str]]:
    """Read every theme file; a later folder's theme replaces one of the same name.

    The sentences name the invalid files, and say why.
    """
    themes: dict[str, Theme] = {}
    sentences = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            file = _parse(path)
        except ThemeError as error:
            sentences.append(clean(str(error)))
        else:
            themes[file.name] = _themed(file)
    return list(themes.values()), sentences


def rich_colour(variables: Mapping[str, str], name: str) -> str:
    """A theme's colour for Rich; the text's colour for an unknown name."""
    return (variables.get(name) or variables["foreground"]).removeprefix("ansi_")


def _parse(path: Path) -> _ThemeFile:
    values = _read(path)
    name, dark = values.pop("name", None), values.pop("dark", None)
    variables = values.pop("variables", {})
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise ThemeError(f'{path.name} has no valid `name`; add a line like `name = "my-theme"`.')
    if not isinstance(dark, bool):
        raise ThemeError(f"{path.name} does not set `dark`; add `dark = true` or `dark = false`.")
    if not isinstance(variables, dict):
        raise ThemeError(f"{path.name}: `variables` is not a table; put `[variables]` above them.")
    colours = _checked(path, values, COLOURS) | _checked(path, variables, VARIABLES)
    return _ThemeFile(name, dark, colours)


@cache
def _defaults(dark: bool) -> dict[str, str]:
    """The colours for those that a theme file leaves out."""
    name = DEFAULT_DARK if dark else DEFAULT_LIGHT
    return _parse(themes_folder() / f"{name}.toml").colours


def _themed(file: _ThemeFile) -> Theme:
    whole = set(file.colours) == {*COLOURS, *VARIABLES}
    colours = file.colours if whole else {**_defaults(file.dark), **file.colours}
    theme = Theme(name=file.name, dark=file.dark, primary=colours["primary"])
    for key in COLOURS:
        setattr(theme, key, colours[key])
    # The colours as variables too: Textual rounds them when it computes shades.
    theme.variables = {**colours, **{key: colours[ours] for key, ours in _TEXTUAL.items()}}
    return theme


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(read_given(path, MOST).decode("utf-8-sig"))
    except OSError as error:
        raise ThemeError(f"Cannot read the theme {path} {failed(error, 'read')}") from error
    except (ValueError, RecursionError) as error:
        raise ThemeError(
            f"{path.name} is not valid TOML ({short(error)}); correct or remove it."
        ) from error


def _checked(path: Path, values: Mapping[str, object], known: Sequence[str]) -> dict[str, str]:
    colours = {}
    for key, value in values.items():
        if key not in known:
            raise ThemeError(f"{path.name}: unknown colour `{short(key)}`; use {_one_of(known)}.")
        if not (isinstance(value, str) and _HEX.fullmatch(value)):
            raise ThemeError(
                f"{path.name}: `{key}` is `{short(value)}`; write a colour like `#5ed1de`."
            )
        colours[key] = value
    return colours


def _one_of(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
