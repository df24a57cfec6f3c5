"""Words about fields: their values now, and how a typed text is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.days import EXAMPLES, said_days, spoken_distance, written_day
from tui.display import clean
from tui.errors import SluiceError
from tui.session.questions import Judgement
from tui.triage.alike import Habits, class_of, new_class
from tui.triage.field import Field
from tui.triage.fields import like_of, read_value
from tui.triage.lists import item_texts
from tui.triage.redate import day_of
from tui.triage.schema import Schema
from tui.vault.header import typed
from tui.vault.header.edit import Value
from tui.vault.source import Source

_LONGEST = 24
"""Characters of a value that are shown before its field's meaning."""


def meaning_of(schema: Schema, name: str, sources: Sequence[Source]) -> str:
    """A field's meaning, and whether its value differs between the sources."""
    field = schema.fields.get(name)
    meaning = field.meaning if field else "not in the schema"
    differ = len({text_of(source.fields.get(name)) for source in sources}) > 1
    return f"{meaning} · the sources differ; this replaces all values" if differ else meaning


def judge(
    schema: Schema, name: str, sources: Sequence[Source], habits: Habits, text: str
) -> Judgement:
    """How a typed text is read, or why it is invalid."""
    field = schema.fields.get(name)
    kind = field.kind if field else ""
    held = sources[0].fields.get(name)
    meaning = meaning_of(schema, name, sources)
    if not text.strip():
        return Judgement(f"{meaning} · leave empty to clear it")
    if text == text_of(held) and kind != "date":
        # A value that a script wrote may be invalid; that is reported once it is edited.
        return Judgement(meaning)
    try:
        like = like_of(schema, sources[0], name, habits)
        value = read_value(schema, name, text.strip(), like)
    except SluiceError as error:
        no_date = kind == "date" and said_days(text, date.today()) is None
        said = f"{text} is not a date; write {EXAMPLES}." if no_date else str(error)
        return Judgement(said, fits=False)
    said = _day(kind, like, value) or _kind(held, value)
    return Judgement(said or meaning, meant=bool(said))


def _day(kind: str, like: Value, value: Value) -> str:
    """The weekday and date of a value and how far away it is; empty for other values."""
    # `20260305` is a date where the field has one, or where a date was typed.
    is_day = kind == "date" or "date" in (class_of(like), class_of(value))
    is_day |= day_of(typed.text_of(value)) is not None and day_of(typed.text_of(like)) is not None
    day = written_day(value) if is_day else None
    if day is None:
        return ""
    return f"{day:%A}, {typed.text_of(value)} · {spoken_distance(day, date.today())}"


def _kind(held: Value, value: Value) -> str:
    """What kind of value it is, if it is a number or of a new kind."""
    if class_of(value) == "number":
        return "a number, as before" if class_of(held) == "number" else "a number"
    return new_class("it", held, value)


def heading_of(what: str, sources: Sequence[Source]) -> str:
    """A box's heading, with the number of sources when there are several, which are marked."""
    return what if len(sources) == 1 else f"{what} of {len(sources):,} marked"


def values_now(sources: Sequence[Source], name: str) -> str:
    """The value of all sources, or how many different values they have."""
    found = {_shown(source.fields.get(name)) for source in sources}
    return found.pop() if len(found) == 1 else f"{len(found)} values"


def note_of(field: Field | None, now: str) -> str:
    """The note after a field's name: its value and its meaning."""
    meaning = field.meaning if field else "not in the schema"
    short = now if len(now) <= _LONGEST else f"{now[: _LONGEST - 1]}…"
    return f"{short or '–'} · {meaning}"


def text_of(value: object) -> str:
    """A value as it is typed; empty for a list or a map."""
    return "" if isinstance(value, list | dict | set) else typed.text_of(value)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"[{len(value)}] {', '.join(item_texts(value))}" if value else ""
    return clean(text_of(value), 200)
