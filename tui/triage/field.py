"""Fields of a schema: which values they take, and the four the screen is built around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from tui.display import listed, short
from tui.errors import SchemaError
from tui.links import name_of
from tui.triage.alike import class_of
from tui.triage.known_values import Choice, read_choices
from tui.triage.shape import flag, mapping, word, words
from tui.triage.short_names import short_name
from tui.vault.header.typed import text_of
from tui.vault.rule import Tagged
from tui.vault.source import Source, one_form

Kind = Literal[
    "text", "longtext", "choice", "list", "date", "duration", "bool", "number", "url", "tag"
]
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
    is_listed: bool = False
    """Whether a new value is written as a list of one."""
    is_linked: bool = False
    """Whether a new value or item is written as a link to a note."""
    is_text: bool = False
    """Whether text is fine for a list, such as ``a, b`` or ``#a #b``."""
    tagged: Tagged | None = None
    """The list that has the value as an item behind a prefix, if it is a tag."""
    is_absent: bool = False
    """Whether it stands for a field that the vault does without."""

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the known values, in the schema's order."""
        return tuple(choice.name for choice in self.choices)

    def spelt(self, text: str) -> str:
        """The known value for a text, ignoring case and outer spaces; else the text's name."""
        known = self.spellings.get(text) or self.spellings.get(_folded(text))
        known = known or self.spellings.get(_bare(text))
        if known is None:
            meant = (one.name for one in self.choices if one.is_meant_by(text))
            known = next(meant, name_of(text.strip()))
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
        # Asked of every source: in nearly all vaults, without another call.
        is_plain = source.rule.is_plain
        return self.known_in(source.fields.get(self.name) if is_plain else source.value(self.name))

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


ABSENT = Field("", "choice", is_absent=True)
"""Stands for the field of a role that the vault does without: no source has a value."""
ABSENT_LIST = ABSENT._replace(kind="list")


class Roles(NamedTuple):
    """The names of the fields that sluice itself uses; empty where the vault has none."""

    status: str
    tier: str = ""
    category: str = ""
    insights: str = ""
    title: str = ""
    url: str = ""
    topics: str = ""
    aliases: str = ""
    author: str = ""
    date: str = ""
    notebooks: str = ""
    snoozed: str = ""
    """The day until which a source is snoozed; empty when the vault has no such field."""
    confirmed: str = ""
    """The list of fields whose values a person confirmed; empty when the vault has none."""
    sent: str = ""
    """The list of notebooks that got a source, and when; empty when the vault has none."""

    @property
    def optional(self) -> frozenset[str]:
        """The fields of the roles that a vault can do without."""
        return frozenset(filter(None, (self.snoozed, self.confirmed, self.sent)))

    def word_for(self, field: str) -> str:
        """What a person calls a field: the word for its role, or its own name."""
        return next((role for role in WORDS if field and getattr(self, role) == field), field)


WORDS = ("status", "tier", "category", "insights", "snoozed", "confirmed")
"""The roles that are called so, whatever their fields are called."""
JUDGED = ("status", "tier", "category", "insights")
"""The roles whose fields a schema must describe."""
_STRICT: Mapping[str, Kind] = {"snoozed": "date", "confirmed": "list", "sent": "list"}
"""The roles whose fields must be of a certain kind."""
_IMPLIED: Mapping[str, Field] = {
    "title": Field("title", "text"),
    "url": Field("url", "url"),
    "topics": Field("topics", "list"),
    "aliases": Field("aliases", "list"),
    "author": Field("author", "text"),
    "date": Field("date", "date"),
    "notebooks": Field("notebooks", "list"),
    "sent": Field("notebooks_sent", "list"),
}
"""What the field of a role is like where a schema only names it."""

AllOf = Mapping[str, tuple[str, ...]]
"""The fields of each role; the first one with a value counts."""


def read_roles(spec: Any, fields: dict[str, Field], own: Any = None) -> tuple[Roles, AllOf]:
    """The fields of the roles; ``own`` are those that the vault's schema names itself.

    A role whose built-in field the vault dropped or uses for something else is absent. A field
    that only a role names is added to ``fields``; another spelling of one is none of its own.
    Raises SchemaError.
    """
    own = own or {}
    named = {
        role: _names(role, given)
        for role, given in mapping(spec, "roles", Roles._fields).items()
        if given is not None
    }
    if "status" not in named:
        raise SchemaError("The role status must name a field.")
    for role, names in list(named.items()):
        known = tuple(name for name in names if name in fields)
        kind = _STRICT.get(role)
        if kind is not None and known and fields[known[0]].kind != kind:
            if role in own:
                raise SchemaError(
                    f"The role {role} names {short(known[0])}, a field of the kind "
                    f"{fields[known[0]].kind}; it needs one of the kind {kind}.",
                    known[0],
                )
            del named[role]
        elif role not in own and role not in JUDGED:
            # The vault's own schema dropped the built-in field.
            named[role] = known
        elif role in _IMPLIED:
            for name in names:
                fields.setdefault(name, _IMPLIED[role]._replace(name=name))
        elif missing := next((name for name in names if not _is_one_of(name, known)), None):
            raise SchemaError(
                f"The role {role} names {short(missing)}, which is not a field; "
                f"describe it in fields, or name one of {listed(list(fields))}.",
                missing,
            )
    if not named.get("notebooks"):
        named.pop("sent", None)
    elif "sent" not in named and "sent" not in own:
        name = f"{named['notebooks'][0]}_sent"
        known_field = fields.setdefault(name, _IMPLIED["sent"]._replace(name=name))
        named["sent"] = (name,) if known_field.kind == "list" else ()
    found = {role: names for role, names in named.items() if names}
    return Roles(**{role: names[0] for role, names in found.items()}), found


def _is_one_of(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name is a known one, or only spells one otherwise, as ``Status`` does."""
    return name in known or _bare(name) in map(_bare, known)


def _names(role: str, given: Any) -> tuple[str, ...]:
    part = f"the role {role}"
    names = words(given, part) if isinstance(given, list) else (word(given, part),)
    if not names:
        raise SchemaError(f"{part} must name a field, or null for none.", role)
    return names


_PARTS = ("kind", "short", "meaning", "required", "open", "values", "wanted", "absent", "form",
          "of", "prefix")  # fmt: skip


_FORMS = ("single", "list", "link", "links", "text")


def read_field(name: str, spec: Any) -> Field:
    """Read one field of a schema. Raises SchemaError."""
    part = f"the field {short(name)}"
    given = mapping(spec or {}, part, _PARTS)
    kind = given.get("kind", "text")
    if kind not in KINDS:
        raise SchemaError(
            f"The field {short(name)} has the unknown kind {short(kind)}; use {', '.join(KINDS)}.",
            kind,
        )
    form = given.get("form", "single")
    if form not in _FORMS:
        raise SchemaError(
            f"form of {part} is {short(form)}; use list, link, links or text, or leave it out.",
            form,
        )
    if form == "text" and kind != "list":
        raise SchemaError(f"form of {part} is text, which is for the kind list.", form)
    choices = read_choices(given.get("values", {}), kind, part)
    absent = word(given.get("absent", ""), f"absent of {part}")
    if absent and absent not in [choice.name for choice in choices]:
        raise SchemaError(
            f"absent of {part} is {short(absent)}, which is not one of its values: "
            f"{listed([choice.name for choice in choices])}.",
            absent,
        )
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
        spellings=_spellings(choices, part),
        is_listed=form in ("list", "links") and kind != "list",
        is_linked=form in ("link", "links"),
        is_text=form == "text",
        tagged=_tagged(name, given, choices, part) if kind == "tag" else None,
    )


def _tagged(name: str, given: Mapping[str, Any], choices: Iterable[Choice], part: str) -> Tagged:
    of = word(given.get("of", "tags"), f"of of {part}")
    prefix = word(given.get("prefix", f"{name}/"), f"prefix of {part}")
    words = () if prefix else tuple(_spellings(choices, part))
    if not prefix and not words:
        raise SchemaError(f"{part} has no prefix, so it needs values: the tags that it can be.")
    return Tagged(of, prefix, words)


def _spellings(choices: Iterable[Choice], part: str) -> Mapping[str, str]:
    """Values by their spellings: exact, else folded, else without spaces and the like.

    The first one wins, and an exact name before all. Raises SchemaError when two values are to
    be read from the same text.
    """
    spelt = {choice.name: choice.name for choice in choices}
    for choice in choices:
        for text in choice.read_as:
            other = spelt.setdefault(text, choice.name)
            if other != choice.name:
                raise SchemaError(
                    f"{part} reads {short(text)} as {short(other)} and as {short(choice.name)}; "
                    "name it once.",
                    text,
                )
    pairs = list(reversed(spelt.items()))
    wide = {_bare(text): name for text, name in pairs}
    return wide | {_folded(text): name for text, name in pairs} | spelt


_LESS = str.maketrans("", "", " _-.\t")


def _bare(text: str) -> str:
    """A text without what people spell differently: case, spaces, hyphens, link brackets."""
    folded = name_of(_folded(text))
    return folded.translate(_LESS) or folded


def _folded(text: str) -> str:
    return one_form(text.strip()).casefold()


def _wanted(spec: Any, part: str) -> tuple[int, int]:
    numbers = spec if isinstance(spec, list) else []
    if len(numbers) != 2 or not all(type(one) is int for one in numbers):
        raise SchemaError(f"wanted of {part} is {short(spec)}; write two numbers such as [3, 7].")
    return numbers[0], numbers[1]
