"""View: a named query with a sort order, saved by the user or from a schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.display import short
from tui.errors import SettingsError
from tui.state.yaml_file import read_map, within

VIEWS_FILE = "views.yaml"
LONGEST_NAME = 60
"""Maximum length of a view's name: a picker's line shows as many characters."""
_PARTS = ("query", "sort")


class View(NamedTuple):
    """A named query, and the sort order of its sources."""

    name: str
    query: str
    sort: str = ""
    """A sort key, with ``-`` before it for reverse order; empty for the vault's order."""


def read_views(value: object) -> Mapping[str, View]:
    """The views written in the config file. Raises SettingsError."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SettingsError(
            '`views` is not a map; write one view per line, such as `noise: "tier:noise"`.'
        )
    with within("`views`"):
        return {str(name): _view(str(name), given) for name, given in value.items()}


def load_saved_views(folder: Path) -> dict[str, View | None]:
    """The views in ``views.yaml``; None hides the one of that name in the config file.

    Raises SettingsError.
    """
    path = folder / VIEWS_FILE
    saved = read_map(path, 'views; write one per line, such as `noise: "tier:noise"`')
    with within(path):
        return {
            str(name): None if given is None else _view(str(name), given)
            for name, given in (saved or {}).items()
        }


def together(given: Mapping[str, View], saved: Mapping[str, View | None]) -> Mapping[str, View]:
    """The views of the config file with the saved ones, which override them."""
    return {name: view for name, view in {**given, **saved}.items() if view is not None}


def _view(name: str, given: object) -> View:
    if fault := name_fault(name):
        raise SettingsError(fault)
    if not isinstance(given, dict):
        return View(name, _text(name, "query", given))
    unknown = [key for key in given if key not in _PARTS]
    if unknown:
        raise SettingsError(
            f"{name} has the unknown part `{short(unknown[0])}`; use query and sort."
        )
    query, sort = (_text(name, part, given.get(part, "")) for part in _PARTS)
    return View(name, query, sort.strip())


def _text(name: str, part: str, given: object) -> str:
    if given is None:
        return ""
    if not isinstance(given, str) or not given.isprintable():
        raise SettingsError(f"the {part} of {name} is not text on one line; quote it.")
    return given


def name_fault(name: str) -> str:
    """Why a view's name is invalid, in a sentence; empty when it is valid."""
    if not name.strip():
        return "A view needs a name."
    if not name.isprintable() or name != name.strip():
        return "A view's name is one line of text, without spaces around it."
    if len(name) > LONGEST_NAME:
        return f"A view's name can have at most {LONGEST_NAME} characters."
    return ""
