"""The known values of a schema's fields, and how a header writes each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import SchemaError
from tui.triage.alike import Class, bare, class_of, number_of, yes_or_no
from tui.triage.shape import mapping, word, words
from tui.vault.header.typed import meaning, text_of


class Choice(NamedTuple):
    """One known value of a field."""

    name: str
    glyph: str = ""
    colour: str = ""
    """A theme colour: ``tier-1`` to ``tier-4`` or ``status-1`` to ``status-5``."""
    meaning: str = ""
    value: Any = None
    """The number or yes/no that a header writes for it; None when it writes the name."""
    short: str = ""
    """An abbreviation for narrow columns; empty when the schema gives none."""
    read_as: tuple[str, ...] = ()
    """Other spellings of it in headers."""
    is_quoted: bool = False
    """Whether it is a number that headers write as text."""

    def is_meant_by(self, text: str) -> bool:
        """Whether a text is another spelling of its value, such as ``true`` for yes."""
        if isinstance(meaning(self.value), bool):
            return yes_or_no(text) is meaning(self.value)
        return self.value is not None and number_of(text) == meaning(self.value)


def read_choices(spec: Any, kind: str, part: str) -> tuple[Choice, ...]:
    """Read a field's known values: a list of names, or a map with details for each.

    Raises SchemaError, which names the ``part`` of the schema.
    """
    if isinstance(spec, list):
        names = {text_of(value): value for value in spec if not isinstance(value, list | dict)}
        if len(names) < len(spec) or "" in names:
            raise SchemaError(f"values of {part} must be single values without duplicates.")
        return tuple(
            _choice(name, value, {}, kind, part, is_list=True) for name, value in names.items()
        )
    given = mapping(spec, f"values of {part}")
    # A map's keys were read as text.
    return tuple(
        _choice(name, bare(name), extra or {}, kind, part) for name, extra in given.items()
    )


def _choice(
    name: str, written: Any, spec: Any, kind: str, field_part: str, *, is_list: bool = False
) -> Choice:
    """Read a known value; ``written`` is its key in the schema as YAML reads it."""
    part = f"the value {short(name)} of {field_part}"
    given = mapping(spec, part, ("glyph", "colour", "meaning", "is", "short", "read_as"))
    is_quoted = kind == "number" and "is" not in given and type(written) is str
    is_quoted = is_quoted and number_of(written) is not None and is_list
    value = given.get("is", bare(name) if kind == "number" else written)
    wanted = tuple(_WANTED.values()) if "is" in given else ()
    wanted = (_WANTED[kind],) if kind in _WANTED else wanted
    if wanted and class_of(value) not in wanted:
        raise SchemaError(f"{part} must be a {' or a '.join(wanted)}; set it with `is`.", name)
    return Choice(
        value=value if class_of(value) in _WANTED.values() and not is_quoted else None,
        is_quoted=is_quoted,
        read_as=words(given.get("read_as", []), f"read_as of {part}"),
        name=name,
        glyph=word(given.get("glyph", ""), f"glyph of {part}"),
        colour=word(given.get("colour", ""), f"colour of {part}"),
        meaning=word(given.get("meaning", ""), f"meaning of {part}"),
        short=word(given.get("short", ""), f"short of {part}"),
    )


_WANTED: Mapping[str, Class] = {"number": "number", "bool": "yes or no"}
"""The type that a header's value has, by the field's kind."""
