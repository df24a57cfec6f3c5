"""Another program that rewrites the same files all the time: nothing it wrote is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.safety.small import BIG
from tests.safety.workers import rewrite, start, try_sets
from tui.vault.vault import FieldEdit, Vault

ROUNDS = 1_000 if BIG else 150

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("in_place", [False, True], ids=["by renaming", "in place"])
def test_what_a_program_writes_all_the_time_is_never_covered(
    tmp_path: Path, in_place: bool
) -> None:
    root, state = tmp_path / "vault", tmp_path / "state"
    root.mkdir()
    paths = [root / f"{name}.md" for name in "abc"]
    for path in paths:
        path.write_text("---\nstatus: raw\ntier: t\n---\ncount: 0\n")
    theirs, stranger = start(rewrite, paths, ROUNDS, in_place)
    ours, sluice = start(try_sets, root, state, [path.name for path in paths], ROUNDS // 5)
    assert theirs.recv() == ours.recv() == "begun"
    made, refused = ours.recv()
    assert theirs.recv() == "whole"
    stranger.join()
    sluice.join()
    assert made + refused == 3 * (ROUNDS // 5)
    assert made
    sys.stdout.write(f"{made} changes made and {refused} refused beside {3 * ROUNDS} of theirs\n")
    vault = Vault(root, state)
    vault.load()
    vault.commit("last", [FieldEdit(source, "tier", "last") for source in vault.sources])
    for path in paths:
        assert path.read_text().startswith("---\nstatus: raw\ntier: last\n---\ncount: ")
    assert sorted(path.name for path in root.iterdir()) == ["a.md", "b.md", "c.md"]
