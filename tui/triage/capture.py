"""A new source for an address: id, file name and header by the schema's rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tui.address import read_web_address
from tui.display import short
from tui.errors import AddressTaken, SchemaError, ValueRefused
from tui.triage.alike import Habits
from tui.triage.field import Field
from tui.triage.fields import known_value, read_value
from tui.triage.meant import value_text
from tui.triage.page import page_of
from tui.triage.rules import LONGEST_NAME
from tui.triage.schema import Schema
from tui.vault.header.edit import Value
from tui.vault.header.parse import read_fields
from tui.vault.header.scalar import write_scalar
from tui.vault.header.typed import same_value, text_of
from tui.vault.history.change import FileRecord
from tui.vault.reading.one_file import read_header
from tui.vault.source import SUFFIX, Source
from tui.vault.writing.prove import as_read
from tui.vault.writing.revert import is_birth

_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_PART_SIZE = 60
"""Characters of a field that go into a file name."""


class NewSource(NamedTuple):
    """A source to be written."""

    name: str
    """The path of its file below the vault."""
    text: str
    """The file's content."""


def new_source(
    schema: Schema,
    sources: Iterable[Source],
    url: str,
    today: date,
    texts: Mapping[str, str],
) -> NewSource:
    """Plan the source for an address; ``texts`` are further fields as typed.

    Raises AddressTaken when ``sources`` already have the page, ValueRefused when ``url`` is
    not an address or a text does not fit its field.
    """
    field = address_field(schema)
    address = read_address(field.name, url)
    sources = list(sources)
    _refuse_known(sources, field.name, address)
    values = _values(schema, field, address, today, texts, Habits(lambda: sources))
    if "id" in schema.fields:
        values["id"] = _next_id(schema.capture.id, today, (source.id for source in sources))
    name = _file_name(schema, values, address, today, {source.name for source in sources})
    if not schema.rule.lists(name):
        raise ValueRefused(
            f"{short(name)} would not be a source: sources in sluice.yaml leaves it out; change "
            "the folder or name of capture there."
        )
    return NewSource(name, _text(schema, values, address))


def address_field(schema: Schema) -> Field:
    """The field for the address. Raises SchemaError when there is none."""
    found = schema.fields.get(schema.roles.url) or next(
        (field for field in schema.fields.values() if field.kind == "url"), None
    )
    if found is None:
        raise SchemaError("The schema has no field of kind url; add one to capture addresses.")
    return found


def read_address(name: str, text: str) -> str:
    """Parse an address, with or without its scheme. Raises ValueRefused."""
    word = text.strip()
    if _WITHOUT_SCHEME.fullmatch(word):
        word = f"https://{word}"
    with suppress(ValueRefused):
        if page_of(word):
            return read_web_address(word)
    fault = f": “{short(word)}” is not a web address" if (word := text.strip()) else " is empty"
    raise ValueRefused(f"{name}{fault}; write one such as https://example.com/page.")


def _refuse_known(sources: Iterable[Source], field: str, address: str) -> None:
    page = page_of(address)
    for source in sources:
        if page_of(source.text(field)) == page:
            raise AddressTaken(
                f"That address is already in the vault: {source.quoted_title} ({source.name}).",
                source.name,
            )


def _values(
    schema: Schema, url: Field, address: str, today: date, texts: Mapping[str, str], habits: Habits
) -> dict[str, Value]:
    """The fields that every source has, in the schema's order, then the other typed fields."""
    values: dict[str, Value] = {
        field.name: () if field.kind == "list" else None
        for field in schema.fields.values()
        if field.name not in schema.written_later and field.tagged is None
    }
    if schema.capture.is_sparse:
        # In their order, but only those with a value at the end.
        values = {schema.roles.title: None, **values}
        values.pop("", None)
    status, first = schema.status, known_value(schema.status, schema.flow.main[0], None)
    if status.tagged is not None:
        values[status.tagged.of] = (f"{status.tagged.prefix}{value_text(first)}",)
    else:
        values[status.name] = (first,) if status.is_listed else first
    values.update(dict.fromkeys(schema.capture.stamps, today))
    values.update(_of_host(schema.capture.hosts, address))
    for name, text in texts.items():
        field = schema.full_name(name)
        if field in ("id", schema.roles.status, url.name):
            raise ValueRefused(
                f"You cannot choose {short(field)} for a new source; change it afterwards."
            )
        like = None if field in schema.fields else habits.of(field)
        value = read_value(schema, field, text, like)
        held = values.get(field)
        is_tags = status.tagged is not None and field == status.tagged.of
        values[field] = (
            (*held, *(value if isinstance(value, tuple) else ()))
            if is_tags and isinstance(held, tuple)
            else value
        )
    values[url.name] = address
    if schema.capture.is_sparse:
        values = {name: value for name, value in values.items() if value not in (None, ())}
    return values


def chosen(schema: Schema, record: FileRecord) -> Mapping[str, Any]:
    """The fields that a person chose for a source that a change created.

    That leaves out what the capture sets by itself: id, status, dates and the host's fields.
    """
    fields = read_header(record.patch.after)[0] if is_birth(record) else {}
    own = {"id", schema.roles.status, *schema.capture.stamps}
    settled = {
        (field, value) for host in schema.capture.hosts.values() for field, value in host.items()
    }
    return {
        str(name): value
        for name, value in fields.items()
        if value not in (None, "", []) and name not in own and (name, text_of(value)) not in settled
    }


def _of_host(hosts: Mapping[str, Mapping[str, str]], address: str) -> Mapping[str, str]:
    """The fields set by the address's host: the longest matching suffix, else ``*``."""
    parts = (urlsplit(address).hostname or "").split(".")
    for start in range(len(parts)):
        known = hosts.get(".".join(parts[start:]))
        if known is not None:
            return known
    return hosts.get("*", {})


def _next_id(pattern: str, today: date, ids: Iterable[str]) -> str:
    """The day's next unused id."""
    before, _, after = pattern.replace("{date}", f"{today:%Y%m%d}").partition("{number}")
    numbered = re.compile(rf"{re.escape(before)}(\d{{1,9}}){re.escape(after)}")
    taken = [int(found[1]) for known in ids if (found := numbered.fullmatch(known))]
    return f"{before}{max(taken, default=0) + 1:03}{after}"


def _file_name(
    schema: Schema, values: Mapping[str, Value], address: str, today: date, taken: set[str]
) -> str:
    """An unused file name, made from the fields that the schema names."""

    def part(found: re.Match[str]) -> str:
        field = found[1]
        if field == "date":
            return f"{today:%Y%m%d}"
        is_title = field in ("title", schema.roles.title)
        words = _letters(values.get(schema.roles.title if is_title else field))
        return words or (_letters(_words_of(address)) if is_title else "unknown")

    stem = re.sub(r"\{(\w+)\}", part, schema.capture.name)
    stem = stem.encode()[:LONGEST_NAME].decode("utf-8", "ignore")
    folder = f"{schema.capture.folder}/" if schema.capture.folder else ""
    # A case-insensitive file system takes names that differ in case for the same file.
    folded, number = {name.casefold() for name in taken}, 1
    while (
        name := f"{folder}{stem}{f'_{number}' if number > 1 else ''}{SUFFIX}"
    ).casefold() in folded:
        number += 1
    return name


def _letters(value: object) -> str:
    """A value for a file name: letters and digits, joined by ``_``."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).lower()
    return _NO_LETTERS.sub("_", text)[:_PART_SIZE].strip("_")


def _words_of(address: str) -> str:
    """Words from an address: the end of its path, else its host."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    video = re.search(r"(?:^|&)v=([\w-]+)", parts.query)
    return (video[1] if video else "") or last or (parts.hostname or "")


def _text(schema: Schema, values: Mapping[str, Value], address: str) -> str:
    """The file's content. Raises ValueRefused when a value cannot be written."""
    header = "".join(_lines(schema, name, value) for name, value in values.items())
    meant = {name: as_read(value) for name, value in values.items()}
    if not same_value(read_fields(header), meant):
        raise ValueRefused("One of the values cannot be written as YAML; type it differently.")
    title = " ".join(str(values.get(schema.roles.title) or address).split())
    return f"---\n{header}---\n\n# {title}\n\n<{address}>\n"


_QUOTED = ("text", "longtext", "url", "duration")


def _lines(schema: Schema, name: str, value: Value) -> str:
    """The header lines of one field, in the capture scripts' style: text in double quotes."""
    known = schema.fields.get(name)
    quoted = known is not None and known.kind in _QUOTED and name != "id"
    if isinstance(value, tuple):
        items = "".join(f"\n  - {_scalar(item, True)}" for item in value)
        return f"{name}:{items or ' []'}\n"
    return f"{name}: {_scalar(value, quoted)}\n"


def _scalar(value: Any, quoted: bool) -> str:
    return write_scalar(value, '"' if quoted and isinstance(value, str) else "")
