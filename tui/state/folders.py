"""The folders for sluice's files outside the vault."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

try:
    # The C module behind hashlib, which also loads OpenSSL and costs every command 2 ms.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


class Folders(NamedTuple):
    """The user's folders for sluice; created when something is written."""

    config: Path
    """Files of the user: ``config.yaml`` and ``themes/``; and the saved ``views.yaml``."""
    state: Path
    """Files that sluice keeps: undo journals, drafts, the chosen theme."""
    cache: Path
    """Caches."""

    def vault_state(self, root: Path) -> Path:
        """The state folder of a vault, the same for every path to it."""
        return self.state / "vaults" / _folder_of(root)

    def vault_cache(self, root: Path) -> Path:
        """The cache folder of a vault."""
        return self.cache / "vaults" / _folder_of(root)


def user_folders() -> Folders:
    """The folders given by the XDG variables, else by the system."""
    named = [_named(kind) for kind in ("CONFIG", "STATE", "CACHE")]
    config, state, cache = (folder and folder / "sluice" for folder in named)
    if config and state and cache:
        return Folders(config, state, cache)
    import platformdirs  # noqa: PLC0415 - costs more than most commands need

    return Folders(
        config=platformdirs.user_config_path("sluice", appauthor=False),
        state=platformdirs.user_state_path("sluice", appauthor=False),
        cache=platformdirs.user_cache_path("sluice", appauthor=False),
    )


_BELOW_HOME = {"CONFIG": ".config", "STATE": ".local/state", "CACHE": ".cache"}


def _named(kind: str) -> Path | None:
    """The XDG folder on Linux; None when the system must be asked."""
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
