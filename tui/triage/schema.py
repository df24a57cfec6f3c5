"""The schema: a vault's fields, values, moves and views, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from tui.errors import SchemaError

Kind = Literal["text", "longtext", "choice", "list", "date", "bool", "url"]
KINDS: tuple[Kind, ...] = get_args(Kind)
VAULT_SCHEMA = "sluice.yaml"
"""The file in a vault that overrides parts of the schema."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One known value of a field."""

    name: str
    glyph: str = ""
    colour: str = ""
    """A theme colour: ``tier-1`` to ``tier-4`` or ``status-1`` to ``status-5``."""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a header and what it may hold."""

    name: str
    kind: Kind
    short: str = ""
    meaning: str = ""
    required: bool = False
    open: bool = False
    """Whether a value that is not among ``choices`` is allowed."""
    choices: tuple[Choice, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the known values, in the schema's order."""
        return tuple(choice.name for choice in self.choices)

    def choice(self, name: str) -> Choice:
        """The known value of that name, or one with no glyph for a value not known."""
        return next((c for c in self.choices if c.name == name), Choice(name))


@dataclass(frozen=True, slots=True)
class Want:
    """What a status asks of a source that moves into it."""

    field: str
    values: tuple[str, ...] = ()
    """The values that satisfy it; empty when any value does."""
    coming_from: str = ""
    """The only status it is asked from; empty for every one."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The statuses' main line and the moves beside it."""

    main: tuple[str, ...]
    archive: str
    moves: Mapping[str, tuple[str, ...]]
    stamps: Mapping[str, str]
    refuse: bool
    """Whether an unmet want refuses the move instead of warning."""
    wants: Mapping[str, Want]


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the four fields the screen is built around."""

    status: str
    tier: str
    category: str
    insights: str


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything sluice knows about a vault's headers."""

    roles: Roles
    fields: Mapping[str, Field]
    flow: Flow
    lookup: Mapping[str, float]
    views: Mapping[str, str]
    slots: str
    shorts: Mapping[str, str] = field(default_factory=dict)
    """Short field names to full ones, as queries use them."""

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

    def full_name(self, name: str) -> str:
        """The full name of a field given by its short or full name."""
        return self.shorts.get(name, name)


def load_schema(vault_root: Path | None = None) -> Schema:
    """The built-in schema with the vault's ``sluice.yaml`` laid over it.

    Raises SchemaError when that file is not valid YAML or names unknown parts.
    """
    text = resources.files("tui.triage").joinpath("schema.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    override = vault_root / VAULT_SCHEMA if vault_root else None
    if override is not None and override.is_file():
        data = _merge(data, _read_override(override, known=set(data)))
    try:
        return _build(data)
    except SchemaError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SchemaError(
            f"{override or 'schema.yaml'} has a part of the wrong shape ({error}); "
            "compare it with `sluice schema`."
        ) from error


def _read_override(path: Path, known: set[str]) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise SchemaError(f"{path} cannot be read as YAML ({reason}); mend or move it.") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise SchemaError(f"{path} must hold fields, flow or views; it holds something else.")
    unknown = sorted(str(key) for key in data if key not in known)
    if unknown:
        raise SchemaError(
            f"{path} has unknown parts: {', '.join(unknown)}; known are {', '.join(sorted(known))}."
        )
    return data


WHOLE = ("values", "views", "lookup", "moves", "stamps", "wants")
"""Maps that are replaced and not merged: what is left out of them is meant to be gone."""


def _merge(base: Any, over: Any) -> Any:
    """``over`` laid on ``base``; maps are merged, a null drops its key."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value if key in WHOLE else _merge(base.get(key), value)
    return merged


def _build(data: Mapping[str, Any]) -> Schema:
    fields = {str(name): _field(str(name), spec) for name, spec in data["fields"].items()}
    roles = Roles(**{role: str(name) for role, name in data["roles"].items()})
    for role in ("status", "tier", "category", "insights"):
        if getattr(roles, role) not in fields:
            raise SchemaError(
                f"The role {role} names {getattr(roles, role)}, which is not among the fields."
            )
    shorts = {spec.short: name for name, spec in fields.items() if spec.short}
    return Schema(
        roles=roles,
        fields=fields,
        flow=_flow(data["flow"], fields[roles.status]),
        lookup={str(name): float(weight) for name, weight in data["lookup"].items()},
        views={str(name): str(query) for name, query in data["views"].items()},
        slots=str(data["slots"]),
        shorts=shorts,
    )


def _field(name: str, spec: Mapping[str, Any]) -> Field:
    kind = spec.get("kind", "text")
    if kind not in KINDS:
        raise SchemaError(f"The field {name} has the kind {kind}; known are {', '.join(KINDS)}.")
    choices = tuple(
        Choice(name=str(value), **(extra or {})) for value, extra in spec.get("values", {}).items()
    )
    return Field(
        name=name,
        kind=kind,
        short=str(spec.get("short", "")),
        meaning=str(spec.get("meaning", "")),
        required=bool(spec.get("required", False)),
        open=bool(spec.get("open", False)),
        choices=choices,
    )


def _flow(spec: Mapping[str, Any], status: Field) -> Flow:
    flow = Flow(
        main=tuple(str(name) for name in spec["main"]),
        archive=str(spec["archive"]),
        moves={str(k): tuple(str(name) for name in v) for k, v in spec.get("moves", {}).items()},
        stamps={str(k): str(v) for k, v in spec.get("stamps", {}).items()},
        refuse=spec.get("guards", "warn") == "refuse",
        wants={
            str(name): Want(
                field=str(want["field"]),
                values=tuple(str(v) for v in want.get("values", ())),
                coming_from=str(want.get("coming_from", "")),
            )
            for name, want in spec.get("wants", {}).items()
        },
    )
    named = {*flow.main, flow.archive, *flow.moves, *(m for to in flow.moves.values() for m in to)}
    missing = sorted(named - set(status.values))
    if missing:
        raise SchemaError(
            f"The flow names {', '.join(missing)}, which {status.name} does not list as values."
        )
    return flow
