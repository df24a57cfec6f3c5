"""Others write to the vault just before a key: nobody's work is lost."""

import pytest

from tests.samples import replace
from tui.session.flow.watcher import Watcher

NAME = "SOURCE-001-apples.md"


@pytest.fixture(autouse=True)
def not_noticed_yet(monkeypatch):
    """The key comes before the watcher tells."""
    monkeypatch.setattr(Watcher, "start", lambda _watcher: None)


async def test_an_insight_is_not_lost_when_others_wrote_insights(sluice, vault):
    async with sluice() as app:
        await app.press("i")
        await app.type("mine")
        replace(vault / NAME, "key_insights: []", "key_insights: [theirs]")
        await app.press("enter")
        assert "theirs" in app.toast
        assert app.screen.insights.editor.text == "mine"
        await app.press("enter")
        assert app.pane == "queue"
    text = (vault / NAME).read_text()
    assert "theirs" in text and "mine" in text


async def test_keys_during_a_rescan_are_refused_or_done_but_never_crash(sluice, vault):
    async with sluice() as app:
        await app.burst("R", "1", "p", "R", "j", "u", "R", "c", "escape", "a")
        assert app.app._running
    for path in vault.iterdir():
        assert path.read_text().startswith("---\nid: ")
