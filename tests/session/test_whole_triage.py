"""A whole triage without a terminal, in a process that never imports Textual."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.samples import write_source

ROOT = Path(__file__).parents[2]
TRIAGE = """
import sys
from pathlib import Path
from tests.session.stage import Stage
from tui.desk import Desk
from tui.session.limits import Limits
from tui.state.config import Config
from tui.state.greeting import Greeting
from tui.state.folders import user_folders

vault, folders = Path(sys.argv[1]), user_folders()
Greeting(folders.vault_state(vault)).given()
stage = Stage(Desk(vault, folders), Config(), Limits())
run = lambda id: (stage.enter(stage.session.run, id), stage.settled())
stage.enter(stage.session.start)
stage.settled()
assert len(stage.shown) == 304, stage.shown
stage.press("/")
stage.type("apples")
stage.press("enter")
assert stage.title == "Apples in autumn"
run("decide.tier_1")
run("decide.category")
stage.type("vibe")
stage.press("enter")
run("decide.insight")
assert stage.focus == "field", (stage.focus, stage.toasts)
stage.type("Pick them early")
stage.press("enter")
stage.press("escape")
run("decide.promote")
assert stage.toast == "◔ triaged, was ○ raw · u undoes", stage.toasts
run("undo.undo")
assert stage.toast.startswith("Undid: ◔ triaged, was ○ raw"), stage.toasts
run("select.all")
run("decide.tier_4")
box = stage.box
from tui.vault.progress import Progress
box.close(box.question.work(Progress(), True))
stage.settled()
path = vault / "SOURCE-002-bridges.md"
path.write_text(path.read_text().replace("Bridges over water", "Bridges over ice"))
stage.enter(stage.session.outside.take, [path.name])
stage.settled()
assert "Bridges over ice" in stage.shown
stage.enter(stage.session.run, "decide.archive")
stage.session.stop()
assert stage.session.finish(lambda _: None) == []
stage.session.close()
assert not [name for name in sys.modules if name.partition(".")[0] == "textual"]
assert not [name for name in sys.modules if name.startswith("tui.app")]
"""


def test_a_whole_triage_needs_no_screen(tmp_path, home):
    vault = tmp_path / "small"
    vault.mkdir()
    write_source(vault, 1, "Apples in autumn")
    write_source(vault, 2, "Bridges over water")
    for number in range(100, 402):
        write_source(vault, number, f"Filler{number}")
    done = subprocess.run(
        [sys.executable, "-c", TRIAGE, str(vault)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    apples = (vault / "SOURCE-001-apples.md").read_text()
    assert "signal_tier: noise # guessed" in apples
    assert "notebooklm_category: vibe-coding" in apples
    assert '  - "Pick them early"' in apples
    statuses = [path.read_text().count("status: archived") for path in vault.glob("*.md")]
    assert sum(statuses) == 1
    assert sum("signal_tier: noise" in path.read_text() for path in vault.glob("*.md")) == 304
