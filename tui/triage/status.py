"""The statuses and the moves between them."""

from __future__ import annotations

from typing import Any, NamedTuple

from tui.display import listed, short
from tui.errors import MoveRefused
from tui.triage.flow import Flow
from tui.triage.schema import Schema
from tui.vault.header.edit import MISSING
from tui.vault.source import Source


class Move(NamedTuple):
    """The statuses a source passes through, and warnings about the last one."""

    steps: tuple[str, ...]
    """Without the current status; empty when the source is already there."""
    warnings: tuple[str, ...] = ()


def status_of(schema: Schema, source: Source) -> str:
    """The source's status as the schema spells it; without one, the first of the main line."""
    return status_in(schema, source.value(schema.roles.status))


def status_in(schema: Schema, value: Any) -> str:
    """The status for a header's value.

    An empty value, or a list without a status, counts as the schema's ``absent`` value, else as
    the first status of the main line.
    """
    field = schema.status
    status = field.known_in(value)
    if status in field.values:
        return status
    none = field.absent or schema.flow.main[0]
    return none if isinstance(value, list) or not status else status


def is_move(schema: Schema, field: Any, before: Any, after: Any) -> bool:
    """Whether a change of a field from ``before`` to ``after`` changed the status."""
    tagged = schema.status.tagged
    if tagged is None:
        return field in schema.rule.status
    return field == tagged.of and status_move(schema, field, before, after) is not None


def status_move(schema: Schema, field: Any, before: Any, after: Any) -> tuple[str, str] | None:
    """The statuses before and after a field changed; None when it has no status."""
    tagged, names = schema.status.tagged, schema.rule.status
    if field not in (names if tagged is None else (tagged.of,)):
        return None
    held = [None if value is MISSING else value for value in (before, after)]
    if tagged is not None:
        held = [tagged.value_in({tagged.of: value}) for value in held]
        if held[0] == held[1]:
            return None
    return status_in(schema, held[0]), status_in(schema, held[1])


def next_status(schema: Schema, status: str) -> str | None:
    """The next status of the main line; outside it, the only allowed move if there is just one."""
    main = schema.flow.main
    if status not in main:
        moves = allowed_moves(schema.flow, status)
        return moves[0] if len(moves) == 1 else None
    return None if status == main[-1] else main[main.index(status) + 1]


def allowed_moves(flow: Flow, status: str) -> tuple[str, ...]:
    """The statuses that ``status`` can move to without naming them."""
    moves = list(flow.moves.get(status, ()))
    if status in flow.main[:-1]:
        moves.insert(0, flow.main[flow.main.index(status) + 1])
    return tuple(moves)


def is_back(flow: Flow, status: str, to: str) -> bool:
    """Whether ``to`` comes before ``status``; from outside the main line all of it does."""
    if to not in flow.main:
        return False
    return status not in flow.main or flow.main.index(to) < flow.main.index(status)


def plan_promote(schema: Schema, source: Source) -> Move:
    """The next step of the main line, or the only step outside it.

    Raises MoveRefused at the end, and when there are several.
    """
    status = status_of(schema, source)
    following = next_status(schema, status)
    if following is None:
        several = status not in schema.flow.main and allowed_moves(schema.flow, status)
        raise _refusal(
            schema, source, "has several next statuses" if several else "has no next status"
        )
    return _guarded(schema, source, status, (following,))


def plan_archive(schema: Schema, source: Source) -> Move:
    """The way to the archive, through the statuses that lead to it.

    Raises MoveRefused when the source is already there or cannot get there.
    """
    status, flow = status_of(schema, source), schema.flow
    if not flow.archive:
        raise MoveRefused(
            f"{source.quoted_title} cannot be archived: this folder has no status for that; name "
            "one in sluice.yaml, as archive of the flow.",
            reason="no archive",
        )
    if status == flow.archive:
        already = f"already {flow.archive}"
        raise MoveRefused(f"{source.quoted_title} is {already}.", reason=already)
    steps = way_to(schema, status, flow.archive)
    if not steps:
        raise _refusal(schema, source, f"cannot become {flow.archive}")
    return _guarded(schema, source, (status, *steps)[-2], steps)


def way_to(schema: Schema, status: str, to: str) -> tuple[str, ...]:
    """The statuses on the way to a named one, which comes last; empty when there is no way.

    Only the way to the archive may have several steps.
    """
    flow, way = schema.flow, [status]
    while to not in allowed_moves(flow, way[-1]):
        if to == flow.archive and flow.archives_all:
            return (to,)
        following = next_status(schema, way[-1]) if to == flow.archive else None
        if following is None or following == flow.main[-1] or following in way:
            return (to,) if is_back(flow, status, to) else ()
        way.append(following)
    return (*way[1:], to)


def plan_named(schema: Schema, source: Source, to: str) -> Move:
    """The move to a named status: all the way to the archive, else one step.

    Raises as ``plan_move`` does.
    """
    status, to = status_of(schema, source), schema.status.meant(to) or to
    if to == schema.flow.archive and len(way_to(schema, status, to)) > 1:
        return plan_archive(schema, source)
    return plan_move(schema, source, to)


def plan_move(schema: Schema, source: Source, to: str) -> Move:
    """The move to a named status: one allowed step, or back.

    A move to the current status writes it if the header lacks it or spells it differently.
    Raises MoveRefused for an unknown status or one that would skip a step forward.
    """
    status, flow = status_of(schema, source), schema.flow
    asked, to = to, schema.status.meant(to) or ""
    if not to:
        raise MoveRefused(f"Unknown status “{short(asked)}”; use {listed(schema.status.values)}.")
    if to == status:
        is_meant = schema.status.choice(to).is_meant_by
        items = source.items(schema.roles.status)
        return Move(() if any(item == to or is_meant(item) for item in items) else (to,))
    if to not in allowed_moves(flow, status) and not is_back(flow, status, to):
        raise _refusal(schema, source, f"cannot become {to}")
    return _guarded(schema, source, status, (to,))


def _refusal(schema: Schema, source: Source, what: str) -> MoveRefused:
    status = status_of(schema, source)
    moves = allowed_moves(schema.flow, status)
    by_name = ", with P or --to" if moves and status not in schema.flow.main else ""
    allowed = (
        f"it can become {' or '.join(moves)}{by_name}"
        if moves
        else "to move it back, use P or --to"
    )
    sentence = f"{source.quoted_title} is {short(status)} and {what}; {allowed}."
    return MoveRefused(sentence, reason=f"{short(status)}: {what}")


def _guarded(schema: Schema, source: Source, came_from: str, steps: tuple[str, ...]) -> Move:
    """The move; warned about or refused when its last status requires something missing."""
    to = steps[-1]
    want = schema.flow.wants.get(to)
    going_back = is_back(schema.flow, came_from, to)
    if want is None or going_back or (want.coming_from and want.coming_from != came_from):
        return Move(steps)
    held, field = source.items(want.field), schema.fields.get(want.field)
    value = field.value_in(source) if field and held else "".join(held[:1])
    if held and (not want.values or value in want.values):
        return Move(steps)
    now, wanted = short(held[0]) if held else "empty", " or ".join(want.values) or "a value"
    sentence = f"{want.field} is {now}; {to} expects {wanted}."
    if schema.flow.refuse:
        raise MoveRefused(f"{source.quoted_title}: {sentence}", reason=sentence.rstrip("."))
    return Move(steps, (sentence,))
