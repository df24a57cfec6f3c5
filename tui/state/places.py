"""Where sluice keeps what is not in the vault."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple


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
    import platformdirs  # noqa: PLC0415 - costs more than most commands need

    return Places(
        config=platformdirs.user_config_path("sluice", appauthor=False),
        state=platformdirs.user_state_path("sluice", appauthor=False),
        cache=platformdirs.user_cache_path("sluice", appauthor=False),
    )


def _folder_of(root: Path) -> str:
    real = root.resolve()
    digest = hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()
    name = re.sub(r"[^\w-]+", "-", real.name)[:40]
    return f"{name}-{digest}"
