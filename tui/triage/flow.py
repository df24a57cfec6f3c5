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
    moves: Mapping[str, tuple[str, ...]]
    stamps: Mapping[str, str]
    refuse: bool
    """Whether a missing requirement refuses the move instead of warning."""
    wants: Mapping[str, Want]


def read_flow(spec: Any, status: Field) -> Flow:
    """Read the flow of a schema; ``status`` has the statuses it can name. Raises SchemaError."""
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
            f"The flow names {listed(missing)}, missing from the values of {status.name}."
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
