"""The schema: a vault's fields, values, moves and views, as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import SchemaError
from tui.state.views import View
from tui.triage.derived import (
    capture_of,
    lookup_of,
    passes_of,
    views_of,
    with_ranks,
    with_symbols,
)
from tui.triage.field import ABSENT, ABSENT_LIST, Field, Kind, Roles, read_field, read_roles
from tui.triage.flow import Flow, read_flow
from tui.triage.notebook_settings import Settings, read_settings, refuse_kind, with_field
from tui.triage.override import doubled_keys, line_of, merge, read_override, read_text
from tui.triage.passes import Pass, read_passes
from tui.triage.rules import CaptureRules, read_rules
from tui.triage.sampling import SampleRules, read_sample
from tui.triage.shape import ignoring_unknown, mapping, number, word
from tui.triage.shorts import read_shorts
from tui.triage.targets import read_targets
from tui.triage.views import read_schema_views
from tui.triage.which_files import read_rule
from tui.vault.header.parse import read_own
from tui.vault.rule import BUILT_IN, Rule
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
    notebooks: Settings = Settings()
    """The settings of notebooks."""
    dates: tuple[str, ...] = ()
    """The fields with the date of a source, in order of preference."""
    rule: Rule = BUILT_IN
    """Which files are sources, and where they have their title and the like."""
    warnings: tuple[str, ...] = ()
    """Sentences about what sluice ignored in the vault's file."""

    @property
    def status(self) -> Field:
        """The field for the progress of a source."""
        return self.fields[self.roles.status]

    @property
    def tier(self) -> Field:
        """The field for the value of a source; one without values if the vault has none."""
        return self.fields.get(self.roles.tier, ABSENT)

    @property
    def category(self) -> Field:
        """The field for the notebook a source belongs to; one without values if there is none."""
        return self.fields.get(self.roles.category, ABSENT)

    @property
    def insights(self) -> Field:
        """The field for the list of key points; one without a name if the vault has none."""
        return self.fields.get(self.roles.insights, ABSENT_LIST)

    @property
    def notebook(self) -> Field:
        """The field for the notebooks of a source; one without a name if the vault has none."""
        return self.fields.get(self.roles.notebooks, ABSENT_LIST)

    @property
    def written_later(self) -> frozenset[str]:
        """The fields that a header has only from the time they say something."""
        names = list(self.roles)
        is_own = self.notebook.kind == "list" and names.count(self.roles.notebooks) == 1
        return self.roles.optional | ({self.roles.notebooks} if is_own else frozenset())

    @property
    def open_statuses(self) -> frozenset[str]:
        """The statuses of sources that still wait: all but the archive and the last of the line."""
        flow = self.flow
        ended = {flow.archive, *flow.main[1:][-1:]}
        return frozenset(self.status.values) - ended

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of fields; a short name has the kind of its field."""
        briefly = {name: self.fields[full].kind for name, full in self.shorts.items()}
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
        return name if name in source.fields or name in self.fields else self.full_name(name)

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
_MORE = {"base", "sources", "untitled", "targets", "sample", "notebooks"}
_FROM_BUILT_IN = ("slots", "sample", "notebooks")
"""What a schema with ``base: none`` has of the built-in one."""
_FOLLOWING = ("views", "passes", "lookup", "capture")
"""The parts that follow the flow and the roles where a schema does not have them."""
NONE = "none"


def load_schema(vault_root: Path | None = None, own: str | None = None) -> Schema:
    """Load the built-in schema with the vault's ``sluice.yaml`` merged into it, or ``own``.

    Raises SchemaError when that file cannot be read, is not valid YAML, or names a field or value
    that it does not have. Unknown parts are ignored; ``Schema.warnings`` has a sentence for each.
    """
    text = Path(__file__).with_name("schema.yaml").read_text(encoding="utf-8")
    data = read_own(text)
    if vault_root is None:
        return _build(data)
    file, own_text = vault_root / VAULT_SCHEMA, ""
    try:
        with ignoring_unknown() as ignored:
            own_text = (read_text(vault_root, VAULT_SCHEMA) or "") if own is None else own
            over = read_override(own_text, known=_PARTS | _MORE) if own_text else None
            schema = _build(data) if over is None else _build(_merged(data, over), over)
    except SchemaError as error:
        raise SchemaError(f"{file}{_place(own_text, error.named)}: {error}") from error
    warnings = (
        f"{file}{_place(own_text, named)}: {sentence} sluice ignored it."
        for sentence, named in ignored.items()
    )
    doubled = (
        f"{file}, line {last}: {short(name)} is in line {first} already; sluice ignored that line."
        for name, first, last in doubled_keys(own_text)
    )
    return schema._replace(warnings=(*warnings, *doubled))


def _place(text: str, named: object) -> str:
    """Where a file names something, as in ``, line 3``; empty if that is unclear."""
    line = None if named is None else line_of(text, named)
    return "" if line is None else f", line {line}"


def _merged(data: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    """The built-in schema with a vault's own merged into it; or nearly only that."""
    base = over.get("base", "built-in")
    if base not in (NONE, "built-in"):
        raise SchemaError(f"base is {short(base)}; use none, or leave it out.", base)
    if base == NONE:
        empty: dict[str, Any] = {name: data[name] for name in _FROM_BUILT_IN}
        empty |= {"roles": {}, "fields": {}, "sources": {}}
        merged: Mapping[str, Any] = merge(empty, over)
        return merged
    merged = merge(data, over)
    flow = over.get("flow") or {}
    if "main" in flow or "status" in (over.get("roles") or {}):
        merged = {name: part for name, part in merged.items() if name in over or name != "views"}
        if "passes" not in over:
            merged = {name: part for name, part in merged.items() if name != "passes"}
    return merged


def _build(data: Mapping[str, Any], over: Mapping[str, Any] | None = None) -> Schema:
    """Build the schema from ``data``; ``over`` is the vault's own part of it."""
    own = over or {}
    is_bare = own.get("base") == NONE
    missing = sorted({name for name in _PARTS if data.get(name) is None} - set(_FOLLOWING))
    missing += sorted(name for name in _FOLLOWING if name in own and own[name] is None)
    if missing:
        raise SchemaError(f"{', '.join(missing)} cannot be left empty.")
    fields = {
        name: read_field(name, spec) for name, spec in mapping(data["fields"], "fields").items()
    }
    own_notebooks = data.get("notebooks") or {}
    roles, all_of = read_roles(
        with_field(own_notebooks, data["roles"], own.get("roles"), fields),
        fields,
        with_field(own.get("notebooks"), own.get("roles") or {}, own.get("roles"), fields),
    )
    if roles.notebooks:
        refuse_kind(fields[roles.notebooks], roles.status)
    status = fields[roles.status]
    if not status.values and is_bare:
        raise SchemaError(f"The field {short(status.name)} is the status and needs values.")
    flow = read_flow(data["flow"], status, fields, own.get("flow"))
    if is_bare:
        fields[status.name] = with_symbols(status, flow)
        if roles.tier:
            fields[roles.tier] = with_ranks(fields[roles.tier])
    dates = all_of.get("date", ())
    slots = word(data["slots"], "slots")
    views = data["views"] if "views" in data else views_of(flow, status, roles)
    passes = data["passes"] if "passes" in data else passes_of(flow, status, roles)
    capture = data["capture"] if "capture" in data else capture_of(dates, fields)
    return Schema(
        roles=roles,
        fields=fields,
        flow=flow,
        lookup={
            name: _weight(weight, f"lookup of {short(name)}")
            for name, weight in mapping(
                data["lookup"] if "lookup" in data else lookup_of(roles, fields), "lookup"
            ).items()
        },
        views={
            name: view
            for name, view in _views(views, roles, fields, own).items()
            # Without such a field the built-in view would always be empty.
            if roles.snoozed or "views" in own or view.query != f"has:{SNOOZED}"
        },
        slots=slots,
        capture=read_rules(capture, fields)._replace(is_sparse=is_bare),
        passes=read_passes(passes, fields, roles, slots, own=own.get("passes")),
        shorts={
            **(_role_names(roles, fields) if is_bare else {}),
            **_names_of_notebooks(roles, fields),
            **read_shorts(fields, own.get("fields") or {}, _YIELDING),
        },
        targets=read_targets(
            data.get("targets") or {}, fields.get(roles.tier, ABSENT), own="targets" in own
        ),
        sample=read_sample(data.get("sample") or {}),
        notebooks=read_settings(own_notebooks),
        dates=dates,
        rule=read_rule(
            data.get("sources") or {},
            data.get("untitled"),
            roles,
            all_of,
            fields,
            own.get("sources") is not None or is_bare,
        ),
    )


def query_of_snoozed(roles: Roles, fields: Collection[str]) -> str:
    """The query for snoozed sources: a field of the vault's own called ``snoozed`` comes first."""
    return f"{roles.snoozed}:>today" if SNOOZED in fields else f"has:{SNOOZED}"


def _views(
    given: Any, roles: Roles, fields: Collection[str], own: Mapping[str, Any]
) -> Mapping[str, View]:
    """The views; the built-in one of snoozed sources asks for them in this vault's words."""
    views = read_schema_views(given)
    if "views" in own or not roles.snoozed:
        return views
    asks = query_of_snoozed(roles, fields)
    return {
        name: view._replace(query=asks) if view.query == f"has:{SNOOZED}" else view
        for name, view in views.items()
    }


def _role_names(roles: Roles, fields: Mapping[str, Field]) -> Mapping[str, str]:
    """The roles as short names of their fields: ``tier`` where that is ``priority``."""
    return {role: name for role, name in roles._asdict().items() if name and role not in fields}


def _names_of_notebooks(roles: Roles, fields: Collection[str]) -> Mapping[str, str]:
    """The short names of the field for notebooks, whatever it is called: ``nb:`` and ``has:``."""
    names = ("nb", "notebook") if roles.notebooks else ()
    return {name: roles.notebooks for name in names if name not in fields}


def _weight(value: object, part: str) -> float:
    weight = number(value, part)
    if not 0 <= weight <= 1:
        raise SchemaError(f"{part} is {weight:g}; use a number from 0 to 1.")
    return weight
