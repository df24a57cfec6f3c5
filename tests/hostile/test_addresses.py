"""What leaves sluice for other programs: addresses for a browser, files for an editor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.conftest import ROOT
from tests.hostile.vaults import addresses, names_that_act
from tui.app.world.editor import editor_command, run_editor

OPEN_ALL = """
import sys
from pathlib import Path
from tui.app.world.browser import open_in_browser
from tui.triage.fields import web_address
from tui.vault.vault import Vault
for source in Vault(Path(sys.argv[1]), Path(sys.argv[2])).sources:
    if address := web_address(source):
        open_in_browser(address)
"""


def recorder(tmp_path: Path) -> tuple[Path, Path]:
    """A program that writes down its arguments, and where it writes them."""
    script, seen = tmp_path / "record it's.py", tmp_path / "seen"
    script.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        f"open({str(seen)!r}, 'a').write(json.dumps(sys.argv[1:]) + '\\n')\n"
    )
    script.chmod(0o755)
    return script, seen


def test_a_browser_gets_web_addresses_alone_each_as_one_word(place: Path, tmp_path: Path) -> None:
    addresses(place)
    link = tmp_path / "browser"
    script, seen = recorder(tmp_path)
    link.symlink_to(script)
    subprocess.run(
        [sys.executable, "-c", OPEN_ALL, str(place), str(tmp_path / "state")],
        env=os.environ | {"PYTHONPATH": str(ROOT), "BROWSER": str(link)},
        cwd=tmp_path,
        check=True,
    )
    opened = [json.loads(line) for line in seen.read_text().splitlines()]
    assert opened == [["HTTP://a.example/ok"], ["http://--help/"]]
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "options", ["", " --wait", " -c 'a b' \"q'q\" \\;", " ';touch owned' $HOME"]
)
def test_an_editor_gets_its_own_words_and_the_file_as_the_last_one(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str
) -> None:
    names_that_act(place)
    script, seen = recorder(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", f'"{script}"{options}')
    paths = sorted(place.glob("*.md"))
    for path in paths:
        run_editor(editor_command(path, 3))
    said = [json.loads(line) for line in seen.read_text().splitlines()]
    assert [words[-1] for words in said] == [str(path) for path in paths]
    assert len({tuple(words[:-1]) for words in said}) == 1
    assert len(paths) > 15
    assert not (tmp_path / "owned").exists()
