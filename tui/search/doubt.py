"""A hint for a query that finds nothing."""

from __future__ import annotations

from collections.abc import Iterable

from tui.search.complete import Names
from tui.search.filters import accepts
from tui.search.query import Condition, near

_NAMED = 6
"""Number of known values to list when none is similar."""


def doubt(conditions: Iterable[Condition], names: Names) -> str:
    """A sentence about a value that a closed field cannot have; empty when there is none."""
    for condition in conditions:
        known = names.values.get(condition.field, ())
        if condition.kind != "field" or condition.field not in names.closed or condition.negated:
            continue
        for wanted in condition.values:
            if not any(accepts(wanted, value) for value in known):
                meant = near(wanted.text, known)
                if meant:
                    like = " or ".join(meant)
                    return f"No {condition.field} {wanted.text}; did you mean {like}?"
                some = ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "")
                return f"No {condition.field} {wanted.text}; there are {some}."
    return ""
