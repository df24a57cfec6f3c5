"""The schema: a vault's fields, values, moves and views, as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import SchemaError
from tui.state.views import View
from tui.triage.field import Field, Kind, Roles, read_field, read_roles
from tui.triage.flow import Flow, read_flow
from tui.triage.override import merge, read_override
from tui.triage.passes import Pass, read_passes
from tui.triage.rules import CaptureRules, read_rules
from tui.triage.sampling import SampleRules, read_sample
from tui.triage.shape import mapping, number, word
from tui.triage.shorts import read_shorts
from tui.triage.targets import read_targets
from tui.triage.views import read_schema_views
from tui.vault.header.parse import read_own
from tui.vault.source import Source

VAULT_SCHEMA = "sluice.yaml"
"""The file in a vault that overrides parts of the schema."""
SNOOZED = "snoozed"
"""The value of ``has:`` for sources that are snoozed, and their sort key."""


class Schema(NamedTuple):
    """Everything sluice knows about a vault's headers."""

    roles: Roles
    fields: Mapping[str, Field]
    flow: Flow
    lookup: Mapping[str, float]
    views: Mapping[str, View]
    slots: str
    capture: CaptureRules
    passes: Mapping[str, Pass]
    """By name; the first one is the default of the rapid pass."""
    shorts: Mapping[str, str]
    """Short field names to full ones, as queries use them."""
    targets: Mapping[str, float]
    """The target share of each tier, 0 to 1; empty when none are set."""
    sample: SampleRules
    """When a group can be accepted by a sample."""

    @property
    def status(self) -> Field:
        """The field for the progress of a source."""
        return self.fields[self.roles.status]

    @property
    def tier(self) -> Field:
        """The field for the value of a source."""
        return self.fields[self.roles.tier]

    @property
    def category(self) -> Field:
        """The field for the notebook a source belongs to."""
        return self.fields[self.roles.category]

    @property
    def insights(self) -> Field:
        """The field for the list of key points."""
        return self.fields[self.roles.insights]

    @property
    def written_later(self) -> frozenset[str]:
        """The fields that a header has only from the time they say something."""
        return self.roles.optional

    @property
    def open_statuses(self) -> frozenset[str]:
        """The statuses of sources that still wait: all but the archive and the last of the line."""
        flow = self.flow
        ended = {flow.archive, *flow.main[1:][-1:]}
        return frozenset(self.status.values) - ended

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of fields; a short name has the kind of its field."""
        briefly = {field.short: field.kind for field in self.fields.values()}
        return briefly | {name: field.kind for name, field in self.fields.items()}

    def full_name(self, name: str) -> str:
        """The full name of a field, from its short or full name."""
        return self.shorts.get(name, name)

    @property
    def exact(self) -> Schema:
        """The same schema without short names, for exact field names."""
        return self._replace(shorts={})

    def field_in(self, source: Source, name: str) -> str:
        """The field for a name in a source: its own field of that name wins over a short name."""
        return name if name in source.fields else self.full_name(name)

    @property
    def query_of_snoozed(self) -> str:
        """The query for snoozed sources; empty in a vault without snoozing."""
        return query_of_snoozed(self.roles, self.fields) if self.roles.snoozed else ""

    @property
    def lists_of_words(self) -> frozenset[str]:
        """The list fields where text is split at commas: all but insights, which are sentences."""
        lists = {field.name for field in self.fields.values() if field.kind == "list"}
        return frozenset(lists - {self.roles.insights})


_YIELDING = frozenset({"snoozed_until"})
"""Built-in fields that leave their short name to a vault's own field."""
_PARTS = {"roles", "fields", "flow", "lookup", "views", "slots", "capture", "passes"}
"""The required parts of a schema."""


def load_schema(vault_root: Path | None = None) -> Schema:
    """Load the built-in schema with the vault's ``sluice.yaml`` merged into it.

    Raises SchemaError when that file cannot be read, is not valid YAML or names unknown parts.
    """
    text = Path(__file__).with_name("schema.yaml").read_text(encoding="utf-8")
    data = read_own(text)
    if vault_root is None:
        return _build(data)
    try:
        over = read_override(vault_root, VAULT_SCHEMA, known=set(data))
        if over is None:
            return _build(data)
        return _build(merge(data, over), over)
    except SchemaError as error:
        raise SchemaError(f"{vault_root / VAULT_SCHEMA}: {error}") from error


def _build(data: Mapping[str, Any], over: Mapping[str, Any] | None = None) -> Schema:
    """Build the schema from ``data``; ``over`` is the vault's own part of it."""
    own = over or {}
    missing = sorted(_PARTS - set(data))
    if missing:
        raise SchemaError(f"{', '.join(missing)} cannot be left empty.")
    fields = {
        name: read_field(name, spec) for name, spec in mapping(data["fields"], "fields").items()
    }
    roles = read_roles(data["roles"], fields, own.get("roles"))
    slots = word(data["slots"], "slots")
    return Schema(
        roles=roles,
        fields=fields,
        flow=read_flow(data["flow"], fields[roles.status]),
        lookup={
            name: _weight(weight, f"lookup of {short(name)}")
            for name, weight in mapping(data["lookup"], "lookup").items()
        },
        views={
            name: view
            for name, view in _views(data, roles, fields, own).items()
            # Without such a field the built-in view would always be empty.
            if roles.snoozed or "views" in own or view.query != f"has:{SNOOZED}"
        },
        slots=slots,
        capture=read_rules(data["capture"], fields),
        passes=read_passes(data["passes"], fields, roles, slots),
        shorts=read_shorts(fields, own.get("fields") or {}, _YIELDING),
        targets=read_targets(data.get("targets", {}), fields[roles.tier], own="targets" in own),
        sample=read_sample(data.get("sample", {})),
    )


def query_of_snoozed(roles: Roles, fields: Collection[str]) -> str:
    """The query for snoozed sources: a field of the vault's own called ``snoozed`` comes first."""
    return f"{roles.snoozed}:>today" if SNOOZED in fields else f"has:{SNOOZED}"


def _views(
    data: Mapping[str, Any], roles: Roles, fields: Collection[str], own: Mapping[str, Any]
) -> Mapping[str, View]:
    """The views; the built-in one of snoozed sources asks for them in this vault's words."""
    views = read_schema_views(data["views"])
    if "views" in own or not roles.snoozed:
        return views
    asks = query_of_snoozed(roles, fields)
    return {
        name: view._replace(query=asks) if view.query == f"has:{SNOOZED}" else view
        for name, view in views.items()
    }


def _weight(value: object, part: str) -> float:
    weight = number(value, part)
    if not 0 <= weight <= 1:
        raise SchemaError(f"{part} is {weight:g}; use a number from 0 to 1.")
    return weight
