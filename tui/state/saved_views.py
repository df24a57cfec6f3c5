"""Saves and removes the user's views, in ``views.yaml`` in the config folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import yaml

from tui.errors import SettingsError
from tui.flock import wait_for_lock
from tui.private import open_file, replacing
from tui.reasons import failed
from tui.state.config import Config, config_alone
from tui.state.folders import Folders
from tui.state.views import VIEWS_FILE, View, load_saved_views, together
from tui.state.yaml_file import MOST

LOCK_FILE = "views.lock"
_HEADING = """\
# The views saved in sluice. You may edit them; sluice drops other comments when it saves a view.
# A name with null hides the view of that name in config.yaml.
"""
Saved = dict[str, View | None]


def save_view(folders: Folders, view: View, instead_of: str = "") -> Config:
    """Save a view, replacing one called ``instead_of`` or of the same name, in its place.

    Returns the new settings. Raises SettingsError; nothing is then changed.
    """

    def change(saved: Saved) -> Saved:
        names = (view.name if name == instead_of else name for name in saved)
        return {**dict(zip(names, saved.values(), strict=True)), view.name: view}

    return _changed(folders, instead_of, change)


def remove_view(folders: Folders, name: str) -> Config:
    """Remove a view that the user saved. Returns and raises as ``save_view`` does."""
    return _changed(folders, name, lambda saved: {n: saved[n] for n in saved if n != name})


def _changed(folders: Folders, gone: str, change: Callable[[Saved], Saved]) -> Config:
    """Make a change that takes away the view ``gone``, unless it adds one of that name."""
    path = folders.config / VIEWS_FILE
    with _alone(folders.state / LOCK_FILE):
        config = config_alone(folders.config)
        before = load_saved_views(folders.config)
        after = change(before)
        if gone in config.views:
            after.setdefault(gone, None)
        # Nothing else needs hiding.
        after = {name: view for name, view in after.items() if view or name in config.views}
        with _replacing(path, _text(after)):
            if load_saved_views(folders.config) != before:
                raise SettingsError(f"Another program just changed {path}; save again.")
    return replace(config, views=together(config.views, after))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other sluice is saving a view."""
    try:
        descriptor = open_file(lock, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise _unwritable(lock, error) from error
    try:
        # A disk without locks excludes nobody.
        with suppress(OSError):
            wait_for_lock(descriptor)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _replacing(path: Path, text: bytes) -> Iterator[None]:
    """Replace the file at the end of the block; nothing changes when it raises."""
    if len(text) > MOST:
        raise SettingsError(f"{path} would be larger than {MOST >> 20} MB; delete some views.")
    try:
        # It may be a link into a dotfiles folder: keep the link, and the mode.
        real = path.resolve()
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else None
        with replacing(real) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None and os.name != "nt":
                os.fchmod(file.fileno(), mode)
            yield
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> SettingsError:
    so = ", so the view is not saved"
    return SettingsError(f"Cannot write {path} {failed(error, 'write', so)}")


def _text(saved: Mapping[str, View | None]) -> bytes:
    values = {
        name: view and ({"query": view.query, "sort": view.sort} if view.sort else view.query)
        for name, view in saved.items()
    }
    lines = yaml.safe_dump(
        values, allow_unicode=True, default_flow_style=False, sort_keys=False, width=MOST
    )
    return (_HEADING + (lines if values else "")).encode()
