"""Sources, changes and counts as JSON objects: the keys scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.desk import Desk
from tui.triage.status import status_of
from tui.vault.disk.contents import decode
from tui.vault.disk.storage import read_snapshot
from tui.vault.header.edit import MISSING
from tui.vault.history.change import Change, Commit, FieldRecord
from tui.vault.reading.one_file import body_of, read_again
from tui.vault.source import Source
from tui.vault.writing.revert import digest

if TYPE_CHECKING:
    from tui.triage.proposed import Proposed
    from tui.triage.stats import Inflation, Stats, Tiers
    from tui.triage.trust import Ages, Checked, FieldTrust
    from tui.triage.waiting import Wait


def named(path: Path, source: Source | None) -> dict[str, Any]:
    """Which source an object is about; without a source, a file that cannot be read."""
    return {"path": str(path), "id": source and source.id, "title": source and source.title}


def source_record(desk: Desk, source: Source) -> dict[str, Any]:
    """One source as ``sluice list --json`` shows it."""
    roles = desk.schema.roles
    return {
        **named(source.path, source),
        "status": status_of(desk.schema, source),
        "signal_tier": source.text(roles.tier) or None,
        "notebooklm_category": source.text(roles.category) or None,
        "url": source.url or None,
        "aliases": source.aliases,
        "insights": source.items(roles.insights),
        "problem": desk.problem_of(source),
        "snoozed_until": desk.snoozed_until(source),
        "notebooks": list(desk.shelf.names_of(source)),
    }


def wait_record(wait: Wait | None, today: date) -> dict[str, Any]:
    """How long a source has been waiting, as ``sluice list --sort waiting --json`` shows it."""
    return {
        "waiting": wait
        and {
            "days": wait.days(today),
            "since": wait.since,
            "status": wait.reason if wait.in_status else None,
            "field": None if wait.in_status else wait.reason,
        }
    }


def moment_record(moment: Change | Commit) -> dict[str, Any]:
    """A change or a commit as ``sluice log --json`` shows it: both have the same keys."""
    return _commit_record(moment) if isinstance(moment, Commit) else _change_record(moment)


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "kind": "change",
        "id": change.id,
        "label": change.label,
        "time": change.time,
        "undone": change.undone,
        "by": change.by or None,
        "why": change.why or None,
        "files": [
            {
                "name": file.name,
                "fields": [field_record(field) for field in file.fields],
                "hash": file.patch.digest_after or None,
            }
            for file in change.files
        ],
        "proposals": _answers(change) if change.proposals else [],
    }


def _answers(change: Change) -> list[dict[str, Any]]:
    from tui.triage.proposed import load_proposed  # noqa: PLC0415 - for proposals only

    names = set(change.names)
    pairs = ((row, load_proposed(row)) for row in change.proposals)
    return [_answer_record(row, one) for row, one in pairs if one and one.source in names]


def _answer_record(row: Mapping[str, Any], proposed: Proposed) -> dict[str, Any]:
    """A proposal that a change took or refused."""
    return {
        "answer": row.get("answer"),
        "name": proposed.source,
        "field": proposed.field,
        "before": _value(proposed.before),
        "after": _value(proposed.after),
        "by": proposed.by,
        "why": proposed.why or None,
    }


def proposal_record(proposed: Proposed, *, outdated: bool = False) -> dict[str, Any]:
    """One proposal as ``sluice proposals --json`` shows it, without its source."""
    return {
        "proposal": proposed.id,
        "field": proposed.field,
        "before": _value(proposed.before),
        "after": _value(proposed.after),
        "by": proposed.by,
        "why": proposed.why or None,
        "time": proposed.time,
        "outdated": outdated,
    }


def proposals_record(desk: Desk, source: Source) -> dict[str, Any]:
    """What is proposed for a source, as ``show --json`` has it."""
    return {"proposals": [proposal_record(one) for one in desk.proposals.of(source)]}


def _commit_record(commit: Commit) -> dict[str, Any]:
    fields = commit.fields
    return {
        "kind": "commit",
        "id": commit.id,
        "label": commit.subject,
        "time": commit.time,
        "undone": False,
        "by": commit.by or None,
        "why": None,
        "files": [
            {
                "name": commit.name,
                "fields": None if fields is None else [field_record(field) for field in fields],
                "hash": commit.hash or None,
            }
        ],
        "proposals": [],
    }


class Whole(NamedTuple):
    """A source with its text, all of the same moment."""

    source: Source
    body: str
    hash: str
    """SHA-256 of the file's bytes; empty if it is too large to change."""


def read_whole(desk: Desk, source: Source) -> Whole:
    """Read a file once, so that the hash is that of what is shown. Raises StorageError."""
    if source.is_cut:
        return Whole(source, desk.vault.read_body(source), "")
    snapshot = read_snapshot(source.root, source.name)
    text = decode(snapshot.data)
    read = read_again(source, text, snapshot.stamp)
    return Whole(read, body_of(text), digest(snapshot.data))


def history_record(desk: Desk, read: Whole) -> dict[str, Any]:
    """The hash of a source's file, and who changed it last and why, as ``show --json`` has it."""
    name, exists = read.source.name, desk.vault.exists
    changes = desk.vault.journal.of_file(name, read.hash, exists)
    last = next((change for change in reversed(changes) if not change.undone), None)
    return {
        "hash": read.hash or None,
        "by": (last and last.by) or None,
        "why": (last and last.why) or None,
    }


def field_record(field: FieldRecord) -> dict[str, Any]:
    """One field before and after; null also where it was not in the header."""
    return {
        "field": str(field.field),
        "before": _value(field.before),
        "after": _value(field.after),
    }


def outcome_record(
    path: Path,
    source: Source | None,
    fields: Sequence[FieldRecord] = (),
    *,
    refused: str | None = None,
    change: str | None = None,
) -> dict[str, Any]:
    """What a command did to one source, as ``--json`` of the commands that change sources shows it.

    ``source`` is None for a file that cannot be read; ``change`` is the id in the log.
    """
    return {
        **named(path, source),
        "changed": [field_record(field) for field in fields],
        "refused": refused,
        "change": change,
    }


def _value(value: Any) -> Any:
    return None if value is MISSING else value


def stats_record(desk: Desk, stats: Stats) -> dict[str, Any]:
    """The counts as ``sluice stats --json`` shows them; shares are of 1."""
    outlook = stats.outlook
    return {
        "vault": str(desk.vault.root),
        "today": stats.today,
        "sources": stats.total,
        "judged": stats.judged,
        "left": stats.left,
        "statuses": [
            {"status": stage.name, "sources": stage.sources, "reached": stage.reached}
            for stage in stats.stages
        ],
        "no_status": stats.no_status,
        "tiers": {
            "judged": _tiers_record(stats, stats.judged_tiers, stats.inflation),
            "all": _tiers_record(stats, stats.all_tiers, stats.guessed_inflation),
        },
        "categories": [
            {"category": each.name or None, "judged": each.judged, "left": each.left}
            for each in stats.categories
        ],
        "months": [{"month": m.isoformat()[:7], "sources": count} for m, count in stats.months],
        "undated": stats.undated,
        "days": [
            {"day": day.day, "decisions": day.decisions, "judged": day.judged} for day in stats.days
        ],
        "outlook": outlook
        and {
            "judged_a_day": round(outlook.a_day, 2),
            "from_days": outlook.days,
            "days_to_go": outlook.to_go,
            "done_on": outlook.done_on,
        },
        "fields": stats.fields and [_field_record(field) for field in stats.fields],
        "waiting": stats.ages and _ages_record(stats.ages),
    }


def _field_record(field: FieldTrust) -> dict[str, Any]:
    return {
        "field": field.name,
        "confirmed": field.confirmed,
        "guessed": field.guessed,
        "empty": field.empty,
        "guesses": _checked_record(field.checked),
        "writers": [
            {"writer": one.name, "guessed": one.guessed, "guesses": _checked_record(one.checked)}
            for one in field.writers
        ],
    }


def _checked_record(checked: Checked) -> dict[str, Any]:
    """Guesses that were judged; the error is null before there is one."""
    least, most = checked.bounds
    error = {"share": round(checked.error, 4), "least": round(least, 4), "most": round(most, 4)}
    return {
        "right": checked.right,
        "wrong": checked.wrong,
        "error": error if checked.judged else None,
    }


def _ages_record(ages: Ages) -> dict[str, Any]:
    return {
        "sources": ages.waiting,
        "snoozed": ages.snoozed,
        "ages": [{"age": name, "sources": count} for name, count in ages.groups],
        "unknown": ages.unknown,
        "median_days": ages.median,
        "longest_days": ages.longest,
    }


def _tiers_record(stats: Stats, tiers: Tiers, inflation: Inflation | None) -> dict[str, Any]:
    return {
        "tiers": [
            {
                "tier": tier,
                "sources": count,
                "share": round(tiers.share(tier), 4),
                "target": stats.targets.get(tier),
            }
            for tier, count in tiers.counts.items()
        ],
        "without": tiers.without,
        "inflation": inflation
        and {
            "tiers": inflation.tiers,
            "sources": inflation.sources,
            "share": round(inflation.share, 4),
            "target": inflation.target,
        },
    }
