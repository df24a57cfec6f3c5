"""The schema: a vault's fields, values, moves and views, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from tui.display import listed, short
from tui.errors import SchemaError
from tui.state.views import View
from tui.triage.alike import class_of
from tui.triage.known_values import Choice, read_choices
from tui.triage.override import merge, read_override
from tui.triage.passes import Pass, read_passes
from tui.triage.rules import CaptureRules, read_rules
from tui.triage.shape import flag, mapping, number, word, words
from tui.triage.shorts import read_shorts
from tui.triage.targets import read_targets
from tui.triage.views import read_schema_views
from tui.vault.header import read_own
from tui.vault.source import Source, one_form
from tui.vault.typed import text_of

Kind = Literal["text", "longtext", "choice", "list", "date", "duration", "bool", "number", "url"]
KINDS: tuple[Kind, ...] = get_args(Kind)
VAULT_SCHEMA = "sluice.yaml"
"""The file in a vault that overrides parts of the schema."""


class Field(NamedTuple):
    """One field of a header and what it may hold."""

    name: str
    kind: Kind
    short: str = ""
    meaning: str = ""
    required: bool = False
    open: bool = False
    """Whether a value that is not among ``choices`` is allowed."""
    choices: tuple[Choice, ...] = ()
    wanted: tuple[int, int] = (0, 0)
    """How many items a list should have, at least and at most; nothing wanted when both are 0."""
    absent: str = ""
    """The known value that a source without the field has; empty where it has none."""
    spellings: Mapping[str, str] = {}
    """The known values by what they are told by, see ``spelt``."""

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the known values, in the schema's order."""
        return tuple(choice.name for choice in self.choices)

    def spelt(self, text: str) -> str:
        """The known value that a text means, whatever its capitals and blanks; else the text."""
        known = self.spellings.get(text) or self.spellings.get(_folded(text))
        if known is None:
            known = next((one.name for one in self.choices if one.is_meant_by(text)), text.strip())
        return known

    def meant(self, text: str) -> str | None:
        """The known value that a typed text means, in any capitals or by a beginning.

        No other value may begin so. In an open field a beginning may be a new value, and of a
        number nobody types the beginning only: there only the whole of one will do.
        """
        found = self.spelt(text)
        if found in self.values or self.open:
            return found if found in self.values else None
        wanted = _folded(text)
        words = [one.name for one in self.choices if class_of(one.value) != "number"]
        starting = [name for name in words if _folded(name).startswith(wanted)]
        return starting[0] if wanted and len(starting) == 1 else None

    def value_in(self, source: Source) -> str:
        """What a source holds in a field of one value, as the schema spells it."""
        return self.known_in(source.fields.get(self.name))

    def known_in(self, value: Any) -> str:
        """What a header's value is to a field of one value: of a list the first item known.

        What is not known is its text, a list all of its items; nothing, and a map, are empty.
        """
        if isinstance(value, str):
            return self.spelt(value)
        if isinstance(value, list | tuple):
            texts = [self.spelt(text_of(item)) for item in value]
            return next((text for text in texts if text in self.values), ", ".join(texts))
        return "" if isinstance(value, dict | set) else self.spelt(text_of(value))

    def choice(self, name: str) -> Choice:
        """The known value of that name, or one with no glyph for a value not known."""
        return next((c for c in self.choices if c.name == name), Choice(name))


class Want(NamedTuple):
    """What a status asks of a source that moves into it."""

    field: str
    values: tuple[str, ...] = ()
    """The values that satisfy it; empty when any value does."""
    coming_from: str = ""
    """The only status it is asked from; empty for every one."""


class Flow(NamedTuple):
    """The statuses' main line and the moves beside it."""

    main: tuple[str, ...]
    archive: str
    moves: Mapping[str, tuple[str, ...]]
    stamps: Mapping[str, str]
    refuse: bool
    """Whether an unmet want refuses the move instead of warning."""
    wants: Mapping[str, Want]


class Roles(NamedTuple):
    """The names of the four fields the screen is built around."""

    status: str
    tier: str
    category: str
    insights: str


class Schema(NamedTuple):
    """Everything sluice knows about a vault's headers."""

    roles: Roles
    fields: Mapping[str, Field]
    flow: Flow
    lookup: Mapping[str, float]
    views: Mapping[str, View]
    slots: str
    capture: CaptureRules
    passes: Mapping[str, Pass]
    """By name; the first one is what `r` begins with."""
    shorts: Mapping[str, str]
    """Short field names to full ones, as queries use them."""
    targets: Mapping[str, float]
    """The share of the sources each tier ought to have, 0 to 1; empty where none are set."""

    @property
    def status(self) -> Field:
        """The field that says how far a source has come."""
        return self.fields[self.roles.status]

    @property
    def tier(self) -> Field:
        """The field that says how much a source is worth."""
        return self.fields[self.roles.tier]

    @property
    def category(self) -> Field:
        """The field that says which notebook a source feeds."""
        return self.fields[self.roles.category]

    @property
    def insights(self) -> Field:
        """The list of what is worth keeping."""
        return self.fields[self.roles.insights]

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of fields; a field that is called as another one's short name is like it."""
        briefly = {field.short: field.kind for field in self.fields.values()}
        return briefly | {name: field.kind for name, field in self.fields.items()}

    def full_name(self, name: str) -> str:
        """The full name of a field given by its short or full name."""
        return self.shorts.get(name, name)

    @property
    def exact(self) -> Schema:
        """The same without short names, for names that are fields' own."""
        return self._replace(shorts={})

    def field_in(self, source: Source, name: str) -> str:
        """The field a name means in a source: its own one of that name before a short name."""
        return name if name in source.fields else self.full_name(name)

    @property
    def lists_of_words(self) -> frozenset[str]:
        """The lists that a text with commas may stand for: not that of insights, sentences all."""
        lists = {field.name for field in self.fields.values() if field.kind == "list"}
        return frozenset(lists - {self.roles.insights})


_PARTS = {"roles", "fields", "flow", "lookup", "views", "slots", "capture", "passes"}
"""What a schema cannot be without."""


def load_schema(vault_root: Path | None = None) -> Schema:
    """The built-in schema with the vault's ``sluice.yaml`` laid over it.

    Raises SchemaError when that file cannot be read, is not valid YAML or names unknown parts.
    """
    text = Path(__file__).with_name("schema.yaml").read_text(encoding="utf-8")
    data = read_own(text)
    if vault_root is None:
        return _build(data)
    try:
        over = read_override(vault_root, VAULT_SCHEMA, known=set(data))
        if over is None:
            return _build(data)
        return _build(merge(data, over), over)
    except SchemaError as error:
        raise SchemaError(f"{vault_root / VAULT_SCHEMA}: {error}") from error


def _build(data: Mapping[str, Any], over: Mapping[str, Any] | None = None) -> Schema:
    """The schema that ``data`` is, with what a vault laid ``over`` the built-in one."""
    own = over or {}
    missing = sorted(_PARTS - set(data))
    if missing:
        raise SchemaError(f"{', '.join(missing)} cannot be left empty.")
    fields = {name: _field(name, spec) for name, spec in mapping(data["fields"], "fields").items()}
    roles = _roles(data["roles"], fields)
    slots = word(data["slots"], "slots")
    return Schema(
        roles=roles,
        fields=fields,
        flow=_flow(data["flow"], fields[roles.status]),
        lookup={
            name: _weight(weight, f"lookup of {short(name)}")
            for name, weight in mapping(data["lookup"], "lookup").items()
        },
        views=read_schema_views(data["views"]),
        slots=slots,
        capture=read_rules(data["capture"], fields),
        passes=read_passes(data["passes"], fields, roles, slots),
        shorts=read_shorts(fields, own.get("fields") or {}),
        targets=read_targets(data.get("targets", {}), fields[roles.tier], own="targets" in own),
    )


def _weight(value: object, part: str) -> float:
    weight = number(value, part)
    if not 0 <= weight <= 1:
        raise SchemaError(f"{part} is {weight:g}; it can be from 0 to 1.")
    return weight


def _roles(spec: Any, fields: Mapping[str, Field]) -> Roles:
    names = ("status", "tier", "category", "insights")
    given = mapping(spec, "roles", names)
    for role in names:
        if role not in given:
            raise SchemaError(f"The role {role} must name a field.")
        if word(given[role], f"the role {role}") not in fields:
            raise SchemaError(
                f"The role {role} names {short(given[role])}, which is not among the fields."
            )
    return Roles(**given)


def _field(name: str, spec: Any) -> Field:
    part = f"the field {short(name)}"
    given = mapping(
        spec, part, ("kind", "short", "meaning", "required", "open", "values", "wanted", "absent")
    )
    kind = given.get("kind", "text")
    if kind not in KINDS:
        raise SchemaError(
            f"The field {short(name)} has the kind {short(kind)}; known are {', '.join(KINDS)}."
        )
    choices = read_choices(given.get("values", {}), kind, part)
    absent = word(given.get("absent", ""), f"absent of {part}")
    if absent and absent not in [choice.name for choice in choices]:
        raise SchemaError(f"absent of {part} is {short(absent)}, which is none of its values.")
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
    """Values by their own text and by what they are whatever the capitals; the first one counts."""
    known = {name: name for name in names}
    return {_folded(name): name for name in reversed(known)} | known


def _folded(text: str) -> str:
    return one_form(text.strip()).casefold()


def _wanted(spec: Any, part: str) -> tuple[int, int]:
    numbers = spec if isinstance(spec, list) else []
    if len(numbers) != 2 or not all(type(one) is int for one in numbers):
        raise SchemaError(
            f"wanted of {part} is {short(spec)}; it can be two numbers such as [3, 7]."
        )
    return numbers[0], numbers[1]


def _flow(spec: Any, status: Field) -> Flow:
    given = mapping(spec, "flow", ("main", "archive", "moves", "stamps", "guards", "wants"))
    main = words(given.get("main", []), "main of the flow")
    if not main:
        raise SchemaError("main of the flow must list at least one status.")
    guards = given.get("guards", "warn")
    if guards not in ("warn", "refuse"):
        raise SchemaError(f"guards of the flow is {short(guards)}; it can be warn or refuse.")
    moves = mapping(given.get("moves", {}), "moves of the flow")
    stamps = mapping(given.get("stamps", {}), "stamps of the flow")
    wants = mapping(given.get("wants", {}), "wants of the flow")
    flow = Flow(
        main=main,
        archive=word(given.get("archive"), "archive of the flow"),
        moves={name: words(to, f"the moves of {short(name)}") for name, to in moves.items()},
        stamps={name: word(field, f"the stamp of {short(name)}") for name, field in stamps.items()},
        refuse=guards == "refuse",
        wants={name: _want(name, want) for name, want in wants.items()},
    )
    named = {*flow.main, flow.archive, *flow.moves, *(m for to in flow.moves.values() for m in to)}
    missing = sorted(named - set(status.values))
    if missing:
        raise SchemaError(
            f"The flow names {listed(missing)}, which {status.name} does not list as values."
        )
    return flow


def _want(name: str, spec: Any) -> Want:
    part = f"what {short(name)} wants"
    given = mapping(spec, part, ("field", "values", "coming_from"))
    return Want(
        field=word(given.get("field"), f"the field of {part}"),
        values=words(given.get("values", []), f"values of {part}"),
        coming_from=word(given.get("coming_from", ""), f"coming_from of {part}"),
    )
