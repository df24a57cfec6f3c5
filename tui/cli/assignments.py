"""``FIELD=VALUE`` and its kin, as ``sluice set`` reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Operator = Literal["=", "+=", "-="]

_ASSIGNMENT = re.compile(r"([A-Za-z_][\w-]*?)([+-]?=)(.*)", re.DOTALL)


class Assignment(NamedTuple):
    """One field and what to do with it."""

    field: str
    operator: Operator
    value: str


def split_arguments(
    arguments: Sequence[str], folder: Path
) -> tuple[tuple[str, ...], tuple[Assignment, ...]]:
    """The references and the assignments among the arguments, in whatever order they came.

    An argument that looks like an assignment and names a file in ``folder`` is a reference.
    """
    references: list[str] = []
    assignments: list[Assignment] = []
    for argument in arguments:
        found = _ASSIGNMENT.fullmatch(argument)
        if found is None or _exists(folder, argument):
            references.append(argument)
        else:
            operator: Operator = "+=" if found[2] == "+=" else "-=" if found[2] == "-=" else "="
            assignments.append(Assignment(found[1], operator, found[3]))
    return tuple(references), tuple(assignments)


def _exists(folder: Path, argument: str) -> bool:
    try:
        return (folder / argument).exists()
    except (OSError, ValueError):
        return False
