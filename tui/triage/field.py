"""Fields of a schema: which values they take, and the four the screen is built around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from tui.display import short
from tui.errors import SchemaError
from tui.triage.alike import class_of
from tui.triage.known_values import Choice, read_choices
from tui.triage.shape import flag, mapping, word
from tui.triage.short_names import short_name
from tui.vault.header.typed import text_of
from tui.vault.source import Source, one_form

Kind = Literal["text", "longtext", "choice", "list", "date", "duration", "bool", "number", "url"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Field(NamedTuple):
    """One field of a header and the values it takes."""

    name: str
    kind: Kind
    short: str = ""
    meaning: str = ""
    required: bool = False
    open: bool = False
    """Whether values outside ``choices`` are allowed."""
    choices: tuple[Choice, ...] = ()
    wanted: tuple[int, int] = (0, 0)
    """The least and the most items a list should have; both 0 for no limit."""
    absent: str = ""
    """The known value of a source without the field; empty when there is none."""
    spellings: Mapping[str, str] = {}
    """Known values by their spellings, see ``spelt``."""

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the known values, in the schema's order."""
        return tuple(choice.name for choice in self.choices)

    def spelt(self, text: str) -> str:
        """The known value for a text, ignoring case and outer spaces; else the text."""
        known = self.spellings.get(text) or self.spellings.get(_folded(text))
        if known is None:
            known = next((one.name for one in self.choices if one.is_meant_by(text)), text.strip())
        return known

    def meant(self, text: str) -> str | None:
        """The known value for a typed text, ignoring case, or by a unique prefix.

        Open fields and numbers take no prefix: in an open field it may be a new value, and
        nobody abbreviates a number.
        """
        found = self.spelt(text)
        if found in self.values or self.open:
            return found if found in self.values else None
        wanted = _folded(text)
        words = [one.name for one in self.choices if class_of(one.value) != "number"]
        starting = [name for name in words if _folded(name).startswith(wanted)]
        return starting[0] if wanted and len(starting) == 1 else None

    def value_in(self, source: Source) -> str:
        """A source's value in a single-value field, as the schema spells it."""
        return self.known_in(source.fields.get(self.name))

    def known_in(self, value: Any) -> str:
        """The single value that a header's value stands for: of a list, the first known item.

        An unknown value gives its text, and an unknown list all its items; null and maps are
        empty.
        """
        if isinstance(value, str):
            return self.spelt(value)
        if isinstance(value, list | tuple):
            texts = [self.spelt(text_of(item)) for item in value]
            return next((text for text in texts if text in self.values), ", ".join(texts))
        return "" if isinstance(value, dict | set) else self.spelt(text_of(value))

    def choice(self, name: str) -> Choice:
        """The known value of that name; for an unknown name, one without a glyph."""
        return next((c for c in self.choices if c.name == name), Choice(name))

    def abbreviated(self, name: str) -> str:
        """A short form of a value, as the schema gives it or as ``short_name`` makes one."""
        return self.choice(name).short or short_name(name)


class Roles(NamedTuple):
    """The names of the fields that sluice itself uses."""

    status: str
    tier: str
    category: str
    insights: str
    snoozed: str = ""
    """The day until which a source is snoozed; empty when the vault has no such field."""
    confirmed: str = ""
    """The list of fields whose values a person confirmed; empty when the vault has none."""

    @property
    def optional(self) -> frozenset[str]:
        """The fields of the roles that a vault can do without."""
        return frozenset(filter(None, (self.snoozed, self.confirmed)))

    def word_for(self, field: str) -> str:
        """What a person calls a field: its role, or its own name."""
        return next((role for role, name in self._asdict().items() if name == field), field)


_OPTIONAL: Mapping[str, Kind] = {"snoozed": "date", "confirmed": "list"}
"""The roles that a vault can do without, and the kinds of their fields."""


def read_roles(spec: Any, fields: Mapping[str, Field], own: Any = None) -> Roles:
    """The fields of the roles; ``own`` are those that the vault's schema names itself.

    An optional role whose built-in field the vault dropped or uses for something else is absent.
    Raises SchemaError.
    """
    given = dict(mapping(spec, "roles", Roles._fields))
    for role in Roles._fields:
        kind = _OPTIONAL.get(role)
        if role not in given:
            if kind is None:
                raise SchemaError(f"The role {role} must name a field.")
            continue
        field = fields.get(word(given[role], f"the role {role}"))
        if field is not None and kind in (None, field.kind):
            continue
        if kind is not None and role not in (own or {}):
            del given[role]
        elif field is None:
            raise SchemaError(f"The role {role} names {short(given[role])}, which is not a field.")
        else:
            raise SchemaError(
                f"The role {role} names {short(field.name)}, a field of the kind {field.kind}; "
                f"it needs one of the kind {kind}."
            )
    return Roles(**given)


def read_field(name: str, spec: Any) -> Field:
    """Read one field of a schema. Raises SchemaError."""
    part = f"the field {short(name)}"
    given = mapping(
        spec, part, ("kind", "short", "meaning", "required", "open", "values", "wanted", "absent")
    )
    kind = given.get("kind", "text")
    if kind not in KINDS:
        raise SchemaError(
            f"The field {short(name)} has the unknown kind {short(kind)}; use {', '.join(KINDS)}."
        )
    choices = read_choices(given.get("values", {}), kind, part)
    absent = word(given.get("absent", ""), f"absent of {part}")
    if absent and absent not in [choice.name for choice in choices]:
        raise SchemaError(f"absent of {part} is {short(absent)}, which is not one of its values.")
    return Field(
        name=name,
        kind=kind,
        short=word(given.get("short", ""), f"short of {part}"),
        meaning=word(given.get("meaning", ""), f"meaning of {part}"),
        required=flag(given.get("required", False), f"required of {part}"),
        open=flag(given.get("open", False), f"open of {part}"),
        choices=choices,
        wanted=_wanted(given.get("wanted", [0, 0]), part),
        absent=absent,
        spellings=_spellings(choice.name for choice in choices),
    )


def _spellings(names: Iterable[str]) -> Mapping[str, str]:
    """Values by their exact and case-folded spellings; the first one wins."""
    known = {name: name for name in names}
    return {_folded(name): name for name in reversed(known)} | known


def _folded(text: str) -> str:
    return one_form(text.strip()).casefold()


def _wanted(spec: Any, part: str) -> tuple[int, int]:
    numbers = spec if isinstance(spec, list) else []
    if len(numbers) != 2 or not all(type(one) is int for one in numbers):
        raise SchemaError(f"wanted of {part} is {short(spec)}; write two numbers such as [3, 7].")
    return numbers[0], numbers[1]
