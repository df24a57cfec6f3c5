"""The command that tells what is wrong: check."""

from __future__ import annotations

from argparse import Namespace

from tui.checks import Finding, check_vault
from tui.cli.opening import open_desk, resolve
from tui.cli.output import say, write_json, write_painted
from tui.desk import Desk


def run_check(request: Namespace) -> int:
    """Print the findings about all sources, or about those named; 1 when there is any."""
    desk = open_desk(request)
    sources = desk.vault.sources
    # Some findings are about two sources: the others are looked at even when one is named.
    findings = check_vault(desk.schema, sources)
    if request.references:
        asked = {source.name for source in resolve(desk, request.references)}
        sources = tuple(source for source in sources if source.name in asked)
        findings = [finding for finding in findings if finding.name in asked]
    for finding in findings:
        if request.json:
            write_json(_record(desk, finding))
        else:
            _write_finding(finding)
    wrong = len({finding.name for finding in findings})
    say(f"problems: {len(findings)}, in {wrong} of {len(sources)} sources")
    return 1 if findings else 0


def _record(desk: Desk, finding: Finding) -> dict[str, object]:
    return {
        "path": str(desk.vault.root / finding.name),
        "check": finding.check,
        "line": finding.line,
        "sentence": finding.sentence,
    }


def _write_finding(finding: Finding) -> None:
    place = finding.name if finding.line is None else f"{finding.name}:{finding.line}"
    write_painted([(place, "place"), (f": {finding.sentence}", "")])
