"""Target shares of the tiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.display import listed, short
from tui.errors import SchemaError
from tui.triage.field import Field
from tui.triage.shape import mapping, number


def read_targets(spec: Any, tier: Field, *, own: bool) -> Mapping[str, float]:
    """The target share of each tier, 0 to 1. Raises SchemaError unless they add up to 100 %.

    Unless they are the vault's ``own``, targets with unknown tiers are ignored.
    """
    given = mapping(spec, "targets")
    targets = {
        name: number(share, f"the target of {short(name)}") / 100 for name, share in given.items()
    }
    unknown = sorted(set(targets) - set(tier.values))
    if unknown and not own:
        return {}
    if unknown:
        raise SchemaError(
            f"targets name {listed(unknown)}, missing from the values of {tier.name}."
        )
    total = sum(targets.values())
    if targets and (min(targets.values()) < 0 or not 0.995 <= total <= 1.005):
        raise SchemaError(f"targets must add up to 100 per cent, not {total * 100:g}.")
    return {name: targets.get(name, 0.0) for name in tier.values} if targets else {}
