"""The syntaxes of headers: which one a text has, and how it is read and changed.

YAML and TOML headers are changed, JSON headers only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tui.errors import EditRefused
from tui.vault.header.parse import BOM, find_header, read_fields
from tui.vault.header.typed import same_value

if TYPE_CHECKING:
    from tui.vault.header.edit import Missing, Value

Fields = Mapping[Any, Any]


class Syntax(Protocol):
    """How a header is written. ``header`` is its text without the fences."""

    fence: str
    """The line above and below it; empty when it needs none."""
    may_hide: bool
    """Whether a readable header may hide data, see ``repair/hidden``."""

    def read(self, header: str) -> dict[Any, Any]:
        """The fields. Raises HeaderError with the line in the file."""

    def salvage(self, header: str) -> dict[Any, Any]:
        """The fields of a broken header, as far as they can be read."""

    def held(self, value: Value | Missing) -> Value | Missing:
        """The value as such a header can hold it. Raises EditRefused."""
        return value

    def change(self, header: str, field: str, value: Value | Missing, newline: str) -> str:
        """The header with one field changed. Raises EditRefused, HeaderError or YAMLError."""

    def rename(self, header: str, old: str, new: str) -> str:
        """The header with one field renamed. Raises as ``change`` does."""

    def read_within(self, header: str, changed: str, field: str) -> dict[Any, Any] | None:
        """The fields of a changed header, see ``within``; None when all of it must be read."""
        return None

    def agree(self, after: Fields, expected: Fields, before: Fields) -> bool:
        """Whether the fields after a change are as expected, in their order."""
        return same_value(after, expected)


class Yaml(Syntax):
    """YAML between ``---`` lines."""

    fence = "---"
    may_hide = True

    def read(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``."""
        return read_fields(header)

    def salvage(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``."""
        from tui.vault.header.salvage import salvage_fields  # noqa: PLC0415 - most are sound

        return salvage_fields(header)

    def change(self, header: str, field: str, value: Value | Missing, newline: str) -> str:
        """See ``Syntax``."""
        from tui.vault.header.edit import change_field  # noqa: PLC0415 - for a change only

        return change_field(header, field, value, newline)

    def rename(self, header: str, old: str, new: str) -> str:
        """See ``Syntax``."""
        from tui.vault.header.edit import change_key  # noqa: PLC0415 - for a change only

        return change_key(header, old, new)

    def read_within(self, header: str, changed: str, field: str) -> dict[Any, Any] | None:
        """See ``Syntax``."""
        from tui.vault.header.within import read_within  # noqa: PLC0415 - for a change only

        return read_within(header, changed, field)


class Toml(Syntax):
    """TOML between ``+++`` lines."""

    fence = "+++"
    may_hide = False

    def read(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``."""
        from tui.vault.header.toml import read_toml  # noqa: PLC0415 - most headers are YAML

        return read_toml(header)

    def salvage(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``."""
        from tui.vault.header.toml import salvage_toml  # noqa: PLC0415 - as above

        return salvage_toml(header)

    def held(self, value: Value | Missing) -> Value | Missing:
        """See ``Syntax``. TOML has no empty value: the field is removed instead."""
        from tui.vault.header.edit import MISSING, Missing  # noqa: PLC0415 - for a change only
        from tui.vault.header.toml_text import as_held  # noqa: PLC0415 - as above

        if value is None or isinstance(value, Missing):
            return MISSING
        held: Value = as_held(value)
        return held

    def change(self, header: str, field: str, value: Value | Missing, newline: str) -> str:
        """See ``Syntax``."""
        from tui.vault.header.toml_edit import change_toml  # noqa: PLC0415 - for a change only

        return change_toml(header, field, value, newline)

    def rename(self, header: str, old: str, new: str) -> str:
        """See ``Syntax``."""
        from tui.vault.header.toml_edit import rename_toml  # noqa: PLC0415 - for a change only

        return rename_toml(header, old, new)

    def agree(self, after: Fields, expected: Fields, before: Fields) -> bool:
        """See ``Syntax``. A new field is above the tables, so not always at the end."""
        orders = ([name for name in fields if name in before] for fields in (after, expected))
        same = all(name in after and same_value(after[name], expected[name]) for name in expected)
        return same and len(after) == len(expected) and len({tuple(names) for names in orders}) == 1


class Json(Syntax):
    """JSON in braces, from the first character on. It is read, never changed."""

    fence = ""
    may_hide = False

    def read(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``."""
        from tui.vault.header.json import read_json  # noqa: PLC0415 - most headers are YAML

        return read_json(header)

    def salvage(self, header: str) -> dict[Any, Any]:
        """See ``Syntax``. Broken JSON is not found as a header."""
        return {}

    def change(self, header: str, field: str, value: Value | Missing, newline: str) -> str:
        """Raise EditRefused."""
        raise EditRefused("The header is JSON; sluice changes YAML and TOML headers only.")

    def rename(self, header: str, old: str, new: str) -> str:
        """Raise EditRefused."""
        return self.change(header, old, None, "")


YAML, TOML, JSON = Yaml(), Toml(), Json()


class Header(NamedTuple):
    """The place of a header in a file's text, in code points, without the fences."""

    start: int
    end: int
    body: int
    """The start of the body, after the closing fence's line."""
    syntax: Syntax


def header_of(text: str) -> Header | None:
    """The header that a text starts with."""
    span = find_header(text)
    if span is not None:
        return Header(*span, YAML)
    first = text[1:2] if text.startswith(BOM) else text[:1]
    if first == "+":
        from tui.vault.header.toml import find_toml  # noqa: PLC0415 - most headers are YAML

        found = find_toml(text)
        return found and Header(*found, TOML)
    if first == "{":
        from tui.vault.header.json import find_json  # noqa: PLC0415 - as above

        found = find_json(text)
        return found and Header(*found, JSON)
    return None


def syntax_of(text: str) -> Syntax:
    """The syntax of a text's header; a text without one gets YAML."""
    found = header_of(text)
    return YAML if found is None else found.syntax
