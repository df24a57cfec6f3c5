"""The words of a source as the suggestions of notebooks count them."""

from __future__ import annotations

from collections.abc import Callable

from tui.errors import SluiceError
from tui.suggest.features import MORE_WHOLE, long_features_of, own_fields
from tui.triage.schema import Schema
from tui.vault.source import Source


class SourceWords:
    """Reads sources as features, without the fields that say which notebooks they are in."""

    def __init__(self, schema: Schema, read_body: Callable[[Source], str]) -> None:
        own = {*schema.roles, *schema.dates, "id", "stem", *own_fields(schema.rule.names)}
        self._others = tuple(name for name in schema.lookup if name not in own)
        self._more = [name for name in MORE_WHOLE if name in schema.fields]
        self._category = schema.category.name
        self._answers = [name for name in (schema.roles.notebooks, schema.roles.sent) if name]
        self._read_body = read_body

    def body(self, source: Source) -> str:
        """The text of a source; empty if it cannot be read."""
        try:
            return self._read_body(source)
        except SluiceError:
            return ""

    def of(self, source: Source, body: str | None = None) -> dict[str, float]:
        """The features of a source, and of its text."""
        if body is None:
            body = self.body(source)
        answers = {source.key(name) for name in self._answers}
        if not answers.isdisjoint(source.fields):
            kept = {name: value for name, value in source.fields.items() if name not in answers}
            source = source._replace(fields=kept)
        return long_features_of(source, body, self._others, self._more, self._category)
