"""The command that lists problems, and repairs what can be repaired safely: check."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.checks import Finding, check_vault
from tui.checks.file_repair import FileRepair, find_repair
from tui.cli.diff import write_diffs
from tui.cli.opening import author_of, matching, open_desk, resolve, title_of
from tui.cli.output import is_for_people, say, write_json, write_painted
from tui.cli.proposing import check_of
from tui.cli.streams import drop
from tui.desk import Desk
from tui.display import counted
from tui.errors import SluiceError, StorageError
from tui.records import field_record, named
from tui.vault.disk.contents import encode
from tui.vault.reading.one_file import read_again
from tui.vault.source import Source
from tui.vault.vault import FileDiff


def run_check(request: Namespace) -> int:
    """Print the problems of all sources, or of some; 1 while any is left."""
    desk = open_desk(request)
    refs = request.references
    asked = resolve(desk, refs) if refs else matching(desk, request.query)
    everything: Sequence[Source] = desk.vault.sources
    names = {source.name for source in asked}
    refused: dict[str, SluiceError] = {}
    repairs = _repair(desk, asked, request, refused) if request.fix else []
    if request.fix:
        everything = _repaired(desk, repairs) if request.dry_run else desk.vault.sources
    # Some problems are between two sources: all are looked at even if one is named.
    findings = [found for found in check_vault(desk.schema, everything) if found.name in names]
    refusals = {repair.name: repair.refusal for repair in repairs if repair.refusal}
    try:
        _write_all(desk, request, [_explained(found, refusals) for found in findings], refused)
    except BrokenPipeError:
        # The reader has stopped reading; the exit code still says whether problems are left.
        drop("stdout")
    say(_summary(request, repairs, findings, len(names)))
    return 1 if findings else 0


def _explained(finding: Finding, refusals: dict[str, str]) -> Finding:
    """The finding, with the reason where sluice has no repair."""
    if finding.name in refusals and finding.check in ("broken_header", "stray_line"):
        return replace(finding, sentence=f"{refusals[finding.name]}; repair it in an editor")
    return finding


def _summary(
    request: Namespace, repairs: Sequence[FileRepair], findings: Sequence[Finding], total: int
) -> str:
    wrong = len({finding.name for finding in findings})
    left = f"{counted(len(findings), 'problem')} in {wrong:,} of {counted(total)}"
    if not findings:
        left = f"No problems in {counted(total)}"
    if request.limit and len(findings) > request.limit:
        left += f", {request.limit:,} shown"
    if not request.fix:
        return left
    fixed = counted(sum(bool(repair.done) for repair in repairs))
    did = "Would repair" if request.dry_run else "Repaired"
    return f"{did} {fixed}. {left}."


def _repair(
    desk: Desk, sources: Sequence[Source], request: Namespace, refused: dict[str, SluiceError]
) -> list[FileRepair]:
    """What was repaired, or would be, in each source that has a problem of its own.

    One that does not meet the conditions is added to ``refused`` with the reason.
    """
    repairs, check = [], check_of(desk, request)
    for source in sources:
        if desk.problem_of(source) is None:
            continue
        try:
            text = desk.vault.read_text(source)
        except StorageError as error:
            say(str(error))
            continue
        repair = find_repair(desk.schema, source, text, request.keep)
        if check is not None and repair.done:
            # The repair is made only where the text is still this one. Of a broken header, the
            # values count that can be read.
            found = read_again(source, text)._replace(problem=None)
            try:
                check(found, encode(text))
            except SluiceError as error:
                refused[source.name] = error
                say(f"  refused: {error}")
                continue
        repairs.append(repair)
    changed = [repair for repair in repairs if repair.done]
    diffs = [FileDiff(repair.name, repair.before, repair.after) for repair in changed]
    change = None
    if changed and not request.dry_run:
        change = desk.repair("repair", diffs, author_of(request)).id
    if request.json:
        for repair in changed:
            _write_repair(desk, repair, change)
    elif request.dry_run:
        write_diffs(desk, request, diffs)
    else:
        done = [Finding(each.name, "repair", words) for each in changed for words in each.done]
        _write_lines(desk, done)
    return repairs


def _repaired(desk: Desk, repairs: Sequence[FileRepair]) -> list[Source]:
    """The sources as they would be after all repairs."""
    after = {repair.name: repair.after for repair in repairs}
    return [
        read_again(source, after[source.name]) if source.name in after else source
        for source in desk.vault.sources
    ]


def _write_all(
    desk: Desk,
    request: Namespace,
    findings: Sequence[Finding],
    refused: Mapping[str, SluiceError],
) -> None:
    shown = findings[: request.limit]
    if not request.json:
        _write_lines(desk, shown)
        return
    for finding in shown:
        why = str(refused[finding.name]) if finding.name in refused else None
        unfixed = {"fixed": False, "changed": [], "change": None, "refused": why}
        write_json(_record(desk, finding) | (unfixed if request.fix else {}))


def _write_repair(desk: Desk, repair: FileRepair, change: str | None) -> None:
    from tui.cli.outcome import fields_of_texts  # noqa: PLC0415 - for JSON only

    fields = fields_of_texts(repair.before, repair.after)
    write_json(
        {
            **_record(desk, Finding(repair.name, "repair", "; ".join(repair.done))),
            "fixed": True,
            "changed": [field_record(field) for field in fields],
            "change": change,
            "refused": None,
        }
    )


def _record(desk: Desk, finding: Finding) -> dict[str, object]:
    return {
        **named(desk.vault.root / finding.name, desk.vault.find(finding.name)),
        "check": finding.check,
        "line": finding.line,
        "sentence": finding.sentence,
    }


def _write_lines(desk: Desk, findings: Sequence[Finding]) -> None:
    """A line a finding: below its source's title for people, after its path for programs."""
    last = ""
    for finding in findings:
        if not is_for_people():
            place = finding.name if finding.line is None else f"{finding.name}:{finding.line}"
            write_painted([(place, "place"), (f": {finding.sentence}", "")])
            continue
        if finding.name != last:
            title = title_of(desk, finding.name)
            write_painted([(title, "title"), (f"  {finding.name}", "quiet")])
            last = finding.name
        place = "" if finding.line is None else f"line {finding.line}: "
        # Some sentences begin with the line themselves.
        known = not place or finding.sentence.startswith(place[:-2])
        write_painted([("  ", ""), ("" if known else place, "place"), (finding.sentence, "")])
