"""YAML files that the user may write by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.display import short
from tui.errors import SettingsError
from tui.private import read_given
from tui.reasons import failed

MOST = 1 << 20
"""Maximum size of such a file in bytes."""


def read_map(path: Path, example: str) -> dict[object, object] | None:
    """The map in a file; None when there is no such file.

    Raises SettingsError, which shows the ``example`` of a line when there is no map.
    """
    try:
        text = read_given(path, MOST).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"Cannot read {path} {failed(error, 'read')}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text; fix or remove it.") from error
    import yaml  # noqa: PLC0415 - most users have no such file

    try:
        value = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        from tui.vault.header.explain import fault  # noqa: PLC0415 - most files are sound

        at, why = fault(error, text)
        raise SettingsError(f"{path}: line {at + 1} is not valid YAML: {why}; fix it.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid YAML ({short(error)}); fix it.") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SettingsError(f"{path} has no {example}.")
    return value


@contextmanager
def within(place: object) -> Iterator[None]:
    """Begin every SettingsError with the file or part that it is about."""
    try:
        yield
    except SettingsError as error:
        raise SettingsError(f"{place}: {error}") from error
