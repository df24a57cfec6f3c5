"""``F`` shows what would repair a source, and repairs it."""

from tests.samples import write_quoted, write_source
from tui.app.boxes.repair import RepairBox
from tui.session.flow.saver import Saver


async def at(app, part):
    """Go to a source through the view of problems."""
    await app.press("v")
    await app.type("problems")
    await app.press("enter")
    await app.go_to(part)


async def test_the_lines_are_shown_and_enter_repairs_them_and_u_undoes_it(sluice, vault, watch):
    path = write_quoted(vault)
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F")
        assert isinstance(app.app.screen, RepairBox)
        assert '-  3  title: ""Yellow" submarine"' in app.picture
        assert '+  3  title: "\\"Yellow\\" submarine"' in app.picture
        assert '+  9  creator: "\\"Quoted\\" badly"' in app.picture
        box = app.picture.split("╭─ repair")[1].split("╰─ enter")[0]
        context = [
            word for word in ("id:", "status:", "platform:", "format:", "url:") if word in box
        ]
        assert context == ["id:", "status:", "format:", "url:"], "a line above and below each"
        assert files.changes == {}
        await app.press("enter")
        assert app.toast == "Repaired · u undoes it"
        assert app.here == path.name
        assert app.title == '"Yellow" submarine'
        assert app.session.board.current.problem is None
        assert len(files.lines(path.name)) == 4
        await app.press("1")
        await app.press("u", "u")
        assert app.session.board.current.problem is not None
    assert files.changes == {}


async def test_of_two_values_in_a_header_the_reader_chooses(sluice, vault):
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text().replace("platform: web\n", "platform: web\nplatform: x\n")
    path.write_text(text)
    async with sluice() as app:
        await at(app, "yellow")
        assert "platform appears twice" in app.picture
        await app.press("F")
        assert "keeps “platform: x” and removes “platform: web”" in app.picture
        await app.press("s", "enter")
        assert path.read_text() == text.replace("platform: x\n", "")
        await app.press("u")
        assert path.read_text() == text


async def test_the_box_fits_a_small_terminal_and_shows_nothing_raw(sluice, vault):
    path = write_quoted(vault)
    path.write_text(path.read_text().replace("Quoted", "[red]Q\u202e" + "long " * 300))
    async with sluice(size=(45, 20)) as app:
        await at(app, "yellow")
        await app.press("F")
        assert "repair" in app.picture
        assert "\u202e" not in app.picture
        for _ in range(60):
            await app.press("j")
        assert "long" in app.picture
        assert all(len(line) <= 45 for line in app.picture.split("\n"))
        await app.press("q")
        assert app.app.screen is app.screen


async def test_a_repair_that_comes_late_is_not_shown_over_a_search_begun_meanwhile(
    sluice, write, monkeypatch
):
    write(0, "Aardvark", creator='""Quoted" badly')
    later = []
    async with sluice() as app:
        app.waits_for_disk = False
        monkeypatch.setattr(Saver, "busy", property(lambda _: True))
        monkeypatch.setattr(Saver, "when_idle", lambda _, action, **__: later.append(action))
        await app.press("F", "slash")
        later.pop()()
        await app.type("apples")
        assert app.app.screen is app.screen
        assert app.screen.search.value == "apples"
        await app.press("escape", "F")
        later.pop()()
        await app.settled()
        assert app.app.screen is not app.screen


async def test_keys_typed_while_a_change_is_saved_go_to_the_box_that_waits_for_it(
    sluice, vault, watch, late
):
    path = write_quoted(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("v", "1", "G")
        await app.go_to("yellow")
        await app.press("k")
        files = watch(vault)
        late(app, app.session.desk.vault.journal, "append")
        await app.burst("1", "j", "F", "escape")
        assert app.app.screen is app.screen
        await app.burst("k", "2", "j", "F", "enter")
        assert app.session.board.current.problem is None
    assert len(files.changes[path.name]) == 4
