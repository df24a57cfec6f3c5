"""Excludes objects that live as long as the vault from Python's garbage collection.

Collecting them again and again is slow. Garbage that is excluded with them would stay too, such
as closed boxes and drawn lines.
"""

from __future__ import annotations

import gc

_YOUNG = 1


def let_go() -> None:
    """Collect all garbage, before many lasting objects are made."""
    gc.collect()


def keep() -> None:
    """Collect recent garbage, then exclude all objects from later collections."""
    gc.collect(_YOUNG)
    gc.freeze()
