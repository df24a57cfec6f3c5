"""Where sluice keeps what is not in the vault."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

try:
    # Where hashlib has it from; that loads OpenSSL as well, which takes 2 ms of every command.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


class Places(NamedTuple):
    """The user's folders for sluice. They are named here and made when something is written."""

    config: Path
    """What the user writes: ``config.yaml`` and ``themes/``."""
    state: Path
    """What sluice remembers: undo journals, drafts, choices."""
    cache: Path
    """What can be worked out again."""

    def vault_state(self, root: Path) -> Path:
        """Name the folder of what belongs to one vault, the same by whatever path it is opened."""
        return self.state / "vaults" / _folder_of(root)

    def vault_cache(self, root: Path) -> Path:
        """Name the folder of what can be worked out again for one vault."""
        return self.cache / "vaults" / _folder_of(root)


def places() -> Places:
    """Find the folders as the system and the XDG variables of this process name them."""
    named = [_named(kind) for kind in ("CONFIG", "STATE", "CACHE")]
    config, state, cache = (folder and folder / "sluice" for folder in named)
    if config and state and cache:
        return Places(config, state, cache)
    import platformdirs  # noqa: PLC0415 - costs more than most commands need

    return Places(
        config=platformdirs.user_config_path("sluice", appauthor=False),
        state=platformdirs.user_state_path("sluice", appauthor=False),
        cache=platformdirs.user_cache_path("sluice", appauthor=False),
    )


_BELOW_HOME = {"CONFIG": ".config", "STATE": ".local/state", "CACHE": ".cache"}


def _named(kind: str) -> Path | None:
    """The folder as XDG names it on Linux; None where the system has to be asked."""
    if sys.platform != "linux":
        return None
    asked, home = os.environ.get(f"XDG_{kind}_HOME", ""), os.environ.get("HOME", "")
    if asked.startswith("/"):
        return Path(asked)
    return Path(home, _BELOW_HOME[kind]) if home.startswith("/") and home != "/" else None


def _folder_of(root: Path) -> str:
    real = root.resolve()
    digest = blake2b(os.fsencode(real), digest_size=8).hexdigest()
    name = re.sub(r"[^\w-]+", "-", real.name)[:40]
    return f"{name}-{digest}"
