"""CaptureRules: the schema's rules for new sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import SchemaError
from tui.triage.field import Field
from tui.triage.shape import mapping, word, words

MOST_FOLDERS = 16
LONGEST_NAME = 200
"""In bytes: file systems allow 255, and a number and a suffix may follow."""


class CaptureRules(NamedTuple):
    """The name of a new source, and the fields set from the start."""

    folder: str
    """The folder for its file, below the vault; empty for the vault itself."""
    id: str
    """Contains {number}, and {date} for the day."""
    name: str
    """The file name, with {date} and fields in braces."""
    stamps: tuple[str, ...]
    """The fields set to the day of the capture."""
    hosts: Mapping[str, Mapping[str, str]]
    """The fields to set by host, subdomains included, or ``*`` for all others."""
    is_sparse: bool = False
    """Whether a new source has no empty fields."""


def read_rules(spec: Any, fields: Mapping[str, Field]) -> CaptureRules:
    """The schema's part ``capture``. Raises SchemaError."""
    part = "capture"
    given = mapping(spec, part, ("folder", "id", "name", "stamps", "hosts"))
    rules = CaptureRules(
        folder="/".join(
            filter(None, word(given.get("folder", ""), f"folder of {part}").split("/"))
        ),
        id=word(given.get("id", ""), f"id of {part}"),
        name=word(given.get("name", ""), f"name of {part}"),
        stamps=words(given.get("stamps", []), f"stamps of {part}"),
        hosts={
            host.lower(): _settled(host, settled)
            for host, settled in mapping(given.get("hosts", {}), f"hosts of {part}").items()
        },
    )
    if rules.id.count("{number}") != 1:
        raise SchemaError("id of capture must contain {number} once, as in SOURCE-{date}-{number}.")
    _refuse_unwritable(rules)
    # Fields that the vault's schema removed are not set.
    return rules._replace(
        stamps=tuple(name for name in rules.stamps if name in fields),
        hosts={
            host: {name: value for name, value in settled.items() if _fits(fields, name, value)}
            for host, settled in rules.hosts.items()
        },
    )


def _refuse_unwritable(rules: CaptureRules) -> None:
    """Raise SchemaError when a file of that name is impossible or would not be a source."""
    for part, text in (("folder", rules.folder), ("id", rules.id), ("name", rules.name)):
        if not text.isprintable():
            raise SchemaError(f"{part} of capture must be one line, without control characters.")
    if not rules.name or "/" in rules.name or len(rules.name.encode()) > LONGEST_NAME:
        raise SchemaError("name of capture must be a file name such as SOURCE-{date}-{title}.")
    if rules.name.startswith((".", "_")):
        raise SchemaError("name of capture must not start with . or _, which hide the file.")
    folders = rules.folder.split("/")
    if any(folder.startswith((".", "_")) for folder in folders):
        raise SchemaError("folder of capture must not be hidden or start with _.")
    longest = max(len(folder.encode()) for folder in folders)
    if len(folders) > MOST_FOLDERS or longest > LONGEST_NAME:
        raise SchemaError(
            f"folder of capture can be at most {MOST_FOLDERS} levels deep, "
            f"with names of at most {LONGEST_NAME} bytes."
        )


def _fits(fields: Mapping[str, Field], name: str, value: str) -> bool:
    field = fields.get(name)
    return field is not None and (field.open or not field.choices or value in field.values)


def _settled(host: str, spec: Any) -> Mapping[str, str]:
    part = f"the host {short(host)} of capture"
    return {
        name: word(value, f"{short(name)} of {part}") for name, value in mapping(spec, part).items()
    }
