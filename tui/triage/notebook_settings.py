"""The settings of notebooks: a schema's part ``notebooks``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast, get_args

from tui.display import listed, short
from tui.errors import SchemaError
from tui.triage.field import Field, Kind
from tui.triage.shape import mapping, number, word
from tui.vault.header.typed import text_of
from tui.vault.source import one_form

RouteKind = Literal["address", "file"]
"""How the service gets a source: it fetches the address, or a person uploads a file."""
EVERY_OTHER = "*"
"""The host that stands for all that have no entry."""
PLANS = {"free": 50, "plus": 100, "pro": 300, "ultra": 600}
"""How many sources a notebook can have, by the plan of the service."""
KINDS: tuple[Kind, ...] = ("list", "choice", "text", "tag")
"""The kinds of fields that can have the names of notebooks."""
_MIB = 1024 * 1024
_PARTS = ("from", "cap", "hosts", "limits", "names")
_PARTS_OF_ONE = ("for", "cap", "hosts")


class Limits(NamedTuple):
    """What the service takes as one source."""

    words: int = 500_000
    pasted_bytes: int = 1_000_000
    """Of text that is pasted, as UTF-8."""
    file_bytes: int = 200 * _MIB


class Planned(NamedTuple):
    """A notebook that the settings name."""

    name: str
    purpose: str = ""
    """A sentence what it is for; empty when there is none."""
    cap: int = 0
    """Its own cap; 0 for that of all notebooks."""
    hosts: Mapping[str, RouteKind] = {}
    """Its own routes by host; they come before those of all notebooks."""


class Settings(NamedTuple):
    """What the schema says about notebooks."""

    cap: int = PLANS["free"]
    """How many sources a notebook can have."""
    hosts: Mapping[str, RouteKind] = {EVERY_OTHER: "address"}
    """The route by host, subdomains included; ``*`` is every other host."""
    limits: Limits = Limits()
    planned: Mapping[str, Planned] = {}
    """The notebooks that the settings name, in their order."""
    spellings: Mapping[str, str] = {}
    """Their names by what is the same without regard to case."""

    def cap_of(self, name: str) -> int:
        """The cap of a notebook."""
        planned = self.planned.get(name)
        return planned.cap if planned is not None and planned.cap else self.cap

    def hosts_of(self, name: str = "") -> Mapping[str, RouteKind]:
        """The routes by host for a notebook, its own before the usual ones."""
        planned = self.planned.get(name)
        return {**self.hosts, **planned.hosts} if planned is not None else self.hosts

    def purpose_of(self, name: str) -> str:
        """The sentence what a notebook is for; empty when there is none."""
        planned = self.planned.get(name)
        return planned.purpose if planned is not None else ""


def field_of(spec: Any) -> str | None:
    """The field that the part ``notebooks`` names as theirs; None when it names none.

    Raises SchemaError.
    """
    with _named("notebooks"):
        given = mapping({} if spec is None else spec, "notebooks", _PARTS).get("from")
        with _named("from"):
            return None if given is None else word(given, "from of notebooks")


def with_field(spec: Any, roles: Any, own: Any, fields: Collection[str]) -> Any:
    """The roles with the field that ``notebooks`` names in ``from``; ``own`` are the vault's.

    Raises SchemaError.
    """
    field = field_of(spec)
    if field is None or not isinstance(roles, dict):
        return roles
    if field not in fields:
        raise SchemaError(
            f"from of notebooks names {short(field)}, which is not a field; describe it in fields, "
            f"or name one of {listed(list(fields))}.",
            field,
        )
    given = own.get("notebooks") if isinstance(own, dict) else None
    if given is not None and given not in (field, [field]):
        raise SchemaError(
            f"from of notebooks names {short(field)}, and the role notebooks names "
            f"{short(str(given))}; leave one of them out.",
            field,
        )
    return {**roles, "notebooks": field}


def refuse_kind(field: Field, status: str) -> None:
    """Raise SchemaError for a field that cannot have the names of notebooks."""
    if field.name == status:
        raise SchemaError(
            f"The role notebooks names {short(field.name)}, which is the status; name another "
            "field.",
            field.name,
        )
    if field.kind not in KINDS:
        raise SchemaError(
            f"The role notebooks names {short(field.name)}, a field of the kind {field.kind}; it "
            "needs one of the kind list, choice, text or tag.",
            field.name,
        )


def read_settings(spec: Any) -> Settings:
    """The schema's part ``notebooks``. Raises SchemaError."""
    with _named("notebooks"):
        given = mapping({} if spec is None else spec, "notebooks", _PARTS)
        with _named("names"):
            planned = _planned(given.get("names"))
        with _named("limits"):
            limits = _limits(given.get("limits"))
        return Settings(
            _cap(given.get("cap"), "cap of notebooks") or Settings().cap,
            {EVERY_OTHER: "address", **_hosts(given.get("hosts"), "hosts of notebooks")},
            limits,
            planned,
            {folded(name): name for name in planned},
        )


@contextmanager
def _named(part: str) -> Iterator[None]:
    """Put the part before what an error names, so that it says a line of this part."""
    try:
        yield
    except SchemaError as error:
        rest = error.named if isinstance(error.named, tuple) else (error.named,)
        error.named = (part, *(() if rest == (None,) else rest))
        raise


def _planned(spec: Any) -> Mapping[str, Planned]:
    part = "names of notebooks"
    if isinstance(spec, list):
        names = [word(name, f"a name in {part}") for name in spec]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled is not None:
            raise SchemaError(f"{part} has {short(doubled)} twice; name it once.", doubled)
        spec = dict.fromkeys(names)
    found: dict[str, Planned] = {}
    spelt: dict[str, str] = {}
    for name, more in mapping({} if spec is None else spec, part).items():
        if fault := name_fault(name):
            raise SchemaError(f"{part} has {short(name)!r}; {fault}.", name)
        other = spelt.setdefault(folded(name), name)
        if other != name:
            raise SchemaError(
                f"{part} has {short(other)} and {short(name)}, which differ only in case; use "
                "one of them.",
                name,
            )
        with _named(name):
            found[name] = _one(name, more, f"the notebook {short(name)}")
    return found


def _one(name: str, spec: Any, part: str) -> Planned:
    if isinstance(spec, str):
        spec = {"for": spec}
    given = mapping({} if spec is None else spec, part, _PARTS_OF_ONE)
    with _named("for"):
        purpose = word(given["for"], f"for of {part}") if given.get("for") is not None else ""
    return Planned(
        name,
        purpose,
        _cap(given.get("cap"), f"cap of {part}"),
        _hosts(given.get("hosts"), f"hosts of {part}"),
    )


@lru_cache(maxsize=4096)  # thousands of sources share a few names
def folded(name: str) -> str:
    """A name without regard to case and Unicode form."""
    return one_form(name).casefold()


def name_fault(name: str) -> str:
    """Why a notebook cannot have a name, as the end of a sentence; empty if it can."""
    if not name.strip():
        return "a notebook needs a name"
    return "" if name.splitlines() == [name] else "a name must be a single line"


def _cap(value: Any, part: str) -> int:
    """A cap; 0 where none is given."""
    if value is None:
        return 0
    if isinstance(value, str) and value in PLANS:
        return PLANS[value]
    try:
        cap = number(value, part)
    except SchemaError:
        cap = 0
    if cap < 1 or cap != int(cap):
        plans = [f"{name} ({most})" for name, most in PLANS.items()]
        with _named("cap"):
            raise SchemaError(
                f"{part} is {short(text_of(value))}; use {listed(plans)} or a whole number from 1."
            )
    return int(cap)


def _hosts(spec: Any, part: str) -> Mapping[str, RouteKind]:
    with _named("hosts"):
        return dict(_routes(spec, part))


def _routes(spec: Any, part: str) -> Iterator[tuple[str, RouteKind]]:
    for host, route in mapping({} if spec is None else spec, part).items():
        bare = host.strip().lower().rstrip(".").removeprefix("www.")
        if host != EVERY_OTHER and (not bare or set(bare) & set("/:@?# ")):
            raise SchemaError(
                f"{part} has {short(host)}; write a host such as x.com, or * for every other.", host
            )
        if route not in get_args(RouteKind):
            raise SchemaError(
                f"{part} has {short(text_of(route))} for {short(host)}; use address or file.", host
            )
        yield bare, cast(RouteKind, route)


_LIMITS = {
    "words": ("words", 1),
    "pasted_bytes": ("pasted_bytes", 1),
    "file_mib": ("file_bytes", _MIB),
}
"""The names of the limits in the schema, those in ``Limits``, and their units."""


def _limits(spec: Any) -> Limits:
    found = {}
    for name, value in mapping(
        {} if spec is None else spec, "limits of notebooks", _LIMITS
    ).items():
        part, (to, unit) = f"{name} in limits of notebooks", _LIMITS[name]
        with _named(name):
            most = number(value, part)
            if most < 1 or most != int(most):
                raise SchemaError(f"{part} is {short(str(value))}; use a whole number from 1.")
        found[to] = int(most) * unit
    return Limits()._replace(**found)
