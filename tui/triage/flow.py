"""The flow: the main line of statuses, further moves, and what each status requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.display import listed, short
from tui.errors import SchemaError
from tui.triage.field import Field
from tui.triage.shape import mapping, word, words


class Want(NamedTuple):
    """What a status requires of a source that moves to it."""

    field: str
    values: tuple[str, ...] = ()
    """The accepted values; empty when any value will do."""
    coming_from: str = ""
    """The only previous status it applies to; empty for all."""


class Flow(NamedTuple):
    """The main line of statuses and the further moves."""

    main: tuple[str, ...]
    archive: str
    """The status of what is set aside; empty for none."""
    moves: Mapping[str, tuple[str, ...]]
    stamps: Mapping[str, str]
    refuse: bool
    """Whether a missing requirement refuses the move instead of warning."""
    wants: Mapping[str, Want]
    archives_all: bool = False
    """Whether every status can be archived at once, because no move says otherwise."""


def read_flow(spec: Any, status: Field, fields: Mapping[str, Field], own: Any = None) -> Flow:
    """Read the flow of a schema; ``status`` has the statuses it can name. Raises SchemaError.

    What is not in the vault's ``own`` part may name fields that its schema dropped.
    """
    own = own or {}
    given = mapping(spec, "flow", ("main", "archive", "moves", "stamps", "guards", "wants"))
    main = words(given.get("main", []), "main of the flow")
    if not main:
        raise SchemaError("main of the flow must list at least one status.")
    guards = given.get("guards", "warn")
    if guards not in ("warn", "refuse"):
        raise SchemaError(f"guards of the flow is {short(guards)}; use warn or refuse.")
    moves = mapping(given.get("moves", {}), "moves of the flow")
    stamps = mapping(given.get("stamps", {}), "stamps of the flow")
    wants = mapping(given.get("wants", {}), "wants of the flow")
    flow = Flow(
        main=main,
        archive=""
        if given.get("archive") is None
        else word(given["archive"], "archive of the flow"),
        moves={name: words(to, f"the moves of {short(name)}") for name, to in moves.items()},
        stamps={name: word(field, f"the stamp of {short(name)}") for name, field in stamps.items()},
        refuse=guards == "refuse",
        wants={name: _want(name, want) for name, want in wants.items()},
    )
    targets = {move for to in flow.moves.values() for move in to}
    named = {*flow.main, flow.archive, *flow.moves, *targets} - {""}
    missing = sorted(named - set(status.values))
    if missing:
        raise SchemaError(
            f"The flow names {listed(missing)}, missing from the values of {status.name}: "
            f"{listed(status.values)}.",
            missing[0],
        )
    for name, field in flow.stamps.items() if "stamps" in own else ():
        _refuse_unknown(f"The stamp of {short(name)}", field, fields)
        _refuse_unknown_status("stamps of the flow", name, status)
    for name, want in flow.wants.items() if "wants" in own else ():
        _refuse_unknown(f"What {short(name)} wants", want.field, fields)
        _refuse_unknown_status("wants of the flow", name, status)
        for value in want.values:
            known = fields[want.field]
            if known.choices and not known.open and value not in known.values:
                raise SchemaError(
                    f"What {short(name)} wants names {short(value)}, which is not a value of "
                    f"{known.name}: {listed(known.values)}.",
                    value,
                )
    return flow._replace(archives_all=bool(flow.archive) and flow.archive not in targets)


def _refuse_unknown(part: str, field: str, fields: Mapping[str, Field]) -> None:
    if field not in fields:
        raise SchemaError(
            f"{part} names {short(field)}, which is not a field; name one of "
            f"{listed(list(fields))}.",
            field,
        )


def _refuse_unknown_status(part: str, name: str, status: Field) -> None:
    if name not in status.values:
        raise SchemaError(
            f"{part} names {short(name)}, which is not a status; use {listed(status.values)}.",
            name,
        )


def _want(name: str, spec: Any) -> Want:
    part = f"what {short(name)} wants"
    given = mapping(spec, part, ("field", "values", "coming_from"))
    return Want(
        field=word(given.get("field"), f"the field of {part}"),
        values=words(given.get("values", []), f"values of {part}"),
        coming_from=word(given.get("coming_from", ""), f"coming_from of {part}"),
    )
