"""u takes back the newest change, U makes it again; both know what others wrote meanwhile."""

from threading import Event

from tui.session.flow import loader

NAME = "SOURCE-001-apples.md"


async def test_undo_gives_the_first_bytes_back_and_the_source_its_place(sluice, files):
    async with sluice() as app:
        await app.press("1", "p")
        assert app.dimmed(NAME)
        await app.press("u")
        assert app.toast.startswith("Undid: ◔ triaged, was ○ raw")
        assert app.here == NAME
        assert not app.dimmed(NAME)
        assert "4 left" in app.picture
        assert " today" not in app.picture
        await app.press("u")
        assert app.toast.startswith("Undid: ◆ paradigm, was ■ tactical")
    assert files.changes == {}


async def test_what_is_undone_while_the_vault_is_read_is_found_as_it_is_then(sluice, monkeypatch):
    async with sluice() as app:
        await app.press("p")
    go_on, seen = Event(), loader.Loader._seen

    def wait(self, batch):
        # They are read, and not yet indexed.
        go_on.wait(20)
        return seen(self, batch)

    monkeypatch.setattr(loader.Loader, "_seen", wait)
    async with sluice(read=False) as app:
        await app.until(lambda: app.session.desk.vault.count)
        await app.burst_key("u")
        await app.until(lambda: app.said.startswith("Undid"))
        go_on.set()
        await app.settled()
        assert "Apples in autumn" in app.shown
        await app.press("v", "1")
        assert "Apples in autumn" in app.shown
