"""The tools of ``sluice mcp`` on every kind of hostile vault: bounded, visible, nothing changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.hostile.conftest import bytes_of
from tests.hostile.test_commands import SIZES
from tests.hostile.vaults import KINDS
from tui.cli.tools.calls import answer
from tui.cli.tools.catalogue import NOTICE
from tui.cli.tools.sizes import MOST_CHARACTERS

TRIED = [kind for kind in KINDS if kind not in SIZES or os.environ.get("SLUICE_SWEEPS")]
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
MOST_SOURCES = 8


@pytest.mark.parametrize("kind", TRIED)
def test_answers_are_bounded_and_visible_and_proposals_change_nothing(
    kind: str, place: Path
) -> None:
    KINDS[kind](place)
    before = bytes_of(place.parent)

    def ask(tool: str, **arguments: object) -> list[dict[str, object]]:
        answered = answer(place, tool, arguments, "tagger")
        *sentence, text = answered.texts
        assert not any("Internal error" in each for each in sentence)
        assert len(text) < MOST_CHARACTERS * 2
        assert not any(HIDDEN.search(each) for each in answered.texts)
        assert text.startswith(f'{{"notice": "{NOTICE}')
        return list(answered.data["from_files"].get("sources", ()))

    listed = ask("list", limit=200)
    for tool in ("check", "stats", "log", "undo"):
        ask(tool)
    ask("find", query="quiet zebra")
    for source in listed[:MOST_SOURCES]:
        ask("show", ref=source["path"])
        ask("show", ref=source["path"], field="title")
        ask("propose", refs=[source["path"]], values={"tier": "noise"}, add={"topics": ["x"]})
        ask("promote", refs=[source["path"]])
        ask("archive", refs=[source["path"]])
    assert bytes_of(place.parent) == before
