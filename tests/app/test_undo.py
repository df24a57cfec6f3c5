"""u takes back the newest change, U makes it again; both know what others wrote meanwhile."""

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
