"""Pass: one question for one source after another, and the keys that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.display import listed, short
from tui.errors import SchemaError
from tui.numbers import DIGITS
from tui.triage.field import Field, Roles
from tui.triage.shape import mapping, number, word

PROMOTE, ARCHIVE = "promote", "archive"
"""The moves that are not a status name."""
TAKEN = frozenset("qujkorJK ")
"""Keys with a fixed use in every pass."""
SUGGESTED = "="
"""The key that takes what is suggested, which is better than one more category with a key."""

_LATER = f"{DIGITS[-1]}-"
"""The keys of the tenth value and the next, unless the pass uses them otherwise."""
_PARTS = ("meaning", "find", "sort", "seconds", "ask", "then", "keys")


class Answer(NamedTuple):
    """What one key does to a source."""

    key: str
    name: str
    sets: tuple[tuple[str, str], ...] = ()
    """Fields and the values to set."""
    move: str = ""
    """promote, archive or a status; empty for none."""
    keeps: str = ""
    """A field whose present value is right; empty for none."""


class Pass(NamedTuple):
    """A question and its answers."""

    name: str
    meaning: str
    find: str
    """The query for its sources; by default those with the first status."""
    seconds: float
    """The time a source should take; only a hint, nothing happens after it."""
    ask: str
    """The field whose values are the first answers; empty for none."""
    answers: tuple[Answer, ...]
    then: str = ""
    """The move that every value of ``ask`` also makes, and keeping the value too."""
    sort: str = ""
    """The order of its sources, as for ``--sort``; empty for the queue's."""


def read_passes(
    spec: Any, fields: Mapping[str, Field], roles: Roles, slots: str, own: Any = None
) -> Mapping[str, Pass]:
    """The schema's part ``passes``. Raises SchemaError.

    A pass that asks for something the vault's schema removed is skipped, unless it is among the
    vault's ``own``.
    """
    passes = {}
    statuses = fields[roles.status].values
    first = f"{roles.status}:{statuses[0]}" if statuses else ""
    for name, given in mapping(spec, "passes").items():
        part = f"the pass {short(name)}"
        read = mapping(given, part, _PARTS)
        ask = word(read.get("ask", ""), f"ask of {part}")
        if ask in Roles._fields and ask not in fields:
            ask = str(getattr(roles, ask))
        keys = mapping(read.get("keys") or {}, f"keys of {part}")
        answers = [_answer(key, answer, part) for key, answer in keys.items()]
        asked = [ask, *(field for answer in answers for field, _ in answer.sets)]
        unknown = next((field for field in asked if field and field not in fields), None)
        if unknown and own:
            raise SchemaError(
                f"{part} names {short(unknown)}, which is not a field; name one of "
                f"{listed(list(fields))}.",
                unknown,
            )
        if unknown or (read.get("ask") and not ask):
            # The vault does without that field or role.
            continue
        then = word(read.get("then", ""), f"then of {part}")
        moves = {then, *(answer.move for answer in answers)}
        if not own and not moves <= {"", PROMOTE, ARCHIVE, *statuses}:
            continue
        signs = slots.replace(SUGGESTED, "")
        if ask != roles.category:
            signs = f"{DIGITS[:-1]}{''.join(key for key in _LATER if key not in keys)}"
        values = fields[ask].values if ask else ()
        answers = [
            Answer(key, value, ((ask, value),), then)
            for key, value in zip(signs, values, strict=False)
        ] + answers
        if not answers and ask != roles.category:
            # A category can also be picked, and a new one typed.
            raise SchemaError(f"{part} has no answers; give it ask or keys.")
        _check(part, answers, {"", PROMOTE, ARCHIVE, *statuses})
        passes[name] = Pass(
            name,
            word(read.get("meaning", ""), f"meaning of {part}"),
            word(read.get("find", first), f"find of {part}"),
            number(read.get("seconds", 5), f"seconds of {part}"),
            ask,
            tuple(answers),
            then,
            word(read.get("sort", ""), f"sort of {part}"),
        )
    return passes


def _answer(key: str, spec: Any, pass_part: str) -> Answer:
    part = f"the key {short(key)} of {pass_part}"
    given = mapping(spec, part, ("name", "set", "move"))
    sets = mapping(given.get("set") or {}, f"set of {part}")
    return Answer(
        key,
        word(given.get("name", key), f"name of {part}"),
        tuple((field, word(value, f"{field} of {part}")) for field, value in sets.items()),
        word(given.get("move", ""), f"move of {part}"),
    )


def _check(part: str, answers: list[Answer], moves: set[str]) -> None:
    seen: dict[str, str] = {}
    for answer in answers:
        if len(answer.key) != 1 or answer.key in TAKEN:
            raise SchemaError(
                f"{part} uses the key {short(answer.key)}; use one character, but not "
                f"{' '.join(sorted(TAKEN - {' '}))}."
            )
        other = seen.setdefault(answer.key, answer.name)
        if other != answer.name:
            raise SchemaError(
                f"{part} uses the key {answer.key} twice, for {short(other)} and "
                f"{short(answer.name)}."
            )
        if answer.move not in moves:
            raise SchemaError(f"{part} moves to {short(answer.move)}, which is not a status.")
