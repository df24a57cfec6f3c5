"""docs/accessibility.md, worked through on terminals that only print one line after the other."""

import re
import shlex
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "accessibility.md"
SHOWN = re.findall(r"^sluice (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_a_source_is_triaged_and_that_undone_without_an_escape_sequence(
    environment, vault_copy, run_in_terminal
):
    known = {"SLUICE_VAULT": str(vault_copy), **environment}
    before = {path.name: path.read_bytes() for path in vault_copy.iterdir()}
    assert len(SHOWN) > 5
    for line in SHOWN:
        outcome = run_in_terminal(*shlex.split(line), environment=known)
        assert outcome.code == 0
        assert outcome.out
        assert "\x1b" not in outcome.out
    after = {path.name: path.read_bytes() for path in vault_copy.iterdir()}
    (changed,) = (name for name in before if after[name] != before[name])
    assert b"signal_tier: tactical" in after[changed]
    assert b"Small models specialize" in after[changed]
    assert b"status: raw" in after[changed]
