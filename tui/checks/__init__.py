"""One problem a file: what is wrong with a source."""

from tui.checks.finding import Finding
from tui.checks.report import check_vault, problem_of

__all__ = ["Finding", "check_vault", "problem_of"]
