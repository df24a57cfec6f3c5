"""What stays as long as the vault is open is left out of Python's looks for garbage.

Looking through it again and again takes long. What is garbage when it is left out would stay
too: boxes that were closed, lines that were drawn.
"""

from __future__ import annotations

import gc

_YOUNG = 1


def let_go() -> None:
    """Have all garbage go, before much is made that stays."""
    gc.collect()


def keep() -> None:
    """Leave what there is out of later looks; garbage that was made meanwhile goes first."""
    gc.collect(_YOUNG)
    gc.freeze()
