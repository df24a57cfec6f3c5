"""``FIELD=VALUE`` and its kin, as ``sluice set`` reads them, and ``OLD=NEW``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Operator = Literal["=", "+=", "-="]

_QUOTED = r'"((?:[^"]|"")+)"'
"""A name in quotes, where two of them stand for one."""
_ASSIGNMENT = re.compile(rf'(?:{_QUOTED}|([^"=\r\n][^=\r\n]*?))([+-]?=)(.*)', re.DOTALL)
_PAIR = re.compile(rf'(?:{_QUOTED}|([^"=][^=]*))=(?:{_QUOTED}|([^"=][^=]*))', re.DOTALL)
_PATH = re.compile(r"[^=]*/.*\.md", re.DOTALL)
"""What is sooner a mistyped path than a field with a slash in its name."""


class Assignment(NamedTuple):
    """One field and what to do with it."""

    field: str
    operator: Operator
    value: str


def split_arguments(
    arguments: Sequence[str], folders: Sequence[Path]
) -> tuple[tuple[str, ...], tuple[Assignment, ...]]:
    """The references and the assignments among the arguments, in whatever order they came.

    An argument that looks like an assignment and names a file in one of the ``folders`` is a
    reference, unless its field stands in quotes.
    """
    references: list[str] = []
    assignments: list[Assignment] = []
    for argument in arguments:
        assignment = read_assignment(argument)
        if assignment is None or (not argument.startswith('"') and _is_path(argument, folders)):
            references.append(argument)
        else:
            assignments.append(assignment)
    return tuple(references), tuple(assignments)


def read_assignment(text: str) -> Assignment | None:
    """What ``FIELD=VALUE`` asks for; None where it is none.

    The field ends before the first ``=``, ``+=`` or ``-=``, unless it stands in quotes.
    """
    found = _ASSIGNMENT.fullmatch(text)
    if found is None:
        return None
    field = _name(found[1], found[2])
    operator: Operator = "+=" if found[3] == "+=" else "-=" if found[3] == "-=" else "="
    return Assignment(field, operator, found[4]) if field else None


def read_pair(text: str) -> tuple[str, str] | None:
    """The two sides of ``OLD=NEW``, each as it is or in quotes; None where they are not clear."""
    found = _PAIR.fullmatch(text)
    sides = (_name(found[1], found[2]), _name(found[3], found[4])) if found else ("", "")
    return sides if all(sides) else None


def read_name(text: str) -> str:
    """A field's name that stands alone, as it is or in quotes."""
    found = re.fullmatch(_QUOTED, text, re.DOTALL)
    return _name(found[1] if found else None, text)


def quoted_name(name: str) -> str:
    """A field's name as it stands before ``=``: in quotes where it could be read otherwise."""
    if name == name.strip() and read_assignment(f"{name}=") == (name, "=", ""):
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _name(quoted: str | None, plain: str) -> str:
    return plain.strip() if quoted is None else quoted.replace('""', '"')


def _is_path(argument: str, folders: Iterable[Path]) -> bool:
    from tui.vault.source import forms  # noqa: PLC0415 - `sluice --help` does without

    if _PATH.fullmatch(argument):
        return True
    try:
        return any((folder / form).exists() for folder in folders for form in forms(argument))
    except (OSError, ValueError):
        return False
