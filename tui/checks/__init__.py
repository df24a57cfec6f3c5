"""One problem a file: what is wrong with a source."""

from tui.checks.finding import Finding, Fix
from tui.checks.report import check_vault, fixes_of, problem_of

__all__ = ["Finding", "Fix", "check_vault", "fixes_of", "problem_of"]
