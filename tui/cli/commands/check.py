"""The command that tells what is wrong, and mends what can be mended safely: check."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from tui.checks import Finding, check_vault
from tui.checks.mending import Mending, mend
from tui.cli.diff import write_diff
from tui.cli.opening import open_desk, resolve
from tui.cli.output import say, write_json, write_painted
from tui.cli.streams import drop
from tui.desk import Desk
from tui.errors import StorageError
from tui.vault.read import source_from
from tui.vault.source import Source
from tui.vault.vault import FileDiff


def run_check(request: Namespace) -> int:
    """Print the findings about all sources, or about those named; 1 when any is left."""
    desk = open_desk(request)
    everything: Sequence[Source] = desk.vault.sources
    named = resolve(desk, request.references) if request.references else everything
    asked = {source.name for source in named}
    mendings = _mend(desk, named, request) if request.fix else []
    if request.fix:
        everything = _mended(desk, mendings) if request.dry_run else desk.vault.sources
    # Some findings are about two sources: the others are looked at even when one is named.
    findings = [found for found in check_vault(desk.schema, everything) if found.name in asked]
    refusals = {mending.name: mending.refusal for mending in mendings if mending.refusal}
    try:
        for finding in findings:
            if finding.name in refusals and finding.check in ("broken_header", "stray_line"):
                sentence = f"{refusals[finding.name]}; mend it in an editor"
                _write(desk, request, replace(finding, sentence=sentence), fixed=False)
            else:
                _write(desk, request, finding, fixed=False)
    except BrokenPipeError:
        # Whoever reads has seen enough; whether problems are left is told by the exit code.
        drop("stdout")
    fixed = sum(bool(mending.done) for mending in mendings)
    wrong = len({finding.name for finding in findings})
    told = f"problems: {len(findings)}, in {wrong} of {len(asked)} sources"
    would = "would be " if request.dry_run else ""
    say(f"{would}repaired: {fixed} · {told}" if request.fix else told)
    return 1 if findings else 0


def _mend(desk: Desk, sources: Sequence[Source], request: Namespace) -> list[Mending]:
    """What was done, or would be, about each source with a problem of its own."""
    mendings = []
    for source in sources:
        if desk.problem_of(source) is None:
            continue
        try:
            text = desk.vault.read_text(source)
        except StorageError as error:
            say(str(error))
            continue
        mendings.append(mend(desk.schema, source, text, request.keep))
    changed = [mending for mending in mendings if mending.done]
    if changed and not request.dry_run:
        diffs = [FileDiff(mending.name, mending.before, mending.after) for mending in changed]
        desk.repair("repair", diffs)
    for mending in changed:
        if request.dry_run and not request.json:
            write_diff(mending.name, mending.before, mending.after)
            continue
        for sentence in mending.done:
            _write(desk, request, Finding(mending.name, "repair", sentence), fixed=True)
    return mendings


def _mended(desk: Desk, mendings: Sequence[Mending]) -> list[Source]:
    """The sources as they would be when what can be done were done."""
    after = {mending.name: mending.after for mending in mendings}
    return [
        (source_from(source.root, source.name, after[source.name], source.stamp) or source)
        if source.name in after
        else source
        for source in desk.vault.sources
    ]


def _write(desk: Desk, request: Namespace, finding: Finding, fixed: bool) -> None:
    if request.json:
        record: dict[str, object] = {
            "path": str(desk.vault.root / finding.name),
            "check": finding.check,
            "line": finding.line,
            "sentence": finding.sentence,
        }
        write_json({**record, "fixed": fixed} if request.fix else record)
        return
    place = finding.name if finding.line is None else f"{finding.name}:{finding.line}"
    write_painted([(place, "place"), (f": {finding.sentence}", "")])
