"""All checks together, for one source and for a vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tui.checks.broken_header import broken_header
from tui.checks.doubled_field import doubled_field
from tui.checks.finding import Finding, Fix, SourceCheck, VaultCheck
from tui.checks.invisible_sign import invisible_sign
from tui.checks.list_for_text import list_for_text
from tui.checks.lookalike_field import lookalike_field
from tui.checks.missing_field import missing_field
from tui.checks.near_title import near_title
from tui.checks.not_a_date import not_a_date
from tui.checks.not_a_number import not_a_number
from tui.checks.shared_id import shared_id
from tui.checks.shared_url import shared_url
from tui.checks.stray_line import stray_line
from tui.checks.taken_for_comment import taken_for_comment
from tui.checks.text_for_list import text_for_list
from tui.checks.too_large import too_large
from tui.checks.unknown_value import unknown_value
from tui.checks.unlinked_integrated import unlinked_integrated
from tui.triage.schema import Schema
from tui.vault.source import Source

_VAULT_CHECKS: tuple[VaultCheck, ...] = (shared_id, shared_url, near_title)


def _source_checks(schema: Schema) -> tuple[SourceCheck, ...]:
    """The checks of a single source, most serious first."""
    return (
        too_large,
        broken_header,
        stray_line,
        _only(_has_flaws, doubled_field, taken_for_comment(schema), invisible_sign),
        lookalike_field(schema),
        _only(
            _is_whole,
            missing_field(schema),
            unknown_value(schema),
            not_a_date(schema),
            not_a_number(schema),
            text_for_list(schema),
            list_for_text(schema),
        ),
        unlinked_integrated(schema),
    )


def _has_flaws(source: Source) -> bool:
    """Whether a valid header hides something; few do."""
    return bool(source.flaws)


def _is_whole(source: Source) -> bool:
    """Whether the header was read as YAML: line by line, fields are missed and lists look alike."""
    return source.problem is None


def _only(which: Callable[[Source], bool], *checks: SourceCheck) -> SourceCheck:
    """Checks that run for some sources only."""

    def check(source: Source) -> Iterator[Finding]:
        for each in checks if which(source) else ():
            yield from each(source)

    return check


def problem_of(schema: Schema) -> Callable[[Source], str | None]:
    """Make a function that returns a source's most serious problem, or None."""
    checks = _source_checks(schema)

    def tell(source: Source) -> str | None:
        for check in checks:
            for finding in check(source):
                return finding.sentence
        return None

    return tell


def fixes_of(schema: Schema) -> Callable[[Source], list[Fix]]:
    """Make a function that returns the safe corrections of a source's problems."""
    checks = _source_checks(schema)

    def tell(source: Source) -> list[Fix]:
        found = [finding.fix for check in checks for finding in check(source)]
        return [fix for fix in found if fix is not None]

    return tell


def check_vault(schema: Schema, sources: Sequence[Source]) -> list[Finding]:
    """Find all problems of the sources, in their order, most serious first."""
    checks = _source_checks(schema)
    findings: dict[str, list[Finding]] = {
        source.name: [finding for check in checks for finding in check(source)]
        for source in sources
    }
    for check_all in _VAULT_CHECKS:
        for finding in check_all(sources):
            findings[finding.name].append(finding)
    return [finding for found in findings.values() for finding in found]
