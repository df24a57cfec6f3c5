"""Commands that decide: tier, category, insights, topics, status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui.app.boxes.picker import Picker
from tui.app.commands.command import Command, needs_source
from tui.app.option import Option
from tui.triage import changes
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.triage.status import allowed_moves, next_status, status_of, way_to
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.marking import Targets
    from tui.app.screens.triage import TriageScreen


def _set(screen: TriageScreen, field: str, text: str, about: Targets | None = None) -> None:
    def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
        return changes.set_field(schema, sources, field, text)

    screen.decider.decide(make, about=about)


def _tier(number: int) -> Command:
    def run(screen: TriageScreen) -> None:
        from tui.app.hints import tier_keys  # noqa: PLC0415 - it lists this command too

        tier = screen.desk.schema.tier
        if number > len(tier.values):
            screen.say(f"{tier.name} has {len(tier.values)} values; press {tier_keys(screen)}.")
            return
        _set(screen, tier.name, tier.values[number - 1] if number else "")

    name = f"Set tier {number}" if number else "Clear the tier"
    return Command(
        f"decide.tier_{number}",
        (str(number),),
        name,
        run,
        bar="tier" if number == 1 else "",
        refusal=needs_source,
    )


def pick_category(screen: TriageScreen, targets: Targets | None = None) -> None:
    """Ask for the category and set it; suggestions come first."""
    source = screen.current if targets is None else next(iter(targets.sources), None)
    about = screen.marker.take() if targets is None else targets
    schema = screen.desk.schema
    field = schema.category
    known = list(field.values)
    used = {item for source in screen.desk.vault.sources for item in source.items(field.name)}
    known += sorted(used - set(known) - {""})
    slots = dict(zip(known[: len(field.values)], schema.slots, strict=False))
    now = field.value_in(source) if source else ""
    found = screen.suggester.of(source) if source else None
    suggested = {one.value: one for one in found.category} if found else {}
    choices = [
        Option(value, value, one.reason, slots.get(value, ""), f"≈ {slots.get(value, '')}")
        for value, one in suggested.items()
    ]
    choices += [
        Option(
            name, name, "current value" if suggested and name == now else "", slots.get(name, "")
        )
        for name in known
        if name not in suggested
    ]

    def chosen(name: str | None) -> None:
        if name is not None:
            screen.decider.last_category = name
            _set(screen, field.name, name, about)

    first = next(iter(suggested), now)
    picker = Picker(
        _headed(about, "category"),
        choices,
        current=first,
        new="new category" if field.open else "",
    )
    screen.app.push_screen(picker, chosen)


def _same_category(screen: TriageScreen) -> None:
    if not screen.decider.last_category:
        press = screen.keymap.press("decide.category")
        screen.say(f"No category set yet; {press} to pick one.")
        return
    _set(screen, screen.desk.schema.category.name, screen.decider.last_category)


def _add_insight(screen: TriageScreen) -> None:
    screen.insights.start_adding()


def _insights(screen: TriageScreen) -> None:
    screen.panes.show(screen.insights)


def promote(screen: TriageScreen) -> None:
    """Promote to the next status."""
    screen.decider.decide(lambda schema, sources: changes.promote(schema, sources, date.today()))


def _way(schema: Schema, now: str, to: str) -> str:
    """How to get from a source's status to another one, or why not."""
    way = way_to(schema, now, to)
    if to == now:
        return "now"
    if not way:
        following = next_status(schema, now)
        return f"not from {now}" + (f": {following} comes first" if following else "")
    meaning = schema.status.choice(to).meaning
    if len(way) > 1:
        return f"via {' and '.join(way[:-1])} · {meaning}"
    return f"forward · {meaning}" if to in allowed_moves(schema.flow, now) else "back"


def _ways(schema: Schema, held: Counter[str], to: str) -> str:
    """How many sources, of several statuses, can move to a status."""
    can = (now for now in held if to == now or way_to(schema, now, to))
    return f"possible for {sum(held[now] for now in can):,} of {held.total():,}"


def _headed(about: Targets, what: str) -> str:
    """A picker's heading, with the number of marked sources."""
    return f"{what} · {len(about.sources):,} marked" if about.marked else what


def promote_to(screen: TriageScreen, targets: Targets | None = None) -> None:
    """Ask for a status and move to it."""
    source = screen.current if targets is None else next(iter(targets.sources), None)
    if source is None:
        return
    about = screen.marker.take() if targets is None else targets
    schema = screen.desk.schema
    held = Counter(status_of(schema, target) for target in about.sources)
    now = next(iter(held)) if len(held) == 1 else status_of(schema, source)
    allowed = allowed_moves(schema.flow, now)
    choices = [
        Option(
            status.name,
            f"{status.glyph} {status.name}",
            note=_ways(schema, held, status.name)
            if len(held) > 1
            else _way(schema, now, status.name),
            slot=str(number),
        )
        for number, status in enumerate(schema.status.choices, 1)
    ]

    def chosen(status: str | None) -> None:
        if status is not None:
            screen.decider.decide(
                lambda schema, sources: changes.promote(schema, sources, date.today(), status),
                about=about,
            )

    first = allowed[0] if allowed else now
    picker = Picker(_headed(about, "promote to"), choices, current=first)
    screen.app.push_screen(picker, chosen)


def archive(screen: TriageScreen) -> None:
    """Archive, through the statuses that the schema requires."""
    screen.decider.decide(lambda schema, sources: changes.archive(schema, sources, date.today()))


def _topics(screen: TriageScreen) -> None:
    screen.editing.choose_items("topics")


def _field(screen: TriageScreen) -> None:
    screen.editing.pick()


def _repeat(screen: TriageScreen) -> None:
    screen.decider.repeat()


COMMANDS = (
    *(_tier(number) for number in (1, 2, 3, 4, 0)),
    Command(
        "decide.category", ("c",), "Pick the category", pick_category, "category", needs_source
    ),
    Command(
        "decide.same_category",
        ("C",),
        "Same category as last time",
        _same_category,
        "",
        needs_source,
    ),
    Command("decide.insight", ("i",), "Add an insight", _add_insight, "insight", needs_source),
    Command(
        "decide.insights", ("I",), "Insights: edit, reorder, delete", _insights, "", needs_source
    ),
    Command(
        "decide.promote", ("p",), "Promote to the next status", promote, "promote", needs_source
    ),
    Command("decide.promote_to", ("P",), "Promote to…, or move back", promote_to, "", needs_source),
    Command("decide.archive", ("a",), "Archive", archive, "archive", needs_source),
    Command("decide.topics", ("t",), "Add or remove topics", _topics, "", needs_source),
    Command("decide.field", ("f",), "Set any field", _field, "", needs_source),
    Command("decide.repeat", ("full_stop",), "Repeat the last change", _repeat, "", needs_source),
)
