"""``FIELD=VALUE`` and ``OLD=NEW`` as arguments have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Operator = Literal["=", "+=", "-="]

_QUOTED = r'"((?:[^"]|"")+)"'
"""A name in quotes; a quote in it is doubled."""
_ASSIGNMENT = re.compile(rf'(?:{_QUOTED}|([^"=\r\n][^=\r\n]*?))([+-]?=)(.*)', re.DOTALL)
_PAIR = re.compile(rf'(?:{_QUOTED}|([^"=][^=]*))=(?:{_QUOTED}|([^"=][^=]*))', re.DOTALL)
_PATH = re.compile(r"[^=]*/.*\.(?:md|markdown|mdx)", re.DOTALL | re.IGNORECASE)
"""More likely a mistyped path than a field with a slash in its name."""


class Assignment(NamedTuple):
    """One field and what to do with it."""

    field: str
    operator: Operator
    value: str


def split_arguments(
    arguments: Sequence[str], folders: Sequence[Path]
) -> tuple[tuple[str, ...], tuple[Assignment, ...]]:
    """The references and the assignments among the arguments, in any order.

    An argument that looks like an assignment but names a file in one of the ``folders`` is a
    reference, unless its field is in quotes.
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
    """The parts of ``FIELD=VALUE``; None for any other text.

    The field ends before the first ``=``, ``+=`` or ``-=``, unless it is in quotes.
    """
    found = _ASSIGNMENT.fullmatch(text)
    if found is None:
        return None
    field = _name(found[1], found[2])
    operator: Operator = "+=" if found[3] == "+=" else "-=" if found[3] == "-=" else "="
    return Assignment(field, operator, found[4]) if field else None


def read_pair(text: str) -> tuple[str, str] | None:
    """The two sides of ``OLD=NEW``, each with or without quotes; None for any other text."""
    found = _PAIR.fullmatch(text)
    sides = (_name(found[1], found[2]), _name(found[3], found[4])) if found else ("", "")
    return sides if all(sides) else None


def read_name(text: str) -> str:
    """A field's name on its own, with or without quotes."""
    found = re.fullmatch(_QUOTED, text, re.DOTALL)
    return _name(found[1] if found else None, text)


def quoted_name(name: str) -> str:
    """A field's name as written before ``=``: in quotes where it could be misread."""
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
