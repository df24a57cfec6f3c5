"""Pictures of the layouts; what the app does is asserted in words elsewhere."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest
from textual.pilot import Pilot

from tui.app.app import SluiceApp
from tui.app.screens.triage import TriageScreen
from tui.resources import seeds_folder
from tui.session.limits import Limits
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting


@pytest.fixture
def app_on_seeds(tmp_path, monkeypatch):
    """Makes the app on a copy of the samples, in a theme."""
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("tui.session.model.rows.local_now", lambda: datetime(2026, 2, 27, 9))
    sources_only = shutil.ignore_patterns("README.md", "schemas")
    shutil.copytree(seeds_folder(), tmp_path / "seeds", ignore=sources_only)
    Greeting(user_folders().vault_state(tmp_path / "seeds")).given()

    def make(theme: str) -> SluiceApp:
        return SluiceApp(
            tmp_path / "seeds", user_folders(), Config(theme=theme), limits=Limits(rows_rest=0)
        )

    return make


async def loaded(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, TriageScreen)
    while not screen.is_open or is_working(screen):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def is_working(screen: TriageScreen) -> bool:
    session = screen.session
    learns = session.desk.learner.has_work
    counts = session.view_counts.is_busy
    return session.reading.busy or learns or counts or session.row_suggestions.busy


@pytest.mark.parametrize(
    ("theme", "size"),
    [("sluice-dark", (120, 36)), ("paper", (80, 24)), ("sluice-dark", (45, 20))],
    ids=["wide", "stacked", "narrow"],
)
def test_the_layout_looks_as_it_did(snap_compare, app_on_seeds, theme, size):
    assert snap_compare(app_on_seeds(theme), terminal_size=size, run_before=loaded)


def test_the_category_picker_looks_as_it_did(snap_compare, app_on_seeds):
    async def picking(pilot: Pilot[None]) -> None:
        await loaded(pilot)
        await pilot.press("j", "c", "c", "o")
        await pilot.pause()

    assert snap_compare(app_on_seeds("sluice-dark"), terminal_size=(100, 30), run_before=picking)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 20)], ids=["wide", "stacked", "narrow"])
def test_the_notebooks_board_looks_as_it_did(snap_compare, app_on_seeds, tmp_path, size):
    paths = sorted((tmp_path / "seeds").rglob("SOURCE-*.md"))
    names = ["Agents at work", "Slow reading", "Notes [/x] 漢字"]
    for number, path in enumerate(paths):
        text = path.read_bytes().decode("utf-8-sig")
        if not text.startswith("---\n"):
            continue
        name = names[number % 3]
        sent = f"notebooks_sent: ['{name}@2026-02-20']\n" if number % 4 == 0 else ""
        lines = f"---\nnotebooks: ['{name}']\n{sent}"
        path.write_text(text.replace("---\n", lines, 1), encoding="utf-8")
    with (tmp_path / "seeds" / "sluice.yaml").open("a", encoding="utf-8") as file:
        file.write("notebooks: {cap: 5, names: {Slow reading: what I read twice, Empty: }}\n")

    async def opened(pilot: Pilot[None]) -> None:
        await loaded(pilot)
        await pilot.press("b", "l", "j", "space")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(app_on_seeds("sluice-dark"), terminal_size=size, run_before=opened)
