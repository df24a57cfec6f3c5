"""The charts that the app and ``sluice stats`` show of a vault's stats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from tui.display import cells, clean, counted, fit, percent
from tui.triage.drawing import (
    Line,
    bar,
    beside,
    columns,
    slot_for,
    stacked_bar,
    wrapped,
)
from tui.triage.known_values import Choice
from tui.triage.sampling import percent_up
from tui.triage.schema import Schema
from tui.triage.stats import DAYS, FARTHEST, PACE_DAYS, Inflation, Stats, Tiers, month_fields
from tui.triage.trust import Ages, Checked, FieldTrust

TWO_COLUMNS = 96
"""The least width, in cells, for two columns."""
NARROWEST = 40
"""The least width, in cells; a narrower terminal cuts lines off."""
GAP = 4
_HEIGHT = 4
_LONGEST_NAME = 22
_UNKNOWN = "other"
_ROOMY = 46
"""The least width, in cells, for another column of numbers."""


def picture_of(schema: Schema, stats: Stats, width: int, most: int | None = None) -> list[Line]:
    """The lines, at most ``width`` cells wide, with at most ``most`` categories."""
    width = max(width, NARROWEST)
    two = width >= TWO_COLUMNS
    half = (width - GAP) // 2 if two else width
    left = [
        _progress(stats, half),
        _funnel(schema, stats, half),
        *_tier_blocks(schema, stats, half),
    ]
    right = [_days(stats, half)]
    if month_fields(schema):
        right.append(_months(schema, stats, half))
    if schema.roles.category:
        right.append(_categories(stats, half, most))
    left += [fields(schema, stats.fields, half) for fields in (_fields, _guesses) if stats.fields]
    right[1:1] = [_ages(stats.ages, half)] if stats.ages else []
    if two:
        return beside(_stacked(left), _stacked(right), half, GAP)
    return _stacked([left[0], right[0], *left[1:], *right[1:]])


def _stacked(blocks: Sequence[list[Line]]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        lines += [[], *block] if lines else block
    return lines


def _heading(title: str, note: str, width: int) -> list[Line]:
    """A title with a quiet note: on the same line if it fits, else below."""
    if not note:
        return [[(title, "title")]]
    if cells(title) + 2 + cells(note) <= width:
        return [[(title, "title"), ("  ", ""), (note, "quiet")]]
    return [[(title, "title")], *wrapped(note, width, "quiet")]


def _progress(stats: Stats, width: int) -> list[Line]:
    share = stats.judged / stats.total if stats.total else 0.0
    note = f"{stats.judged:,} of {counted(stats.total)} judged, {stats.left:,} left"
    share_text = percent(share)
    lines = [
        *_heading("Progress", note, width),
        [*bar(share, width - 7, "status-4"), (share_text.rjust(7), "")],
    ]
    return [*lines, *wrapped(outlook_sentence(stats), width, "")]


def outlook_sentence(stats: Stats) -> str:
    """The estimated finish, or why there is no estimate."""
    if not stats.total:
        return "There is nothing to judge yet."
    if not stats.left:
        return "Nothing is left to judge."
    outlook = stats.outlook
    if outlook is None:
        return f"No estimate: the journal shows nothing judged in the last {PACE_DAYS} days."
    pace = f"{counted(outlook.to_go, 'day')} at {outlook.a_day:,.1f} a day"
    basis = "today's pace" if outlook.days == 1 else f"the pace of the last {outlook.days} days"
    if outlook.done_on is None:
        return f"More than {FARTHEST // 365} years to go: {pace}, {basis}."
    return f"Done by {outlook.done_on.isoformat()}: {pace}, {basis}, if no sources are added."


def _funnel(schema: Schema, stats: Stats, width: int) -> list[Line]:
    top = max((stage.sources for stage in stats.stages), default=0) or 1
    names = [*schema.status.values, *([_UNKNOWN] if stats.no_status else [])]
    name_width = _name_width(names, width, 2)
    figures = max(7, len(f"{stats.total:,}") + 1)
    wide = width >= _ROOMY
    bar_width = width - name_width - 3 - figures - (12 if wide else 0)
    head = f"{'sources':>{figures}}" + (f"{'reached':>12}" if wide else "")
    lines = [_table_head("Status", head, width)]
    for stage in stats.stages:
        choice = schema.status.choice(stage.name)
        if stage.reached is None:
            far = "–"
        else:
            far = percent(stage.reached / stats.total if stats.total else 0.0)
        lines.append(
            [
                *_name(choice, name_width),
                *bar(stage.sources / top, bar_width, choice.colour),
                (f"{stage.sources:,}".rjust(figures), ""),
                (far.rjust(12) if wide else "", "quiet"),
            ]
        )
    if stats.no_status:
        lines.append(
            [
                *_name(Choice(_UNKNOWN), name_width),
                *bar(stats.no_status / top, bar_width, "problem"),
                (f"{stats.no_status:,}".rjust(figures), ""),
            ]
        )
    return lines


def _tier_blocks(schema: Schema, stats: Stats, width: int) -> list[list[Line]]:
    if not schema.roles.tier:
        return []
    judged = _tiers("Tiers, judged", schema, stats, stats.judged_tiers, width)
    if not stats.judged_tiers.rated:
        judged += wrapped("No judged source has a tier yet.", width, "quiet")
    elif stats.inflation:
        judged += _warning(inflation_sentence(stats.inflation, "judged sources"), width)
    everything = _tiers("Tiers, with guesses", schema, stats, stats.all_tiers, width)
    if stats.guessed_inflation:
        said = inflation_sentence(stats.guessed_inflation, "sources, guesses included,")
        everything += _warning(said, width)
    return [judged, everything]


def inflation_sentence(inflation: Inflation, what: str) -> str:
    """A sentence saying that too many sources are rated high, with the numbers."""
    tiers = " or ".join(clean(tier, _LONGEST_NAME) for tier in inflation.tiers)
    return (
        f"{percent(inflation.share)} of {inflation.rated:,} {what} are {tiers} "
        f"({inflation.sources:,}); the target is {percent(inflation.target)} "
        f"({inflation.wanted:,})."
    )


def _warning(sentence: str, width: int) -> list[Line]:
    lines = wrapped(sentence, width - 2, "")
    return [[("! " if at == 0 else "  ", "problem"), *line] for at, line in enumerate(lines)]


def _tiers(title: str, schema: Schema, stats: Stats, tiers: Tiers, width: int) -> list[Line]:
    names = [*schema.tier.values, *([_UNKNOWN] if tiers.without else [])]
    name_width = _name_width(names, width, 2)
    figures = max(8, len(f"{stats.total:,}") + 1)
    targets = stats.targets
    target_width = 9 if targets else 0
    shown = figures if width >= _ROOMY else 0
    bar_width = width - name_width - 3 - 7 - shown - target_width
    shares = [each.share(tier) for each in (stats.judged_tiers, stats.all_tiers)
              for tier in each.counts]  # fmt: skip
    top = max([*shares, *targets.values()], default=0.0) or 1.0
    head = f"{'share':>7}" + ("│ target".rjust(9) if targets else "")
    head += f"{'sources':>{figures}}" if shown else ""
    lines = [_table_head(title, head, width)]
    for tier, count in tiers.counts.items():
        choice = schema.tier.choice(tier)
        mark = targets[tier] / top if targets else None
        lines.append(
            [
                *_name(choice, name_width),
                *bar(tiers.share(tier) / top, bar_width, choice.colour, mark),
                (percent(tiers.share(tier)).rjust(7), ""),
                (percent(targets[tier]).rjust(target_width) if targets else "", "quiet"),
                (f"{count:,}".rjust(figures) if shown else "", ""),
            ]
        )
    if tiers.without:
        rest = width - name_width - 2 - figures
        line = [*_name(Choice(_UNKNOWN), name_width)]
        lines.append([*line, (" " * (rest - 1), ""), (f"{tiers.without:,}".rjust(figures), "")])
    return lines


def _fields(schema: Schema, fields: Sequence[FieldTrust], width: int) -> list[Line]:
    """What is confirmed beside what is guessed, by field."""
    words = [clean(schema.roles.word_for(field.name), 60) for field in fields]
    name_width = _name_width(words, width, 0)
    figures = max(11, *(len(f"{field.guessed:,}") + 1 for field in fields))
    bar_width = width - name_width - 1 - 2 * figures
    head = "█ confirmed".rjust(figures) + "░ guessed".rjust(figures)
    lines = [_table_head("Confirmed", head, width)]
    for field, word in zip(fields, words, strict=True):
        total = field.confirmed + field.guessed + field.empty or 1
        shares = field.confirmed / total, field.guessed / total
        lines.append(
            [
                (fit(word, name_width), ""),
                (" ", ""),
                *stacked_bar(*shares, bar_width, ("status-4", "quiet")),
                (f"{field.confirmed:,}".rjust(figures), ""),
                (f"{field.guessed:,}".rjust(figures), "quiet"),
            ]
        )
    return lines


def _guesses(schema: Schema, fields: Sequence[FieldTrust], width: int) -> list[Line]:
    """How right the guesses were that were judged, by field and by who wrote them."""
    judged = [field for field in fields if field.checked.judged]
    if not judged:
        note = "No guess was judged yet."
        return [*_heading("Wrong guesses", "", width), *wrapped(note, width, "quiet")]
    rows: list[tuple[str, Checked, str]] = []
    for field in judged:
        rows.append((clean(schema.roles.word_for(field.name), 60), field.checked, ""))
        rows += [
            (f"  {clean(one.name, 60)}", one.checked, "quiet")
            for one in field.writers
            if one.checked.judged
        ]
    wrong = [f"{checked.wrong:,} of {checked.judged:,}" for _, checked, _ in rows]
    range_width, figures = 12, max(9, *(len(said) + 2 for said in wrong))
    name_width = width - 7 - range_width - figures
    head = "wrong".rjust(figures) + f"{'share':>7}{'95 %':>{range_width}}"
    lines = [_table_head("Wrong guesses", head, width)]
    for (name, checked, colour), said in zip(rows, wrong, strict=True):
        least, most = checked.bounds
        lines.append(
            [
                (fit(name, name_width), colour),
                (said.rjust(figures), ""),
                (percent(checked.error).rjust(7), ""),
                (f"{math.floor(100 * least)}–{percent_up(most)}".rjust(range_width), "quiet"),
            ]
        )
    return lines


def _ages(ages: Ages, width: int) -> list[Line]:
    """How long open sources have been waiting."""
    parts = [f"{counted(ages.waiting)} open"]
    parts += [f"{ages.snoozed:,} snoozed"] if ages.snoozed else []
    if ages.median is not None and ages.longest is not None:
        parts.append(f"median {counted(ages.median, 'day')}, longest {ages.longest:,}")
    rows = [*ages.groups, *([("unknown", ages.unknown)] if ages.unknown else [])]
    name_width = max(len(name) for name, _ in rows)
    figures = max(7, len(f"{ages.waiting:,}") + 1)
    top = max((count for _, count in rows), default=0) or 1
    lines = _heading("Waiting", ", ".join(parts), width)
    if not any(count for _, count in ages.groups):
        note = "Neither the journal nor a field says since when." if ages.unknown else ""
        return lines + wrapped(note, width, "quiet") if note else lines
    for name, count in rows:
        lines.append(
            [
                (fit(name, name_width), ""),
                (" ", ""),
                *bar(count / top, width - name_width - 1 - figures, "status-1"),
                (f"{count:,}".rjust(figures), ""),
            ]
        )
    return lines


def _table_head(title: str, head: str, width: int) -> Line:
    return [(title, "title"), (head.rjust(max(0, width - cells(title))), "quiet")]


def _name_width(names: Sequence[str], width: int, signs: int) -> int:
    """The width of the names column, without its ``signs`` cells for glyphs."""
    longest = max((cells(clean(name, 60)) for name in names), default=0)
    return min(longest, max(6, min(_LONGEST_NAME, width // 3 - signs)))


def _name(choice: Choice, width: int) -> Line:
    """A value's glyph and name: ``width`` cells, plus three for the glyph and spaces."""
    sign = clean(choice.glyph, 2) or " "
    return [
        (fit(sign, 2), choice.colour),
        (fit(clean(choice.name, 60), width), ""),
        (" ", ""),
    ]


def _days(stats: Stats, width: int) -> list[Line]:
    if not any(day.decisions for day in stats.days):
        note = f"The journal has no decision from the last {DAYS} days."
        return [*_heading("Decisions a day", "", width), *wrapped(note, width, "quiet")]
    slot = slot_for([day.decisions for day in stats.days], 4)
    shown = stats.days[-max(1, min(width // slot, DAYS)) :]
    total = sum(day.decisions for day in shown)
    judged = sum(day.judged for day in shown)
    note = f"last {len(shown)} days: {counted(total, 'decision')}, {judged:,} judged"
    values = [(str(day.day.day), day.decisions) for day in shown]
    return [
        *_heading("Decisions a day", note, width),
        *columns(values, slot, _HEIGHT, "tier-3"),
    ]


def _months(schema: Schema, stats: Stats, width: int) -> list[Line]:
    title = "Sources by month"
    by_month = dict(stats.months)
    this = stats.today.replace(day=1)
    if not by_month:
        return [
            *_heading(title, "", width),
            *wrapped(f"No source has a date ({counted(stats.undated)}).", width, "quiet"),
        ]
    newest = max((month for month in by_month if month <= this), default=this)
    slot = slot_for([*by_month.values()], 5)
    shown = [_month_before(newest, back) for back in range(max(1, min(width // slot, 24)))]
    shown.reverse()
    oldest = min((month for month in by_month), default=newest)
    # A short history is not padded with empty months on the left.
    shown = [month for month in shown if month >= min(oldest, newest)]
    values = [(_month_name(month, at), by_month.get(month, 0)) for at, month in enumerate(shown)]
    rest = [
        (sum(n for month, n in stats.months if month < shown[0]), "earlier"),
        (sum(n for month, n in stats.months if month > shown[-1]), "in the future"),
        (stats.undated, "without a date"),
    ]
    note = ", ".join(f"{number:,} {words}" for number, words in rest if number)
    lines = [
        *_heading(title, _by_which_day(schema), width),
        *columns(values, slot, _HEIGHT, "status-3"),
    ]
    return [*lines, *wrapped(note, width, "quiet")] if note else lines


def _by_which_day(schema: Schema) -> str:
    """What the fields with the day are called, the first one first."""
    fields = (schema.fields.get(name) for name in month_fields(schema))
    names = [clean(field.short or field.name, 30) for field in fields if field]
    return f"by {', else '.join(names)}"


def _month_before(month: date, back: int) -> date:
    number = month.year * 12 + month.month - 1 - back
    return date(max(number // 12, 1), number % 12 + 1, 1)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month_name(month: date, at: int) -> str:
    """The month's name; its year in January and for the leftmost month."""
    return f"’{month.year % 100:02}" if month.month == 1 or at == 0 else _MONTHS[month.month - 1]


def _categories(stats: Stats, width: int, most: int | None) -> list[Line]:
    shown = stats.categories[:most]
    name_width = _name_width([each.name or "none" for each in shown], width, 0)
    figures = max(8, len(f"{stats.total:,}") + 1)
    shown_figures = 3 if width >= _ROOMY else 2
    bar_width = width - name_width - 1 - shown_figures * figures
    top = max((each.sources for each in shown), default=0) or 1
    words = ("█ judged", "░ left", "sources")[:shown_figures]
    head = "".join(word.rjust(figures) for word in words)
    lines = [_table_head("Categories", head, width)]
    for each in shown:
        name = clean(each.name, 60) or "none"
        lines.append(
            [
                (fit(name, name_width), "" if each.name else "quiet"),
                (" ", ""),
                *stacked_bar(each.judged / top, each.left / top, bar_width, ("tier-3", "quiet")),
                (f"{each.judged:,}".rjust(figures), ""),
                (f"{each.left:,}".rjust(figures), "quiet"),
                (f"{each.sources:,}".rjust(figures) if shown_figures == 3 else "", ""),
            ]
        )
    hidden = len(stats.categories) - len(shown)
    if hidden > 0:
        lines += wrapped(f"… and {hidden:,} more; --json lists all of them.", width, "quiet")
    if not stats.categories:
        lines += wrapped("No source has a category.", width, "quiet")
    return lines
